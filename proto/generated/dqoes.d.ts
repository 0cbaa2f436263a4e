import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace dqoes. */
export namespace dqoes {

    /** Namespace v1. */
    namespace v1 {

        /**
         * Properties of a StateVersion.
         * @deprecated Use dqoes.v1.StateVersion.$Properties instead.
         */
        interface IStateVersion extends dqoes.v1.StateVersion.$Properties {
        }

        /** Represents a StateVersion. */
        class StateVersion {

            /**
             * Constructs a new StateVersion.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.StateVersion.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StateVersion incarnation. */
            incarnation: string;

            /** StateVersion epoch. */
            epoch: number;

            /** StateVersion revision. */
            revision: number;

            /**
             * Creates a new StateVersion instance using the specified properties.
             * @param [properties] Properties to set
             * @returns StateVersion instance
             */
            static create(properties: dqoes.v1.StateVersion.$Shape): dqoes.v1.StateVersion & dqoes.v1.StateVersion.$Shape;
            static create(properties?: dqoes.v1.StateVersion.$Properties): dqoes.v1.StateVersion;

            /**
             * Encodes the specified StateVersion message. Does not implicitly {@link dqoes.v1.StateVersion.verify|verify} messages.
             * @param message StateVersion message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.StateVersion.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StateVersion message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.StateVersion & dqoes.v1.StateVersion.$Shape} StateVersion
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.StateVersion & dqoes.v1.StateVersion.$Shape;

            /**
             * Creates a StateVersion message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns StateVersion
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.StateVersion;

            /**
             * Creates a plain object from a StateVersion message. Also converts values to other types if specified.
             * @param message StateVersion
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.StateVersion, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this StateVersion to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace StateVersion {

            /** Properties of a StateVersion. */
            interface $Properties {

                /** StateVersion incarnation */
                incarnation?: (string|null);

                /** StateVersion epoch */
                epoch?: (number|null);

                /** StateVersion revision */
                revision?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StateVersion. */
            type $Shape = dqoes.v1.StateVersion.$Properties;
        }

        /**
         * Properties of a Target.
         * @deprecated Use dqoes.v1.Target.$Properties instead.
         */
        interface ITarget extends dqoes.v1.Target.$Properties {
        }

        /** Represents a Target. */
        class Target {

            /**
             * Constructs a new Target.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.Target.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Target latencyMs. */
            latencyMs: number;

            /** Target statistic. */
            statistic: string;

            /** Target toleranceRatio. */
            toleranceRatio: number;

            /** Target mode. */
            mode: string;

            /**
             * Creates a new Target instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Target instance
             */
            static create(properties: dqoes.v1.Target.$Shape): dqoes.v1.Target & dqoes.v1.Target.$Shape;
            static create(properties?: dqoes.v1.Target.$Properties): dqoes.v1.Target;

            /**
             * Encodes the specified Target message. Does not implicitly {@link dqoes.v1.Target.verify|verify} messages.
             * @param message Target message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.Target.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Target message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.Target & dqoes.v1.Target.$Shape} Target
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.Target & dqoes.v1.Target.$Shape;

            /**
             * Creates a Target message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Target
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.Target;

            /**
             * Creates a plain object from a Target message. Also converts values to other types if specified.
             * @param message Target
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.Target, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Target to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Target {

            /** Properties of a Target. */
            interface $Properties {

                /** Target latencyMs */
                latencyMs?: (number|null);

                /** Target statistic */
                statistic?: (string|null);

                /** Target toleranceRatio */
                toleranceRatio?: (number|null);

                /** Target mode */
                mode?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Target. */
            type $Shape = dqoes.v1.Target.$Properties;
        }

        /**
         * Properties of a CpuBounds.
         * @deprecated Use dqoes.v1.CpuBounds.$Properties instead.
         */
        interface ICpuBounds extends dqoes.v1.CpuBounds.$Properties {
        }

        /** Represents a CpuBounds. */
        class CpuBounds {

            /**
             * Constructs a new CpuBounds.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.CpuBounds.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CpuBounds minCores. */
            minCores: number;

            /** CpuBounds maxCores. */
            maxCores?: (number|null);

            /**
             * Creates a new CpuBounds instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CpuBounds instance
             */
            static create(properties: dqoes.v1.CpuBounds.$Shape): dqoes.v1.CpuBounds & dqoes.v1.CpuBounds.$Shape;
            static create(properties?: dqoes.v1.CpuBounds.$Properties): dqoes.v1.CpuBounds;

            /**
             * Encodes the specified CpuBounds message. Does not implicitly {@link dqoes.v1.CpuBounds.verify|verify} messages.
             * @param message CpuBounds message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.CpuBounds.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CpuBounds message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.CpuBounds & dqoes.v1.CpuBounds.$Shape} CpuBounds
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.CpuBounds & dqoes.v1.CpuBounds.$Shape;

            /**
             * Creates a CpuBounds message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns CpuBounds
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.CpuBounds;

            /**
             * Creates a plain object from a CpuBounds message. Also converts values to other types if specified.
             * @param message CpuBounds
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.CpuBounds, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this CpuBounds to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace CpuBounds {

            /** Properties of a CpuBounds. */
            interface $Properties {

                /** CpuBounds minCores */
                minCores?: (number|null);

                /** CpuBounds maxCores */
                maxCores?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CpuBounds. */
            type $Shape = dqoes.v1.CpuBounds.$Properties;
        }

        /**
         * Properties of a GpuRequest.
         * @deprecated Use dqoes.v1.GpuRequest.$Properties instead.
         */
        interface IGpuRequest extends dqoes.v1.GpuRequest.$Properties {
        }

