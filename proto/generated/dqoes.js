/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError, $TypeError = $util.global.TypeError, $String = $util.global.String, $Number = $util.global.Number, $parseInt = $util.global.parseInt, $BigInt = $util.global.BigInt, $isFinite = $util.global.isFinite, $Array = $util.global.Array, $Boolean = $util.global.Boolean;

// Exported root namespace
const $root = $protobuf.roots["dqoes"] || ($protobuf.roots["dqoes"] = {});

export const dqoes = $root.dqoes = (() => {

    /**
     * Namespace dqoes.
     * @exports dqoes
     * @namespace
     */
    const dqoes = {};

    dqoes.v1 = (function() {

        /**
         * Namespace v1.
         * @memberof dqoes
         * @namespace
         */
        const v1 = {};

        v1.StateVersion = (function() {

            /**
             * Properties of a StateVersion.
             * @typedef {Object} dqoes.v1.StateVersion.$Properties
             * @property {string|null} [incarnation] StateVersion incarnation
             * @property {number|null} [epoch] StateVersion epoch
             * @property {number|null} [revision] StateVersion revision
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a StateVersion.
             * @memberof dqoes.v1
             * @interface IStateVersion
             * @augments dqoes.v1.StateVersion.$Properties
             * @deprecated Use dqoes.v1.StateVersion.$Properties instead.
             */

            /**
             * Shape of a StateVersion.
             * @typedef {dqoes.v1.StateVersion.$Properties} dqoes.v1.StateVersion.$Shape
             */

            /**
             * Constructs a new StateVersion.
             * @memberof dqoes.v1
             * @classdesc Represents a StateVersion.
             * @constructor
             * @param {dqoes.v1.StateVersion.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const StateVersion = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * StateVersion incarnation.
             * @member {string} incarnation
             * @memberof dqoes.v1.StateVersion
             * @instance
             */
            StateVersion.prototype.incarnation = "";

            /**
             * StateVersion epoch.
             * @member {number} epoch
             * @memberof dqoes.v1.StateVersion
             * @instance
             */
            StateVersion.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * StateVersion revision.
             * @member {number} revision
             * @memberof dqoes.v1.StateVersion
             * @instance
             */
            StateVersion.prototype.revision = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Creates a new StateVersion instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.StateVersion
             * @static
             * @param {dqoes.v1.StateVersion.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.StateVersion} StateVersion instance
             * @type {{
             *   (properties: dqoes.v1.StateVersion.$Shape): dqoes.v1.StateVersion & dqoes.v1.StateVersion.$Shape;
             *   (properties?: dqoes.v1.StateVersion.$Properties): dqoes.v1.StateVersion;
             * }}
             */
            StateVersion.create = function(properties) {
                return new StateVersion(properties);
            };

            /**
             * Encodes the specified StateVersion message. Does not implicitly {@link dqoes.v1.StateVersion.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.StateVersion
             * @static
             * @param {dqoes.v1.StateVersion.$Properties} message StateVersion message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            StateVersion.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.incarnation != null && $Object.hasOwnProperty.call(message, "incarnation") && message.incarnation !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.incarnation);
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.epoch);
                if (message.revision != null && $Object.hasOwnProperty.call(message, "revision") && (typeof message.revision === "object" ? message.revision.low || message.revision.high : message.revision !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.revision);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a StateVersion message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.StateVersion
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.StateVersion & dqoes.v1.StateVersion.$Shape} StateVersion
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            StateVersion.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.StateVersion();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.incarnation = value;
                            else
                                delete message.incarnation;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.epoch = value;
                            else
                                delete message.epoch;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.revision = value;
                            else
                                delete message.revision;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a StateVersion message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.StateVersion
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.StateVersion} StateVersion
             */
            StateVersion.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.StateVersion)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.StateVersion: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.StateVersion();
                if (object.incarnation != null)
                    if (typeof object.incarnation !== "string" || object.incarnation.length)
                        message.incarnation = $String(object.incarnation);
                if (object.epoch != null)
                    if (typeof object.epoch === "object" ? object.epoch.low || object.epoch.high : $Number(object.epoch) !== 0)
                        if ($util.Long)
                            message.epoch = $util.Long.fromValue(object.epoch, true);
                        else if (typeof object.epoch === "string")
                            message.epoch = $parseInt(object.epoch, 10);
                        else if (typeof object.epoch === "number")
                            message.epoch = object.epoch;
                        else if (typeof object.epoch === "object")
                            message.epoch = new $util.LongBits(object.epoch.low >>> 0, object.epoch.high >>> 0).toNumber(true);
                if (object.revision != null)
                    if (typeof object.revision === "object" ? object.revision.low || object.revision.high : $Number(object.revision) !== 0)
                        if ($util.Long)
                            message.revision = $util.Long.fromValue(object.revision, true);
                        else if (typeof object.revision === "string")
                            message.revision = $parseInt(object.revision, 10);
                        else if (typeof object.revision === "number")
                            message.revision = object.revision;
                        else if (typeof object.revision === "object")
                            message.revision = new $util.LongBits(object.revision.low >>> 0, object.revision.high >>> 0).toNumber(true);
                return message;
            };

            /**
             * Creates a plain object from a StateVersion message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.StateVersion
             * @static
             * @param {dqoes.v1.StateVersion} message StateVersion
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            StateVersion.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.incarnation = "";
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.epoch = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.epoch = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.revision = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.revision = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                }
                if (message.incarnation != null && $Object.hasOwnProperty.call(message, "incarnation"))
                    object.incarnation = message.incarnation;
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.epoch = typeof message.epoch === "number" ? $BigInt(message.epoch) : $util.Long.fromBits(message.epoch.low >>> 0, message.epoch.high >>> 0, true).toBigInt();
                    else if (typeof message.epoch === "number")
                        object.epoch = options.longs === $String ? $String(message.epoch) : message.epoch;
                    else
                        object.epoch = options.longs === $String ? $util.Long.prototype.toString.call(message.epoch) : options.longs === $Number ? new $util.LongBits(message.epoch.low >>> 0, message.epoch.high >>> 0).toNumber(true) : message.epoch;
                if (message.revision != null && $Object.hasOwnProperty.call(message, "revision"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.revision = typeof message.revision === "number" ? $BigInt(message.revision) : $util.Long.fromBits(message.revision.low >>> 0, message.revision.high >>> 0, true).toBigInt();
                    else if (typeof message.revision === "number")
                        object.revision = options.longs === $String ? $String(message.revision) : message.revision;
                    else
                        object.revision = options.longs === $String ? $util.Long.prototype.toString.call(message.revision) : options.longs === $Number ? new $util.LongBits(message.revision.low >>> 0, message.revision.high >>> 0).toNumber(true) : message.revision;
                return object;
            };

            /**
             * Converts this StateVersion to JSON.
             * @function toJSON
             * @memberof dqoes.v1.StateVersion
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            StateVersion.prototype.toJSON = function() {
                return StateVersion.toObject(this, $protobuf.util.toJSONOptions);
            };

            return StateVersion;
        })();

        v1.Target = (function() {

            /**
             * Properties of a Target.
             * @typedef {Object} dqoes.v1.Target.$Properties
             * @property {number|null} [latencyMs] Target latencyMs
             * @property {string|null} [statistic] Target statistic
             * @property {number|null} [toleranceRatio] Target toleranceRatio
             * @property {string|null} [mode] Target mode
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Target.
             * @memberof dqoes.v1
             * @interface ITarget
             * @augments dqoes.v1.Target.$Properties
             * @deprecated Use dqoes.v1.Target.$Properties instead.
             */

            /**
             * Shape of a Target.
             * @typedef {dqoes.v1.Target.$Properties} dqoes.v1.Target.$Shape
             */

            /**
             * Constructs a new Target.
             * @memberof dqoes.v1
             * @classdesc Represents a Target.
             * @constructor
             * @param {dqoes.v1.Target.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Target = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Target latencyMs.
             * @member {number} latencyMs
             * @memberof dqoes.v1.Target
             * @instance
             */
            Target.prototype.latencyMs = 0;

            /**
             * Target statistic.
             * @member {string} statistic
             * @memberof dqoes.v1.Target
             * @instance
             */
            Target.prototype.statistic = "";

            /**
             * Target toleranceRatio.
             * @member {number} toleranceRatio
             * @memberof dqoes.v1.Target
             * @instance
             */
            Target.prototype.toleranceRatio = 0;

            /**
             * Target mode.
             * @member {string} mode
             * @memberof dqoes.v1.Target
             * @instance
             */
            Target.prototype.mode = "";

            /**
             * Creates a new Target instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.Target
             * @static
             * @param {dqoes.v1.Target.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.Target} Target instance
             * @type {{
             *   (properties: dqoes.v1.Target.$Shape): dqoes.v1.Target & dqoes.v1.Target.$Shape;
             *   (properties?: dqoes.v1.Target.$Properties): dqoes.v1.Target;
             * }}
             */
            Target.create = function(properties) {
                return new Target(properties);
            };

            /**
             * Encodes the specified Target message. Does not implicitly {@link dqoes.v1.Target.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.Target
             * @static
             * @param {dqoes.v1.Target.$Properties} message Target message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Target.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.latencyMs != null && $Object.hasOwnProperty.call(message, "latencyMs") && !$Object.is(message.latencyMs, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.latencyMs);
                if (message.statistic != null && $Object.hasOwnProperty.call(message, "statistic") && message.statistic !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.statistic);
                if (message.toleranceRatio != null && $Object.hasOwnProperty.call(message, "toleranceRatio") && !$Object.is(message.toleranceRatio, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.toleranceRatio);
                if (message.mode != null && $Object.hasOwnProperty.call(message, "mode") && message.mode !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.mode);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Target message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.Target
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.Target & dqoes.v1.Target.$Shape} Target
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Target.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.Target();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.latencyMs = value;
                            else
                                delete message.latencyMs;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.statistic = value;
                            else
                                delete message.statistic;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.toleranceRatio = value;
                            else
                                delete message.toleranceRatio;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.mode = value;
                            else
                                delete message.mode;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a Target message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.Target
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.Target} Target
             */
            Target.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.Target)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.Target: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.Target();
                if (object.latencyMs != null)
                    if (!$Object.is($Number(object.latencyMs), 0))
                        message.latencyMs = $Number(object.latencyMs);
                if (object.statistic != null)
                    if (typeof object.statistic !== "string" || object.statistic.length)
                        message.statistic = $String(object.statistic);
                if (object.toleranceRatio != null)
                    if (!$Object.is($Number(object.toleranceRatio), 0))
                        message.toleranceRatio = $Number(object.toleranceRatio);
                if (object.mode != null)
                    if (typeof object.mode !== "string" || object.mode.length)
                        message.mode = $String(object.mode);
                return message;
            };

            /**
             * Creates a plain object from a Target message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.Target
             * @static
             * @param {dqoes.v1.Target} message Target
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Target.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.latencyMs = 0;
                    object.statistic = "";
                    object.toleranceRatio = 0;
                    object.mode = "";
                }
                if (message.latencyMs != null && $Object.hasOwnProperty.call(message, "latencyMs"))
                    object.latencyMs = options.json && !$isFinite(message.latencyMs) ? $String(message.latencyMs) : message.latencyMs;
                if (message.statistic != null && $Object.hasOwnProperty.call(message, "statistic"))
                    object.statistic = message.statistic;
                if (message.toleranceRatio != null && $Object.hasOwnProperty.call(message, "toleranceRatio"))
                    object.toleranceRatio = options.json && !$isFinite(message.toleranceRatio) ? $String(message.toleranceRatio) : message.toleranceRatio;
                if (message.mode != null && $Object.hasOwnProperty.call(message, "mode"))
                    object.mode = message.mode;
                return object;
            };

            /**
             * Converts this Target to JSON.
             * @function toJSON
             * @memberof dqoes.v1.Target
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Target.prototype.toJSON = function() {
                return Target.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Target;
        })();

        v1.CpuBounds = (function() {

            /**
             * Properties of a CpuBounds.
             * @typedef {Object} dqoes.v1.CpuBounds.$Properties
             * @property {number|null} [minCores] CpuBounds minCores
             * @property {number|null} [maxCores] CpuBounds maxCores
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CpuBounds.
             * @memberof dqoes.v1
             * @interface ICpuBounds
             * @augments dqoes.v1.CpuBounds.$Properties
             * @deprecated Use dqoes.v1.CpuBounds.$Properties instead.
             */

            /**
             * Shape of a CpuBounds.
             * @typedef {dqoes.v1.CpuBounds.$Properties} dqoes.v1.CpuBounds.$Shape
             */

            /**
             * Constructs a new CpuBounds.
             * @memberof dqoes.v1
             * @classdesc Represents a CpuBounds.
             * @constructor
             * @param {dqoes.v1.CpuBounds.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CpuBounds = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * CpuBounds minCores.
             * @member {number} minCores
             * @memberof dqoes.v1.CpuBounds
             * @instance
             */
            CpuBounds.prototype.minCores = 0;

            /**
             * CpuBounds maxCores.
             * @member {number|null|undefined} maxCores
             * @memberof dqoes.v1.CpuBounds
             * @instance
             */
            CpuBounds.prototype.maxCores = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(CpuBounds.prototype, "_maxCores", {
                get: $util.oneOfGetter($oneOfFields = ["maxCores"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new CpuBounds instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.CpuBounds
             * @static
             * @param {dqoes.v1.CpuBounds.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.CpuBounds} CpuBounds instance
             * @type {{
             *   (properties: dqoes.v1.CpuBounds.$Shape): dqoes.v1.CpuBounds & dqoes.v1.CpuBounds.$Shape;
             *   (properties?: dqoes.v1.CpuBounds.$Properties): dqoes.v1.CpuBounds;
             * }}
             */
            CpuBounds.create = function(properties) {
                return new CpuBounds(properties);
            };

            /**
             * Encodes the specified CpuBounds message. Does not implicitly {@link dqoes.v1.CpuBounds.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.CpuBounds
             * @static
             * @param {dqoes.v1.CpuBounds.$Properties} message CpuBounds message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CpuBounds.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.minCores != null && $Object.hasOwnProperty.call(message, "minCores") && !$Object.is(message.minCores, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.minCores);
                if (message.maxCores != null && $Object.hasOwnProperty.call(message, "maxCores"))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.maxCores);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a CpuBounds message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.CpuBounds
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.CpuBounds & dqoes.v1.CpuBounds.$Shape} CpuBounds
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CpuBounds.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.CpuBounds();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.minCores = value;
                            else
                                delete message.minCores;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            message.maxCores = reader.double();
                            message._maxCores = "maxCores";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a CpuBounds message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.CpuBounds
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.CpuBounds} CpuBounds
             */
            CpuBounds.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.CpuBounds)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.CpuBounds: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.CpuBounds();
                if (object.minCores != null)
                    if (!$Object.is($Number(object.minCores), 0))
                        message.minCores = $Number(object.minCores);
                if (object.maxCores != null)
                    message.maxCores = $Number(object.maxCores);
                return message;
            };

            /**
             * Creates a plain object from a CpuBounds message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.CpuBounds
             * @static
             * @param {dqoes.v1.CpuBounds} message CpuBounds
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            CpuBounds.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults)
                    object.minCores = 0;
                if (message.minCores != null && $Object.hasOwnProperty.call(message, "minCores"))
                    object.minCores = options.json && !$isFinite(message.minCores) ? $String(message.minCores) : message.minCores;
                if (message.maxCores != null && $Object.hasOwnProperty.call(message, "maxCores"))
                    object.maxCores = options.json && !$isFinite(message.maxCores) ? $String(message.maxCores) : message.maxCores;
                return object;
            };

            /**
             * Converts this CpuBounds to JSON.
             * @function toJSON
             * @memberof dqoes.v1.CpuBounds
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            CpuBounds.prototype.toJSON = function() {
                return CpuBounds.toObject(this, $protobuf.util.toJSONOptions);
            };

            return CpuBounds;
        })();

        v1.GpuRequest = (function() {

            /**
             * Properties of a GpuRequest.
             * @typedef {Object} dqoes.v1.GpuRequest.$Properties
             * @property {number|null} [count] GpuRequest count
             * @property {number|null} [shareRatio] GpuRequest shareRatio
             * @property {number|null} [memoryBytes] GpuRequest memoryBytes
             * @property {string|null} [onLost] GpuRequest onLost
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a GpuRequest.
             * @memberof dqoes.v1
             * @interface IGpuRequest
             * @augments dqoes.v1.GpuRequest.$Properties
             * @deprecated Use dqoes.v1.GpuRequest.$Properties instead.
             */

            /**
             * Shape of a GpuRequest.
             * @typedef {dqoes.v1.GpuRequest.$Properties} dqoes.v1.GpuRequest.$Shape
             */

            /**
             * Constructs a new GpuRequest.
             * @memberof dqoes.v1
             * @classdesc Represents a GpuRequest.
             * @constructor
             * @param {dqoes.v1.GpuRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const GpuRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * GpuRequest count.
             * @member {number|null|undefined} count
             * @memberof dqoes.v1.GpuRequest
             * @instance
             */
            GpuRequest.prototype.count = null;

            /**
             * GpuRequest shareRatio.
             * @member {number|null|undefined} shareRatio
             * @memberof dqoes.v1.GpuRequest
             * @instance
             */
            GpuRequest.prototype.shareRatio = null;

            /**
             * GpuRequest memoryBytes.
             * @member {number|null|undefined} memoryBytes
             * @memberof dqoes.v1.GpuRequest
             * @instance
             */
            GpuRequest.prototype.memoryBytes = null;

            /**
             * GpuRequest onLost.
             * @member {string|null|undefined} onLost
             * @memberof dqoes.v1.GpuRequest
             * @instance
             */
            GpuRequest.prototype.onLost = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(GpuRequest.prototype, "_count", {
                get: $util.oneOfGetter($oneOfFields = ["count"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(GpuRequest.prototype, "_shareRatio", {
                get: $util.oneOfGetter($oneOfFields = ["shareRatio"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(GpuRequest.prototype, "_memoryBytes", {
                get: $util.oneOfGetter($oneOfFields = ["memoryBytes"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(GpuRequest.prototype, "_onLost", {
                get: $util.oneOfGetter($oneOfFields = ["onLost"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new GpuRequest instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.GpuRequest
             * @static
             * @param {dqoes.v1.GpuRequest.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.GpuRequest} GpuRequest instance
             * @type {{
             *   (properties: dqoes.v1.GpuRequest.$Shape): dqoes.v1.GpuRequest & dqoes.v1.GpuRequest.$Shape;
             *   (properties?: dqoes.v1.GpuRequest.$Properties): dqoes.v1.GpuRequest;
             * }}
             */
            GpuRequest.create = function(properties) {
                return new GpuRequest(properties);
            };

            /**
             * Encodes the specified GpuRequest message. Does not implicitly {@link dqoes.v1.GpuRequest.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.GpuRequest
             * @static
             * @param {dqoes.v1.GpuRequest.$Properties} message GpuRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            GpuRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.count != null && $Object.hasOwnProperty.call(message, "count"))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.count);
                if (message.shareRatio != null && $Object.hasOwnProperty.call(message, "shareRatio"))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.shareRatio);
                if (message.memoryBytes != null && $Object.hasOwnProperty.call(message, "memoryBytes"))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.memoryBytes);
                if (message.onLost != null && $Object.hasOwnProperty.call(message, "onLost"))
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.onLost);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a GpuRequest message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.GpuRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.GpuRequest & dqoes.v1.GpuRequest.$Shape} GpuRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            GpuRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.GpuRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.count = reader.uint32();
                            message._count = "count";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            message.shareRatio = reader.double();
                            message._shareRatio = "shareRatio";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.memoryBytes = reader.uint64();
                            message._memoryBytes = "memoryBytes";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.onLost = reader.stringVerify();
                            message._onLost = "onLost";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a GpuRequest message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.GpuRequest
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.GpuRequest} GpuRequest
             */
            GpuRequest.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.GpuRequest)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.GpuRequest: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.GpuRequest();
                if (object.count != null)
                    message.count = object.count >>> 0;
                if (object.shareRatio != null)
                    message.shareRatio = $Number(object.shareRatio);
                if (object.memoryBytes != null)
                    if ($util.Long)
                        message.memoryBytes = $util.Long.fromValue(object.memoryBytes, true);
                    else if (typeof object.memoryBytes === "string")
                        message.memoryBytes = $parseInt(object.memoryBytes, 10);
                    else if (typeof object.memoryBytes === "number")
                        message.memoryBytes = object.memoryBytes;
                    else if (typeof object.memoryBytes === "object")
                        message.memoryBytes = new $util.LongBits(object.memoryBytes.low >>> 0, object.memoryBytes.high >>> 0).toNumber(true);
                if (object.onLost != null)
                    message.onLost = $String(object.onLost);
                return message;
            };

            /**
             * Creates a plain object from a GpuRequest message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.GpuRequest
             * @static
             * @param {dqoes.v1.GpuRequest} message GpuRequest
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            GpuRequest.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (message.count != null && $Object.hasOwnProperty.call(message, "count"))
                    object.count = message.count;
                if (message.shareRatio != null && $Object.hasOwnProperty.call(message, "shareRatio"))
                    object.shareRatio = options.json && !$isFinite(message.shareRatio) ? $String(message.shareRatio) : message.shareRatio;
                if (message.memoryBytes != null && $Object.hasOwnProperty.call(message, "memoryBytes"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.memoryBytes = typeof message.memoryBytes === "number" ? $BigInt(message.memoryBytes) : $util.Long.fromBits(message.memoryBytes.low >>> 0, message.memoryBytes.high >>> 0, true).toBigInt();
                    else if (typeof message.memoryBytes === "number")
                        object.memoryBytes = options.longs === $String ? $String(message.memoryBytes) : message.memoryBytes;
                    else
                        object.memoryBytes = options.longs === $String ? $util.Long.prototype.toString.call(message.memoryBytes) : options.longs === $Number ? new $util.LongBits(message.memoryBytes.low >>> 0, message.memoryBytes.high >>> 0).toNumber(true) : message.memoryBytes;
                if (message.onLost != null && $Object.hasOwnProperty.call(message, "onLost"))
                    object.onLost = message.onLost;
                return object;
            };

            /**
             * Converts this GpuRequest to JSON.
             * @function toJSON
             * @memberof dqoes.v1.GpuRequest
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            GpuRequest.prototype.toJSON = function() {
                return GpuRequest.toObject(this, $protobuf.util.toJSONOptions);
            };

            return GpuRequest;
        })();

        v1.GpuAssignment = (function() {

            /**
             * Properties of a GpuAssignment.
             * @typedef {Object} dqoes.v1.GpuAssignment.$Properties
             * @property {Array.<string>|null} [ids] GpuAssignment ids
             * @property {number|null} [shareRatio] GpuAssignment shareRatio
             * @property {number|null} [memoryBytes] GpuAssignment memoryBytes
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a GpuAssignment.
             * @memberof dqoes.v1
             * @interface IGpuAssignment
             * @augments dqoes.v1.GpuAssignment.$Properties
             * @deprecated Use dqoes.v1.GpuAssignment.$Properties instead.
             */

            /**
             * Shape of a GpuAssignment.
             * @typedef {dqoes.v1.GpuAssignment.$Properties} dqoes.v1.GpuAssignment.$Shape
             */

            /**
             * Constructs a new GpuAssignment.
             * @memberof dqoes.v1
             * @classdesc Represents a GpuAssignment.
             * @constructor
             * @param {dqoes.v1.GpuAssignment.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const GpuAssignment = function (properties) {
                this.ids = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * GpuAssignment ids.
             * @member {Array.<string>} ids
             * @memberof dqoes.v1.GpuAssignment
             * @instance
             */
            GpuAssignment.prototype.ids = $util.emptyArray;

            /**
             * GpuAssignment shareRatio.
             * @member {number} shareRatio
             * @memberof dqoes.v1.GpuAssignment
             * @instance
             */
            GpuAssignment.prototype.shareRatio = 0;

            /**
             * GpuAssignment memoryBytes.
             * @member {number|null|undefined} memoryBytes
             * @memberof dqoes.v1.GpuAssignment
             * @instance
             */
            GpuAssignment.prototype.memoryBytes = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(GpuAssignment.prototype, "_memoryBytes", {
                get: $util.oneOfGetter($oneOfFields = ["memoryBytes"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new GpuAssignment instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.GpuAssignment
             * @static
             * @param {dqoes.v1.GpuAssignment.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.GpuAssignment} GpuAssignment instance
             * @type {{
             *   (properties: dqoes.v1.GpuAssignment.$Shape): dqoes.v1.GpuAssignment & dqoes.v1.GpuAssignment.$Shape;
             *   (properties?: dqoes.v1.GpuAssignment.$Properties): dqoes.v1.GpuAssignment;
             * }}
             */
            GpuAssignment.create = function(properties) {
                return new GpuAssignment(properties);
            };

            /**
             * Encodes the specified GpuAssignment message. Does not implicitly {@link dqoes.v1.GpuAssignment.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.GpuAssignment
             * @static
             * @param {dqoes.v1.GpuAssignment.$Properties} message GpuAssignment message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            GpuAssignment.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.ids != null && message.ids.length)
                    for (let i = 0; i < message.ids.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.ids[i]);
                if (message.shareRatio != null && $Object.hasOwnProperty.call(message, "shareRatio") && !$Object.is(message.shareRatio, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.shareRatio);
                if (message.memoryBytes != null && $Object.hasOwnProperty.call(message, "memoryBytes"))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.memoryBytes);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a GpuAssignment message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.GpuAssignment
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.GpuAssignment & dqoes.v1.GpuAssignment.$Shape} GpuAssignment
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            GpuAssignment.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.GpuAssignment();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.ids && message.ids.length))
                                message.ids = [];
                            message.ids.push(reader.stringVerify());
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.shareRatio = value;
                            else
                                delete message.shareRatio;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.memoryBytes = reader.uint64();
                            message._memoryBytes = "memoryBytes";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a GpuAssignment message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.GpuAssignment
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.GpuAssignment} GpuAssignment
             */
            GpuAssignment.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.GpuAssignment)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.GpuAssignment: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.GpuAssignment();
                if (object.ids) {
                    if (!$Array.isArray(object.ids))
                        throw $TypeError(".dqoes.v1.GpuAssignment.ids: array expected");
                    message.ids = $Array(object.ids.length);
                    for (let i = 0; i < object.ids.length; ++i)
                        message.ids[i] = $String(object.ids[i]);
                }
                if (object.shareRatio != null)
                    if (!$Object.is($Number(object.shareRatio), 0))
                        message.shareRatio = $Number(object.shareRatio);
                if (object.memoryBytes != null)
                    if ($util.Long)
                        message.memoryBytes = $util.Long.fromValue(object.memoryBytes, true);
                    else if (typeof object.memoryBytes === "string")
                        message.memoryBytes = $parseInt(object.memoryBytes, 10);
                    else if (typeof object.memoryBytes === "number")
                        message.memoryBytes = object.memoryBytes;
                    else if (typeof object.memoryBytes === "object")
                        message.memoryBytes = new $util.LongBits(object.memoryBytes.low >>> 0, object.memoryBytes.high >>> 0).toNumber(true);
                return message;
            };

            /**
             * Creates a plain object from a GpuAssignment message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.GpuAssignment
             * @static
             * @param {dqoes.v1.GpuAssignment} message GpuAssignment
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            GpuAssignment.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.ids = [];
                if (options.defaults)
                    object.shareRatio = 0;
                if (message.ids && message.ids.length) {
                    object.ids = $Array(message.ids.length);
                    for (let j = 0; j < message.ids.length; ++j)
                        object.ids[j] = message.ids[j];
                }
                if (message.shareRatio != null && $Object.hasOwnProperty.call(message, "shareRatio"))
                    object.shareRatio = options.json && !$isFinite(message.shareRatio) ? $String(message.shareRatio) : message.shareRatio;
                if (message.memoryBytes != null && $Object.hasOwnProperty.call(message, "memoryBytes"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.memoryBytes = typeof message.memoryBytes === "number" ? $BigInt(message.memoryBytes) : $util.Long.fromBits(message.memoryBytes.low >>> 0, message.memoryBytes.high >>> 0, true).toBigInt();
                    else if (typeof message.memoryBytes === "number")
                        object.memoryBytes = options.longs === $String ? $String(message.memoryBytes) : message.memoryBytes;
                    else
                        object.memoryBytes = options.longs === $String ? $util.Long.prototype.toString.call(message.memoryBytes) : options.longs === $Number ? new $util.LongBits(message.memoryBytes.low >>> 0, message.memoryBytes.high >>> 0).toNumber(true) : message.memoryBytes;
                return object;
            };

            /**
             * Converts this GpuAssignment to JSON.
             * @function toJSON
             * @memberof dqoes.v1.GpuAssignment
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            GpuAssignment.prototype.toJSON = function() {
                return GpuAssignment.toObject(this, $protobuf.util.toJSONOptions);
            };

            return GpuAssignment;
        })();

        v1.DesiredGpu = (function() {

            /**
             * Properties of a DesiredGpu.
             * @typedef {Object} dqoes.v1.DesiredGpu.$Properties
             * @property {string|null} [id] DesiredGpu id
             * @property {number|null} [clockMhz] DesiredGpu clockMhz
             * @property {number|null} [powerWatts] DesiredGpu powerWatts
             * @property {string|null} [reason] DesiredGpu reason
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DesiredGpu.
             * @memberof dqoes.v1
             * @interface IDesiredGpu
             * @augments dqoes.v1.DesiredGpu.$Properties
             * @deprecated Use dqoes.v1.DesiredGpu.$Properties instead.
             */

            /**
             * Shape of a DesiredGpu.
             * @typedef {dqoes.v1.DesiredGpu.$Properties} dqoes.v1.DesiredGpu.$Shape
             */

            /**
             * Constructs a new DesiredGpu.
             * @memberof dqoes.v1
             * @classdesc Represents a DesiredGpu.
             * @constructor
             * @param {dqoes.v1.DesiredGpu.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DesiredGpu = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DesiredGpu id.
             * @member {string} id
             * @memberof dqoes.v1.DesiredGpu
             * @instance
             */
            DesiredGpu.prototype.id = "";

            /**
             * DesiredGpu clockMhz.
             * @member {number|null|undefined} clockMhz
             * @memberof dqoes.v1.DesiredGpu
             * @instance
             */
            DesiredGpu.prototype.clockMhz = null;

            /**
             * DesiredGpu powerWatts.
             * @member {number|null|undefined} powerWatts
             * @memberof dqoes.v1.DesiredGpu
             * @instance
             */
            DesiredGpu.prototype.powerWatts = null;

            /**
             * DesiredGpu reason.
             * @member {string} reason
             * @memberof dqoes.v1.DesiredGpu
             * @instance
             */
            DesiredGpu.prototype.reason = "";

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(DesiredGpu.prototype, "_clockMhz", {
                get: $util.oneOfGetter($oneOfFields = ["clockMhz"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(DesiredGpu.prototype, "_powerWatts", {
                get: $util.oneOfGetter($oneOfFields = ["powerWatts"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new DesiredGpu instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.DesiredGpu
             * @static
             * @param {dqoes.v1.DesiredGpu.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.DesiredGpu} DesiredGpu instance
             * @type {{
             *   (properties: dqoes.v1.DesiredGpu.$Shape): dqoes.v1.DesiredGpu & dqoes.v1.DesiredGpu.$Shape;
             *   (properties?: dqoes.v1.DesiredGpu.$Properties): dqoes.v1.DesiredGpu;
             * }}
             */
            DesiredGpu.create = function(properties) {
                return new DesiredGpu(properties);
            };

            /**
             * Encodes the specified DesiredGpu message. Does not implicitly {@link dqoes.v1.DesiredGpu.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.DesiredGpu
             * @static
             * @param {dqoes.v1.DesiredGpu.$Properties} message DesiredGpu message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DesiredGpu.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                if (message.clockMhz != null && $Object.hasOwnProperty.call(message, "clockMhz"))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.clockMhz);
                if (message.powerWatts != null && $Object.hasOwnProperty.call(message, "powerWatts"))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.powerWatts);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.reason);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DesiredGpu message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.DesiredGpu
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.DesiredGpu & dqoes.v1.DesiredGpu.$Shape} DesiredGpu
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DesiredGpu.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.DesiredGpu();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.clockMhz = reader.uint32();
                            message._clockMhz = "clockMhz";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.powerWatts = reader.uint32();
                            message._powerWatts = "powerWatts";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a DesiredGpu message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.DesiredGpu
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.DesiredGpu} DesiredGpu
             */
            DesiredGpu.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.DesiredGpu)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.DesiredGpu: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.DesiredGpu();
                if (object.id != null)
                    if (typeof object.id !== "string" || object.id.length)
                        message.id = $String(object.id);
                if (object.clockMhz != null)
                    message.clockMhz = object.clockMhz >>> 0;
                if (object.powerWatts != null)
                    message.powerWatts = object.powerWatts >>> 0;
                if (object.reason != null)
                    if (typeof object.reason !== "string" || object.reason.length)
                        message.reason = $String(object.reason);
                return message;
            };

            /**
             * Creates a plain object from a DesiredGpu message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.DesiredGpu
             * @static
             * @param {dqoes.v1.DesiredGpu} message DesiredGpu
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            DesiredGpu.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.id = "";
                    object.reason = "";
                }
                if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                    object.id = message.id;
                if (message.clockMhz != null && $Object.hasOwnProperty.call(message, "clockMhz"))
                    object.clockMhz = message.clockMhz;
                if (message.powerWatts != null && $Object.hasOwnProperty.call(message, "powerWatts"))
                    object.powerWatts = message.powerWatts;
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason"))
                    object.reason = message.reason;
                return object;
            };

            /**
             * Converts this DesiredGpu to JSON.
             * @function toJSON
             * @memberof dqoes.v1.DesiredGpu
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            DesiredGpu.prototype.toJSON = function() {
                return DesiredGpu.toObject(this, $protobuf.util.toJSONOptions);
            };

            return DesiredGpu;
        })();

        v1.Resources = (function() {

            /**
             * Properties of a Resources.
             * @typedef {Object} dqoes.v1.Resources.$Properties
             * @property {dqoes.v1.CpuBounds.$Properties|null} [cpu] Resources cpu
             * @property {number|null} [memoryBytes] Resources memoryBytes
             * @property {dqoes.v1.GpuRequest.$Properties|null} [gpu] Resources gpu
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Resources.
             * @memberof dqoes.v1
             * @interface IResources
             * @augments dqoes.v1.Resources.$Properties
             * @deprecated Use dqoes.v1.Resources.$Properties instead.
             */

            /**
             * Shape of a Resources.
             * @typedef {dqoes.v1.Resources.$Properties} dqoes.v1.Resources.$Shape
             */

            /**
             * Constructs a new Resources.
             * @memberof dqoes.v1
             * @classdesc Represents a Resources.
             * @constructor
             * @param {dqoes.v1.Resources.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Resources = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Resources cpu.
             * @member {dqoes.v1.CpuBounds.$Properties|null|undefined} cpu
             * @memberof dqoes.v1.Resources
             * @instance
             */
            Resources.prototype.cpu = null;

            /**
             * Resources memoryBytes.
             * @member {number|null|undefined} memoryBytes
             * @memberof dqoes.v1.Resources
             * @instance
             */
            Resources.prototype.memoryBytes = null;

            /**
             * Resources gpu.
             * @member {dqoes.v1.GpuRequest.$Properties|null|undefined} gpu
             * @memberof dqoes.v1.Resources
             * @instance
             */
            Resources.prototype.gpu = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Resources.prototype, "_memoryBytes", {
                get: $util.oneOfGetter($oneOfFields = ["memoryBytes"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Resources.prototype, "_gpu", {
                get: $util.oneOfGetter($oneOfFields = ["gpu"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new Resources instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.Resources
             * @static
             * @param {dqoes.v1.Resources.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.Resources} Resources instance
             * @type {{
             *   (properties: dqoes.v1.Resources.$Shape): dqoes.v1.Resources & dqoes.v1.Resources.$Shape;
             *   (properties?: dqoes.v1.Resources.$Properties): dqoes.v1.Resources;
             * }}
             */
            Resources.create = function(properties) {
                return new Resources(properties);
            };

            /**
             * Encodes the specified Resources message. Does not implicitly {@link dqoes.v1.Resources.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.Resources
             * @static
             * @param {dqoes.v1.Resources.$Properties} message Resources message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Resources.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.cpu != null && $Object.hasOwnProperty.call(message, "cpu"))
                    $root.dqoes.v1.CpuBounds.encode(message.cpu, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.memoryBytes != null && $Object.hasOwnProperty.call(message, "memoryBytes"))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.memoryBytes);
                if (message.gpu != null && $Object.hasOwnProperty.call(message, "gpu"))
                    $root.dqoes.v1.GpuRequest.encode(message.gpu, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Resources message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.Resources
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.Resources & dqoes.v1.Resources.$Shape} Resources
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Resources.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.Resources();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.cpu = $root.dqoes.v1.CpuBounds.decode(reader, reader.size(), $undefined, _depth + 1, message.cpu);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.memoryBytes = reader.uint64();
                            message._memoryBytes = "memoryBytes";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.gpu = $root.dqoes.v1.GpuRequest.decode(reader, reader.size(), $undefined, _depth + 1, message.gpu);
                            message._gpu = "gpu";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a Resources message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.Resources
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.Resources} Resources
             */
            Resources.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.Resources)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.Resources: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.Resources();
                if (object.cpu != null) {
                    if (!$util.isObject(object.cpu))
                        throw $TypeError(".dqoes.v1.Resources.cpu: object expected");
                    message.cpu = $root.dqoes.v1.CpuBounds.fromObject(object.cpu, _depth + 1);
                }
                if (object.memoryBytes != null)
                    if ($util.Long)
                        message.memoryBytes = $util.Long.fromValue(object.memoryBytes, true);
                    else if (typeof object.memoryBytes === "string")
                        message.memoryBytes = $parseInt(object.memoryBytes, 10);
                    else if (typeof object.memoryBytes === "number")
                        message.memoryBytes = object.memoryBytes;
                    else if (typeof object.memoryBytes === "object")
                        message.memoryBytes = new $util.LongBits(object.memoryBytes.low >>> 0, object.memoryBytes.high >>> 0).toNumber(true);
                if (object.gpu != null) {
                    if (!$util.isObject(object.gpu))
                        throw $TypeError(".dqoes.v1.Resources.gpu: object expected");
                    message.gpu = $root.dqoes.v1.GpuRequest.fromObject(object.gpu, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a Resources message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.Resources
             * @static
             * @param {dqoes.v1.Resources} message Resources
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Resources.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults)
                    object.cpu = null;
                if (message.cpu != null && $Object.hasOwnProperty.call(message, "cpu"))
                    object.cpu = $root.dqoes.v1.CpuBounds.toObject(message.cpu, options, _depth + 1);
                if (message.memoryBytes != null && $Object.hasOwnProperty.call(message, "memoryBytes"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.memoryBytes = typeof message.memoryBytes === "number" ? $BigInt(message.memoryBytes) : $util.Long.fromBits(message.memoryBytes.low >>> 0, message.memoryBytes.high >>> 0, true).toBigInt();
                    else if (typeof message.memoryBytes === "number")
                        object.memoryBytes = options.longs === $String ? $String(message.memoryBytes) : message.memoryBytes;
                    else
                        object.memoryBytes = options.longs === $String ? $util.Long.prototype.toString.call(message.memoryBytes) : options.longs === $Number ? new $util.LongBits(message.memoryBytes.low >>> 0, message.memoryBytes.high >>> 0).toNumber(true) : message.memoryBytes;
                if (message.gpu != null && $Object.hasOwnProperty.call(message, "gpu"))
                    object.gpu = $root.dqoes.v1.GpuRequest.toObject(message.gpu, options, _depth + 1);
                return object;
            };

            /**
             * Converts this Resources to JSON.
             * @function toJSON
             * @memberof dqoes.v1.Resources
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Resources.prototype.toJSON = function() {
                return Resources.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Resources;
        })();

        v1.PublishedPort = (function() {

            /**
             * Properties of a PublishedPort.
             * @typedef {Object} dqoes.v1.PublishedPort.$Properties
             * @property {number|null} [containerPort] PublishedPort containerPort
             * @property {number|null} [hostPort] PublishedPort hostPort
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PublishedPort.
             * @memberof dqoes.v1
             * @interface IPublishedPort
             * @augments dqoes.v1.PublishedPort.$Properties
             * @deprecated Use dqoes.v1.PublishedPort.$Properties instead.
             */

            /**
             * Shape of a PublishedPort.
             * @typedef {dqoes.v1.PublishedPort.$Properties} dqoes.v1.PublishedPort.$Shape
             */

            /**
             * Constructs a new PublishedPort.
             * @memberof dqoes.v1
             * @classdesc Represents a PublishedPort.
             * @constructor
             * @param {dqoes.v1.PublishedPort.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PublishedPort = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PublishedPort containerPort.
             * @member {number} containerPort
             * @memberof dqoes.v1.PublishedPort
             * @instance
             */
            PublishedPort.prototype.containerPort = 0;

            /**
             * PublishedPort hostPort.
             * @member {number|null|undefined} hostPort
             * @memberof dqoes.v1.PublishedPort
             * @instance
             */
            PublishedPort.prototype.hostPort = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(PublishedPort.prototype, "_hostPort", {
                get: $util.oneOfGetter($oneOfFields = ["hostPort"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new PublishedPort instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.PublishedPort
             * @static
             * @param {dqoes.v1.PublishedPort.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.PublishedPort} PublishedPort instance
             * @type {{
             *   (properties: dqoes.v1.PublishedPort.$Shape): dqoes.v1.PublishedPort & dqoes.v1.PublishedPort.$Shape;
             *   (properties?: dqoes.v1.PublishedPort.$Properties): dqoes.v1.PublishedPort;
             * }}
             */
            PublishedPort.create = function(properties) {
                return new PublishedPort(properties);
            };

            /**
             * Encodes the specified PublishedPort message. Does not implicitly {@link dqoes.v1.PublishedPort.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.PublishedPort
             * @static
             * @param {dqoes.v1.PublishedPort.$Properties} message PublishedPort message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PublishedPort.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.containerPort != null && $Object.hasOwnProperty.call(message, "containerPort") && message.containerPort !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.containerPort);
                if (message.hostPort != null && $Object.hasOwnProperty.call(message, "hostPort"))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.hostPort);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PublishedPort message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.PublishedPort
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.PublishedPort & dqoes.v1.PublishedPort.$Shape} PublishedPort
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PublishedPort.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.PublishedPort();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.containerPort = value;
                            else
                                delete message.containerPort;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.hostPort = reader.uint32();
                            message._hostPort = "hostPort";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a PublishedPort message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.PublishedPort
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.PublishedPort} PublishedPort
             */
            PublishedPort.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.PublishedPort)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.PublishedPort: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.PublishedPort();
                if (object.containerPort != null)
                    if ($Number(object.containerPort) !== 0)
                        message.containerPort = object.containerPort >>> 0;
                if (object.hostPort != null)
                    message.hostPort = object.hostPort >>> 0;
                return message;
            };

            /**
             * Creates a plain object from a PublishedPort message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.PublishedPort
             * @static
             * @param {dqoes.v1.PublishedPort} message PublishedPort
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            PublishedPort.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults)
                    object.containerPort = 0;
                if (message.containerPort != null && $Object.hasOwnProperty.call(message, "containerPort"))
                    object.containerPort = message.containerPort;
                if (message.hostPort != null && $Object.hasOwnProperty.call(message, "hostPort"))
                    object.hostPort = message.hostPort;
                return object;
            };

            /**
             * Converts this PublishedPort to JSON.
             * @function toJSON
             * @memberof dqoes.v1.PublishedPort
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            PublishedPort.prototype.toJSON = function() {
                return PublishedPort.toObject(this, $protobuf.util.toJSONOptions);
            };

            return PublishedPort;
        })();

        v1.LatencySource = (function() {

            /**
             * Properties of a LatencySource.
             * @typedef {Object} dqoes.v1.LatencySource.$Properties
             * @property {string|null} [source] LatencySource source
             * @property {string|null} [pattern] LatencySource pattern
             * @property {string|null} [unit] LatencySource unit
             * @property {string|null} [preset] LatencySource preset
             * @property {string|null} [metric] LatencySource metric
             * @property {number|null} [port] LatencySource port
             * @property {string|null} [path] LatencySource path
             * @property {string|null} [match] LatencySource match
             * @property {string|null} [method] LatencySource method
             * @property {string|null} [body] LatencySource body
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a LatencySource.
             * @memberof dqoes.v1
             * @interface ILatencySource
             * @augments dqoes.v1.LatencySource.$Properties
             * @deprecated Use dqoes.v1.LatencySource.$Properties instead.
             */

            /**
             * Shape of a LatencySource.
             * @typedef {dqoes.v1.LatencySource.$Properties} dqoes.v1.LatencySource.$Shape
             */

            /**
             * Constructs a new LatencySource.
             * @memberof dqoes.v1
             * @classdesc Represents a LatencySource.
             * @constructor
             * @param {dqoes.v1.LatencySource.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const LatencySource = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * LatencySource source.
             * @member {string} source
             * @memberof dqoes.v1.LatencySource
             * @instance
             */
            LatencySource.prototype.source = "";

            /**
             * LatencySource pattern.
             * @member {string|null|undefined} pattern
             * @memberof dqoes.v1.LatencySource
             * @instance
             */
            LatencySource.prototype.pattern = null;

            /**
             * LatencySource unit.
             * @member {string|null|undefined} unit
             * @memberof dqoes.v1.LatencySource
             * @instance
             */
            LatencySource.prototype.unit = null;

            /**
             * LatencySource preset.
             * @member {string|null|undefined} preset
             * @memberof dqoes.v1.LatencySource
             * @instance
             */
            LatencySource.prototype.preset = null;

            /**
             * LatencySource metric.
             * @member {string|null|undefined} metric
             * @memberof dqoes.v1.LatencySource
             * @instance
             */
            LatencySource.prototype.metric = null;

            /**
             * LatencySource port.
             * @member {number|null|undefined} port
             * @memberof dqoes.v1.LatencySource
             * @instance
             */
            LatencySource.prototype.port = null;

            /**
             * LatencySource path.
             * @member {string|null|undefined} path
             * @memberof dqoes.v1.LatencySource
             * @instance
             */
            LatencySource.prototype.path = null;

            /**
             * LatencySource match.
             * @member {string|null|undefined} match
             * @memberof dqoes.v1.LatencySource
             * @instance
             */
            LatencySource.prototype.match = null;

            /**
             * LatencySource method.
             * @member {string|null|undefined} method
             * @memberof dqoes.v1.LatencySource
             * @instance
             */
            LatencySource.prototype.method = null;

            /**
             * LatencySource body.
             * @member {string|null|undefined} body
             * @memberof dqoes.v1.LatencySource
             * @instance
             */
            LatencySource.prototype.body = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(LatencySource.prototype, "_pattern", {
                get: $util.oneOfGetter($oneOfFields = ["pattern"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(LatencySource.prototype, "_unit", {
                get: $util.oneOfGetter($oneOfFields = ["unit"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(LatencySource.prototype, "_preset", {
                get: $util.oneOfGetter($oneOfFields = ["preset"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(LatencySource.prototype, "_metric", {
                get: $util.oneOfGetter($oneOfFields = ["metric"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(LatencySource.prototype, "_port", {
                get: $util.oneOfGetter($oneOfFields = ["port"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(LatencySource.prototype, "_path", {
                get: $util.oneOfGetter($oneOfFields = ["path"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(LatencySource.prototype, "_match", {
                get: $util.oneOfGetter($oneOfFields = ["match"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(LatencySource.prototype, "_method", {
                get: $util.oneOfGetter($oneOfFields = ["method"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(LatencySource.prototype, "_body", {
                get: $util.oneOfGetter($oneOfFields = ["body"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new LatencySource instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.LatencySource
             * @static
             * @param {dqoes.v1.LatencySource.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.LatencySource} LatencySource instance
             * @type {{
             *   (properties: dqoes.v1.LatencySource.$Shape): dqoes.v1.LatencySource & dqoes.v1.LatencySource.$Shape;
             *   (properties?: dqoes.v1.LatencySource.$Properties): dqoes.v1.LatencySource;
             * }}
             */
            LatencySource.create = function(properties) {
                return new LatencySource(properties);
            };

            /**
             * Encodes the specified LatencySource message. Does not implicitly {@link dqoes.v1.LatencySource.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.LatencySource
             * @static
             * @param {dqoes.v1.LatencySource.$Properties} message LatencySource message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            LatencySource.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.source != null && $Object.hasOwnProperty.call(message, "source") && message.source !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.source);
                if (message.pattern != null && $Object.hasOwnProperty.call(message, "pattern"))
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.pattern);
                if (message.unit != null && $Object.hasOwnProperty.call(message, "unit"))
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.unit);
                if (message.preset != null && $Object.hasOwnProperty.call(message, "preset"))
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.preset);
                if (message.metric != null && $Object.hasOwnProperty.call(message, "metric"))
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.metric);
                if (message.port != null && $Object.hasOwnProperty.call(message, "port"))
                    writer.uint32(/* id 6, wireType 0 =*/48).uint32(message.port);
                if (message.path != null && $Object.hasOwnProperty.call(message, "path"))
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.path);
                if (message.match != null && $Object.hasOwnProperty.call(message, "match"))
                    writer.uint32(/* id 8, wireType 2 =*/66).string(message.match);
                if (message.method != null && $Object.hasOwnProperty.call(message, "method"))
                    writer.uint32(/* id 9, wireType 2 =*/74).string(message.method);
                if (message.body != null && $Object.hasOwnProperty.call(message, "body"))
                    writer.uint32(/* id 10, wireType 2 =*/82).string(message.body);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a LatencySource message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.LatencySource
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.LatencySource & dqoes.v1.LatencySource.$Shape} LatencySource
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            LatencySource.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.LatencySource();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.source = value;
                            else
                                delete message.source;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.pattern = reader.stringVerify();
                            message._pattern = "pattern";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.unit = reader.stringVerify();
                            message._unit = "unit";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.preset = reader.stringVerify();
                            message._preset = "preset";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.metric = reader.stringVerify();
                            message._metric = "metric";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            message.port = reader.uint32();
                            message._port = "port";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.path = reader.stringVerify();
                            message._path = "path";
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.match = reader.stringVerify();
                            message._match = "match";
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            message.method = reader.stringVerify();
                            message._method = "method";
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            message.body = reader.stringVerify();
                            message._body = "body";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a LatencySource message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.LatencySource
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.LatencySource} LatencySource
             */
            LatencySource.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.LatencySource)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.LatencySource: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.LatencySource();
                if (object.source != null)
                    if (typeof object.source !== "string" || object.source.length)
                        message.source = $String(object.source);
                if (object.pattern != null)
                    message.pattern = $String(object.pattern);
                if (object.unit != null)
                    message.unit = $String(object.unit);
                if (object.preset != null)
                    message.preset = $String(object.preset);
                if (object.metric != null)
                    message.metric = $String(object.metric);
                if (object.port != null)
                    message.port = object.port >>> 0;
                if (object.path != null)
                    message.path = $String(object.path);
                if (object.match != null)
                    message.match = $String(object.match);
                if (object.method != null)
                    message.method = $String(object.method);
                if (object.body != null)
                    message.body = $String(object.body);
                return message;
            };

            /**
             * Creates a plain object from a LatencySource message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.LatencySource
             * @static
             * @param {dqoes.v1.LatencySource} message LatencySource
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            LatencySource.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults)
                    object.source = "";
                if (message.source != null && $Object.hasOwnProperty.call(message, "source"))
                    object.source = message.source;
                if (message.pattern != null && $Object.hasOwnProperty.call(message, "pattern"))
                    object.pattern = message.pattern;
                if (message.unit != null && $Object.hasOwnProperty.call(message, "unit"))
                    object.unit = message.unit;
                if (message.preset != null && $Object.hasOwnProperty.call(message, "preset"))
                    object.preset = message.preset;
                if (message.metric != null && $Object.hasOwnProperty.call(message, "metric"))
                    object.metric = message.metric;
                if (message.port != null && $Object.hasOwnProperty.call(message, "port"))
                    object.port = message.port;
                if (message.path != null && $Object.hasOwnProperty.call(message, "path"))
                    object.path = message.path;
                if (message.match != null && $Object.hasOwnProperty.call(message, "match"))
                    object.match = message.match;
                if (message.method != null && $Object.hasOwnProperty.call(message, "method"))
                    object.method = message.method;
                if (message.body != null && $Object.hasOwnProperty.call(message, "body"))
                    object.body = message.body;
                return object;
            };

            /**
             * Converts this LatencySource to JSON.
             * @function toJSON
             * @memberof dqoes.v1.LatencySource
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            LatencySource.prototype.toJSON = function() {
                return LatencySource.toObject(this, $protobuf.util.toJSONOptions);
            };

            return LatencySource;
        })();

        v1.Constraints = (function() {

            /**
             * Properties of a Constraints.
             * @typedef {Object} dqoes.v1.Constraints.$Properties
             * @property {Object.<string,string>|null} [labels] Constraints labels
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Constraints.
             * @memberof dqoes.v1
             * @interface IConstraints
             * @augments dqoes.v1.Constraints.$Properties
             * @deprecated Use dqoes.v1.Constraints.$Properties instead.
             */

            /**
             * Shape of a Constraints.
             * @typedef {dqoes.v1.Constraints.$Properties} dqoes.v1.Constraints.$Shape
             */

            /**
             * Constructs a new Constraints.
             * @memberof dqoes.v1
             * @classdesc Represents a Constraints.
             * @constructor
             * @param {dqoes.v1.Constraints.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Constraints = function (properties) {
                this.labels = {};
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Constraints labels.
             * @member {Object.<string,string>} labels
             * @memberof dqoes.v1.Constraints
             * @instance
             */
            Constraints.prototype.labels = $util.emptyObject;

            /**
             * Creates a new Constraints instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.Constraints
             * @static
             * @param {dqoes.v1.Constraints.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.Constraints} Constraints instance
             * @type {{
             *   (properties: dqoes.v1.Constraints.$Shape): dqoes.v1.Constraints & dqoes.v1.Constraints.$Shape;
             *   (properties?: dqoes.v1.Constraints.$Properties): dqoes.v1.Constraints;
             * }}
             */
            Constraints.create = function(properties) {
                return new Constraints(properties);
            };

            /**
             * Encodes the specified Constraints message. Does not implicitly {@link dqoes.v1.Constraints.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.Constraints
             * @static
             * @param {dqoes.v1.Constraints.$Properties} message Constraints message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Constraints.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.labels != null && $Object.hasOwnProperty.call(message, "labels"))
                    for (let keys = $Object.keys(message.labels), i = 0; i < keys.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 2 =*/18).string(message.labels[keys[i]]).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Constraints message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.Constraints
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.Constraints & dqoes.v1.Constraints.$Shape} Constraints
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Constraints.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, key, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.Constraints();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (message.labels === $util.emptyObject)
                                message.labels = {};
                            let end2 = reader.size() + reader.pos;
                            if (end2 > reader.len)
                                throw $RangeError("index out of range");
                            reader.len = end2;
                            key = "";
                            value = "";
                            while (reader.pos < end2) {
                                let tag2 = reader.tag();
                                wireType = tag2 & 7;
                                switch (tag2 >>>= 3) {
                                case 1:
                                    if (wireType !== 2)
                                        break;
                                    key = reader.stringVerify();
                                    continue;
                                case 2:
                                    if (wireType !== 2)
                                        break;
                                    value = reader.stringVerify();
                                    continue;
                                }
                                reader.skipType(wireType, _depth, tag2);
                            }
                            if (reader.pos !== end2)
                                throw $RangeError("index out of range");
                            reader.len = end;
                            if (key === "__proto__")
                                $util.makeProp(message.labels, key);
                            message.labels[key] = value;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a Constraints message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.Constraints
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.Constraints} Constraints
             */
            Constraints.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.Constraints)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.Constraints: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.Constraints();
                if (object.labels) {
                    if (!$util.isObject(object.labels))
                        throw $TypeError(".dqoes.v1.Constraints.labels: object expected");
                    message.labels = {};
                    for (let keys = $Object.keys(object.labels), i = 0; i < keys.length; ++i) {
                        if (keys[i] === "__proto__")
                            $util.makeProp(message.labels, keys[i]);
                        message.labels[keys[i]] = $String(object.labels[keys[i]]);
                    }
                }
                return message;
            };

            /**
             * Creates a plain object from a Constraints message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.Constraints
             * @static
             * @param {dqoes.v1.Constraints} message Constraints
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Constraints.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.objects || options.defaults)
                    object.labels = {};
                let keys2;
                if (message.labels && (keys2 = $Object.keys(message.labels)).length) {
                    object.labels = {};
                    for (let j = 0; j < keys2.length; ++j) {
                        if (keys2[j] === "__proto__")
                            $util.makeProp(object.labels, keys2[j]);
                        object.labels[keys2[j]] = message.labels[keys2[j]];
                    }
                }
                return object;
            };

            /**
             * Converts this Constraints to JSON.
             * @function toJSON
             * @memberof dqoes.v1.Constraints
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Constraints.prototype.toJSON = function() {
                return Constraints.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Constraints;
        })();

        v1.JobSpec = (function() {

            /**
             * Properties of a JobSpec.
             * @typedef {Object} dqoes.v1.JobSpec.$Properties
             * @property {string|null} [name] JobSpec name
             * @property {string|null} [image] JobSpec image
             * @property {Array.<string>|null} [command] JobSpec command
             * @property {Object.<string,string>|null} [env] JobSpec env
             * @property {dqoes.v1.Target.$Properties|null} [target] JobSpec target
             * @property {number|null} [weight] JobSpec weight
             * @property {number|null} [replicas] JobSpec replicas
             * @property {dqoes.v1.Resources.$Properties|null} [resources] JobSpec resources
             * @property {dqoes.v1.LatencySource.$Properties|null} [latency] JobSpec latency
             * @property {dqoes.v1.Constraints.$Properties|null} [constraints] JobSpec constraints
             * @property {string|null} [onLoss] JobSpec onLoss
             * @property {Array.<dqoes.v1.PublishedPort.$Properties>|null} [ports] JobSpec ports
             * @property {string|null} [moves] JobSpec moves
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a JobSpec.
             * @memberof dqoes.v1
             * @interface IJobSpec
             * @augments dqoes.v1.JobSpec.$Properties
             * @deprecated Use dqoes.v1.JobSpec.$Properties instead.
             */

            /**
             * Shape of a JobSpec.
             * @typedef {dqoes.v1.JobSpec.$Properties} dqoes.v1.JobSpec.$Shape
             */

            /**
             * Constructs a new JobSpec.
             * @memberof dqoes.v1
             * @classdesc Represents a JobSpec.
             * @constructor
             * @param {dqoes.v1.JobSpec.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const JobSpec = function (properties) {
                this.command = [];
                this.env = {};
                this.ports = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * JobSpec name.
             * @member {string} name
             * @memberof dqoes.v1.JobSpec
             * @instance
             */
            JobSpec.prototype.name = "";

            /**
             * JobSpec image.
             * @member {string} image
             * @memberof dqoes.v1.JobSpec
             * @instance
             */
            JobSpec.prototype.image = "";

            /**
             * JobSpec command.
             * @member {Array.<string>} command
             * @memberof dqoes.v1.JobSpec
             * @instance
             */
            JobSpec.prototype.command = $util.emptyArray;

            /**
             * JobSpec env.
             * @member {Object.<string,string>} env
             * @memberof dqoes.v1.JobSpec
             * @instance
             */
            JobSpec.prototype.env = $util.emptyObject;

            /**
             * JobSpec target.
             * @member {dqoes.v1.Target.$Properties|null|undefined} target
             * @memberof dqoes.v1.JobSpec
             * @instance
             */
            JobSpec.prototype.target = null;

            /**
             * JobSpec weight.
             * @member {number} weight
             * @memberof dqoes.v1.JobSpec
             * @instance
             */
            JobSpec.prototype.weight = 0;

            /**
             * JobSpec replicas.
             * @member {number} replicas
             * @memberof dqoes.v1.JobSpec
             * @instance
             */
            JobSpec.prototype.replicas = 0;

            /**
             * JobSpec resources.
             * @member {dqoes.v1.Resources.$Properties|null|undefined} resources
             * @memberof dqoes.v1.JobSpec
             * @instance
             */
            JobSpec.prototype.resources = null;

            /**
             * JobSpec latency.
             * @member {dqoes.v1.LatencySource.$Properties|null|undefined} latency
             * @memberof dqoes.v1.JobSpec
             * @instance
             */
            JobSpec.prototype.latency = null;

            /**
             * JobSpec constraints.
             * @member {dqoes.v1.Constraints.$Properties|null|undefined} constraints
             * @memberof dqoes.v1.JobSpec
             * @instance
             */
            JobSpec.prototype.constraints = null;

            /**
             * JobSpec onLoss.
             * @member {string} onLoss
             * @memberof dqoes.v1.JobSpec
             * @instance
             */
            JobSpec.prototype.onLoss = "";

            /**
             * JobSpec ports.
             * @member {Array.<dqoes.v1.PublishedPort.$Properties>} ports
             * @memberof dqoes.v1.JobSpec
             * @instance
             */
            JobSpec.prototype.ports = $util.emptyArray;

            /**
             * JobSpec moves.
             * @member {string|null|undefined} moves
             * @memberof dqoes.v1.JobSpec
             * @instance
             */
            JobSpec.prototype.moves = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(JobSpec.prototype, "_moves", {
                get: $util.oneOfGetter($oneOfFields = ["moves"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new JobSpec instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.JobSpec
             * @static
             * @param {dqoes.v1.JobSpec.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.JobSpec} JobSpec instance
             * @type {{
             *   (properties: dqoes.v1.JobSpec.$Shape): dqoes.v1.JobSpec & dqoes.v1.JobSpec.$Shape;
             *   (properties?: dqoes.v1.JobSpec.$Properties): dqoes.v1.JobSpec;
             * }}
             */
            JobSpec.create = function(properties) {
                return new JobSpec(properties);
            };

            /**
             * Encodes the specified JobSpec message. Does not implicitly {@link dqoes.v1.JobSpec.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.JobSpec
             * @static
             * @param {dqoes.v1.JobSpec.$Properties} message JobSpec message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            JobSpec.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.image != null && $Object.hasOwnProperty.call(message, "image") && message.image !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.image);
                if (message.command != null && message.command.length)
                    for (let i = 0; i < message.command.length; ++i)
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.command[i]);
                if (message.env != null && $Object.hasOwnProperty.call(message, "env"))
                    for (let keys = $Object.keys(message.env), i = 0; i < keys.length; ++i)
                        writer.uint32(/* id 4, wireType 2 =*/34).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 2 =*/18).string(message.env[keys[i]]).ldelim();
                if (message.target != null && $Object.hasOwnProperty.call(message, "target"))
                    $root.dqoes.v1.Target.encode(message.target, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.weight != null && $Object.hasOwnProperty.call(message, "weight") && !$Object.is(message.weight, 0))
                    writer.uint32(/* id 6, wireType 1 =*/49).double(message.weight);
                if (message.replicas != null && $Object.hasOwnProperty.call(message, "replicas") && message.replicas !== 0)
                    writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.replicas);
                if (message.resources != null && $Object.hasOwnProperty.call(message, "resources"))
                    $root.dqoes.v1.Resources.encode(message.resources, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.latency != null && $Object.hasOwnProperty.call(message, "latency"))
                    $root.dqoes.v1.LatencySource.encode(message.latency, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.constraints != null && $Object.hasOwnProperty.call(message, "constraints"))
                    $root.dqoes.v1.Constraints.encode(message.constraints, writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
                if (message.onLoss != null && $Object.hasOwnProperty.call(message, "onLoss") && message.onLoss !== "")
                    writer.uint32(/* id 11, wireType 2 =*/90).string(message.onLoss);
                if (message.ports != null && message.ports.length)
                    for (let i = 0; i < message.ports.length; ++i)
                        $root.dqoes.v1.PublishedPort.encode(message.ports[i], writer.uint32(/* id 12, wireType 2 =*/98).fork(), _depth + 1).ldelim();
                if (message.moves != null && $Object.hasOwnProperty.call(message, "moves"))
                    writer.uint32(/* id 13, wireType 2 =*/106).string(message.moves);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a JobSpec message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.JobSpec
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.JobSpec & dqoes.v1.JobSpec.$Shape} JobSpec
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            JobSpec.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, key, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.JobSpec();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.image = value;
                            else
                                delete message.image;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.command && message.command.length))
                                message.command = [];
                            message.command.push(reader.stringVerify());
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (message.env === $util.emptyObject)
                                message.env = {};
                            let end2 = reader.size() + reader.pos;
                            if (end2 > reader.len)
                                throw $RangeError("index out of range");
                            reader.len = end2;
                            key = "";
                            value = "";
                            while (reader.pos < end2) {
                                let tag2 = reader.tag();
                                wireType = tag2 & 7;
                                switch (tag2 >>>= 3) {
                                case 1:
                                    if (wireType !== 2)
                                        break;
                                    key = reader.stringVerify();
                                    continue;
                                case 2:
                                    if (wireType !== 2)
                                        break;
                                    value = reader.stringVerify();
                                    continue;
                                }
                                reader.skipType(wireType, _depth, tag2);
                            }
                            if (reader.pos !== end2)
                                throw $RangeError("index out of range");
                            reader.len = end;
                            if (key === "__proto__")
                                $util.makeProp(message.env, key);
                            message.env[key] = value;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.target = $root.dqoes.v1.Target.decode(reader, reader.size(), $undefined, _depth + 1, message.target);
                            continue;
                        }
                    case 6: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.weight = value;
                            else
                                delete message.weight;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.replicas = value;
                            else
                                delete message.replicas;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.resources = $root.dqoes.v1.Resources.decode(reader, reader.size(), $undefined, _depth + 1, message.resources);
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            message.latency = $root.dqoes.v1.LatencySource.decode(reader, reader.size(), $undefined, _depth + 1, message.latency);
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            message.constraints = $root.dqoes.v1.Constraints.decode(reader, reader.size(), $undefined, _depth + 1, message.constraints);
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.onLoss = value;
                            else
                                delete message.onLoss;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            if (!(message.ports && message.ports.length))
                                message.ports = [];
                            message.ports.push($root.dqoes.v1.PublishedPort.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 13: {
                            if (wireType !== 2)
                                break;
                            message.moves = reader.stringVerify();
                            message._moves = "moves";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a JobSpec message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.JobSpec
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.JobSpec} JobSpec
             */
            JobSpec.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.JobSpec)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.JobSpec: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.JobSpec();
                if (object.name != null)
                    if (typeof object.name !== "string" || object.name.length)
                        message.name = $String(object.name);
                if (object.image != null)
                    if (typeof object.image !== "string" || object.image.length)
                        message.image = $String(object.image);
                if (object.command) {
                    if (!$Array.isArray(object.command))
                        throw $TypeError(".dqoes.v1.JobSpec.command: array expected");
                    message.command = $Array(object.command.length);
                    for (let i = 0; i < object.command.length; ++i)
                        message.command[i] = $String(object.command[i]);
                }
                if (object.env) {
                    if (!$util.isObject(object.env))
                        throw $TypeError(".dqoes.v1.JobSpec.env: object expected");
                    message.env = {};
                    for (let keys = $Object.keys(object.env), i = 0; i < keys.length; ++i) {
                        if (keys[i] === "__proto__")
                            $util.makeProp(message.env, keys[i]);
                        message.env[keys[i]] = $String(object.env[keys[i]]);
                    }
                }
                if (object.target != null) {
                    if (!$util.isObject(object.target))
                        throw $TypeError(".dqoes.v1.JobSpec.target: object expected");
                    message.target = $root.dqoes.v1.Target.fromObject(object.target, _depth + 1);
                }
                if (object.weight != null)
                    if (!$Object.is($Number(object.weight), 0))
                        message.weight = $Number(object.weight);
                if (object.replicas != null)
                    if ($Number(object.replicas) !== 0)
                        message.replicas = object.replicas >>> 0;
                if (object.resources != null) {
                    if (!$util.isObject(object.resources))
                        throw $TypeError(".dqoes.v1.JobSpec.resources: object expected");
                    message.resources = $root.dqoes.v1.Resources.fromObject(object.resources, _depth + 1);
                }
                if (object.latency != null) {
                    if (!$util.isObject(object.latency))
                        throw $TypeError(".dqoes.v1.JobSpec.latency: object expected");
                    message.latency = $root.dqoes.v1.LatencySource.fromObject(object.latency, _depth + 1);
                }
                if (object.constraints != null) {
                    if (!$util.isObject(object.constraints))
                        throw $TypeError(".dqoes.v1.JobSpec.constraints: object expected");
                    message.constraints = $root.dqoes.v1.Constraints.fromObject(object.constraints, _depth + 1);
                }
                if (object.onLoss != null)
                    if (typeof object.onLoss !== "string" || object.onLoss.length)
                        message.onLoss = $String(object.onLoss);
                if (object.ports) {
                    if (!$Array.isArray(object.ports))
                        throw $TypeError(".dqoes.v1.JobSpec.ports: array expected");
                    message.ports = $Array(object.ports.length);
                    for (let i = 0; i < object.ports.length; ++i) {
                        if (!$util.isObject(object.ports[i]))
                            throw $TypeError(".dqoes.v1.JobSpec.ports: object expected");
                        message.ports[i] = $root.dqoes.v1.PublishedPort.fromObject(object.ports[i], _depth + 1);
                    }
                }
                if (object.moves != null)
                    message.moves = $String(object.moves);
                return message;
            };

            /**
             * Creates a plain object from a JobSpec message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.JobSpec
             * @static
             * @param {dqoes.v1.JobSpec} message JobSpec
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            JobSpec.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults) {
                    object.command = [];
                    object.ports = [];
                }
                if (options.objects || options.defaults)
                    object.env = {};
                if (options.defaults) {
                    object.name = "";
                    object.image = "";
                    object.target = null;
                    object.weight = 0;
                    object.replicas = 0;
                    object.resources = null;
                    object.latency = null;
                    object.constraints = null;
                    object.onLoss = "";
                }
                if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                    object.name = message.name;
                if (message.image != null && $Object.hasOwnProperty.call(message, "image"))
                    object.image = message.image;
                if (message.command && message.command.length) {
                    object.command = $Array(message.command.length);
                    for (let j = 0; j < message.command.length; ++j)
                        object.command[j] = message.command[j];
                }
                let keys2;
                if (message.env && (keys2 = $Object.keys(message.env)).length) {
                    object.env = {};
                    for (let j = 0; j < keys2.length; ++j) {
                        if (keys2[j] === "__proto__")
                            $util.makeProp(object.env, keys2[j]);
                        object.env[keys2[j]] = message.env[keys2[j]];
                    }
                }
                if (message.target != null && $Object.hasOwnProperty.call(message, "target"))
                    object.target = $root.dqoes.v1.Target.toObject(message.target, options, _depth + 1);
                if (message.weight != null && $Object.hasOwnProperty.call(message, "weight"))
                    object.weight = options.json && !$isFinite(message.weight) ? $String(message.weight) : message.weight;
                if (message.replicas != null && $Object.hasOwnProperty.call(message, "replicas"))
                    object.replicas = message.replicas;
                if (message.resources != null && $Object.hasOwnProperty.call(message, "resources"))
                    object.resources = $root.dqoes.v1.Resources.toObject(message.resources, options, _depth + 1);
                if (message.latency != null && $Object.hasOwnProperty.call(message, "latency"))
                    object.latency = $root.dqoes.v1.LatencySource.toObject(message.latency, options, _depth + 1);
                if (message.constraints != null && $Object.hasOwnProperty.call(message, "constraints"))
                    object.constraints = $root.dqoes.v1.Constraints.toObject(message.constraints, options, _depth + 1);
                if (message.onLoss != null && $Object.hasOwnProperty.call(message, "onLoss"))
                    object.onLoss = message.onLoss;
                if (message.ports && message.ports.length) {
                    object.ports = $Array(message.ports.length);
                    for (let j = 0; j < message.ports.length; ++j)
                        object.ports[j] = $root.dqoes.v1.PublishedPort.toObject(message.ports[j], options, _depth + 1);
                }
                if (message.moves != null && $Object.hasOwnProperty.call(message, "moves"))
                    object.moves = message.moves;
                return object;
            };

            /**
             * Converts this JobSpec to JSON.
             * @function toJSON
             * @memberof dqoes.v1.JobSpec
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            JobSpec.prototype.toJSON = function() {
                return JobSpec.toObject(this, $protobuf.util.toJSONOptions);
            };

            return JobSpec;
        })();

        v1.JobOwnership = (function() {

            /**
             * Properties of a JobOwnership.
             * @typedef {Object} dqoes.v1.JobOwnership.$Properties
             * @property {string|null} [owner] JobOwnership owner
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a JobOwnership.
             * @memberof dqoes.v1
             * @interface IJobOwnership
             * @augments dqoes.v1.JobOwnership.$Properties
             * @deprecated Use dqoes.v1.JobOwnership.$Properties instead.
             */

            /**
             * Shape of a JobOwnership.
             * @typedef {dqoes.v1.JobOwnership.$Properties} dqoes.v1.JobOwnership.$Shape
             */

            /**
             * Constructs a new JobOwnership.
             * @memberof dqoes.v1
             * @classdesc Represents a JobOwnership.
             * @constructor
             * @param {dqoes.v1.JobOwnership.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const JobOwnership = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * JobOwnership owner.
             * @member {string|null|undefined} owner
             * @memberof dqoes.v1.JobOwnership
             * @instance
             */
            JobOwnership.prototype.owner = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(JobOwnership.prototype, "_owner", {
                get: $util.oneOfGetter($oneOfFields = ["owner"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new JobOwnership instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.JobOwnership
             * @static
             * @param {dqoes.v1.JobOwnership.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.JobOwnership} JobOwnership instance
             * @type {{
             *   (properties: dqoes.v1.JobOwnership.$Shape): dqoes.v1.JobOwnership & dqoes.v1.JobOwnership.$Shape;
             *   (properties?: dqoes.v1.JobOwnership.$Properties): dqoes.v1.JobOwnership;
             * }}
             */
            JobOwnership.create = function(properties) {
                return new JobOwnership(properties);
            };

            /**
             * Encodes the specified JobOwnership message. Does not implicitly {@link dqoes.v1.JobOwnership.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.JobOwnership
             * @static
             * @param {dqoes.v1.JobOwnership.$Properties} message JobOwnership message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            JobOwnership.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.owner != null && $Object.hasOwnProperty.call(message, "owner"))
                    writer.uint32(/* id 1000, wireType 2 =*/8002).string(message.owner);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a JobOwnership message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.JobOwnership
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.JobOwnership & dqoes.v1.JobOwnership.$Shape} JobOwnership
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            JobOwnership.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.JobOwnership();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1000: {
                            if (wireType !== 2)
                                break;
                            message.owner = reader.stringVerify();
                            message._owner = "owner";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a JobOwnership message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.JobOwnership
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.JobOwnership} JobOwnership
             */
            JobOwnership.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.JobOwnership)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.JobOwnership: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.JobOwnership();
                if (object.owner != null)
                    message.owner = $String(object.owner);
                return message;
            };

            /**
             * Creates a plain object from a JobOwnership message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.JobOwnership
             * @static
             * @param {dqoes.v1.JobOwnership} message JobOwnership
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            JobOwnership.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (message.owner != null && $Object.hasOwnProperty.call(message, "owner"))
                    object.owner = message.owner;
                return object;
            };

            /**
             * Converts this JobOwnership to JSON.
             * @function toJSON
             * @memberof dqoes.v1.JobOwnership
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            JobOwnership.prototype.toJSON = function() {
                return JobOwnership.toObject(this, $protobuf.util.toJSONOptions);
            };

            return JobOwnership;
        })();

        v1.CpuLimit = (function() {

            /**
             * Properties of a CpuLimit.
             * @typedef {Object} dqoes.v1.CpuLimit.$Properties
             * @property {number|null} [cpuCores] CpuLimit cpuCores
             * @property {number|null} [periodUs] CpuLimit periodUs
             * @property {number|null} [guaranteeCores] CpuLimit guaranteeCores
             * @property {number|null} [weightCores] CpuLimit weightCores
             * @property {number|null} [burstUs] CpuLimit burstUs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CpuLimit.
             * @memberof dqoes.v1
             * @interface ICpuLimit
             * @augments dqoes.v1.CpuLimit.$Properties
             * @deprecated Use dqoes.v1.CpuLimit.$Properties instead.
             */

            /**
             * Shape of a CpuLimit.
             * @typedef {dqoes.v1.CpuLimit.$Properties} dqoes.v1.CpuLimit.$Shape
             */

            /**
             * Constructs a new CpuLimit.
             * @memberof dqoes.v1
             * @classdesc Represents a CpuLimit.
             * @constructor
             * @param {dqoes.v1.CpuLimit.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CpuLimit = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * CpuLimit cpuCores.
             * @member {number|null|undefined} cpuCores
             * @memberof dqoes.v1.CpuLimit
             * @instance
             */
            CpuLimit.prototype.cpuCores = null;

            /**
             * CpuLimit periodUs.
             * @member {number} periodUs
             * @memberof dqoes.v1.CpuLimit
             * @instance
             */
            CpuLimit.prototype.periodUs = 0;

            /**
             * CpuLimit guaranteeCores.
             * @member {number|null|undefined} guaranteeCores
             * @memberof dqoes.v1.CpuLimit
             * @instance
             */
            CpuLimit.prototype.guaranteeCores = null;

            /**
             * CpuLimit weightCores.
             * @member {number|null|undefined} weightCores
             * @memberof dqoes.v1.CpuLimit
             * @instance
             */
            CpuLimit.prototype.weightCores = null;

            /**
             * CpuLimit burstUs.
             * @member {number|null|undefined} burstUs
             * @memberof dqoes.v1.CpuLimit
             * @instance
             */
            CpuLimit.prototype.burstUs = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(CpuLimit.prototype, "_cpuCores", {
                get: $util.oneOfGetter($oneOfFields = ["cpuCores"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(CpuLimit.prototype, "_guaranteeCores", {
                get: $util.oneOfGetter($oneOfFields = ["guaranteeCores"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(CpuLimit.prototype, "_weightCores", {
                get: $util.oneOfGetter($oneOfFields = ["weightCores"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(CpuLimit.prototype, "_burstUs", {
                get: $util.oneOfGetter($oneOfFields = ["burstUs"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new CpuLimit instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.CpuLimit
             * @static
             * @param {dqoes.v1.CpuLimit.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.CpuLimit} CpuLimit instance
             * @type {{
             *   (properties: dqoes.v1.CpuLimit.$Shape): dqoes.v1.CpuLimit & dqoes.v1.CpuLimit.$Shape;
             *   (properties?: dqoes.v1.CpuLimit.$Properties): dqoes.v1.CpuLimit;
             * }}
             */
            CpuLimit.create = function(properties) {
                return new CpuLimit(properties);
            };

            /**
             * Encodes the specified CpuLimit message. Does not implicitly {@link dqoes.v1.CpuLimit.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.CpuLimit
             * @static
             * @param {dqoes.v1.CpuLimit.$Properties} message CpuLimit message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CpuLimit.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.cpuCores != null && $Object.hasOwnProperty.call(message, "cpuCores"))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.cpuCores);
                if (message.periodUs != null && $Object.hasOwnProperty.call(message, "periodUs") && message.periodUs !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.periodUs);
                if (message.guaranteeCores != null && $Object.hasOwnProperty.call(message, "guaranteeCores"))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.guaranteeCores);
                if (message.weightCores != null && $Object.hasOwnProperty.call(message, "weightCores"))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.weightCores);
                if (message.burstUs != null && $Object.hasOwnProperty.call(message, "burstUs"))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.burstUs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a CpuLimit message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.CpuLimit
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.CpuLimit & dqoes.v1.CpuLimit.$Shape} CpuLimit
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CpuLimit.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.CpuLimit();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            message.cpuCores = reader.double();
                            message._cpuCores = "cpuCores";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.periodUs = value;
                            else
                                delete message.periodUs;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            message.guaranteeCores = reader.double();
                            message._guaranteeCores = "guaranteeCores";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            message.weightCores = reader.double();
                            message._weightCores = "weightCores";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            message.burstUs = reader.uint32();
                            message._burstUs = "burstUs";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a CpuLimit message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.CpuLimit
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.CpuLimit} CpuLimit
             */
            CpuLimit.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.CpuLimit)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.CpuLimit: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.CpuLimit();
                if (object.cpuCores != null)
                    message.cpuCores = $Number(object.cpuCores);
                if (object.periodUs != null)
                    if ($Number(object.periodUs) !== 0)
                        message.periodUs = object.periodUs >>> 0;
                if (object.guaranteeCores != null)
                    message.guaranteeCores = $Number(object.guaranteeCores);
                if (object.weightCores != null)
                    message.weightCores = $Number(object.weightCores);
                if (object.burstUs != null)
                    message.burstUs = object.burstUs >>> 0;
                return message;
            };

            /**
             * Creates a plain object from a CpuLimit message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.CpuLimit
             * @static
             * @param {dqoes.v1.CpuLimit} message CpuLimit
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            CpuLimit.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults)
                    object.periodUs = 0;
                if (message.cpuCores != null && $Object.hasOwnProperty.call(message, "cpuCores"))
                    object.cpuCores = options.json && !$isFinite(message.cpuCores) ? $String(message.cpuCores) : message.cpuCores;
                if (message.periodUs != null && $Object.hasOwnProperty.call(message, "periodUs"))
                    object.periodUs = message.periodUs;
                if (message.guaranteeCores != null && $Object.hasOwnProperty.call(message, "guaranteeCores"))
                    object.guaranteeCores = options.json && !$isFinite(message.guaranteeCores) ? $String(message.guaranteeCores) : message.guaranteeCores;
                if (message.weightCores != null && $Object.hasOwnProperty.call(message, "weightCores"))
                    object.weightCores = options.json && !$isFinite(message.weightCores) ? $String(message.weightCores) : message.weightCores;
                if (message.burstUs != null && $Object.hasOwnProperty.call(message, "burstUs"))
                    object.burstUs = message.burstUs;
                return object;
            };

            /**
             * Converts this CpuLimit to JSON.
             * @function toJSON
             * @memberof dqoes.v1.CpuLimit
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            CpuLimit.prototype.toJSON = function() {
                return CpuLimit.toObject(this, $protobuf.util.toJSONOptions);
            };

            return CpuLimit;
        })();

        v1.DesiredAllocation = (function() {

            /**
             * Properties of a DesiredAllocation.
             * @typedef {Object} dqoes.v1.DesiredAllocation.$Properties
             * @property {string|null} [id] DesiredAllocation id
             * @property {string|null} [job] DesiredAllocation job
             * @property {dqoes.v1.JobSpec.$Properties|null} [spec] DesiredAllocation spec
             * @property {string|null} [containerId] DesiredAllocation containerId
             * @property {dqoes.v1.CpuLimit.$Properties|null} [limit] DesiredAllocation limit
             * @property {string|null} [reason] DesiredAllocation reason
             * @property {string|null} [replaces] DesiredAllocation replaces
             * @property {dqoes.v1.GpuAssignment.$Properties|null} [gpu] DesiredAllocation gpu
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DesiredAllocation.
             * @memberof dqoes.v1
             * @interface IDesiredAllocation
             * @augments dqoes.v1.DesiredAllocation.$Properties
             * @deprecated Use dqoes.v1.DesiredAllocation.$Properties instead.
             */

            /**
             * Shape of a DesiredAllocation.
             * @typedef {dqoes.v1.DesiredAllocation.$Properties} dqoes.v1.DesiredAllocation.$Shape
             */

            /**
             * Constructs a new DesiredAllocation.
             * @memberof dqoes.v1
             * @classdesc Represents a DesiredAllocation.
             * @constructor
             * @param {dqoes.v1.DesiredAllocation.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DesiredAllocation = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DesiredAllocation id.
             * @member {string} id
             * @memberof dqoes.v1.DesiredAllocation
             * @instance
             */
            DesiredAllocation.prototype.id = "";

            /**
             * DesiredAllocation job.
             * @member {string} job
             * @memberof dqoes.v1.DesiredAllocation
             * @instance
             */
            DesiredAllocation.prototype.job = "";

            /**
             * DesiredAllocation spec.
             * @member {dqoes.v1.JobSpec.$Properties|null|undefined} spec
             * @memberof dqoes.v1.DesiredAllocation
             * @instance
             */
            DesiredAllocation.prototype.spec = null;

            /**
             * DesiredAllocation containerId.
             * @member {string|null|undefined} containerId
             * @memberof dqoes.v1.DesiredAllocation
             * @instance
             */
            DesiredAllocation.prototype.containerId = null;

            /**
             * DesiredAllocation limit.
             * @member {dqoes.v1.CpuLimit.$Properties|null|undefined} limit
             * @memberof dqoes.v1.DesiredAllocation
             * @instance
             */
            DesiredAllocation.prototype.limit = null;

            /**
             * DesiredAllocation reason.
             * @member {string} reason
             * @memberof dqoes.v1.DesiredAllocation
             * @instance
             */
            DesiredAllocation.prototype.reason = "";

            /**
             * DesiredAllocation replaces.
             * @member {string|null|undefined} replaces
             * @memberof dqoes.v1.DesiredAllocation
             * @instance
             */
            DesiredAllocation.prototype.replaces = null;

            /**
             * DesiredAllocation gpu.
             * @member {dqoes.v1.GpuAssignment.$Properties|null|undefined} gpu
             * @memberof dqoes.v1.DesiredAllocation
             * @instance
             */
            DesiredAllocation.prototype.gpu = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(DesiredAllocation.prototype, "_spec", {
                get: $util.oneOfGetter($oneOfFields = ["spec"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(DesiredAllocation.prototype, "_containerId", {
                get: $util.oneOfGetter($oneOfFields = ["containerId"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(DesiredAllocation.prototype, "_replaces", {
                get: $util.oneOfGetter($oneOfFields = ["replaces"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(DesiredAllocation.prototype, "_gpu", {
                get: $util.oneOfGetter($oneOfFields = ["gpu"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new DesiredAllocation instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.DesiredAllocation
             * @static
             * @param {dqoes.v1.DesiredAllocation.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.DesiredAllocation} DesiredAllocation instance
             * @type {{
             *   (properties: dqoes.v1.DesiredAllocation.$Shape): dqoes.v1.DesiredAllocation & dqoes.v1.DesiredAllocation.$Shape;
             *   (properties?: dqoes.v1.DesiredAllocation.$Properties): dqoes.v1.DesiredAllocation;
             * }}
             */
            DesiredAllocation.create = function(properties) {
                return new DesiredAllocation(properties);
            };

            /**
             * Encodes the specified DesiredAllocation message. Does not implicitly {@link dqoes.v1.DesiredAllocation.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.DesiredAllocation
             * @static
             * @param {dqoes.v1.DesiredAllocation.$Properties} message DesiredAllocation message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DesiredAllocation.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                if (message.job != null && $Object.hasOwnProperty.call(message, "job") && message.job !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.job);
                if (message.spec != null && $Object.hasOwnProperty.call(message, "spec"))
                    $root.dqoes.v1.JobSpec.encode(message.spec, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.containerId != null && $Object.hasOwnProperty.call(message, "containerId"))
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.containerId);
                if (message.limit != null && $Object.hasOwnProperty.call(message, "limit"))
                    $root.dqoes.v1.CpuLimit.encode(message.limit, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.reason);
                if (message.replaces != null && $Object.hasOwnProperty.call(message, "replaces"))
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.replaces);
                if (message.gpu != null && $Object.hasOwnProperty.call(message, "gpu"))
                    $root.dqoes.v1.GpuAssignment.encode(message.gpu, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DesiredAllocation message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.DesiredAllocation
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.DesiredAllocation & dqoes.v1.DesiredAllocation.$Shape} DesiredAllocation
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DesiredAllocation.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.DesiredAllocation();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.job = value;
                            else
                                delete message.job;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.spec = $root.dqoes.v1.JobSpec.decode(reader, reader.size(), $undefined, _depth + 1, message.spec);
                            message._spec = "spec";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.containerId = reader.stringVerify();
                            message._containerId = "containerId";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.limit = $root.dqoes.v1.CpuLimit.decode(reader, reader.size(), $undefined, _depth + 1, message.limit);
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.replaces = reader.stringVerify();
                            message._replaces = "replaces";
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.gpu = $root.dqoes.v1.GpuAssignment.decode(reader, reader.size(), $undefined, _depth + 1, message.gpu);
                            message._gpu = "gpu";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a DesiredAllocation message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.DesiredAllocation
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.DesiredAllocation} DesiredAllocation
             */
            DesiredAllocation.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.DesiredAllocation)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.DesiredAllocation: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.DesiredAllocation();
                if (object.id != null)
                    if (typeof object.id !== "string" || object.id.length)
                        message.id = $String(object.id);
                if (object.job != null)
                    if (typeof object.job !== "string" || object.job.length)
                        message.job = $String(object.job);
                if (object.spec != null) {
                    if (!$util.isObject(object.spec))
                        throw $TypeError(".dqoes.v1.DesiredAllocation.spec: object expected");
                    message.spec = $root.dqoes.v1.JobSpec.fromObject(object.spec, _depth + 1);
                }
                if (object.containerId != null)
                    message.containerId = $String(object.containerId);
                if (object.limit != null) {
                    if (!$util.isObject(object.limit))
                        throw $TypeError(".dqoes.v1.DesiredAllocation.limit: object expected");
                    message.limit = $root.dqoes.v1.CpuLimit.fromObject(object.limit, _depth + 1);
                }
                if (object.reason != null)
                    if (typeof object.reason !== "string" || object.reason.length)
                        message.reason = $String(object.reason);
                if (object.replaces != null)
                    message.replaces = $String(object.replaces);
                if (object.gpu != null) {
                    if (!$util.isObject(object.gpu))
                        throw $TypeError(".dqoes.v1.DesiredAllocation.gpu: object expected");
                    message.gpu = $root.dqoes.v1.GpuAssignment.fromObject(object.gpu, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a DesiredAllocation message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.DesiredAllocation
             * @static
             * @param {dqoes.v1.DesiredAllocation} message DesiredAllocation
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            DesiredAllocation.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.id = "";
                    object.job = "";
                    object.limit = null;
                    object.reason = "";
                }
                if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                    object.id = message.id;
                if (message.job != null && $Object.hasOwnProperty.call(message, "job"))
                    object.job = message.job;
                if (message.spec != null && $Object.hasOwnProperty.call(message, "spec"))
                    object.spec = $root.dqoes.v1.JobSpec.toObject(message.spec, options, _depth + 1);
                if (message.containerId != null && $Object.hasOwnProperty.call(message, "containerId"))
                    object.containerId = message.containerId;
                if (message.limit != null && $Object.hasOwnProperty.call(message, "limit"))
                    object.limit = $root.dqoes.v1.CpuLimit.toObject(message.limit, options, _depth + 1);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason"))
                    object.reason = message.reason;
                if (message.replaces != null && $Object.hasOwnProperty.call(message, "replaces"))
                    object.replaces = message.replaces;
                if (message.gpu != null && $Object.hasOwnProperty.call(message, "gpu"))
                    object.gpu = $root.dqoes.v1.GpuAssignment.toObject(message.gpu, options, _depth + 1);
                return object;
            };

            /**
             * Converts this DesiredAllocation to JSON.
             * @function toJSON
             * @memberof dqoes.v1.DesiredAllocation
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            DesiredAllocation.prototype.toJSON = function() {
                return DesiredAllocation.toObject(this, $protobuf.util.toJSONOptions);
            };

            return DesiredAllocation;
        })();

        v1.DesiredState = (function() {

            /**
             * Properties of a DesiredState.
             * @typedef {Object} dqoes.v1.DesiredState.$Properties
             * @property {string|null} [incarnation] DesiredState incarnation
             * @property {number|null} [epoch] DesiredState epoch
             * @property {number|null} [revision] DesiredState revision
             * @property {string|null} [node] DesiredState node
             * @property {number|null} [validForMs] DesiredState validForMs
             * @property {Array.<dqoes.v1.DesiredAllocation.$Properties>|null} [allocations] DesiredState allocations
             * @property {Array.<dqoes.v1.DesiredGpu.$Properties>|null} [gpus] DesiredState gpus
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DesiredState.
             * @memberof dqoes.v1
             * @interface IDesiredState
             * @augments dqoes.v1.DesiredState.$Properties
             * @deprecated Use dqoes.v1.DesiredState.$Properties instead.
             */

            /**
             * Shape of a DesiredState.
             * @typedef {dqoes.v1.DesiredState.$Properties} dqoes.v1.DesiredState.$Shape
             */

            /**
             * Constructs a new DesiredState.
             * @memberof dqoes.v1
             * @classdesc Represents a DesiredState.
             * @constructor
             * @param {dqoes.v1.DesiredState.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DesiredState = function (properties) {
                this.allocations = [];
                this.gpus = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DesiredState incarnation.
             * @member {string} incarnation
             * @memberof dqoes.v1.DesiredState
             * @instance
             */
            DesiredState.prototype.incarnation = "";

            /**
             * DesiredState epoch.
             * @member {number} epoch
             * @memberof dqoes.v1.DesiredState
             * @instance
             */
            DesiredState.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * DesiredState revision.
             * @member {number} revision
             * @memberof dqoes.v1.DesiredState
             * @instance
             */
            DesiredState.prototype.revision = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * DesiredState node.
             * @member {string} node
             * @memberof dqoes.v1.DesiredState
             * @instance
             */
            DesiredState.prototype.node = "";

            /**
             * DesiredState validForMs.
             * @member {number} validForMs
             * @memberof dqoes.v1.DesiredState
             * @instance
             */
            DesiredState.prototype.validForMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * DesiredState allocations.
             * @member {Array.<dqoes.v1.DesiredAllocation.$Properties>} allocations
             * @memberof dqoes.v1.DesiredState
             * @instance
             */
            DesiredState.prototype.allocations = $util.emptyArray;

            /**
             * DesiredState gpus.
             * @member {Array.<dqoes.v1.DesiredGpu.$Properties>} gpus
             * @memberof dqoes.v1.DesiredState
             * @instance
             */
            DesiredState.prototype.gpus = $util.emptyArray;

            /**
             * Creates a new DesiredState instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.DesiredState
             * @static
             * @param {dqoes.v1.DesiredState.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.DesiredState} DesiredState instance
             * @type {{
             *   (properties: dqoes.v1.DesiredState.$Shape): dqoes.v1.DesiredState & dqoes.v1.DesiredState.$Shape;
             *   (properties?: dqoes.v1.DesiredState.$Properties): dqoes.v1.DesiredState;
             * }}
             */
            DesiredState.create = function(properties) {
                return new DesiredState(properties);
            };

            /**
             * Encodes the specified DesiredState message. Does not implicitly {@link dqoes.v1.DesiredState.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.DesiredState
             * @static
             * @param {dqoes.v1.DesiredState.$Properties} message DesiredState message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DesiredState.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.incarnation != null && $Object.hasOwnProperty.call(message, "incarnation") && message.incarnation !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.incarnation);
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.epoch);
                if (message.revision != null && $Object.hasOwnProperty.call(message, "revision") && (typeof message.revision === "object" ? message.revision.low || message.revision.high : message.revision !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.revision);
                if (message.node != null && $Object.hasOwnProperty.call(message, "node") && message.node !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.node);
                if (message.validForMs != null && $Object.hasOwnProperty.call(message, "validForMs") && (typeof message.validForMs === "object" ? message.validForMs.low || message.validForMs.high : message.validForMs !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.validForMs);
                if (message.allocations != null && message.allocations.length)
                    for (let i = 0; i < message.allocations.length; ++i)
                        $root.dqoes.v1.DesiredAllocation.encode(message.allocations[i], writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.gpus != null && message.gpus.length)
                    for (let i = 0; i < message.gpus.length; ++i)
                        $root.dqoes.v1.DesiredGpu.encode(message.gpus[i], writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DesiredState message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.DesiredState
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.DesiredState & dqoes.v1.DesiredState.$Shape} DesiredState
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DesiredState.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.DesiredState();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.incarnation = value;
                            else
                                delete message.incarnation;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.epoch = value;
                            else
                                delete message.epoch;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.revision = value;
                            else
                                delete message.revision;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.node = value;
                            else
                                delete message.node;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.validForMs = value;
                            else
                                delete message.validForMs;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.allocations && message.allocations.length))
                                message.allocations = [];
                            message.allocations.push($root.dqoes.v1.DesiredAllocation.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if (!(message.gpus && message.gpus.length))
                                message.gpus = [];
                            message.gpus.push($root.dqoes.v1.DesiredGpu.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a DesiredState message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.DesiredState
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.DesiredState} DesiredState
             */
            DesiredState.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.DesiredState)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.DesiredState: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.DesiredState();
                if (object.incarnation != null)
                    if (typeof object.incarnation !== "string" || object.incarnation.length)
                        message.incarnation = $String(object.incarnation);
                if (object.epoch != null)
                    if (typeof object.epoch === "object" ? object.epoch.low || object.epoch.high : $Number(object.epoch) !== 0)
                        if ($util.Long)
                            message.epoch = $util.Long.fromValue(object.epoch, true);
                        else if (typeof object.epoch === "string")
                            message.epoch = $parseInt(object.epoch, 10);
                        else if (typeof object.epoch === "number")
                            message.epoch = object.epoch;
                        else if (typeof object.epoch === "object")
                            message.epoch = new $util.LongBits(object.epoch.low >>> 0, object.epoch.high >>> 0).toNumber(true);
                if (object.revision != null)
                    if (typeof object.revision === "object" ? object.revision.low || object.revision.high : $Number(object.revision) !== 0)
                        if ($util.Long)
                            message.revision = $util.Long.fromValue(object.revision, true);
                        else if (typeof object.revision === "string")
                            message.revision = $parseInt(object.revision, 10);
                        else if (typeof object.revision === "number")
                            message.revision = object.revision;
                        else if (typeof object.revision === "object")
                            message.revision = new $util.LongBits(object.revision.low >>> 0, object.revision.high >>> 0).toNumber(true);
                if (object.node != null)
                    if (typeof object.node !== "string" || object.node.length)
                        message.node = $String(object.node);
                if (object.validForMs != null)
                    if (typeof object.validForMs === "object" ? object.validForMs.low || object.validForMs.high : $Number(object.validForMs) !== 0)
                        if ($util.Long)
                            message.validForMs = $util.Long.fromValue(object.validForMs, true);
                        else if (typeof object.validForMs === "string")
                            message.validForMs = $parseInt(object.validForMs, 10);
                        else if (typeof object.validForMs === "number")
                            message.validForMs = object.validForMs;
                        else if (typeof object.validForMs === "object")
                            message.validForMs = new $util.LongBits(object.validForMs.low >>> 0, object.validForMs.high >>> 0).toNumber(true);
                if (object.allocations) {
                    if (!$Array.isArray(object.allocations))
                        throw $TypeError(".dqoes.v1.DesiredState.allocations: array expected");
                    message.allocations = $Array(object.allocations.length);
                    for (let i = 0; i < object.allocations.length; ++i) {
                        if (!$util.isObject(object.allocations[i]))
                            throw $TypeError(".dqoes.v1.DesiredState.allocations: object expected");
                        message.allocations[i] = $root.dqoes.v1.DesiredAllocation.fromObject(object.allocations[i], _depth + 1);
                    }
                }
                if (object.gpus) {
                    if (!$Array.isArray(object.gpus))
                        throw $TypeError(".dqoes.v1.DesiredState.gpus: array expected");
                    message.gpus = $Array(object.gpus.length);
                    for (let i = 0; i < object.gpus.length; ++i) {
                        if (!$util.isObject(object.gpus[i]))
                            throw $TypeError(".dqoes.v1.DesiredState.gpus: object expected");
                        message.gpus[i] = $root.dqoes.v1.DesiredGpu.fromObject(object.gpus[i], _depth + 1);
                    }
                }
                return message;
            };

            /**
             * Creates a plain object from a DesiredState message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.DesiredState
             * @static
             * @param {dqoes.v1.DesiredState} message DesiredState
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            DesiredState.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults) {
                    object.allocations = [];
                    object.gpus = [];
                }
                if (options.defaults) {
                    object.incarnation = "";
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.epoch = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.epoch = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.revision = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.revision = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    object.node = "";
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.validForMs = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.validForMs = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                }
                if (message.incarnation != null && $Object.hasOwnProperty.call(message, "incarnation"))
                    object.incarnation = message.incarnation;
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.epoch = typeof message.epoch === "number" ? $BigInt(message.epoch) : $util.Long.fromBits(message.epoch.low >>> 0, message.epoch.high >>> 0, true).toBigInt();
                    else if (typeof message.epoch === "number")
                        object.epoch = options.longs === $String ? $String(message.epoch) : message.epoch;
                    else
                        object.epoch = options.longs === $String ? $util.Long.prototype.toString.call(message.epoch) : options.longs === $Number ? new $util.LongBits(message.epoch.low >>> 0, message.epoch.high >>> 0).toNumber(true) : message.epoch;
                if (message.revision != null && $Object.hasOwnProperty.call(message, "revision"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.revision = typeof message.revision === "number" ? $BigInt(message.revision) : $util.Long.fromBits(message.revision.low >>> 0, message.revision.high >>> 0, true).toBigInt();
                    else if (typeof message.revision === "number")
                        object.revision = options.longs === $String ? $String(message.revision) : message.revision;
                    else
                        object.revision = options.longs === $String ? $util.Long.prototype.toString.call(message.revision) : options.longs === $Number ? new $util.LongBits(message.revision.low >>> 0, message.revision.high >>> 0).toNumber(true) : message.revision;
                if (message.node != null && $Object.hasOwnProperty.call(message, "node"))
                    object.node = message.node;
                if (message.validForMs != null && $Object.hasOwnProperty.call(message, "validForMs"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.validForMs = typeof message.validForMs === "number" ? $BigInt(message.validForMs) : $util.Long.fromBits(message.validForMs.low >>> 0, message.validForMs.high >>> 0, true).toBigInt();
                    else if (typeof message.validForMs === "number")
                        object.validForMs = options.longs === $String ? $String(message.validForMs) : message.validForMs;
                    else
                        object.validForMs = options.longs === $String ? $util.Long.prototype.toString.call(message.validForMs) : options.longs === $Number ? new $util.LongBits(message.validForMs.low >>> 0, message.validForMs.high >>> 0).toNumber(true) : message.validForMs;
                if (message.allocations && message.allocations.length) {
                    object.allocations = $Array(message.allocations.length);
                    for (let j = 0; j < message.allocations.length; ++j)
                        object.allocations[j] = $root.dqoes.v1.DesiredAllocation.toObject(message.allocations[j], options, _depth + 1);
                }
                if (message.gpus && message.gpus.length) {
                    object.gpus = $Array(message.gpus.length);
                    for (let j = 0; j < message.gpus.length; ++j)
                        object.gpus[j] = $root.dqoes.v1.DesiredGpu.toObject(message.gpus[j], options, _depth + 1);
                }
                return object;
            };

            /**
             * Converts this DesiredState to JSON.
             * @function toJSON
             * @memberof dqoes.v1.DesiredState
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            DesiredState.prototype.toJSON = function() {
                return DesiredState.toObject(this, $protobuf.util.toJSONOptions);
            };

            return DesiredState;
        })();

        v1.ObservedCpu = (function() {

            /**
             * Properties of an ObservedCpu.
             * @typedef {Object} dqoes.v1.ObservedCpu.$Properties
             * @property {number|null} [cpuCores] ObservedCpu cpuCores
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an ObservedCpu.
             * @memberof dqoes.v1
             * @interface IObservedCpu
             * @augments dqoes.v1.ObservedCpu.$Properties
             * @deprecated Use dqoes.v1.ObservedCpu.$Properties instead.
             */

            /**
             * Shape of an ObservedCpu.
             * @typedef {dqoes.v1.ObservedCpu.$Properties} dqoes.v1.ObservedCpu.$Shape
             */

            /**
             * Constructs a new ObservedCpu.
             * @memberof dqoes.v1
             * @classdesc Represents an ObservedCpu.
             * @constructor
             * @param {dqoes.v1.ObservedCpu.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ObservedCpu = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ObservedCpu cpuCores.
             * @member {number|null|undefined} cpuCores
             * @memberof dqoes.v1.ObservedCpu
             * @instance
             */
            ObservedCpu.prototype.cpuCores = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(ObservedCpu.prototype, "_cpuCores", {
                get: $util.oneOfGetter($oneOfFields = ["cpuCores"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new ObservedCpu instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.ObservedCpu
             * @static
             * @param {dqoes.v1.ObservedCpu.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.ObservedCpu} ObservedCpu instance
             * @type {{
             *   (properties: dqoes.v1.ObservedCpu.$Shape): dqoes.v1.ObservedCpu & dqoes.v1.ObservedCpu.$Shape;
             *   (properties?: dqoes.v1.ObservedCpu.$Properties): dqoes.v1.ObservedCpu;
             * }}
             */
            ObservedCpu.create = function(properties) {
                return new ObservedCpu(properties);
            };

            /**
             * Encodes the specified ObservedCpu message. Does not implicitly {@link dqoes.v1.ObservedCpu.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.ObservedCpu
             * @static
             * @param {dqoes.v1.ObservedCpu.$Properties} message ObservedCpu message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ObservedCpu.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.cpuCores != null && $Object.hasOwnProperty.call(message, "cpuCores"))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.cpuCores);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an ObservedCpu message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.ObservedCpu
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.ObservedCpu & dqoes.v1.ObservedCpu.$Shape} ObservedCpu
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ObservedCpu.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.ObservedCpu();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            message.cpuCores = reader.double();
                            message._cpuCores = "cpuCores";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates an ObservedCpu message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.ObservedCpu
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.ObservedCpu} ObservedCpu
             */
            ObservedCpu.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.ObservedCpu)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.ObservedCpu: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.ObservedCpu();
                if (object.cpuCores != null)
                    message.cpuCores = $Number(object.cpuCores);
                return message;
            };

            /**
             * Creates a plain object from an ObservedCpu message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.ObservedCpu
             * @static
             * @param {dqoes.v1.ObservedCpu} message ObservedCpu
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            ObservedCpu.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (message.cpuCores != null && $Object.hasOwnProperty.call(message, "cpuCores"))
                    object.cpuCores = options.json && !$isFinite(message.cpuCores) ? $String(message.cpuCores) : message.cpuCores;
                return object;
            };

            /**
             * Converts this ObservedCpu to JSON.
             * @function toJSON
             * @memberof dqoes.v1.ObservedCpu
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            ObservedCpu.prototype.toJSON = function() {
                return ObservedCpu.toObject(this, $protobuf.util.toJSONOptions);
            };

            return ObservedCpu;
        })();

        v1.AllocationAck = (function() {

            /**
             * Properties of an AllocationAck.
             * @typedef {Object} dqoes.v1.AllocationAck.$Properties
             * @property {string|null} [id] AllocationAck id
             * @property {boolean|null} [ok] AllocationAck ok
             * @property {dqoes.v1.ObservedCpu.$Properties|null} [observed] AllocationAck observed
             * @property {string|null} [reason] AllocationAck reason
             * @property {boolean|null} [refused] AllocationAck refused
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an AllocationAck.
             * @memberof dqoes.v1
             * @interface IAllocationAck
             * @augments dqoes.v1.AllocationAck.$Properties
             * @deprecated Use dqoes.v1.AllocationAck.$Properties instead.
             */

            /**
             * Shape of an AllocationAck.
             * @typedef {dqoes.v1.AllocationAck.$Properties} dqoes.v1.AllocationAck.$Shape
             */

            /**
             * Constructs a new AllocationAck.
             * @memberof dqoes.v1
             * @classdesc Represents an AllocationAck.
             * @constructor
             * @param {dqoes.v1.AllocationAck.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const AllocationAck = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * AllocationAck id.
             * @member {string} id
             * @memberof dqoes.v1.AllocationAck
             * @instance
             */
            AllocationAck.prototype.id = "";

            /**
             * AllocationAck ok.
             * @member {boolean} ok
             * @memberof dqoes.v1.AllocationAck
             * @instance
             */
            AllocationAck.prototype.ok = false;

            /**
             * AllocationAck observed.
             * @member {dqoes.v1.ObservedCpu.$Properties|null|undefined} observed
             * @memberof dqoes.v1.AllocationAck
             * @instance
             */
            AllocationAck.prototype.observed = null;

            /**
             * AllocationAck reason.
             * @member {string} reason
             * @memberof dqoes.v1.AllocationAck
             * @instance
             */
            AllocationAck.prototype.reason = "";

            /**
             * AllocationAck refused.
             * @member {boolean|null|undefined} refused
             * @memberof dqoes.v1.AllocationAck
             * @instance
             */
            AllocationAck.prototype.refused = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(AllocationAck.prototype, "_observed", {
                get: $util.oneOfGetter($oneOfFields = ["observed"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(AllocationAck.prototype, "_refused", {
                get: $util.oneOfGetter($oneOfFields = ["refused"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new AllocationAck instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.AllocationAck
             * @static
             * @param {dqoes.v1.AllocationAck.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.AllocationAck} AllocationAck instance
             * @type {{
             *   (properties: dqoes.v1.AllocationAck.$Shape): dqoes.v1.AllocationAck & dqoes.v1.AllocationAck.$Shape;
             *   (properties?: dqoes.v1.AllocationAck.$Properties): dqoes.v1.AllocationAck;
             * }}
             */
            AllocationAck.create = function(properties) {
                return new AllocationAck(properties);
            };

            /**
             * Encodes the specified AllocationAck message. Does not implicitly {@link dqoes.v1.AllocationAck.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.AllocationAck
             * @static
             * @param {dqoes.v1.AllocationAck.$Properties} message AllocationAck message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AllocationAck.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                if (message.ok != null && $Object.hasOwnProperty.call(message, "ok") && message.ok !== false)
                    writer.uint32(/* id 2, wireType 0 =*/16).bool(message.ok);
                if (message.observed != null && $Object.hasOwnProperty.call(message, "observed"))
                    $root.dqoes.v1.ObservedCpu.encode(message.observed, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.reason);
                if (message.refused != null && $Object.hasOwnProperty.call(message, "refused"))
                    writer.uint32(/* id 5, wireType 0 =*/40).bool(message.refused);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an AllocationAck message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.AllocationAck
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.AllocationAck & dqoes.v1.AllocationAck.$Shape} AllocationAck
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AllocationAck.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.AllocationAck();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.ok = value;
                            else
                                delete message.ok;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.observed = $root.dqoes.v1.ObservedCpu.decode(reader, reader.size(), $undefined, _depth + 1, message.observed);
                            message._observed = "observed";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            message.refused = reader.bool();
                            message._refused = "refused";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates an AllocationAck message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.AllocationAck
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.AllocationAck} AllocationAck
             */
            AllocationAck.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.AllocationAck)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.AllocationAck: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.AllocationAck();
                if (object.id != null)
                    if (typeof object.id !== "string" || object.id.length)
                        message.id = $String(object.id);
                if (object.ok != null)
                    if (object.ok)
                        message.ok = $Boolean(object.ok);
                if (object.observed != null) {
                    if (!$util.isObject(object.observed))
                        throw $TypeError(".dqoes.v1.AllocationAck.observed: object expected");
                    message.observed = $root.dqoes.v1.ObservedCpu.fromObject(object.observed, _depth + 1);
                }
                if (object.reason != null)
                    if (typeof object.reason !== "string" || object.reason.length)
                        message.reason = $String(object.reason);
                if (object.refused != null)
                    message.refused = $Boolean(object.refused);
                return message;
            };

            /**
             * Creates a plain object from an AllocationAck message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.AllocationAck
             * @static
             * @param {dqoes.v1.AllocationAck} message AllocationAck
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            AllocationAck.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.id = "";
                    object.ok = false;
                    object.reason = "";
                }
                if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                    object.id = message.id;
                if (message.ok != null && $Object.hasOwnProperty.call(message, "ok"))
                    object.ok = message.ok;
                if (message.observed != null && $Object.hasOwnProperty.call(message, "observed"))
                    object.observed = $root.dqoes.v1.ObservedCpu.toObject(message.observed, options, _depth + 1);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason"))
                    object.reason = message.reason;
                if (message.refused != null && $Object.hasOwnProperty.call(message, "refused"))
                    object.refused = message.refused;
                return object;
            };

            /**
             * Converts this AllocationAck to JSON.
             * @function toJSON
             * @memberof dqoes.v1.AllocationAck
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            AllocationAck.prototype.toJSON = function() {
                return AllocationAck.toObject(this, $protobuf.util.toJSONOptions);
            };

            return AllocationAck;
        })();

        v1.Ack = (function() {

            /**
             * Properties of an Ack.
             * @typedef {Object} dqoes.v1.Ack.$Properties
             * @property {string|null} [node] Ack node
             * @property {string|null} [bootId] Ack bootId
             * @property {string|null} [outcome] Ack outcome
             * @property {dqoes.v1.StateVersion.$Properties|null} [asked] Ack asked
             * @property {dqoes.v1.StateVersion.$Properties|null} [holds] Ack holds
             * @property {Array.<dqoes.v1.AllocationAck.$Properties>|null} [allocations] Ack allocations
             * @property {string|null} [reason] Ack reason
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Ack.
             * @memberof dqoes.v1
             * @interface IAck
             * @augments dqoes.v1.Ack.$Properties
             * @deprecated Use dqoes.v1.Ack.$Properties instead.
             */

            /**
             * Shape of an Ack.
             * @typedef {dqoes.v1.Ack.$Properties} dqoes.v1.Ack.$Shape
             */

            /**
             * Constructs a new Ack.
             * @memberof dqoes.v1
             * @classdesc Represents an Ack.
             * @constructor
             * @param {dqoes.v1.Ack.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Ack = function (properties) {
                this.allocations = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Ack node.
             * @member {string} node
             * @memberof dqoes.v1.Ack
             * @instance
             */
            Ack.prototype.node = "";

            /**
             * Ack bootId.
             * @member {string} bootId
             * @memberof dqoes.v1.Ack
             * @instance
             */
            Ack.prototype.bootId = "";

            /**
             * Ack outcome.
             * @member {string} outcome
             * @memberof dqoes.v1.Ack
             * @instance
             */
            Ack.prototype.outcome = "";

            /**
             * Ack asked.
             * @member {dqoes.v1.StateVersion.$Properties|null|undefined} asked
             * @memberof dqoes.v1.Ack
             * @instance
             */
            Ack.prototype.asked = null;

            /**
             * Ack holds.
             * @member {dqoes.v1.StateVersion.$Properties|null|undefined} holds
             * @memberof dqoes.v1.Ack
             * @instance
             */
            Ack.prototype.holds = null;

            /**
             * Ack allocations.
             * @member {Array.<dqoes.v1.AllocationAck.$Properties>} allocations
             * @memberof dqoes.v1.Ack
             * @instance
             */
            Ack.prototype.allocations = $util.emptyArray;

            /**
             * Ack reason.
             * @member {string} reason
             * @memberof dqoes.v1.Ack
             * @instance
             */
            Ack.prototype.reason = "";

            /**
             * Creates a new Ack instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.Ack
             * @static
             * @param {dqoes.v1.Ack.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.Ack} Ack instance
             * @type {{
             *   (properties: dqoes.v1.Ack.$Shape): dqoes.v1.Ack & dqoes.v1.Ack.$Shape;
             *   (properties?: dqoes.v1.Ack.$Properties): dqoes.v1.Ack;
             * }}
             */
            Ack.create = function(properties) {
                return new Ack(properties);
            };

            /**
             * Encodes the specified Ack message. Does not implicitly {@link dqoes.v1.Ack.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.Ack
             * @static
             * @param {dqoes.v1.Ack.$Properties} message Ack message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Ack.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.node != null && $Object.hasOwnProperty.call(message, "node") && message.node !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.node);
                if (message.bootId != null && $Object.hasOwnProperty.call(message, "bootId") && message.bootId !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.bootId);
                if (message.outcome != null && $Object.hasOwnProperty.call(message, "outcome") && message.outcome !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.outcome);
                if (message.asked != null && $Object.hasOwnProperty.call(message, "asked"))
                    $root.dqoes.v1.StateVersion.encode(message.asked, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.holds != null && $Object.hasOwnProperty.call(message, "holds"))
                    $root.dqoes.v1.StateVersion.encode(message.holds, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.allocations != null && message.allocations.length)
                    for (let i = 0; i < message.allocations.length; ++i)
                        $root.dqoes.v1.AllocationAck.encode(message.allocations[i], writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.reason);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Ack message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.Ack
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.Ack & dqoes.v1.Ack.$Shape} Ack
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Ack.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.Ack();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.node = value;
                            else
                                delete message.node;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.bootId = value;
                            else
                                delete message.bootId;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.outcome = value;
                            else
                                delete message.outcome;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.asked = $root.dqoes.v1.StateVersion.decode(reader, reader.size(), $undefined, _depth + 1, message.asked);
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.holds = $root.dqoes.v1.StateVersion.decode(reader, reader.size(), $undefined, _depth + 1, message.holds);
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.allocations && message.allocations.length))
                                message.allocations = [];
                            message.allocations.push($root.dqoes.v1.AllocationAck.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates an Ack message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.Ack
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.Ack} Ack
             */
            Ack.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.Ack)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.Ack: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.Ack();
                if (object.node != null)
                    if (typeof object.node !== "string" || object.node.length)
                        message.node = $String(object.node);
                if (object.bootId != null)
                    if (typeof object.bootId !== "string" || object.bootId.length)
                        message.bootId = $String(object.bootId);
                if (object.outcome != null)
                    if (typeof object.outcome !== "string" || object.outcome.length)
                        message.outcome = $String(object.outcome);
                if (object.asked != null) {
                    if (!$util.isObject(object.asked))
                        throw $TypeError(".dqoes.v1.Ack.asked: object expected");
                    message.asked = $root.dqoes.v1.StateVersion.fromObject(object.asked, _depth + 1);
                }
                if (object.holds != null) {
                    if (!$util.isObject(object.holds))
                        throw $TypeError(".dqoes.v1.Ack.holds: object expected");
                    message.holds = $root.dqoes.v1.StateVersion.fromObject(object.holds, _depth + 1);
                }
                if (object.allocations) {
                    if (!$Array.isArray(object.allocations))
                        throw $TypeError(".dqoes.v1.Ack.allocations: array expected");
                    message.allocations = $Array(object.allocations.length);
                    for (let i = 0; i < object.allocations.length; ++i) {
                        if (!$util.isObject(object.allocations[i]))
                            throw $TypeError(".dqoes.v1.Ack.allocations: object expected");
                        message.allocations[i] = $root.dqoes.v1.AllocationAck.fromObject(object.allocations[i], _depth + 1);
                    }
                }
                if (object.reason != null)
                    if (typeof object.reason !== "string" || object.reason.length)
                        message.reason = $String(object.reason);
                return message;
            };

            /**
             * Creates a plain object from an Ack message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.Ack
             * @static
             * @param {dqoes.v1.Ack} message Ack
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Ack.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.allocations = [];
                if (options.defaults) {
                    object.node = "";
                    object.bootId = "";
                    object.outcome = "";
                    object.asked = null;
                    object.holds = null;
                    object.reason = "";
                }
                if (message.node != null && $Object.hasOwnProperty.call(message, "node"))
                    object.node = message.node;
                if (message.bootId != null && $Object.hasOwnProperty.call(message, "bootId"))
                    object.bootId = message.bootId;
                if (message.outcome != null && $Object.hasOwnProperty.call(message, "outcome"))
                    object.outcome = message.outcome;
                if (message.asked != null && $Object.hasOwnProperty.call(message, "asked"))
                    object.asked = $root.dqoes.v1.StateVersion.toObject(message.asked, options, _depth + 1);
                if (message.holds != null && $Object.hasOwnProperty.call(message, "holds"))
                    object.holds = $root.dqoes.v1.StateVersion.toObject(message.holds, options, _depth + 1);
                if (message.allocations && message.allocations.length) {
                    object.allocations = $Array(message.allocations.length);
                    for (let j = 0; j < message.allocations.length; ++j)
                        object.allocations[j] = $root.dqoes.v1.AllocationAck.toObject(message.allocations[j], options, _depth + 1);
                }
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason"))
                    object.reason = message.reason;
                return object;
            };

            /**
             * Converts this Ack to JSON.
             * @function toJSON
             * @memberof dqoes.v1.Ack
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Ack.prototype.toJSON = function() {
                return Ack.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Ack;
        })();

        v1.HostReport = (function() {

            /**
             * Properties of a HostReport.
             * @typedef {Object} dqoes.v1.HostReport.$Properties
             * @property {number|null} [capacityCpuCores] HostReport capacityCpuCores
             * @property {number|null} [capacityMemoryBytes] HostReport capacityMemoryBytes
             * @property {number|null} [allocatableCpuCores] HostReport allocatableCpuCores
             * @property {number|null} [allocatableMemoryBytes] HostReport allocatableMemoryBytes
             * @property {number|null} [cpuUtilisationRatio] HostReport cpuUtilisationRatio
             * @property {number|null} [memoryUsedBytes] HostReport memoryUsedBytes
             * @property {number|null} [cpuPressureRatio] HostReport cpuPressureRatio
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a HostReport.
             * @memberof dqoes.v1
             * @interface IHostReport
             * @augments dqoes.v1.HostReport.$Properties
             * @deprecated Use dqoes.v1.HostReport.$Properties instead.
             */

            /**
             * Shape of a HostReport.
             * @typedef {dqoes.v1.HostReport.$Properties} dqoes.v1.HostReport.$Shape
             */

            /**
             * Constructs a new HostReport.
             * @memberof dqoes.v1
             * @classdesc Represents a HostReport.
             * @constructor
             * @param {dqoes.v1.HostReport.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const HostReport = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * HostReport capacityCpuCores.
             * @member {number} capacityCpuCores
             * @memberof dqoes.v1.HostReport
             * @instance
             */
            HostReport.prototype.capacityCpuCores = 0;

            /**
             * HostReport capacityMemoryBytes.
             * @member {number} capacityMemoryBytes
             * @memberof dqoes.v1.HostReport
             * @instance
             */
            HostReport.prototype.capacityMemoryBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * HostReport allocatableCpuCores.
             * @member {number} allocatableCpuCores
             * @memberof dqoes.v1.HostReport
             * @instance
             */
            HostReport.prototype.allocatableCpuCores = 0;

            /**
             * HostReport allocatableMemoryBytes.
             * @member {number} allocatableMemoryBytes
             * @memberof dqoes.v1.HostReport
             * @instance
             */
            HostReport.prototype.allocatableMemoryBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * HostReport cpuUtilisationRatio.
             * @member {number|null|undefined} cpuUtilisationRatio
             * @memberof dqoes.v1.HostReport
             * @instance
             */
            HostReport.prototype.cpuUtilisationRatio = null;

            /**
             * HostReport memoryUsedBytes.
             * @member {number|null|undefined} memoryUsedBytes
             * @memberof dqoes.v1.HostReport
             * @instance
             */
            HostReport.prototype.memoryUsedBytes = null;

            /**
             * HostReport cpuPressureRatio.
             * @member {number|null|undefined} cpuPressureRatio
             * @memberof dqoes.v1.HostReport
             * @instance
             */
            HostReport.prototype.cpuPressureRatio = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(HostReport.prototype, "_cpuUtilisationRatio", {
                get: $util.oneOfGetter($oneOfFields = ["cpuUtilisationRatio"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(HostReport.prototype, "_memoryUsedBytes", {
                get: $util.oneOfGetter($oneOfFields = ["memoryUsedBytes"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(HostReport.prototype, "_cpuPressureRatio", {
                get: $util.oneOfGetter($oneOfFields = ["cpuPressureRatio"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new HostReport instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.HostReport
             * @static
             * @param {dqoes.v1.HostReport.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.HostReport} HostReport instance
             * @type {{
             *   (properties: dqoes.v1.HostReport.$Shape): dqoes.v1.HostReport & dqoes.v1.HostReport.$Shape;
             *   (properties?: dqoes.v1.HostReport.$Properties): dqoes.v1.HostReport;
             * }}
             */
            HostReport.create = function(properties) {
                return new HostReport(properties);
            };

            /**
             * Encodes the specified HostReport message. Does not implicitly {@link dqoes.v1.HostReport.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.HostReport
             * @static
             * @param {dqoes.v1.HostReport.$Properties} message HostReport message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            HostReport.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.capacityCpuCores != null && $Object.hasOwnProperty.call(message, "capacityCpuCores") && !$Object.is(message.capacityCpuCores, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.capacityCpuCores);
                if (message.capacityMemoryBytes != null && $Object.hasOwnProperty.call(message, "capacityMemoryBytes") && (typeof message.capacityMemoryBytes === "object" ? message.capacityMemoryBytes.low || message.capacityMemoryBytes.high : message.capacityMemoryBytes !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.capacityMemoryBytes);
                if (message.allocatableCpuCores != null && $Object.hasOwnProperty.call(message, "allocatableCpuCores") && !$Object.is(message.allocatableCpuCores, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.allocatableCpuCores);
                if (message.allocatableMemoryBytes != null && $Object.hasOwnProperty.call(message, "allocatableMemoryBytes") && (typeof message.allocatableMemoryBytes === "object" ? message.allocatableMemoryBytes.low || message.allocatableMemoryBytes.high : message.allocatableMemoryBytes !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.allocatableMemoryBytes);
                if (message.cpuUtilisationRatio != null && $Object.hasOwnProperty.call(message, "cpuUtilisationRatio"))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.cpuUtilisationRatio);
                if (message.memoryUsedBytes != null && $Object.hasOwnProperty.call(message, "memoryUsedBytes"))
                    writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.memoryUsedBytes);
                if (message.cpuPressureRatio != null && $Object.hasOwnProperty.call(message, "cpuPressureRatio"))
                    writer.uint32(/* id 7, wireType 1 =*/57).double(message.cpuPressureRatio);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a HostReport message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.HostReport
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.HostReport & dqoes.v1.HostReport.$Shape} HostReport
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            HostReport.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.HostReport();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.capacityCpuCores = value;
                            else
                                delete message.capacityCpuCores;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.capacityMemoryBytes = value;
                            else
                                delete message.capacityMemoryBytes;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.allocatableCpuCores = value;
                            else
                                delete message.allocatableCpuCores;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.allocatableMemoryBytes = value;
                            else
                                delete message.allocatableMemoryBytes;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            message.cpuUtilisationRatio = reader.double();
                            message._cpuUtilisationRatio = "cpuUtilisationRatio";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            message.memoryUsedBytes = reader.uint64();
                            message._memoryUsedBytes = "memoryUsedBytes";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 1)
                                break;
                            message.cpuPressureRatio = reader.double();
                            message._cpuPressureRatio = "cpuPressureRatio";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a HostReport message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.HostReport
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.HostReport} HostReport
             */
            HostReport.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.HostReport)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.HostReport: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.HostReport();
                if (object.capacityCpuCores != null)
                    if (!$Object.is($Number(object.capacityCpuCores), 0))
                        message.capacityCpuCores = $Number(object.capacityCpuCores);
                if (object.capacityMemoryBytes != null)
                    if (typeof object.capacityMemoryBytes === "object" ? object.capacityMemoryBytes.low || object.capacityMemoryBytes.high : $Number(object.capacityMemoryBytes) !== 0)
                        if ($util.Long)
                            message.capacityMemoryBytes = $util.Long.fromValue(object.capacityMemoryBytes, true);
                        else if (typeof object.capacityMemoryBytes === "string")
                            message.capacityMemoryBytes = $parseInt(object.capacityMemoryBytes, 10);
                        else if (typeof object.capacityMemoryBytes === "number")
                            message.capacityMemoryBytes = object.capacityMemoryBytes;
                        else if (typeof object.capacityMemoryBytes === "object")
                            message.capacityMemoryBytes = new $util.LongBits(object.capacityMemoryBytes.low >>> 0, object.capacityMemoryBytes.high >>> 0).toNumber(true);
                if (object.allocatableCpuCores != null)
                    if (!$Object.is($Number(object.allocatableCpuCores), 0))
                        message.allocatableCpuCores = $Number(object.allocatableCpuCores);
                if (object.allocatableMemoryBytes != null)
                    if (typeof object.allocatableMemoryBytes === "object" ? object.allocatableMemoryBytes.low || object.allocatableMemoryBytes.high : $Number(object.allocatableMemoryBytes) !== 0)
                        if ($util.Long)
                            message.allocatableMemoryBytes = $util.Long.fromValue(object.allocatableMemoryBytes, true);
                        else if (typeof object.allocatableMemoryBytes === "string")
                            message.allocatableMemoryBytes = $parseInt(object.allocatableMemoryBytes, 10);
                        else if (typeof object.allocatableMemoryBytes === "number")
                            message.allocatableMemoryBytes = object.allocatableMemoryBytes;
                        else if (typeof object.allocatableMemoryBytes === "object")
                            message.allocatableMemoryBytes = new $util.LongBits(object.allocatableMemoryBytes.low >>> 0, object.allocatableMemoryBytes.high >>> 0).toNumber(true);
                if (object.cpuUtilisationRatio != null)
                    message.cpuUtilisationRatio = $Number(object.cpuUtilisationRatio);
                if (object.memoryUsedBytes != null)
                    if ($util.Long)
                        message.memoryUsedBytes = $util.Long.fromValue(object.memoryUsedBytes, true);
                    else if (typeof object.memoryUsedBytes === "string")
                        message.memoryUsedBytes = $parseInt(object.memoryUsedBytes, 10);
                    else if (typeof object.memoryUsedBytes === "number")
                        message.memoryUsedBytes = object.memoryUsedBytes;
                    else if (typeof object.memoryUsedBytes === "object")
                        message.memoryUsedBytes = new $util.LongBits(object.memoryUsedBytes.low >>> 0, object.memoryUsedBytes.high >>> 0).toNumber(true);
                if (object.cpuPressureRatio != null)
                    message.cpuPressureRatio = $Number(object.cpuPressureRatio);
                return message;
            };

            /**
             * Creates a plain object from a HostReport message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.HostReport
             * @static
             * @param {dqoes.v1.HostReport} message HostReport
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            HostReport.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.capacityCpuCores = 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.capacityMemoryBytes = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.capacityMemoryBytes = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    object.allocatableCpuCores = 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.allocatableMemoryBytes = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.allocatableMemoryBytes = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                }
                if (message.capacityCpuCores != null && $Object.hasOwnProperty.call(message, "capacityCpuCores"))
                    object.capacityCpuCores = options.json && !$isFinite(message.capacityCpuCores) ? $String(message.capacityCpuCores) : message.capacityCpuCores;
                if (message.capacityMemoryBytes != null && $Object.hasOwnProperty.call(message, "capacityMemoryBytes"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.capacityMemoryBytes = typeof message.capacityMemoryBytes === "number" ? $BigInt(message.capacityMemoryBytes) : $util.Long.fromBits(message.capacityMemoryBytes.low >>> 0, message.capacityMemoryBytes.high >>> 0, true).toBigInt();
                    else if (typeof message.capacityMemoryBytes === "number")
                        object.capacityMemoryBytes = options.longs === $String ? $String(message.capacityMemoryBytes) : message.capacityMemoryBytes;
                    else
                        object.capacityMemoryBytes = options.longs === $String ? $util.Long.prototype.toString.call(message.capacityMemoryBytes) : options.longs === $Number ? new $util.LongBits(message.capacityMemoryBytes.low >>> 0, message.capacityMemoryBytes.high >>> 0).toNumber(true) : message.capacityMemoryBytes;
                if (message.allocatableCpuCores != null && $Object.hasOwnProperty.call(message, "allocatableCpuCores"))
                    object.allocatableCpuCores = options.json && !$isFinite(message.allocatableCpuCores) ? $String(message.allocatableCpuCores) : message.allocatableCpuCores;
                if (message.allocatableMemoryBytes != null && $Object.hasOwnProperty.call(message, "allocatableMemoryBytes"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.allocatableMemoryBytes = typeof message.allocatableMemoryBytes === "number" ? $BigInt(message.allocatableMemoryBytes) : $util.Long.fromBits(message.allocatableMemoryBytes.low >>> 0, message.allocatableMemoryBytes.high >>> 0, true).toBigInt();
                    else if (typeof message.allocatableMemoryBytes === "number")
                        object.allocatableMemoryBytes = options.longs === $String ? $String(message.allocatableMemoryBytes) : message.allocatableMemoryBytes;
                    else
                        object.allocatableMemoryBytes = options.longs === $String ? $util.Long.prototype.toString.call(message.allocatableMemoryBytes) : options.longs === $Number ? new $util.LongBits(message.allocatableMemoryBytes.low >>> 0, message.allocatableMemoryBytes.high >>> 0).toNumber(true) : message.allocatableMemoryBytes;
                if (message.cpuUtilisationRatio != null && $Object.hasOwnProperty.call(message, "cpuUtilisationRatio"))
                    object.cpuUtilisationRatio = options.json && !$isFinite(message.cpuUtilisationRatio) ? $String(message.cpuUtilisationRatio) : message.cpuUtilisationRatio;
                if (message.memoryUsedBytes != null && $Object.hasOwnProperty.call(message, "memoryUsedBytes"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.memoryUsedBytes = typeof message.memoryUsedBytes === "number" ? $BigInt(message.memoryUsedBytes) : $util.Long.fromBits(message.memoryUsedBytes.low >>> 0, message.memoryUsedBytes.high >>> 0, true).toBigInt();
                    else if (typeof message.memoryUsedBytes === "number")
                        object.memoryUsedBytes = options.longs === $String ? $String(message.memoryUsedBytes) : message.memoryUsedBytes;
                    else
                        object.memoryUsedBytes = options.longs === $String ? $util.Long.prototype.toString.call(message.memoryUsedBytes) : options.longs === $Number ? new $util.LongBits(message.memoryUsedBytes.low >>> 0, message.memoryUsedBytes.high >>> 0).toNumber(true) : message.memoryUsedBytes;
                if (message.cpuPressureRatio != null && $Object.hasOwnProperty.call(message, "cpuPressureRatio"))
                    object.cpuPressureRatio = options.json && !$isFinite(message.cpuPressureRatio) ? $String(message.cpuPressureRatio) : message.cpuPressureRatio;
                return object;
            };

            /**
             * Converts this HostReport to JSON.
             * @function toJSON
             * @memberof dqoes.v1.HostReport
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            HostReport.prototype.toJSON = function() {
                return HostReport.toObject(this, $protobuf.util.toJSONOptions);
            };

            return HostReport;
        })();

        v1.CpuReport = (function() {

            /**
             * Properties of a CpuReport.
             * @typedef {Object} dqoes.v1.CpuReport.$Properties
             * @property {number|null} [usageCores] CpuReport usageCores
             * @property {number|null} [usageTotalSeconds] CpuReport usageTotalSeconds
             * @property {number|null} [throttledRatio] CpuReport throttledRatio
             * @property {number|null} [pressureRatio] CpuReport pressureRatio
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a CpuReport.
             * @memberof dqoes.v1
             * @interface ICpuReport
             * @augments dqoes.v1.CpuReport.$Properties
             * @deprecated Use dqoes.v1.CpuReport.$Properties instead.
             */

            /**
             * Shape of a CpuReport.
             * @typedef {dqoes.v1.CpuReport.$Properties} dqoes.v1.CpuReport.$Shape
             */

            /**
             * Constructs a new CpuReport.
             * @memberof dqoes.v1
             * @classdesc Represents a CpuReport.
             * @constructor
             * @param {dqoes.v1.CpuReport.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const CpuReport = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * CpuReport usageCores.
             * @member {number} usageCores
             * @memberof dqoes.v1.CpuReport
             * @instance
             */
            CpuReport.prototype.usageCores = 0;

            /**
             * CpuReport usageTotalSeconds.
             * @member {number} usageTotalSeconds
             * @memberof dqoes.v1.CpuReport
             * @instance
             */
            CpuReport.prototype.usageTotalSeconds = 0;

            /**
             * CpuReport throttledRatio.
             * @member {number} throttledRatio
             * @memberof dqoes.v1.CpuReport
             * @instance
             */
            CpuReport.prototype.throttledRatio = 0;

            /**
             * CpuReport pressureRatio.
             * @member {number|null|undefined} pressureRatio
             * @memberof dqoes.v1.CpuReport
             * @instance
             */
            CpuReport.prototype.pressureRatio = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(CpuReport.prototype, "_pressureRatio", {
                get: $util.oneOfGetter($oneOfFields = ["pressureRatio"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new CpuReport instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.CpuReport
             * @static
             * @param {dqoes.v1.CpuReport.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.CpuReport} CpuReport instance
             * @type {{
             *   (properties: dqoes.v1.CpuReport.$Shape): dqoes.v1.CpuReport & dqoes.v1.CpuReport.$Shape;
             *   (properties?: dqoes.v1.CpuReport.$Properties): dqoes.v1.CpuReport;
             * }}
             */
            CpuReport.create = function(properties) {
                return new CpuReport(properties);
            };

            /**
             * Encodes the specified CpuReport message. Does not implicitly {@link dqoes.v1.CpuReport.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.CpuReport
             * @static
             * @param {dqoes.v1.CpuReport.$Properties} message CpuReport message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            CpuReport.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.usageCores != null && $Object.hasOwnProperty.call(message, "usageCores") && !$Object.is(message.usageCores, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.usageCores);
                if (message.usageTotalSeconds != null && $Object.hasOwnProperty.call(message, "usageTotalSeconds") && !$Object.is(message.usageTotalSeconds, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.usageTotalSeconds);
                if (message.throttledRatio != null && $Object.hasOwnProperty.call(message, "throttledRatio") && !$Object.is(message.throttledRatio, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.throttledRatio);
                if (message.pressureRatio != null && $Object.hasOwnProperty.call(message, "pressureRatio"))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.pressureRatio);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a CpuReport message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.CpuReport
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.CpuReport & dqoes.v1.CpuReport.$Shape} CpuReport
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            CpuReport.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.CpuReport();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.usageCores = value;
                            else
                                delete message.usageCores;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.usageTotalSeconds = value;
                            else
                                delete message.usageTotalSeconds;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.throttledRatio = value;
                            else
                                delete message.throttledRatio;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            message.pressureRatio = reader.double();
                            message._pressureRatio = "pressureRatio";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a CpuReport message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.CpuReport
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.CpuReport} CpuReport
             */
            CpuReport.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.CpuReport)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.CpuReport: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.CpuReport();
                if (object.usageCores != null)
                    if (!$Object.is($Number(object.usageCores), 0))
                        message.usageCores = $Number(object.usageCores);
                if (object.usageTotalSeconds != null)
                    if (!$Object.is($Number(object.usageTotalSeconds), 0))
                        message.usageTotalSeconds = $Number(object.usageTotalSeconds);
                if (object.throttledRatio != null)
                    if (!$Object.is($Number(object.throttledRatio), 0))
                        message.throttledRatio = $Number(object.throttledRatio);
                if (object.pressureRatio != null)
                    message.pressureRatio = $Number(object.pressureRatio);
                return message;
            };

            /**
             * Creates a plain object from a CpuReport message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.CpuReport
             * @static
             * @param {dqoes.v1.CpuReport} message CpuReport
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            CpuReport.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.usageCores = 0;
                    object.usageTotalSeconds = 0;
                    object.throttledRatio = 0;
                }
                if (message.usageCores != null && $Object.hasOwnProperty.call(message, "usageCores"))
                    object.usageCores = options.json && !$isFinite(message.usageCores) ? $String(message.usageCores) : message.usageCores;
                if (message.usageTotalSeconds != null && $Object.hasOwnProperty.call(message, "usageTotalSeconds"))
                    object.usageTotalSeconds = options.json && !$isFinite(message.usageTotalSeconds) ? $String(message.usageTotalSeconds) : message.usageTotalSeconds;
                if (message.throttledRatio != null && $Object.hasOwnProperty.call(message, "throttledRatio"))
                    object.throttledRatio = options.json && !$isFinite(message.throttledRatio) ? $String(message.throttledRatio) : message.throttledRatio;
                if (message.pressureRatio != null && $Object.hasOwnProperty.call(message, "pressureRatio"))
                    object.pressureRatio = options.json && !$isFinite(message.pressureRatio) ? $String(message.pressureRatio) : message.pressureRatio;
                return object;
            };

            /**
             * Converts this CpuReport to JSON.
             * @function toJSON
             * @memberof dqoes.v1.CpuReport
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            CpuReport.prototype.toJSON = function() {
                return CpuReport.toObject(this, $protobuf.util.toJSONOptions);
            };

            return CpuReport;
        })();

        v1.MemoryReport = (function() {

            /**
             * Properties of a MemoryReport.
             * @typedef {Object} dqoes.v1.MemoryReport.$Properties
             * @property {number|null} [currentBytes] MemoryReport currentBytes
             * @property {number|null} [workingSetBytes] MemoryReport workingSetBytes
             * @property {number|null} [oomKills] MemoryReport oomKills
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a MemoryReport.
             * @memberof dqoes.v1
             * @interface IMemoryReport
             * @augments dqoes.v1.MemoryReport.$Properties
             * @deprecated Use dqoes.v1.MemoryReport.$Properties instead.
             */

            /**
             * Shape of a MemoryReport.
             * @typedef {dqoes.v1.MemoryReport.$Properties} dqoes.v1.MemoryReport.$Shape
             */

            /**
             * Constructs a new MemoryReport.
             * @memberof dqoes.v1
             * @classdesc Represents a MemoryReport.
             * @constructor
             * @param {dqoes.v1.MemoryReport.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const MemoryReport = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * MemoryReport currentBytes.
             * @member {number} currentBytes
             * @memberof dqoes.v1.MemoryReport
             * @instance
             */
            MemoryReport.prototype.currentBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * MemoryReport workingSetBytes.
             * @member {number} workingSetBytes
             * @memberof dqoes.v1.MemoryReport
             * @instance
             */
            MemoryReport.prototype.workingSetBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * MemoryReport oomKills.
             * @member {number} oomKills
             * @memberof dqoes.v1.MemoryReport
             * @instance
             */
            MemoryReport.prototype.oomKills = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Creates a new MemoryReport instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.MemoryReport
             * @static
             * @param {dqoes.v1.MemoryReport.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.MemoryReport} MemoryReport instance
             * @type {{
             *   (properties: dqoes.v1.MemoryReport.$Shape): dqoes.v1.MemoryReport & dqoes.v1.MemoryReport.$Shape;
             *   (properties?: dqoes.v1.MemoryReport.$Properties): dqoes.v1.MemoryReport;
             * }}
             */
            MemoryReport.create = function(properties) {
                return new MemoryReport(properties);
            };

            /**
             * Encodes the specified MemoryReport message. Does not implicitly {@link dqoes.v1.MemoryReport.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.MemoryReport
             * @static
             * @param {dqoes.v1.MemoryReport.$Properties} message MemoryReport message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            MemoryReport.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.currentBytes != null && $Object.hasOwnProperty.call(message, "currentBytes") && (typeof message.currentBytes === "object" ? message.currentBytes.low || message.currentBytes.high : message.currentBytes !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.currentBytes);
                if (message.workingSetBytes != null && $Object.hasOwnProperty.call(message, "workingSetBytes") && (typeof message.workingSetBytes === "object" ? message.workingSetBytes.low || message.workingSetBytes.high : message.workingSetBytes !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.workingSetBytes);
                if (message.oomKills != null && $Object.hasOwnProperty.call(message, "oomKills") && (typeof message.oomKills === "object" ? message.oomKills.low || message.oomKills.high : message.oomKills !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.oomKills);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a MemoryReport message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.MemoryReport
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.MemoryReport & dqoes.v1.MemoryReport.$Shape} MemoryReport
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            MemoryReport.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.MemoryReport();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.currentBytes = value;
                            else
                                delete message.currentBytes;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.workingSetBytes = value;
                            else
                                delete message.workingSetBytes;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.oomKills = value;
                            else
                                delete message.oomKills;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a MemoryReport message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.MemoryReport
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.MemoryReport} MemoryReport
             */
            MemoryReport.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.MemoryReport)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.MemoryReport: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.MemoryReport();
                if (object.currentBytes != null)
                    if (typeof object.currentBytes === "object" ? object.currentBytes.low || object.currentBytes.high : $Number(object.currentBytes) !== 0)
                        if ($util.Long)
                            message.currentBytes = $util.Long.fromValue(object.currentBytes, true);
                        else if (typeof object.currentBytes === "string")
                            message.currentBytes = $parseInt(object.currentBytes, 10);
                        else if (typeof object.currentBytes === "number")
                            message.currentBytes = object.currentBytes;
                        else if (typeof object.currentBytes === "object")
                            message.currentBytes = new $util.LongBits(object.currentBytes.low >>> 0, object.currentBytes.high >>> 0).toNumber(true);
                if (object.workingSetBytes != null)
                    if (typeof object.workingSetBytes === "object" ? object.workingSetBytes.low || object.workingSetBytes.high : $Number(object.workingSetBytes) !== 0)
                        if ($util.Long)
                            message.workingSetBytes = $util.Long.fromValue(object.workingSetBytes, true);
                        else if (typeof object.workingSetBytes === "string")
                            message.workingSetBytes = $parseInt(object.workingSetBytes, 10);
                        else if (typeof object.workingSetBytes === "number")
                            message.workingSetBytes = object.workingSetBytes;
                        else if (typeof object.workingSetBytes === "object")
                            message.workingSetBytes = new $util.LongBits(object.workingSetBytes.low >>> 0, object.workingSetBytes.high >>> 0).toNumber(true);
                if (object.oomKills != null)
                    if (typeof object.oomKills === "object" ? object.oomKills.low || object.oomKills.high : $Number(object.oomKills) !== 0)
                        if ($util.Long)
                            message.oomKills = $util.Long.fromValue(object.oomKills, true);
                        else if (typeof object.oomKills === "string")
                            message.oomKills = $parseInt(object.oomKills, 10);
                        else if (typeof object.oomKills === "number")
                            message.oomKills = object.oomKills;
                        else if (typeof object.oomKills === "object")
                            message.oomKills = new $util.LongBits(object.oomKills.low >>> 0, object.oomKills.high >>> 0).toNumber(true);
                return message;
            };

            /**
             * Creates a plain object from a MemoryReport message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.MemoryReport
             * @static
             * @param {dqoes.v1.MemoryReport} message MemoryReport
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            MemoryReport.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.currentBytes = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.currentBytes = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.workingSetBytes = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.workingSetBytes = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.oomKills = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.oomKills = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                }
                if (message.currentBytes != null && $Object.hasOwnProperty.call(message, "currentBytes"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.currentBytes = typeof message.currentBytes === "number" ? $BigInt(message.currentBytes) : $util.Long.fromBits(message.currentBytes.low >>> 0, message.currentBytes.high >>> 0, true).toBigInt();
                    else if (typeof message.currentBytes === "number")
                        object.currentBytes = options.longs === $String ? $String(message.currentBytes) : message.currentBytes;
                    else
                        object.currentBytes = options.longs === $String ? $util.Long.prototype.toString.call(message.currentBytes) : options.longs === $Number ? new $util.LongBits(message.currentBytes.low >>> 0, message.currentBytes.high >>> 0).toNumber(true) : message.currentBytes;
                if (message.workingSetBytes != null && $Object.hasOwnProperty.call(message, "workingSetBytes"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.workingSetBytes = typeof message.workingSetBytes === "number" ? $BigInt(message.workingSetBytes) : $util.Long.fromBits(message.workingSetBytes.low >>> 0, message.workingSetBytes.high >>> 0, true).toBigInt();
                    else if (typeof message.workingSetBytes === "number")
                        object.workingSetBytes = options.longs === $String ? $String(message.workingSetBytes) : message.workingSetBytes;
                    else
                        object.workingSetBytes = options.longs === $String ? $util.Long.prototype.toString.call(message.workingSetBytes) : options.longs === $Number ? new $util.LongBits(message.workingSetBytes.low >>> 0, message.workingSetBytes.high >>> 0).toNumber(true) : message.workingSetBytes;
                if (message.oomKills != null && $Object.hasOwnProperty.call(message, "oomKills"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.oomKills = typeof message.oomKills === "number" ? $BigInt(message.oomKills) : $util.Long.fromBits(message.oomKills.low >>> 0, message.oomKills.high >>> 0, true).toBigInt();
                    else if (typeof message.oomKills === "number")
                        object.oomKills = options.longs === $String ? $String(message.oomKills) : message.oomKills;
                    else
                        object.oomKills = options.longs === $String ? $util.Long.prototype.toString.call(message.oomKills) : options.longs === $Number ? new $util.LongBits(message.oomKills.low >>> 0, message.oomKills.high >>> 0).toNumber(true) : message.oomKills;
                return object;
            };

            /**
             * Converts this MemoryReport to JSON.
             * @function toJSON
             * @memberof dqoes.v1.MemoryReport
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            MemoryReport.prototype.toJSON = function() {
                return MemoryReport.toObject(this, $protobuf.util.toJSONOptions);
            };

            return MemoryReport;
        })();

        v1.Summary = (function() {

            /**
             * Properties of a Summary.
             * @typedef {Object} dqoes.v1.Summary.$Properties
             * @property {number|null} [count] Summary count
             * @property {number|null} [meanMs] Summary meanMs
             * @property {number|null} [p50Ms] Summary p50Ms
             * @property {number|null} [p90Ms] Summary p90Ms
             * @property {number|null} [p95Ms] Summary p95Ms
             * @property {number|null} [p99Ms] Summary p99Ms
             * @property {number|null} [minMs] Summary minMs
             * @property {number|null} [maxMs] Summary maxMs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Summary.
             * @memberof dqoes.v1
             * @interface ISummary
             * @augments dqoes.v1.Summary.$Properties
             * @deprecated Use dqoes.v1.Summary.$Properties instead.
             */

            /**
             * Shape of a Summary.
             * @typedef {dqoes.v1.Summary.$Properties} dqoes.v1.Summary.$Shape
             */

            /**
             * Constructs a new Summary.
             * @memberof dqoes.v1
             * @classdesc Represents a Summary.
             * @constructor
             * @param {dqoes.v1.Summary.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Summary = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Summary count.
             * @member {number} count
             * @memberof dqoes.v1.Summary
             * @instance
             */
            Summary.prototype.count = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Summary meanMs.
             * @member {number} meanMs
             * @memberof dqoes.v1.Summary
             * @instance
             */
            Summary.prototype.meanMs = 0;

            /**
             * Summary p50Ms.
             * @member {number|null|undefined} p50Ms
             * @memberof dqoes.v1.Summary
             * @instance
             */
            Summary.prototype.p50Ms = null;

            /**
             * Summary p90Ms.
             * @member {number|null|undefined} p90Ms
             * @memberof dqoes.v1.Summary
             * @instance
             */
            Summary.prototype.p90Ms = null;

            /**
             * Summary p95Ms.
             * @member {number|null|undefined} p95Ms
             * @memberof dqoes.v1.Summary
             * @instance
             */
            Summary.prototype.p95Ms = null;

            /**
             * Summary p99Ms.
             * @member {number|null|undefined} p99Ms
             * @memberof dqoes.v1.Summary
             * @instance
             */
            Summary.prototype.p99Ms = null;

            /**
             * Summary minMs.
             * @member {number|null|undefined} minMs
             * @memberof dqoes.v1.Summary
             * @instance
             */
            Summary.prototype.minMs = null;

            /**
             * Summary maxMs.
             * @member {number|null|undefined} maxMs
             * @memberof dqoes.v1.Summary
             * @instance
             */
            Summary.prototype.maxMs = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Summary.prototype, "_p50Ms", {
                get: $util.oneOfGetter($oneOfFields = ["p50Ms"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Summary.prototype, "_p90Ms", {
                get: $util.oneOfGetter($oneOfFields = ["p90Ms"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Summary.prototype, "_p95Ms", {
                get: $util.oneOfGetter($oneOfFields = ["p95Ms"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Summary.prototype, "_p99Ms", {
                get: $util.oneOfGetter($oneOfFields = ["p99Ms"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Summary.prototype, "_minMs", {
                get: $util.oneOfGetter($oneOfFields = ["minMs"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Summary.prototype, "_maxMs", {
                get: $util.oneOfGetter($oneOfFields = ["maxMs"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new Summary instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.Summary
             * @static
             * @param {dqoes.v1.Summary.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.Summary} Summary instance
             * @type {{
             *   (properties: dqoes.v1.Summary.$Shape): dqoes.v1.Summary & dqoes.v1.Summary.$Shape;
             *   (properties?: dqoes.v1.Summary.$Properties): dqoes.v1.Summary;
             * }}
             */
            Summary.create = function(properties) {
                return new Summary(properties);
            };

            /**
             * Encodes the specified Summary message. Does not implicitly {@link dqoes.v1.Summary.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.Summary
             * @static
             * @param {dqoes.v1.Summary.$Properties} message Summary message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Summary.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.count != null && $Object.hasOwnProperty.call(message, "count") && (typeof message.count === "object" ? message.count.low || message.count.high : message.count !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.count);
                if (message.meanMs != null && $Object.hasOwnProperty.call(message, "meanMs") && !$Object.is(message.meanMs, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.meanMs);
                if (message.p50Ms != null && $Object.hasOwnProperty.call(message, "p50Ms"))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.p50Ms);
                if (message.p90Ms != null && $Object.hasOwnProperty.call(message, "p90Ms"))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.p90Ms);
                if (message.p95Ms != null && $Object.hasOwnProperty.call(message, "p95Ms"))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.p95Ms);
                if (message.p99Ms != null && $Object.hasOwnProperty.call(message, "p99Ms"))
                    writer.uint32(/* id 6, wireType 1 =*/49).double(message.p99Ms);
                if (message.minMs != null && $Object.hasOwnProperty.call(message, "minMs"))
                    writer.uint32(/* id 7, wireType 1 =*/57).double(message.minMs);
                if (message.maxMs != null && $Object.hasOwnProperty.call(message, "maxMs"))
                    writer.uint32(/* id 8, wireType 1 =*/65).double(message.maxMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Summary message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.Summary
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.Summary & dqoes.v1.Summary.$Shape} Summary
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Summary.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.Summary();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.count = value;
                            else
                                delete message.count;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.meanMs = value;
                            else
                                delete message.meanMs;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            message.p50Ms = reader.double();
                            message._p50Ms = "p50Ms";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            message.p90Ms = reader.double();
                            message._p90Ms = "p90Ms";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            message.p95Ms = reader.double();
                            message._p95Ms = "p95Ms";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 1)
                                break;
                            message.p99Ms = reader.double();
                            message._p99Ms = "p99Ms";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 1)
                                break;
                            message.minMs = reader.double();
                            message._minMs = "minMs";
                            continue;
                        }
                    case 8: {
                            if (wireType !== 1)
                                break;
                            message.maxMs = reader.double();
                            message._maxMs = "maxMs";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a Summary message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.Summary
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.Summary} Summary
             */
            Summary.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.Summary)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.Summary: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.Summary();
                if (object.count != null)
                    if (typeof object.count === "object" ? object.count.low || object.count.high : $Number(object.count) !== 0)
                        if ($util.Long)
                            message.count = $util.Long.fromValue(object.count, true);
                        else if (typeof object.count === "string")
                            message.count = $parseInt(object.count, 10);
                        else if (typeof object.count === "number")
                            message.count = object.count;
                        else if (typeof object.count === "object")
                            message.count = new $util.LongBits(object.count.low >>> 0, object.count.high >>> 0).toNumber(true);
                if (object.meanMs != null)
                    if (!$Object.is($Number(object.meanMs), 0))
                        message.meanMs = $Number(object.meanMs);
                if (object.p50Ms != null)
                    message.p50Ms = $Number(object.p50Ms);
                if (object.p90Ms != null)
                    message.p90Ms = $Number(object.p90Ms);
                if (object.p95Ms != null)
                    message.p95Ms = $Number(object.p95Ms);
                if (object.p99Ms != null)
                    message.p99Ms = $Number(object.p99Ms);
                if (object.minMs != null)
                    message.minMs = $Number(object.minMs);
                if (object.maxMs != null)
                    message.maxMs = $Number(object.maxMs);
                return message;
            };

            /**
             * Creates a plain object from a Summary message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.Summary
             * @static
             * @param {dqoes.v1.Summary} message Summary
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Summary.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.count = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.count = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    object.meanMs = 0;
                }
                if (message.count != null && $Object.hasOwnProperty.call(message, "count"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.count = typeof message.count === "number" ? $BigInt(message.count) : $util.Long.fromBits(message.count.low >>> 0, message.count.high >>> 0, true).toBigInt();
                    else if (typeof message.count === "number")
                        object.count = options.longs === $String ? $String(message.count) : message.count;
                    else
                        object.count = options.longs === $String ? $util.Long.prototype.toString.call(message.count) : options.longs === $Number ? new $util.LongBits(message.count.low >>> 0, message.count.high >>> 0).toNumber(true) : message.count;
                if (message.meanMs != null && $Object.hasOwnProperty.call(message, "meanMs"))
                    object.meanMs = options.json && !$isFinite(message.meanMs) ? $String(message.meanMs) : message.meanMs;
                if (message.p50Ms != null && $Object.hasOwnProperty.call(message, "p50Ms"))
                    object.p50Ms = options.json && !$isFinite(message.p50Ms) ? $String(message.p50Ms) : message.p50Ms;
                if (message.p90Ms != null && $Object.hasOwnProperty.call(message, "p90Ms"))
                    object.p90Ms = options.json && !$isFinite(message.p90Ms) ? $String(message.p90Ms) : message.p90Ms;
                if (message.p95Ms != null && $Object.hasOwnProperty.call(message, "p95Ms"))
                    object.p95Ms = options.json && !$isFinite(message.p95Ms) ? $String(message.p95Ms) : message.p95Ms;
                if (message.p99Ms != null && $Object.hasOwnProperty.call(message, "p99Ms"))
                    object.p99Ms = options.json && !$isFinite(message.p99Ms) ? $String(message.p99Ms) : message.p99Ms;
                if (message.minMs != null && $Object.hasOwnProperty.call(message, "minMs"))
                    object.minMs = options.json && !$isFinite(message.minMs) ? $String(message.minMs) : message.minMs;
                if (message.maxMs != null && $Object.hasOwnProperty.call(message, "maxMs"))
                    object.maxMs = options.json && !$isFinite(message.maxMs) ? $String(message.maxMs) : message.maxMs;
                return object;
            };

            /**
             * Converts this Summary to JSON.
             * @function toJSON
             * @memberof dqoes.v1.Summary
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Summary.prototype.toJSON = function() {
                return Summary.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Summary;
        })();

        v1.LatencyReport = (function() {

            /**
             * Properties of a LatencyReport.
             * @typedef {Object} dqoes.v1.LatencyReport.$Properties
             * @property {dqoes.v1.Summary.$Properties|null} [window] LatencyReport window
             * @property {number|null} [newestAgeMs] LatencyReport newestAgeMs
             * @property {number|null} [sinceChangeCount] LatencyReport sinceChangeCount
             * @property {number|null} [totalCount] LatencyReport totalCount
             * @property {number|null} [totalMs] LatencyReport totalMs
             * @property {number|null} [rejectedCount] LatencyReport rejectedCount
             * @property {number|null} [satisfiedRatio] LatencyReport satisfiedRatio
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a LatencyReport.
             * @memberof dqoes.v1
             * @interface ILatencyReport
             * @augments dqoes.v1.LatencyReport.$Properties
             * @deprecated Use dqoes.v1.LatencyReport.$Properties instead.
             */

            /**
             * Shape of a LatencyReport.
             * @typedef {dqoes.v1.LatencyReport.$Properties} dqoes.v1.LatencyReport.$Shape
             */

            /**
             * Constructs a new LatencyReport.
             * @memberof dqoes.v1
             * @classdesc Represents a LatencyReport.
             * @constructor
             * @param {dqoes.v1.LatencyReport.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const LatencyReport = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * LatencyReport window.
             * @member {dqoes.v1.Summary.$Properties|null|undefined} window
             * @memberof dqoes.v1.LatencyReport
             * @instance
             */
            LatencyReport.prototype.window = null;

            /**
             * LatencyReport newestAgeMs.
             * @member {number} newestAgeMs
             * @memberof dqoes.v1.LatencyReport
             * @instance
             */
            LatencyReport.prototype.newestAgeMs = 0;

            /**
             * LatencyReport sinceChangeCount.
             * @member {number} sinceChangeCount
             * @memberof dqoes.v1.LatencyReport
             * @instance
             */
            LatencyReport.prototype.sinceChangeCount = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * LatencyReport totalCount.
             * @member {number} totalCount
             * @memberof dqoes.v1.LatencyReport
             * @instance
             */
            LatencyReport.prototype.totalCount = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * LatencyReport totalMs.
             * @member {number} totalMs
             * @memberof dqoes.v1.LatencyReport
             * @instance
             */
            LatencyReport.prototype.totalMs = 0;

            /**
             * LatencyReport rejectedCount.
             * @member {number} rejectedCount
             * @memberof dqoes.v1.LatencyReport
             * @instance
             */
            LatencyReport.prototype.rejectedCount = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * LatencyReport satisfiedRatio.
             * @member {number|null|undefined} satisfiedRatio
             * @memberof dqoes.v1.LatencyReport
             * @instance
             */
            LatencyReport.prototype.satisfiedRatio = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(LatencyReport.prototype, "_satisfiedRatio", {
                get: $util.oneOfGetter($oneOfFields = ["satisfiedRatio"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new LatencyReport instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.LatencyReport
             * @static
             * @param {dqoes.v1.LatencyReport.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.LatencyReport} LatencyReport instance
             * @type {{
             *   (properties: dqoes.v1.LatencyReport.$Shape): dqoes.v1.LatencyReport & dqoes.v1.LatencyReport.$Shape;
             *   (properties?: dqoes.v1.LatencyReport.$Properties): dqoes.v1.LatencyReport;
             * }}
             */
            LatencyReport.create = function(properties) {
                return new LatencyReport(properties);
            };

            /**
             * Encodes the specified LatencyReport message. Does not implicitly {@link dqoes.v1.LatencyReport.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.LatencyReport
             * @static
             * @param {dqoes.v1.LatencyReport.$Properties} message LatencyReport message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            LatencyReport.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.window != null && $Object.hasOwnProperty.call(message, "window"))
                    $root.dqoes.v1.Summary.encode(message.window, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.newestAgeMs != null && $Object.hasOwnProperty.call(message, "newestAgeMs") && !$Object.is(message.newestAgeMs, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.newestAgeMs);
                if (message.sinceChangeCount != null && $Object.hasOwnProperty.call(message, "sinceChangeCount") && (typeof message.sinceChangeCount === "object" ? message.sinceChangeCount.low || message.sinceChangeCount.high : message.sinceChangeCount !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.sinceChangeCount);
                if (message.totalCount != null && $Object.hasOwnProperty.call(message, "totalCount") && (typeof message.totalCount === "object" ? message.totalCount.low || message.totalCount.high : message.totalCount !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.totalCount);
                if (message.totalMs != null && $Object.hasOwnProperty.call(message, "totalMs") && !$Object.is(message.totalMs, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.totalMs);
                if (message.rejectedCount != null && $Object.hasOwnProperty.call(message, "rejectedCount") && (typeof message.rejectedCount === "object" ? message.rejectedCount.low || message.rejectedCount.high : message.rejectedCount !== 0))
                    writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.rejectedCount);
                if (message.satisfiedRatio != null && $Object.hasOwnProperty.call(message, "satisfiedRatio"))
                    writer.uint32(/* id 7, wireType 1 =*/57).double(message.satisfiedRatio);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a LatencyReport message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.LatencyReport
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.LatencyReport & dqoes.v1.LatencyReport.$Shape} LatencyReport
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            LatencyReport.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.LatencyReport();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.window = $root.dqoes.v1.Summary.decode(reader, reader.size(), $undefined, _depth + 1, message.window);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.newestAgeMs = value;
                            else
                                delete message.newestAgeMs;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.sinceChangeCount = value;
                            else
                                delete message.sinceChangeCount;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.totalCount = value;
                            else
                                delete message.totalCount;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.totalMs = value;
                            else
                                delete message.totalMs;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.rejectedCount = value;
                            else
                                delete message.rejectedCount;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 1)
                                break;
                            message.satisfiedRatio = reader.double();
                            message._satisfiedRatio = "satisfiedRatio";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a LatencyReport message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.LatencyReport
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.LatencyReport} LatencyReport
             */
            LatencyReport.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.LatencyReport)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.LatencyReport: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.LatencyReport();
                if (object.window != null) {
                    if (!$util.isObject(object.window))
                        throw $TypeError(".dqoes.v1.LatencyReport.window: object expected");
                    message.window = $root.dqoes.v1.Summary.fromObject(object.window, _depth + 1);
                }
                if (object.newestAgeMs != null)
                    if (!$Object.is($Number(object.newestAgeMs), 0))
                        message.newestAgeMs = $Number(object.newestAgeMs);
                if (object.sinceChangeCount != null)
                    if (typeof object.sinceChangeCount === "object" ? object.sinceChangeCount.low || object.sinceChangeCount.high : $Number(object.sinceChangeCount) !== 0)
                        if ($util.Long)
                            message.sinceChangeCount = $util.Long.fromValue(object.sinceChangeCount, true);
                        else if (typeof object.sinceChangeCount === "string")
                            message.sinceChangeCount = $parseInt(object.sinceChangeCount, 10);
                        else if (typeof object.sinceChangeCount === "number")
                            message.sinceChangeCount = object.sinceChangeCount;
                        else if (typeof object.sinceChangeCount === "object")
                            message.sinceChangeCount = new $util.LongBits(object.sinceChangeCount.low >>> 0, object.sinceChangeCount.high >>> 0).toNumber(true);
                if (object.totalCount != null)
                    if (typeof object.totalCount === "object" ? object.totalCount.low || object.totalCount.high : $Number(object.totalCount) !== 0)
                        if ($util.Long)
                            message.totalCount = $util.Long.fromValue(object.totalCount, true);
                        else if (typeof object.totalCount === "string")
                            message.totalCount = $parseInt(object.totalCount, 10);
                        else if (typeof object.totalCount === "number")
                            message.totalCount = object.totalCount;
                        else if (typeof object.totalCount === "object")
                            message.totalCount = new $util.LongBits(object.totalCount.low >>> 0, object.totalCount.high >>> 0).toNumber(true);
                if (object.totalMs != null)
                    if (!$Object.is($Number(object.totalMs), 0))
                        message.totalMs = $Number(object.totalMs);
                if (object.rejectedCount != null)
                    if (typeof object.rejectedCount === "object" ? object.rejectedCount.low || object.rejectedCount.high : $Number(object.rejectedCount) !== 0)
                        if ($util.Long)
                            message.rejectedCount = $util.Long.fromValue(object.rejectedCount, true);
                        else if (typeof object.rejectedCount === "string")
                            message.rejectedCount = $parseInt(object.rejectedCount, 10);
                        else if (typeof object.rejectedCount === "number")
                            message.rejectedCount = object.rejectedCount;
                        else if (typeof object.rejectedCount === "object")
                            message.rejectedCount = new $util.LongBits(object.rejectedCount.low >>> 0, object.rejectedCount.high >>> 0).toNumber(true);
                if (object.satisfiedRatio != null)
                    message.satisfiedRatio = $Number(object.satisfiedRatio);
                return message;
            };

            /**
             * Creates a plain object from a LatencyReport message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.LatencyReport
             * @static
             * @param {dqoes.v1.LatencyReport} message LatencyReport
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            LatencyReport.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.window = null;
                    object.newestAgeMs = 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.sinceChangeCount = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.sinceChangeCount = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.totalCount = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.totalCount = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                    object.totalMs = 0;
                    if ($util.Long) {
                        let long = new $util.Long(0, 0, true);
                        object.rejectedCount = options.longs === $String ? long.toString() : options.longs === $Number ? long.toNumber() : typeof $BigInt !== "undefined" && options.longs === $BigInt ? long.toBigInt() : long;
                    } else
                        object.rejectedCount = options.longs === $String ? "0" : typeof $BigInt !== "undefined" && options.longs === $BigInt ? $BigInt("0") : 0;
                }
                if (message.window != null && $Object.hasOwnProperty.call(message, "window"))
                    object.window = $root.dqoes.v1.Summary.toObject(message.window, options, _depth + 1);
                if (message.newestAgeMs != null && $Object.hasOwnProperty.call(message, "newestAgeMs"))
                    object.newestAgeMs = options.json && !$isFinite(message.newestAgeMs) ? $String(message.newestAgeMs) : message.newestAgeMs;
                if (message.sinceChangeCount != null && $Object.hasOwnProperty.call(message, "sinceChangeCount"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.sinceChangeCount = typeof message.sinceChangeCount === "number" ? $BigInt(message.sinceChangeCount) : $util.Long.fromBits(message.sinceChangeCount.low >>> 0, message.sinceChangeCount.high >>> 0, true).toBigInt();
                    else if (typeof message.sinceChangeCount === "number")
                        object.sinceChangeCount = options.longs === $String ? $String(message.sinceChangeCount) : message.sinceChangeCount;
                    else
                        object.sinceChangeCount = options.longs === $String ? $util.Long.prototype.toString.call(message.sinceChangeCount) : options.longs === $Number ? new $util.LongBits(message.sinceChangeCount.low >>> 0, message.sinceChangeCount.high >>> 0).toNumber(true) : message.sinceChangeCount;
                if (message.totalCount != null && $Object.hasOwnProperty.call(message, "totalCount"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.totalCount = typeof message.totalCount === "number" ? $BigInt(message.totalCount) : $util.Long.fromBits(message.totalCount.low >>> 0, message.totalCount.high >>> 0, true).toBigInt();
                    else if (typeof message.totalCount === "number")
                        object.totalCount = options.longs === $String ? $String(message.totalCount) : message.totalCount;
                    else
                        object.totalCount = options.longs === $String ? $util.Long.prototype.toString.call(message.totalCount) : options.longs === $Number ? new $util.LongBits(message.totalCount.low >>> 0, message.totalCount.high >>> 0).toNumber(true) : message.totalCount;
                if (message.totalMs != null && $Object.hasOwnProperty.call(message, "totalMs"))
                    object.totalMs = options.json && !$isFinite(message.totalMs) ? $String(message.totalMs) : message.totalMs;
                if (message.rejectedCount != null && $Object.hasOwnProperty.call(message, "rejectedCount"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.rejectedCount = typeof message.rejectedCount === "number" ? $BigInt(message.rejectedCount) : $util.Long.fromBits(message.rejectedCount.low >>> 0, message.rejectedCount.high >>> 0, true).toBigInt();
                    else if (typeof message.rejectedCount === "number")
                        object.rejectedCount = options.longs === $String ? $String(message.rejectedCount) : message.rejectedCount;
                    else
                        object.rejectedCount = options.longs === $String ? $util.Long.prototype.toString.call(message.rejectedCount) : options.longs === $Number ? new $util.LongBits(message.rejectedCount.low >>> 0, message.rejectedCount.high >>> 0).toNumber(true) : message.rejectedCount;
                if (message.satisfiedRatio != null && $Object.hasOwnProperty.call(message, "satisfiedRatio"))
                    object.satisfiedRatio = options.json && !$isFinite(message.satisfiedRatio) ? $String(message.satisfiedRatio) : message.satisfiedRatio;
                return object;
            };

            /**
             * Converts this LatencyReport to JSON.
             * @function toJSON
             * @memberof dqoes.v1.LatencyReport
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            LatencyReport.prototype.toJSON = function() {
                return LatencyReport.toObject(this, $protobuf.util.toJSONOptions);
            };

            return LatencyReport;
        })();

        v1.GpuCapability = (function() {

            /**
             * Properties of a GpuCapability.
             * @typedef {Object} dqoes.v1.GpuCapability.$Properties
             * @property {string|null} [reach] GpuCapability reach
             * @property {string|null} [reason] GpuCapability reason
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a GpuCapability.
             * @memberof dqoes.v1
             * @interface IGpuCapability
             * @augments dqoes.v1.GpuCapability.$Properties
             * @deprecated Use dqoes.v1.GpuCapability.$Properties instead.
             */

            /**
             * Shape of a GpuCapability.
             * @typedef {dqoes.v1.GpuCapability.$Properties} dqoes.v1.GpuCapability.$Shape
             */

            /**
             * Constructs a new GpuCapability.
             * @memberof dqoes.v1
             * @classdesc Represents a GpuCapability.
             * @constructor
             * @param {dqoes.v1.GpuCapability.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const GpuCapability = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * GpuCapability reach.
             * @member {string} reach
             * @memberof dqoes.v1.GpuCapability
             * @instance
             */
            GpuCapability.prototype.reach = "";

            /**
             * GpuCapability reason.
             * @member {string} reason
             * @memberof dqoes.v1.GpuCapability
             * @instance
             */
            GpuCapability.prototype.reason = "";

            /**
             * Creates a new GpuCapability instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.GpuCapability
             * @static
             * @param {dqoes.v1.GpuCapability.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.GpuCapability} GpuCapability instance
             * @type {{
             *   (properties: dqoes.v1.GpuCapability.$Shape): dqoes.v1.GpuCapability & dqoes.v1.GpuCapability.$Shape;
             *   (properties?: dqoes.v1.GpuCapability.$Properties): dqoes.v1.GpuCapability;
             * }}
             */
            GpuCapability.create = function(properties) {
                return new GpuCapability(properties);
            };

            /**
             * Encodes the specified GpuCapability message. Does not implicitly {@link dqoes.v1.GpuCapability.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.GpuCapability
             * @static
             * @param {dqoes.v1.GpuCapability.$Properties} message GpuCapability message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            GpuCapability.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.reach != null && $Object.hasOwnProperty.call(message, "reach") && message.reach !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.reach);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.reason);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a GpuCapability message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.GpuCapability
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.GpuCapability & dqoes.v1.GpuCapability.$Shape} GpuCapability
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            GpuCapability.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.GpuCapability();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reach = value;
                            else
                                delete message.reach;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a GpuCapability message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.GpuCapability
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.GpuCapability} GpuCapability
             */
            GpuCapability.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.GpuCapability)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.GpuCapability: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.GpuCapability();
                if (object.reach != null)
                    if (typeof object.reach !== "string" || object.reach.length)
                        message.reach = $String(object.reach);
                if (object.reason != null)
                    if (typeof object.reason !== "string" || object.reason.length)
                        message.reason = $String(object.reason);
                return message;
            };

            /**
             * Creates a plain object from a GpuCapability message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.GpuCapability
             * @static
             * @param {dqoes.v1.GpuCapability} message GpuCapability
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            GpuCapability.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.reach = "";
                    object.reason = "";
                }
                if (message.reach != null && $Object.hasOwnProperty.call(message, "reach"))
                    object.reach = message.reach;
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason"))
                    object.reason = message.reason;
                return object;
            };

            /**
             * Converts this GpuCapability to JSON.
             * @function toJSON
             * @memberof dqoes.v1.GpuCapability
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            GpuCapability.prototype.toJSON = function() {
                return GpuCapability.toObject(this, $protobuf.util.toJSONOptions);
            };

            return GpuCapability;
        })();

        v1.GpuLadder = (function() {

            /**
             * Properties of a GpuLadder.
             * @typedef {Object} dqoes.v1.GpuLadder.$Properties
             * @property {dqoes.v1.GpuCapability.$Properties|null} [clock] GpuLadder clock
             * @property {dqoes.v1.GpuCapability.$Properties|null} [power] GpuLadder power
             * @property {dqoes.v1.GpuCapability.$Properties|null} [share] GpuLadder share
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a GpuLadder.
             * @memberof dqoes.v1
             * @interface IGpuLadder
             * @augments dqoes.v1.GpuLadder.$Properties
             * @deprecated Use dqoes.v1.GpuLadder.$Properties instead.
             */

            /**
             * Shape of a GpuLadder.
             * @typedef {dqoes.v1.GpuLadder.$Properties} dqoes.v1.GpuLadder.$Shape
             */

            /**
             * Constructs a new GpuLadder.
             * @memberof dqoes.v1
             * @classdesc Represents a GpuLadder.
             * @constructor
             * @param {dqoes.v1.GpuLadder.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const GpuLadder = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * GpuLadder clock.
             * @member {dqoes.v1.GpuCapability.$Properties|null|undefined} clock
             * @memberof dqoes.v1.GpuLadder
             * @instance
             */
            GpuLadder.prototype.clock = null;

            /**
             * GpuLadder power.
             * @member {dqoes.v1.GpuCapability.$Properties|null|undefined} power
             * @memberof dqoes.v1.GpuLadder
             * @instance
             */
            GpuLadder.prototype.power = null;

            /**
             * GpuLadder share.
             * @member {dqoes.v1.GpuCapability.$Properties|null|undefined} share
             * @memberof dqoes.v1.GpuLadder
             * @instance
             */
            GpuLadder.prototype.share = null;

            /**
             * Creates a new GpuLadder instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.GpuLadder
             * @static
             * @param {dqoes.v1.GpuLadder.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.GpuLadder} GpuLadder instance
             * @type {{
             *   (properties: dqoes.v1.GpuLadder.$Shape): dqoes.v1.GpuLadder & dqoes.v1.GpuLadder.$Shape;
             *   (properties?: dqoes.v1.GpuLadder.$Properties): dqoes.v1.GpuLadder;
             * }}
             */
            GpuLadder.create = function(properties) {
                return new GpuLadder(properties);
            };

            /**
             * Encodes the specified GpuLadder message. Does not implicitly {@link dqoes.v1.GpuLadder.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.GpuLadder
             * @static
             * @param {dqoes.v1.GpuLadder.$Properties} message GpuLadder message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            GpuLadder.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.clock != null && $Object.hasOwnProperty.call(message, "clock"))
                    $root.dqoes.v1.GpuCapability.encode(message.clock, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.power != null && $Object.hasOwnProperty.call(message, "power"))
                    $root.dqoes.v1.GpuCapability.encode(message.power, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.share != null && $Object.hasOwnProperty.call(message, "share"))
                    $root.dqoes.v1.GpuCapability.encode(message.share, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a GpuLadder message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.GpuLadder
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.GpuLadder & dqoes.v1.GpuLadder.$Shape} GpuLadder
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            GpuLadder.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.GpuLadder();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.clock = $root.dqoes.v1.GpuCapability.decode(reader, reader.size(), $undefined, _depth + 1, message.clock);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.power = $root.dqoes.v1.GpuCapability.decode(reader, reader.size(), $undefined, _depth + 1, message.power);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.share = $root.dqoes.v1.GpuCapability.decode(reader, reader.size(), $undefined, _depth + 1, message.share);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a GpuLadder message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.GpuLadder
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.GpuLadder} GpuLadder
             */
            GpuLadder.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.GpuLadder)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.GpuLadder: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.GpuLadder();
                if (object.clock != null) {
                    if (!$util.isObject(object.clock))
                        throw $TypeError(".dqoes.v1.GpuLadder.clock: object expected");
                    message.clock = $root.dqoes.v1.GpuCapability.fromObject(object.clock, _depth + 1);
                }
                if (object.power != null) {
                    if (!$util.isObject(object.power))
                        throw $TypeError(".dqoes.v1.GpuLadder.power: object expected");
                    message.power = $root.dqoes.v1.GpuCapability.fromObject(object.power, _depth + 1);
                }
                if (object.share != null) {
                    if (!$util.isObject(object.share))
                        throw $TypeError(".dqoes.v1.GpuLadder.share: object expected");
                    message.share = $root.dqoes.v1.GpuCapability.fromObject(object.share, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a GpuLadder message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.GpuLadder
             * @static
             * @param {dqoes.v1.GpuLadder} message GpuLadder
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            GpuLadder.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.clock = null;
                    object.power = null;
                    object.share = null;
                }
                if (message.clock != null && $Object.hasOwnProperty.call(message, "clock"))
                    object.clock = $root.dqoes.v1.GpuCapability.toObject(message.clock, options, _depth + 1);
                if (message.power != null && $Object.hasOwnProperty.call(message, "power"))
                    object.power = $root.dqoes.v1.GpuCapability.toObject(message.power, options, _depth + 1);
                if (message.share != null && $Object.hasOwnProperty.call(message, "share"))
                    object.share = $root.dqoes.v1.GpuCapability.toObject(message.share, options, _depth + 1);
                return object;
            };

            /**
             * Converts this GpuLadder to JSON.
             * @function toJSON
             * @memberof dqoes.v1.GpuLadder
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            GpuLadder.prototype.toJSON = function() {
                return GpuLadder.toObject(this, $protobuf.util.toJSONOptions);
            };

            return GpuLadder;
        })();

        v1.GpuRange = (function() {

            /**
             * Properties of a GpuRange.
             * @typedef {Object} dqoes.v1.GpuRange.$Properties
             * @property {number|null} [min] GpuRange min
             * @property {number|null} [max] GpuRange max
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a GpuRange.
             * @memberof dqoes.v1
             * @interface IGpuRange
             * @augments dqoes.v1.GpuRange.$Properties
             * @deprecated Use dqoes.v1.GpuRange.$Properties instead.
             */

            /**
             * Shape of a GpuRange.
             * @typedef {dqoes.v1.GpuRange.$Properties} dqoes.v1.GpuRange.$Shape
             */

            /**
             * Constructs a new GpuRange.
             * @memberof dqoes.v1
             * @classdesc Represents a GpuRange.
             * @constructor
             * @param {dqoes.v1.GpuRange.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const GpuRange = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * GpuRange min.
             * @member {number} min
             * @memberof dqoes.v1.GpuRange
             * @instance
             */
            GpuRange.prototype.min = 0;

            /**
             * GpuRange max.
             * @member {number} max
             * @memberof dqoes.v1.GpuRange
             * @instance
             */
            GpuRange.prototype.max = 0;

            /**
             * Creates a new GpuRange instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.GpuRange
             * @static
             * @param {dqoes.v1.GpuRange.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.GpuRange} GpuRange instance
             * @type {{
             *   (properties: dqoes.v1.GpuRange.$Shape): dqoes.v1.GpuRange & dqoes.v1.GpuRange.$Shape;
             *   (properties?: dqoes.v1.GpuRange.$Properties): dqoes.v1.GpuRange;
             * }}
             */
            GpuRange.create = function(properties) {
                return new GpuRange(properties);
            };

            /**
             * Encodes the specified GpuRange message. Does not implicitly {@link dqoes.v1.GpuRange.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.GpuRange
             * @static
             * @param {dqoes.v1.GpuRange.$Properties} message GpuRange message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            GpuRange.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.min != null && $Object.hasOwnProperty.call(message, "min") && !$Object.is(message.min, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.min);
                if (message.max != null && $Object.hasOwnProperty.call(message, "max") && !$Object.is(message.max, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.max);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a GpuRange message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.GpuRange
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.GpuRange & dqoes.v1.GpuRange.$Shape} GpuRange
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            GpuRange.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.GpuRange();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.min = value;
                            else
                                delete message.min;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.max = value;
                            else
                                delete message.max;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a GpuRange message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.GpuRange
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.GpuRange} GpuRange
             */
            GpuRange.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.GpuRange)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.GpuRange: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.GpuRange();
                if (object.min != null)
                    if (!$Object.is($Number(object.min), 0))
                        message.min = $Number(object.min);
                if (object.max != null)
                    if (!$Object.is($Number(object.max), 0))
                        message.max = $Number(object.max);
                return message;
            };

            /**
             * Creates a plain object from a GpuRange message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.GpuRange
             * @static
             * @param {dqoes.v1.GpuRange} message GpuRange
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            GpuRange.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.min = 0;
                    object.max = 0;
                }
                if (message.min != null && $Object.hasOwnProperty.call(message, "min"))
                    object.min = options.json && !$isFinite(message.min) ? $String(message.min) : message.min;
                if (message.max != null && $Object.hasOwnProperty.call(message, "max"))
                    object.max = options.json && !$isFinite(message.max) ? $String(message.max) : message.max;
                return object;
            };

            /**
             * Converts this GpuRange to JSON.
             * @function toJSON
             * @memberof dqoes.v1.GpuRange
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            GpuRange.prototype.toJSON = function() {
                return GpuRange.toObject(this, $protobuf.util.toJSONOptions);
            };

            return GpuRange;
        })();

        v1.GpuSetting = (function() {

            /**
             * Properties of a GpuSetting.
             * @typedef {Object} dqoes.v1.GpuSetting.$Properties
             * @property {number|null} [clockMhz] GpuSetting clockMhz
             * @property {number|null} [powerWatts] GpuSetting powerWatts
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a GpuSetting.
             * @memberof dqoes.v1
             * @interface IGpuSetting
             * @augments dqoes.v1.GpuSetting.$Properties
             * @deprecated Use dqoes.v1.GpuSetting.$Properties instead.
             */

            /**
             * Shape of a GpuSetting.
             * @typedef {dqoes.v1.GpuSetting.$Properties} dqoes.v1.GpuSetting.$Shape
             */

            /**
             * Constructs a new GpuSetting.
             * @memberof dqoes.v1
             * @classdesc Represents a GpuSetting.
             * @constructor
             * @param {dqoes.v1.GpuSetting.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const GpuSetting = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * GpuSetting clockMhz.
             * @member {number|null|undefined} clockMhz
             * @memberof dqoes.v1.GpuSetting
             * @instance
             */
            GpuSetting.prototype.clockMhz = null;

            /**
             * GpuSetting powerWatts.
             * @member {number|null|undefined} powerWatts
             * @memberof dqoes.v1.GpuSetting
             * @instance
             */
            GpuSetting.prototype.powerWatts = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(GpuSetting.prototype, "_clockMhz", {
                get: $util.oneOfGetter($oneOfFields = ["clockMhz"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(GpuSetting.prototype, "_powerWatts", {
                get: $util.oneOfGetter($oneOfFields = ["powerWatts"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new GpuSetting instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.GpuSetting
             * @static
             * @param {dqoes.v1.GpuSetting.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.GpuSetting} GpuSetting instance
             * @type {{
             *   (properties: dqoes.v1.GpuSetting.$Shape): dqoes.v1.GpuSetting & dqoes.v1.GpuSetting.$Shape;
             *   (properties?: dqoes.v1.GpuSetting.$Properties): dqoes.v1.GpuSetting;
             * }}
             */
            GpuSetting.create = function(properties) {
                return new GpuSetting(properties);
            };

            /**
             * Encodes the specified GpuSetting message. Does not implicitly {@link dqoes.v1.GpuSetting.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.GpuSetting
             * @static
             * @param {dqoes.v1.GpuSetting.$Properties} message GpuSetting message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            GpuSetting.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.clockMhz != null && $Object.hasOwnProperty.call(message, "clockMhz"))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.clockMhz);
                if (message.powerWatts != null && $Object.hasOwnProperty.call(message, "powerWatts"))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.powerWatts);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a GpuSetting message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.GpuSetting
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.GpuSetting & dqoes.v1.GpuSetting.$Shape} GpuSetting
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            GpuSetting.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.GpuSetting();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            message.clockMhz = reader.uint32();
                            message._clockMhz = "clockMhz";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            message.powerWatts = reader.uint32();
                            message._powerWatts = "powerWatts";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a GpuSetting message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.GpuSetting
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.GpuSetting} GpuSetting
             */
            GpuSetting.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.GpuSetting)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.GpuSetting: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.GpuSetting();
                if (object.clockMhz != null)
                    message.clockMhz = object.clockMhz >>> 0;
                if (object.powerWatts != null)
                    message.powerWatts = object.powerWatts >>> 0;
                return message;
            };

            /**
             * Creates a plain object from a GpuSetting message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.GpuSetting
             * @static
             * @param {dqoes.v1.GpuSetting} message GpuSetting
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            GpuSetting.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (message.clockMhz != null && $Object.hasOwnProperty.call(message, "clockMhz"))
                    object.clockMhz = message.clockMhz;
                if (message.powerWatts != null && $Object.hasOwnProperty.call(message, "powerWatts"))
                    object.powerWatts = message.powerWatts;
                return object;
            };

            /**
             * Converts this GpuSetting to JSON.
             * @function toJSON
             * @memberof dqoes.v1.GpuSetting
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            GpuSetting.prototype.toJSON = function() {
                return GpuSetting.toObject(this, $protobuf.util.toJSONOptions);
            };

            return GpuSetting;
        })();

        v1.GpuReport = (function() {

            /**
             * Properties of a GpuReport.
             * @typedef {Object} dqoes.v1.GpuReport.$Properties
             * @property {string|null} [id] GpuReport id
             * @property {number|null} [index] GpuReport index
             * @property {string|null} [name] GpuReport name
             * @property {string|null} [vendor] GpuReport vendor
             * @property {boolean|null} [isKnown] GpuReport isKnown
             * @property {string|null} [reason] GpuReport reason
             * @property {number|null} [memoryTotalBytes] GpuReport memoryTotalBytes
             * @property {number|null} [memoryUsedBytes] GpuReport memoryUsedBytes
             * @property {number|null} [utilisationRatio] GpuReport utilisationRatio
             * @property {number|null} [clockMhz] GpuReport clockMhz
             * @property {number|null} [maxClockMhz] GpuReport maxClockMhz
             * @property {number|null} [powerWatts] GpuReport powerWatts
             * @property {number|null} [powerLimitWatts] GpuReport powerLimitWatts
             * @property {number|null} [temperatureCelsius] GpuReport temperatureCelsius
             * @property {boolean|null} [isMig] GpuReport isMig
             * @property {boolean|null} [hasMps] GpuReport hasMps
             * @property {dqoes.v1.GpuRange.$Properties|null} [clockRange] GpuReport clockRange
             * @property {dqoes.v1.GpuRange.$Properties|null} [powerRange] GpuReport powerRange
             * @property {dqoes.v1.GpuLadder.$Properties|null} [ladder] GpuReport ladder
             * @property {dqoes.v1.GpuSetting.$Properties|null} [applied] GpuReport applied
             * @property {number|null} [energyJoules] GpuReport energyJoules
             * @property {number|null} [savedJoules] GpuReport savedJoules
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a GpuReport.
             * @memberof dqoes.v1
             * @interface IGpuReport
             * @augments dqoes.v1.GpuReport.$Properties
             * @deprecated Use dqoes.v1.GpuReport.$Properties instead.
             */

            /**
             * Shape of a GpuReport.
             * @typedef {dqoes.v1.GpuReport.$Properties} dqoes.v1.GpuReport.$Shape
             */

            /**
             * Constructs a new GpuReport.
             * @memberof dqoes.v1
             * @classdesc Represents a GpuReport.
             * @constructor
             * @param {dqoes.v1.GpuReport.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const GpuReport = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * GpuReport id.
             * @member {string} id
             * @memberof dqoes.v1.GpuReport
             * @instance
             */
            GpuReport.prototype.id = "";

            /**
             * GpuReport index.
             * @member {number} index
             * @memberof dqoes.v1.GpuReport
             * @instance
             */
            GpuReport.prototype.index = 0;

            /**
             * GpuReport name.
             * @member {string} name
             * @memberof dqoes.v1.GpuReport
             * @instance
             */
            GpuReport.prototype.name = "";

            /**
             * GpuReport vendor.
             * @member {string} vendor
             * @memberof dqoes.v1.GpuReport
             * @instance
             */
            GpuReport.prototype.vendor = "";

            /**
             * GpuReport isKnown.
             * @member {boolean} isKnown
             * @memberof dqoes.v1.GpuReport
             * @instance
             */
            GpuReport.prototype.isKnown = false;

            /**
             * GpuReport reason.
             * @member {string} reason
             * @memberof dqoes.v1.GpuReport
             * @instance
             */
            GpuReport.prototype.reason = "";

            /**
             * GpuReport memoryTotalBytes.
             * @member {number|null|undefined} memoryTotalBytes
             * @memberof dqoes.v1.GpuReport
             * @instance
             */
            GpuReport.prototype.memoryTotalBytes = null;

            /**
             * GpuReport memoryUsedBytes.
             * @member {number|null|undefined} memoryUsedBytes
             * @memberof dqoes.v1.GpuReport
             * @instance
             */
            GpuReport.prototype.memoryUsedBytes = null;

            /**
             * GpuReport utilisationRatio.
             * @member {number|null|undefined} utilisationRatio
             * @memberof dqoes.v1.GpuReport
             * @instance
             */
            GpuReport.prototype.utilisationRatio = null;

            /**
             * GpuReport clockMhz.
             * @member {number|null|undefined} clockMhz
             * @memberof dqoes.v1.GpuReport
             * @instance
             */
            GpuReport.prototype.clockMhz = null;

            /**
             * GpuReport maxClockMhz.
             * @member {number|null|undefined} maxClockMhz
             * @memberof dqoes.v1.GpuReport
             * @instance
             */
            GpuReport.prototype.maxClockMhz = null;

            /**
             * GpuReport powerWatts.
             * @member {number|null|undefined} powerWatts
             * @memberof dqoes.v1.GpuReport
             * @instance
             */
            GpuReport.prototype.powerWatts = null;

            /**
             * GpuReport powerLimitWatts.
             * @member {number|null|undefined} powerLimitWatts
             * @memberof dqoes.v1.GpuReport
             * @instance
             */
            GpuReport.prototype.powerLimitWatts = null;

            /**
             * GpuReport temperatureCelsius.
             * @member {number|null|undefined} temperatureCelsius
             * @memberof dqoes.v1.GpuReport
             * @instance
             */
            GpuReport.prototype.temperatureCelsius = null;

            /**
             * GpuReport isMig.
             * @member {boolean|null|undefined} isMig
             * @memberof dqoes.v1.GpuReport
             * @instance
             */
            GpuReport.prototype.isMig = null;

            /**
             * GpuReport hasMps.
             * @member {boolean|null|undefined} hasMps
             * @memberof dqoes.v1.GpuReport
             * @instance
             */
            GpuReport.prototype.hasMps = null;

            /**
             * GpuReport clockRange.
             * @member {dqoes.v1.GpuRange.$Properties|null|undefined} clockRange
             * @memberof dqoes.v1.GpuReport
             * @instance
             */
            GpuReport.prototype.clockRange = null;

            /**
             * GpuReport powerRange.
             * @member {dqoes.v1.GpuRange.$Properties|null|undefined} powerRange
             * @memberof dqoes.v1.GpuReport
             * @instance
             */
            GpuReport.prototype.powerRange = null;

            /**
             * GpuReport ladder.
             * @member {dqoes.v1.GpuLadder.$Properties|null|undefined} ladder
             * @memberof dqoes.v1.GpuReport
             * @instance
             */
            GpuReport.prototype.ladder = null;

            /**
             * GpuReport applied.
             * @member {dqoes.v1.GpuSetting.$Properties|null|undefined} applied
             * @memberof dqoes.v1.GpuReport
             * @instance
             */
            GpuReport.prototype.applied = null;

            /**
             * GpuReport energyJoules.
             * @member {number|null|undefined} energyJoules
             * @memberof dqoes.v1.GpuReport
             * @instance
             */
            GpuReport.prototype.energyJoules = null;

            /**
             * GpuReport savedJoules.
             * @member {number|null|undefined} savedJoules
             * @memberof dqoes.v1.GpuReport
             * @instance
             */
            GpuReport.prototype.savedJoules = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(GpuReport.prototype, "_memoryTotalBytes", {
                get: $util.oneOfGetter($oneOfFields = ["memoryTotalBytes"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(GpuReport.prototype, "_memoryUsedBytes", {
                get: $util.oneOfGetter($oneOfFields = ["memoryUsedBytes"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(GpuReport.prototype, "_utilisationRatio", {
                get: $util.oneOfGetter($oneOfFields = ["utilisationRatio"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(GpuReport.prototype, "_clockMhz", {
                get: $util.oneOfGetter($oneOfFields = ["clockMhz"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(GpuReport.prototype, "_maxClockMhz", {
                get: $util.oneOfGetter($oneOfFields = ["maxClockMhz"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(GpuReport.prototype, "_powerWatts", {
                get: $util.oneOfGetter($oneOfFields = ["powerWatts"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(GpuReport.prototype, "_powerLimitWatts", {
                get: $util.oneOfGetter($oneOfFields = ["powerLimitWatts"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(GpuReport.prototype, "_temperatureCelsius", {
                get: $util.oneOfGetter($oneOfFields = ["temperatureCelsius"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(GpuReport.prototype, "_isMig", {
                get: $util.oneOfGetter($oneOfFields = ["isMig"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(GpuReport.prototype, "_hasMps", {
                get: $util.oneOfGetter($oneOfFields = ["hasMps"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(GpuReport.prototype, "_clockRange", {
                get: $util.oneOfGetter($oneOfFields = ["clockRange"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(GpuReport.prototype, "_powerRange", {
                get: $util.oneOfGetter($oneOfFields = ["powerRange"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(GpuReport.prototype, "_applied", {
                get: $util.oneOfGetter($oneOfFields = ["applied"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(GpuReport.prototype, "_energyJoules", {
                get: $util.oneOfGetter($oneOfFields = ["energyJoules"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(GpuReport.prototype, "_savedJoules", {
                get: $util.oneOfGetter($oneOfFields = ["savedJoules"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new GpuReport instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.GpuReport
             * @static
             * @param {dqoes.v1.GpuReport.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.GpuReport} GpuReport instance
             * @type {{
             *   (properties: dqoes.v1.GpuReport.$Shape): dqoes.v1.GpuReport & dqoes.v1.GpuReport.$Shape;
             *   (properties?: dqoes.v1.GpuReport.$Properties): dqoes.v1.GpuReport;
             * }}
             */
            GpuReport.create = function(properties) {
                return new GpuReport(properties);
            };

            /**
             * Encodes the specified GpuReport message. Does not implicitly {@link dqoes.v1.GpuReport.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.GpuReport
             * @static
             * @param {dqoes.v1.GpuReport.$Properties} message GpuReport message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            GpuReport.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                if (message.index != null && $Object.hasOwnProperty.call(message, "index") && message.index !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.index);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.name);
                if (message.vendor != null && $Object.hasOwnProperty.call(message, "vendor") && message.vendor !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.vendor);
                if (message.isKnown != null && $Object.hasOwnProperty.call(message, "isKnown") && message.isKnown !== false)
                    writer.uint32(/* id 5, wireType 0 =*/40).bool(message.isKnown);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.reason);
                if (message.memoryTotalBytes != null && $Object.hasOwnProperty.call(message, "memoryTotalBytes"))
                    writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.memoryTotalBytes);
                if (message.memoryUsedBytes != null && $Object.hasOwnProperty.call(message, "memoryUsedBytes"))
                    writer.uint32(/* id 8, wireType 0 =*/64).uint64(message.memoryUsedBytes);
                if (message.utilisationRatio != null && $Object.hasOwnProperty.call(message, "utilisationRatio"))
                    writer.uint32(/* id 9, wireType 1 =*/73).double(message.utilisationRatio);
                if (message.clockMhz != null && $Object.hasOwnProperty.call(message, "clockMhz"))
                    writer.uint32(/* id 10, wireType 1 =*/81).double(message.clockMhz);
                if (message.maxClockMhz != null && $Object.hasOwnProperty.call(message, "maxClockMhz"))
                    writer.uint32(/* id 11, wireType 1 =*/89).double(message.maxClockMhz);
                if (message.powerWatts != null && $Object.hasOwnProperty.call(message, "powerWatts"))
                    writer.uint32(/* id 12, wireType 1 =*/97).double(message.powerWatts);
                if (message.powerLimitWatts != null && $Object.hasOwnProperty.call(message, "powerLimitWatts"))
                    writer.uint32(/* id 13, wireType 1 =*/105).double(message.powerLimitWatts);
                if (message.temperatureCelsius != null && $Object.hasOwnProperty.call(message, "temperatureCelsius"))
                    writer.uint32(/* id 14, wireType 1 =*/113).double(message.temperatureCelsius);
                if (message.isMig != null && $Object.hasOwnProperty.call(message, "isMig"))
                    writer.uint32(/* id 15, wireType 0 =*/120).bool(message.isMig);
                if (message.hasMps != null && $Object.hasOwnProperty.call(message, "hasMps"))
                    writer.uint32(/* id 16, wireType 0 =*/128).bool(message.hasMps);
                if (message.clockRange != null && $Object.hasOwnProperty.call(message, "clockRange"))
                    $root.dqoes.v1.GpuRange.encode(message.clockRange, writer.uint32(/* id 17, wireType 2 =*/138).fork(), _depth + 1).ldelim();
                if (message.powerRange != null && $Object.hasOwnProperty.call(message, "powerRange"))
                    $root.dqoes.v1.GpuRange.encode(message.powerRange, writer.uint32(/* id 18, wireType 2 =*/146).fork(), _depth + 1).ldelim();
                if (message.ladder != null && $Object.hasOwnProperty.call(message, "ladder"))
                    $root.dqoes.v1.GpuLadder.encode(message.ladder, writer.uint32(/* id 19, wireType 2 =*/154).fork(), _depth + 1).ldelim();
                if (message.applied != null && $Object.hasOwnProperty.call(message, "applied"))
                    $root.dqoes.v1.GpuSetting.encode(message.applied, writer.uint32(/* id 20, wireType 2 =*/162).fork(), _depth + 1).ldelim();
                if (message.energyJoules != null && $Object.hasOwnProperty.call(message, "energyJoules"))
                    writer.uint32(/* id 21, wireType 1 =*/169).double(message.energyJoules);
                if (message.savedJoules != null && $Object.hasOwnProperty.call(message, "savedJoules"))
                    writer.uint32(/* id 22, wireType 1 =*/177).double(message.savedJoules);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a GpuReport message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.GpuReport
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.GpuReport & dqoes.v1.GpuReport.$Shape} GpuReport
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            GpuReport.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.GpuReport();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.index = value;
                            else
                                delete message.index;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.vendor = value;
                            else
                                delete message.vendor;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.isKnown = value;
                            else
                                delete message.isKnown;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            message.memoryTotalBytes = reader.uint64();
                            message._memoryTotalBytes = "memoryTotalBytes";
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            message.memoryUsedBytes = reader.uint64();
                            message._memoryUsedBytes = "memoryUsedBytes";
                            continue;
                        }
                    case 9: {
                            if (wireType !== 1)
                                break;
                            message.utilisationRatio = reader.double();
                            message._utilisationRatio = "utilisationRatio";
                            continue;
                        }
                    case 10: {
                            if (wireType !== 1)
                                break;
                            message.clockMhz = reader.double();
                            message._clockMhz = "clockMhz";
                            continue;
                        }
                    case 11: {
                            if (wireType !== 1)
                                break;
                            message.maxClockMhz = reader.double();
                            message._maxClockMhz = "maxClockMhz";
                            continue;
                        }
                    case 12: {
                            if (wireType !== 1)
                                break;
                            message.powerWatts = reader.double();
                            message._powerWatts = "powerWatts";
                            continue;
                        }
                    case 13: {
                            if (wireType !== 1)
                                break;
                            message.powerLimitWatts = reader.double();
                            message._powerLimitWatts = "powerLimitWatts";
                            continue;
                        }
                    case 14: {
                            if (wireType !== 1)
                                break;
                            message.temperatureCelsius = reader.double();
                            message._temperatureCelsius = "temperatureCelsius";
                            continue;
                        }
                    case 15: {
                            if (wireType !== 0)
                                break;
                            message.isMig = reader.bool();
                            message._isMig = "isMig";
                            continue;
                        }
                    case 16: {
                            if (wireType !== 0)
                                break;
                            message.hasMps = reader.bool();
                            message._hasMps = "hasMps";
                            continue;
                        }
                    case 17: {
                            if (wireType !== 2)
                                break;
                            message.clockRange = $root.dqoes.v1.GpuRange.decode(reader, reader.size(), $undefined, _depth + 1, message.clockRange);
                            message._clockRange = "clockRange";
                            continue;
                        }
                    case 18: {
                            if (wireType !== 2)
                                break;
                            message.powerRange = $root.dqoes.v1.GpuRange.decode(reader, reader.size(), $undefined, _depth + 1, message.powerRange);
                            message._powerRange = "powerRange";
                            continue;
                        }
                    case 19: {
                            if (wireType !== 2)
                                break;
                            message.ladder = $root.dqoes.v1.GpuLadder.decode(reader, reader.size(), $undefined, _depth + 1, message.ladder);
                            continue;
                        }
                    case 20: {
                            if (wireType !== 2)
                                break;
                            message.applied = $root.dqoes.v1.GpuSetting.decode(reader, reader.size(), $undefined, _depth + 1, message.applied);
                            message._applied = "applied";
                            continue;
                        }
                    case 21: {
                            if (wireType !== 1)
                                break;
                            message.energyJoules = reader.double();
                            message._energyJoules = "energyJoules";
                            continue;
                        }
                    case 22: {
                            if (wireType !== 1)
                                break;
                            message.savedJoules = reader.double();
                            message._savedJoules = "savedJoules";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a GpuReport message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.GpuReport
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.GpuReport} GpuReport
             */
            GpuReport.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.GpuReport)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.GpuReport: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.GpuReport();
                if (object.id != null)
                    if (typeof object.id !== "string" || object.id.length)
                        message.id = $String(object.id);
                if (object.index != null)
                    if ($Number(object.index) !== 0)
                        message.index = object.index >>> 0;
                if (object.name != null)
                    if (typeof object.name !== "string" || object.name.length)
                        message.name = $String(object.name);
                if (object.vendor != null)
                    if (typeof object.vendor !== "string" || object.vendor.length)
                        message.vendor = $String(object.vendor);
                if (object.isKnown != null)
                    if (object.isKnown)
                        message.isKnown = $Boolean(object.isKnown);
                if (object.reason != null)
                    if (typeof object.reason !== "string" || object.reason.length)
                        message.reason = $String(object.reason);
                if (object.memoryTotalBytes != null)
                    if ($util.Long)
                        message.memoryTotalBytes = $util.Long.fromValue(object.memoryTotalBytes, true);
                    else if (typeof object.memoryTotalBytes === "string")
                        message.memoryTotalBytes = $parseInt(object.memoryTotalBytes, 10);
                    else if (typeof object.memoryTotalBytes === "number")
                        message.memoryTotalBytes = object.memoryTotalBytes;
                    else if (typeof object.memoryTotalBytes === "object")
                        message.memoryTotalBytes = new $util.LongBits(object.memoryTotalBytes.low >>> 0, object.memoryTotalBytes.high >>> 0).toNumber(true);
                if (object.memoryUsedBytes != null)
                    if ($util.Long)
                        message.memoryUsedBytes = $util.Long.fromValue(object.memoryUsedBytes, true);
                    else if (typeof object.memoryUsedBytes === "string")
                        message.memoryUsedBytes = $parseInt(object.memoryUsedBytes, 10);
                    else if (typeof object.memoryUsedBytes === "number")
                        message.memoryUsedBytes = object.memoryUsedBytes;
                    else if (typeof object.memoryUsedBytes === "object")
                        message.memoryUsedBytes = new $util.LongBits(object.memoryUsedBytes.low >>> 0, object.memoryUsedBytes.high >>> 0).toNumber(true);
                if (object.utilisationRatio != null)
                    message.utilisationRatio = $Number(object.utilisationRatio);
                if (object.clockMhz != null)
                    message.clockMhz = $Number(object.clockMhz);
                if (object.maxClockMhz != null)
                    message.maxClockMhz = $Number(object.maxClockMhz);
                if (object.powerWatts != null)
                    message.powerWatts = $Number(object.powerWatts);
                if (object.powerLimitWatts != null)
                    message.powerLimitWatts = $Number(object.powerLimitWatts);
                if (object.temperatureCelsius != null)
                    message.temperatureCelsius = $Number(object.temperatureCelsius);
                if (object.isMig != null)
                    message.isMig = $Boolean(object.isMig);
                if (object.hasMps != null)
                    message.hasMps = $Boolean(object.hasMps);
                if (object.clockRange != null) {
                    if (!$util.isObject(object.clockRange))
                        throw $TypeError(".dqoes.v1.GpuReport.clockRange: object expected");
                    message.clockRange = $root.dqoes.v1.GpuRange.fromObject(object.clockRange, _depth + 1);
                }
                if (object.powerRange != null) {
                    if (!$util.isObject(object.powerRange))
                        throw $TypeError(".dqoes.v1.GpuReport.powerRange: object expected");
                    message.powerRange = $root.dqoes.v1.GpuRange.fromObject(object.powerRange, _depth + 1);
                }
                if (object.ladder != null) {
                    if (!$util.isObject(object.ladder))
                        throw $TypeError(".dqoes.v1.GpuReport.ladder: object expected");
                    message.ladder = $root.dqoes.v1.GpuLadder.fromObject(object.ladder, _depth + 1);
                }
                if (object.applied != null) {
                    if (!$util.isObject(object.applied))
                        throw $TypeError(".dqoes.v1.GpuReport.applied: object expected");
                    message.applied = $root.dqoes.v1.GpuSetting.fromObject(object.applied, _depth + 1);
                }
                if (object.energyJoules != null)
                    message.energyJoules = $Number(object.energyJoules);
                if (object.savedJoules != null)
                    message.savedJoules = $Number(object.savedJoules);
                return message;
            };

            /**
             * Creates a plain object from a GpuReport message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.GpuReport
             * @static
             * @param {dqoes.v1.GpuReport} message GpuReport
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            GpuReport.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.id = "";
                    object.index = 0;
                    object.name = "";
                    object.vendor = "";
                    object.isKnown = false;
                    object.reason = "";
                    object.ladder = null;
                }
                if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                    object.id = message.id;
                if (message.index != null && $Object.hasOwnProperty.call(message, "index"))
                    object.index = message.index;
                if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                    object.name = message.name;
                if (message.vendor != null && $Object.hasOwnProperty.call(message, "vendor"))
                    object.vendor = message.vendor;
                if (message.isKnown != null && $Object.hasOwnProperty.call(message, "isKnown"))
                    object.isKnown = message.isKnown;
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason"))
                    object.reason = message.reason;
                if (message.memoryTotalBytes != null && $Object.hasOwnProperty.call(message, "memoryTotalBytes"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.memoryTotalBytes = typeof message.memoryTotalBytes === "number" ? $BigInt(message.memoryTotalBytes) : $util.Long.fromBits(message.memoryTotalBytes.low >>> 0, message.memoryTotalBytes.high >>> 0, true).toBigInt();
                    else if (typeof message.memoryTotalBytes === "number")
                        object.memoryTotalBytes = options.longs === $String ? $String(message.memoryTotalBytes) : message.memoryTotalBytes;
                    else
                        object.memoryTotalBytes = options.longs === $String ? $util.Long.prototype.toString.call(message.memoryTotalBytes) : options.longs === $Number ? new $util.LongBits(message.memoryTotalBytes.low >>> 0, message.memoryTotalBytes.high >>> 0).toNumber(true) : message.memoryTotalBytes;
                if (message.memoryUsedBytes != null && $Object.hasOwnProperty.call(message, "memoryUsedBytes"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.memoryUsedBytes = typeof message.memoryUsedBytes === "number" ? $BigInt(message.memoryUsedBytes) : $util.Long.fromBits(message.memoryUsedBytes.low >>> 0, message.memoryUsedBytes.high >>> 0, true).toBigInt();
                    else if (typeof message.memoryUsedBytes === "number")
                        object.memoryUsedBytes = options.longs === $String ? $String(message.memoryUsedBytes) : message.memoryUsedBytes;
                    else
                        object.memoryUsedBytes = options.longs === $String ? $util.Long.prototype.toString.call(message.memoryUsedBytes) : options.longs === $Number ? new $util.LongBits(message.memoryUsedBytes.low >>> 0, message.memoryUsedBytes.high >>> 0).toNumber(true) : message.memoryUsedBytes;
                if (message.utilisationRatio != null && $Object.hasOwnProperty.call(message, "utilisationRatio"))
                    object.utilisationRatio = options.json && !$isFinite(message.utilisationRatio) ? $String(message.utilisationRatio) : message.utilisationRatio;
                if (message.clockMhz != null && $Object.hasOwnProperty.call(message, "clockMhz"))
                    object.clockMhz = options.json && !$isFinite(message.clockMhz) ? $String(message.clockMhz) : message.clockMhz;
                if (message.maxClockMhz != null && $Object.hasOwnProperty.call(message, "maxClockMhz"))
                    object.maxClockMhz = options.json && !$isFinite(message.maxClockMhz) ? $String(message.maxClockMhz) : message.maxClockMhz;
                if (message.powerWatts != null && $Object.hasOwnProperty.call(message, "powerWatts"))
                    object.powerWatts = options.json && !$isFinite(message.powerWatts) ? $String(message.powerWatts) : message.powerWatts;
                if (message.powerLimitWatts != null && $Object.hasOwnProperty.call(message, "powerLimitWatts"))
                    object.powerLimitWatts = options.json && !$isFinite(message.powerLimitWatts) ? $String(message.powerLimitWatts) : message.powerLimitWatts;
                if (message.temperatureCelsius != null && $Object.hasOwnProperty.call(message, "temperatureCelsius"))
                    object.temperatureCelsius = options.json && !$isFinite(message.temperatureCelsius) ? $String(message.temperatureCelsius) : message.temperatureCelsius;
                if (message.isMig != null && $Object.hasOwnProperty.call(message, "isMig"))
                    object.isMig = message.isMig;
                if (message.hasMps != null && $Object.hasOwnProperty.call(message, "hasMps"))
                    object.hasMps = message.hasMps;
                if (message.clockRange != null && $Object.hasOwnProperty.call(message, "clockRange"))
                    object.clockRange = $root.dqoes.v1.GpuRange.toObject(message.clockRange, options, _depth + 1);
                if (message.powerRange != null && $Object.hasOwnProperty.call(message, "powerRange"))
                    object.powerRange = $root.dqoes.v1.GpuRange.toObject(message.powerRange, options, _depth + 1);
                if (message.ladder != null && $Object.hasOwnProperty.call(message, "ladder"))
                    object.ladder = $root.dqoes.v1.GpuLadder.toObject(message.ladder, options, _depth + 1);
                if (message.applied != null && $Object.hasOwnProperty.call(message, "applied"))
                    object.applied = $root.dqoes.v1.GpuSetting.toObject(message.applied, options, _depth + 1);
                if (message.energyJoules != null && $Object.hasOwnProperty.call(message, "energyJoules"))
                    object.energyJoules = options.json && !$isFinite(message.energyJoules) ? $String(message.energyJoules) : message.energyJoules;
                if (message.savedJoules != null && $Object.hasOwnProperty.call(message, "savedJoules"))
                    object.savedJoules = options.json && !$isFinite(message.savedJoules) ? $String(message.savedJoules) : message.savedJoules;
                return object;
            };

            /**
             * Converts this GpuReport to JSON.
             * @function toJSON
             * @memberof dqoes.v1.GpuReport
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            GpuReport.prototype.toJSON = function() {
                return GpuReport.toObject(this, $protobuf.util.toJSONOptions);
            };

            return GpuReport;
        })();

        v1.ContainerGpuReport = (function() {

            /**
             * Properties of a ContainerGpuReport.
             * @typedef {Object} dqoes.v1.ContainerGpuReport.$Properties
             * @property {Array.<string>|null} [ids] ContainerGpuReport ids
             * @property {string|null} [injection] ContainerGpuReport injection
             * @property {number|null} [memoryBytes] ContainerGpuReport memoryBytes
             * @property {boolean|null} [isLost] ContainerGpuReport isLost
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ContainerGpuReport.
             * @memberof dqoes.v1
             * @interface IContainerGpuReport
             * @augments dqoes.v1.ContainerGpuReport.$Properties
             * @deprecated Use dqoes.v1.ContainerGpuReport.$Properties instead.
             */

            /**
             * Shape of a ContainerGpuReport.
             * @typedef {dqoes.v1.ContainerGpuReport.$Properties} dqoes.v1.ContainerGpuReport.$Shape
             */

            /**
             * Constructs a new ContainerGpuReport.
             * @memberof dqoes.v1
             * @classdesc Represents a ContainerGpuReport.
             * @constructor
             * @param {dqoes.v1.ContainerGpuReport.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ContainerGpuReport = function (properties) {
                this.ids = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ContainerGpuReport ids.
             * @member {Array.<string>} ids
             * @memberof dqoes.v1.ContainerGpuReport
             * @instance
             */
            ContainerGpuReport.prototype.ids = $util.emptyArray;

            /**
             * ContainerGpuReport injection.
             * @member {string} injection
             * @memberof dqoes.v1.ContainerGpuReport
             * @instance
             */
            ContainerGpuReport.prototype.injection = "";

            /**
             * ContainerGpuReport memoryBytes.
             * @member {number|null|undefined} memoryBytes
             * @memberof dqoes.v1.ContainerGpuReport
             * @instance
             */
            ContainerGpuReport.prototype.memoryBytes = null;

            /**
             * ContainerGpuReport isLost.
             * @member {boolean|null|undefined} isLost
             * @memberof dqoes.v1.ContainerGpuReport
             * @instance
             */
            ContainerGpuReport.prototype.isLost = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(ContainerGpuReport.prototype, "_memoryBytes", {
                get: $util.oneOfGetter($oneOfFields = ["memoryBytes"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(ContainerGpuReport.prototype, "_isLost", {
                get: $util.oneOfGetter($oneOfFields = ["isLost"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new ContainerGpuReport instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.ContainerGpuReport
             * @static
             * @param {dqoes.v1.ContainerGpuReport.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.ContainerGpuReport} ContainerGpuReport instance
             * @type {{
             *   (properties: dqoes.v1.ContainerGpuReport.$Shape): dqoes.v1.ContainerGpuReport & dqoes.v1.ContainerGpuReport.$Shape;
             *   (properties?: dqoes.v1.ContainerGpuReport.$Properties): dqoes.v1.ContainerGpuReport;
             * }}
             */
            ContainerGpuReport.create = function(properties) {
                return new ContainerGpuReport(properties);
            };

            /**
             * Encodes the specified ContainerGpuReport message. Does not implicitly {@link dqoes.v1.ContainerGpuReport.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.ContainerGpuReport
             * @static
             * @param {dqoes.v1.ContainerGpuReport.$Properties} message ContainerGpuReport message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ContainerGpuReport.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.ids != null && message.ids.length)
                    for (let i = 0; i < message.ids.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.ids[i]);
                if (message.injection != null && $Object.hasOwnProperty.call(message, "injection") && message.injection !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.injection);
                if (message.memoryBytes != null && $Object.hasOwnProperty.call(message, "memoryBytes"))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.memoryBytes);
                if (message.isLost != null && $Object.hasOwnProperty.call(message, "isLost"))
                    writer.uint32(/* id 4, wireType 0 =*/32).bool(message.isLost);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ContainerGpuReport message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.ContainerGpuReport
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.ContainerGpuReport & dqoes.v1.ContainerGpuReport.$Shape} ContainerGpuReport
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ContainerGpuReport.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.ContainerGpuReport();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.ids && message.ids.length))
                                message.ids = [];
                            message.ids.push(reader.stringVerify());
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.injection = value;
                            else
                                delete message.injection;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            message.memoryBytes = reader.uint64();
                            message._memoryBytes = "memoryBytes";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            message.isLost = reader.bool();
                            message._isLost = "isLost";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a ContainerGpuReport message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.ContainerGpuReport
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.ContainerGpuReport} ContainerGpuReport
             */
            ContainerGpuReport.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.ContainerGpuReport)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.ContainerGpuReport: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.ContainerGpuReport();
                if (object.ids) {
                    if (!$Array.isArray(object.ids))
                        throw $TypeError(".dqoes.v1.ContainerGpuReport.ids: array expected");
                    message.ids = $Array(object.ids.length);
                    for (let i = 0; i < object.ids.length; ++i)
                        message.ids[i] = $String(object.ids[i]);
                }
                if (object.injection != null)
                    if (typeof object.injection !== "string" || object.injection.length)
                        message.injection = $String(object.injection);
                if (object.memoryBytes != null)
                    if ($util.Long)
                        message.memoryBytes = $util.Long.fromValue(object.memoryBytes, true);
                    else if (typeof object.memoryBytes === "string")
                        message.memoryBytes = $parseInt(object.memoryBytes, 10);
                    else if (typeof object.memoryBytes === "number")
                        message.memoryBytes = object.memoryBytes;
                    else if (typeof object.memoryBytes === "object")
                        message.memoryBytes = new $util.LongBits(object.memoryBytes.low >>> 0, object.memoryBytes.high >>> 0).toNumber(true);
                if (object.isLost != null)
                    message.isLost = $Boolean(object.isLost);
                return message;
            };

            /**
             * Creates a plain object from a ContainerGpuReport message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.ContainerGpuReport
             * @static
             * @param {dqoes.v1.ContainerGpuReport} message ContainerGpuReport
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            ContainerGpuReport.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.ids = [];
                if (options.defaults)
                    object.injection = "";
                if (message.ids && message.ids.length) {
                    object.ids = $Array(message.ids.length);
                    for (let j = 0; j < message.ids.length; ++j)
                        object.ids[j] = message.ids[j];
                }
                if (message.injection != null && $Object.hasOwnProperty.call(message, "injection"))
                    object.injection = message.injection;
                if (message.memoryBytes != null && $Object.hasOwnProperty.call(message, "memoryBytes"))
                    if (typeof $BigInt !== "undefined" && options.longs === $BigInt)
                        object.memoryBytes = typeof message.memoryBytes === "number" ? $BigInt(message.memoryBytes) : $util.Long.fromBits(message.memoryBytes.low >>> 0, message.memoryBytes.high >>> 0, true).toBigInt();
                    else if (typeof message.memoryBytes === "number")
                        object.memoryBytes = options.longs === $String ? $String(message.memoryBytes) : message.memoryBytes;
                    else
                        object.memoryBytes = options.longs === $String ? $util.Long.prototype.toString.call(message.memoryBytes) : options.longs === $Number ? new $util.LongBits(message.memoryBytes.low >>> 0, message.memoryBytes.high >>> 0).toNumber(true) : message.memoryBytes;
                if (message.isLost != null && $Object.hasOwnProperty.call(message, "isLost"))
                    object.isLost = message.isLost;
                return object;
            };

            /**
             * Converts this ContainerGpuReport to JSON.
             * @function toJSON
             * @memberof dqoes.v1.ContainerGpuReport
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            ContainerGpuReport.prototype.toJSON = function() {
                return ContainerGpuReport.toObject(this, $protobuf.util.toJSONOptions);
            };

            return ContainerGpuReport;
        })();

        v1.ContainerReport = (function() {

            /**
             * Properties of a ContainerReport.
             * @typedef {Object} dqoes.v1.ContainerReport.$Properties
             * @property {string|null} [containerId] ContainerReport containerId
             * @property {string|null} [lifeId] ContainerReport lifeId
             * @property {string|null} [allocation] ContainerReport allocation
             * @property {string|null} [job] ContainerReport job
             * @property {string|null} [origin] ContainerReport origin
             * @property {string|null} [name] ContainerReport name
             * @property {string|null} [image] ContainerReport image
             * @property {string|null} [state] ContainerReport state
             * @property {string|null} [reason] ContainerReport reason
             * @property {string|null} [control] ContainerReport control
             * @property {dqoes.v1.Target.$Properties|null} [target] ContainerReport target
             * @property {number|null} [weight] ContainerReport weight
             * @property {dqoes.v1.CpuBounds.$Properties|null} [cpuBounds] ContainerReport cpuBounds
             * @property {dqoes.v1.CpuLimit.$Properties|null} [applied] ContainerReport applied
             * @property {dqoes.v1.CpuLimit.$Properties|null} [observed] ContainerReport observed
             * @property {dqoes.v1.CpuReport.$Properties|null} [cpu] ContainerReport cpu
             * @property {dqoes.v1.MemoryReport.$Properties|null} [memory] ContainerReport memory
             * @property {dqoes.v1.LatencyReport.$Properties|null} [latency] ContainerReport latency
             * @property {Object.<string,number>|null} [ports] ContainerReport ports
             * @property {dqoes.v1.ContainerGpuReport.$Properties|null} [gpuUse] ContainerReport gpuUse
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ContainerReport.
             * @memberof dqoes.v1
             * @interface IContainerReport
             * @augments dqoes.v1.ContainerReport.$Properties
             * @deprecated Use dqoes.v1.ContainerReport.$Properties instead.
             */

            /**
             * Shape of a ContainerReport.
             * @typedef {dqoes.v1.ContainerReport.$Properties} dqoes.v1.ContainerReport.$Shape
             */

            /**
             * Constructs a new ContainerReport.
             * @memberof dqoes.v1
             * @classdesc Represents a ContainerReport.
             * @constructor
             * @param {dqoes.v1.ContainerReport.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ContainerReport = function (properties) {
                this.ports = {};
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ContainerReport containerId.
             * @member {string|null|undefined} containerId
             * @memberof dqoes.v1.ContainerReport
             * @instance
             */
            ContainerReport.prototype.containerId = null;

            /**
             * ContainerReport lifeId.
             * @member {string} lifeId
             * @memberof dqoes.v1.ContainerReport
             * @instance
             */
            ContainerReport.prototype.lifeId = "";

            /**
             * ContainerReport allocation.
             * @member {string} allocation
             * @memberof dqoes.v1.ContainerReport
             * @instance
             */
            ContainerReport.prototype.allocation = "";

            /**
             * ContainerReport job.
             * @member {string} job
             * @memberof dqoes.v1.ContainerReport
             * @instance
             */
            ContainerReport.prototype.job = "";

            /**
             * ContainerReport origin.
             * @member {string} origin
             * @memberof dqoes.v1.ContainerReport
             * @instance
             */
            ContainerReport.prototype.origin = "";

            /**
             * ContainerReport name.
             * @member {string} name
             * @memberof dqoes.v1.ContainerReport
             * @instance
             */
            ContainerReport.prototype.name = "";

            /**
             * ContainerReport image.
             * @member {string} image
             * @memberof dqoes.v1.ContainerReport
             * @instance
             */
            ContainerReport.prototype.image = "";

            /**
             * ContainerReport state.
             * @member {string} state
             * @memberof dqoes.v1.ContainerReport
             * @instance
             */
            ContainerReport.prototype.state = "";

            /**
             * ContainerReport reason.
             * @member {string} reason
             * @memberof dqoes.v1.ContainerReport
             * @instance
             */
            ContainerReport.prototype.reason = "";

            /**
             * ContainerReport control.
             * @member {string} control
             * @memberof dqoes.v1.ContainerReport
             * @instance
             */
            ContainerReport.prototype.control = "";

            /**
             * ContainerReport target.
             * @member {dqoes.v1.Target.$Properties|null|undefined} target
             * @memberof dqoes.v1.ContainerReport
             * @instance
             */
            ContainerReport.prototype.target = null;

            /**
             * ContainerReport weight.
             * @member {number} weight
             * @memberof dqoes.v1.ContainerReport
             * @instance
             */
            ContainerReport.prototype.weight = 0;

            /**
             * ContainerReport cpuBounds.
             * @member {dqoes.v1.CpuBounds.$Properties|null|undefined} cpuBounds
             * @memberof dqoes.v1.ContainerReport
             * @instance
             */
            ContainerReport.prototype.cpuBounds = null;

            /**
             * ContainerReport applied.
             * @member {dqoes.v1.CpuLimit.$Properties|null|undefined} applied
             * @memberof dqoes.v1.ContainerReport
             * @instance
             */
            ContainerReport.prototype.applied = null;

            /**
             * ContainerReport observed.
             * @member {dqoes.v1.CpuLimit.$Properties|null|undefined} observed
             * @memberof dqoes.v1.ContainerReport
             * @instance
             */
            ContainerReport.prototype.observed = null;

            /**
             * ContainerReport cpu.
             * @member {dqoes.v1.CpuReport.$Properties|null|undefined} cpu
             * @memberof dqoes.v1.ContainerReport
             * @instance
             */
            ContainerReport.prototype.cpu = null;

            /**
             * ContainerReport memory.
             * @member {dqoes.v1.MemoryReport.$Properties|null|undefined} memory
             * @memberof dqoes.v1.ContainerReport
             * @instance
             */
            ContainerReport.prototype.memory = null;

            /**
             * ContainerReport latency.
             * @member {dqoes.v1.LatencyReport.$Properties|null|undefined} latency
             * @memberof dqoes.v1.ContainerReport
             * @instance
             */
            ContainerReport.prototype.latency = null;

            /**
             * ContainerReport ports.
             * @member {Object.<string,number>} ports
             * @memberof dqoes.v1.ContainerReport
             * @instance
             */
            ContainerReport.prototype.ports = $util.emptyObject;

            /**
             * ContainerReport gpuUse.
             * @member {dqoes.v1.ContainerGpuReport.$Properties|null|undefined} gpuUse
             * @memberof dqoes.v1.ContainerReport
             * @instance
             */
            ContainerReport.prototype.gpuUse = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(ContainerReport.prototype, "_containerId", {
                get: $util.oneOfGetter($oneOfFields = ["containerId"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(ContainerReport.prototype, "_target", {
                get: $util.oneOfGetter($oneOfFields = ["target"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(ContainerReport.prototype, "_applied", {
                get: $util.oneOfGetter($oneOfFields = ["applied"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(ContainerReport.prototype, "_observed", {
                get: $util.oneOfGetter($oneOfFields = ["observed"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(ContainerReport.prototype, "_cpu", {
                get: $util.oneOfGetter($oneOfFields = ["cpu"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(ContainerReport.prototype, "_memory", {
                get: $util.oneOfGetter($oneOfFields = ["memory"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(ContainerReport.prototype, "_latency", {
                get: $util.oneOfGetter($oneOfFields = ["latency"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(ContainerReport.prototype, "_gpuUse", {
                get: $util.oneOfGetter($oneOfFields = ["gpuUse"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new ContainerReport instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.ContainerReport
             * @static
             * @param {dqoes.v1.ContainerReport.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.ContainerReport} ContainerReport instance
             * @type {{
             *   (properties: dqoes.v1.ContainerReport.$Shape): dqoes.v1.ContainerReport & dqoes.v1.ContainerReport.$Shape;
             *   (properties?: dqoes.v1.ContainerReport.$Properties): dqoes.v1.ContainerReport;
             * }}
             */
            ContainerReport.create = function(properties) {
                return new ContainerReport(properties);
            };

            /**
             * Encodes the specified ContainerReport message. Does not implicitly {@link dqoes.v1.ContainerReport.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.ContainerReport
             * @static
             * @param {dqoes.v1.ContainerReport.$Properties} message ContainerReport message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ContainerReport.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.containerId != null && $Object.hasOwnProperty.call(message, "containerId"))
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.containerId);
                if (message.lifeId != null && $Object.hasOwnProperty.call(message, "lifeId") && message.lifeId !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.lifeId);
                if (message.allocation != null && $Object.hasOwnProperty.call(message, "allocation") && message.allocation !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.allocation);
                if (message.job != null && $Object.hasOwnProperty.call(message, "job") && message.job !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.job);
                if (message.origin != null && $Object.hasOwnProperty.call(message, "origin") && message.origin !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.origin);
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.name);
                if (message.image != null && $Object.hasOwnProperty.call(message, "image") && message.image !== "")
                    writer.uint32(/* id 7, wireType 2 =*/58).string(message.image);
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== "")
                    writer.uint32(/* id 8, wireType 2 =*/66).string(message.state);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 9, wireType 2 =*/74).string(message.reason);
                if (message.control != null && $Object.hasOwnProperty.call(message, "control") && message.control !== "")
                    writer.uint32(/* id 10, wireType 2 =*/82).string(message.control);
                if (message.target != null && $Object.hasOwnProperty.call(message, "target"))
                    $root.dqoes.v1.Target.encode(message.target, writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
                if (message.weight != null && $Object.hasOwnProperty.call(message, "weight") && !$Object.is(message.weight, 0))
                    writer.uint32(/* id 12, wireType 1 =*/97).double(message.weight);
                if (message.cpuBounds != null && $Object.hasOwnProperty.call(message, "cpuBounds"))
                    $root.dqoes.v1.CpuBounds.encode(message.cpuBounds, writer.uint32(/* id 13, wireType 2 =*/106).fork(), _depth + 1).ldelim();
                if (message.applied != null && $Object.hasOwnProperty.call(message, "applied"))
                    $root.dqoes.v1.CpuLimit.encode(message.applied, writer.uint32(/* id 14, wireType 2 =*/114).fork(), _depth + 1).ldelim();
                if (message.observed != null && $Object.hasOwnProperty.call(message, "observed"))
                    $root.dqoes.v1.CpuLimit.encode(message.observed, writer.uint32(/* id 15, wireType 2 =*/122).fork(), _depth + 1).ldelim();
                if (message.cpu != null && $Object.hasOwnProperty.call(message, "cpu"))
                    $root.dqoes.v1.CpuReport.encode(message.cpu, writer.uint32(/* id 16, wireType 2 =*/130).fork(), _depth + 1).ldelim();
                if (message.memory != null && $Object.hasOwnProperty.call(message, "memory"))
                    $root.dqoes.v1.MemoryReport.encode(message.memory, writer.uint32(/* id 17, wireType 2 =*/138).fork(), _depth + 1).ldelim();
                if (message.latency != null && $Object.hasOwnProperty.call(message, "latency"))
                    $root.dqoes.v1.LatencyReport.encode(message.latency, writer.uint32(/* id 18, wireType 2 =*/146).fork(), _depth + 1).ldelim();
                if (message.ports != null && $Object.hasOwnProperty.call(message, "ports"))
                    for (let keys = $Object.keys(message.ports), i = 0; i < keys.length; ++i)
                        writer.uint32(/* id 19, wireType 2 =*/154).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 0 =*/16).uint32(message.ports[keys[i]]).ldelim();
                if (message.gpuUse != null && $Object.hasOwnProperty.call(message, "gpuUse"))
                    $root.dqoes.v1.ContainerGpuReport.encode(message.gpuUse, writer.uint32(/* id 20, wireType 2 =*/162).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ContainerReport message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.ContainerReport
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.ContainerReport & dqoes.v1.ContainerReport.$Shape} ContainerReport
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ContainerReport.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, key, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.ContainerReport();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.containerId = reader.stringVerify();
                            message._containerId = "containerId";
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.lifeId = value;
                            else
                                delete message.lifeId;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.allocation = value;
                            else
                                delete message.allocation;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.job = value;
                            else
                                delete message.job;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.origin = value;
                            else
                                delete message.origin;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.image = value;
                            else
                                delete message.image;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.state = value;
                            else
                                delete message.state;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.control = value;
                            else
                                delete message.control;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            message.target = $root.dqoes.v1.Target.decode(reader, reader.size(), $undefined, _depth + 1, message.target);
                            message._target = "target";
                            continue;
                        }
                    case 12: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.weight = value;
                            else
                                delete message.weight;
                            continue;
                        }
                    case 13: {
                            if (wireType !== 2)
                                break;
                            message.cpuBounds = $root.dqoes.v1.CpuBounds.decode(reader, reader.size(), $undefined, _depth + 1, message.cpuBounds);
                            continue;
                        }
                    case 14: {
                            if (wireType !== 2)
                                break;
                            message.applied = $root.dqoes.v1.CpuLimit.decode(reader, reader.size(), $undefined, _depth + 1, message.applied);
                            message._applied = "applied";
                            continue;
                        }
                    case 15: {
                            if (wireType !== 2)
                                break;
                            message.observed = $root.dqoes.v1.CpuLimit.decode(reader, reader.size(), $undefined, _depth + 1, message.observed);
                            message._observed = "observed";
                            continue;
                        }
                    case 16: {
                            if (wireType !== 2)
                                break;
                            message.cpu = $root.dqoes.v1.CpuReport.decode(reader, reader.size(), $undefined, _depth + 1, message.cpu);
                            message._cpu = "cpu";
                            continue;
                        }
                    case 17: {
                            if (wireType !== 2)
                                break;
                            message.memory = $root.dqoes.v1.MemoryReport.decode(reader, reader.size(), $undefined, _depth + 1, message.memory);
                            message._memory = "memory";
                            continue;
                        }
                    case 18: {
                            if (wireType !== 2)
                                break;
                            message.latency = $root.dqoes.v1.LatencyReport.decode(reader, reader.size(), $undefined, _depth + 1, message.latency);
                            message._latency = "latency";
                            continue;
                        }
                    case 19: {
                            if (wireType !== 2)
                                break;
                            if (message.ports === $util.emptyObject)
                                message.ports = {};
                            let end2 = reader.size() + reader.pos;
                            if (end2 > reader.len)
                                throw $RangeError("index out of range");
                            reader.len = end2;
                            key = "";
                            value = 0;
                            while (reader.pos < end2) {
                                let tag2 = reader.tag();
                                wireType = tag2 & 7;
                                switch (tag2 >>>= 3) {
                                case 1:
                                    if (wireType !== 2)
                                        break;
                                    key = reader.stringVerify();
                                    continue;
                                case 2:
                                    if (wireType !== 0)
                                        break;
                                    value = reader.uint32();
                                    continue;
                                }
                                reader.skipType(wireType, _depth, tag2);
                            }
                            if (reader.pos !== end2)
                                throw $RangeError("index out of range");
                            reader.len = end;
                            if (key === "__proto__")
                                $util.makeProp(message.ports, key);
                            message.ports[key] = value;
                            continue;
                        }
                    case 20: {
                            if (wireType !== 2)
                                break;
                            message.gpuUse = $root.dqoes.v1.ContainerGpuReport.decode(reader, reader.size(), $undefined, _depth + 1, message.gpuUse);
                            message._gpuUse = "gpuUse";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a ContainerReport message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.ContainerReport
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.ContainerReport} ContainerReport
             */
            ContainerReport.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.ContainerReport)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.ContainerReport: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.ContainerReport();
                if (object.containerId != null)
                    message.containerId = $String(object.containerId);
                if (object.lifeId != null)
                    if (typeof object.lifeId !== "string" || object.lifeId.length)
                        message.lifeId = $String(object.lifeId);
                if (object.allocation != null)
                    if (typeof object.allocation !== "string" || object.allocation.length)
                        message.allocation = $String(object.allocation);
                if (object.job != null)
                    if (typeof object.job !== "string" || object.job.length)
                        message.job = $String(object.job);
                if (object.origin != null)
                    if (typeof object.origin !== "string" || object.origin.length)
                        message.origin = $String(object.origin);
                if (object.name != null)
                    if (typeof object.name !== "string" || object.name.length)
                        message.name = $String(object.name);
                if (object.image != null)
                    if (typeof object.image !== "string" || object.image.length)
                        message.image = $String(object.image);
                if (object.state != null)
                    if (typeof object.state !== "string" || object.state.length)
                        message.state = $String(object.state);
                if (object.reason != null)
                    if (typeof object.reason !== "string" || object.reason.length)
                        message.reason = $String(object.reason);
                if (object.control != null)
                    if (typeof object.control !== "string" || object.control.length)
                        message.control = $String(object.control);
                if (object.target != null) {
                    if (!$util.isObject(object.target))
                        throw $TypeError(".dqoes.v1.ContainerReport.target: object expected");
                    message.target = $root.dqoes.v1.Target.fromObject(object.target, _depth + 1);
                }
                if (object.weight != null)
                    if (!$Object.is($Number(object.weight), 0))
                        message.weight = $Number(object.weight);
                if (object.cpuBounds != null) {
                    if (!$util.isObject(object.cpuBounds))
                        throw $TypeError(".dqoes.v1.ContainerReport.cpuBounds: object expected");
                    message.cpuBounds = $root.dqoes.v1.CpuBounds.fromObject(object.cpuBounds, _depth + 1);
                }
                if (object.applied != null) {
                    if (!$util.isObject(object.applied))
                        throw $TypeError(".dqoes.v1.ContainerReport.applied: object expected");
                    message.applied = $root.dqoes.v1.CpuLimit.fromObject(object.applied, _depth + 1);
                }
                if (object.observed != null) {
                    if (!$util.isObject(object.observed))
                        throw $TypeError(".dqoes.v1.ContainerReport.observed: object expected");
                    message.observed = $root.dqoes.v1.CpuLimit.fromObject(object.observed, _depth + 1);
                }
                if (object.cpu != null) {
                    if (!$util.isObject(object.cpu))
                        throw $TypeError(".dqoes.v1.ContainerReport.cpu: object expected");
                    message.cpu = $root.dqoes.v1.CpuReport.fromObject(object.cpu, _depth + 1);
                }
                if (object.memory != null) {
                    if (!$util.isObject(object.memory))
                        throw $TypeError(".dqoes.v1.ContainerReport.memory: object expected");
                    message.memory = $root.dqoes.v1.MemoryReport.fromObject(object.memory, _depth + 1);
                }
                if (object.latency != null) {
                    if (!$util.isObject(object.latency))
                        throw $TypeError(".dqoes.v1.ContainerReport.latency: object expected");
                    message.latency = $root.dqoes.v1.LatencyReport.fromObject(object.latency, _depth + 1);
                }
                if (object.ports) {
                    if (!$util.isObject(object.ports))
                        throw $TypeError(".dqoes.v1.ContainerReport.ports: object expected");
                    message.ports = {};
                    for (let keys = $Object.keys(object.ports), i = 0; i < keys.length; ++i) {
                        if (keys[i] === "__proto__")
                            $util.makeProp(message.ports, keys[i]);
                        message.ports[keys[i]] = object.ports[keys[i]] >>> 0;
                    }
                }
                if (object.gpuUse != null) {
                    if (!$util.isObject(object.gpuUse))
                        throw $TypeError(".dqoes.v1.ContainerReport.gpuUse: object expected");
                    message.gpuUse = $root.dqoes.v1.ContainerGpuReport.fromObject(object.gpuUse, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a ContainerReport message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.ContainerReport
             * @static
             * @param {dqoes.v1.ContainerReport} message ContainerReport
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            ContainerReport.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.objects || options.defaults)
                    object.ports = {};
                if (options.defaults) {
                    object.lifeId = "";
                    object.allocation = "";
                    object.job = "";
                    object.origin = "";
                    object.name = "";
                    object.image = "";
                    object.state = "";
                    object.reason = "";
                    object.control = "";
                    object.weight = 0;
                    object.cpuBounds = null;
                }
                if (message.containerId != null && $Object.hasOwnProperty.call(message, "containerId"))
                    object.containerId = message.containerId;
                if (message.lifeId != null && $Object.hasOwnProperty.call(message, "lifeId"))
                    object.lifeId = message.lifeId;
                if (message.allocation != null && $Object.hasOwnProperty.call(message, "allocation"))
                    object.allocation = message.allocation;
                if (message.job != null && $Object.hasOwnProperty.call(message, "job"))
                    object.job = message.job;
                if (message.origin != null && $Object.hasOwnProperty.call(message, "origin"))
                    object.origin = message.origin;
                if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                    object.name = message.name;
                if (message.image != null && $Object.hasOwnProperty.call(message, "image"))
                    object.image = message.image;
                if (message.state != null && $Object.hasOwnProperty.call(message, "state"))
                    object.state = message.state;
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason"))
                    object.reason = message.reason;
                if (message.control != null && $Object.hasOwnProperty.call(message, "control"))
                    object.control = message.control;
                if (message.target != null && $Object.hasOwnProperty.call(message, "target"))
                    object.target = $root.dqoes.v1.Target.toObject(message.target, options, _depth + 1);
                if (message.weight != null && $Object.hasOwnProperty.call(message, "weight"))
                    object.weight = options.json && !$isFinite(message.weight) ? $String(message.weight) : message.weight;
                if (message.cpuBounds != null && $Object.hasOwnProperty.call(message, "cpuBounds"))
                    object.cpuBounds = $root.dqoes.v1.CpuBounds.toObject(message.cpuBounds, options, _depth + 1);
                if (message.applied != null && $Object.hasOwnProperty.call(message, "applied"))
                    object.applied = $root.dqoes.v1.CpuLimit.toObject(message.applied, options, _depth + 1);
                if (message.observed != null && $Object.hasOwnProperty.call(message, "observed"))
                    object.observed = $root.dqoes.v1.CpuLimit.toObject(message.observed, options, _depth + 1);
                if (message.cpu != null && $Object.hasOwnProperty.call(message, "cpu"))
                    object.cpu = $root.dqoes.v1.CpuReport.toObject(message.cpu, options, _depth + 1);
                if (message.memory != null && $Object.hasOwnProperty.call(message, "memory"))
                    object.memory = $root.dqoes.v1.MemoryReport.toObject(message.memory, options, _depth + 1);
                if (message.latency != null && $Object.hasOwnProperty.call(message, "latency"))
                    object.latency = $root.dqoes.v1.LatencyReport.toObject(message.latency, options, _depth + 1);
                let keys2;
                if (message.ports && (keys2 = $Object.keys(message.ports)).length) {
                    object.ports = {};
                    for (let j = 0; j < keys2.length; ++j) {
                        if (keys2[j] === "__proto__")
                            $util.makeProp(object.ports, keys2[j]);
                        object.ports[keys2[j]] = message.ports[keys2[j]];
                    }
                }
                if (message.gpuUse != null && $Object.hasOwnProperty.call(message, "gpuUse"))
                    object.gpuUse = $root.dqoes.v1.ContainerGpuReport.toObject(message.gpuUse, options, _depth + 1);
                return object;
            };

            /**
             * Converts this ContainerReport to JSON.
             * @function toJSON
             * @memberof dqoes.v1.ContainerReport
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            ContainerReport.prototype.toJSON = function() {
                return ContainerReport.toObject(this, $protobuf.util.toJSONOptions);
            };

            return ContainerReport;
        })();

        v1.UnreachableTarget = (function() {

            /**
             * Properties of an UnreachableTarget.
             * @typedef {Object} dqoes.v1.UnreachableTarget.$Properties
             * @property {number|null} [targetMs] UnreachableTarget targetMs
             * @property {number|null} [reachableMs] UnreachableTarget reachableMs
             * @property {number|null} [neededCores] UnreachableTarget neededCores
             * @property {string|null} [reason] UnreachableTarget reason
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an UnreachableTarget.
             * @memberof dqoes.v1
             * @interface IUnreachableTarget
             * @augments dqoes.v1.UnreachableTarget.$Properties
             * @deprecated Use dqoes.v1.UnreachableTarget.$Properties instead.
             */

            /**
             * Shape of an UnreachableTarget.
             * @typedef {dqoes.v1.UnreachableTarget.$Properties} dqoes.v1.UnreachableTarget.$Shape
             */

            /**
             * Constructs a new UnreachableTarget.
             * @memberof dqoes.v1
             * @classdesc Represents an UnreachableTarget.
             * @constructor
             * @param {dqoes.v1.UnreachableTarget.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const UnreachableTarget = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * UnreachableTarget targetMs.
             * @member {number} targetMs
             * @memberof dqoes.v1.UnreachableTarget
             * @instance
             */
            UnreachableTarget.prototype.targetMs = 0;

            /**
             * UnreachableTarget reachableMs.
             * @member {number|null|undefined} reachableMs
             * @memberof dqoes.v1.UnreachableTarget
             * @instance
             */
            UnreachableTarget.prototype.reachableMs = null;

            /**
             * UnreachableTarget neededCores.
             * @member {number|null|undefined} neededCores
             * @memberof dqoes.v1.UnreachableTarget
             * @instance
             */
            UnreachableTarget.prototype.neededCores = null;

            /**
             * UnreachableTarget reason.
             * @member {string} reason
             * @memberof dqoes.v1.UnreachableTarget
             * @instance
             */
            UnreachableTarget.prototype.reason = "";

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(UnreachableTarget.prototype, "_reachableMs", {
                get: $util.oneOfGetter($oneOfFields = ["reachableMs"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(UnreachableTarget.prototype, "_neededCores", {
                get: $util.oneOfGetter($oneOfFields = ["neededCores"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new UnreachableTarget instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.UnreachableTarget
             * @static
             * @param {dqoes.v1.UnreachableTarget.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.UnreachableTarget} UnreachableTarget instance
             * @type {{
             *   (properties: dqoes.v1.UnreachableTarget.$Shape): dqoes.v1.UnreachableTarget & dqoes.v1.UnreachableTarget.$Shape;
             *   (properties?: dqoes.v1.UnreachableTarget.$Properties): dqoes.v1.UnreachableTarget;
             * }}
             */
            UnreachableTarget.create = function(properties) {
                return new UnreachableTarget(properties);
            };

            /**
             * Encodes the specified UnreachableTarget message. Does not implicitly {@link dqoes.v1.UnreachableTarget.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.UnreachableTarget
             * @static
             * @param {dqoes.v1.UnreachableTarget.$Properties} message UnreachableTarget message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            UnreachableTarget.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.targetMs != null && $Object.hasOwnProperty.call(message, "targetMs") && !$Object.is(message.targetMs, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.targetMs);
                if (message.reachableMs != null && $Object.hasOwnProperty.call(message, "reachableMs"))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.reachableMs);
                if (message.neededCores != null && $Object.hasOwnProperty.call(message, "neededCores"))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.neededCores);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.reason);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an UnreachableTarget message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.UnreachableTarget
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.UnreachableTarget & dqoes.v1.UnreachableTarget.$Shape} UnreachableTarget
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            UnreachableTarget.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.UnreachableTarget();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.targetMs = value;
                            else
                                delete message.targetMs;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            message.reachableMs = reader.double();
                            message._reachableMs = "reachableMs";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            message.neededCores = reader.double();
                            message._neededCores = "neededCores";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates an UnreachableTarget message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.UnreachableTarget
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.UnreachableTarget} UnreachableTarget
             */
            UnreachableTarget.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.UnreachableTarget)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.UnreachableTarget: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.UnreachableTarget();
                if (object.targetMs != null)
                    if (!$Object.is($Number(object.targetMs), 0))
                        message.targetMs = $Number(object.targetMs);
                if (object.reachableMs != null)
                    message.reachableMs = $Number(object.reachableMs);
                if (object.neededCores != null)
                    message.neededCores = $Number(object.neededCores);
                if (object.reason != null)
                    if (typeof object.reason !== "string" || object.reason.length)
                        message.reason = $String(object.reason);
                return message;
            };

            /**
             * Creates a plain object from an UnreachableTarget message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.UnreachableTarget
             * @static
             * @param {dqoes.v1.UnreachableTarget} message UnreachableTarget
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            UnreachableTarget.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.targetMs = 0;
                    object.reason = "";
                }
                if (message.targetMs != null && $Object.hasOwnProperty.call(message, "targetMs"))
                    object.targetMs = options.json && !$isFinite(message.targetMs) ? $String(message.targetMs) : message.targetMs;
                if (message.reachableMs != null && $Object.hasOwnProperty.call(message, "reachableMs"))
                    object.reachableMs = options.json && !$isFinite(message.reachableMs) ? $String(message.reachableMs) : message.reachableMs;
                if (message.neededCores != null && $Object.hasOwnProperty.call(message, "neededCores"))
                    object.neededCores = options.json && !$isFinite(message.neededCores) ? $String(message.neededCores) : message.neededCores;
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason"))
                    object.reason = message.reason;
                return object;
            };

            /**
             * Converts this UnreachableTarget to JSON.
             * @function toJSON
             * @memberof dqoes.v1.UnreachableTarget
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            UnreachableTarget.prototype.toJSON = function() {
                return UnreachableTarget.toObject(this, $protobuf.util.toJSONOptions);
            };

            return UnreachableTarget;
        })();

        v1.AllocationStatus = (function() {

            /**
             * Properties of an AllocationStatus.
             * @typedef {Object} dqoes.v1.AllocationStatus.$Properties
             * @property {string|null} [id] AllocationStatus id
             * @property {string|null} [job] AllocationStatus job
             * @property {string|null} [node] AllocationStatus node
             * @property {dqoes.v1.Target.$Properties|null} [target] AllocationStatus target
             * @property {number|null} [latencyMs] AllocationStatus latencyMs
             * @property {string|null} [qoeClass] AllocationStatus qoeClass
             * @property {dqoes.v1.CpuLimit.$Properties|null} [desired] AllocationStatus desired
             * @property {string|null} [reason] AllocationStatus reason
             * @property {dqoes.v1.ContainerReport.$Properties|null} [container] AllocationStatus container
             * @property {number|null} [ageMs] AllocationStatus ageMs
             * @property {dqoes.v1.UnreachableTarget.$Properties|null} [unreachable] AllocationStatus unreachable
             * @property {string|null} [replaces] AllocationStatus replaces
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an AllocationStatus.
             * @memberof dqoes.v1
             * @interface IAllocationStatus
             * @augments dqoes.v1.AllocationStatus.$Properties
             * @deprecated Use dqoes.v1.AllocationStatus.$Properties instead.
             */

            /**
             * Shape of an AllocationStatus.
             * @typedef {dqoes.v1.AllocationStatus.$Properties} dqoes.v1.AllocationStatus.$Shape
             */

            /**
             * Constructs a new AllocationStatus.
             * @memberof dqoes.v1
             * @classdesc Represents an AllocationStatus.
             * @constructor
             * @param {dqoes.v1.AllocationStatus.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const AllocationStatus = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * AllocationStatus id.
             * @member {string} id
             * @memberof dqoes.v1.AllocationStatus
             * @instance
             */
            AllocationStatus.prototype.id = "";

            /**
             * AllocationStatus job.
             * @member {string} job
             * @memberof dqoes.v1.AllocationStatus
             * @instance
             */
            AllocationStatus.prototype.job = "";

            /**
             * AllocationStatus node.
             * @member {string|null|undefined} node
             * @memberof dqoes.v1.AllocationStatus
             * @instance
             */
            AllocationStatus.prototype.node = null;

            /**
             * AllocationStatus target.
             * @member {dqoes.v1.Target.$Properties|null|undefined} target
             * @memberof dqoes.v1.AllocationStatus
             * @instance
             */
            AllocationStatus.prototype.target = null;

            /**
             * AllocationStatus latencyMs.
             * @member {number|null|undefined} latencyMs
             * @memberof dqoes.v1.AllocationStatus
             * @instance
             */
            AllocationStatus.prototype.latencyMs = null;

            /**
             * AllocationStatus qoeClass.
             * @member {string|null|undefined} qoeClass
             * @memberof dqoes.v1.AllocationStatus
             * @instance
             */
            AllocationStatus.prototype.qoeClass = null;

            /**
             * AllocationStatus desired.
             * @member {dqoes.v1.CpuLimit.$Properties|null|undefined} desired
             * @memberof dqoes.v1.AllocationStatus
             * @instance
             */
            AllocationStatus.prototype.desired = null;

            /**
             * AllocationStatus reason.
             * @member {string} reason
             * @memberof dqoes.v1.AllocationStatus
             * @instance
             */
            AllocationStatus.prototype.reason = "";

            /**
             * AllocationStatus container.
             * @member {dqoes.v1.ContainerReport.$Properties|null|undefined} container
             * @memberof dqoes.v1.AllocationStatus
             * @instance
             */
            AllocationStatus.prototype.container = null;

            /**
             * AllocationStatus ageMs.
             * @member {number|null|undefined} ageMs
             * @memberof dqoes.v1.AllocationStatus
             * @instance
             */
            AllocationStatus.prototype.ageMs = null;

            /**
             * AllocationStatus unreachable.
             * @member {dqoes.v1.UnreachableTarget.$Properties|null|undefined} unreachable
             * @memberof dqoes.v1.AllocationStatus
             * @instance
             */
            AllocationStatus.prototype.unreachable = null;

            /**
             * AllocationStatus replaces.
             * @member {string|null|undefined} replaces
             * @memberof dqoes.v1.AllocationStatus
             * @instance
             */
            AllocationStatus.prototype.replaces = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(AllocationStatus.prototype, "_node", {
                get: $util.oneOfGetter($oneOfFields = ["node"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(AllocationStatus.prototype, "_target", {
                get: $util.oneOfGetter($oneOfFields = ["target"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(AllocationStatus.prototype, "_latencyMs", {
                get: $util.oneOfGetter($oneOfFields = ["latencyMs"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(AllocationStatus.prototype, "_qoeClass", {
                get: $util.oneOfGetter($oneOfFields = ["qoeClass"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(AllocationStatus.prototype, "_desired", {
                get: $util.oneOfGetter($oneOfFields = ["desired"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(AllocationStatus.prototype, "_container", {
                get: $util.oneOfGetter($oneOfFields = ["container"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(AllocationStatus.prototype, "_ageMs", {
                get: $util.oneOfGetter($oneOfFields = ["ageMs"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(AllocationStatus.prototype, "_unreachable", {
                get: $util.oneOfGetter($oneOfFields = ["unreachable"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(AllocationStatus.prototype, "_replaces", {
                get: $util.oneOfGetter($oneOfFields = ["replaces"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new AllocationStatus instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.AllocationStatus
             * @static
             * @param {dqoes.v1.AllocationStatus.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.AllocationStatus} AllocationStatus instance
             * @type {{
             *   (properties: dqoes.v1.AllocationStatus.$Shape): dqoes.v1.AllocationStatus & dqoes.v1.AllocationStatus.$Shape;
             *   (properties?: dqoes.v1.AllocationStatus.$Properties): dqoes.v1.AllocationStatus;
             * }}
             */
            AllocationStatus.create = function(properties) {
                return new AllocationStatus(properties);
            };

            /**
             * Encodes the specified AllocationStatus message. Does not implicitly {@link dqoes.v1.AllocationStatus.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.AllocationStatus
             * @static
             * @param {dqoes.v1.AllocationStatus.$Properties} message AllocationStatus message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AllocationStatus.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                if (message.job != null && $Object.hasOwnProperty.call(message, "job") && message.job !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.job);
                if (message.node != null && $Object.hasOwnProperty.call(message, "node"))
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.node);
                if (message.target != null && $Object.hasOwnProperty.call(message, "target"))
                    $root.dqoes.v1.Target.encode(message.target, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.latencyMs != null && $Object.hasOwnProperty.call(message, "latencyMs"))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.latencyMs);
                if (message.qoeClass != null && $Object.hasOwnProperty.call(message, "qoeClass"))
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.qoeClass);
                if (message.desired != null && $Object.hasOwnProperty.call(message, "desired"))
                    $root.dqoes.v1.CpuLimit.encode(message.desired, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 8, wireType 2 =*/66).string(message.reason);
                if (message.container != null && $Object.hasOwnProperty.call(message, "container"))
                    $root.dqoes.v1.ContainerReport.encode(message.container, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.ageMs != null && $Object.hasOwnProperty.call(message, "ageMs"))
                    writer.uint32(/* id 10, wireType 1 =*/81).double(message.ageMs);
                if (message.unreachable != null && $Object.hasOwnProperty.call(message, "unreachable"))
                    $root.dqoes.v1.UnreachableTarget.encode(message.unreachable, writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
                if (message.replaces != null && $Object.hasOwnProperty.call(message, "replaces"))
                    writer.uint32(/* id 12, wireType 2 =*/98).string(message.replaces);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an AllocationStatus message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.AllocationStatus
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.AllocationStatus & dqoes.v1.AllocationStatus.$Shape} AllocationStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AllocationStatus.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.AllocationStatus();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.job = value;
                            else
                                delete message.job;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.node = reader.stringVerify();
                            message._node = "node";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.target = $root.dqoes.v1.Target.decode(reader, reader.size(), $undefined, _depth + 1, message.target);
                            message._target = "target";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            message.latencyMs = reader.double();
                            message._latencyMs = "latencyMs";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.qoeClass = reader.stringVerify();
                            message._qoeClass = "qoeClass";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.desired = $root.dqoes.v1.CpuLimit.decode(reader, reader.size(), $undefined, _depth + 1, message.desired);
                            message._desired = "desired";
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            message.container = $root.dqoes.v1.ContainerReport.decode(reader, reader.size(), $undefined, _depth + 1, message.container);
                            message._container = "container";
                            continue;
                        }
                    case 10: {
                            if (wireType !== 1)
                                break;
                            message.ageMs = reader.double();
                            message._ageMs = "ageMs";
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            message.unreachable = $root.dqoes.v1.UnreachableTarget.decode(reader, reader.size(), $undefined, _depth + 1, message.unreachable);
                            message._unreachable = "unreachable";
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            message.replaces = reader.stringVerify();
                            message._replaces = "replaces";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates an AllocationStatus message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.AllocationStatus
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.AllocationStatus} AllocationStatus
             */
            AllocationStatus.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.AllocationStatus)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.AllocationStatus: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.AllocationStatus();
                if (object.id != null)
                    if (typeof object.id !== "string" || object.id.length)
                        message.id = $String(object.id);
                if (object.job != null)
                    if (typeof object.job !== "string" || object.job.length)
                        message.job = $String(object.job);
                if (object.node != null)
                    message.node = $String(object.node);
                if (object.target != null) {
                    if (!$util.isObject(object.target))
                        throw $TypeError(".dqoes.v1.AllocationStatus.target: object expected");
                    message.target = $root.dqoes.v1.Target.fromObject(object.target, _depth + 1);
                }
                if (object.latencyMs != null)
                    message.latencyMs = $Number(object.latencyMs);
                if (object.qoeClass != null)
                    message.qoeClass = $String(object.qoeClass);
                if (object.desired != null) {
                    if (!$util.isObject(object.desired))
                        throw $TypeError(".dqoes.v1.AllocationStatus.desired: object expected");
                    message.desired = $root.dqoes.v1.CpuLimit.fromObject(object.desired, _depth + 1);
                }
                if (object.reason != null)
                    if (typeof object.reason !== "string" || object.reason.length)
                        message.reason = $String(object.reason);
                if (object.container != null) {
                    if (!$util.isObject(object.container))
                        throw $TypeError(".dqoes.v1.AllocationStatus.container: object expected");
                    message.container = $root.dqoes.v1.ContainerReport.fromObject(object.container, _depth + 1);
                }
                if (object.ageMs != null)
                    message.ageMs = $Number(object.ageMs);
                if (object.unreachable != null) {
                    if (!$util.isObject(object.unreachable))
                        throw $TypeError(".dqoes.v1.AllocationStatus.unreachable: object expected");
                    message.unreachable = $root.dqoes.v1.UnreachableTarget.fromObject(object.unreachable, _depth + 1);
                }
                if (object.replaces != null)
                    message.replaces = $String(object.replaces);
                return message;
            };

            /**
             * Creates a plain object from an AllocationStatus message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.AllocationStatus
             * @static
             * @param {dqoes.v1.AllocationStatus} message AllocationStatus
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            AllocationStatus.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.id = "";
                    object.job = "";
                    object.reason = "";
                }
                if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                    object.id = message.id;
                if (message.job != null && $Object.hasOwnProperty.call(message, "job"))
                    object.job = message.job;
                if (message.node != null && $Object.hasOwnProperty.call(message, "node"))
                    object.node = message.node;
                if (message.target != null && $Object.hasOwnProperty.call(message, "target"))
                    object.target = $root.dqoes.v1.Target.toObject(message.target, options, _depth + 1);
                if (message.latencyMs != null && $Object.hasOwnProperty.call(message, "latencyMs"))
                    object.latencyMs = options.json && !$isFinite(message.latencyMs) ? $String(message.latencyMs) : message.latencyMs;
                if (message.qoeClass != null && $Object.hasOwnProperty.call(message, "qoeClass"))
                    object.qoeClass = message.qoeClass;
                if (message.desired != null && $Object.hasOwnProperty.call(message, "desired"))
                    object.desired = $root.dqoes.v1.CpuLimit.toObject(message.desired, options, _depth + 1);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason"))
                    object.reason = message.reason;
                if (message.container != null && $Object.hasOwnProperty.call(message, "container"))
                    object.container = $root.dqoes.v1.ContainerReport.toObject(message.container, options, _depth + 1);
                if (message.ageMs != null && $Object.hasOwnProperty.call(message, "ageMs"))
                    object.ageMs = options.json && !$isFinite(message.ageMs) ? $String(message.ageMs) : message.ageMs;
                if (message.unreachable != null && $Object.hasOwnProperty.call(message, "unreachable"))
                    object.unreachable = $root.dqoes.v1.UnreachableTarget.toObject(message.unreachable, options, _depth + 1);
                if (message.replaces != null && $Object.hasOwnProperty.call(message, "replaces"))
                    object.replaces = message.replaces;
                return object;
            };

            /**
             * Converts this AllocationStatus to JSON.
             * @function toJSON
             * @memberof dqoes.v1.AllocationStatus
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            AllocationStatus.prototype.toJSON = function() {
                return AllocationStatus.toObject(this, $protobuf.util.toJSONOptions);
            };

            return AllocationStatus;
        })();

        v1.JobStatus = (function() {

            /**
             * Properties of a JobStatus.
             * @typedef {Object} dqoes.v1.JobStatus.$Properties
             * @property {dqoes.v1.JobSpec.$Properties|null} [spec] JobStatus spec
             * @property {string|null} [origin] JobStatus origin
             * @property {string|null} [state] JobStatus state
             * @property {Array.<string>|null} [reasons] JobStatus reasons
             * @property {Array.<dqoes.v1.AllocationStatus.$Properties>|null} [allocations] JobStatus allocations
             * @property {string|null} [owner] JobStatus owner
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a JobStatus.
             * @memberof dqoes.v1
             * @interface IJobStatus
             * @augments dqoes.v1.JobStatus.$Properties
             * @deprecated Use dqoes.v1.JobStatus.$Properties instead.
             */

            /**
             * Shape of a JobStatus.
             * @typedef {dqoes.v1.JobStatus.$Properties} dqoes.v1.JobStatus.$Shape
             */

            /**
             * Constructs a new JobStatus.
             * @memberof dqoes.v1
             * @classdesc Represents a JobStatus.
             * @constructor
             * @param {dqoes.v1.JobStatus.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const JobStatus = function (properties) {
                this.reasons = [];
                this.allocations = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * JobStatus spec.
             * @member {dqoes.v1.JobSpec.$Properties|null|undefined} spec
             * @memberof dqoes.v1.JobStatus
             * @instance
             */
            JobStatus.prototype.spec = null;

            /**
             * JobStatus origin.
             * @member {string} origin
             * @memberof dqoes.v1.JobStatus
             * @instance
             */
            JobStatus.prototype.origin = "";

            /**
             * JobStatus state.
             * @member {string} state
             * @memberof dqoes.v1.JobStatus
             * @instance
             */
            JobStatus.prototype.state = "";

            /**
             * JobStatus reasons.
             * @member {Array.<string>} reasons
             * @memberof dqoes.v1.JobStatus
             * @instance
             */
            JobStatus.prototype.reasons = $util.emptyArray;

            /**
             * JobStatus allocations.
             * @member {Array.<dqoes.v1.AllocationStatus.$Properties>} allocations
             * @memberof dqoes.v1.JobStatus
             * @instance
             */
            JobStatus.prototype.allocations = $util.emptyArray;

            /**
             * JobStatus owner.
             * @member {string|null|undefined} owner
             * @memberof dqoes.v1.JobStatus
             * @instance
             */
            JobStatus.prototype.owner = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(JobStatus.prototype, "_owner", {
                get: $util.oneOfGetter($oneOfFields = ["owner"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new JobStatus instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.JobStatus
             * @static
             * @param {dqoes.v1.JobStatus.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.JobStatus} JobStatus instance
             * @type {{
             *   (properties: dqoes.v1.JobStatus.$Shape): dqoes.v1.JobStatus & dqoes.v1.JobStatus.$Shape;
             *   (properties?: dqoes.v1.JobStatus.$Properties): dqoes.v1.JobStatus;
             * }}
             */
            JobStatus.create = function(properties) {
                return new JobStatus(properties);
            };

            /**
             * Encodes the specified JobStatus message. Does not implicitly {@link dqoes.v1.JobStatus.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.JobStatus
             * @static
             * @param {dqoes.v1.JobStatus.$Properties} message JobStatus message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            JobStatus.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.spec != null && $Object.hasOwnProperty.call(message, "spec"))
                    $root.dqoes.v1.JobSpec.encode(message.spec, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.origin != null && $Object.hasOwnProperty.call(message, "origin") && message.origin !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.origin);
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.state);
                if (message.reasons != null && message.reasons.length)
                    for (let i = 0; i < message.reasons.length; ++i)
                        writer.uint32(/* id 4, wireType 2 =*/34).string(message.reasons[i]);
                if (message.allocations != null && message.allocations.length)
                    for (let i = 0; i < message.allocations.length; ++i)
                        $root.dqoes.v1.AllocationStatus.encode(message.allocations[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.owner != null && $Object.hasOwnProperty.call(message, "owner"))
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.owner);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a JobStatus message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.JobStatus
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.JobStatus & dqoes.v1.JobStatus.$Shape} JobStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            JobStatus.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.JobStatus();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.spec = $root.dqoes.v1.JobSpec.decode(reader, reader.size(), $undefined, _depth + 1, message.spec);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.origin = value;
                            else
                                delete message.origin;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.state = value;
                            else
                                delete message.state;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if (!(message.reasons && message.reasons.length))
                                message.reasons = [];
                            message.reasons.push(reader.stringVerify());
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (!(message.allocations && message.allocations.length))
                                message.allocations = [];
                            message.allocations.push($root.dqoes.v1.AllocationStatus.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.owner = reader.stringVerify();
                            message._owner = "owner";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a JobStatus message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.JobStatus
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.JobStatus} JobStatus
             */
            JobStatus.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.JobStatus)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.JobStatus: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.JobStatus();
                if (object.spec != null) {
                    if (!$util.isObject(object.spec))
                        throw $TypeError(".dqoes.v1.JobStatus.spec: object expected");
                    message.spec = $root.dqoes.v1.JobSpec.fromObject(object.spec, _depth + 1);
                }
                if (object.origin != null)
                    if (typeof object.origin !== "string" || object.origin.length)
                        message.origin = $String(object.origin);
                if (object.state != null)
                    if (typeof object.state !== "string" || object.state.length)
                        message.state = $String(object.state);
                if (object.reasons) {
                    if (!$Array.isArray(object.reasons))
                        throw $TypeError(".dqoes.v1.JobStatus.reasons: array expected");
                    message.reasons = $Array(object.reasons.length);
                    for (let i = 0; i < object.reasons.length; ++i)
                        message.reasons[i] = $String(object.reasons[i]);
                }
                if (object.allocations) {
                    if (!$Array.isArray(object.allocations))
                        throw $TypeError(".dqoes.v1.JobStatus.allocations: array expected");
                    message.allocations = $Array(object.allocations.length);
                    for (let i = 0; i < object.allocations.length; ++i) {
                        if (!$util.isObject(object.allocations[i]))
                            throw $TypeError(".dqoes.v1.JobStatus.allocations: object expected");
                        message.allocations[i] = $root.dqoes.v1.AllocationStatus.fromObject(object.allocations[i], _depth + 1);
                    }
                }
                if (object.owner != null)
                    message.owner = $String(object.owner);
                return message;
            };

            /**
             * Creates a plain object from a JobStatus message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.JobStatus
             * @static
             * @param {dqoes.v1.JobStatus} message JobStatus
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            JobStatus.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults) {
                    object.reasons = [];
                    object.allocations = [];
                }
                if (options.defaults) {
                    object.spec = null;
                    object.origin = "";
                    object.state = "";
                }
                if (message.spec != null && $Object.hasOwnProperty.call(message, "spec"))
                    object.spec = $root.dqoes.v1.JobSpec.toObject(message.spec, options, _depth + 1);
                if (message.origin != null && $Object.hasOwnProperty.call(message, "origin"))
                    object.origin = message.origin;
                if (message.state != null && $Object.hasOwnProperty.call(message, "state"))
                    object.state = message.state;
                if (message.reasons && message.reasons.length) {
                    object.reasons = $Array(message.reasons.length);
                    for (let j = 0; j < message.reasons.length; ++j)
                        object.reasons[j] = message.reasons[j];
                }
                if (message.allocations && message.allocations.length) {
                    object.allocations = $Array(message.allocations.length);
                    for (let j = 0; j < message.allocations.length; ++j)
                        object.allocations[j] = $root.dqoes.v1.AllocationStatus.toObject(message.allocations[j], options, _depth + 1);
                }
                if (message.owner != null && $Object.hasOwnProperty.call(message, "owner"))
                    object.owner = message.owner;
                return object;
            };

            /**
             * Converts this JobStatus to JSON.
             * @function toJSON
             * @memberof dqoes.v1.JobStatus
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            JobStatus.prototype.toJSON = function() {
                return JobStatus.toObject(this, $protobuf.util.toJSONOptions);
            };

            return JobStatus;
        })();

        v1.NodeStatus = (function() {

            /**
             * Properties of a NodeStatus.
             * @typedef {Object} dqoes.v1.NodeStatus.$Properties
             * @property {string|null} [id] NodeStatus id
             * @property {string|null} [liveness] NodeStatus liveness
             * @property {number|null} [ageMs] NodeStatus ageMs
             * @property {dqoes.v1.HostReport.$Properties|null} [host] NodeStatus host
             * @property {Object.<string,string>|null} [labels] NodeStatus labels
             * @property {string|null} [agentVersion] NodeStatus agentVersion
             * @property {dqoes.v1.StateVersion.$Properties|null} [desired] NodeStatus desired
             * @property {dqoes.v1.StateVersion.$Properties|null} [holds] NodeStatus holds
             * @property {number|null} [limitedCpuCores] NodeStatus limitedCpuCores
             * @property {number|null} [containers] NodeStatus containers
             * @property {Array.<string>|null} [warnings] NodeStatus warnings
             * @property {string|null} [scheduling] NodeStatus scheduling
             * @property {Array.<dqoes.v1.GpuReport.$Properties>|null} [gpus] NodeStatus gpus
             * @property {number|null} [othersCpuCores] NodeStatus othersCpuCores
             * @property {boolean|null} [isWaiting] NodeStatus isWaiting
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NodeStatus.
             * @memberof dqoes.v1
             * @interface INodeStatus
             * @augments dqoes.v1.NodeStatus.$Properties
             * @deprecated Use dqoes.v1.NodeStatus.$Properties instead.
             */

            /**
             * Shape of a NodeStatus.
             * @typedef {dqoes.v1.NodeStatus.$Properties} dqoes.v1.NodeStatus.$Shape
             */

            /**
             * Constructs a new NodeStatus.
             * @memberof dqoes.v1
             * @classdesc Represents a NodeStatus.
             * @constructor
             * @param {dqoes.v1.NodeStatus.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NodeStatus = function (properties) {
                this.labels = {};
                this.warnings = [];
                this.gpus = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NodeStatus id.
             * @member {string} id
             * @memberof dqoes.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.id = "";

            /**
             * NodeStatus liveness.
             * @member {string} liveness
             * @memberof dqoes.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.liveness = "";

            /**
             * NodeStatus ageMs.
             * @member {number} ageMs
             * @memberof dqoes.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.ageMs = 0;

            /**
             * NodeStatus host.
             * @member {dqoes.v1.HostReport.$Properties|null|undefined} host
             * @memberof dqoes.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.host = null;

            /**
             * NodeStatus labels.
             * @member {Object.<string,string>} labels
             * @memberof dqoes.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.labels = $util.emptyObject;

            /**
             * NodeStatus agentVersion.
             * @member {string} agentVersion
             * @memberof dqoes.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.agentVersion = "";

            /**
             * NodeStatus desired.
             * @member {dqoes.v1.StateVersion.$Properties|null|undefined} desired
             * @memberof dqoes.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.desired = null;

            /**
             * NodeStatus holds.
             * @member {dqoes.v1.StateVersion.$Properties|null|undefined} holds
             * @memberof dqoes.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.holds = null;

            /**
             * NodeStatus limitedCpuCores.
             * @member {number} limitedCpuCores
             * @memberof dqoes.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.limitedCpuCores = 0;

            /**
             * NodeStatus containers.
             * @member {number} containers
             * @memberof dqoes.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.containers = 0;

            /**
             * NodeStatus warnings.
             * @member {Array.<string>} warnings
             * @memberof dqoes.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.warnings = $util.emptyArray;

            /**
             * NodeStatus scheduling.
             * @member {string|null|undefined} scheduling
             * @memberof dqoes.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.scheduling = null;

            /**
             * NodeStatus gpus.
             * @member {Array.<dqoes.v1.GpuReport.$Properties>} gpus
             * @memberof dqoes.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.gpus = $util.emptyArray;

            /**
             * NodeStatus othersCpuCores.
             * @member {number|null|undefined} othersCpuCores
             * @memberof dqoes.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.othersCpuCores = null;

            /**
             * NodeStatus isWaiting.
             * @member {boolean|null|undefined} isWaiting
             * @memberof dqoes.v1.NodeStatus
             * @instance
             */
            NodeStatus.prototype.isWaiting = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(NodeStatus.prototype, "_desired", {
                get: $util.oneOfGetter($oneOfFields = ["desired"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(NodeStatus.prototype, "_scheduling", {
                get: $util.oneOfGetter($oneOfFields = ["scheduling"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(NodeStatus.prototype, "_othersCpuCores", {
                get: $util.oneOfGetter($oneOfFields = ["othersCpuCores"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(NodeStatus.prototype, "_isWaiting", {
                get: $util.oneOfGetter($oneOfFields = ["isWaiting"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new NodeStatus instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.NodeStatus
             * @static
             * @param {dqoes.v1.NodeStatus.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.NodeStatus} NodeStatus instance
             * @type {{
             *   (properties: dqoes.v1.NodeStatus.$Shape): dqoes.v1.NodeStatus & dqoes.v1.NodeStatus.$Shape;
             *   (properties?: dqoes.v1.NodeStatus.$Properties): dqoes.v1.NodeStatus;
             * }}
             */
            NodeStatus.create = function(properties) {
                return new NodeStatus(properties);
            };

            /**
             * Encodes the specified NodeStatus message. Does not implicitly {@link dqoes.v1.NodeStatus.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.NodeStatus
             * @static
             * @param {dqoes.v1.NodeStatus.$Properties} message NodeStatus message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NodeStatus.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                if (message.liveness != null && $Object.hasOwnProperty.call(message, "liveness") && message.liveness !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.liveness);
                if (message.ageMs != null && $Object.hasOwnProperty.call(message, "ageMs") && !$Object.is(message.ageMs, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.ageMs);
                if (message.host != null && $Object.hasOwnProperty.call(message, "host"))
                    $root.dqoes.v1.HostReport.encode(message.host, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.labels != null && $Object.hasOwnProperty.call(message, "labels"))
                    for (let keys = $Object.keys(message.labels), i = 0; i < keys.length; ++i)
                        writer.uint32(/* id 5, wireType 2 =*/42).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 2 =*/18).string(message.labels[keys[i]]).ldelim();
                if (message.agentVersion != null && $Object.hasOwnProperty.call(message, "agentVersion") && message.agentVersion !== "")
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.agentVersion);
                if (message.desired != null && $Object.hasOwnProperty.call(message, "desired"))
                    $root.dqoes.v1.StateVersion.encode(message.desired, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.holds != null && $Object.hasOwnProperty.call(message, "holds"))
                    $root.dqoes.v1.StateVersion.encode(message.holds, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.limitedCpuCores != null && $Object.hasOwnProperty.call(message, "limitedCpuCores") && !$Object.is(message.limitedCpuCores, 0))
                    writer.uint32(/* id 9, wireType 1 =*/73).double(message.limitedCpuCores);
                if (message.containers != null && $Object.hasOwnProperty.call(message, "containers") && message.containers !== 0)
                    writer.uint32(/* id 10, wireType 0 =*/80).uint32(message.containers);
                if (message.warnings != null && message.warnings.length)
                    for (let i = 0; i < message.warnings.length; ++i)
                        writer.uint32(/* id 11, wireType 2 =*/90).string(message.warnings[i]);
                if (message.scheduling != null && $Object.hasOwnProperty.call(message, "scheduling"))
                    writer.uint32(/* id 12, wireType 2 =*/98).string(message.scheduling);
                if (message.gpus != null && message.gpus.length)
                    for (let i = 0; i < message.gpus.length; ++i)
                        $root.dqoes.v1.GpuReport.encode(message.gpus[i], writer.uint32(/* id 13, wireType 2 =*/106).fork(), _depth + 1).ldelim();
                if (message.othersCpuCores != null && $Object.hasOwnProperty.call(message, "othersCpuCores"))
                    writer.uint32(/* id 14, wireType 1 =*/113).double(message.othersCpuCores);
                if (message.isWaiting != null && $Object.hasOwnProperty.call(message, "isWaiting"))
                    writer.uint32(/* id 15, wireType 0 =*/120).bool(message.isWaiting);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NodeStatus message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.NodeStatus
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.NodeStatus & dqoes.v1.NodeStatus.$Shape} NodeStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NodeStatus.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, key, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.NodeStatus();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.liveness = value;
                            else
                                delete message.liveness;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.ageMs = value;
                            else
                                delete message.ageMs;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.host = $root.dqoes.v1.HostReport.decode(reader, reader.size(), $undefined, _depth + 1, message.host);
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if (message.labels === $util.emptyObject)
                                message.labels = {};
                            let end2 = reader.size() + reader.pos;
                            if (end2 > reader.len)
                                throw $RangeError("index out of range");
                            reader.len = end2;
                            key = "";
                            value = "";
                            while (reader.pos < end2) {
                                let tag2 = reader.tag();
                                wireType = tag2 & 7;
                                switch (tag2 >>>= 3) {
                                case 1:
                                    if (wireType !== 2)
                                        break;
                                    key = reader.stringVerify();
                                    continue;
                                case 2:
                                    if (wireType !== 2)
                                        break;
                                    value = reader.stringVerify();
                                    continue;
                                }
                                reader.skipType(wireType, _depth, tag2);
                            }
                            if (reader.pos !== end2)
                                throw $RangeError("index out of range");
                            reader.len = end;
                            if (key === "__proto__")
                                $util.makeProp(message.labels, key);
                            message.labels[key] = value;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.agentVersion = value;
                            else
                                delete message.agentVersion;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.desired = $root.dqoes.v1.StateVersion.decode(reader, reader.size(), $undefined, _depth + 1, message.desired);
                            message._desired = "desired";
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.holds = $root.dqoes.v1.StateVersion.decode(reader, reader.size(), $undefined, _depth + 1, message.holds);
                            continue;
                        }
                    case 9: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.limitedCpuCores = value;
                            else
                                delete message.limitedCpuCores;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.containers = value;
                            else
                                delete message.containers;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            if (!(message.warnings && message.warnings.length))
                                message.warnings = [];
                            message.warnings.push(reader.stringVerify());
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            message.scheduling = reader.stringVerify();
                            message._scheduling = "scheduling";
                            continue;
                        }
                    case 13: {
                            if (wireType !== 2)
                                break;
                            if (!(message.gpus && message.gpus.length))
                                message.gpus = [];
                            message.gpus.push($root.dqoes.v1.GpuReport.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 14: {
                            if (wireType !== 1)
                                break;
                            message.othersCpuCores = reader.double();
                            message._othersCpuCores = "othersCpuCores";
                            continue;
                        }
                    case 15: {
                            if (wireType !== 0)
                                break;
                            message.isWaiting = reader.bool();
                            message._isWaiting = "isWaiting";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a NodeStatus message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.NodeStatus
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.NodeStatus} NodeStatus
             */
            NodeStatus.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.NodeStatus)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.NodeStatus: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.NodeStatus();
                if (object.id != null)
                    if (typeof object.id !== "string" || object.id.length)
                        message.id = $String(object.id);
                if (object.liveness != null)
                    if (typeof object.liveness !== "string" || object.liveness.length)
                        message.liveness = $String(object.liveness);
                if (object.ageMs != null)
                    if (!$Object.is($Number(object.ageMs), 0))
                        message.ageMs = $Number(object.ageMs);
                if (object.host != null) {
                    if (!$util.isObject(object.host))
                        throw $TypeError(".dqoes.v1.NodeStatus.host: object expected");
                    message.host = $root.dqoes.v1.HostReport.fromObject(object.host, _depth + 1);
                }
                if (object.labels) {
                    if (!$util.isObject(object.labels))
                        throw $TypeError(".dqoes.v1.NodeStatus.labels: object expected");
                    message.labels = {};
                    for (let keys = $Object.keys(object.labels), i = 0; i < keys.length; ++i) {
                        if (keys[i] === "__proto__")
                            $util.makeProp(message.labels, keys[i]);
                        message.labels[keys[i]] = $String(object.labels[keys[i]]);
                    }
                }
                if (object.agentVersion != null)
                    if (typeof object.agentVersion !== "string" || object.agentVersion.length)
                        message.agentVersion = $String(object.agentVersion);
                if (object.desired != null) {
                    if (!$util.isObject(object.desired))
                        throw $TypeError(".dqoes.v1.NodeStatus.desired: object expected");
                    message.desired = $root.dqoes.v1.StateVersion.fromObject(object.desired, _depth + 1);
                }
                if (object.holds != null) {
                    if (!$util.isObject(object.holds))
                        throw $TypeError(".dqoes.v1.NodeStatus.holds: object expected");
                    message.holds = $root.dqoes.v1.StateVersion.fromObject(object.holds, _depth + 1);
                }
                if (object.limitedCpuCores != null)
                    if (!$Object.is($Number(object.limitedCpuCores), 0))
                        message.limitedCpuCores = $Number(object.limitedCpuCores);
                if (object.containers != null)
                    if ($Number(object.containers) !== 0)
                        message.containers = object.containers >>> 0;
                if (object.warnings) {
                    if (!$Array.isArray(object.warnings))
                        throw $TypeError(".dqoes.v1.NodeStatus.warnings: array expected");
                    message.warnings = $Array(object.warnings.length);
                    for (let i = 0; i < object.warnings.length; ++i)
                        message.warnings[i] = $String(object.warnings[i]);
                }
                if (object.scheduling != null)
                    message.scheduling = $String(object.scheduling);
                if (object.gpus) {
                    if (!$Array.isArray(object.gpus))
                        throw $TypeError(".dqoes.v1.NodeStatus.gpus: array expected");
                    message.gpus = $Array(object.gpus.length);
                    for (let i = 0; i < object.gpus.length; ++i) {
                        if (!$util.isObject(object.gpus[i]))
                            throw $TypeError(".dqoes.v1.NodeStatus.gpus: object expected");
                        message.gpus[i] = $root.dqoes.v1.GpuReport.fromObject(object.gpus[i], _depth + 1);
                    }
                }
                if (object.othersCpuCores != null)
                    message.othersCpuCores = $Number(object.othersCpuCores);
                if (object.isWaiting != null)
                    message.isWaiting = $Boolean(object.isWaiting);
                return message;
            };

            /**
             * Creates a plain object from a NodeStatus message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.NodeStatus
             * @static
             * @param {dqoes.v1.NodeStatus} message NodeStatus
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            NodeStatus.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults) {
                    object.warnings = [];
                    object.gpus = [];
                }
                if (options.objects || options.defaults)
                    object.labels = {};
                if (options.defaults) {
                    object.id = "";
                    object.liveness = "";
                    object.ageMs = 0;
                    object.host = null;
                    object.agentVersion = "";
                    object.holds = null;
                    object.limitedCpuCores = 0;
                    object.containers = 0;
                }
                if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                    object.id = message.id;
                if (message.liveness != null && $Object.hasOwnProperty.call(message, "liveness"))
                    object.liveness = message.liveness;
                if (message.ageMs != null && $Object.hasOwnProperty.call(message, "ageMs"))
                    object.ageMs = options.json && !$isFinite(message.ageMs) ? $String(message.ageMs) : message.ageMs;
                if (message.host != null && $Object.hasOwnProperty.call(message, "host"))
                    object.host = $root.dqoes.v1.HostReport.toObject(message.host, options, _depth + 1);
                let keys2;
                if (message.labels && (keys2 = $Object.keys(message.labels)).length) {
                    object.labels = {};
                    for (let j = 0; j < keys2.length; ++j) {
                        if (keys2[j] === "__proto__")
                            $util.makeProp(object.labels, keys2[j]);
                        object.labels[keys2[j]] = message.labels[keys2[j]];
                    }
                }
                if (message.agentVersion != null && $Object.hasOwnProperty.call(message, "agentVersion"))
                    object.agentVersion = message.agentVersion;
                if (message.desired != null && $Object.hasOwnProperty.call(message, "desired"))
                    object.desired = $root.dqoes.v1.StateVersion.toObject(message.desired, options, _depth + 1);
                if (message.holds != null && $Object.hasOwnProperty.call(message, "holds"))
                    object.holds = $root.dqoes.v1.StateVersion.toObject(message.holds, options, _depth + 1);
                if (message.limitedCpuCores != null && $Object.hasOwnProperty.call(message, "limitedCpuCores"))
                    object.limitedCpuCores = options.json && !$isFinite(message.limitedCpuCores) ? $String(message.limitedCpuCores) : message.limitedCpuCores;
                if (message.containers != null && $Object.hasOwnProperty.call(message, "containers"))
                    object.containers = message.containers;
                if (message.warnings && message.warnings.length) {
                    object.warnings = $Array(message.warnings.length);
                    for (let j = 0; j < message.warnings.length; ++j)
                        object.warnings[j] = message.warnings[j];
                }
                if (message.scheduling != null && $Object.hasOwnProperty.call(message, "scheduling"))
                    object.scheduling = message.scheduling;
                if (message.gpus && message.gpus.length) {
                    object.gpus = $Array(message.gpus.length);
                    for (let j = 0; j < message.gpus.length; ++j)
                        object.gpus[j] = $root.dqoes.v1.GpuReport.toObject(message.gpus[j], options, _depth + 1);
                }
                if (message.othersCpuCores != null && $Object.hasOwnProperty.call(message, "othersCpuCores"))
                    object.othersCpuCores = options.json && !$isFinite(message.othersCpuCores) ? $String(message.othersCpuCores) : message.othersCpuCores;
                if (message.isWaiting != null && $Object.hasOwnProperty.call(message, "isWaiting"))
                    object.isWaiting = message.isWaiting;
                return object;
            };

            /**
             * Converts this NodeStatus to JSON.
             * @function toJSON
             * @memberof dqoes.v1.NodeStatus
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            NodeStatus.prototype.toJSON = function() {
                return NodeStatus.toObject(this, $protobuf.util.toJSONOptions);
            };

            return NodeStatus;
        })();

        v1.PlannedAllocation = (function() {

            /**
             * Properties of a PlannedAllocation.
             * @typedef {Object} dqoes.v1.PlannedAllocation.$Properties
             * @property {string|null} [id] PlannedAllocation id
             * @property {string|null} [node] PlannedAllocation node
             * @property {string|null} [verdict] PlannedAllocation verdict
             * @property {number|null} [limitCores] PlannedAllocation limitCores
             * @property {number|null} [expectedMs] PlannedAllocation expectedMs
             * @property {number|null} [reachableMs] PlannedAllocation reachableMs
             * @property {number|null} [neededCores] PlannedAllocation neededCores
             * @property {string|null} [reason] PlannedAllocation reason
             * @property {number|null} [guaranteeCores] PlannedAllocation guaranteeCores
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PlannedAllocation.
             * @memberof dqoes.v1
             * @interface IPlannedAllocation
             * @augments dqoes.v1.PlannedAllocation.$Properties
             * @deprecated Use dqoes.v1.PlannedAllocation.$Properties instead.
             */

            /**
             * Shape of a PlannedAllocation.
             * @typedef {dqoes.v1.PlannedAllocation.$Properties} dqoes.v1.PlannedAllocation.$Shape
             */

            /**
             * Constructs a new PlannedAllocation.
             * @memberof dqoes.v1
             * @classdesc Represents a PlannedAllocation.
             * @constructor
             * @param {dqoes.v1.PlannedAllocation.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PlannedAllocation = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PlannedAllocation id.
             * @member {string} id
             * @memberof dqoes.v1.PlannedAllocation
             * @instance
             */
            PlannedAllocation.prototype.id = "";

            /**
             * PlannedAllocation node.
             * @member {string|null|undefined} node
             * @memberof dqoes.v1.PlannedAllocation
             * @instance
             */
            PlannedAllocation.prototype.node = null;

            /**
             * PlannedAllocation verdict.
             * @member {string} verdict
             * @memberof dqoes.v1.PlannedAllocation
             * @instance
             */
            PlannedAllocation.prototype.verdict = "";

            /**
             * PlannedAllocation limitCores.
             * @member {number|null|undefined} limitCores
             * @memberof dqoes.v1.PlannedAllocation
             * @instance
             */
            PlannedAllocation.prototype.limitCores = null;

            /**
             * PlannedAllocation expectedMs.
             * @member {number|null|undefined} expectedMs
             * @memberof dqoes.v1.PlannedAllocation
             * @instance
             */
            PlannedAllocation.prototype.expectedMs = null;

            /**
             * PlannedAllocation reachableMs.
             * @member {number|null|undefined} reachableMs
             * @memberof dqoes.v1.PlannedAllocation
             * @instance
             */
            PlannedAllocation.prototype.reachableMs = null;

            /**
             * PlannedAllocation neededCores.
             * @member {number|null|undefined} neededCores
             * @memberof dqoes.v1.PlannedAllocation
             * @instance
             */
            PlannedAllocation.prototype.neededCores = null;

            /**
             * PlannedAllocation reason.
             * @member {string} reason
             * @memberof dqoes.v1.PlannedAllocation
             * @instance
             */
            PlannedAllocation.prototype.reason = "";

            /**
             * PlannedAllocation guaranteeCores.
             * @member {number|null|undefined} guaranteeCores
             * @memberof dqoes.v1.PlannedAllocation
             * @instance
             */
            PlannedAllocation.prototype.guaranteeCores = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(PlannedAllocation.prototype, "_node", {
                get: $util.oneOfGetter($oneOfFields = ["node"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(PlannedAllocation.prototype, "_limitCores", {
                get: $util.oneOfGetter($oneOfFields = ["limitCores"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(PlannedAllocation.prototype, "_expectedMs", {
                get: $util.oneOfGetter($oneOfFields = ["expectedMs"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(PlannedAllocation.prototype, "_reachableMs", {
                get: $util.oneOfGetter($oneOfFields = ["reachableMs"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(PlannedAllocation.prototype, "_neededCores", {
                get: $util.oneOfGetter($oneOfFields = ["neededCores"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(PlannedAllocation.prototype, "_guaranteeCores", {
                get: $util.oneOfGetter($oneOfFields = ["guaranteeCores"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new PlannedAllocation instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.PlannedAllocation
             * @static
             * @param {dqoes.v1.PlannedAllocation.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.PlannedAllocation} PlannedAllocation instance
             * @type {{
             *   (properties: dqoes.v1.PlannedAllocation.$Shape): dqoes.v1.PlannedAllocation & dqoes.v1.PlannedAllocation.$Shape;
             *   (properties?: dqoes.v1.PlannedAllocation.$Properties): dqoes.v1.PlannedAllocation;
             * }}
             */
            PlannedAllocation.create = function(properties) {
                return new PlannedAllocation(properties);
            };

            /**
             * Encodes the specified PlannedAllocation message. Does not implicitly {@link dqoes.v1.PlannedAllocation.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.PlannedAllocation
             * @static
             * @param {dqoes.v1.PlannedAllocation.$Properties} message PlannedAllocation message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PlannedAllocation.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                if (message.node != null && $Object.hasOwnProperty.call(message, "node"))
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.node);
                if (message.verdict != null && $Object.hasOwnProperty.call(message, "verdict") && message.verdict !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.verdict);
                if (message.limitCores != null && $Object.hasOwnProperty.call(message, "limitCores"))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.limitCores);
                if (message.expectedMs != null && $Object.hasOwnProperty.call(message, "expectedMs"))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.expectedMs);
                if (message.reachableMs != null && $Object.hasOwnProperty.call(message, "reachableMs"))
                    writer.uint32(/* id 6, wireType 1 =*/49).double(message.reachableMs);
                if (message.neededCores != null && $Object.hasOwnProperty.call(message, "neededCores"))
                    writer.uint32(/* id 7, wireType 1 =*/57).double(message.neededCores);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 8, wireType 2 =*/66).string(message.reason);
                if (message.guaranteeCores != null && $Object.hasOwnProperty.call(message, "guaranteeCores"))
                    writer.uint32(/* id 9, wireType 1 =*/73).double(message.guaranteeCores);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PlannedAllocation message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.PlannedAllocation
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.PlannedAllocation & dqoes.v1.PlannedAllocation.$Shape} PlannedAllocation
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PlannedAllocation.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.PlannedAllocation();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.node = reader.stringVerify();
                            message._node = "node";
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.verdict = value;
                            else
                                delete message.verdict;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            message.limitCores = reader.double();
                            message._limitCores = "limitCores";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            message.expectedMs = reader.double();
                            message._expectedMs = "expectedMs";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 1)
                                break;
                            message.reachableMs = reader.double();
                            message._reachableMs = "reachableMs";
                            continue;
                        }
                    case 7: {
                            if (wireType !== 1)
                                break;
                            message.neededCores = reader.double();
                            message._neededCores = "neededCores";
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 1)
                                break;
                            message.guaranteeCores = reader.double();
                            message._guaranteeCores = "guaranteeCores";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a PlannedAllocation message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.PlannedAllocation
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.PlannedAllocation} PlannedAllocation
             */
            PlannedAllocation.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.PlannedAllocation)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.PlannedAllocation: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.PlannedAllocation();
                if (object.id != null)
                    if (typeof object.id !== "string" || object.id.length)
                        message.id = $String(object.id);
                if (object.node != null)
                    message.node = $String(object.node);
                if (object.verdict != null)
                    if (typeof object.verdict !== "string" || object.verdict.length)
                        message.verdict = $String(object.verdict);
                if (object.limitCores != null)
                    message.limitCores = $Number(object.limitCores);
                if (object.expectedMs != null)
                    message.expectedMs = $Number(object.expectedMs);
                if (object.reachableMs != null)
                    message.reachableMs = $Number(object.reachableMs);
                if (object.neededCores != null)
                    message.neededCores = $Number(object.neededCores);
                if (object.reason != null)
                    if (typeof object.reason !== "string" || object.reason.length)
                        message.reason = $String(object.reason);
                if (object.guaranteeCores != null)
                    message.guaranteeCores = $Number(object.guaranteeCores);
                return message;
            };

            /**
             * Creates a plain object from a PlannedAllocation message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.PlannedAllocation
             * @static
             * @param {dqoes.v1.PlannedAllocation} message PlannedAllocation
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            PlannedAllocation.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.id = "";
                    object.verdict = "";
                    object.reason = "";
                }
                if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                    object.id = message.id;
                if (message.node != null && $Object.hasOwnProperty.call(message, "node"))
                    object.node = message.node;
                if (message.verdict != null && $Object.hasOwnProperty.call(message, "verdict"))
                    object.verdict = message.verdict;
                if (message.limitCores != null && $Object.hasOwnProperty.call(message, "limitCores"))
                    object.limitCores = options.json && !$isFinite(message.limitCores) ? $String(message.limitCores) : message.limitCores;
                if (message.expectedMs != null && $Object.hasOwnProperty.call(message, "expectedMs"))
                    object.expectedMs = options.json && !$isFinite(message.expectedMs) ? $String(message.expectedMs) : message.expectedMs;
                if (message.reachableMs != null && $Object.hasOwnProperty.call(message, "reachableMs"))
                    object.reachableMs = options.json && !$isFinite(message.reachableMs) ? $String(message.reachableMs) : message.reachableMs;
                if (message.neededCores != null && $Object.hasOwnProperty.call(message, "neededCores"))
                    object.neededCores = options.json && !$isFinite(message.neededCores) ? $String(message.neededCores) : message.neededCores;
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason"))
                    object.reason = message.reason;
                if (message.guaranteeCores != null && $Object.hasOwnProperty.call(message, "guaranteeCores"))
                    object.guaranteeCores = options.json && !$isFinite(message.guaranteeCores) ? $String(message.guaranteeCores) : message.guaranteeCores;
                return object;
            };

            /**
             * Converts this PlannedAllocation to JSON.
             * @function toJSON
             * @memberof dqoes.v1.PlannedAllocation
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            PlannedAllocation.prototype.toJSON = function() {
                return PlannedAllocation.toObject(this, $protobuf.util.toJSONOptions);
            };

            return PlannedAllocation;
        })();

        v1.PlannedEffect = (function() {

            /**
             * Properties of a PlannedEffect.
             * @typedef {Object} dqoes.v1.PlannedEffect.$Properties
             * @property {string|null} [allocation] PlannedEffect allocation
             * @property {string|null} [job] PlannedEffect job
             * @property {string|null} [node] PlannedEffect node
             * @property {string|null} [effect] PlannedEffect effect
             * @property {string|null} [reason] PlannedEffect reason
             * @property {string|null} [container] PlannedEffect container
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PlannedEffect.
             * @memberof dqoes.v1
             * @interface IPlannedEffect
             * @augments dqoes.v1.PlannedEffect.$Properties
             * @deprecated Use dqoes.v1.PlannedEffect.$Properties instead.
             */

            /**
             * Shape of a PlannedEffect.
             * @typedef {dqoes.v1.PlannedEffect.$Properties} dqoes.v1.PlannedEffect.$Shape
             */

            /**
             * Constructs a new PlannedEffect.
             * @memberof dqoes.v1
             * @classdesc Represents a PlannedEffect.
             * @constructor
             * @param {dqoes.v1.PlannedEffect.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PlannedEffect = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PlannedEffect allocation.
             * @member {string} allocation
             * @memberof dqoes.v1.PlannedEffect
             * @instance
             */
            PlannedEffect.prototype.allocation = "";

            /**
             * PlannedEffect job.
             * @member {string} job
             * @memberof dqoes.v1.PlannedEffect
             * @instance
             */
            PlannedEffect.prototype.job = "";

            /**
             * PlannedEffect node.
             * @member {string} node
             * @memberof dqoes.v1.PlannedEffect
             * @instance
             */
            PlannedEffect.prototype.node = "";

            /**
             * PlannedEffect effect.
             * @member {string} effect
             * @memberof dqoes.v1.PlannedEffect
             * @instance
             */
            PlannedEffect.prototype.effect = "";

            /**
             * PlannedEffect reason.
             * @member {string} reason
             * @memberof dqoes.v1.PlannedEffect
             * @instance
             */
            PlannedEffect.prototype.reason = "";

            /**
             * PlannedEffect container.
             * @member {string|null|undefined} container
             * @memberof dqoes.v1.PlannedEffect
             * @instance
             */
            PlannedEffect.prototype.container = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(PlannedEffect.prototype, "_container", {
                get: $util.oneOfGetter($oneOfFields = ["container"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new PlannedEffect instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.PlannedEffect
             * @static
             * @param {dqoes.v1.PlannedEffect.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.PlannedEffect} PlannedEffect instance
             * @type {{
             *   (properties: dqoes.v1.PlannedEffect.$Shape): dqoes.v1.PlannedEffect & dqoes.v1.PlannedEffect.$Shape;
             *   (properties?: dqoes.v1.PlannedEffect.$Properties): dqoes.v1.PlannedEffect;
             * }}
             */
            PlannedEffect.create = function(properties) {
                return new PlannedEffect(properties);
            };

            /**
             * Encodes the specified PlannedEffect message. Does not implicitly {@link dqoes.v1.PlannedEffect.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.PlannedEffect
             * @static
             * @param {dqoes.v1.PlannedEffect.$Properties} message PlannedEffect message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PlannedEffect.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.allocation != null && $Object.hasOwnProperty.call(message, "allocation") && message.allocation !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.allocation);
                if (message.job != null && $Object.hasOwnProperty.call(message, "job") && message.job !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.job);
                if (message.node != null && $Object.hasOwnProperty.call(message, "node") && message.node !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.node);
                if (message.effect != null && $Object.hasOwnProperty.call(message, "effect") && message.effect !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.effect);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.reason);
                if (message.container != null && $Object.hasOwnProperty.call(message, "container"))
                    writer.uint32(/* id 6, wireType 2 =*/50).string(message.container);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PlannedEffect message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.PlannedEffect
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.PlannedEffect & dqoes.v1.PlannedEffect.$Shape} PlannedEffect
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PlannedEffect.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.PlannedEffect();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.allocation = value;
                            else
                                delete message.allocation;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.job = value;
                            else
                                delete message.job;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.node = value;
                            else
                                delete message.node;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.effect = value;
                            else
                                delete message.effect;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.container = reader.stringVerify();
                            message._container = "container";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a PlannedEffect message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.PlannedEffect
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.PlannedEffect} PlannedEffect
             */
            PlannedEffect.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.PlannedEffect)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.PlannedEffect: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.PlannedEffect();
                if (object.allocation != null)
                    if (typeof object.allocation !== "string" || object.allocation.length)
                        message.allocation = $String(object.allocation);
                if (object.job != null)
                    if (typeof object.job !== "string" || object.job.length)
                        message.job = $String(object.job);
                if (object.node != null)
                    if (typeof object.node !== "string" || object.node.length)
                        message.node = $String(object.node);
                if (object.effect != null)
                    if (typeof object.effect !== "string" || object.effect.length)
                        message.effect = $String(object.effect);
                if (object.reason != null)
                    if (typeof object.reason !== "string" || object.reason.length)
                        message.reason = $String(object.reason);
                if (object.container != null)
                    message.container = $String(object.container);
                return message;
            };

            /**
             * Creates a plain object from a PlannedEffect message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.PlannedEffect
             * @static
             * @param {dqoes.v1.PlannedEffect} message PlannedEffect
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            PlannedEffect.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.allocation = "";
                    object.job = "";
                    object.node = "";
                    object.effect = "";
                    object.reason = "";
                }
                if (message.allocation != null && $Object.hasOwnProperty.call(message, "allocation"))
                    object.allocation = message.allocation;
                if (message.job != null && $Object.hasOwnProperty.call(message, "job"))
                    object.job = message.job;
                if (message.node != null && $Object.hasOwnProperty.call(message, "node"))
                    object.node = message.node;
                if (message.effect != null && $Object.hasOwnProperty.call(message, "effect"))
                    object.effect = message.effect;
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason"))
                    object.reason = message.reason;
                if (message.container != null && $Object.hasOwnProperty.call(message, "container"))
                    object.container = message.container;
                return object;
            };

            /**
             * Converts this PlannedEffect to JSON.
             * @function toJSON
             * @memberof dqoes.v1.PlannedEffect
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            PlannedEffect.prototype.toJSON = function() {
                return PlannedEffect.toObject(this, $protobuf.util.toJSONOptions);
            };

            return PlannedEffect;
        })();

        v1.JobPlan = (function() {

            /**
             * Properties of a JobPlan.
             * @typedef {Object} dqoes.v1.JobPlan.$Properties
             * @property {string|null} [job] JobPlan job
             * @property {string|null} [change] JobPlan change
             * @property {Array.<dqoes.v1.PlannedAllocation.$Properties>|null} [allocations] JobPlan allocations
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a JobPlan.
             * @memberof dqoes.v1
             * @interface IJobPlan
             * @augments dqoes.v1.JobPlan.$Properties
             * @deprecated Use dqoes.v1.JobPlan.$Properties instead.
             */

            /**
             * Shape of a JobPlan.
             * @typedef {dqoes.v1.JobPlan.$Properties} dqoes.v1.JobPlan.$Shape
             */

            /**
             * Constructs a new JobPlan.
             * @memberof dqoes.v1
             * @classdesc Represents a JobPlan.
             * @constructor
             * @param {dqoes.v1.JobPlan.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const JobPlan = function (properties) {
                this.allocations = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * JobPlan job.
             * @member {string} job
             * @memberof dqoes.v1.JobPlan
             * @instance
             */
            JobPlan.prototype.job = "";

            /**
             * JobPlan change.
             * @member {string} change
             * @memberof dqoes.v1.JobPlan
             * @instance
             */
            JobPlan.prototype.change = "";

            /**
             * JobPlan allocations.
             * @member {Array.<dqoes.v1.PlannedAllocation.$Properties>} allocations
             * @memberof dqoes.v1.JobPlan
             * @instance
             */
            JobPlan.prototype.allocations = $util.emptyArray;

            /**
             * Creates a new JobPlan instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.JobPlan
             * @static
             * @param {dqoes.v1.JobPlan.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.JobPlan} JobPlan instance
             * @type {{
             *   (properties: dqoes.v1.JobPlan.$Shape): dqoes.v1.JobPlan & dqoes.v1.JobPlan.$Shape;
             *   (properties?: dqoes.v1.JobPlan.$Properties): dqoes.v1.JobPlan;
             * }}
             */
            JobPlan.create = function(properties) {
                return new JobPlan(properties);
            };

            /**
             * Encodes the specified JobPlan message. Does not implicitly {@link dqoes.v1.JobPlan.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.JobPlan
             * @static
             * @param {dqoes.v1.JobPlan.$Properties} message JobPlan message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            JobPlan.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.job != null && $Object.hasOwnProperty.call(message, "job") && message.job !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.job);
                if (message.change != null && $Object.hasOwnProperty.call(message, "change") && message.change !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.change);
                if (message.allocations != null && message.allocations.length)
                    for (let i = 0; i < message.allocations.length; ++i)
                        $root.dqoes.v1.PlannedAllocation.encode(message.allocations[i], writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a JobPlan message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.JobPlan
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.JobPlan & dqoes.v1.JobPlan.$Shape} JobPlan
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            JobPlan.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.JobPlan();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.job = value;
                            else
                                delete message.job;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.change = value;
                            else
                                delete message.change;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.allocations && message.allocations.length))
                                message.allocations = [];
                            message.allocations.push($root.dqoes.v1.PlannedAllocation.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a JobPlan message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.JobPlan
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.JobPlan} JobPlan
             */
            JobPlan.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.JobPlan)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.JobPlan: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.JobPlan();
                if (object.job != null)
                    if (typeof object.job !== "string" || object.job.length)
                        message.job = $String(object.job);
                if (object.change != null)
                    if (typeof object.change !== "string" || object.change.length)
                        message.change = $String(object.change);
                if (object.allocations) {
                    if (!$Array.isArray(object.allocations))
                        throw $TypeError(".dqoes.v1.JobPlan.allocations: array expected");
                    message.allocations = $Array(object.allocations.length);
                    for (let i = 0; i < object.allocations.length; ++i) {
                        if (!$util.isObject(object.allocations[i]))
                            throw $TypeError(".dqoes.v1.JobPlan.allocations: object expected");
                        message.allocations[i] = $root.dqoes.v1.PlannedAllocation.fromObject(object.allocations[i], _depth + 1);
                    }
                }
                return message;
            };

            /**
             * Creates a plain object from a JobPlan message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.JobPlan
             * @static
             * @param {dqoes.v1.JobPlan} message JobPlan
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            JobPlan.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.allocations = [];
                if (options.defaults) {
                    object.job = "";
                    object.change = "";
                }
                if (message.job != null && $Object.hasOwnProperty.call(message, "job"))
                    object.job = message.job;
                if (message.change != null && $Object.hasOwnProperty.call(message, "change"))
                    object.change = message.change;
                if (message.allocations && message.allocations.length) {
                    object.allocations = $Array(message.allocations.length);
                    for (let j = 0; j < message.allocations.length; ++j)
                        object.allocations[j] = $root.dqoes.v1.PlannedAllocation.toObject(message.allocations[j], options, _depth + 1);
                }
                return object;
            };

            /**
             * Converts this JobPlan to JSON.
             * @function toJSON
             * @memberof dqoes.v1.JobPlan
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            JobPlan.prototype.toJSON = function() {
                return JobPlan.toObject(this, $protobuf.util.toJSONOptions);
            };

            return JobPlan;
        })();

        v1.JobSubmitRequest = (function() {

            /**
             * Properties of a JobSubmitRequest.
             * @typedef {Object} dqoes.v1.JobSubmitRequest.$Properties
             * @property {Array.<dqoes.v1.JobSpec.$Properties>|null} [jobs] JobSubmitRequest jobs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a JobSubmitRequest.
             * @memberof dqoes.v1
             * @interface IJobSubmitRequest
             * @augments dqoes.v1.JobSubmitRequest.$Properties
             * @deprecated Use dqoes.v1.JobSubmitRequest.$Properties instead.
             */

            /**
             * Shape of a JobSubmitRequest.
             * @typedef {dqoes.v1.JobSubmitRequest.$Properties} dqoes.v1.JobSubmitRequest.$Shape
             */

            /**
             * Constructs a new JobSubmitRequest.
             * @memberof dqoes.v1
             * @classdesc Represents a JobSubmitRequest.
             * @constructor
             * @param {dqoes.v1.JobSubmitRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const JobSubmitRequest = function (properties) {
                this.jobs = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * JobSubmitRequest jobs.
             * @member {Array.<dqoes.v1.JobSpec.$Properties>} jobs
             * @memberof dqoes.v1.JobSubmitRequest
             * @instance
             */
            JobSubmitRequest.prototype.jobs = $util.emptyArray;

            /**
             * Creates a new JobSubmitRequest instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.JobSubmitRequest
             * @static
             * @param {dqoes.v1.JobSubmitRequest.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.JobSubmitRequest} JobSubmitRequest instance
             * @type {{
             *   (properties: dqoes.v1.JobSubmitRequest.$Shape): dqoes.v1.JobSubmitRequest & dqoes.v1.JobSubmitRequest.$Shape;
             *   (properties?: dqoes.v1.JobSubmitRequest.$Properties): dqoes.v1.JobSubmitRequest;
             * }}
             */
            JobSubmitRequest.create = function(properties) {
                return new JobSubmitRequest(properties);
            };

            /**
             * Encodes the specified JobSubmitRequest message. Does not implicitly {@link dqoes.v1.JobSubmitRequest.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.JobSubmitRequest
             * @static
             * @param {dqoes.v1.JobSubmitRequest.$Properties} message JobSubmitRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            JobSubmitRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.jobs != null && message.jobs.length)
                    for (let i = 0; i < message.jobs.length; ++i)
                        $root.dqoes.v1.JobSpec.encode(message.jobs[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a JobSubmitRequest message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.JobSubmitRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.JobSubmitRequest & dqoes.v1.JobSubmitRequest.$Shape} JobSubmitRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            JobSubmitRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.JobSubmitRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.jobs && message.jobs.length))
                                message.jobs = [];
                            message.jobs.push($root.dqoes.v1.JobSpec.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a JobSubmitRequest message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.JobSubmitRequest
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.JobSubmitRequest} JobSubmitRequest
             */
            JobSubmitRequest.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.JobSubmitRequest)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.JobSubmitRequest: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.JobSubmitRequest();
                if (object.jobs) {
                    if (!$Array.isArray(object.jobs))
                        throw $TypeError(".dqoes.v1.JobSubmitRequest.jobs: array expected");
                    message.jobs = $Array(object.jobs.length);
                    for (let i = 0; i < object.jobs.length; ++i) {
                        if (!$util.isObject(object.jobs[i]))
                            throw $TypeError(".dqoes.v1.JobSubmitRequest.jobs: object expected");
                        message.jobs[i] = $root.dqoes.v1.JobSpec.fromObject(object.jobs[i], _depth + 1);
                    }
                }
                return message;
            };

            /**
             * Creates a plain object from a JobSubmitRequest message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.JobSubmitRequest
             * @static
             * @param {dqoes.v1.JobSubmitRequest} message JobSubmitRequest
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            JobSubmitRequest.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.jobs = [];
                if (message.jobs && message.jobs.length) {
                    object.jobs = $Array(message.jobs.length);
                    for (let j = 0; j < message.jobs.length; ++j)
                        object.jobs[j] = $root.dqoes.v1.JobSpec.toObject(message.jobs[j], options, _depth + 1);
                }
                return object;
            };

            /**
             * Converts this JobSubmitRequest to JSON.
             * @function toJSON
             * @memberof dqoes.v1.JobSubmitRequest
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            JobSubmitRequest.prototype.toJSON = function() {
                return JobSubmitRequest.toObject(this, $protobuf.util.toJSONOptions);
            };

            return JobSubmitRequest;
        })();

        v1.JobSubmitResponse = (function() {

            /**
             * Properties of a JobSubmitResponse.
             * @typedef {Object} dqoes.v1.JobSubmitResponse.$Properties
             * @property {Array.<string>|null} [created] JobSubmitResponse created
             * @property {Array.<string>|null} [updated] JobSubmitResponse updated
             * @property {Array.<string>|null} [unchanged] JobSubmitResponse unchanged
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a JobSubmitResponse.
             * @memberof dqoes.v1
             * @interface IJobSubmitResponse
             * @augments dqoes.v1.JobSubmitResponse.$Properties
             * @deprecated Use dqoes.v1.JobSubmitResponse.$Properties instead.
             */

            /**
             * Shape of a JobSubmitResponse.
             * @typedef {dqoes.v1.JobSubmitResponse.$Properties} dqoes.v1.JobSubmitResponse.$Shape
             */

            /**
             * Constructs a new JobSubmitResponse.
             * @memberof dqoes.v1
             * @classdesc Represents a JobSubmitResponse.
             * @constructor
             * @param {dqoes.v1.JobSubmitResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const JobSubmitResponse = function (properties) {
                this.created = [];
                this.updated = [];
                this.unchanged = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * JobSubmitResponse created.
             * @member {Array.<string>} created
             * @memberof dqoes.v1.JobSubmitResponse
             * @instance
             */
            JobSubmitResponse.prototype.created = $util.emptyArray;

            /**
             * JobSubmitResponse updated.
             * @member {Array.<string>} updated
             * @memberof dqoes.v1.JobSubmitResponse
             * @instance
             */
            JobSubmitResponse.prototype.updated = $util.emptyArray;

            /**
             * JobSubmitResponse unchanged.
             * @member {Array.<string>} unchanged
             * @memberof dqoes.v1.JobSubmitResponse
             * @instance
             */
            JobSubmitResponse.prototype.unchanged = $util.emptyArray;

            /**
             * Creates a new JobSubmitResponse instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.JobSubmitResponse
             * @static
             * @param {dqoes.v1.JobSubmitResponse.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.JobSubmitResponse} JobSubmitResponse instance
             * @type {{
             *   (properties: dqoes.v1.JobSubmitResponse.$Shape): dqoes.v1.JobSubmitResponse & dqoes.v1.JobSubmitResponse.$Shape;
             *   (properties?: dqoes.v1.JobSubmitResponse.$Properties): dqoes.v1.JobSubmitResponse;
             * }}
             */
            JobSubmitResponse.create = function(properties) {
                return new JobSubmitResponse(properties);
            };

            /**
             * Encodes the specified JobSubmitResponse message. Does not implicitly {@link dqoes.v1.JobSubmitResponse.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.JobSubmitResponse
             * @static
             * @param {dqoes.v1.JobSubmitResponse.$Properties} message JobSubmitResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            JobSubmitResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.created != null && message.created.length)
                    for (let i = 0; i < message.created.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).string(message.created[i]);
                if (message.updated != null && message.updated.length)
                    for (let i = 0; i < message.updated.length; ++i)
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.updated[i]);
                if (message.unchanged != null && message.unchanged.length)
                    for (let i = 0; i < message.unchanged.length; ++i)
                        writer.uint32(/* id 3, wireType 2 =*/26).string(message.unchanged[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a JobSubmitResponse message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.JobSubmitResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.JobSubmitResponse & dqoes.v1.JobSubmitResponse.$Shape} JobSubmitResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            JobSubmitResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.JobSubmitResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.created && message.created.length))
                                message.created = [];
                            message.created.push(reader.stringVerify());
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.updated && message.updated.length))
                                message.updated = [];
                            message.updated.push(reader.stringVerify());
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if (!(message.unchanged && message.unchanged.length))
                                message.unchanged = [];
                            message.unchanged.push(reader.stringVerify());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a JobSubmitResponse message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.JobSubmitResponse
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.JobSubmitResponse} JobSubmitResponse
             */
            JobSubmitResponse.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.JobSubmitResponse)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.JobSubmitResponse: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.JobSubmitResponse();
                if (object.created) {
                    if (!$Array.isArray(object.created))
                        throw $TypeError(".dqoes.v1.JobSubmitResponse.created: array expected");
                    message.created = $Array(object.created.length);
                    for (let i = 0; i < object.created.length; ++i)
                        message.created[i] = $String(object.created[i]);
                }
                if (object.updated) {
                    if (!$Array.isArray(object.updated))
                        throw $TypeError(".dqoes.v1.JobSubmitResponse.updated: array expected");
                    message.updated = $Array(object.updated.length);
                    for (let i = 0; i < object.updated.length; ++i)
                        message.updated[i] = $String(object.updated[i]);
                }
                if (object.unchanged) {
                    if (!$Array.isArray(object.unchanged))
                        throw $TypeError(".dqoes.v1.JobSubmitResponse.unchanged: array expected");
                    message.unchanged = $Array(object.unchanged.length);
                    for (let i = 0; i < object.unchanged.length; ++i)
                        message.unchanged[i] = $String(object.unchanged[i]);
                }
                return message;
            };

            /**
             * Creates a plain object from a JobSubmitResponse message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.JobSubmitResponse
             * @static
             * @param {dqoes.v1.JobSubmitResponse} message JobSubmitResponse
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            JobSubmitResponse.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults) {
                    object.created = [];
                    object.updated = [];
                    object.unchanged = [];
                }
                if (message.created && message.created.length) {
                    object.created = $Array(message.created.length);
                    for (let j = 0; j < message.created.length; ++j)
                        object.created[j] = message.created[j];
                }
                if (message.updated && message.updated.length) {
                    object.updated = $Array(message.updated.length);
                    for (let j = 0; j < message.updated.length; ++j)
                        object.updated[j] = message.updated[j];
                }
                if (message.unchanged && message.unchanged.length) {
                    object.unchanged = $Array(message.unchanged.length);
                    for (let j = 0; j < message.unchanged.length; ++j)
                        object.unchanged[j] = message.unchanged[j];
                }
                return object;
            };

            /**
             * Converts this JobSubmitResponse to JSON.
             * @function toJSON
             * @memberof dqoes.v1.JobSubmitResponse
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            JobSubmitResponse.prototype.toJSON = function() {
                return JobSubmitResponse.toObject(this, $protobuf.util.toJSONOptions);
            };

            return JobSubmitResponse;
        })();

        v1.JobPlanRequest = (function() {

            /**
             * Properties of a JobPlanRequest.
             * @typedef {Object} dqoes.v1.JobPlanRequest.$Properties
             * @property {Array.<dqoes.v1.JobSpec.$Properties>|null} [jobs] JobPlanRequest jobs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a JobPlanRequest.
             * @memberof dqoes.v1
             * @interface IJobPlanRequest
             * @augments dqoes.v1.JobPlanRequest.$Properties
             * @deprecated Use dqoes.v1.JobPlanRequest.$Properties instead.
             */

            /**
             * Shape of a JobPlanRequest.
             * @typedef {dqoes.v1.JobPlanRequest.$Properties} dqoes.v1.JobPlanRequest.$Shape
             */

            /**
             * Constructs a new JobPlanRequest.
             * @memberof dqoes.v1
             * @classdesc Represents a JobPlanRequest.
             * @constructor
             * @param {dqoes.v1.JobPlanRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const JobPlanRequest = function (properties) {
                this.jobs = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * JobPlanRequest jobs.
             * @member {Array.<dqoes.v1.JobSpec.$Properties>} jobs
             * @memberof dqoes.v1.JobPlanRequest
             * @instance
             */
            JobPlanRequest.prototype.jobs = $util.emptyArray;

            /**
             * Creates a new JobPlanRequest instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.JobPlanRequest
             * @static
             * @param {dqoes.v1.JobPlanRequest.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.JobPlanRequest} JobPlanRequest instance
             * @type {{
             *   (properties: dqoes.v1.JobPlanRequest.$Shape): dqoes.v1.JobPlanRequest & dqoes.v1.JobPlanRequest.$Shape;
             *   (properties?: dqoes.v1.JobPlanRequest.$Properties): dqoes.v1.JobPlanRequest;
             * }}
             */
            JobPlanRequest.create = function(properties) {
                return new JobPlanRequest(properties);
            };

            /**
             * Encodes the specified JobPlanRequest message. Does not implicitly {@link dqoes.v1.JobPlanRequest.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.JobPlanRequest
             * @static
             * @param {dqoes.v1.JobPlanRequest.$Properties} message JobPlanRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            JobPlanRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.jobs != null && message.jobs.length)
                    for (let i = 0; i < message.jobs.length; ++i)
                        $root.dqoes.v1.JobSpec.encode(message.jobs[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a JobPlanRequest message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.JobPlanRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.JobPlanRequest & dqoes.v1.JobPlanRequest.$Shape} JobPlanRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            JobPlanRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.JobPlanRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.jobs && message.jobs.length))
                                message.jobs = [];
                            message.jobs.push($root.dqoes.v1.JobSpec.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a JobPlanRequest message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.JobPlanRequest
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.JobPlanRequest} JobPlanRequest
             */
            JobPlanRequest.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.JobPlanRequest)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.JobPlanRequest: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.JobPlanRequest();
                if (object.jobs) {
                    if (!$Array.isArray(object.jobs))
                        throw $TypeError(".dqoes.v1.JobPlanRequest.jobs: array expected");
                    message.jobs = $Array(object.jobs.length);
                    for (let i = 0; i < object.jobs.length; ++i) {
                        if (!$util.isObject(object.jobs[i]))
                            throw $TypeError(".dqoes.v1.JobPlanRequest.jobs: object expected");
                        message.jobs[i] = $root.dqoes.v1.JobSpec.fromObject(object.jobs[i], _depth + 1);
                    }
                }
                return message;
            };

            /**
             * Creates a plain object from a JobPlanRequest message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.JobPlanRequest
             * @static
             * @param {dqoes.v1.JobPlanRequest} message JobPlanRequest
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            JobPlanRequest.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.jobs = [];
                if (message.jobs && message.jobs.length) {
                    object.jobs = $Array(message.jobs.length);
                    for (let j = 0; j < message.jobs.length; ++j)
                        object.jobs[j] = $root.dqoes.v1.JobSpec.toObject(message.jobs[j], options, _depth + 1);
                }
                return object;
            };

            /**
             * Converts this JobPlanRequest to JSON.
             * @function toJSON
             * @memberof dqoes.v1.JobPlanRequest
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            JobPlanRequest.prototype.toJSON = function() {
                return JobPlanRequest.toObject(this, $protobuf.util.toJSONOptions);
            };

            return JobPlanRequest;
        })();

        v1.JobPlanResponse = (function() {

            /**
             * Properties of a JobPlanResponse.
             * @typedef {Object} dqoes.v1.JobPlanResponse.$Properties
             * @property {Array.<dqoes.v1.JobPlan.$Properties>|null} [plans] JobPlanResponse plans
             * @property {Array.<dqoes.v1.PlannedEffect.$Properties>|null} [effects] JobPlanResponse effects
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a JobPlanResponse.
             * @memberof dqoes.v1
             * @interface IJobPlanResponse
             * @augments dqoes.v1.JobPlanResponse.$Properties
             * @deprecated Use dqoes.v1.JobPlanResponse.$Properties instead.
             */

            /**
             * Shape of a JobPlanResponse.
             * @typedef {dqoes.v1.JobPlanResponse.$Properties} dqoes.v1.JobPlanResponse.$Shape
             */

            /**
             * Constructs a new JobPlanResponse.
             * @memberof dqoes.v1
             * @classdesc Represents a JobPlanResponse.
             * @constructor
             * @param {dqoes.v1.JobPlanResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const JobPlanResponse = function (properties) {
                this.plans = [];
                this.effects = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * JobPlanResponse plans.
             * @member {Array.<dqoes.v1.JobPlan.$Properties>} plans
             * @memberof dqoes.v1.JobPlanResponse
             * @instance
             */
            JobPlanResponse.prototype.plans = $util.emptyArray;

            /**
             * JobPlanResponse effects.
             * @member {Array.<dqoes.v1.PlannedEffect.$Properties>} effects
             * @memberof dqoes.v1.JobPlanResponse
             * @instance
             */
            JobPlanResponse.prototype.effects = $util.emptyArray;

            /**
             * Creates a new JobPlanResponse instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.JobPlanResponse
             * @static
             * @param {dqoes.v1.JobPlanResponse.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.JobPlanResponse} JobPlanResponse instance
             * @type {{
             *   (properties: dqoes.v1.JobPlanResponse.$Shape): dqoes.v1.JobPlanResponse & dqoes.v1.JobPlanResponse.$Shape;
             *   (properties?: dqoes.v1.JobPlanResponse.$Properties): dqoes.v1.JobPlanResponse;
             * }}
             */
            JobPlanResponse.create = function(properties) {
                return new JobPlanResponse(properties);
            };

            /**
             * Encodes the specified JobPlanResponse message. Does not implicitly {@link dqoes.v1.JobPlanResponse.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.JobPlanResponse
             * @static
             * @param {dqoes.v1.JobPlanResponse.$Properties} message JobPlanResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            JobPlanResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.plans != null && message.plans.length)
                    for (let i = 0; i < message.plans.length; ++i)
                        $root.dqoes.v1.JobPlan.encode(message.plans[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.effects != null && message.effects.length)
                    for (let i = 0; i < message.effects.length; ++i)
                        $root.dqoes.v1.PlannedEffect.encode(message.effects[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a JobPlanResponse message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.JobPlanResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.JobPlanResponse & dqoes.v1.JobPlanResponse.$Shape} JobPlanResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            JobPlanResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.JobPlanResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.plans && message.plans.length))
                                message.plans = [];
                            message.plans.push($root.dqoes.v1.JobPlan.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.effects && message.effects.length))
                                message.effects = [];
                            message.effects.push($root.dqoes.v1.PlannedEffect.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a JobPlanResponse message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.JobPlanResponse
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.JobPlanResponse} JobPlanResponse
             */
            JobPlanResponse.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.JobPlanResponse)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.JobPlanResponse: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.JobPlanResponse();
                if (object.plans) {
                    if (!$Array.isArray(object.plans))
                        throw $TypeError(".dqoes.v1.JobPlanResponse.plans: array expected");
                    message.plans = $Array(object.plans.length);
                    for (let i = 0; i < object.plans.length; ++i) {
                        if (!$util.isObject(object.plans[i]))
                            throw $TypeError(".dqoes.v1.JobPlanResponse.plans: object expected");
                        message.plans[i] = $root.dqoes.v1.JobPlan.fromObject(object.plans[i], _depth + 1);
                    }
                }
                if (object.effects) {
                    if (!$Array.isArray(object.effects))
                        throw $TypeError(".dqoes.v1.JobPlanResponse.effects: array expected");
                    message.effects = $Array(object.effects.length);
                    for (let i = 0; i < object.effects.length; ++i) {
                        if (!$util.isObject(object.effects[i]))
                            throw $TypeError(".dqoes.v1.JobPlanResponse.effects: object expected");
                        message.effects[i] = $root.dqoes.v1.PlannedEffect.fromObject(object.effects[i], _depth + 1);
                    }
                }
                return message;
            };

            /**
             * Creates a plain object from a JobPlanResponse message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.JobPlanResponse
             * @static
             * @param {dqoes.v1.JobPlanResponse} message JobPlanResponse
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            JobPlanResponse.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults) {
                    object.plans = [];
                    object.effects = [];
                }
                if (message.plans && message.plans.length) {
                    object.plans = $Array(message.plans.length);
                    for (let j = 0; j < message.plans.length; ++j)
                        object.plans[j] = $root.dqoes.v1.JobPlan.toObject(message.plans[j], options, _depth + 1);
                }
                if (message.effects && message.effects.length) {
                    object.effects = $Array(message.effects.length);
                    for (let j = 0; j < message.effects.length; ++j)
                        object.effects[j] = $root.dqoes.v1.PlannedEffect.toObject(message.effects[j], options, _depth + 1);
                }
                return object;
            };

            /**
             * Converts this JobPlanResponse to JSON.
             * @function toJSON
             * @memberof dqoes.v1.JobPlanResponse
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            JobPlanResponse.prototype.toJSON = function() {
                return JobPlanResponse.toObject(this, $protobuf.util.toJSONOptions);
            };

            return JobPlanResponse;
        })();

        v1.JobStopRequest = (function() {

            /**
             * Properties of a JobStopRequest.
             * @typedef {Object} dqoes.v1.JobStopRequest.$Properties
             * @property {string|null} [name] JobStopRequest name
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a JobStopRequest.
             * @memberof dqoes.v1
             * @interface IJobStopRequest
             * @augments dqoes.v1.JobStopRequest.$Properties
             * @deprecated Use dqoes.v1.JobStopRequest.$Properties instead.
             */

            /**
             * Shape of a JobStopRequest.
             * @typedef {dqoes.v1.JobStopRequest.$Properties} dqoes.v1.JobStopRequest.$Shape
             */

            /**
             * Constructs a new JobStopRequest.
             * @memberof dqoes.v1
             * @classdesc Represents a JobStopRequest.
             * @constructor
             * @param {dqoes.v1.JobStopRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const JobStopRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * JobStopRequest name.
             * @member {string} name
             * @memberof dqoes.v1.JobStopRequest
             * @instance
             */
            JobStopRequest.prototype.name = "";

            /**
             * Creates a new JobStopRequest instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.JobStopRequest
             * @static
             * @param {dqoes.v1.JobStopRequest.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.JobStopRequest} JobStopRequest instance
             * @type {{
             *   (properties: dqoes.v1.JobStopRequest.$Shape): dqoes.v1.JobStopRequest & dqoes.v1.JobStopRequest.$Shape;
             *   (properties?: dqoes.v1.JobStopRequest.$Properties): dqoes.v1.JobStopRequest;
             * }}
             */
            JobStopRequest.create = function(properties) {
                return new JobStopRequest(properties);
            };

            /**
             * Encodes the specified JobStopRequest message. Does not implicitly {@link dqoes.v1.JobStopRequest.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.JobStopRequest
             * @static
             * @param {dqoes.v1.JobStopRequest.$Properties} message JobStopRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            JobStopRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a JobStopRequest message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.JobStopRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.JobStopRequest & dqoes.v1.JobStopRequest.$Shape} JobStopRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            JobStopRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.JobStopRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a JobStopRequest message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.JobStopRequest
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.JobStopRequest} JobStopRequest
             */
            JobStopRequest.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.JobStopRequest)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.JobStopRequest: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.JobStopRequest();
                if (object.name != null)
                    if (typeof object.name !== "string" || object.name.length)
                        message.name = $String(object.name);
                return message;
            };

            /**
             * Creates a plain object from a JobStopRequest message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.JobStopRequest
             * @static
             * @param {dqoes.v1.JobStopRequest} message JobStopRequest
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            JobStopRequest.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults)
                    object.name = "";
                if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                    object.name = message.name;
                return object;
            };

            /**
             * Converts this JobStopRequest to JSON.
             * @function toJSON
             * @memberof dqoes.v1.JobStopRequest
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            JobStopRequest.prototype.toJSON = function() {
                return JobStopRequest.toObject(this, $protobuf.util.toJSONOptions);
            };

            return JobStopRequest;
        })();

        v1.JobStopResponse = (function() {

            /**
             * Properties of a JobStopResponse.
             * @typedef {Object} dqoes.v1.JobStopResponse.$Properties
             * @property {string|null} [stopped] JobStopResponse stopped
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a JobStopResponse.
             * @memberof dqoes.v1
             * @interface IJobStopResponse
             * @augments dqoes.v1.JobStopResponse.$Properties
             * @deprecated Use dqoes.v1.JobStopResponse.$Properties instead.
             */

            /**
             * Shape of a JobStopResponse.
             * @typedef {dqoes.v1.JobStopResponse.$Properties} dqoes.v1.JobStopResponse.$Shape
             */

            /**
             * Constructs a new JobStopResponse.
             * @memberof dqoes.v1
             * @classdesc Represents a JobStopResponse.
             * @constructor
             * @param {dqoes.v1.JobStopResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const JobStopResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * JobStopResponse stopped.
             * @member {string} stopped
             * @memberof dqoes.v1.JobStopResponse
             * @instance
             */
            JobStopResponse.prototype.stopped = "";

            /**
             * Creates a new JobStopResponse instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.JobStopResponse
             * @static
             * @param {dqoes.v1.JobStopResponse.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.JobStopResponse} JobStopResponse instance
             * @type {{
             *   (properties: dqoes.v1.JobStopResponse.$Shape): dqoes.v1.JobStopResponse & dqoes.v1.JobStopResponse.$Shape;
             *   (properties?: dqoes.v1.JobStopResponse.$Properties): dqoes.v1.JobStopResponse;
             * }}
             */
            JobStopResponse.create = function(properties) {
                return new JobStopResponse(properties);
            };

            /**
             * Encodes the specified JobStopResponse message. Does not implicitly {@link dqoes.v1.JobStopResponse.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.JobStopResponse
             * @static
             * @param {dqoes.v1.JobStopResponse.$Properties} message JobStopResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            JobStopResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.stopped != null && $Object.hasOwnProperty.call(message, "stopped") && message.stopped !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.stopped);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a JobStopResponse message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.JobStopResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.JobStopResponse & dqoes.v1.JobStopResponse.$Shape} JobStopResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            JobStopResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.JobStopResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.stopped = value;
                            else
                                delete message.stopped;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a JobStopResponse message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.JobStopResponse
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.JobStopResponse} JobStopResponse
             */
            JobStopResponse.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.JobStopResponse)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.JobStopResponse: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.JobStopResponse();
                if (object.stopped != null)
                    if (typeof object.stopped !== "string" || object.stopped.length)
                        message.stopped = $String(object.stopped);
                return message;
            };

            /**
             * Creates a plain object from a JobStopResponse message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.JobStopResponse
             * @static
             * @param {dqoes.v1.JobStopResponse} message JobStopResponse
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            JobStopResponse.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults)
                    object.stopped = "";
                if (message.stopped != null && $Object.hasOwnProperty.call(message, "stopped"))
                    object.stopped = message.stopped;
                return object;
            };

            /**
             * Converts this JobStopResponse to JSON.
             * @function toJSON
             * @memberof dqoes.v1.JobStopResponse
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            JobStopResponse.prototype.toJSON = function() {
                return JobStopResponse.toObject(this, $protobuf.util.toJSONOptions);
            };

            return JobStopResponse;
        })();

        v1.JobListRequest = (function() {

            /**
             * Properties of a JobListRequest.
             * @typedef {Object} dqoes.v1.JobListRequest.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a JobListRequest.
             * @memberof dqoes.v1
             * @interface IJobListRequest
             * @augments dqoes.v1.JobListRequest.$Properties
             * @deprecated Use dqoes.v1.JobListRequest.$Properties instead.
             */

            /**
             * Shape of a JobListRequest.
             * @typedef {dqoes.v1.JobListRequest.$Properties} dqoes.v1.JobListRequest.$Shape
             */

            /**
             * Constructs a new JobListRequest.
             * @memberof dqoes.v1
             * @classdesc Represents a JobListRequest.
             * @constructor
             * @param {dqoes.v1.JobListRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const JobListRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Creates a new JobListRequest instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.JobListRequest
             * @static
             * @param {dqoes.v1.JobListRequest.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.JobListRequest} JobListRequest instance
             * @type {{
             *   (properties: dqoes.v1.JobListRequest.$Shape): dqoes.v1.JobListRequest & dqoes.v1.JobListRequest.$Shape;
             *   (properties?: dqoes.v1.JobListRequest.$Properties): dqoes.v1.JobListRequest;
             * }}
             */
            JobListRequest.create = function(properties) {
                return new JobListRequest(properties);
            };

            /**
             * Encodes the specified JobListRequest message. Does not implicitly {@link dqoes.v1.JobListRequest.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.JobListRequest
             * @static
             * @param {dqoes.v1.JobListRequest.$Properties} message JobListRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            JobListRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a JobListRequest message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.JobListRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.JobListRequest & dqoes.v1.JobListRequest.$Shape} JobListRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            JobListRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.JobListRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a JobListRequest message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.JobListRequest
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.JobListRequest} JobListRequest
             */
            JobListRequest.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.JobListRequest)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.JobListRequest: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                return new $root.dqoes.v1.JobListRequest();
            };

            /**
             * Creates a plain object from a JobListRequest message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.JobListRequest
             * @static
             * @param {dqoes.v1.JobListRequest} message JobListRequest
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            JobListRequest.toObject = function () {
                return {};
            };

            /**
             * Converts this JobListRequest to JSON.
             * @function toJSON
             * @memberof dqoes.v1.JobListRequest
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            JobListRequest.prototype.toJSON = function() {
                return JobListRequest.toObject(this, $protobuf.util.toJSONOptions);
            };

            return JobListRequest;
        })();

        v1.JobListResponse = (function() {

            /**
             * Properties of a JobListResponse.
             * @typedef {Object} dqoes.v1.JobListResponse.$Properties
             * @property {Array.<dqoes.v1.JobStatus.$Properties>|null} [jobs] JobListResponse jobs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a JobListResponse.
             * @memberof dqoes.v1
             * @interface IJobListResponse
             * @augments dqoes.v1.JobListResponse.$Properties
             * @deprecated Use dqoes.v1.JobListResponse.$Properties instead.
             */

            /**
             * Shape of a JobListResponse.
             * @typedef {dqoes.v1.JobListResponse.$Properties} dqoes.v1.JobListResponse.$Shape
             */

            /**
             * Constructs a new JobListResponse.
             * @memberof dqoes.v1
             * @classdesc Represents a JobListResponse.
             * @constructor
             * @param {dqoes.v1.JobListResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const JobListResponse = function (properties) {
                this.jobs = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * JobListResponse jobs.
             * @member {Array.<dqoes.v1.JobStatus.$Properties>} jobs
             * @memberof dqoes.v1.JobListResponse
             * @instance
             */
            JobListResponse.prototype.jobs = $util.emptyArray;

            /**
             * Creates a new JobListResponse instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.JobListResponse
             * @static
             * @param {dqoes.v1.JobListResponse.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.JobListResponse} JobListResponse instance
             * @type {{
             *   (properties: dqoes.v1.JobListResponse.$Shape): dqoes.v1.JobListResponse & dqoes.v1.JobListResponse.$Shape;
             *   (properties?: dqoes.v1.JobListResponse.$Properties): dqoes.v1.JobListResponse;
             * }}
             */
            JobListResponse.create = function(properties) {
                return new JobListResponse(properties);
            };

            /**
             * Encodes the specified JobListResponse message. Does not implicitly {@link dqoes.v1.JobListResponse.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.JobListResponse
             * @static
             * @param {dqoes.v1.JobListResponse.$Properties} message JobListResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            JobListResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.jobs != null && message.jobs.length)
                    for (let i = 0; i < message.jobs.length; ++i)
                        $root.dqoes.v1.JobStatus.encode(message.jobs[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a JobListResponse message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.JobListResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.JobListResponse & dqoes.v1.JobListResponse.$Shape} JobListResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            JobListResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.JobListResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.jobs && message.jobs.length))
                                message.jobs = [];
                            message.jobs.push($root.dqoes.v1.JobStatus.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a JobListResponse message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.JobListResponse
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.JobListResponse} JobListResponse
             */
            JobListResponse.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.JobListResponse)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.JobListResponse: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.JobListResponse();
                if (object.jobs) {
                    if (!$Array.isArray(object.jobs))
                        throw $TypeError(".dqoes.v1.JobListResponse.jobs: array expected");
                    message.jobs = $Array(object.jobs.length);
                    for (let i = 0; i < object.jobs.length; ++i) {
                        if (!$util.isObject(object.jobs[i]))
                            throw $TypeError(".dqoes.v1.JobListResponse.jobs: object expected");
                        message.jobs[i] = $root.dqoes.v1.JobStatus.fromObject(object.jobs[i], _depth + 1);
                    }
                }
                return message;
            };

            /**
             * Creates a plain object from a JobListResponse message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.JobListResponse
             * @static
             * @param {dqoes.v1.JobListResponse} message JobListResponse
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            JobListResponse.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.jobs = [];
                if (message.jobs && message.jobs.length) {
                    object.jobs = $Array(message.jobs.length);
                    for (let j = 0; j < message.jobs.length; ++j)
                        object.jobs[j] = $root.dqoes.v1.JobStatus.toObject(message.jobs[j], options, _depth + 1);
                }
                return object;
            };

            /**
             * Converts this JobListResponse to JSON.
             * @function toJSON
             * @memberof dqoes.v1.JobListResponse
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            JobListResponse.prototype.toJSON = function() {
                return JobListResponse.toObject(this, $protobuf.util.toJSONOptions);
            };

            return JobListResponse;
        })();

        v1.JobStatusRequest = (function() {

            /**
             * Properties of a JobStatusRequest.
             * @typedef {Object} dqoes.v1.JobStatusRequest.$Properties
             * @property {string|null} [name] JobStatusRequest name
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a JobStatusRequest.
             * @memberof dqoes.v1
             * @interface IJobStatusRequest
             * @augments dqoes.v1.JobStatusRequest.$Properties
             * @deprecated Use dqoes.v1.JobStatusRequest.$Properties instead.
             */

            /**
             * Shape of a JobStatusRequest.
             * @typedef {dqoes.v1.JobStatusRequest.$Properties} dqoes.v1.JobStatusRequest.$Shape
             */

            /**
             * Constructs a new JobStatusRequest.
             * @memberof dqoes.v1
             * @classdesc Represents a JobStatusRequest.
             * @constructor
             * @param {dqoes.v1.JobStatusRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const JobStatusRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * JobStatusRequest name.
             * @member {string} name
             * @memberof dqoes.v1.JobStatusRequest
             * @instance
             */
            JobStatusRequest.prototype.name = "";

            /**
             * Creates a new JobStatusRequest instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.JobStatusRequest
             * @static
             * @param {dqoes.v1.JobStatusRequest.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.JobStatusRequest} JobStatusRequest instance
             * @type {{
             *   (properties: dqoes.v1.JobStatusRequest.$Shape): dqoes.v1.JobStatusRequest & dqoes.v1.JobStatusRequest.$Shape;
             *   (properties?: dqoes.v1.JobStatusRequest.$Properties): dqoes.v1.JobStatusRequest;
             * }}
             */
            JobStatusRequest.create = function(properties) {
                return new JobStatusRequest(properties);
            };

            /**
             * Encodes the specified JobStatusRequest message. Does not implicitly {@link dqoes.v1.JobStatusRequest.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.JobStatusRequest
             * @static
             * @param {dqoes.v1.JobStatusRequest.$Properties} message JobStatusRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            JobStatusRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a JobStatusRequest message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.JobStatusRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.JobStatusRequest & dqoes.v1.JobStatusRequest.$Shape} JobStatusRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            JobStatusRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.JobStatusRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a JobStatusRequest message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.JobStatusRequest
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.JobStatusRequest} JobStatusRequest
             */
            JobStatusRequest.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.JobStatusRequest)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.JobStatusRequest: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.JobStatusRequest();
                if (object.name != null)
                    if (typeof object.name !== "string" || object.name.length)
                        message.name = $String(object.name);
                return message;
            };

            /**
             * Creates a plain object from a JobStatusRequest message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.JobStatusRequest
             * @static
             * @param {dqoes.v1.JobStatusRequest} message JobStatusRequest
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            JobStatusRequest.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults)
                    object.name = "";
                if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                    object.name = message.name;
                return object;
            };

            /**
             * Converts this JobStatusRequest to JSON.
             * @function toJSON
             * @memberof dqoes.v1.JobStatusRequest
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            JobStatusRequest.prototype.toJSON = function() {
                return JobStatusRequest.toObject(this, $protobuf.util.toJSONOptions);
            };

            return JobStatusRequest;
        })();

        v1.JobStatusResponse = (function() {

            /**
             * Properties of a JobStatusResponse.
             * @typedef {Object} dqoes.v1.JobStatusResponse.$Properties
             * @property {dqoes.v1.JobStatus.$Properties|null} [job] JobStatusResponse job
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a JobStatusResponse.
             * @memberof dqoes.v1
             * @interface IJobStatusResponse
             * @augments dqoes.v1.JobStatusResponse.$Properties
             * @deprecated Use dqoes.v1.JobStatusResponse.$Properties instead.
             */

            /**
             * Shape of a JobStatusResponse.
             * @typedef {dqoes.v1.JobStatusResponse.$Properties} dqoes.v1.JobStatusResponse.$Shape
             */

            /**
             * Constructs a new JobStatusResponse.
             * @memberof dqoes.v1
             * @classdesc Represents a JobStatusResponse.
             * @constructor
             * @param {dqoes.v1.JobStatusResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const JobStatusResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * JobStatusResponse job.
             * @member {dqoes.v1.JobStatus.$Properties|null|undefined} job
             * @memberof dqoes.v1.JobStatusResponse
             * @instance
             */
            JobStatusResponse.prototype.job = null;

            /**
             * Creates a new JobStatusResponse instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.JobStatusResponse
             * @static
             * @param {dqoes.v1.JobStatusResponse.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.JobStatusResponse} JobStatusResponse instance
             * @type {{
             *   (properties: dqoes.v1.JobStatusResponse.$Shape): dqoes.v1.JobStatusResponse & dqoes.v1.JobStatusResponse.$Shape;
             *   (properties?: dqoes.v1.JobStatusResponse.$Properties): dqoes.v1.JobStatusResponse;
             * }}
             */
            JobStatusResponse.create = function(properties) {
                return new JobStatusResponse(properties);
            };

            /**
             * Encodes the specified JobStatusResponse message. Does not implicitly {@link dqoes.v1.JobStatusResponse.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.JobStatusResponse
             * @static
             * @param {dqoes.v1.JobStatusResponse.$Properties} message JobStatusResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            JobStatusResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.job != null && $Object.hasOwnProperty.call(message, "job"))
                    $root.dqoes.v1.JobStatus.encode(message.job, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a JobStatusResponse message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.JobStatusResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.JobStatusResponse & dqoes.v1.JobStatusResponse.$Shape} JobStatusResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            JobStatusResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.JobStatusResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.job = $root.dqoes.v1.JobStatus.decode(reader, reader.size(), $undefined, _depth + 1, message.job);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a JobStatusResponse message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.JobStatusResponse
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.JobStatusResponse} JobStatusResponse
             */
            JobStatusResponse.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.JobStatusResponse)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.JobStatusResponse: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.JobStatusResponse();
                if (object.job != null) {
                    if (!$util.isObject(object.job))
                        throw $TypeError(".dqoes.v1.JobStatusResponse.job: object expected");
                    message.job = $root.dqoes.v1.JobStatus.fromObject(object.job, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a JobStatusResponse message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.JobStatusResponse
             * @static
             * @param {dqoes.v1.JobStatusResponse} message JobStatusResponse
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            JobStatusResponse.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults)
                    object.job = null;
                if (message.job != null && $Object.hasOwnProperty.call(message, "job"))
                    object.job = $root.dqoes.v1.JobStatus.toObject(message.job, options, _depth + 1);
                return object;
            };

            /**
             * Converts this JobStatusResponse to JSON.
             * @function toJSON
             * @memberof dqoes.v1.JobStatusResponse
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            JobStatusResponse.prototype.toJSON = function() {
                return JobStatusResponse.toObject(this, $protobuf.util.toJSONOptions);
            };

            return JobStatusResponse;
        })();

        v1.NodeListRequest = (function() {

            /**
             * Properties of a NodeListRequest.
             * @typedef {Object} dqoes.v1.NodeListRequest.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NodeListRequest.
             * @memberof dqoes.v1
             * @interface INodeListRequest
             * @augments dqoes.v1.NodeListRequest.$Properties
             * @deprecated Use dqoes.v1.NodeListRequest.$Properties instead.
             */

            /**
             * Shape of a NodeListRequest.
             * @typedef {dqoes.v1.NodeListRequest.$Properties} dqoes.v1.NodeListRequest.$Shape
             */

            /**
             * Constructs a new NodeListRequest.
             * @memberof dqoes.v1
             * @classdesc Represents a NodeListRequest.
             * @constructor
             * @param {dqoes.v1.NodeListRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NodeListRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Creates a new NodeListRequest instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.NodeListRequest
             * @static
             * @param {dqoes.v1.NodeListRequest.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.NodeListRequest} NodeListRequest instance
             * @type {{
             *   (properties: dqoes.v1.NodeListRequest.$Shape): dqoes.v1.NodeListRequest & dqoes.v1.NodeListRequest.$Shape;
             *   (properties?: dqoes.v1.NodeListRequest.$Properties): dqoes.v1.NodeListRequest;
             * }}
             */
            NodeListRequest.create = function(properties) {
                return new NodeListRequest(properties);
            };

            /**
             * Encodes the specified NodeListRequest message. Does not implicitly {@link dqoes.v1.NodeListRequest.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.NodeListRequest
             * @static
             * @param {dqoes.v1.NodeListRequest.$Properties} message NodeListRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NodeListRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NodeListRequest message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.NodeListRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.NodeListRequest & dqoes.v1.NodeListRequest.$Shape} NodeListRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NodeListRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.NodeListRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a NodeListRequest message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.NodeListRequest
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.NodeListRequest} NodeListRequest
             */
            NodeListRequest.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.NodeListRequest)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.NodeListRequest: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                return new $root.dqoes.v1.NodeListRequest();
            };

            /**
             * Creates a plain object from a NodeListRequest message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.NodeListRequest
             * @static
             * @param {dqoes.v1.NodeListRequest} message NodeListRequest
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            NodeListRequest.toObject = function () {
                return {};
            };

            /**
             * Converts this NodeListRequest to JSON.
             * @function toJSON
             * @memberof dqoes.v1.NodeListRequest
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            NodeListRequest.prototype.toJSON = function() {
                return NodeListRequest.toObject(this, $protobuf.util.toJSONOptions);
            };

            return NodeListRequest;
        })();

        v1.NodeListResponse = (function() {

            /**
             * Properties of a NodeListResponse.
             * @typedef {Object} dqoes.v1.NodeListResponse.$Properties
             * @property {Array.<dqoes.v1.NodeStatus.$Properties>|null} [nodes] NodeListResponse nodes
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NodeListResponse.
             * @memberof dqoes.v1
             * @interface INodeListResponse
             * @augments dqoes.v1.NodeListResponse.$Properties
             * @deprecated Use dqoes.v1.NodeListResponse.$Properties instead.
             */

            /**
             * Shape of a NodeListResponse.
             * @typedef {dqoes.v1.NodeListResponse.$Properties} dqoes.v1.NodeListResponse.$Shape
             */

            /**
             * Constructs a new NodeListResponse.
             * @memberof dqoes.v1
             * @classdesc Represents a NodeListResponse.
             * @constructor
             * @param {dqoes.v1.NodeListResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NodeListResponse = function (properties) {
                this.nodes = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NodeListResponse nodes.
             * @member {Array.<dqoes.v1.NodeStatus.$Properties>} nodes
             * @memberof dqoes.v1.NodeListResponse
             * @instance
             */
            NodeListResponse.prototype.nodes = $util.emptyArray;

            /**
             * Creates a new NodeListResponse instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.NodeListResponse
             * @static
             * @param {dqoes.v1.NodeListResponse.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.NodeListResponse} NodeListResponse instance
             * @type {{
             *   (properties: dqoes.v1.NodeListResponse.$Shape): dqoes.v1.NodeListResponse & dqoes.v1.NodeListResponse.$Shape;
             *   (properties?: dqoes.v1.NodeListResponse.$Properties): dqoes.v1.NodeListResponse;
             * }}
             */
            NodeListResponse.create = function(properties) {
                return new NodeListResponse(properties);
            };

            /**
             * Encodes the specified NodeListResponse message. Does not implicitly {@link dqoes.v1.NodeListResponse.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.NodeListResponse
             * @static
             * @param {dqoes.v1.NodeListResponse.$Properties} message NodeListResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NodeListResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.nodes != null && message.nodes.length)
                    for (let i = 0; i < message.nodes.length; ++i)
                        $root.dqoes.v1.NodeStatus.encode(message.nodes[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NodeListResponse message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.NodeListResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.NodeListResponse & dqoes.v1.NodeListResponse.$Shape} NodeListResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NodeListResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.NodeListResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.nodes && message.nodes.length))
                                message.nodes = [];
                            message.nodes.push($root.dqoes.v1.NodeStatus.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a NodeListResponse message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.NodeListResponse
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.NodeListResponse} NodeListResponse
             */
            NodeListResponse.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.NodeListResponse)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.NodeListResponse: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.NodeListResponse();
                if (object.nodes) {
                    if (!$Array.isArray(object.nodes))
                        throw $TypeError(".dqoes.v1.NodeListResponse.nodes: array expected");
                    message.nodes = $Array(object.nodes.length);
                    for (let i = 0; i < object.nodes.length; ++i) {
                        if (!$util.isObject(object.nodes[i]))
                            throw $TypeError(".dqoes.v1.NodeListResponse.nodes: object expected");
                        message.nodes[i] = $root.dqoes.v1.NodeStatus.fromObject(object.nodes[i], _depth + 1);
                    }
                }
                return message;
            };

            /**
             * Creates a plain object from a NodeListResponse message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.NodeListResponse
             * @static
             * @param {dqoes.v1.NodeListResponse} message NodeListResponse
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            NodeListResponse.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.nodes = [];
                if (message.nodes && message.nodes.length) {
                    object.nodes = $Array(message.nodes.length);
                    for (let j = 0; j < message.nodes.length; ++j)
                        object.nodes[j] = $root.dqoes.v1.NodeStatus.toObject(message.nodes[j], options, _depth + 1);
                }
                return object;
            };

            /**
             * Converts this NodeListResponse to JSON.
             * @function toJSON
             * @memberof dqoes.v1.NodeListResponse
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            NodeListResponse.prototype.toJSON = function() {
                return NodeListResponse.toObject(this, $protobuf.util.toJSONOptions);
            };

            return NodeListResponse;
        })();

        v1.NodeStatusRequest = (function() {

            /**
             * Properties of a NodeStatusRequest.
             * @typedef {Object} dqoes.v1.NodeStatusRequest.$Properties
             * @property {string|null} [id] NodeStatusRequest id
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NodeStatusRequest.
             * @memberof dqoes.v1
             * @interface INodeStatusRequest
             * @augments dqoes.v1.NodeStatusRequest.$Properties
             * @deprecated Use dqoes.v1.NodeStatusRequest.$Properties instead.
             */

            /**
             * Shape of a NodeStatusRequest.
             * @typedef {dqoes.v1.NodeStatusRequest.$Properties} dqoes.v1.NodeStatusRequest.$Shape
             */

            /**
             * Constructs a new NodeStatusRequest.
             * @memberof dqoes.v1
             * @classdesc Represents a NodeStatusRequest.
             * @constructor
             * @param {dqoes.v1.NodeStatusRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NodeStatusRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NodeStatusRequest id.
             * @member {string} id
             * @memberof dqoes.v1.NodeStatusRequest
             * @instance
             */
            NodeStatusRequest.prototype.id = "";

            /**
             * Creates a new NodeStatusRequest instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.NodeStatusRequest
             * @static
             * @param {dqoes.v1.NodeStatusRequest.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.NodeStatusRequest} NodeStatusRequest instance
             * @type {{
             *   (properties: dqoes.v1.NodeStatusRequest.$Shape): dqoes.v1.NodeStatusRequest & dqoes.v1.NodeStatusRequest.$Shape;
             *   (properties?: dqoes.v1.NodeStatusRequest.$Properties): dqoes.v1.NodeStatusRequest;
             * }}
             */
            NodeStatusRequest.create = function(properties) {
                return new NodeStatusRequest(properties);
            };

            /**
             * Encodes the specified NodeStatusRequest message. Does not implicitly {@link dqoes.v1.NodeStatusRequest.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.NodeStatusRequest
             * @static
             * @param {dqoes.v1.NodeStatusRequest.$Properties} message NodeStatusRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NodeStatusRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NodeStatusRequest message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.NodeStatusRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.NodeStatusRequest & dqoes.v1.NodeStatusRequest.$Shape} NodeStatusRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NodeStatusRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.NodeStatusRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a NodeStatusRequest message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.NodeStatusRequest
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.NodeStatusRequest} NodeStatusRequest
             */
            NodeStatusRequest.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.NodeStatusRequest)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.NodeStatusRequest: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.NodeStatusRequest();
                if (object.id != null)
                    if (typeof object.id !== "string" || object.id.length)
                        message.id = $String(object.id);
                return message;
            };

            /**
             * Creates a plain object from a NodeStatusRequest message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.NodeStatusRequest
             * @static
             * @param {dqoes.v1.NodeStatusRequest} message NodeStatusRequest
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            NodeStatusRequest.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults)
                    object.id = "";
                if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                    object.id = message.id;
                return object;
            };

            /**
             * Converts this NodeStatusRequest to JSON.
             * @function toJSON
             * @memberof dqoes.v1.NodeStatusRequest
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            NodeStatusRequest.prototype.toJSON = function() {
                return NodeStatusRequest.toObject(this, $protobuf.util.toJSONOptions);
            };

            return NodeStatusRequest;
        })();

        v1.NodeStatusResponse = (function() {

            /**
             * Properties of a NodeStatusResponse.
             * @typedef {Object} dqoes.v1.NodeStatusResponse.$Properties
             * @property {dqoes.v1.NodeStatus.$Properties|null} [node] NodeStatusResponse node
             * @property {Array.<dqoes.v1.AllocationStatus.$Properties>|null} [allocations] NodeStatusResponse allocations
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NodeStatusResponse.
             * @memberof dqoes.v1
             * @interface INodeStatusResponse
             * @augments dqoes.v1.NodeStatusResponse.$Properties
             * @deprecated Use dqoes.v1.NodeStatusResponse.$Properties instead.
             */

            /**
             * Shape of a NodeStatusResponse.
             * @typedef {dqoes.v1.NodeStatusResponse.$Properties} dqoes.v1.NodeStatusResponse.$Shape
             */

            /**
             * Constructs a new NodeStatusResponse.
             * @memberof dqoes.v1
             * @classdesc Represents a NodeStatusResponse.
             * @constructor
             * @param {dqoes.v1.NodeStatusResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NodeStatusResponse = function (properties) {
                this.allocations = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NodeStatusResponse node.
             * @member {dqoes.v1.NodeStatus.$Properties|null|undefined} node
             * @memberof dqoes.v1.NodeStatusResponse
             * @instance
             */
            NodeStatusResponse.prototype.node = null;

            /**
             * NodeStatusResponse allocations.
             * @member {Array.<dqoes.v1.AllocationStatus.$Properties>} allocations
             * @memberof dqoes.v1.NodeStatusResponse
             * @instance
             */
            NodeStatusResponse.prototype.allocations = $util.emptyArray;

            /**
             * Creates a new NodeStatusResponse instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.NodeStatusResponse
             * @static
             * @param {dqoes.v1.NodeStatusResponse.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.NodeStatusResponse} NodeStatusResponse instance
             * @type {{
             *   (properties: dqoes.v1.NodeStatusResponse.$Shape): dqoes.v1.NodeStatusResponse & dqoes.v1.NodeStatusResponse.$Shape;
             *   (properties?: dqoes.v1.NodeStatusResponse.$Properties): dqoes.v1.NodeStatusResponse;
             * }}
             */
            NodeStatusResponse.create = function(properties) {
                return new NodeStatusResponse(properties);
            };

            /**
             * Encodes the specified NodeStatusResponse message. Does not implicitly {@link dqoes.v1.NodeStatusResponse.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.NodeStatusResponse
             * @static
             * @param {dqoes.v1.NodeStatusResponse.$Properties} message NodeStatusResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NodeStatusResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.node != null && $Object.hasOwnProperty.call(message, "node"))
                    $root.dqoes.v1.NodeStatus.encode(message.node, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.allocations != null && message.allocations.length)
                    for (let i = 0; i < message.allocations.length; ++i)
                        $root.dqoes.v1.AllocationStatus.encode(message.allocations[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NodeStatusResponse message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.NodeStatusResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.NodeStatusResponse & dqoes.v1.NodeStatusResponse.$Shape} NodeStatusResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NodeStatusResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.NodeStatusResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            message.node = $root.dqoes.v1.NodeStatus.decode(reader, reader.size(), $undefined, _depth + 1, message.node);
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.allocations && message.allocations.length))
                                message.allocations = [];
                            message.allocations.push($root.dqoes.v1.AllocationStatus.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a NodeStatusResponse message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.NodeStatusResponse
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.NodeStatusResponse} NodeStatusResponse
             */
            NodeStatusResponse.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.NodeStatusResponse)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.NodeStatusResponse: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.NodeStatusResponse();
                if (object.node != null) {
                    if (!$util.isObject(object.node))
                        throw $TypeError(".dqoes.v1.NodeStatusResponse.node: object expected");
                    message.node = $root.dqoes.v1.NodeStatus.fromObject(object.node, _depth + 1);
                }
                if (object.allocations) {
                    if (!$Array.isArray(object.allocations))
                        throw $TypeError(".dqoes.v1.NodeStatusResponse.allocations: array expected");
                    message.allocations = $Array(object.allocations.length);
                    for (let i = 0; i < object.allocations.length; ++i) {
                        if (!$util.isObject(object.allocations[i]))
                            throw $TypeError(".dqoes.v1.NodeStatusResponse.allocations: object expected");
                        message.allocations[i] = $root.dqoes.v1.AllocationStatus.fromObject(object.allocations[i], _depth + 1);
                    }
                }
                return message;
            };

            /**
             * Creates a plain object from a NodeStatusResponse message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.NodeStatusResponse
             * @static
             * @param {dqoes.v1.NodeStatusResponse} message NodeStatusResponse
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            NodeStatusResponse.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.allocations = [];
                if (options.defaults)
                    object.node = null;
                if (message.node != null && $Object.hasOwnProperty.call(message, "node"))
                    object.node = $root.dqoes.v1.NodeStatus.toObject(message.node, options, _depth + 1);
                if (message.allocations && message.allocations.length) {
                    object.allocations = $Array(message.allocations.length);
                    for (let j = 0; j < message.allocations.length; ++j)
                        object.allocations[j] = $root.dqoes.v1.AllocationStatus.toObject(message.allocations[j], options, _depth + 1);
                }
                return object;
            };

            /**
             * Converts this NodeStatusResponse to JSON.
             * @function toJSON
             * @memberof dqoes.v1.NodeStatusResponse
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            NodeStatusResponse.prototype.toJSON = function() {
                return NodeStatusResponse.toObject(this, $protobuf.util.toJSONOptions);
            };

            return NodeStatusResponse;
        })();

        v1.NodeSetRequest = (function() {

            /**
             * Properties of a NodeSetRequest.
             * @typedef {Object} dqoes.v1.NodeSetRequest.$Properties
             * @property {string|null} [id] NodeSetRequest id
             * @property {string|null} [scheduling] NodeSetRequest scheduling
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NodeSetRequest.
             * @memberof dqoes.v1
             * @interface INodeSetRequest
             * @augments dqoes.v1.NodeSetRequest.$Properties
             * @deprecated Use dqoes.v1.NodeSetRequest.$Properties instead.
             */

            /**
             * Shape of a NodeSetRequest.
             * @typedef {dqoes.v1.NodeSetRequest.$Properties} dqoes.v1.NodeSetRequest.$Shape
             */

            /**
             * Constructs a new NodeSetRequest.
             * @memberof dqoes.v1
             * @classdesc Represents a NodeSetRequest.
             * @constructor
             * @param {dqoes.v1.NodeSetRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NodeSetRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NodeSetRequest id.
             * @member {string} id
             * @memberof dqoes.v1.NodeSetRequest
             * @instance
             */
            NodeSetRequest.prototype.id = "";

            /**
             * NodeSetRequest scheduling.
             * @member {string} scheduling
             * @memberof dqoes.v1.NodeSetRequest
             * @instance
             */
            NodeSetRequest.prototype.scheduling = "";

            /**
             * Creates a new NodeSetRequest instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.NodeSetRequest
             * @static
             * @param {dqoes.v1.NodeSetRequest.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.NodeSetRequest} NodeSetRequest instance
             * @type {{
             *   (properties: dqoes.v1.NodeSetRequest.$Shape): dqoes.v1.NodeSetRequest & dqoes.v1.NodeSetRequest.$Shape;
             *   (properties?: dqoes.v1.NodeSetRequest.$Properties): dqoes.v1.NodeSetRequest;
             * }}
             */
            NodeSetRequest.create = function(properties) {
                return new NodeSetRequest(properties);
            };

            /**
             * Encodes the specified NodeSetRequest message. Does not implicitly {@link dqoes.v1.NodeSetRequest.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.NodeSetRequest
             * @static
             * @param {dqoes.v1.NodeSetRequest.$Properties} message NodeSetRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NodeSetRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                if (message.scheduling != null && $Object.hasOwnProperty.call(message, "scheduling") && message.scheduling !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.scheduling);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NodeSetRequest message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.NodeSetRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.NodeSetRequest & dqoes.v1.NodeSetRequest.$Shape} NodeSetRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NodeSetRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.NodeSetRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.scheduling = value;
                            else
                                delete message.scheduling;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a NodeSetRequest message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.NodeSetRequest
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.NodeSetRequest} NodeSetRequest
             */
            NodeSetRequest.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.NodeSetRequest)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.NodeSetRequest: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.NodeSetRequest();
                if (object.id != null)
                    if (typeof object.id !== "string" || object.id.length)
                        message.id = $String(object.id);
                if (object.scheduling != null)
                    if (typeof object.scheduling !== "string" || object.scheduling.length)
                        message.scheduling = $String(object.scheduling);
                return message;
            };

            /**
             * Creates a plain object from a NodeSetRequest message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.NodeSetRequest
             * @static
             * @param {dqoes.v1.NodeSetRequest} message NodeSetRequest
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            NodeSetRequest.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.id = "";
                    object.scheduling = "";
                }
                if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                    object.id = message.id;
                if (message.scheduling != null && $Object.hasOwnProperty.call(message, "scheduling"))
                    object.scheduling = message.scheduling;
                return object;
            };

            /**
             * Converts this NodeSetRequest to JSON.
             * @function toJSON
             * @memberof dqoes.v1.NodeSetRequest
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            NodeSetRequest.prototype.toJSON = function() {
                return NodeSetRequest.toObject(this, $protobuf.util.toJSONOptions);
            };

            return NodeSetRequest;
        })();

        v1.NodeSetResponse = (function() {

            /**
             * Properties of a NodeSetResponse.
             * @typedef {Object} dqoes.v1.NodeSetResponse.$Properties
             * @property {string|null} [id] NodeSetResponse id
             * @property {string|null} [scheduling] NodeSetResponse scheduling
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NodeSetResponse.
             * @memberof dqoes.v1
             * @interface INodeSetResponse
             * @augments dqoes.v1.NodeSetResponse.$Properties
             * @deprecated Use dqoes.v1.NodeSetResponse.$Properties instead.
             */

            /**
             * Shape of a NodeSetResponse.
             * @typedef {dqoes.v1.NodeSetResponse.$Properties} dqoes.v1.NodeSetResponse.$Shape
             */

            /**
             * Constructs a new NodeSetResponse.
             * @memberof dqoes.v1
             * @classdesc Represents a NodeSetResponse.
             * @constructor
             * @param {dqoes.v1.NodeSetResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NodeSetResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NodeSetResponse id.
             * @member {string} id
             * @memberof dqoes.v1.NodeSetResponse
             * @instance
             */
            NodeSetResponse.prototype.id = "";

            /**
             * NodeSetResponse scheduling.
             * @member {string} scheduling
             * @memberof dqoes.v1.NodeSetResponse
             * @instance
             */
            NodeSetResponse.prototype.scheduling = "";

            /**
             * Creates a new NodeSetResponse instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.NodeSetResponse
             * @static
             * @param {dqoes.v1.NodeSetResponse.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.NodeSetResponse} NodeSetResponse instance
             * @type {{
             *   (properties: dqoes.v1.NodeSetResponse.$Shape): dqoes.v1.NodeSetResponse & dqoes.v1.NodeSetResponse.$Shape;
             *   (properties?: dqoes.v1.NodeSetResponse.$Properties): dqoes.v1.NodeSetResponse;
             * }}
             */
            NodeSetResponse.create = function(properties) {
                return new NodeSetResponse(properties);
            };

            /**
             * Encodes the specified NodeSetResponse message. Does not implicitly {@link dqoes.v1.NodeSetResponse.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.NodeSetResponse
             * @static
             * @param {dqoes.v1.NodeSetResponse.$Properties} message NodeSetResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NodeSetResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                if (message.scheduling != null && $Object.hasOwnProperty.call(message, "scheduling") && message.scheduling !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.scheduling);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NodeSetResponse message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.NodeSetResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.NodeSetResponse & dqoes.v1.NodeSetResponse.$Shape} NodeSetResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NodeSetResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.NodeSetResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.scheduling = value;
                            else
                                delete message.scheduling;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a NodeSetResponse message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.NodeSetResponse
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.NodeSetResponse} NodeSetResponse
             */
            NodeSetResponse.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.NodeSetResponse)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.NodeSetResponse: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.NodeSetResponse();
                if (object.id != null)
                    if (typeof object.id !== "string" || object.id.length)
                        message.id = $String(object.id);
                if (object.scheduling != null)
                    if (typeof object.scheduling !== "string" || object.scheduling.length)
                        message.scheduling = $String(object.scheduling);
                return message;
            };

            /**
             * Creates a plain object from a NodeSetResponse message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.NodeSetResponse
             * @static
             * @param {dqoes.v1.NodeSetResponse} message NodeSetResponse
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            NodeSetResponse.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.id = "";
                    object.scheduling = "";
                }
                if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                    object.id = message.id;
                if (message.scheduling != null && $Object.hasOwnProperty.call(message, "scheduling"))
                    object.scheduling = message.scheduling;
                return object;
            };

            /**
             * Converts this NodeSetResponse to JSON.
             * @function toJSON
             * @memberof dqoes.v1.NodeSetResponse
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            NodeSetResponse.prototype.toJSON = function() {
                return NodeSetResponse.toObject(this, $protobuf.util.toJSONOptions);
            };

            return NodeSetResponse;
        })();

        v1.NodeApproveRequest = (function() {

            /**
             * Properties of a NodeApproveRequest.
             * @typedef {Object} dqoes.v1.NodeApproveRequest.$Properties
             * @property {string|null} [id] NodeApproveRequest id
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NodeApproveRequest.
             * @memberof dqoes.v1
             * @interface INodeApproveRequest
             * @augments dqoes.v1.NodeApproveRequest.$Properties
             * @deprecated Use dqoes.v1.NodeApproveRequest.$Properties instead.
             */

            /**
             * Shape of a NodeApproveRequest.
             * @typedef {dqoes.v1.NodeApproveRequest.$Properties} dqoes.v1.NodeApproveRequest.$Shape
             */

            /**
             * Constructs a new NodeApproveRequest.
             * @memberof dqoes.v1
             * @classdesc Represents a NodeApproveRequest.
             * @constructor
             * @param {dqoes.v1.NodeApproveRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NodeApproveRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NodeApproveRequest id.
             * @member {string} id
             * @memberof dqoes.v1.NodeApproveRequest
             * @instance
             */
            NodeApproveRequest.prototype.id = "";

            /**
             * Creates a new NodeApproveRequest instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.NodeApproveRequest
             * @static
             * @param {dqoes.v1.NodeApproveRequest.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.NodeApproveRequest} NodeApproveRequest instance
             * @type {{
             *   (properties: dqoes.v1.NodeApproveRequest.$Shape): dqoes.v1.NodeApproveRequest & dqoes.v1.NodeApproveRequest.$Shape;
             *   (properties?: dqoes.v1.NodeApproveRequest.$Properties): dqoes.v1.NodeApproveRequest;
             * }}
             */
            NodeApproveRequest.create = function(properties) {
                return new NodeApproveRequest(properties);
            };

            /**
             * Encodes the specified NodeApproveRequest message. Does not implicitly {@link dqoes.v1.NodeApproveRequest.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.NodeApproveRequest
             * @static
             * @param {dqoes.v1.NodeApproveRequest.$Properties} message NodeApproveRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NodeApproveRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NodeApproveRequest message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.NodeApproveRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.NodeApproveRequest & dqoes.v1.NodeApproveRequest.$Shape} NodeApproveRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NodeApproveRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.NodeApproveRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a NodeApproveRequest message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.NodeApproveRequest
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.NodeApproveRequest} NodeApproveRequest
             */
            NodeApproveRequest.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.NodeApproveRequest)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.NodeApproveRequest: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.NodeApproveRequest();
                if (object.id != null)
                    if (typeof object.id !== "string" || object.id.length)
                        message.id = $String(object.id);
                return message;
            };

            /**
             * Creates a plain object from a NodeApproveRequest message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.NodeApproveRequest
             * @static
             * @param {dqoes.v1.NodeApproveRequest} message NodeApproveRequest
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            NodeApproveRequest.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults)
                    object.id = "";
                if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                    object.id = message.id;
                return object;
            };

            /**
             * Converts this NodeApproveRequest to JSON.
             * @function toJSON
             * @memberof dqoes.v1.NodeApproveRequest
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            NodeApproveRequest.prototype.toJSON = function() {
                return NodeApproveRequest.toObject(this, $protobuf.util.toJSONOptions);
            };

            return NodeApproveRequest;
        })();

        v1.NodeApproveResponse = (function() {

            /**
             * Properties of a NodeApproveResponse.
             * @typedef {Object} dqoes.v1.NodeApproveResponse.$Properties
             * @property {string|null} [id] NodeApproveResponse id
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NodeApproveResponse.
             * @memberof dqoes.v1
             * @interface INodeApproveResponse
             * @augments dqoes.v1.NodeApproveResponse.$Properties
             * @deprecated Use dqoes.v1.NodeApproveResponse.$Properties instead.
             */

            /**
             * Shape of a NodeApproveResponse.
             * @typedef {dqoes.v1.NodeApproveResponse.$Properties} dqoes.v1.NodeApproveResponse.$Shape
             */

            /**
             * Constructs a new NodeApproveResponse.
             * @memberof dqoes.v1
             * @classdesc Represents a NodeApproveResponse.
             * @constructor
             * @param {dqoes.v1.NodeApproveResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NodeApproveResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NodeApproveResponse id.
             * @member {string} id
             * @memberof dqoes.v1.NodeApproveResponse
             * @instance
             */
            NodeApproveResponse.prototype.id = "";

            /**
             * Creates a new NodeApproveResponse instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.NodeApproveResponse
             * @static
             * @param {dqoes.v1.NodeApproveResponse.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.NodeApproveResponse} NodeApproveResponse instance
             * @type {{
             *   (properties: dqoes.v1.NodeApproveResponse.$Shape): dqoes.v1.NodeApproveResponse & dqoes.v1.NodeApproveResponse.$Shape;
             *   (properties?: dqoes.v1.NodeApproveResponse.$Properties): dqoes.v1.NodeApproveResponse;
             * }}
             */
            NodeApproveResponse.create = function(properties) {
                return new NodeApproveResponse(properties);
            };

            /**
             * Encodes the specified NodeApproveResponse message. Does not implicitly {@link dqoes.v1.NodeApproveResponse.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.NodeApproveResponse
             * @static
             * @param {dqoes.v1.NodeApproveResponse.$Properties} message NodeApproveResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NodeApproveResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NodeApproveResponse message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.NodeApproveResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.NodeApproveResponse & dqoes.v1.NodeApproveResponse.$Shape} NodeApproveResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NodeApproveResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.NodeApproveResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a NodeApproveResponse message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.NodeApproveResponse
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.NodeApproveResponse} NodeApproveResponse
             */
            NodeApproveResponse.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.NodeApproveResponse)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.NodeApproveResponse: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.NodeApproveResponse();
                if (object.id != null)
                    if (typeof object.id !== "string" || object.id.length)
                        message.id = $String(object.id);
                return message;
            };

            /**
             * Creates a plain object from a NodeApproveResponse message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.NodeApproveResponse
             * @static
             * @param {dqoes.v1.NodeApproveResponse} message NodeApproveResponse
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            NodeApproveResponse.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults)
                    object.id = "";
                if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                    object.id = message.id;
                return object;
            };

            /**
             * Converts this NodeApproveResponse to JSON.
             * @function toJSON
             * @memberof dqoes.v1.NodeApproveResponse
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            NodeApproveResponse.prototype.toJSON = function() {
                return NodeApproveResponse.toObject(this, $protobuf.util.toJSONOptions);
            };

            return NodeApproveResponse;
        })();

        v1.NodeRemoveRequest = (function() {

            /**
             * Properties of a NodeRemoveRequest.
             * @typedef {Object} dqoes.v1.NodeRemoveRequest.$Properties
             * @property {string|null} [id] NodeRemoveRequest id
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NodeRemoveRequest.
             * @memberof dqoes.v1
             * @interface INodeRemoveRequest
             * @augments dqoes.v1.NodeRemoveRequest.$Properties
             * @deprecated Use dqoes.v1.NodeRemoveRequest.$Properties instead.
             */

            /**
             * Shape of a NodeRemoveRequest.
             * @typedef {dqoes.v1.NodeRemoveRequest.$Properties} dqoes.v1.NodeRemoveRequest.$Shape
             */

            /**
             * Constructs a new NodeRemoveRequest.
             * @memberof dqoes.v1
             * @classdesc Represents a NodeRemoveRequest.
             * @constructor
             * @param {dqoes.v1.NodeRemoveRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NodeRemoveRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NodeRemoveRequest id.
             * @member {string} id
             * @memberof dqoes.v1.NodeRemoveRequest
             * @instance
             */
            NodeRemoveRequest.prototype.id = "";

            /**
             * Creates a new NodeRemoveRequest instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.NodeRemoveRequest
             * @static
             * @param {dqoes.v1.NodeRemoveRequest.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.NodeRemoveRequest} NodeRemoveRequest instance
             * @type {{
             *   (properties: dqoes.v1.NodeRemoveRequest.$Shape): dqoes.v1.NodeRemoveRequest & dqoes.v1.NodeRemoveRequest.$Shape;
             *   (properties?: dqoes.v1.NodeRemoveRequest.$Properties): dqoes.v1.NodeRemoveRequest;
             * }}
             */
            NodeRemoveRequest.create = function(properties) {
                return new NodeRemoveRequest(properties);
            };

            /**
             * Encodes the specified NodeRemoveRequest message. Does not implicitly {@link dqoes.v1.NodeRemoveRequest.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.NodeRemoveRequest
             * @static
             * @param {dqoes.v1.NodeRemoveRequest.$Properties} message NodeRemoveRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NodeRemoveRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NodeRemoveRequest message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.NodeRemoveRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.NodeRemoveRequest & dqoes.v1.NodeRemoveRequest.$Shape} NodeRemoveRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NodeRemoveRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.NodeRemoveRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a NodeRemoveRequest message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.NodeRemoveRequest
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.NodeRemoveRequest} NodeRemoveRequest
             */
            NodeRemoveRequest.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.NodeRemoveRequest)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.NodeRemoveRequest: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.NodeRemoveRequest();
                if (object.id != null)
                    if (typeof object.id !== "string" || object.id.length)
                        message.id = $String(object.id);
                return message;
            };

            /**
             * Creates a plain object from a NodeRemoveRequest message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.NodeRemoveRequest
             * @static
             * @param {dqoes.v1.NodeRemoveRequest} message NodeRemoveRequest
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            NodeRemoveRequest.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults)
                    object.id = "";
                if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                    object.id = message.id;
                return object;
            };

            /**
             * Converts this NodeRemoveRequest to JSON.
             * @function toJSON
             * @memberof dqoes.v1.NodeRemoveRequest
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            NodeRemoveRequest.prototype.toJSON = function() {
                return NodeRemoveRequest.toObject(this, $protobuf.util.toJSONOptions);
            };

            return NodeRemoveRequest;
        })();

        v1.NodeRemoveResponse = (function() {

            /**
             * Properties of a NodeRemoveResponse.
             * @typedef {Object} dqoes.v1.NodeRemoveResponse.$Properties
             * @property {string|null} [id] NodeRemoveResponse id
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NodeRemoveResponse.
             * @memberof dqoes.v1
             * @interface INodeRemoveResponse
             * @augments dqoes.v1.NodeRemoveResponse.$Properties
             * @deprecated Use dqoes.v1.NodeRemoveResponse.$Properties instead.
             */

            /**
             * Shape of a NodeRemoveResponse.
             * @typedef {dqoes.v1.NodeRemoveResponse.$Properties} dqoes.v1.NodeRemoveResponse.$Shape
             */

            /**
             * Constructs a new NodeRemoveResponse.
             * @memberof dqoes.v1
             * @classdesc Represents a NodeRemoveResponse.
             * @constructor
             * @param {dqoes.v1.NodeRemoveResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NodeRemoveResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NodeRemoveResponse id.
             * @member {string} id
             * @memberof dqoes.v1.NodeRemoveResponse
             * @instance
             */
            NodeRemoveResponse.prototype.id = "";

            /**
             * Creates a new NodeRemoveResponse instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.NodeRemoveResponse
             * @static
             * @param {dqoes.v1.NodeRemoveResponse.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.NodeRemoveResponse} NodeRemoveResponse instance
             * @type {{
             *   (properties: dqoes.v1.NodeRemoveResponse.$Shape): dqoes.v1.NodeRemoveResponse & dqoes.v1.NodeRemoveResponse.$Shape;
             *   (properties?: dqoes.v1.NodeRemoveResponse.$Properties): dqoes.v1.NodeRemoveResponse;
             * }}
             */
            NodeRemoveResponse.create = function(properties) {
                return new NodeRemoveResponse(properties);
            };

            /**
             * Encodes the specified NodeRemoveResponse message. Does not implicitly {@link dqoes.v1.NodeRemoveResponse.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.NodeRemoveResponse
             * @static
             * @param {dqoes.v1.NodeRemoveResponse.$Properties} message NodeRemoveResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NodeRemoveResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NodeRemoveResponse message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.NodeRemoveResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.NodeRemoveResponse & dqoes.v1.NodeRemoveResponse.$Shape} NodeRemoveResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NodeRemoveResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.NodeRemoveResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a NodeRemoveResponse message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.NodeRemoveResponse
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.NodeRemoveResponse} NodeRemoveResponse
             */
            NodeRemoveResponse.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.NodeRemoveResponse)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.NodeRemoveResponse: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.NodeRemoveResponse();
                if (object.id != null)
                    if (typeof object.id !== "string" || object.id.length)
                        message.id = $String(object.id);
                return message;
            };

            /**
             * Creates a plain object from a NodeRemoveResponse message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.NodeRemoveResponse
             * @static
             * @param {dqoes.v1.NodeRemoveResponse} message NodeRemoveResponse
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            NodeRemoveResponse.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults)
                    object.id = "";
                if (message.id != null && $Object.hasOwnProperty.call(message, "id"))
                    object.id = message.id;
                return object;
            };

            /**
             * Converts this NodeRemoveResponse to JSON.
             * @function toJSON
             * @memberof dqoes.v1.NodeRemoveResponse
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            NodeRemoveResponse.prototype.toJSON = function() {
                return NodeRemoveResponse.toObject(this, $protobuf.util.toJSONOptions);
            };

            return NodeRemoveResponse;
        })();

        v1.AllocationListRequest = (function() {

            /**
             * Properties of an AllocationListRequest.
             * @typedef {Object} dqoes.v1.AllocationListRequest.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an AllocationListRequest.
             * @memberof dqoes.v1
             * @interface IAllocationListRequest
             * @augments dqoes.v1.AllocationListRequest.$Properties
             * @deprecated Use dqoes.v1.AllocationListRequest.$Properties instead.
             */

            /**
             * Shape of an AllocationListRequest.
             * @typedef {dqoes.v1.AllocationListRequest.$Properties} dqoes.v1.AllocationListRequest.$Shape
             */

            /**
             * Constructs a new AllocationListRequest.
             * @memberof dqoes.v1
             * @classdesc Represents an AllocationListRequest.
             * @constructor
             * @param {dqoes.v1.AllocationListRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const AllocationListRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Creates a new AllocationListRequest instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.AllocationListRequest
             * @static
             * @param {dqoes.v1.AllocationListRequest.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.AllocationListRequest} AllocationListRequest instance
             * @type {{
             *   (properties: dqoes.v1.AllocationListRequest.$Shape): dqoes.v1.AllocationListRequest & dqoes.v1.AllocationListRequest.$Shape;
             *   (properties?: dqoes.v1.AllocationListRequest.$Properties): dqoes.v1.AllocationListRequest;
             * }}
             */
            AllocationListRequest.create = function(properties) {
                return new AllocationListRequest(properties);
            };

            /**
             * Encodes the specified AllocationListRequest message. Does not implicitly {@link dqoes.v1.AllocationListRequest.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.AllocationListRequest
             * @static
             * @param {dqoes.v1.AllocationListRequest.$Properties} message AllocationListRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AllocationListRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an AllocationListRequest message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.AllocationListRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.AllocationListRequest & dqoes.v1.AllocationListRequest.$Shape} AllocationListRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AllocationListRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.AllocationListRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates an AllocationListRequest message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.AllocationListRequest
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.AllocationListRequest} AllocationListRequest
             */
            AllocationListRequest.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.AllocationListRequest)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.AllocationListRequest: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                return new $root.dqoes.v1.AllocationListRequest();
            };

            /**
             * Creates a plain object from an AllocationListRequest message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.AllocationListRequest
             * @static
             * @param {dqoes.v1.AllocationListRequest} message AllocationListRequest
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            AllocationListRequest.toObject = function () {
                return {};
            };

            /**
             * Converts this AllocationListRequest to JSON.
             * @function toJSON
             * @memberof dqoes.v1.AllocationListRequest
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            AllocationListRequest.prototype.toJSON = function() {
                return AllocationListRequest.toObject(this, $protobuf.util.toJSONOptions);
            };

            return AllocationListRequest;
        })();

        v1.AllocationListResponse = (function() {

            /**
             * Properties of an AllocationListResponse.
             * @typedef {Object} dqoes.v1.AllocationListResponse.$Properties
             * @property {Array.<dqoes.v1.AllocationStatus.$Properties>|null} [allocations] AllocationListResponse allocations
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an AllocationListResponse.
             * @memberof dqoes.v1
             * @interface IAllocationListResponse
             * @augments dqoes.v1.AllocationListResponse.$Properties
             * @deprecated Use dqoes.v1.AllocationListResponse.$Properties instead.
             */

            /**
             * Shape of an AllocationListResponse.
             * @typedef {dqoes.v1.AllocationListResponse.$Properties} dqoes.v1.AllocationListResponse.$Shape
             */

            /**
             * Constructs a new AllocationListResponse.
             * @memberof dqoes.v1
             * @classdesc Represents an AllocationListResponse.
             * @constructor
             * @param {dqoes.v1.AllocationListResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const AllocationListResponse = function (properties) {
                this.allocations = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * AllocationListResponse allocations.
             * @member {Array.<dqoes.v1.AllocationStatus.$Properties>} allocations
             * @memberof dqoes.v1.AllocationListResponse
             * @instance
             */
            AllocationListResponse.prototype.allocations = $util.emptyArray;

            /**
             * Creates a new AllocationListResponse instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.AllocationListResponse
             * @static
             * @param {dqoes.v1.AllocationListResponse.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.AllocationListResponse} AllocationListResponse instance
             * @type {{
             *   (properties: dqoes.v1.AllocationListResponse.$Shape): dqoes.v1.AllocationListResponse & dqoes.v1.AllocationListResponse.$Shape;
             *   (properties?: dqoes.v1.AllocationListResponse.$Properties): dqoes.v1.AllocationListResponse;
             * }}
             */
            AllocationListResponse.create = function(properties) {
                return new AllocationListResponse(properties);
            };

            /**
             * Encodes the specified AllocationListResponse message. Does not implicitly {@link dqoes.v1.AllocationListResponse.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.AllocationListResponse
             * @static
             * @param {dqoes.v1.AllocationListResponse.$Properties} message AllocationListResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            AllocationListResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.allocations != null && message.allocations.length)
                    for (let i = 0; i < message.allocations.length; ++i)
                        $root.dqoes.v1.AllocationStatus.encode(message.allocations[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an AllocationListResponse message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.AllocationListResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.AllocationListResponse & dqoes.v1.AllocationListResponse.$Shape} AllocationListResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            AllocationListResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.AllocationListResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.allocations && message.allocations.length))
                                message.allocations = [];
                            message.allocations.push($root.dqoes.v1.AllocationStatus.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates an AllocationListResponse message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.AllocationListResponse
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.AllocationListResponse} AllocationListResponse
             */
            AllocationListResponse.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.AllocationListResponse)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.AllocationListResponse: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.AllocationListResponse();
                if (object.allocations) {
                    if (!$Array.isArray(object.allocations))
                        throw $TypeError(".dqoes.v1.AllocationListResponse.allocations: array expected");
                    message.allocations = $Array(object.allocations.length);
                    for (let i = 0; i < object.allocations.length; ++i) {
                        if (!$util.isObject(object.allocations[i]))
                            throw $TypeError(".dqoes.v1.AllocationListResponse.allocations: object expected");
                        message.allocations[i] = $root.dqoes.v1.AllocationStatus.fromObject(object.allocations[i], _depth + 1);
                    }
                }
                return message;
            };

            /**
             * Creates a plain object from an AllocationListResponse message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.AllocationListResponse
             * @static
             * @param {dqoes.v1.AllocationListResponse} message AllocationListResponse
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            AllocationListResponse.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.allocations = [];
                if (message.allocations && message.allocations.length) {
                    object.allocations = $Array(message.allocations.length);
                    for (let j = 0; j < message.allocations.length; ++j)
                        object.allocations[j] = $root.dqoes.v1.AllocationStatus.toObject(message.allocations[j], options, _depth + 1);
                }
                return object;
            };

            /**
             * Converts this AllocationListResponse to JSON.
             * @function toJSON
             * @memberof dqoes.v1.AllocationListResponse
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            AllocationListResponse.prototype.toJSON = function() {
                return AllocationListResponse.toObject(this, $protobuf.util.toJSONOptions);
            };

            return AllocationListResponse;
        })();

        v1.PolicyGetRequest = (function() {

            /**
             * Properties of a PolicyGetRequest.
             * @typedef {Object} dqoes.v1.PolicyGetRequest.$Properties
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PolicyGetRequest.
             * @memberof dqoes.v1
             * @interface IPolicyGetRequest
             * @augments dqoes.v1.PolicyGetRequest.$Properties
             * @deprecated Use dqoes.v1.PolicyGetRequest.$Properties instead.
             */

            /**
             * Shape of a PolicyGetRequest.
             * @typedef {dqoes.v1.PolicyGetRequest.$Properties} dqoes.v1.PolicyGetRequest.$Shape
             */

            /**
             * Constructs a new PolicyGetRequest.
             * @memberof dqoes.v1
             * @classdesc Represents a PolicyGetRequest.
             * @constructor
             * @param {dqoes.v1.PolicyGetRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PolicyGetRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Creates a new PolicyGetRequest instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.PolicyGetRequest
             * @static
             * @param {dqoes.v1.PolicyGetRequest.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.PolicyGetRequest} PolicyGetRequest instance
             * @type {{
             *   (properties: dqoes.v1.PolicyGetRequest.$Shape): dqoes.v1.PolicyGetRequest & dqoes.v1.PolicyGetRequest.$Shape;
             *   (properties?: dqoes.v1.PolicyGetRequest.$Properties): dqoes.v1.PolicyGetRequest;
             * }}
             */
            PolicyGetRequest.create = function(properties) {
                return new PolicyGetRequest(properties);
            };

            /**
             * Encodes the specified PolicyGetRequest message. Does not implicitly {@link dqoes.v1.PolicyGetRequest.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.PolicyGetRequest
             * @static
             * @param {dqoes.v1.PolicyGetRequest.$Properties} message PolicyGetRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PolicyGetRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PolicyGetRequest message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.PolicyGetRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.PolicyGetRequest & dqoes.v1.PolicyGetRequest.$Shape} PolicyGetRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PolicyGetRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.PolicyGetRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    reader.skipType(tag & 7, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a PolicyGetRequest message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.PolicyGetRequest
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.PolicyGetRequest} PolicyGetRequest
             */
            PolicyGetRequest.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.PolicyGetRequest)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.PolicyGetRequest: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                return new $root.dqoes.v1.PolicyGetRequest();
            };

            /**
             * Creates a plain object from a PolicyGetRequest message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.PolicyGetRequest
             * @static
             * @param {dqoes.v1.PolicyGetRequest} message PolicyGetRequest
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            PolicyGetRequest.toObject = function () {
                return {};
            };

            /**
             * Converts this PolicyGetRequest to JSON.
             * @function toJSON
             * @memberof dqoes.v1.PolicyGetRequest
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            PolicyGetRequest.prototype.toJSON = function() {
                return PolicyGetRequest.toObject(this, $protobuf.util.toJSONOptions);
            };

            return PolicyGetRequest;
        })();

        v1.PolicyGetResponse = (function() {

            /**
             * Properties of a PolicyGetResponse.
             * @typedef {Object} dqoes.v1.PolicyGetResponse.$Properties
             * @property {string|null} [policy] PolicyGetResponse policy
             * @property {Array.<string>|null} [available] PolicyGetResponse available
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PolicyGetResponse.
             * @memberof dqoes.v1
             * @interface IPolicyGetResponse
             * @augments dqoes.v1.PolicyGetResponse.$Properties
             * @deprecated Use dqoes.v1.PolicyGetResponse.$Properties instead.
             */

            /**
             * Shape of a PolicyGetResponse.
             * @typedef {dqoes.v1.PolicyGetResponse.$Properties} dqoes.v1.PolicyGetResponse.$Shape
             */

            /**
             * Constructs a new PolicyGetResponse.
             * @memberof dqoes.v1
             * @classdesc Represents a PolicyGetResponse.
             * @constructor
             * @param {dqoes.v1.PolicyGetResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PolicyGetResponse = function (properties) {
                this.available = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PolicyGetResponse policy.
             * @member {string} policy
             * @memberof dqoes.v1.PolicyGetResponse
             * @instance
             */
            PolicyGetResponse.prototype.policy = "";

            /**
             * PolicyGetResponse available.
             * @member {Array.<string>} available
             * @memberof dqoes.v1.PolicyGetResponse
             * @instance
             */
            PolicyGetResponse.prototype.available = $util.emptyArray;

            /**
             * Creates a new PolicyGetResponse instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.PolicyGetResponse
             * @static
             * @param {dqoes.v1.PolicyGetResponse.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.PolicyGetResponse} PolicyGetResponse instance
             * @type {{
             *   (properties: dqoes.v1.PolicyGetResponse.$Shape): dqoes.v1.PolicyGetResponse & dqoes.v1.PolicyGetResponse.$Shape;
             *   (properties?: dqoes.v1.PolicyGetResponse.$Properties): dqoes.v1.PolicyGetResponse;
             * }}
             */
            PolicyGetResponse.create = function(properties) {
                return new PolicyGetResponse(properties);
            };

            /**
             * Encodes the specified PolicyGetResponse message. Does not implicitly {@link dqoes.v1.PolicyGetResponse.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.PolicyGetResponse
             * @static
             * @param {dqoes.v1.PolicyGetResponse.$Properties} message PolicyGetResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PolicyGetResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.policy != null && $Object.hasOwnProperty.call(message, "policy") && message.policy !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.policy);
                if (message.available != null && message.available.length)
                    for (let i = 0; i < message.available.length; ++i)
                        writer.uint32(/* id 2, wireType 2 =*/18).string(message.available[i]);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PolicyGetResponse message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.PolicyGetResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.PolicyGetResponse & dqoes.v1.PolicyGetResponse.$Shape} PolicyGetResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PolicyGetResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.PolicyGetResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.policy = value;
                            else
                                delete message.policy;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.available && message.available.length))
                                message.available = [];
                            message.available.push(reader.stringVerify());
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a PolicyGetResponse message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.PolicyGetResponse
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.PolicyGetResponse} PolicyGetResponse
             */
            PolicyGetResponse.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.PolicyGetResponse)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.PolicyGetResponse: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.PolicyGetResponse();
                if (object.policy != null)
                    if (typeof object.policy !== "string" || object.policy.length)
                        message.policy = $String(object.policy);
                if (object.available) {
                    if (!$Array.isArray(object.available))
                        throw $TypeError(".dqoes.v1.PolicyGetResponse.available: array expected");
                    message.available = $Array(object.available.length);
                    for (let i = 0; i < object.available.length; ++i)
                        message.available[i] = $String(object.available[i]);
                }
                return message;
            };

            /**
             * Creates a plain object from a PolicyGetResponse message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.PolicyGetResponse
             * @static
             * @param {dqoes.v1.PolicyGetResponse} message PolicyGetResponse
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            PolicyGetResponse.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.available = [];
                if (options.defaults)
                    object.policy = "";
                if (message.policy != null && $Object.hasOwnProperty.call(message, "policy"))
                    object.policy = message.policy;
                if (message.available && message.available.length) {
                    object.available = $Array(message.available.length);
                    for (let j = 0; j < message.available.length; ++j)
                        object.available[j] = message.available[j];
                }
                return object;
            };

            /**
             * Converts this PolicyGetResponse to JSON.
             * @function toJSON
             * @memberof dqoes.v1.PolicyGetResponse
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            PolicyGetResponse.prototype.toJSON = function() {
                return PolicyGetResponse.toObject(this, $protobuf.util.toJSONOptions);
            };

            return PolicyGetResponse;
        })();

        v1.PolicySetRequest = (function() {

            /**
             * Properties of a PolicySetRequest.
             * @typedef {Object} dqoes.v1.PolicySetRequest.$Properties
             * @property {string|null} [policy] PolicySetRequest policy
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PolicySetRequest.
             * @memberof dqoes.v1
             * @interface IPolicySetRequest
             * @augments dqoes.v1.PolicySetRequest.$Properties
             * @deprecated Use dqoes.v1.PolicySetRequest.$Properties instead.
             */

            /**
             * Shape of a PolicySetRequest.
             * @typedef {dqoes.v1.PolicySetRequest.$Properties} dqoes.v1.PolicySetRequest.$Shape
             */

            /**
             * Constructs a new PolicySetRequest.
             * @memberof dqoes.v1
             * @classdesc Represents a PolicySetRequest.
             * @constructor
             * @param {dqoes.v1.PolicySetRequest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PolicySetRequest = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PolicySetRequest policy.
             * @member {string} policy
             * @memberof dqoes.v1.PolicySetRequest
             * @instance
             */
            PolicySetRequest.prototype.policy = "";

            /**
             * Creates a new PolicySetRequest instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.PolicySetRequest
             * @static
             * @param {dqoes.v1.PolicySetRequest.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.PolicySetRequest} PolicySetRequest instance
             * @type {{
             *   (properties: dqoes.v1.PolicySetRequest.$Shape): dqoes.v1.PolicySetRequest & dqoes.v1.PolicySetRequest.$Shape;
             *   (properties?: dqoes.v1.PolicySetRequest.$Properties): dqoes.v1.PolicySetRequest;
             * }}
             */
            PolicySetRequest.create = function(properties) {
                return new PolicySetRequest(properties);
            };

            /**
             * Encodes the specified PolicySetRequest message. Does not implicitly {@link dqoes.v1.PolicySetRequest.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.PolicySetRequest
             * @static
             * @param {dqoes.v1.PolicySetRequest.$Properties} message PolicySetRequest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PolicySetRequest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.policy != null && $Object.hasOwnProperty.call(message, "policy") && message.policy !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.policy);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PolicySetRequest message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.PolicySetRequest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.PolicySetRequest & dqoes.v1.PolicySetRequest.$Shape} PolicySetRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PolicySetRequest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.PolicySetRequest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.policy = value;
                            else
                                delete message.policy;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a PolicySetRequest message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.PolicySetRequest
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.PolicySetRequest} PolicySetRequest
             */
            PolicySetRequest.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.PolicySetRequest)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.PolicySetRequest: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.PolicySetRequest();
                if (object.policy != null)
                    if (typeof object.policy !== "string" || object.policy.length)
                        message.policy = $String(object.policy);
                return message;
            };

            /**
             * Creates a plain object from a PolicySetRequest message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.PolicySetRequest
             * @static
             * @param {dqoes.v1.PolicySetRequest} message PolicySetRequest
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            PolicySetRequest.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults)
                    object.policy = "";
                if (message.policy != null && $Object.hasOwnProperty.call(message, "policy"))
                    object.policy = message.policy;
                return object;
            };

            /**
             * Converts this PolicySetRequest to JSON.
             * @function toJSON
             * @memberof dqoes.v1.PolicySetRequest
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            PolicySetRequest.prototype.toJSON = function() {
                return PolicySetRequest.toObject(this, $protobuf.util.toJSONOptions);
            };

            return PolicySetRequest;
        })();

        v1.PolicySetResponse = (function() {

            /**
             * Properties of a PolicySetResponse.
             * @typedef {Object} dqoes.v1.PolicySetResponse.$Properties
             * @property {string|null} [policy] PolicySetResponse policy
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PolicySetResponse.
             * @memberof dqoes.v1
             * @interface IPolicySetResponse
             * @augments dqoes.v1.PolicySetResponse.$Properties
             * @deprecated Use dqoes.v1.PolicySetResponse.$Properties instead.
             */

            /**
             * Shape of a PolicySetResponse.
             * @typedef {dqoes.v1.PolicySetResponse.$Properties} dqoes.v1.PolicySetResponse.$Shape
             */

            /**
             * Constructs a new PolicySetResponse.
             * @memberof dqoes.v1
             * @classdesc Represents a PolicySetResponse.
             * @constructor
             * @param {dqoes.v1.PolicySetResponse.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PolicySetResponse = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PolicySetResponse policy.
             * @member {string} policy
             * @memberof dqoes.v1.PolicySetResponse
             * @instance
             */
            PolicySetResponse.prototype.policy = "";

            /**
             * Creates a new PolicySetResponse instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.PolicySetResponse
             * @static
             * @param {dqoes.v1.PolicySetResponse.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.PolicySetResponse} PolicySetResponse instance
             * @type {{
             *   (properties: dqoes.v1.PolicySetResponse.$Shape): dqoes.v1.PolicySetResponse & dqoes.v1.PolicySetResponse.$Shape;
             *   (properties?: dqoes.v1.PolicySetResponse.$Properties): dqoes.v1.PolicySetResponse;
             * }}
             */
            PolicySetResponse.create = function(properties) {
                return new PolicySetResponse(properties);
            };

            /**
             * Encodes the specified PolicySetResponse message. Does not implicitly {@link dqoes.v1.PolicySetResponse.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.PolicySetResponse
             * @static
             * @param {dqoes.v1.PolicySetResponse.$Properties} message PolicySetResponse message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PolicySetResponse.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.policy != null && $Object.hasOwnProperty.call(message, "policy") && message.policy !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.policy);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PolicySetResponse message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.PolicySetResponse
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.PolicySetResponse & dqoes.v1.PolicySetResponse.$Shape} PolicySetResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PolicySetResponse.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.PolicySetResponse();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.policy = value;
                            else
                                delete message.policy;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a PolicySetResponse message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.PolicySetResponse
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.PolicySetResponse} PolicySetResponse
             */
            PolicySetResponse.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.PolicySetResponse)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.PolicySetResponse: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.PolicySetResponse();
                if (object.policy != null)
                    if (typeof object.policy !== "string" || object.policy.length)
                        message.policy = $String(object.policy);
                return message;
            };

            /**
             * Creates a plain object from a PolicySetResponse message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.PolicySetResponse
             * @static
             * @param {dqoes.v1.PolicySetResponse} message PolicySetResponse
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            PolicySetResponse.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults)
                    object.policy = "";
                if (message.policy != null && $Object.hasOwnProperty.call(message, "policy"))
                    object.policy = message.policy;
                return object;
            };

            /**
             * Converts this PolicySetResponse to JSON.
             * @function toJSON
             * @memberof dqoes.v1.PolicySetResponse
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            PolicySetResponse.prototype.toJSON = function() {
                return PolicySetResponse.toObject(this, $protobuf.util.toJSONOptions);
            };

            return PolicySetResponse;
        })();

        v1.Fault = (function() {

            /**
             * Properties of a Fault.
             * @typedef {Object} dqoes.v1.Fault.$Properties
             * @property {string|null} [code] Fault code
             * @property {string|null} [field] Fault field
             * @property {string|null} [message] Fault message
             * @property {number|null} [line] Fault line
             * @property {number|null} [column] Fault column
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Fault.
             * @memberof dqoes.v1
             * @interface IFault
             * @augments dqoes.v1.Fault.$Properties
             * @deprecated Use dqoes.v1.Fault.$Properties instead.
             */

            /**
             * Shape of a Fault.
             * @typedef {dqoes.v1.Fault.$Properties} dqoes.v1.Fault.$Shape
             */

            /**
             * Constructs a new Fault.
             * @memberof dqoes.v1
             * @classdesc Represents a Fault.
             * @constructor
             * @param {dqoes.v1.Fault.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Fault = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Fault code.
             * @member {string} code
             * @memberof dqoes.v1.Fault
             * @instance
             */
            Fault.prototype.code = "";

            /**
             * Fault field.
             * @member {string} field
             * @memberof dqoes.v1.Fault
             * @instance
             */
            Fault.prototype.field = "";

            /**
             * Fault message.
             * @member {string} message
             * @memberof dqoes.v1.Fault
             * @instance
             */
            Fault.prototype.message = "";

            /**
             * Fault line.
             * @member {number|null|undefined} line
             * @memberof dqoes.v1.Fault
             * @instance
             */
            Fault.prototype.line = null;

            /**
             * Fault column.
             * @member {number|null|undefined} column
             * @memberof dqoes.v1.Fault
             * @instance
             */
            Fault.prototype.column = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Fault.prototype, "_line", {
                get: $util.oneOfGetter($oneOfFields = ["line"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(Fault.prototype, "_column", {
                get: $util.oneOfGetter($oneOfFields = ["column"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new Fault instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.Fault
             * @static
             * @param {dqoes.v1.Fault.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.Fault} Fault instance
             * @type {{
             *   (properties: dqoes.v1.Fault.$Shape): dqoes.v1.Fault & dqoes.v1.Fault.$Shape;
             *   (properties?: dqoes.v1.Fault.$Properties): dqoes.v1.Fault;
             * }}
             */
            Fault.create = function(properties) {
                return new Fault(properties);
            };

            /**
             * Encodes the specified Fault message. Does not implicitly {@link dqoes.v1.Fault.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.Fault
             * @static
             * @param {dqoes.v1.Fault.$Properties} message Fault message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Fault.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.code);
                if (message.field != null && $Object.hasOwnProperty.call(message, "field") && message.field !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.field);
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.message);
                if (message.line != null && $Object.hasOwnProperty.call(message, "line"))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.line);
                if (message.column != null && $Object.hasOwnProperty.call(message, "column"))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.column);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Fault message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.Fault
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.Fault & dqoes.v1.Fault.$Shape} Fault
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Fault.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.Fault();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.code = value;
                            else
                                delete message.code;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.field = value;
                            else
                                delete message.field;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.message = value;
                            else
                                delete message.message;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            message.line = reader.uint32();
                            message._line = "line";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            message.column = reader.uint32();
                            message._column = "column";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a Fault message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.Fault
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.Fault} Fault
             */
            Fault.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.Fault)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.Fault: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.Fault();
                if (object.code != null)
                    if (typeof object.code !== "string" || object.code.length)
                        message.code = $String(object.code);
                if (object.field != null)
                    if (typeof object.field !== "string" || object.field.length)
                        message.field = $String(object.field);
                if (object.message != null)
                    if (typeof object.message !== "string" || object.message.length)
                        message.message = $String(object.message);
                if (object.line != null)
                    message.line = object.line >>> 0;
                if (object.column != null)
                    message.column = object.column >>> 0;
                return message;
            };

            /**
             * Creates a plain object from a Fault message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.Fault
             * @static
             * @param {dqoes.v1.Fault} message Fault
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Fault.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.code = "";
                    object.field = "";
                    object.message = "";
                }
                if (message.code != null && $Object.hasOwnProperty.call(message, "code"))
                    object.code = message.code;
                if (message.field != null && $Object.hasOwnProperty.call(message, "field"))
                    object.field = message.field;
                if (message.message != null && $Object.hasOwnProperty.call(message, "message"))
                    object.message = message.message;
                if (message.line != null && $Object.hasOwnProperty.call(message, "line"))
                    object.line = message.line;
                if (message.column != null && $Object.hasOwnProperty.call(message, "column"))
                    object.column = message.column;
                return object;
            };

            /**
             * Converts this Fault to JSON.
             * @function toJSON
             * @memberof dqoes.v1.Fault
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Fault.prototype.toJSON = function() {
                return Fault.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Fault;
        })();

        v1.ServiceReply = (function() {

            /**
             * Properties of a ServiceReply.
             * @typedef {Object} dqoes.v1.ServiceReply.$Properties
             * @property {boolean|null} [ok] ServiceReply ok
             * @property {Array.<dqoes.v1.Fault.$Properties>|null} [faults] ServiceReply faults
             * @property {dqoes.v1.JobSubmitResponse.$Properties|null} [jobSubmit] ServiceReply jobSubmit
             * @property {dqoes.v1.JobStopResponse.$Properties|null} [jobStop] ServiceReply jobStop
             * @property {dqoes.v1.JobListResponse.$Properties|null} [jobList] ServiceReply jobList
             * @property {dqoes.v1.JobStatusResponse.$Properties|null} [jobStatus] ServiceReply jobStatus
             * @property {dqoes.v1.NodeListResponse.$Properties|null} [nodeList] ServiceReply nodeList
             * @property {dqoes.v1.NodeStatusResponse.$Properties|null} [nodeStatus] ServiceReply nodeStatus
             * @property {dqoes.v1.AllocationListResponse.$Properties|null} [allocationList] ServiceReply allocationList
             * @property {dqoes.v1.PolicyGetResponse.$Properties|null} [policyGet] ServiceReply policyGet
             * @property {dqoes.v1.PolicySetResponse.$Properties|null} [policySet] ServiceReply policySet
             * @property {dqoes.v1.JobPlanResponse.$Properties|null} [jobPlan] ServiceReply jobPlan
             * @property {dqoes.v1.NodeSetResponse.$Properties|null} [nodeSet] ServiceReply nodeSet
             * @property {dqoes.v1.NodeApproveResponse.$Properties|null} [nodeApprove] ServiceReply nodeApprove
             * @property {dqoes.v1.NodeRemoveResponse.$Properties|null} [nodeRemove] ServiceReply nodeRemove
             * @property {"jobSubmit"|"jobStop"|"jobList"|"jobStatus"|"nodeList"|"nodeStatus"|"allocationList"|"policyGet"|"policySet"|"jobPlan"|"nodeSet"|"nodeApprove"|"nodeRemove"} [value] ServiceReply value
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ServiceReply.
             * @memberof dqoes.v1
             * @interface IServiceReply
             * @augments dqoes.v1.ServiceReply.$Properties
             * @deprecated Use dqoes.v1.ServiceReply.$Properties instead.
             */

            /**
             * Narrowed shape of a ServiceReply.
             * @typedef {{
             *   ok?: boolean|null;
             *   faults?: Array.<dqoes.v1.Fault.$Shape>|null;
             *   jobSubmit?: dqoes.v1.JobSubmitResponse.$Shape|null;
             *   jobStop?: dqoes.v1.JobStopResponse.$Shape|null;
             *   jobList?: dqoes.v1.JobListResponse.$Shape|null;
             *   jobStatus?: dqoes.v1.JobStatusResponse.$Shape|null;
             *   nodeList?: dqoes.v1.NodeListResponse.$Shape|null;
             *   nodeStatus?: dqoes.v1.NodeStatusResponse.$Shape|null;
             *   allocationList?: dqoes.v1.AllocationListResponse.$Shape|null;
             *   policyGet?: dqoes.v1.PolicyGetResponse.$Shape|null;
             *   policySet?: dqoes.v1.PolicySetResponse.$Shape|null;
             *   jobPlan?: dqoes.v1.JobPlanResponse.$Shape|null;
             *   nodeSet?: dqoes.v1.NodeSetResponse.$Shape|null;
             *   nodeApprove?: dqoes.v1.NodeApproveResponse.$Shape|null;
             *   nodeRemove?: dqoes.v1.NodeRemoveResponse.$Shape|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ value?: undefined; jobSubmit?: null; jobStop?: null; jobList?: null; jobStatus?: null; nodeList?: null; nodeStatus?: null; allocationList?: null; policyGet?: null; policySet?: null; jobPlan?: null; nodeSet?: null; nodeApprove?: null; nodeRemove?: null }|{ value?: "jobSubmit"; jobSubmit: dqoes.v1.JobSubmitResponse.$Shape; jobStop?: null; jobList?: null; jobStatus?: null; nodeList?: null; nodeStatus?: null; allocationList?: null; policyGet?: null; policySet?: null; jobPlan?: null; nodeSet?: null; nodeApprove?: null; nodeRemove?: null }|{ value?: "jobStop"; jobSubmit?: null; jobStop: dqoes.v1.JobStopResponse.$Shape; jobList?: null; jobStatus?: null; nodeList?: null; nodeStatus?: null; allocationList?: null; policyGet?: null; policySet?: null; jobPlan?: null; nodeSet?: null; nodeApprove?: null; nodeRemove?: null }|{ value?: "jobList"; jobSubmit?: null; jobStop?: null; jobList: dqoes.v1.JobListResponse.$Shape; jobStatus?: null; nodeList?: null; nodeStatus?: null; allocationList?: null; policyGet?: null; policySet?: null; jobPlan?: null; nodeSet?: null; nodeApprove?: null; nodeRemove?: null }|{ value?: "jobStatus"; jobSubmit?: null; jobStop?: null; jobList?: null; jobStatus: dqoes.v1.JobStatusResponse.$Shape; nodeList?: null; nodeStatus?: null; allocationList?: null; policyGet?: null; policySet?: null; jobPlan?: null; nodeSet?: null; nodeApprove?: null; nodeRemove?: null }|{ value?: "nodeList"; jobSubmit?: null; jobStop?: null; jobList?: null; jobStatus?: null; nodeList: dqoes.v1.NodeListResponse.$Shape; nodeStatus?: null; allocationList?: null; policyGet?: null; policySet?: null; jobPlan?: null; nodeSet?: null; nodeApprove?: null; nodeRemove?: null }|{ value?: "nodeStatus"; jobSubmit?: null; jobStop?: null; jobList?: null; jobStatus?: null; nodeList?: null; nodeStatus: dqoes.v1.NodeStatusResponse.$Shape; allocationList?: null; policyGet?: null; policySet?: null; jobPlan?: null; nodeSet?: null; nodeApprove?: null; nodeRemove?: null }|{ value?: "allocationList"; jobSubmit?: null; jobStop?: null; jobList?: null; jobStatus?: null; nodeList?: null; nodeStatus?: null; allocationList: dqoes.v1.AllocationListResponse.$Shape; policyGet?: null; policySet?: null; jobPlan?: null; nodeSet?: null; nodeApprove?: null; nodeRemove?: null }|{ value?: "policyGet"; jobSubmit?: null; jobStop?: null; jobList?: null; jobStatus?: null; nodeList?: null; nodeStatus?: null; allocationList?: null; policyGet: dqoes.v1.PolicyGetResponse.$Shape; policySet?: null; jobPlan?: null; nodeSet?: null; nodeApprove?: null; nodeRemove?: null }|{ value?: "policySet"; jobSubmit?: null; jobStop?: null; jobList?: null; jobStatus?: null; nodeList?: null; nodeStatus?: null; allocationList?: null; policyGet?: null; policySet: dqoes.v1.PolicySetResponse.$Shape; jobPlan?: null; nodeSet?: null; nodeApprove?: null; nodeRemove?: null }|{ value?: "jobPlan"; jobSubmit?: null; jobStop?: null; jobList?: null; jobStatus?: null; nodeList?: null; nodeStatus?: null; allocationList?: null; policyGet?: null; policySet?: null; jobPlan: dqoes.v1.JobPlanResponse.$Shape; nodeSet?: null; nodeApprove?: null; nodeRemove?: null }|{ value?: "nodeSet"; jobSubmit?: null; jobStop?: null; jobList?: null; jobStatus?: null; nodeList?: null; nodeStatus?: null; allocationList?: null; policyGet?: null; policySet?: null; jobPlan?: null; nodeSet: dqoes.v1.NodeSetResponse.$Shape; nodeApprove?: null; nodeRemove?: null }|{ value?: "nodeApprove"; jobSubmit?: null; jobStop?: null; jobList?: null; jobStatus?: null; nodeList?: null; nodeStatus?: null; allocationList?: null; policyGet?: null; policySet?: null; jobPlan?: null; nodeSet?: null; nodeApprove: dqoes.v1.NodeApproveResponse.$Shape; nodeRemove?: null }|{ value?: "nodeRemove"; jobSubmit?: null; jobStop?: null; jobList?: null; jobStatus?: null; nodeList?: null; nodeStatus?: null; allocationList?: null; policyGet?: null; policySet?: null; jobPlan?: null; nodeSet?: null; nodeApprove?: null; nodeRemove: dqoes.v1.NodeRemoveResponse.$Shape })
             * )} dqoes.v1.ServiceReply.$Shape
             */

            /**
             * Constructs a new ServiceReply.
             * @memberof dqoes.v1
             * @classdesc Represents a ServiceReply.
             * @constructor
             * @param {dqoes.v1.ServiceReply.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ServiceReply = function (properties) {
                this.faults = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ServiceReply ok.
             * @member {boolean} ok
             * @memberof dqoes.v1.ServiceReply
             * @instance
             */
            ServiceReply.prototype.ok = false;

            /**
             * ServiceReply faults.
             * @member {Array.<dqoes.v1.Fault.$Properties>} faults
             * @memberof dqoes.v1.ServiceReply
             * @instance
             */
            ServiceReply.prototype.faults = $util.emptyArray;

            /**
             * ServiceReply jobSubmit.
             * @member {dqoes.v1.JobSubmitResponse.$Properties|null|undefined} jobSubmit
             * @memberof dqoes.v1.ServiceReply
             * @instance
             */
            ServiceReply.prototype.jobSubmit = null;

            /**
             * ServiceReply jobStop.
             * @member {dqoes.v1.JobStopResponse.$Properties|null|undefined} jobStop
             * @memberof dqoes.v1.ServiceReply
             * @instance
             */
            ServiceReply.prototype.jobStop = null;

            /**
             * ServiceReply jobList.
             * @member {dqoes.v1.JobListResponse.$Properties|null|undefined} jobList
             * @memberof dqoes.v1.ServiceReply
             * @instance
             */
            ServiceReply.prototype.jobList = null;

            /**
             * ServiceReply jobStatus.
             * @member {dqoes.v1.JobStatusResponse.$Properties|null|undefined} jobStatus
             * @memberof dqoes.v1.ServiceReply
             * @instance
             */
            ServiceReply.prototype.jobStatus = null;

            /**
             * ServiceReply nodeList.
             * @member {dqoes.v1.NodeListResponse.$Properties|null|undefined} nodeList
             * @memberof dqoes.v1.ServiceReply
             * @instance
             */
            ServiceReply.prototype.nodeList = null;

            /**
             * ServiceReply nodeStatus.
             * @member {dqoes.v1.NodeStatusResponse.$Properties|null|undefined} nodeStatus
             * @memberof dqoes.v1.ServiceReply
             * @instance
             */
            ServiceReply.prototype.nodeStatus = null;

            /**
             * ServiceReply allocationList.
             * @member {dqoes.v1.AllocationListResponse.$Properties|null|undefined} allocationList
             * @memberof dqoes.v1.ServiceReply
             * @instance
             */
            ServiceReply.prototype.allocationList = null;

            /**
             * ServiceReply policyGet.
             * @member {dqoes.v1.PolicyGetResponse.$Properties|null|undefined} policyGet
             * @memberof dqoes.v1.ServiceReply
             * @instance
             */
            ServiceReply.prototype.policyGet = null;

            /**
             * ServiceReply policySet.
             * @member {dqoes.v1.PolicySetResponse.$Properties|null|undefined} policySet
             * @memberof dqoes.v1.ServiceReply
             * @instance
             */
            ServiceReply.prototype.policySet = null;

            /**
             * ServiceReply jobPlan.
             * @member {dqoes.v1.JobPlanResponse.$Properties|null|undefined} jobPlan
             * @memberof dqoes.v1.ServiceReply
             * @instance
             */
            ServiceReply.prototype.jobPlan = null;

            /**
             * ServiceReply nodeSet.
             * @member {dqoes.v1.NodeSetResponse.$Properties|null|undefined} nodeSet
             * @memberof dqoes.v1.ServiceReply
             * @instance
             */
            ServiceReply.prototype.nodeSet = null;

            /**
             * ServiceReply nodeApprove.
             * @member {dqoes.v1.NodeApproveResponse.$Properties|null|undefined} nodeApprove
             * @memberof dqoes.v1.ServiceReply
             * @instance
             */
            ServiceReply.prototype.nodeApprove = null;

            /**
             * ServiceReply nodeRemove.
             * @member {dqoes.v1.NodeRemoveResponse.$Properties|null|undefined} nodeRemove
             * @memberof dqoes.v1.ServiceReply
             * @instance
             */
            ServiceReply.prototype.nodeRemove = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * ServiceReply value.
             * @member {"jobSubmit"|"jobStop"|"jobList"|"jobStatus"|"nodeList"|"nodeStatus"|"allocationList"|"policyGet"|"policySet"|"jobPlan"|"nodeSet"|"nodeApprove"|"nodeRemove"|undefined} value
             * @memberof dqoes.v1.ServiceReply
             * @instance
             */
            $Object.defineProperty(ServiceReply.prototype, "value", {
                get: $util.oneOfGetter($oneOfFields = ["jobSubmit", "jobStop", "jobList", "jobStatus", "nodeList", "nodeStatus", "allocationList", "policyGet", "policySet", "jobPlan", "nodeSet", "nodeApprove", "nodeRemove"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new ServiceReply instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.ServiceReply
             * @static
             * @param {dqoes.v1.ServiceReply.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.ServiceReply} ServiceReply instance
             * @type {{
             *   (properties: dqoes.v1.ServiceReply.$Shape): dqoes.v1.ServiceReply & dqoes.v1.ServiceReply.$Shape;
             *   (properties?: dqoes.v1.ServiceReply.$Properties): dqoes.v1.ServiceReply;
             * }}
             */
            ServiceReply.create = function(properties) {
                return new ServiceReply(properties);
            };

            /**
             * Encodes the specified ServiceReply message. Does not implicitly {@link dqoes.v1.ServiceReply.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.ServiceReply
             * @static
             * @param {dqoes.v1.ServiceReply.$Properties} message ServiceReply message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ServiceReply.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.ok != null && $Object.hasOwnProperty.call(message, "ok") && message.ok !== false)
                    writer.uint32(/* id 1, wireType 0 =*/8).bool(message.ok);
                if (message.faults != null && message.faults.length)
                    for (let i = 0; i < message.faults.length; ++i)
                        $root.dqoes.v1.Fault.encode(message.faults[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.jobSubmit != null && $Object.hasOwnProperty.call(message, "jobSubmit"))
                    $root.dqoes.v1.JobSubmitResponse.encode(message.jobSubmit, writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
                if (message.jobStop != null && $Object.hasOwnProperty.call(message, "jobStop"))
                    $root.dqoes.v1.JobStopResponse.encode(message.jobStop, writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
                if (message.jobList != null && $Object.hasOwnProperty.call(message, "jobList"))
                    $root.dqoes.v1.JobListResponse.encode(message.jobList, writer.uint32(/* id 12, wireType 2 =*/98).fork(), _depth + 1).ldelim();
                if (message.jobStatus != null && $Object.hasOwnProperty.call(message, "jobStatus"))
                    $root.dqoes.v1.JobStatusResponse.encode(message.jobStatus, writer.uint32(/* id 13, wireType 2 =*/106).fork(), _depth + 1).ldelim();
                if (message.nodeList != null && $Object.hasOwnProperty.call(message, "nodeList"))
                    $root.dqoes.v1.NodeListResponse.encode(message.nodeList, writer.uint32(/* id 14, wireType 2 =*/114).fork(), _depth + 1).ldelim();
                if (message.nodeStatus != null && $Object.hasOwnProperty.call(message, "nodeStatus"))
                    $root.dqoes.v1.NodeStatusResponse.encode(message.nodeStatus, writer.uint32(/* id 15, wireType 2 =*/122).fork(), _depth + 1).ldelim();
                if (message.allocationList != null && $Object.hasOwnProperty.call(message, "allocationList"))
                    $root.dqoes.v1.AllocationListResponse.encode(message.allocationList, writer.uint32(/* id 16, wireType 2 =*/130).fork(), _depth + 1).ldelim();
                if (message.policyGet != null && $Object.hasOwnProperty.call(message, "policyGet"))
                    $root.dqoes.v1.PolicyGetResponse.encode(message.policyGet, writer.uint32(/* id 17, wireType 2 =*/138).fork(), _depth + 1).ldelim();
                if (message.policySet != null && $Object.hasOwnProperty.call(message, "policySet"))
                    $root.dqoes.v1.PolicySetResponse.encode(message.policySet, writer.uint32(/* id 18, wireType 2 =*/146).fork(), _depth + 1).ldelim();
                if (message.jobPlan != null && $Object.hasOwnProperty.call(message, "jobPlan"))
                    $root.dqoes.v1.JobPlanResponse.encode(message.jobPlan, writer.uint32(/* id 19, wireType 2 =*/154).fork(), _depth + 1).ldelim();
                if (message.nodeSet != null && $Object.hasOwnProperty.call(message, "nodeSet"))
                    $root.dqoes.v1.NodeSetResponse.encode(message.nodeSet, writer.uint32(/* id 20, wireType 2 =*/162).fork(), _depth + 1).ldelim();
                if (message.nodeApprove != null && $Object.hasOwnProperty.call(message, "nodeApprove"))
                    $root.dqoes.v1.NodeApproveResponse.encode(message.nodeApprove, writer.uint32(/* id 21, wireType 2 =*/170).fork(), _depth + 1).ldelim();
                if (message.nodeRemove != null && $Object.hasOwnProperty.call(message, "nodeRemove"))
                    $root.dqoes.v1.NodeRemoveResponse.encode(message.nodeRemove, writer.uint32(/* id 22, wireType 2 =*/178).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ServiceReply message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.ServiceReply
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.ServiceReply & dqoes.v1.ServiceReply.$Shape} ServiceReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ServiceReply.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.dqoes.v1.ServiceReply();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.ok = value;
                            else
                                delete message.ok;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.faults && message.faults.length))
                                message.faults = [];
                            message.faults.push($root.dqoes.v1.Fault.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            message.jobSubmit = $root.dqoes.v1.JobSubmitResponse.decode(reader, reader.size(), $undefined, _depth + 1, message.jobSubmit);
                            message.value = "jobSubmit";
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            message.jobStop = $root.dqoes.v1.JobStopResponse.decode(reader, reader.size(), $undefined, _depth + 1, message.jobStop);
                            message.value = "jobStop";
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            message.jobList = $root.dqoes.v1.JobListResponse.decode(reader, reader.size(), $undefined, _depth + 1, message.jobList);
                            message.value = "jobList";
                            continue;
                        }
                    case 13: {
                            if (wireType !== 2)
                                break;
                            message.jobStatus = $root.dqoes.v1.JobStatusResponse.decode(reader, reader.size(), $undefined, _depth + 1, message.jobStatus);
                            message.value = "jobStatus";
                            continue;
                        }
                    case 14: {
                            if (wireType !== 2)
                                break;
                            message.nodeList = $root.dqoes.v1.NodeListResponse.decode(reader, reader.size(), $undefined, _depth + 1, message.nodeList);
                            message.value = "nodeList";
                            continue;
                        }
                    case 15: {
                            if (wireType !== 2)
                                break;
                            message.nodeStatus = $root.dqoes.v1.NodeStatusResponse.decode(reader, reader.size(), $undefined, _depth + 1, message.nodeStatus);
                            message.value = "nodeStatus";
                            continue;
                        }
                    case 16: {
                            if (wireType !== 2)
                                break;
                            message.allocationList = $root.dqoes.v1.AllocationListResponse.decode(reader, reader.size(), $undefined, _depth + 1, message.allocationList);
                            message.value = "allocationList";
                            continue;
                        }
                    case 17: {
                            if (wireType !== 2)
                                break;
                            message.policyGet = $root.dqoes.v1.PolicyGetResponse.decode(reader, reader.size(), $undefined, _depth + 1, message.policyGet);
                            message.value = "policyGet";
                            continue;
                        }
                    case 18: {
                            if (wireType !== 2)
                                break;
                            message.policySet = $root.dqoes.v1.PolicySetResponse.decode(reader, reader.size(), $undefined, _depth + 1, message.policySet);
                            message.value = "policySet";
                            continue;
                        }
                    case 19: {
                            if (wireType !== 2)
                                break;
                            message.jobPlan = $root.dqoes.v1.JobPlanResponse.decode(reader, reader.size(), $undefined, _depth + 1, message.jobPlan);
                            message.value = "jobPlan";
                            continue;
                        }
                    case 20: {
                            if (wireType !== 2)
                                break;
                            message.nodeSet = $root.dqoes.v1.NodeSetResponse.decode(reader, reader.size(), $undefined, _depth + 1, message.nodeSet);
                            message.value = "nodeSet";
                            continue;
                        }
                    case 21: {
                            if (wireType !== 2)
                                break;
                            message.nodeApprove = $root.dqoes.v1.NodeApproveResponse.decode(reader, reader.size(), $undefined, _depth + 1, message.nodeApprove);
                            message.value = "nodeApprove";
                            continue;
                        }
                    case 22: {
                            if (wireType !== 2)
                                break;
                            message.nodeRemove = $root.dqoes.v1.NodeRemoveResponse.decode(reader, reader.size(), $undefined, _depth + 1, message.nodeRemove);
                            message.value = "nodeRemove";
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Creates a ServiceReply message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.ServiceReply
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.ServiceReply} ServiceReply
             */
            ServiceReply.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.ServiceReply)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.ServiceReply: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.ServiceReply();
                if (object.ok != null)
                    if (object.ok)
                        message.ok = $Boolean(object.ok);
                if (object.faults) {
                    if (!$Array.isArray(object.faults))
                        throw $TypeError(".dqoes.v1.ServiceReply.faults: array expected");
                    message.faults = $Array(object.faults.length);
                    for (let i = 0; i < object.faults.length; ++i) {
                        if (!$util.isObject(object.faults[i]))
                            throw $TypeError(".dqoes.v1.ServiceReply.faults: object expected");
                        message.faults[i] = $root.dqoes.v1.Fault.fromObject(object.faults[i], _depth + 1);
                    }
                }
                if (object.jobSubmit != null) {
                    if (!$util.isObject(object.jobSubmit))
                        throw $TypeError(".dqoes.v1.ServiceReply.jobSubmit: object expected");
                    message.jobSubmit = $root.dqoes.v1.JobSubmitResponse.fromObject(object.jobSubmit, _depth + 1);
                }
                if (object.jobStop != null) {
                    if (!$util.isObject(object.jobStop))
                        throw $TypeError(".dqoes.v1.ServiceReply.jobStop: object expected");
                    message.jobStop = $root.dqoes.v1.JobStopResponse.fromObject(object.jobStop, _depth + 1);
                }
                if (object.jobList != null) {
                    if (!$util.isObject(object.jobList))
                        throw $TypeError(".dqoes.v1.ServiceReply.jobList: object expected");
                    message.jobList = $root.dqoes.v1.JobListResponse.fromObject(object.jobList, _depth + 1);
                }
                if (object.jobStatus != null) {
                    if (!$util.isObject(object.jobStatus))
                        throw $TypeError(".dqoes.v1.ServiceReply.jobStatus: object expected");
                    message.jobStatus = $root.dqoes.v1.JobStatusResponse.fromObject(object.jobStatus, _depth + 1);
                }
                if (object.nodeList != null) {
                    if (!$util.isObject(object.nodeList))
                        throw $TypeError(".dqoes.v1.ServiceReply.nodeList: object expected");
                    message.nodeList = $root.dqoes.v1.NodeListResponse.fromObject(object.nodeList, _depth + 1);
                }
                if (object.nodeStatus != null) {
                    if (!$util.isObject(object.nodeStatus))
                        throw $TypeError(".dqoes.v1.ServiceReply.nodeStatus: object expected");
                    message.nodeStatus = $root.dqoes.v1.NodeStatusResponse.fromObject(object.nodeStatus, _depth + 1);
                }
                if (object.allocationList != null) {
                    if (!$util.isObject(object.allocationList))
                        throw $TypeError(".dqoes.v1.ServiceReply.allocationList: object expected");
                    message.allocationList = $root.dqoes.v1.AllocationListResponse.fromObject(object.allocationList, _depth + 1);
                }
                if (object.policyGet != null) {
                    if (!$util.isObject(object.policyGet))
                        throw $TypeError(".dqoes.v1.ServiceReply.policyGet: object expected");
                    message.policyGet = $root.dqoes.v1.PolicyGetResponse.fromObject(object.policyGet, _depth + 1);
                }
                if (object.policySet != null) {
                    if (!$util.isObject(object.policySet))
                        throw $TypeError(".dqoes.v1.ServiceReply.policySet: object expected");
                    message.policySet = $root.dqoes.v1.PolicySetResponse.fromObject(object.policySet, _depth + 1);
                }
                if (object.jobPlan != null) {
                    if (!$util.isObject(object.jobPlan))
                        throw $TypeError(".dqoes.v1.ServiceReply.jobPlan: object expected");
                    message.jobPlan = $root.dqoes.v1.JobPlanResponse.fromObject(object.jobPlan, _depth + 1);
                }
                if (object.nodeSet != null) {
                    if (!$util.isObject(object.nodeSet))
                        throw $TypeError(".dqoes.v1.ServiceReply.nodeSet: object expected");
                    message.nodeSet = $root.dqoes.v1.NodeSetResponse.fromObject(object.nodeSet, _depth + 1);
                }
                if (object.nodeApprove != null) {
                    if (!$util.isObject(object.nodeApprove))
                        throw $TypeError(".dqoes.v1.ServiceReply.nodeApprove: object expected");
                    message.nodeApprove = $root.dqoes.v1.NodeApproveResponse.fromObject(object.nodeApprove, _depth + 1);
                }
                if (object.nodeRemove != null) {
                    if (!$util.isObject(object.nodeRemove))
                        throw $TypeError(".dqoes.v1.ServiceReply.nodeRemove: object expected");
                    message.nodeRemove = $root.dqoes.v1.NodeRemoveResponse.fromObject(object.nodeRemove, _depth + 1);
                }
                return message;
            };

            /**
             * Creates a plain object from a ServiceReply message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.ServiceReply
             * @static
             * @param {dqoes.v1.ServiceReply} message ServiceReply
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            ServiceReply.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.arrays || options.defaults)
                    object.faults = [];
                if (options.defaults)
                    object.ok = false;
                if (message.ok != null && $Object.hasOwnProperty.call(message, "ok"))
                    object.ok = message.ok;
                if (message.faults && message.faults.length) {
                    object.faults = $Array(message.faults.length);
                    for (let j = 0; j < message.faults.length; ++j)
                        object.faults[j] = $root.dqoes.v1.Fault.toObject(message.faults[j], options, _depth + 1);
                }
                if (message.jobSubmit != null && $Object.hasOwnProperty.call(message, "jobSubmit")) {
                    object.jobSubmit = $root.dqoes.v1.JobSubmitResponse.toObject(message.jobSubmit, options, _depth + 1);
                    if (options.oneofs)
                        object.value = "jobSubmit";
                }
                if (message.jobStop != null && $Object.hasOwnProperty.call(message, "jobStop")) {
                    object.jobStop = $root.dqoes.v1.JobStopResponse.toObject(message.jobStop, options, _depth + 1);
                    if (options.oneofs)
                        object.value = "jobStop";
                }
                if (message.jobList != null && $Object.hasOwnProperty.call(message, "jobList")) {
                    object.jobList = $root.dqoes.v1.JobListResponse.toObject(message.jobList, options, _depth + 1);
                    if (options.oneofs)
                        object.value = "jobList";
                }
                if (message.jobStatus != null && $Object.hasOwnProperty.call(message, "jobStatus")) {
                    object.jobStatus = $root.dqoes.v1.JobStatusResponse.toObject(message.jobStatus, options, _depth + 1);
                    if (options.oneofs)
                        object.value = "jobStatus";
                }
                if (message.nodeList != null && $Object.hasOwnProperty.call(message, "nodeList")) {
                    object.nodeList = $root.dqoes.v1.NodeListResponse.toObject(message.nodeList, options, _depth + 1);
                    if (options.oneofs)
                        object.value = "nodeList";
                }
                if (message.nodeStatus != null && $Object.hasOwnProperty.call(message, "nodeStatus")) {
                    object.nodeStatus = $root.dqoes.v1.NodeStatusResponse.toObject(message.nodeStatus, options, _depth + 1);
                    if (options.oneofs)
                        object.value = "nodeStatus";
                }
                if (message.allocationList != null && $Object.hasOwnProperty.call(message, "allocationList")) {
                    object.allocationList = $root.dqoes.v1.AllocationListResponse.toObject(message.allocationList, options, _depth + 1);
                    if (options.oneofs)
                        object.value = "allocationList";
                }
                if (message.policyGet != null && $Object.hasOwnProperty.call(message, "policyGet")) {
                    object.policyGet = $root.dqoes.v1.PolicyGetResponse.toObject(message.policyGet, options, _depth + 1);
                    if (options.oneofs)
                        object.value = "policyGet";
                }
                if (message.policySet != null && $Object.hasOwnProperty.call(message, "policySet")) {
                    object.policySet = $root.dqoes.v1.PolicySetResponse.toObject(message.policySet, options, _depth + 1);
                    if (options.oneofs)
                        object.value = "policySet";
                }
                if (message.jobPlan != null && $Object.hasOwnProperty.call(message, "jobPlan")) {
                    object.jobPlan = $root.dqoes.v1.JobPlanResponse.toObject(message.jobPlan, options, _depth + 1);
                    if (options.oneofs)
                        object.value = "jobPlan";
                }
                if (message.nodeSet != null && $Object.hasOwnProperty.call(message, "nodeSet")) {
                    object.nodeSet = $root.dqoes.v1.NodeSetResponse.toObject(message.nodeSet, options, _depth + 1);
                    if (options.oneofs)
                        object.value = "nodeSet";
                }
                if (message.nodeApprove != null && $Object.hasOwnProperty.call(message, "nodeApprove")) {
                    object.nodeApprove = $root.dqoes.v1.NodeApproveResponse.toObject(message.nodeApprove, options, _depth + 1);
                    if (options.oneofs)
                        object.value = "nodeApprove";
                }
                if (message.nodeRemove != null && $Object.hasOwnProperty.call(message, "nodeRemove")) {
                    object.nodeRemove = $root.dqoes.v1.NodeRemoveResponse.toObject(message.nodeRemove, options, _depth + 1);
                    if (options.oneofs)
                        object.value = "nodeRemove";
                }
                return object;
            };

            /**
             * Converts this ServiceReply to JSON.
             * @function toJSON
             * @memberof dqoes.v1.ServiceReply
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            ServiceReply.prototype.toJSON = function() {
                return ServiceReply.toObject(this, $protobuf.util.toJSONOptions);
            };

            return ServiceReply;
        })();

        return v1;
    })();

    return dqoes;
})();

export {
  $root as default
};
