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

        v1.Credit = (function() {

            /**
             * Properties of a Credit.
             * @typedef {Object} dqoes.v1.Credit.$Properties
             * @property {number|null} [costRatio] Credit costRatio
             * @property {number|null} [belowRatio] Credit belowRatio
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Credit.
             * @memberof dqoes.v1
             * @interface ICredit
             * @augments dqoes.v1.Credit.$Properties
             * @deprecated Use dqoes.v1.Credit.$Properties instead.
             */

            /**
             * Shape of a Credit.
             * @typedef {dqoes.v1.Credit.$Properties} dqoes.v1.Credit.$Shape
             */

            /**
             * Constructs a new Credit.
             * @memberof dqoes.v1
             * @classdesc Represents a Credit.
             * @constructor
             * @param {dqoes.v1.Credit.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Credit = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Credit costRatio.
             * @member {number} costRatio
             * @memberof dqoes.v1.Credit
             * @instance
             */
            Credit.prototype.costRatio = 0;

            /**
             * Credit belowRatio.
             * @member {number} belowRatio
             * @memberof dqoes.v1.Credit
             * @instance
             */
            Credit.prototype.belowRatio = 0;

            /**
             * Creates a new Credit instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.Credit
             * @static
             * @param {dqoes.v1.Credit.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.Credit} Credit instance
             * @type {{
             *   (properties: dqoes.v1.Credit.$Shape): dqoes.v1.Credit & dqoes.v1.Credit.$Shape;
             *   (properties?: dqoes.v1.Credit.$Properties): dqoes.v1.Credit;
             * }}
             */
            Credit.create = function(properties) {
                return new Credit(properties);
            };

            /**
             * Encodes the specified Credit message. Does not implicitly {@link dqoes.v1.Credit.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.Credit
             * @static
             * @param {dqoes.v1.Credit.$Properties} message Credit message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Credit.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.costRatio != null && $Object.hasOwnProperty.call(message, "costRatio") && !$Object.is(message.costRatio, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.costRatio);
                if (message.belowRatio != null && $Object.hasOwnProperty.call(message, "belowRatio") && !$Object.is(message.belowRatio, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.belowRatio);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Credit message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.Credit
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.Credit & dqoes.v1.Credit.$Shape} Credit
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Credit.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dqoes.v1.Credit();
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
                                message.costRatio = value;
                            else
                                delete message.costRatio;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.belowRatio = value;
                            else
                                delete message.belowRatio;
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
             * Creates a Credit message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.Credit
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.Credit} Credit
             */
            Credit.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.Credit)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.Credit: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.Credit();
                if (object.costRatio != null)
                    if (!$Object.is($Number(object.costRatio), 0))
                        message.costRatio = $Number(object.costRatio);
                if (object.belowRatio != null)
                    if (!$Object.is($Number(object.belowRatio), 0))
                        message.belowRatio = $Number(object.belowRatio);
                return message;
            };

            /**
             * Creates a plain object from a Credit message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.Credit
             * @static
             * @param {dqoes.v1.Credit} message Credit
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            Credit.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.costRatio = 0;
                    object.belowRatio = 0;
                }
                if (message.costRatio != null && $Object.hasOwnProperty.call(message, "costRatio"))
                    object.costRatio = options.json && !$isFinite(message.costRatio) ? $String(message.costRatio) : message.costRatio;
                if (message.belowRatio != null && $Object.hasOwnProperty.call(message, "belowRatio"))
                    object.belowRatio = options.json && !$isFinite(message.belowRatio) ? $String(message.belowRatio) : message.belowRatio;
                return object;
            };

            /**
             * Converts this Credit to JSON.
             * @function toJSON
             * @memberof dqoes.v1.Credit
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            Credit.prototype.toJSON = function() {
                return Credit.toObject(this, $protobuf.util.toJSONOptions);
            };

            return Credit;
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
             * @property {Object.<string,string>|null} [secretEnv] JobSpec secretEnv
             * @property {dqoes.v1.Credit.$Properties|null} [credit] JobSpec credit
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
                this.secretEnv = {};
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

            /**
             * JobSpec secretEnv.
             * @member {Object.<string,string>} secretEnv
             * @memberof dqoes.v1.JobSpec
             * @instance
             */
            JobSpec.prototype.secretEnv = $util.emptyObject;

            /**
             * JobSpec credit.
             * @member {dqoes.v1.Credit.$Properties|null|undefined} credit
             * @memberof dqoes.v1.JobSpec
             * @instance
             */
            JobSpec.prototype.credit = null;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(JobSpec.prototype, "_moves", {
                get: $util.oneOfGetter($oneOfFields = ["moves"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(JobSpec.prototype, "_credit", {
                get: $util.oneOfGetter($oneOfFields = ["credit"]),
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
                if (message.secretEnv != null && $Object.hasOwnProperty.call(message, "secretEnv"))
                    for (let keys = $Object.keys(message.secretEnv), i = 0; i < keys.length; ++i)
                        writer.uint32(/* id 14, wireType 2 =*/114).fork().uint32(/* id 1, wireType 2 =*/10).string(keys[i]).uint32(/* id 2, wireType 2 =*/18).string(message.secretEnv[keys[i]]).ldelim();
                if (message.credit != null && $Object.hasOwnProperty.call(message, "credit"))
                    $root.dqoes.v1.Credit.encode(message.credit, writer.uint32(/* id 15, wireType 2 =*/122).fork(), _depth + 1).ldelim();
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
                    case 14: {
                            if (wireType !== 2)
                                break;
                            if (message.secretEnv === $util.emptyObject)
                                message.secretEnv = {};
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
                                $util.makeProp(message.secretEnv, key);
                            message.secretEnv[key] = value;
                            continue;
                        }
                    case 15: {
                            if (wireType !== 2)
                                break;
                            message.credit = $root.dqoes.v1.Credit.decode(reader, reader.size(), $undefined, _depth + 1, message.credit);
                            message._credit = "credit";
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
                if (object.secretEnv) {
                    if (!$util.isObject(object.secretEnv))
                        throw $TypeError(".dqoes.v1.JobSpec.secretEnv: object expected");
                    message.secretEnv = {};
                    for (let keys = $Object.keys(object.secretEnv), i = 0; i < keys.length; ++i) {
                        if (keys[i] === "__proto__")
                            $util.makeProp(message.secretEnv, keys[i]);
                        message.secretEnv[keys[i]] = $String(object.secretEnv[keys[i]]);
                    }
                }
                if (object.credit != null) {
                    if (!$util.isObject(object.credit))
                        throw $TypeError(".dqoes.v1.JobSpec.credit: object expected");
                    message.credit = $root.dqoes.v1.Credit.fromObject(object.credit, _depth + 1);
                }
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
                if (options.objects || options.defaults) {
                    object.env = {};
                    object.secretEnv = {};
                }
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
                if (message.secretEnv && (keys2 = $Object.keys(message.secretEnv)).length) {
                    object.secretEnv = {};
                    for (let j = 0; j < keys2.length; ++j) {
                        if (keys2[j] === "__proto__")
                            $util.makeProp(object.secretEnv, keys2[j]);
                        object.secretEnv[keys2[j]] = message.secretEnv[keys2[j]];
                    }
                }
                if (message.credit != null && $Object.hasOwnProperty.call(message, "credit"))
                    object.credit = $root.dqoes.v1.Credit.toObject(message.credit, options, _depth + 1);
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

        v1.SealedSecret = (function() {

            /**
             * Properties of a SealedSecret.
             * @typedef {Object} dqoes.v1.SealedSecret.$Properties
             * @property {string|null} [name] SealedSecret name
             * @property {string|null} [version] SealedSecret version
             * @property {string|null} [key] SealedSecret key
             * @property {string|null} [box] SealedSecret box
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a SealedSecret.
             * @memberof dqoes.v1
             * @interface ISealedSecret
             * @augments dqoes.v1.SealedSecret.$Properties
             * @deprecated Use dqoes.v1.SealedSecret.$Properties instead.
             */

            /**
             * Shape of a SealedSecret.
             * @typedef {dqoes.v1.SealedSecret.$Properties} dqoes.v1.SealedSecret.$Shape
             */

            /**
             * Constructs a new SealedSecret.
             * @memberof dqoes.v1
             * @classdesc Represents a SealedSecret.
             * @constructor
             * @param {dqoes.v1.SealedSecret.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const SealedSecret = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * SealedSecret name.
             * @member {string} name
             * @memberof dqoes.v1.SealedSecret
             * @instance
             */
            SealedSecret.prototype.name = "";

            /**
             * SealedSecret version.
             * @member {string} version
             * @memberof dqoes.v1.SealedSecret
             * @instance
             */
            SealedSecret.prototype.version = "";

            /**
             * SealedSecret key.
             * @member {string} key
             * @memberof dqoes.v1.SealedSecret
             * @instance
             */
            SealedSecret.prototype.key = "";

            /**
             * SealedSecret box.
             * @member {string} box
             * @memberof dqoes.v1.SealedSecret
             * @instance
             */
            SealedSecret.prototype.box = "";

            /**
             * Creates a new SealedSecret instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.SealedSecret
             * @static
             * @param {dqoes.v1.SealedSecret.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.SealedSecret} SealedSecret instance
             * @type {{
             *   (properties: dqoes.v1.SealedSecret.$Shape): dqoes.v1.SealedSecret & dqoes.v1.SealedSecret.$Shape;
             *   (properties?: dqoes.v1.SealedSecret.$Properties): dqoes.v1.SealedSecret;
             * }}
             */
            SealedSecret.create = function(properties) {
                return new SealedSecret(properties);
            };

            /**
             * Encodes the specified SealedSecret message. Does not implicitly {@link dqoes.v1.SealedSecret.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.SealedSecret
             * @static
             * @param {dqoes.v1.SealedSecret.$Properties} message SealedSecret message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            SealedSecret.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.version);
                if (message.key != null && $Object.hasOwnProperty.call(message, "key") && message.key !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.key);
                if (message.box != null && $Object.hasOwnProperty.call(message, "box") && message.box !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.box);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a SealedSecret message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.SealedSecret
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.SealedSecret & dqoes.v1.SealedSecret.$Shape} SealedSecret
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            SealedSecret.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dqoes.v1.SealedSecret();
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
                                message.version = value;
                            else
                                delete message.version;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.key = value;
                            else
                                delete message.key;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.box = value;
                            else
                                delete message.box;
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
             * Creates a SealedSecret message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.SealedSecret
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.SealedSecret} SealedSecret
             */
            SealedSecret.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.SealedSecret)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.SealedSecret: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.SealedSecret();
                if (object.name != null)
                    if (typeof object.name !== "string" || object.name.length)
                        message.name = $String(object.name);
                if (object.version != null)
                    if (typeof object.version !== "string" || object.version.length)
                        message.version = $String(object.version);
                if (object.key != null)
                    if (typeof object.key !== "string" || object.key.length)
                        message.key = $String(object.key);
                if (object.box != null)
                    if (typeof object.box !== "string" || object.box.length)
                        message.box = $String(object.box);
                return message;
            };

            /**
             * Creates a plain object from a SealedSecret message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.SealedSecret
             * @static
             * @param {dqoes.v1.SealedSecret} message SealedSecret
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            SealedSecret.toObject = function (message, options, _depth) {
                if (!options)
                    options = {};
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let object = {};
                if (options.defaults) {
                    object.name = "";
                    object.version = "";
                    object.key = "";
                    object.box = "";
                }
                if (message.name != null && $Object.hasOwnProperty.call(message, "name"))
                    object.name = message.name;
                if (message.version != null && $Object.hasOwnProperty.call(message, "version"))
                    object.version = message.version;
                if (message.key != null && $Object.hasOwnProperty.call(message, "key"))
                    object.key = message.key;
                if (message.box != null && $Object.hasOwnProperty.call(message, "box"))
                    object.box = message.box;
                return object;
            };

            /**
             * Converts this SealedSecret to JSON.
             * @function toJSON
             * @memberof dqoes.v1.SealedSecret
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            SealedSecret.prototype.toJSON = function() {
                return SealedSecret.toObject(this, $protobuf.util.toJSONOptions);
            };

            return SealedSecret;
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
             * @property {Array.<dqoes.v1.SealedSecret.$Properties>|null} [secrets] DesiredAllocation secrets
             * @property {string|null} [requestedBy] DesiredAllocation requestedBy
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
                this.secrets = [];
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

            /**
             * DesiredAllocation secrets.
             * @member {Array.<dqoes.v1.SealedSecret.$Properties>} secrets
             * @memberof dqoes.v1.DesiredAllocation
             * @instance
             */
            DesiredAllocation.prototype.secrets = $util.emptyArray;

            /**
             * DesiredAllocation requestedBy.
             * @member {string|null|undefined} requestedBy
             * @memberof dqoes.v1.DesiredAllocation
             * @instance
             */
            DesiredAllocation.prototype.requestedBy = null;

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

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(DesiredAllocation.prototype, "_requestedBy", {
                get: $util.oneOfGetter($oneOfFields = ["requestedBy"]),
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
                if (message.secrets != null && message.secrets.length)
                    for (let i = 0; i < message.secrets.length; ++i)
                        $root.dqoes.v1.SealedSecret.encode(message.secrets[i], writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.requestedBy != null && $Object.hasOwnProperty.call(message, "requestedBy"))
                    writer.uint32(/* id 10, wireType 2 =*/82).string(message.requestedBy);
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
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if (!(message.secrets && message.secrets.length))
                                message.secrets = [];
                            message.secrets.push($root.dqoes.v1.SealedSecret.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            message.requestedBy = reader.stringVerify();
                            message._requestedBy = "requestedBy";
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
                if (object.secrets) {
                    if (!$Array.isArray(object.secrets))
                        throw $TypeError(".dqoes.v1.DesiredAllocation.secrets: array expected");
                    message.secrets = $Array(object.secrets.length);
                    for (let i = 0; i < object.secrets.length; ++i) {
                        if (!$util.isObject(object.secrets[i]))
                            throw $TypeError(".dqoes.v1.DesiredAllocation.secrets: object expected");
                        message.secrets[i] = $root.dqoes.v1.SealedSecret.fromObject(object.secrets[i], _depth + 1);
                    }
                }
                if (object.requestedBy != null)
                    message.requestedBy = $String(object.requestedBy);
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
                if (options.arrays || options.defaults)
                    object.secrets = [];
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
                if (message.secrets && message.secrets.length) {
                    object.secrets = $Array(message.secrets.length);
                    for (let j = 0; j < message.secrets.length; ++j)
                        object.secrets[j] = $root.dqoes.v1.SealedSecret.toObject(message.secrets[j], options, _depth + 1);
                }
                if (message.requestedBy != null && $Object.hasOwnProperty.call(message, "requestedBy"))
                    object.requestedBy = message.requestedBy;
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

        v1.EndedAllocation = (function() {

            /**
             * Properties of an EndedAllocation.
             * @typedef {Object} dqoes.v1.EndedAllocation.$Properties
             * @property {string|null} [id] EndedAllocation id
             * @property {string|null} [requestedBy] EndedAllocation requestedBy
             * @property {string|null} [reason] EndedAllocation reason
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an EndedAllocation.
             * @memberof dqoes.v1
             * @interface IEndedAllocation
             * @augments dqoes.v1.EndedAllocation.$Properties
             * @deprecated Use dqoes.v1.EndedAllocation.$Properties instead.
             */

            /**
             * Shape of an EndedAllocation.
             * @typedef {dqoes.v1.EndedAllocation.$Properties} dqoes.v1.EndedAllocation.$Shape
             */

            /**
             * Constructs a new EndedAllocation.
             * @memberof dqoes.v1
             * @classdesc Represents an EndedAllocation.
             * @constructor
             * @param {dqoes.v1.EndedAllocation.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const EndedAllocation = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * EndedAllocation id.
             * @member {string} id
             * @memberof dqoes.v1.EndedAllocation
             * @instance
             */
            EndedAllocation.prototype.id = "";

            /**
             * EndedAllocation requestedBy.
             * @member {string|null|undefined} requestedBy
             * @memberof dqoes.v1.EndedAllocation
             * @instance
             */
            EndedAllocation.prototype.requestedBy = null;

            /**
             * EndedAllocation reason.
             * @member {string} reason
             * @memberof dqoes.v1.EndedAllocation
             * @instance
             */
            EndedAllocation.prototype.reason = "";

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            // Virtual OneOf for proto3 optional field
            $Object.defineProperty(EndedAllocation.prototype, "_requestedBy", {
                get: $util.oneOfGetter($oneOfFields = ["requestedBy"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new EndedAllocation instance using the specified properties.
             * @function create
             * @memberof dqoes.v1.EndedAllocation
             * @static
             * @param {dqoes.v1.EndedAllocation.$Properties=} [properties] Properties to set
             * @returns {dqoes.v1.EndedAllocation} EndedAllocation instance
             * @type {{
             *   (properties: dqoes.v1.EndedAllocation.$Shape): dqoes.v1.EndedAllocation & dqoes.v1.EndedAllocation.$Shape;
             *   (properties?: dqoes.v1.EndedAllocation.$Properties): dqoes.v1.EndedAllocation;
             * }}
             */
            EndedAllocation.create = function(properties) {
                return new EndedAllocation(properties);
            };

            /**
             * Encodes the specified EndedAllocation message. Does not implicitly {@link dqoes.v1.EndedAllocation.verify|verify} messages.
             * @function encode
             * @memberof dqoes.v1.EndedAllocation
             * @static
             * @param {dqoes.v1.EndedAllocation.$Properties} message EndedAllocation message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            EndedAllocation.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                if (message.requestedBy != null && $Object.hasOwnProperty.call(message, "requestedBy"))
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.requestedBy);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.reason);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an EndedAllocation message from the specified reader or buffer.
             * @function decode
             * @memberof dqoes.v1.EndedAllocation
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {dqoes.v1.EndedAllocation & dqoes.v1.EndedAllocation.$Shape} EndedAllocation
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            EndedAllocation.decode = function (reader, length, _end, _depth, _target) {
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
                message = _target || new $root.dqoes.v1.EndedAllocation();
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
                            message.requestedBy = reader.stringVerify();
                            message._requestedBy = "requestedBy";
                            continue;
                        }
                    case 3: {
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
             * Creates an EndedAllocation message from a plain object. Also converts values to their respective internal types.
             * @function fromObject
             * @memberof dqoes.v1.EndedAllocation
             * @static
             * @param {Object.<string,*>} object Plain object
             * @returns {dqoes.v1.EndedAllocation} EndedAllocation
             */
            EndedAllocation.fromObject = function (object, _depth) {
                if (object instanceof $root.dqoes.v1.EndedAllocation)
                    return object;
                if (!$util.isObject(object))
                    throw $TypeError(".dqoes.v1.EndedAllocation: object expected");
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                let message = new $root.dqoes.v1.EndedAllocation();
                if (object.id != null)
                    if (typeof object.id !== "string" || object.id.length)
                        message.id = $String(object.id);
                if (object.requestedBy != null)
                    message.requestedBy = $String(object.requestedBy);
                if (object.reason != null)
                    if (typeof object.reason !== "string" || object.reason.length)
                        message.reason = $String(object.reason);
                return message;
            };

            /**
             * Creates a plain object from an EndedAllocation message. Also converts values to other types if specified.
             * @function toObject
             * @memberof dqoes.v1.EndedAllocation
             * @static
             * @param {dqoes.v1.EndedAllocation} message EndedAllocation
             * @param {$protobuf.IConversionOptions} [options] Conversion options
             * @returns {Object.<string,*>} Plain object
             */
            EndedAllocation.toObject = function (message, options, _depth) {
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
                if (message.requestedBy != null && $Object.hasOwnProperty.call(message, "requestedBy"))
                    object.requestedBy = message.requestedBy;
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason"))
                    object.reason = message.reason;
                return object;
            };

            /**
             * Converts this EndedAllocation to JSON.
             * @function toJSON
             * @memberof dqoes.v1.EndedAllocation
             * @instance
             * @returns {Object.<string,*>} JSON object
             */
            EndedAllocation.prototype.toJSON = function() {
                return EndedAllocation.toObject(this, $protobuf.util.toJSONOptions);
            };

            return EndedAllocation;
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
             * @property {Array.<dqoes.v1.EndedAllocation.$Properties>|null} [ended] DesiredState ended
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
                this.ended = [];
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
             * DesiredState ended.
             * @member {Array.<dqoes.v1.EndedAllocation.$Properties>} ended
             * @memberof dqoes.v1.DesiredState
             * @instance
             */
            DesiredState.prototype.ended = $util.emptyArray;

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
                if (message.ended != null && message.ended.length)
                    for (let i = 0; i < message.ended.length; ++i)
                        $root.dqoes.v1.EndedAllocation.encode(message.ended[i], writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
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
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if (!(message.ended && message.ended.length))
                                message.ended = [];
                            message.ended.push($root.dqoes.v1.EndedAllocation.decode(reader, reader.size(), $undefined, _depth + 1));
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
                if (object.ended) {
                    if (!$Array.isArray(object.ended))
                        throw $TypeError(".dqoes.v1.DesiredState.ended: array expected");
                    message.ended = $Array(object.ended.length);
                    for (let i = 0; i < object.ended.length; ++i) {
                        if (!$util.isObject(object.ended[i]))
                            throw $TypeError(".dqoes.v1.DesiredState.ended: object expected");
                        message.ended[i] = $root.dqoes.v1.EndedAllocation.fromObject(object.ended[i], _depth + 1);
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
                    object.ended = [];
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
                if (message.ended && message.ended.length) {
                    object.ended = $Array(message.ended.length);
                    for (let j = 0; j < message.ended.length; ++j)
                        object.ended[j] = $root.dqoes.v1.EndedAllocation.toObject(message.ended[j], options, _depth + 1);
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

        return v1;
    })();

    return dqoes;
})();

export {
  $root as default
};