        /** Represents a GpuRequest. */
        class GpuRequest {

            /**
             * Constructs a new GpuRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.GpuRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** GpuRequest count. */
            count?: (number|null);

            /** GpuRequest shareRatio. */
            shareRatio?: (number|null);

            /** GpuRequest memoryBytes. */
            memoryBytes?: (number|null);

            /** GpuRequest onLost. */
            onLost?: (string|null);

            /**
             * Creates a new GpuRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns GpuRequest instance
             */
            static create(properties: dqoes.v1.GpuRequest.$Shape): dqoes.v1.GpuRequest & dqoes.v1.GpuRequest.$Shape;
            static create(properties?: dqoes.v1.GpuRequest.$Properties): dqoes.v1.GpuRequest;

            /**
             * Encodes the specified GpuRequest message. Does not implicitly {@link dqoes.v1.GpuRequest.verify|verify} messages.
             * @param message GpuRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.GpuRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a GpuRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.GpuRequest & dqoes.v1.GpuRequest.$Shape} GpuRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.GpuRequest & dqoes.v1.GpuRequest.$Shape;

            /**
             * Creates a GpuRequest message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns GpuRequest
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.GpuRequest;

            /**
             * Creates a plain object from a GpuRequest message. Also converts values to other types if specified.
             * @param message GpuRequest
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.GpuRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this GpuRequest to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace GpuRequest {

            /** Properties of a GpuRequest. */
            interface $Properties {

                /** GpuRequest count */
                count?: (number|null);

                /** GpuRequest shareRatio */
                shareRatio?: (number|null);

                /** GpuRequest memoryBytes */
                memoryBytes?: (number|null);

                /** GpuRequest onLost */
                onLost?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a GpuRequest. */
            type $Shape = dqoes.v1.GpuRequest.$Properties;
        }

        /**
         * Properties of a GpuAssignment.
         * @deprecated Use dqoes.v1.GpuAssignment.$Properties instead.
         */
        interface IGpuAssignment extends dqoes.v1.GpuAssignment.$Properties {
        }

        /** Represents a GpuAssignment. */
        class GpuAssignment {

            /**
             * Constructs a new GpuAssignment.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.GpuAssignment.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** GpuAssignment ids. */
            ids: string[];

            /** GpuAssignment shareRatio. */
            shareRatio: number;

            /** GpuAssignment memoryBytes. */
            memoryBytes?: (number|null);

            /**
             * Creates a new GpuAssignment instance using the specified properties.
             * @param [properties] Properties to set
             * @returns GpuAssignment instance
             */
            static create(properties: dqoes.v1.GpuAssignment.$Shape): dqoes.v1.GpuAssignment & dqoes.v1.GpuAssignment.$Shape;
            static create(properties?: dqoes.v1.GpuAssignment.$Properties): dqoes.v1.GpuAssignment;

            /**
             * Encodes the specified GpuAssignment message. Does not implicitly {@link dqoes.v1.GpuAssignment.verify|verify} messages.
             * @param message GpuAssignment message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.GpuAssignment.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a GpuAssignment message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.GpuAssignment & dqoes.v1.GpuAssignment.$Shape} GpuAssignment
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.GpuAssignment & dqoes.v1.GpuAssignment.$Shape;

            /**
             * Creates a GpuAssignment message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns GpuAssignment
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.GpuAssignment;

            /**
             * Creates a plain object from a GpuAssignment message. Also converts values to other types if specified.
             * @param message GpuAssignment
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.GpuAssignment, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this GpuAssignment to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace GpuAssignment {

            /** Properties of a GpuAssignment. */
            interface $Properties {

                /** GpuAssignment ids */
                ids?: (string[]|null);

                /** GpuAssignment shareRatio */
                shareRatio?: (number|null);

                /** GpuAssignment memoryBytes */
                memoryBytes?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a GpuAssignment. */
            type $Shape = dqoes.v1.GpuAssignment.$Properties;
        }

        /**
         * Properties of a DesiredGpu.
         * @deprecated Use dqoes.v1.DesiredGpu.$Properties instead.
         */
        interface IDesiredGpu extends dqoes.v1.DesiredGpu.$Properties {
        }

        /** Represents a DesiredGpu. */
        class DesiredGpu {

            /**
             * Constructs a new DesiredGpu.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.DesiredGpu.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DesiredGpu id. */
            id: string;

            /** DesiredGpu clockMhz. */
            clockMhz?: (number|null);

            /** DesiredGpu powerWatts. */
            powerWatts?: (number|null);

            /** DesiredGpu reason. */
            reason: string;

            /**
             * Creates a new DesiredGpu instance using the specified properties.
             * @param [properties] Properties to set
             * @returns DesiredGpu instance
             */
            static create(properties: dqoes.v1.DesiredGpu.$Shape): dqoes.v1.DesiredGpu & dqoes.v1.DesiredGpu.$Shape;
            static create(properties?: dqoes.v1.DesiredGpu.$Properties): dqoes.v1.DesiredGpu;

            /**
             * Encodes the specified DesiredGpu message. Does not implicitly {@link dqoes.v1.DesiredGpu.verify|verify} messages.
             * @param message DesiredGpu message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.DesiredGpu.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DesiredGpu message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.DesiredGpu & dqoes.v1.DesiredGpu.$Shape} DesiredGpu
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.DesiredGpu & dqoes.v1.DesiredGpu.$Shape;

            /**
             * Creates a DesiredGpu message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns DesiredGpu
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.DesiredGpu;

            /**
             * Creates a plain object from a DesiredGpu message. Also converts values to other types if specified.
             * @param message DesiredGpu
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.DesiredGpu, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this DesiredGpu to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace DesiredGpu {

            /** Properties of a DesiredGpu. */
            interface $Properties {

                /** DesiredGpu id */
                id?: (string|null);

                /** DesiredGpu clockMhz */
                clockMhz?: (number|null);

                /** DesiredGpu powerWatts */
                powerWatts?: (number|null);

                /** DesiredGpu reason */
                reason?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DesiredGpu. */
            type $Shape = dqoes.v1.DesiredGpu.$Properties;
        }

        /**
         * Properties of a Resources.
         * @deprecated Use dqoes.v1.Resources.$Properties instead.
         */
        interface IResources extends dqoes.v1.Resources.$Properties {
        }

        /** Represents a Resources. */
        class Resources {

            /**
             * Constructs a new Resources.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.Resources.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Resources cpu. */
            cpu?: (dqoes.v1.CpuBounds.$Properties|null);

            /** Resources memoryBytes. */
            memoryBytes?: (number|null);

            /** Resources gpu. */
            gpu?: (dqoes.v1.GpuRequest.$Properties|null);

            /**
             * Creates a new Resources instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Resources instance
             */
            static create(properties: dqoes.v1.Resources.$Shape): dqoes.v1.Resources & dqoes.v1.Resources.$Shape;
            static create(properties?: dqoes.v1.Resources.$Properties): dqoes.v1.Resources;

            /**
             * Encodes the specified Resources message. Does not implicitly {@link dqoes.v1.Resources.verify|verify} messages.
             * @param message Resources message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.Resources.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Resources message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.Resources & dqoes.v1.Resources.$Shape} Resources
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.Resources & dqoes.v1.Resources.$Shape;

            /**
             * Creates a Resources message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Resources
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.Resources;

            /**
             * Creates a plain object from a Resources message. Also converts values to other types if specified.
             * @param message Resources
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.Resources, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Resources to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Resources {

            /** Properties of a Resources. */
            interface $Properties {

                /** Resources cpu */
                cpu?: (dqoes.v1.CpuBounds.$Properties|null);

                /** Resources memoryBytes */
                memoryBytes?: (number|null);

                /** Resources gpu */
                gpu?: (dqoes.v1.GpuRequest.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Resources. */
            type $Shape = dqoes.v1.Resources.$Properties;
        }

        /**
         * Properties of a PublishedPort.
         * @deprecated Use dqoes.v1.PublishedPort.$Properties instead.
         */
        interface IPublishedPort extends dqoes.v1.PublishedPort.$Properties {
        }

        /** Represents a PublishedPort. */
        class PublishedPort {

            /**
             * Constructs a new PublishedPort.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.PublishedPort.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PublishedPort containerPort. */
            containerPort: number;

            /** PublishedPort hostPort. */
            hostPort?: (number|null);

            /**
             * Creates a new PublishedPort instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PublishedPort instance
             */
            static create(properties: dqoes.v1.PublishedPort.$Shape): dqoes.v1.PublishedPort & dqoes.v1.PublishedPort.$Shape;
            static create(properties?: dqoes.v1.PublishedPort.$Properties): dqoes.v1.PublishedPort;

            /**
             * Encodes the specified PublishedPort message. Does not implicitly {@link dqoes.v1.PublishedPort.verify|verify} messages.
             * @param message PublishedPort message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.PublishedPort.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PublishedPort message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.PublishedPort & dqoes.v1.PublishedPort.$Shape} PublishedPort
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.PublishedPort & dqoes.v1.PublishedPort.$Shape;

            /**
             * Creates a PublishedPort message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns PublishedPort
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.PublishedPort;

            /**
             * Creates a plain object from a PublishedPort message. Also converts values to other types if specified.
             * @param message PublishedPort
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.PublishedPort, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this PublishedPort to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace PublishedPort {

            /** Properties of a PublishedPort. */
            interface $Properties {

                /** PublishedPort containerPort */
                containerPort?: (number|null);

                /** PublishedPort hostPort */
                hostPort?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PublishedPort. */
            type $Shape = dqoes.v1.PublishedPort.$Properties;
        }

        /**
         * Properties of a LatencySource.
         * @deprecated Use dqoes.v1.LatencySource.$Properties instead.
         */
        interface ILatencySource extends dqoes.v1.LatencySource.$Properties {
        }

        /** Represents a LatencySource. */
        class LatencySource {

            /**
             * Constructs a new LatencySource.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.LatencySource.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** LatencySource source. */
            source: string;

            /** LatencySource pattern. */
            pattern?: (string|null);

            /** LatencySource unit. */
            unit?: (string|null);

            /** LatencySource preset. */
            preset?: (string|null);

            /** LatencySource metric. */
            metric?: (string|null);

            /** LatencySource port. */
            port?: (number|null);

            /** LatencySource path. */
            path?: (string|null);

            /** LatencySource match. */
            match?: (string|null);

            /** LatencySource method. */
            method?: (string|null);

            /** LatencySource body. */
            body?: (string|null);

            /**
             * Creates a new LatencySource instance using the specified properties.
             * @param [properties] Properties to set
             * @returns LatencySource instance
             */
            static create(properties: dqoes.v1.LatencySource.$Shape): dqoes.v1.LatencySource & dqoes.v1.LatencySource.$Shape;
            static create(properties?: dqoes.v1.LatencySource.$Properties): dqoes.v1.LatencySource;

            /**
             * Encodes the specified LatencySource message. Does not implicitly {@link dqoes.v1.LatencySource.verify|verify} messages.
             * @param message LatencySource message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.LatencySource.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a LatencySource message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.LatencySource & dqoes.v1.LatencySource.$Shape} LatencySource
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.LatencySource & dqoes.v1.LatencySource.$Shape;

            /**
             * Creates a LatencySource message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns LatencySource
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.LatencySource;

            /**
             * Creates a plain object from a LatencySource message. Also converts values to other types if specified.
             * @param message LatencySource
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.LatencySource, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this LatencySource to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace LatencySource {

            /** Properties of a LatencySource. */
            interface $Properties {

                /** LatencySource source */
                source?: (string|null);

                /** LatencySource pattern */
                pattern?: (string|null);

                /** LatencySource unit */
                unit?: (string|null);

                /** LatencySource preset */
                preset?: (string|null);

                /** LatencySource metric */
                metric?: (string|null);

                /** LatencySource port */
                port?: (number|null);

                /** LatencySource path */
                path?: (string|null);

                /** LatencySource match */
                match?: (string|null);

                /** LatencySource method */
                method?: (string|null);

                /** LatencySource body */
                body?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a LatencySource. */
            type $Shape = dqoes.v1.LatencySource.$Properties;
        }

        /**
         * Properties of a Constraints.
         * @deprecated Use dqoes.v1.Constraints.$Properties instead.
         */
        interface IConstraints extends dqoes.v1.Constraints.$Properties {
        }

        /** Represents a Constraints. */
        class Constraints {

            /**
             * Constructs a new Constraints.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.Constraints.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Constraints labels. */
            labels: { [k: string]: string };

            /**
             * Creates a new Constraints instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Constraints instance
             */
            static create(properties: dqoes.v1.Constraints.$Shape): dqoes.v1.Constraints & dqoes.v1.Constraints.$Shape;
            static create(properties?: dqoes.v1.Constraints.$Properties): dqoes.v1.Constraints;

            /**
             * Encodes the specified Constraints message. Does not implicitly {@link dqoes.v1.Constraints.verify|verify} messages.
             * @param message Constraints message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.Constraints.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Constraints message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.Constraints & dqoes.v1.Constraints.$Shape} Constraints
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.Constraints & dqoes.v1.Constraints.$Shape;

            /**
             * Creates a Constraints message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Constraints
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.Constraints;

            /**
             * Creates a plain object from a Constraints message. Also converts values to other types if specified.
             * @param message Constraints
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.Constraints, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Constraints to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Constraints {

            /** Properties of a Constraints. */
            interface $Properties {

                /** Constraints labels */
                labels?: ({ [k: string]: string }|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Constraints. */
            type $Shape = dqoes.v1.Constraints.$Properties;
        }

        /**
         * Properties of a Credit.
         * @deprecated Use dqoes.v1.Credit.$Properties instead.
         */
        interface ICredit extends dqoes.v1.Credit.$Properties {
        }

        /** Represents a Credit. */
        class Credit {

            /**
             * Constructs a new Credit.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.Credit.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Credit costRatio. */
            costRatio: number;

            /** Credit belowRatio. */
            belowRatio: number;

            /**
             * Creates a new Credit instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Credit instance
             */
            static create(properties: dqoes.v1.Credit.$Shape): dqoes.v1.Credit & dqoes.v1.Credit.$Shape;
            static create(properties?: dqoes.v1.Credit.$Properties): dqoes.v1.Credit;

            /**
             * Encodes the specified Credit message. Does not implicitly {@link dqoes.v1.Credit.verify|verify} messages.
             * @param message Credit message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.Credit.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Credit message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.Credit & dqoes.v1.Credit.$Shape} Credit
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.Credit & dqoes.v1.Credit.$Shape;

            /**
             * Creates a Credit message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Credit
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.Credit;

            /**
             * Creates a plain object from a Credit message. Also converts values to other types if specified.
             * @param message Credit
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.Credit, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Credit to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Credit {

            /** Properties of a Credit. */
            interface $Properties {

                /** Credit costRatio */
                costRatio?: (number|null);

                /** Credit belowRatio */
                belowRatio?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Credit. */
            type $Shape = dqoes.v1.Credit.$Properties;
        }

        /**
         * Properties of a JobSpec.
         * @deprecated Use dqoes.v1.JobSpec.$Properties instead.
         */
        interface IJobSpec extends dqoes.v1.JobSpec.$Properties {
        }

        /** Represents a JobSpec. */
        class JobSpec {

            /**
             * Constructs a new JobSpec.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.JobSpec.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** JobSpec name. */
            name: string;

            /** JobSpec image. */
            image: string;

            /** JobSpec command. */
            command: string[];

            /** JobSpec env. */
            env: { [k: string]: string };

            /** JobSpec target. */
            target?: (dqoes.v1.Target.$Properties|null);

            /** JobSpec weight. */
            weight: number;

            /** JobSpec replicas. */
            replicas: number;

            /** JobSpec resources. */
            resources?: (dqoes.v1.Resources.$Properties|null);

            /** JobSpec latency. */
            latency?: (dqoes.v1.LatencySource.$Properties|null);

            /** JobSpec constraints. */
            constraints?: (dqoes.v1.Constraints.$Properties|null);

            /** JobSpec onLoss. */
            onLoss: string;

            /** JobSpec ports. */
            ports: dqoes.v1.PublishedPort.$Properties[];

            /** JobSpec moves. */
            moves?: (string|null);

            /** JobSpec secretEnv. */
            secretEnv: { [k: string]: string };

            /** JobSpec credit. */
            credit?: (dqoes.v1.Credit.$Properties|null);

            /**
             * Creates a new JobSpec instance using the specified properties.
             * @param [properties] Properties to set
             * @returns JobSpec instance
             */
            static create(properties: dqoes.v1.JobSpec.$Shape): dqoes.v1.JobSpec & dqoes.v1.JobSpec.$Shape;
            static create(properties?: dqoes.v1.JobSpec.$Properties): dqoes.v1.JobSpec;

            /**
             * Encodes the specified JobSpec message. Does not implicitly {@link dqoes.v1.JobSpec.verify|verify} messages.
             * @param message JobSpec message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.JobSpec.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a JobSpec message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.JobSpec & dqoes.v1.JobSpec.$Shape} JobSpec
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.JobSpec & dqoes.v1.JobSpec.$Shape;

            /**
             * Creates a JobSpec message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns JobSpec
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.JobSpec;

            /**
             * Creates a plain object from a JobSpec message. Also converts values to other types if specified.
             * @param message JobSpec
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.JobSpec, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this JobSpec to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace JobSpec {

            /** Properties of a JobSpec. */
            interface $Properties {

                /** JobSpec name */
                name?: (string|null);

                /** JobSpec image */
                image?: (string|null);

                /** JobSpec command */
                command?: (string[]|null);

                /** JobSpec env */
                env?: ({ [k: string]: string }|null);

                /** JobSpec target */
                target?: (dqoes.v1.Target.$Properties|null);

                /** JobSpec weight */
                weight?: (number|null);

                /** JobSpec replicas */
                replicas?: (number|null);

                /** JobSpec resources */
                resources?: (dqoes.v1.Resources.$Properties|null);

                /** JobSpec latency */
                latency?: (dqoes.v1.LatencySource.$Properties|null);

                /** JobSpec constraints */
                constraints?: (dqoes.v1.Constraints.$Properties|null);

                /** JobSpec onLoss */
                onLoss?: (string|null);

                /** JobSpec ports */
                ports?: (dqoes.v1.PublishedPort.$Properties[]|null);

                /** JobSpec moves */
                moves?: (string|null);

                /** JobSpec secretEnv */
                secretEnv?: ({ [k: string]: string }|null);

                /** JobSpec credit */
                credit?: (dqoes.v1.Credit.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a JobSpec. */
            type $Shape = dqoes.v1.JobSpec.$Properties;
        }

        /**
         * Properties of a JobOwnership.
         * @deprecated Use dqoes.v1.JobOwnership.$Properties instead.
         */
        interface IJobOwnership extends dqoes.v1.JobOwnership.$Properties {
        }

        /** Represents a JobOwnership. */
        class JobOwnership {

            /**
             * Constructs a new JobOwnership.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.JobOwnership.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** JobOwnership owner. */
            owner?: (string|null);

            /**
             * Creates a new JobOwnership instance using the specified properties.
             * @param [properties] Properties to set
             * @returns JobOwnership instance
             */
            static create(properties: dqoes.v1.JobOwnership.$Shape): dqoes.v1.JobOwnership & dqoes.v1.JobOwnership.$Shape;
            static create(properties?: dqoes.v1.JobOwnership.$Properties): dqoes.v1.JobOwnership;

            /**
             * Encodes the specified JobOwnership message. Does not implicitly {@link dqoes.v1.JobOwnership.verify|verify} messages.
             * @param message JobOwnership message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.JobOwnership.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a JobOwnership message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.JobOwnership & dqoes.v1.JobOwnership.$Shape} JobOwnership
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.JobOwnership & dqoes.v1.JobOwnership.$Shape;

            /**
             * Creates a JobOwnership message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns JobOwnership
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.JobOwnership;

            /**
             * Creates a plain object from a JobOwnership message. Also converts values to other types if specified.
             * @param message JobOwnership
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.JobOwnership, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this JobOwnership to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace JobOwnership {

            /** Properties of a JobOwnership. */
            interface $Properties {

                /** JobOwnership owner */
                owner?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a JobOwnership. */
            type $Shape = dqoes.v1.JobOwnership.$Properties;
        }

        /**
         * Properties of a CpuLimit.
         * @deprecated Use dqoes.v1.CpuLimit.$Properties instead.
         */
        interface ICpuLimit extends dqoes.v1.CpuLimit.$Properties {
        }

        /** Represents a CpuLimit. */
        class CpuLimit {

            /**
             * Constructs a new CpuLimit.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.CpuLimit.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CpuLimit cpuCores. */
            cpuCores?: (number|null);

            /** CpuLimit periodUs. */
            periodUs: number;

            /** CpuLimit guaranteeCores. */
            guaranteeCores?: (number|null);

            /** CpuLimit weightCores. */
            weightCores?: (number|null);

            /** CpuLimit burstUs. */
            burstUs?: (number|null);

            /**
             * Creates a new CpuLimit instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CpuLimit instance
             */
            static create(properties: dqoes.v1.CpuLimit.$Shape): dqoes.v1.CpuLimit & dqoes.v1.CpuLimit.$Shape;
            static create(properties?: dqoes.v1.CpuLimit.$Properties): dqoes.v1.CpuLimit;

            /**
             * Encodes the specified CpuLimit message. Does not implicitly {@link dqoes.v1.CpuLimit.verify|verify} messages.
             * @param message CpuLimit message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.CpuLimit.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CpuLimit message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.CpuLimit & dqoes.v1.CpuLimit.$Shape} CpuLimit
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.CpuLimit & dqoes.v1.CpuLimit.$Shape;

            /**
             * Creates a CpuLimit message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns CpuLimit
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.CpuLimit;

            /**
             * Creates a plain object from a CpuLimit message. Also converts values to other types if specified.
             * @param message CpuLimit
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.CpuLimit, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this CpuLimit to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace CpuLimit {

            /** Properties of a CpuLimit. */
            interface $Properties {

                /** CpuLimit cpuCores */
                cpuCores?: (number|null);

                /** CpuLimit periodUs */
                periodUs?: (number|null);

                /** CpuLimit guaranteeCores */
                guaranteeCores?: (number|null);

                /** CpuLimit weightCores */
                weightCores?: (number|null);

                /** CpuLimit burstUs */
                burstUs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CpuLimit. */
            type $Shape = dqoes.v1.CpuLimit.$Properties;
        }

        /**
         * Properties of a SealedSecret.
         * @deprecated Use dqoes.v1.SealedSecret.$Properties instead.
         */
        interface ISealedSecret extends dqoes.v1.SealedSecret.$Properties {
        }

        /** Represents a SealedSecret. */
        class SealedSecret {

            /**
             * Constructs a new SealedSecret.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.SealedSecret.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SealedSecret name. */
            name: string;

            /** SealedSecret version. */
            version: string;

            /** SealedSecret key. */
            key: string;

            /** SealedSecret box. */
            box: string;

            /**
             * Creates a new SealedSecret instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SealedSecret instance
             */
            static create(properties: dqoes.v1.SealedSecret.$Shape): dqoes.v1.SealedSecret & dqoes.v1.SealedSecret.$Shape;
            static create(properties?: dqoes.v1.SealedSecret.$Properties): dqoes.v1.SealedSecret;

            /**
             * Encodes the specified SealedSecret message. Does not implicitly {@link dqoes.v1.SealedSecret.verify|verify} messages.
             * @param message SealedSecret message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.SealedSecret.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SealedSecret message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.SealedSecret & dqoes.v1.SealedSecret.$Shape} SealedSecret
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.SealedSecret & dqoes.v1.SealedSecret.$Shape;

            /**
             * Creates a SealedSecret message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns SealedSecret
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.SealedSecret;

            /**
             * Creates a plain object from a SealedSecret message. Also converts values to other types if specified.
             * @param message SealedSecret
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.SealedSecret, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this SealedSecret to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace SealedSecret {

            /** Properties of a SealedSecret. */
            interface $Properties {

                /** SealedSecret name */
                name?: (string|null);

                /** SealedSecret version */
                version?: (string|null);

                /** SealedSecret key */
                key?: (string|null);

                /** SealedSecret box */
                box?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SealedSecret. */
            type $Shape = dqoes.v1.SealedSecret.$Properties;
        }

        /**
         * Properties of a DesiredAllocation.
         * @deprecated Use dqoes.v1.DesiredAllocation.$Properties instead.
         */
        interface IDesiredAllocation extends dqoes.v1.DesiredAllocation.$Properties {
        }

        /** Represents a DesiredAllocation. */
        class DesiredAllocation {

            /**
             * Constructs a new DesiredAllocation.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.DesiredAllocation.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DesiredAllocation id. */
            id: string;

            /** DesiredAllocation job. */
            job: string;

            /** DesiredAllocation spec. */
            spec?: (dqoes.v1.JobSpec.$Properties|null);

            /** DesiredAllocation containerId. */
            containerId?: (string|null);

            /** DesiredAllocation limit. */
            limit?: (dqoes.v1.CpuLimit.$Properties|null);

            /** DesiredAllocation reason. */
            reason: string;

            /** DesiredAllocation replaces. */
            replaces?: (string|null);

            /** DesiredAllocation gpu. */
            gpu?: (dqoes.v1.GpuAssignment.$Properties|null);

            /** DesiredAllocation secrets. */
            secrets: dqoes.v1.SealedSecret.$Properties[];

            /** DesiredAllocation requestedBy. */
            requestedBy?: (string|null);

            /**
             * Creates a new DesiredAllocation instance using the specified properties.
             * @param [properties] Properties to set
             * @returns DesiredAllocation instance
             */
            static create(properties: dqoes.v1.DesiredAllocation.$Shape): dqoes.v1.DesiredAllocation & dqoes.v1.DesiredAllocation.$Shape;
            static create(properties?: dqoes.v1.DesiredAllocation.$Properties): dqoes.v1.DesiredAllocation;

            /**
             * Encodes the specified DesiredAllocation message. Does not implicitly {@link dqoes.v1.DesiredAllocation.verify|verify} messages.
             * @param message DesiredAllocation message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.DesiredAllocation.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DesiredAllocation message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.DesiredAllocation & dqoes.v1.DesiredAllocation.$Shape} DesiredAllocation
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.DesiredAllocation & dqoes.v1.DesiredAllocation.$Shape;

            /**
             * Creates a DesiredAllocation message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns DesiredAllocation
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.DesiredAllocation;

            /**
             * Creates a plain object from a DesiredAllocation message. Also converts values to other types if specified.
             * @param message DesiredAllocation
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.DesiredAllocation, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this DesiredAllocation to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace DesiredAllocation {

            /** Properties of a DesiredAllocation. */
            interface $Properties {

                /** DesiredAllocation id */
                id?: (string|null);

                /** DesiredAllocation job */
                job?: (string|null);

                /** DesiredAllocation spec */
                spec?: (dqoes.v1.JobSpec.$Properties|null);

                /** DesiredAllocation containerId */
                containerId?: (string|null);

                /** DesiredAllocation limit */
                limit?: (dqoes.v1.CpuLimit.$Properties|null);

                /** DesiredAllocation reason */
                reason?: (string|null);

                /** DesiredAllocation replaces */
                replaces?: (string|null);

                /** DesiredAllocation gpu */
                gpu?: (dqoes.v1.GpuAssignment.$Properties|null);

                /** DesiredAllocation secrets */
                secrets?: (dqoes.v1.SealedSecret.$Properties[]|null);

                /** DesiredAllocation requestedBy */
                requestedBy?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DesiredAllocation. */
            type $Shape = dqoes.v1.DesiredAllocation.$Properties;
        }

        /**
         * Properties of an EndedAllocation.
         * @deprecated Use dqoes.v1.EndedAllocation.$Properties instead.
         */
        interface IEndedAllocation extends dqoes.v1.EndedAllocation.$Properties {
        }

        /** Represents an EndedAllocation. */
        class EndedAllocation {

            /**
             * Constructs a new EndedAllocation.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.EndedAllocation.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** EndedAllocation id. */
            id: string;

            /** EndedAllocation requestedBy. */
            requestedBy?: (string|null);

            /** EndedAllocation reason. */
            reason: string;

            /**
             * Creates a new EndedAllocation instance using the specified properties.
             * @param [properties] Properties to set
             * @returns EndedAllocation instance
             */
            static create(properties: dqoes.v1.EndedAllocation.$Shape): dqoes.v1.EndedAllocation & dqoes.v1.EndedAllocation.$Shape;
            static create(properties?: dqoes.v1.EndedAllocation.$Properties): dqoes.v1.EndedAllocation;

            /**
             * Encodes the specified EndedAllocation message. Does not implicitly {@link dqoes.v1.EndedAllocation.verify|verify} messages.
             * @param message EndedAllocation message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.EndedAllocation.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an EndedAllocation message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.EndedAllocation & dqoes.v1.EndedAllocation.$Shape} EndedAllocation
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.EndedAllocation & dqoes.v1.EndedAllocation.$Shape;

            /**
             * Creates an EndedAllocation message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns EndedAllocation
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.EndedAllocation;

            /**
             * Creates a plain object from an EndedAllocation message. Also converts values to other types if specified.
             * @param message EndedAllocation
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.EndedAllocation, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this EndedAllocation to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace EndedAllocation {

            /** Properties of an EndedAllocation. */
            interface $Properties {

                /** EndedAllocation id */
                id?: (string|null);

                /** EndedAllocation requestedBy */
                requestedBy?: (string|null);

                /** EndedAllocation reason */
                reason?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an EndedAllocation. */
            type $Shape = dqoes.v1.EndedAllocation.$Properties;
        }

        /**
         * Properties of a DesiredState.
         * @deprecated Use dqoes.v1.DesiredState.$Properties instead.
         */
        interface IDesiredState extends dqoes.v1.DesiredState.$Properties {
        }

        /** Represents a DesiredState. */
        class DesiredState {

            /**
             * Constructs a new DesiredState.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.DesiredState.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DesiredState incarnation. */
            incarnation: string;

            /** DesiredState epoch. */
            epoch: number;

            /** DesiredState revision. */
            revision: number;

            /** DesiredState node. */
            node: string;

            /** DesiredState validForMs. */
            validForMs: number;

            /** DesiredState allocations. */
            allocations: dqoes.v1.DesiredAllocation.$Properties[];

            /** DesiredState gpus. */
            gpus: dqoes.v1.DesiredGpu.$Properties[];

            /** DesiredState ended. */
            ended: dqoes.v1.EndedAllocation.$Properties[];

            /**
             * Creates a new DesiredState instance using the specified properties.
             * @param [properties] Properties to set
             * @returns DesiredState instance
             */
            static create(properties: dqoes.v1.DesiredState.$Shape): dqoes.v1.DesiredState & dqoes.v1.DesiredState.$Shape;
            static create(properties?: dqoes.v1.DesiredState.$Properties): dqoes.v1.DesiredState;

            /**
             * Encodes the specified DesiredState message. Does not implicitly {@link dqoes.v1.DesiredState.verify|verify} messages.
             * @param message DesiredState message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.DesiredState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DesiredState message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.DesiredState & dqoes.v1.DesiredState.$Shape} DesiredState
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.DesiredState & dqoes.v1.DesiredState.$Shape;

            /**
             * Creates a DesiredState message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns DesiredState
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.DesiredState;

            /**
             * Creates a plain object from a DesiredState message. Also converts values to other types if specified.
             * @param message DesiredState
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.DesiredState, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this DesiredState to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace DesiredState {

            /** Properties of a DesiredState. */
            interface $Properties {

                /** DesiredState incarnation */
                incarnation?: (string|null);

                /** DesiredState epoch */
                epoch?: (number|null);

                /** DesiredState revision */
                revision?: (number|null);

                /** DesiredState node */
                node?: (string|null);

                /** DesiredState validForMs */
                validForMs?: (number|null);

                /** DesiredState allocations */
                allocations?: (dqoes.v1.DesiredAllocation.$Properties[]|null);

                /** DesiredState gpus */
                gpus?: (dqoes.v1.DesiredGpu.$Properties[]|null);

                /** DesiredState ended */
                ended?: (dqoes.v1.EndedAllocation.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DesiredState. */
            type $Shape = dqoes.v1.DesiredState.$Properties;
        }

        /**
         * Properties of an ObservedCpu.
         * @deprecated Use dqoes.v1.ObservedCpu.$Properties instead.
         */
        interface IObservedCpu extends dqoes.v1.ObservedCpu.$Properties {
        }

        /** Represents an ObservedCpu. */
        class ObservedCpu {

            /**
             * Constructs a new ObservedCpu.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.ObservedCpu.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ObservedCpu cpuCores. */
            cpuCores?: (number|null);

            /**
             * Creates a new ObservedCpu instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ObservedCpu instance
             */
            static create(properties: dqoes.v1.ObservedCpu.$Shape): dqoes.v1.ObservedCpu & dqoes.v1.ObservedCpu.$Shape;
            static create(properties?: dqoes.v1.ObservedCpu.$Properties): dqoes.v1.ObservedCpu;

            /**
             * Encodes the specified ObservedCpu message. Does not implicitly {@link dqoes.v1.ObservedCpu.verify|verify} messages.
             * @param message ObservedCpu message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.ObservedCpu.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ObservedCpu message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.ObservedCpu & dqoes.v1.ObservedCpu.$Shape} ObservedCpu
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.ObservedCpu & dqoes.v1.ObservedCpu.$Shape;

            /**
             * Creates an ObservedCpu message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns ObservedCpu
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.ObservedCpu;

            /**
             * Creates a plain object from an ObservedCpu message. Also converts values to other types if specified.
             * @param message ObservedCpu
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.ObservedCpu, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this ObservedCpu to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace ObservedCpu {

            /** Properties of an ObservedCpu. */
            interface $Properties {

                /** ObservedCpu cpuCores */
                cpuCores?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ObservedCpu. */
            type $Shape = dqoes.v1.ObservedCpu.$Properties;
        }

        /**
         * Properties of an AllocationAck.
         * @deprecated Use dqoes.v1.AllocationAck.$Properties instead.
         */
        interface IAllocationAck extends dqoes.v1.AllocationAck.$Properties {
        }

        /** Represents an AllocationAck. */
        class AllocationAck {

            /**
             * Constructs a new AllocationAck.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.AllocationAck.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** AllocationAck id. */
            id: string;

            /** AllocationAck ok. */
            ok: boolean;

            /** AllocationAck observed. */
            observed?: (dqoes.v1.ObservedCpu.$Properties|null);

            /** AllocationAck reason. */
            reason: string;

            /** AllocationAck refused. */
            refused?: (boolean|null);

            /**
             * Creates a new AllocationAck instance using the specified properties.
             * @param [properties] Properties to set
             * @returns AllocationAck instance
             */
            static create(properties: dqoes.v1.AllocationAck.$Shape): dqoes.v1.AllocationAck & dqoes.v1.AllocationAck.$Shape;
            static create(properties?: dqoes.v1.AllocationAck.$Properties): dqoes.v1.AllocationAck;

            /**
             * Encodes the specified AllocationAck message. Does not implicitly {@link dqoes.v1.AllocationAck.verify|verify} messages.
             * @param message AllocationAck message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.AllocationAck.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AllocationAck message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.AllocationAck & dqoes.v1.AllocationAck.$Shape} AllocationAck
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.AllocationAck & dqoes.v1.AllocationAck.$Shape;

            /**
             * Creates an AllocationAck message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns AllocationAck
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.AllocationAck;

            /**
             * Creates a plain object from an AllocationAck message. Also converts values to other types if specified.
             * @param message AllocationAck
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.AllocationAck, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this AllocationAck to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace AllocationAck {

            /** Properties of an AllocationAck. */
            interface $Properties {

                /** AllocationAck id */
                id?: (string|null);

                /** AllocationAck ok */
                ok?: (boolean|null);

                /** AllocationAck observed */
                observed?: (dqoes.v1.ObservedCpu.$Properties|null);

                /** AllocationAck reason */
                reason?: (string|null);

                /** AllocationAck refused */
                refused?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an AllocationAck. */
            type $Shape = dqoes.v1.AllocationAck.$Properties;
        }

        /**
         * Properties of an Ack.
         * @deprecated Use dqoes.v1.Ack.$Properties instead.
         */
        interface IAck extends dqoes.v1.Ack.$Properties {
        }

        /** Represents an Ack. */
        class Ack {

            /**
             * Constructs a new Ack.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.Ack.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Ack node. */
            node: string;

            /** Ack bootId. */
            bootId: string;

            /** Ack outcome. */
            outcome: string;

            /** Ack asked. */
            asked?: (dqoes.v1.StateVersion.$Properties|null);

            /** Ack holds. */
            holds?: (dqoes.v1.StateVersion.$Properties|null);

            /** Ack allocations. */
            allocations: dqoes.v1.AllocationAck.$Properties[];

            /** Ack reason. */
            reason: string;

            /**
             * Creates a new Ack instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Ack instance
             */
            static create(properties: dqoes.v1.Ack.$Shape): dqoes.v1.Ack & dqoes.v1.Ack.$Shape;
            static create(properties?: dqoes.v1.Ack.$Properties): dqoes.v1.Ack;

            /**
             * Encodes the specified Ack message. Does not implicitly {@link dqoes.v1.Ack.verify|verify} messages.
             * @param message Ack message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.Ack.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Ack message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.Ack & dqoes.v1.Ack.$Shape} Ack
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.Ack & dqoes.v1.Ack.$Shape;

            /**
             * Creates an Ack message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Ack
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.Ack;

            /**
             * Creates a plain object from an Ack message. Also converts values to other types if specified.
             * @param message Ack
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.Ack, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Ack to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Ack {

            /** Properties of an Ack. */
            interface $Properties {

                /** Ack node */
                node?: (string|null);

                /** Ack bootId */
                bootId?: (string|null);

                /** Ack outcome */
                outcome?: (string|null);

                /** Ack asked */
                asked?: (dqoes.v1.StateVersion.$Properties|null);

                /** Ack holds */
                holds?: (dqoes.v1.StateVersion.$Properties|null);

                /** Ack allocations */
                allocations?: (dqoes.v1.AllocationAck.$Properties[]|null);

                /** Ack reason */
                reason?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Ack. */
            type $Shape = dqoes.v1.Ack.$Properties;
        }
    }
}
