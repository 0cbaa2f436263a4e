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

        /**
         * Properties of a HostReport.
         * @deprecated Use dqoes.v1.HostReport.$Properties instead.
         */
        interface IHostReport extends dqoes.v1.HostReport.$Properties {
        }

        /** Represents a HostReport. */
        class HostReport {

            /**
             * Constructs a new HostReport.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.HostReport.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** HostReport capacityCpuCores. */
            capacityCpuCores: number;

            /** HostReport capacityMemoryBytes. */
            capacityMemoryBytes: number;

            /** HostReport allocatableCpuCores. */
            allocatableCpuCores: number;

            /** HostReport allocatableMemoryBytes. */
            allocatableMemoryBytes: number;

            /** HostReport cpuUtilisationRatio. */
            cpuUtilisationRatio?: (number|null);

            /** HostReport memoryUsedBytes. */
            memoryUsedBytes?: (number|null);

            /** HostReport cpuPressureRatio. */
            cpuPressureRatio?: (number|null);

            /** HostReport energyJoules. */
            energyJoules?: (number|null);

            /**
             * Creates a new HostReport instance using the specified properties.
             * @param [properties] Properties to set
             * @returns HostReport instance
             */
            static create(properties: dqoes.v1.HostReport.$Shape): dqoes.v1.HostReport & dqoes.v1.HostReport.$Shape;
            static create(properties?: dqoes.v1.HostReport.$Properties): dqoes.v1.HostReport;

            /**
             * Encodes the specified HostReport message. Does not implicitly {@link dqoes.v1.HostReport.verify|verify} messages.
             * @param message HostReport message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.HostReport.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a HostReport message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.HostReport & dqoes.v1.HostReport.$Shape} HostReport
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.HostReport & dqoes.v1.HostReport.$Shape;

            /**
             * Creates a HostReport message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns HostReport
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.HostReport;

            /**
             * Creates a plain object from a HostReport message. Also converts values to other types if specified.
             * @param message HostReport
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.HostReport, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this HostReport to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace HostReport {

            /** Properties of a HostReport. */
            interface $Properties {

                /** HostReport capacityCpuCores */
                capacityCpuCores?: (number|null);

                /** HostReport capacityMemoryBytes */
                capacityMemoryBytes?: (number|null);

                /** HostReport allocatableCpuCores */
                allocatableCpuCores?: (number|null);

                /** HostReport allocatableMemoryBytes */
                allocatableMemoryBytes?: (number|null);

                /** HostReport cpuUtilisationRatio */
                cpuUtilisationRatio?: (number|null);

                /** HostReport memoryUsedBytes */
                memoryUsedBytes?: (number|null);

                /** HostReport cpuPressureRatio */
                cpuPressureRatio?: (number|null);

                /** HostReport energyJoules */
                energyJoules?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a HostReport. */
            type $Shape = dqoes.v1.HostReport.$Properties;
        }

        /**
         * Properties of a CpuReport.
         * @deprecated Use dqoes.v1.CpuReport.$Properties instead.
         */
        interface ICpuReport extends dqoes.v1.CpuReport.$Properties {
        }

        /** Represents a CpuReport. */
        class CpuReport {

            /**
             * Constructs a new CpuReport.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.CpuReport.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CpuReport usageCores. */
            usageCores: number;

            /** CpuReport usageTotalSeconds. */
            usageTotalSeconds: number;

            /** CpuReport throttledRatio. */
            throttledRatio: number;

            /** CpuReport pressureRatio. */
            pressureRatio?: (number|null);

            /**
             * Creates a new CpuReport instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CpuReport instance
             */
            static create(properties: dqoes.v1.CpuReport.$Shape): dqoes.v1.CpuReport & dqoes.v1.CpuReport.$Shape;
            static create(properties?: dqoes.v1.CpuReport.$Properties): dqoes.v1.CpuReport;

            /**
             * Encodes the specified CpuReport message. Does not implicitly {@link dqoes.v1.CpuReport.verify|verify} messages.
             * @param message CpuReport message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.CpuReport.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CpuReport message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.CpuReport & dqoes.v1.CpuReport.$Shape} CpuReport
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.CpuReport & dqoes.v1.CpuReport.$Shape;

            /**
             * Creates a CpuReport message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns CpuReport
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.CpuReport;

            /**
             * Creates a plain object from a CpuReport message. Also converts values to other types if specified.
             * @param message CpuReport
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.CpuReport, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this CpuReport to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace CpuReport {

            /** Properties of a CpuReport. */
            interface $Properties {

                /** CpuReport usageCores */
                usageCores?: (number|null);

                /** CpuReport usageTotalSeconds */
                usageTotalSeconds?: (number|null);

                /** CpuReport throttledRatio */
                throttledRatio?: (number|null);

                /** CpuReport pressureRatio */
                pressureRatio?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CpuReport. */
            type $Shape = dqoes.v1.CpuReport.$Properties;
        }

        /**
         * Properties of a MemoryReport.
         * @deprecated Use dqoes.v1.MemoryReport.$Properties instead.
         */
        interface IMemoryReport extends dqoes.v1.MemoryReport.$Properties {
        }

        /** Represents a MemoryReport. */
        class MemoryReport {

            /**
             * Constructs a new MemoryReport.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.MemoryReport.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** MemoryReport currentBytes. */
            currentBytes: number;

            /** MemoryReport workingSetBytes. */
            workingSetBytes: number;

            /** MemoryReport oomKills. */
            oomKills: number;

            /**
             * Creates a new MemoryReport instance using the specified properties.
             * @param [properties] Properties to set
             * @returns MemoryReport instance
             */
            static create(properties: dqoes.v1.MemoryReport.$Shape): dqoes.v1.MemoryReport & dqoes.v1.MemoryReport.$Shape;
            static create(properties?: dqoes.v1.MemoryReport.$Properties): dqoes.v1.MemoryReport;

            /**
             * Encodes the specified MemoryReport message. Does not implicitly {@link dqoes.v1.MemoryReport.verify|verify} messages.
             * @param message MemoryReport message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.MemoryReport.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a MemoryReport message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.MemoryReport & dqoes.v1.MemoryReport.$Shape} MemoryReport
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.MemoryReport & dqoes.v1.MemoryReport.$Shape;

            /**
             * Creates a MemoryReport message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns MemoryReport
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.MemoryReport;

            /**
             * Creates a plain object from a MemoryReport message. Also converts values to other types if specified.
             * @param message MemoryReport
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.MemoryReport, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this MemoryReport to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace MemoryReport {

            /** Properties of a MemoryReport. */
            interface $Properties {

                /** MemoryReport currentBytes */
                currentBytes?: (number|null);

                /** MemoryReport workingSetBytes */
                workingSetBytes?: (number|null);

                /** MemoryReport oomKills */
                oomKills?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a MemoryReport. */
            type $Shape = dqoes.v1.MemoryReport.$Properties;
        }

        /**
         * Properties of a Summary.
         * @deprecated Use dqoes.v1.Summary.$Properties instead.
         */
        interface ISummary extends dqoes.v1.Summary.$Properties {
        }

        /** Represents a Summary. */
        class Summary {

            /**
             * Constructs a new Summary.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.Summary.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Summary count. */
            count: number;

            /** Summary meanMs. */
            meanMs: number;

            /** Summary p50Ms. */
            p50Ms?: (number|null);

            /** Summary p90Ms. */
            p90Ms?: (number|null);

            /** Summary p95Ms. */
            p95Ms?: (number|null);

            /** Summary p99Ms. */
            p99Ms?: (number|null);

            /** Summary minMs. */
            minMs?: (number|null);

            /** Summary maxMs. */
            maxMs?: (number|null);

            /**
             * Creates a new Summary instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Summary instance
             */
            static create(properties: dqoes.v1.Summary.$Shape): dqoes.v1.Summary & dqoes.v1.Summary.$Shape;
            static create(properties?: dqoes.v1.Summary.$Properties): dqoes.v1.Summary;

            /**
             * Encodes the specified Summary message. Does not implicitly {@link dqoes.v1.Summary.verify|verify} messages.
             * @param message Summary message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.Summary.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Summary message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.Summary & dqoes.v1.Summary.$Shape} Summary
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.Summary & dqoes.v1.Summary.$Shape;

            /**
             * Creates a Summary message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Summary
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.Summary;

            /**
             * Creates a plain object from a Summary message. Also converts values to other types if specified.
             * @param message Summary
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.Summary, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Summary to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Summary {

            /** Properties of a Summary. */
            interface $Properties {

                /** Summary count */
                count?: (number|null);

                /** Summary meanMs */
                meanMs?: (number|null);

                /** Summary p50Ms */
                p50Ms?: (number|null);

                /** Summary p90Ms */
                p90Ms?: (number|null);

                /** Summary p95Ms */
                p95Ms?: (number|null);

                /** Summary p99Ms */
                p99Ms?: (number|null);

                /** Summary minMs */
                minMs?: (number|null);

                /** Summary maxMs */
                maxMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Summary. */
            type $Shape = dqoes.v1.Summary.$Properties;
        }

        /**
         * Properties of a LatencyReport.
         * @deprecated Use dqoes.v1.LatencyReport.$Properties instead.
         */
        interface ILatencyReport extends dqoes.v1.LatencyReport.$Properties {
        }

        /** Represents a LatencyReport. */
        class LatencyReport {

            /**
             * Constructs a new LatencyReport.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.LatencyReport.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** LatencyReport window. */
            window?: (dqoes.v1.Summary.$Properties|null);

            /** LatencyReport newestAgeMs. */
            newestAgeMs: number;

            /** LatencyReport sinceChangeCount. */
            sinceChangeCount: number;

            /** LatencyReport totalCount. */
            totalCount: number;

            /** LatencyReport totalMs. */
            totalMs: number;

            /** LatencyReport rejectedCount. */
            rejectedCount: number;

            /** LatencyReport satisfiedRatio. */
            satisfiedRatio?: (number|null);

            /**
             * Creates a new LatencyReport instance using the specified properties.
             * @param [properties] Properties to set
             * @returns LatencyReport instance
             */
            static create(properties: dqoes.v1.LatencyReport.$Shape): dqoes.v1.LatencyReport & dqoes.v1.LatencyReport.$Shape;
            static create(properties?: dqoes.v1.LatencyReport.$Properties): dqoes.v1.LatencyReport;

            /**
             * Encodes the specified LatencyReport message. Does not implicitly {@link dqoes.v1.LatencyReport.verify|verify} messages.
             * @param message LatencyReport message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.LatencyReport.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a LatencyReport message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.LatencyReport & dqoes.v1.LatencyReport.$Shape} LatencyReport
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.LatencyReport & dqoes.v1.LatencyReport.$Shape;

            /**
             * Creates a LatencyReport message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns LatencyReport
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.LatencyReport;

            /**
             * Creates a plain object from a LatencyReport message. Also converts values to other types if specified.
             * @param message LatencyReport
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.LatencyReport, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this LatencyReport to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace LatencyReport {

            /** Properties of a LatencyReport. */
            interface $Properties {

                /** LatencyReport window */
                window?: (dqoes.v1.Summary.$Properties|null);

                /** LatencyReport newestAgeMs */
                newestAgeMs?: (number|null);

                /** LatencyReport sinceChangeCount */
                sinceChangeCount?: (number|null);

                /** LatencyReport totalCount */
                totalCount?: (number|null);

                /** LatencyReport totalMs */
                totalMs?: (number|null);

                /** LatencyReport rejectedCount */
                rejectedCount?: (number|null);

                /** LatencyReport satisfiedRatio */
                satisfiedRatio?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a LatencyReport. */
            type $Shape = dqoes.v1.LatencyReport.$Properties;
        }

        /**
         * Properties of a GpuCapability.
         * @deprecated Use dqoes.v1.GpuCapability.$Properties instead.
         */
        interface IGpuCapability extends dqoes.v1.GpuCapability.$Properties {
        }

        /** Represents a GpuCapability. */
        class GpuCapability {

            /**
             * Constructs a new GpuCapability.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.GpuCapability.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** GpuCapability reach. */
            reach: string;

            /** GpuCapability reason. */
            reason: string;

            /**
             * Creates a new GpuCapability instance using the specified properties.
             * @param [properties] Properties to set
             * @returns GpuCapability instance
             */
            static create(properties: dqoes.v1.GpuCapability.$Shape): dqoes.v1.GpuCapability & dqoes.v1.GpuCapability.$Shape;
            static create(properties?: dqoes.v1.GpuCapability.$Properties): dqoes.v1.GpuCapability;

            /**
             * Encodes the specified GpuCapability message. Does not implicitly {@link dqoes.v1.GpuCapability.verify|verify} messages.
             * @param message GpuCapability message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.GpuCapability.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a GpuCapability message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.GpuCapability & dqoes.v1.GpuCapability.$Shape} GpuCapability
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.GpuCapability & dqoes.v1.GpuCapability.$Shape;

            /**
             * Creates a GpuCapability message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns GpuCapability
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.GpuCapability;

            /**
             * Creates a plain object from a GpuCapability message. Also converts values to other types if specified.
             * @param message GpuCapability
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.GpuCapability, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this GpuCapability to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace GpuCapability {

            /** Properties of a GpuCapability. */
            interface $Properties {

                /** GpuCapability reach */
                reach?: (string|null);

                /** GpuCapability reason */
                reason?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a GpuCapability. */
            type $Shape = dqoes.v1.GpuCapability.$Properties;
        }

        /**
         * Properties of a GpuLadder.
         * @deprecated Use dqoes.v1.GpuLadder.$Properties instead.
         */
        interface IGpuLadder extends dqoes.v1.GpuLadder.$Properties {
        }

        /** Represents a GpuLadder. */
        class GpuLadder {

            /**
             * Constructs a new GpuLadder.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.GpuLadder.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** GpuLadder clock. */
            clock?: (dqoes.v1.GpuCapability.$Properties|null);

            /** GpuLadder power. */
            power?: (dqoes.v1.GpuCapability.$Properties|null);

            /** GpuLadder share. */
            share?: (dqoes.v1.GpuCapability.$Properties|null);

            /**
             * Creates a new GpuLadder instance using the specified properties.
             * @param [properties] Properties to set
             * @returns GpuLadder instance
             */
            static create(properties: dqoes.v1.GpuLadder.$Shape): dqoes.v1.GpuLadder & dqoes.v1.GpuLadder.$Shape;
            static create(properties?: dqoes.v1.GpuLadder.$Properties): dqoes.v1.GpuLadder;

            /**
             * Encodes the specified GpuLadder message. Does not implicitly {@link dqoes.v1.GpuLadder.verify|verify} messages.
             * @param message GpuLadder message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.GpuLadder.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a GpuLadder message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.GpuLadder & dqoes.v1.GpuLadder.$Shape} GpuLadder
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.GpuLadder & dqoes.v1.GpuLadder.$Shape;

            /**
             * Creates a GpuLadder message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns GpuLadder
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.GpuLadder;

            /**
             * Creates a plain object from a GpuLadder message. Also converts values to other types if specified.
             * @param message GpuLadder
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.GpuLadder, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this GpuLadder to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace GpuLadder {

            /** Properties of a GpuLadder. */
            interface $Properties {

                /** GpuLadder clock */
                clock?: (dqoes.v1.GpuCapability.$Properties|null);

                /** GpuLadder power */
                power?: (dqoes.v1.GpuCapability.$Properties|null);

                /** GpuLadder share */
                share?: (dqoes.v1.GpuCapability.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a GpuLadder. */
            type $Shape = dqoes.v1.GpuLadder.$Properties;
        }

        /**
         * Properties of a GpuRange.
         * @deprecated Use dqoes.v1.GpuRange.$Properties instead.
         */
        interface IGpuRange extends dqoes.v1.GpuRange.$Properties {
        }

        /** Represents a GpuRange. */
        class GpuRange {

            /**
             * Constructs a new GpuRange.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.GpuRange.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** GpuRange min. */
            min: number;

            /** GpuRange max. */
            max: number;

            /**
             * Creates a new GpuRange instance using the specified properties.
             * @param [properties] Properties to set
             * @returns GpuRange instance
             */
            static create(properties: dqoes.v1.GpuRange.$Shape): dqoes.v1.GpuRange & dqoes.v1.GpuRange.$Shape;
            static create(properties?: dqoes.v1.GpuRange.$Properties): dqoes.v1.GpuRange;

            /**
             * Encodes the specified GpuRange message. Does not implicitly {@link dqoes.v1.GpuRange.verify|verify} messages.
             * @param message GpuRange message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.GpuRange.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a GpuRange message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.GpuRange & dqoes.v1.GpuRange.$Shape} GpuRange
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.GpuRange & dqoes.v1.GpuRange.$Shape;

            /**
             * Creates a GpuRange message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns GpuRange
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.GpuRange;

            /**
             * Creates a plain object from a GpuRange message. Also converts values to other types if specified.
             * @param message GpuRange
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.GpuRange, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this GpuRange to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace GpuRange {

            /** Properties of a GpuRange. */
            interface $Properties {

                /** GpuRange min */
                min?: (number|null);

                /** GpuRange max */
                max?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a GpuRange. */
            type $Shape = dqoes.v1.GpuRange.$Properties;
        }

        /**
         * Properties of a GpuSetting.
         * @deprecated Use dqoes.v1.GpuSetting.$Properties instead.
         */
        interface IGpuSetting extends dqoes.v1.GpuSetting.$Properties {
        }

        /** Represents a GpuSetting. */
        class GpuSetting {

            /**
             * Constructs a new GpuSetting.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.GpuSetting.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** GpuSetting clockMhz. */
            clockMhz?: (number|null);

            /** GpuSetting powerWatts. */
            powerWatts?: (number|null);

            /**
             * Creates a new GpuSetting instance using the specified properties.
             * @param [properties] Properties to set
             * @returns GpuSetting instance
             */
            static create(properties: dqoes.v1.GpuSetting.$Shape): dqoes.v1.GpuSetting & dqoes.v1.GpuSetting.$Shape;
            static create(properties?: dqoes.v1.GpuSetting.$Properties): dqoes.v1.GpuSetting;

            /**
             * Encodes the specified GpuSetting message. Does not implicitly {@link dqoes.v1.GpuSetting.verify|verify} messages.
             * @param message GpuSetting message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.GpuSetting.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a GpuSetting message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.GpuSetting & dqoes.v1.GpuSetting.$Shape} GpuSetting
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.GpuSetting & dqoes.v1.GpuSetting.$Shape;

            /**
             * Creates a GpuSetting message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns GpuSetting
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.GpuSetting;

            /**
             * Creates a plain object from a GpuSetting message. Also converts values to other types if specified.
             * @param message GpuSetting
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.GpuSetting, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this GpuSetting to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace GpuSetting {

            /** Properties of a GpuSetting. */
            interface $Properties {

                /** GpuSetting clockMhz */
                clockMhz?: (number|null);

                /** GpuSetting powerWatts */
                powerWatts?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a GpuSetting. */
            type $Shape = dqoes.v1.GpuSetting.$Properties;
        }

        /**
         * Properties of a GpuReport.
         * @deprecated Use dqoes.v1.GpuReport.$Properties instead.
         */
        interface IGpuReport extends dqoes.v1.GpuReport.$Properties {
        }

        /** Represents a GpuReport. */
        class GpuReport {

            /**
             * Constructs a new GpuReport.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.GpuReport.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** GpuReport id. */
            id: string;

            /** GpuReport index. */
            index: number;

            /** GpuReport name. */
            name: string;

            /** GpuReport vendor. */
            vendor: string;

            /** GpuReport isKnown. */
            isKnown: boolean;

            /** GpuReport reason. */
            reason: string;

            /** GpuReport memoryTotalBytes. */
            memoryTotalBytes?: (number|null);

            /** GpuReport memoryUsedBytes. */
            memoryUsedBytes?: (number|null);

            /** GpuReport utilisationRatio. */
            utilisationRatio?: (number|null);

            /** GpuReport clockMhz. */
            clockMhz?: (number|null);

            /** GpuReport maxClockMhz. */
            maxClockMhz?: (number|null);

            /** GpuReport powerWatts. */
            powerWatts?: (number|null);

            /** GpuReport powerLimitWatts. */
            powerLimitWatts?: (number|null);

            /** GpuReport temperatureCelsius. */
            temperatureCelsius?: (number|null);

            /** GpuReport isMig. */
            isMig?: (boolean|null);

            /** GpuReport hasMps. */
            hasMps?: (boolean|null);

            /** GpuReport clockRange. */
            clockRange?: (dqoes.v1.GpuRange.$Properties|null);

            /** GpuReport powerRange. */
            powerRange?: (dqoes.v1.GpuRange.$Properties|null);

            /** GpuReport ladder. */
            ladder?: (dqoes.v1.GpuLadder.$Properties|null);

            /** GpuReport applied. */
            applied?: (dqoes.v1.GpuSetting.$Properties|null);

            /** GpuReport energyJoules. */
            energyJoules?: (number|null);

            /** GpuReport savedJoules. */
            savedJoules?: (number|null);

            /**
             * Creates a new GpuReport instance using the specified properties.
             * @param [properties] Properties to set
             * @returns GpuReport instance
             */
            static create(properties: dqoes.v1.GpuReport.$Shape): dqoes.v1.GpuReport & dqoes.v1.GpuReport.$Shape;
            static create(properties?: dqoes.v1.GpuReport.$Properties): dqoes.v1.GpuReport;

            /**
             * Encodes the specified GpuReport message. Does not implicitly {@link dqoes.v1.GpuReport.verify|verify} messages.
             * @param message GpuReport message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.GpuReport.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a GpuReport message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.GpuReport & dqoes.v1.GpuReport.$Shape} GpuReport
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.GpuReport & dqoes.v1.GpuReport.$Shape;

            /**
             * Creates a GpuReport message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns GpuReport
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.GpuReport;

            /**
             * Creates a plain object from a GpuReport message. Also converts values to other types if specified.
             * @param message GpuReport
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.GpuReport, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this GpuReport to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace GpuReport {

            /** Properties of a GpuReport. */
            interface $Properties {

                /** GpuReport id */
                id?: (string|null);

                /** GpuReport index */
                index?: (number|null);

                /** GpuReport name */
                name?: (string|null);

                /** GpuReport vendor */
                vendor?: (string|null);

                /** GpuReport isKnown */
                isKnown?: (boolean|null);

                /** GpuReport reason */
                reason?: (string|null);

                /** GpuReport memoryTotalBytes */
                memoryTotalBytes?: (number|null);

                /** GpuReport memoryUsedBytes */
                memoryUsedBytes?: (number|null);

                /** GpuReport utilisationRatio */
                utilisationRatio?: (number|null);

                /** GpuReport clockMhz */
                clockMhz?: (number|null);

                /** GpuReport maxClockMhz */
                maxClockMhz?: (number|null);

                /** GpuReport powerWatts */
                powerWatts?: (number|null);

                /** GpuReport powerLimitWatts */
                powerLimitWatts?: (number|null);

                /** GpuReport temperatureCelsius */
                temperatureCelsius?: (number|null);

                /** GpuReport isMig */
                isMig?: (boolean|null);

                /** GpuReport hasMps */
                hasMps?: (boolean|null);

                /** GpuReport clockRange */
                clockRange?: (dqoes.v1.GpuRange.$Properties|null);

                /** GpuReport powerRange */
                powerRange?: (dqoes.v1.GpuRange.$Properties|null);

                /** GpuReport ladder */
                ladder?: (dqoes.v1.GpuLadder.$Properties|null);

                /** GpuReport applied */
                applied?: (dqoes.v1.GpuSetting.$Properties|null);

                /** GpuReport energyJoules */
                energyJoules?: (number|null);

                /** GpuReport savedJoules */
                savedJoules?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a GpuReport. */
            type $Shape = dqoes.v1.GpuReport.$Properties;
        }

        /**
         * Properties of a ContainerGpuReport.
         * @deprecated Use dqoes.v1.ContainerGpuReport.$Properties instead.
         */
        interface IContainerGpuReport extends dqoes.v1.ContainerGpuReport.$Properties {
        }

        /** Represents a ContainerGpuReport. */
        class ContainerGpuReport {

            /**
             * Constructs a new ContainerGpuReport.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.ContainerGpuReport.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ContainerGpuReport ids. */
            ids: string[];

            /** ContainerGpuReport injection. */
            injection: string;

            /** ContainerGpuReport memoryBytes. */
            memoryBytes?: (number|null);

            /** ContainerGpuReport isLost. */
            isLost?: (boolean|null);

            /**
             * Creates a new ContainerGpuReport instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ContainerGpuReport instance
             */
            static create(properties: dqoes.v1.ContainerGpuReport.$Shape): dqoes.v1.ContainerGpuReport & dqoes.v1.ContainerGpuReport.$Shape;
            static create(properties?: dqoes.v1.ContainerGpuReport.$Properties): dqoes.v1.ContainerGpuReport;

            /**
             * Encodes the specified ContainerGpuReport message. Does not implicitly {@link dqoes.v1.ContainerGpuReport.verify|verify} messages.
             * @param message ContainerGpuReport message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.ContainerGpuReport.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ContainerGpuReport message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.ContainerGpuReport & dqoes.v1.ContainerGpuReport.$Shape} ContainerGpuReport
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.ContainerGpuReport & dqoes.v1.ContainerGpuReport.$Shape;

            /**
             * Creates a ContainerGpuReport message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns ContainerGpuReport
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.ContainerGpuReport;

            /**
             * Creates a plain object from a ContainerGpuReport message. Also converts values to other types if specified.
             * @param message ContainerGpuReport
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.ContainerGpuReport, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this ContainerGpuReport to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace ContainerGpuReport {

            /** Properties of a ContainerGpuReport. */
            interface $Properties {

                /** ContainerGpuReport ids */
                ids?: (string[]|null);

                /** ContainerGpuReport injection */
                injection?: (string|null);

                /** ContainerGpuReport memoryBytes */
                memoryBytes?: (number|null);

                /** ContainerGpuReport isLost */
                isLost?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ContainerGpuReport. */
            type $Shape = dqoes.v1.ContainerGpuReport.$Properties;
        }

        /**
         * Properties of a ContainerDrift.
         * @deprecated Use dqoes.v1.ContainerDrift.$Properties instead.
         */
        interface IContainerDrift extends dqoes.v1.ContainerDrift.$Properties {
        }

        /** Represents a ContainerDrift. */
        class ContainerDrift {

            /**
             * Constructs a new ContainerDrift.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.ContainerDrift.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ContainerDrift count. */
            count: number;

            /** ContainerDrift setting. */
            setting: string;

            /** ContainerDrift from. */
            from: string;

            /** ContainerDrift to. */
            to: string;

            /** ContainerDrift foundAtMs. */
            foundAtMs: number;

            /** ContainerDrift rewrittenAtMs. */
            rewrittenAtMs?: (number|null);

            /**
             * Creates a new ContainerDrift instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ContainerDrift instance
             */
            static create(properties: dqoes.v1.ContainerDrift.$Shape): dqoes.v1.ContainerDrift & dqoes.v1.ContainerDrift.$Shape;
            static create(properties?: dqoes.v1.ContainerDrift.$Properties): dqoes.v1.ContainerDrift;

            /**
             * Encodes the specified ContainerDrift message. Does not implicitly {@link dqoes.v1.ContainerDrift.verify|verify} messages.
             * @param message ContainerDrift message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.ContainerDrift.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ContainerDrift message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.ContainerDrift & dqoes.v1.ContainerDrift.$Shape} ContainerDrift
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.ContainerDrift & dqoes.v1.ContainerDrift.$Shape;

            /**
             * Creates a ContainerDrift message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns ContainerDrift
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.ContainerDrift;

            /**
             * Creates a plain object from a ContainerDrift message. Also converts values to other types if specified.
             * @param message ContainerDrift
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.ContainerDrift, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this ContainerDrift to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace ContainerDrift {

            /** Properties of a ContainerDrift. */
            interface $Properties {

                /** ContainerDrift count */
                count?: (number|null);

                /** ContainerDrift setting */
                setting?: (string|null);

                /** ContainerDrift from */
                from?: (string|null);

                /** ContainerDrift to */
                to?: (string|null);

                /** ContainerDrift foundAtMs */
                foundAtMs?: (number|null);

                /** ContainerDrift rewrittenAtMs */
                rewrittenAtMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ContainerDrift. */
            type $Shape = dqoes.v1.ContainerDrift.$Properties;
        }

        /**
         * Properties of a ContainerReport.
         * @deprecated Use dqoes.v1.ContainerReport.$Properties instead.
         */
        interface IContainerReport extends dqoes.v1.ContainerReport.$Properties {
        }

        /** Represents a ContainerReport. */
        class ContainerReport {

            /**
             * Constructs a new ContainerReport.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.ContainerReport.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ContainerReport containerId. */
            containerId?: (string|null);

            /** ContainerReport lifeId. */
            lifeId: string;

            /** ContainerReport allocation. */
            allocation: string;

            /** ContainerReport job. */
            job: string;

            /** ContainerReport origin. */
            origin: string;

            /** ContainerReport name. */
            name: string;

            /** ContainerReport image. */
            image: string;

            /** ContainerReport state. */
            state: string;

            /** ContainerReport reason. */
            reason: string;

            /** ContainerReport control. */
            control: string;

            /** ContainerReport target. */
            target?: (dqoes.v1.Target.$Properties|null);

            /** ContainerReport weight. */
            weight: number;

            /** ContainerReport cpuBounds. */
            cpuBounds?: (dqoes.v1.CpuBounds.$Properties|null);

            /** ContainerReport applied. */
            applied?: (dqoes.v1.CpuLimit.$Properties|null);

            /** ContainerReport observed. */
            observed?: (dqoes.v1.CpuLimit.$Properties|null);

            /** ContainerReport cpu. */
            cpu?: (dqoes.v1.CpuReport.$Properties|null);

            /** ContainerReport memory. */
            memory?: (dqoes.v1.MemoryReport.$Properties|null);

            /** ContainerReport latency. */
            latency?: (dqoes.v1.LatencyReport.$Properties|null);

            /** ContainerReport ports. */
            ports: { [k: string]: number };

            /** ContainerReport gpuUse. */
            gpuUse?: (dqoes.v1.ContainerGpuReport.$Properties|null);

            /** ContainerReport drift. */
            drift?: (dqoes.v1.ContainerDrift.$Properties|null);

            /**
             * Creates a new ContainerReport instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ContainerReport instance
             */
            static create(properties: dqoes.v1.ContainerReport.$Shape): dqoes.v1.ContainerReport & dqoes.v1.ContainerReport.$Shape;
            static create(properties?: dqoes.v1.ContainerReport.$Properties): dqoes.v1.ContainerReport;

            /**
             * Encodes the specified ContainerReport message. Does not implicitly {@link dqoes.v1.ContainerReport.verify|verify} messages.
             * @param message ContainerReport message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.ContainerReport.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ContainerReport message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.ContainerReport & dqoes.v1.ContainerReport.$Shape} ContainerReport
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.ContainerReport & dqoes.v1.ContainerReport.$Shape;

            /**
             * Creates a ContainerReport message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns ContainerReport
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.ContainerReport;

            /**
             * Creates a plain object from a ContainerReport message. Also converts values to other types if specified.
             * @param message ContainerReport
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.ContainerReport, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this ContainerReport to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace ContainerReport {

            /** Properties of a ContainerReport. */
            interface $Properties {

                /** ContainerReport containerId */
                containerId?: (string|null);

                /** ContainerReport lifeId */
                lifeId?: (string|null);

                /** ContainerReport allocation */
                allocation?: (string|null);

                /** ContainerReport job */
                job?: (string|null);

                /** ContainerReport origin */
                origin?: (string|null);

                /** ContainerReport name */
                name?: (string|null);

                /** ContainerReport image */
                image?: (string|null);

                /** ContainerReport state */
                state?: (string|null);

                /** ContainerReport reason */
                reason?: (string|null);

                /** ContainerReport control */
                control?: (string|null);

                /** ContainerReport target */
                target?: (dqoes.v1.Target.$Properties|null);

                /** ContainerReport weight */
                weight?: (number|null);

                /** ContainerReport cpuBounds */
                cpuBounds?: (dqoes.v1.CpuBounds.$Properties|null);

                /** ContainerReport applied */
                applied?: (dqoes.v1.CpuLimit.$Properties|null);

                /** ContainerReport observed */
                observed?: (dqoes.v1.CpuLimit.$Properties|null);

                /** ContainerReport cpu */
                cpu?: (dqoes.v1.CpuReport.$Properties|null);

                /** ContainerReport memory */
                memory?: (dqoes.v1.MemoryReport.$Properties|null);

                /** ContainerReport latency */
                latency?: (dqoes.v1.LatencyReport.$Properties|null);

                /** ContainerReport ports */
                ports?: ({ [k: string]: number }|null);

                /** ContainerReport gpuUse */
                gpuUse?: (dqoes.v1.ContainerGpuReport.$Properties|null);

                /** ContainerReport drift */
                drift?: (dqoes.v1.ContainerDrift.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ContainerReport. */
            type $Shape = dqoes.v1.ContainerReport.$Properties;
        }

        /**
         * Properties of an UnreachableTarget.
         * @deprecated Use dqoes.v1.UnreachableTarget.$Properties instead.
         */
        interface IUnreachableTarget extends dqoes.v1.UnreachableTarget.$Properties {
        }

        /** Represents an UnreachableTarget. */
        class UnreachableTarget {

            /**
             * Constructs a new UnreachableTarget.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.UnreachableTarget.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** UnreachableTarget targetMs. */
            targetMs: number;

            /** UnreachableTarget reachableMs. */
            reachableMs?: (number|null);

            /** UnreachableTarget neededCores. */
            neededCores?: (number|null);

            /** UnreachableTarget reason. */
            reason: string;

            /**
             * Creates a new UnreachableTarget instance using the specified properties.
             * @param [properties] Properties to set
             * @returns UnreachableTarget instance
             */
            static create(properties: dqoes.v1.UnreachableTarget.$Shape): dqoes.v1.UnreachableTarget & dqoes.v1.UnreachableTarget.$Shape;
            static create(properties?: dqoes.v1.UnreachableTarget.$Properties): dqoes.v1.UnreachableTarget;

            /**
             * Encodes the specified UnreachableTarget message. Does not implicitly {@link dqoes.v1.UnreachableTarget.verify|verify} messages.
             * @param message UnreachableTarget message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.UnreachableTarget.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an UnreachableTarget message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.UnreachableTarget & dqoes.v1.UnreachableTarget.$Shape} UnreachableTarget
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.UnreachableTarget & dqoes.v1.UnreachableTarget.$Shape;

            /**
             * Creates an UnreachableTarget message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns UnreachableTarget
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.UnreachableTarget;

            /**
             * Creates a plain object from an UnreachableTarget message. Also converts values to other types if specified.
             * @param message UnreachableTarget
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.UnreachableTarget, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this UnreachableTarget to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace UnreachableTarget {

            /** Properties of an UnreachableTarget. */
            interface $Properties {

                /** UnreachableTarget targetMs */
                targetMs?: (number|null);

                /** UnreachableTarget reachableMs */
                reachableMs?: (number|null);

                /** UnreachableTarget neededCores */
                neededCores?: (number|null);

                /** UnreachableTarget reason */
                reason?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an UnreachableTarget. */
            type $Shape = dqoes.v1.UnreachableTarget.$Properties;
        }

        /**
         * Properties of an AllocationStatus.
         * @deprecated Use dqoes.v1.AllocationStatus.$Properties instead.
         */
        interface IAllocationStatus extends dqoes.v1.AllocationStatus.$Properties {
        }

        /** Represents an AllocationStatus. */
        class AllocationStatus {

            /**
             * Constructs a new AllocationStatus.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.AllocationStatus.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** AllocationStatus id. */
            id: string;

            /** AllocationStatus job. */
            job: string;

            /** AllocationStatus node. */
            node?: (string|null);

            /** AllocationStatus target. */
            target?: (dqoes.v1.Target.$Properties|null);

            /** AllocationStatus latencyMs. */
            latencyMs?: (number|null);

            /** AllocationStatus qoeClass. */
            qoeClass?: (string|null);

            /** AllocationStatus desired. */
            desired?: (dqoes.v1.CpuLimit.$Properties|null);

            /** AllocationStatus reason. */
            reason: string;

            /** AllocationStatus container. */
            container?: (dqoes.v1.ContainerReport.$Properties|null);

            /** AllocationStatus ageMs. */
            ageMs?: (number|null);

            /** AllocationStatus unreachable. */
            unreachable?: (dqoes.v1.UnreachableTarget.$Properties|null);

            /** AllocationStatus replaces. */
            replaces?: (string|null);

            /** AllocationStatus isStopping. */
            isStopping?: (boolean|null);

            /** AllocationStatus isOutdated. */
            isOutdated?: (boolean|null);

            /**
             * Creates a new AllocationStatus instance using the specified properties.
             * @param [properties] Properties to set
             * @returns AllocationStatus instance
             */
            static create(properties: dqoes.v1.AllocationStatus.$Shape): dqoes.v1.AllocationStatus & dqoes.v1.AllocationStatus.$Shape;
            static create(properties?: dqoes.v1.AllocationStatus.$Properties): dqoes.v1.AllocationStatus;

            /**
             * Encodes the specified AllocationStatus message. Does not implicitly {@link dqoes.v1.AllocationStatus.verify|verify} messages.
             * @param message AllocationStatus message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.AllocationStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AllocationStatus message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.AllocationStatus & dqoes.v1.AllocationStatus.$Shape} AllocationStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.AllocationStatus & dqoes.v1.AllocationStatus.$Shape;

            /**
             * Creates an AllocationStatus message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns AllocationStatus
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.AllocationStatus;

            /**
             * Creates a plain object from an AllocationStatus message. Also converts values to other types if specified.
             * @param message AllocationStatus
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.AllocationStatus, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this AllocationStatus to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace AllocationStatus {

            /** Properties of an AllocationStatus. */
            interface $Properties {

                /** AllocationStatus id */
                id?: (string|null);

                /** AllocationStatus job */
                job?: (string|null);

                /** AllocationStatus node */
                node?: (string|null);

                /** AllocationStatus target */
                target?: (dqoes.v1.Target.$Properties|null);

                /** AllocationStatus latencyMs */
                latencyMs?: (number|null);

                /** AllocationStatus qoeClass */
                qoeClass?: (string|null);

                /** AllocationStatus desired */
                desired?: (dqoes.v1.CpuLimit.$Properties|null);

                /** AllocationStatus reason */
                reason?: (string|null);

                /** AllocationStatus container */
                container?: (dqoes.v1.ContainerReport.$Properties|null);

                /** AllocationStatus ageMs */
                ageMs?: (number|null);

                /** AllocationStatus unreachable */
                unreachable?: (dqoes.v1.UnreachableTarget.$Properties|null);

                /** AllocationStatus replaces */
                replaces?: (string|null);

                /** AllocationStatus isStopping */
                isStopping?: (boolean|null);

                /** AllocationStatus isOutdated */
                isOutdated?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an AllocationStatus. */
            type $Shape = dqoes.v1.AllocationStatus.$Properties;
        }

        /**
         * Properties of a JobStatus.
         * @deprecated Use dqoes.v1.JobStatus.$Properties instead.
         */
        interface IJobStatus extends dqoes.v1.JobStatus.$Properties {
        }

        /** Represents a JobStatus. */
        class JobStatus {

            /**
             * Constructs a new JobStatus.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.JobStatus.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** JobStatus spec. */
            spec?: (dqoes.v1.JobSpec.$Properties|null);

            /** JobStatus origin. */
            origin: string;

            /** JobStatus state. */
            state: string;

            /** JobStatus reasons. */
            reasons: string[];

            /** JobStatus allocations. */
            allocations: dqoes.v1.AllocationStatus.$Properties[];

            /** JobStatus owner. */
            owner?: (string|null);

            /**
             * Creates a new JobStatus instance using the specified properties.
             * @param [properties] Properties to set
             * @returns JobStatus instance
             */
            static create(properties: dqoes.v1.JobStatus.$Shape): dqoes.v1.JobStatus & dqoes.v1.JobStatus.$Shape;
            static create(properties?: dqoes.v1.JobStatus.$Properties): dqoes.v1.JobStatus;

            /**
             * Encodes the specified JobStatus message. Does not implicitly {@link dqoes.v1.JobStatus.verify|verify} messages.
             * @param message JobStatus message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.JobStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a JobStatus message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.JobStatus & dqoes.v1.JobStatus.$Shape} JobStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.JobStatus & dqoes.v1.JobStatus.$Shape;

            /**
             * Creates a JobStatus message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns JobStatus
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.JobStatus;

            /**
             * Creates a plain object from a JobStatus message. Also converts values to other types if specified.
             * @param message JobStatus
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.JobStatus, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this JobStatus to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace JobStatus {

            /** Properties of a JobStatus. */
            interface $Properties {

                /** JobStatus spec */
                spec?: (dqoes.v1.JobSpec.$Properties|null);

                /** JobStatus origin */
                origin?: (string|null);

                /** JobStatus state */
                state?: (string|null);

                /** JobStatus reasons */
                reasons?: (string[]|null);

                /** JobStatus allocations */
                allocations?: (dqoes.v1.AllocationStatus.$Properties[]|null);

                /** JobStatus owner */
                owner?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a JobStatus. */
            type $Shape = dqoes.v1.JobStatus.$Properties;
        }

        /**
         * Properties of a StoppingJob.
         * @deprecated Use dqoes.v1.StoppingJob.$Properties instead.
         */
        interface IStoppingJob extends dqoes.v1.StoppingJob.$Properties {
        }

        /** Represents a StoppingJob. */
        class StoppingJob {

            /**
             * Constructs a new StoppingJob.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.StoppingJob.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StoppingJob name. */
            name: string;

            /** StoppingJob reasons. */
            reasons: string[];

            /** StoppingJob allocations. */
            allocations: dqoes.v1.AllocationStatus.$Properties[];

            /**
             * Creates a new StoppingJob instance using the specified properties.
             * @param [properties] Properties to set
             * @returns StoppingJob instance
             */
            static create(properties: dqoes.v1.StoppingJob.$Shape): dqoes.v1.StoppingJob & dqoes.v1.StoppingJob.$Shape;
            static create(properties?: dqoes.v1.StoppingJob.$Properties): dqoes.v1.StoppingJob;

            /**
             * Encodes the specified StoppingJob message. Does not implicitly {@link dqoes.v1.StoppingJob.verify|verify} messages.
             * @param message StoppingJob message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.StoppingJob.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StoppingJob message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.StoppingJob & dqoes.v1.StoppingJob.$Shape} StoppingJob
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.StoppingJob & dqoes.v1.StoppingJob.$Shape;

            /**
             * Creates a StoppingJob message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns StoppingJob
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.StoppingJob;

            /**
             * Creates a plain object from a StoppingJob message. Also converts values to other types if specified.
             * @param message StoppingJob
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.StoppingJob, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this StoppingJob to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace StoppingJob {

            /** Properties of a StoppingJob. */
            interface $Properties {

                /** StoppingJob name */
                name?: (string|null);

                /** StoppingJob reasons */
                reasons?: (string[]|null);

                /** StoppingJob allocations */
                allocations?: (dqoes.v1.AllocationStatus.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StoppingJob. */
            type $Shape = dqoes.v1.StoppingJob.$Properties;
        }

        /**
         * Properties of a NodeStatus.
         * @deprecated Use dqoes.v1.NodeStatus.$Properties instead.
         */
        interface INodeStatus extends dqoes.v1.NodeStatus.$Properties {
        }

        /** Represents a NodeStatus. */
        class NodeStatus {

            /**
             * Constructs a new NodeStatus.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.NodeStatus.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NodeStatus id. */
            id: string;

            /** NodeStatus liveness. */
            liveness: string;

            /** NodeStatus ageMs. */
            ageMs: number;

            /** NodeStatus host. */
            host?: (dqoes.v1.HostReport.$Properties|null);

            /** NodeStatus labels. */
            labels: { [k: string]: string };

            /** NodeStatus agentVersion. */
            agentVersion: string;

            /** NodeStatus desired. */
            desired?: (dqoes.v1.StateVersion.$Properties|null);

            /** NodeStatus holds. */
            holds?: (dqoes.v1.StateVersion.$Properties|null);

            /** NodeStatus limitedCpuCores. */
            limitedCpuCores: number;

            /** NodeStatus containers. */
            containers: number;

            /** NodeStatus warnings. */
            warnings: string[];

            /** NodeStatus scheduling. */
            scheduling?: (string|null);

            /** NodeStatus gpus. */
            gpus: dqoes.v1.GpuReport.$Properties[];

            /** NodeStatus othersCpuCores. */
            othersCpuCores?: (number|null);

            /** NodeStatus isWaiting. */
            isWaiting?: (boolean|null);

            /**
             * Creates a new NodeStatus instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NodeStatus instance
             */
            static create(properties: dqoes.v1.NodeStatus.$Shape): dqoes.v1.NodeStatus & dqoes.v1.NodeStatus.$Shape;
            static create(properties?: dqoes.v1.NodeStatus.$Properties): dqoes.v1.NodeStatus;

            /**
             * Encodes the specified NodeStatus message. Does not implicitly {@link dqoes.v1.NodeStatus.verify|verify} messages.
             * @param message NodeStatus message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.NodeStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NodeStatus message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.NodeStatus & dqoes.v1.NodeStatus.$Shape} NodeStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.NodeStatus & dqoes.v1.NodeStatus.$Shape;

            /**
             * Creates a NodeStatus message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns NodeStatus
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.NodeStatus;

            /**
             * Creates a plain object from a NodeStatus message. Also converts values to other types if specified.
             * @param message NodeStatus
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.NodeStatus, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this NodeStatus to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace NodeStatus {

            /** Properties of a NodeStatus. */
            interface $Properties {

                /** NodeStatus id */
                id?: (string|null);

                /** NodeStatus liveness */
                liveness?: (string|null);

                /** NodeStatus ageMs */
                ageMs?: (number|null);

                /** NodeStatus host */
                host?: (dqoes.v1.HostReport.$Properties|null);

                /** NodeStatus labels */
                labels?: ({ [k: string]: string }|null);

                /** NodeStatus agentVersion */
                agentVersion?: (string|null);

                /** NodeStatus desired */
                desired?: (dqoes.v1.StateVersion.$Properties|null);

                /** NodeStatus holds */
                holds?: (dqoes.v1.StateVersion.$Properties|null);

                /** NodeStatus limitedCpuCores */
                limitedCpuCores?: (number|null);

                /** NodeStatus containers */
                containers?: (number|null);

                /** NodeStatus warnings */
                warnings?: (string[]|null);

                /** NodeStatus scheduling */
                scheduling?: (string|null);

                /** NodeStatus gpus */
                gpus?: (dqoes.v1.GpuReport.$Properties[]|null);

                /** NodeStatus othersCpuCores */
                othersCpuCores?: (number|null);

                /** NodeStatus isWaiting */
                isWaiting?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NodeStatus. */
            type $Shape = dqoes.v1.NodeStatus.$Properties;
        }

        /**
         * Properties of a PlannedAllocation.
         * @deprecated Use dqoes.v1.PlannedAllocation.$Properties instead.
         */
        interface IPlannedAllocation extends dqoes.v1.PlannedAllocation.$Properties {
        }

        /** Represents a PlannedAllocation. */
        class PlannedAllocation {

            /**
             * Constructs a new PlannedAllocation.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.PlannedAllocation.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PlannedAllocation id. */
            id: string;

            /** PlannedAllocation node. */
            node?: (string|null);

            /** PlannedAllocation verdict. */
            verdict: string;

            /** PlannedAllocation limitCores. */
            limitCores?: (number|null);

            /** PlannedAllocation expectedMs. */
            expectedMs?: (number|null);

            /** PlannedAllocation reachableMs. */
            reachableMs?: (number|null);

            /** PlannedAllocation neededCores. */
            neededCores?: (number|null);

            /** PlannedAllocation reason. */
            reason: string;

            /** PlannedAllocation guaranteeCores. */
            guaranteeCores?: (number|null);

            /** PlannedAllocation expectedLowMs. */
            expectedLowMs?: (number|null);

            /** PlannedAllocation expectedHighMs. */
            expectedHighMs?: (number|null);

            /** PlannedAllocation provenCores. */
            provenCores?: (number|null);

            /**
             * Creates a new PlannedAllocation instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PlannedAllocation instance
             */
            static create(properties: dqoes.v1.PlannedAllocation.$Shape): dqoes.v1.PlannedAllocation & dqoes.v1.PlannedAllocation.$Shape;
            static create(properties?: dqoes.v1.PlannedAllocation.$Properties): dqoes.v1.PlannedAllocation;

            /**
             * Encodes the specified PlannedAllocation message. Does not implicitly {@link dqoes.v1.PlannedAllocation.verify|verify} messages.
             * @param message PlannedAllocation message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.PlannedAllocation.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PlannedAllocation message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.PlannedAllocation & dqoes.v1.PlannedAllocation.$Shape} PlannedAllocation
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.PlannedAllocation & dqoes.v1.PlannedAllocation.$Shape;

            /**
             * Creates a PlannedAllocation message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns PlannedAllocation
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.PlannedAllocation;

            /**
             * Creates a plain object from a PlannedAllocation message. Also converts values to other types if specified.
             * @param message PlannedAllocation
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.PlannedAllocation, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this PlannedAllocation to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace PlannedAllocation {

            /** Properties of a PlannedAllocation. */
            interface $Properties {

                /** PlannedAllocation id */
                id?: (string|null);

                /** PlannedAllocation node */
                node?: (string|null);

                /** PlannedAllocation verdict */
                verdict?: (string|null);

                /** PlannedAllocation limitCores */
                limitCores?: (number|null);

                /** PlannedAllocation expectedMs */
                expectedMs?: (number|null);

                /** PlannedAllocation reachableMs */
                reachableMs?: (number|null);

                /** PlannedAllocation neededCores */
                neededCores?: (number|null);

                /** PlannedAllocation reason */
                reason?: (string|null);

                /** PlannedAllocation guaranteeCores */
                guaranteeCores?: (number|null);

                /** PlannedAllocation expectedLowMs */
                expectedLowMs?: (number|null);

                /** PlannedAllocation expectedHighMs */
                expectedHighMs?: (number|null);

                /** PlannedAllocation provenCores */
                provenCores?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PlannedAllocation. */
            type $Shape = dqoes.v1.PlannedAllocation.$Properties;
        }

        /**
         * Properties of a PlannedEffect.
         * @deprecated Use dqoes.v1.PlannedEffect.$Properties instead.
         */
        interface IPlannedEffect extends dqoes.v1.PlannedEffect.$Properties {
        }

        /** Represents a PlannedEffect. */
        class PlannedEffect {

            /**
             * Constructs a new PlannedEffect.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.PlannedEffect.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PlannedEffect allocation. */
            allocation: string;

            /** PlannedEffect job. */
            job: string;

            /** PlannedEffect node. */
            node: string;

            /** PlannedEffect effect. */
            effect: string;

            /** PlannedEffect reason. */
            reason: string;

            /** PlannedEffect container. */
            container?: (string|null);

            /**
             * Creates a new PlannedEffect instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PlannedEffect instance
             */
            static create(properties: dqoes.v1.PlannedEffect.$Shape): dqoes.v1.PlannedEffect & dqoes.v1.PlannedEffect.$Shape;
            static create(properties?: dqoes.v1.PlannedEffect.$Properties): dqoes.v1.PlannedEffect;

            /**
             * Encodes the specified PlannedEffect message. Does not implicitly {@link dqoes.v1.PlannedEffect.verify|verify} messages.
             * @param message PlannedEffect message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.PlannedEffect.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PlannedEffect message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.PlannedEffect & dqoes.v1.PlannedEffect.$Shape} PlannedEffect
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.PlannedEffect & dqoes.v1.PlannedEffect.$Shape;

            /**
             * Creates a PlannedEffect message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns PlannedEffect
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.PlannedEffect;

            /**
             * Creates a plain object from a PlannedEffect message. Also converts values to other types if specified.
             * @param message PlannedEffect
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.PlannedEffect, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this PlannedEffect to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace PlannedEffect {

            /** Properties of a PlannedEffect. */
            interface $Properties {

                /** PlannedEffect allocation */
                allocation?: (string|null);

                /** PlannedEffect job */
                job?: (string|null);

                /** PlannedEffect node */
                node?: (string|null);

                /** PlannedEffect effect */
                effect?: (string|null);

                /** PlannedEffect reason */
                reason?: (string|null);

                /** PlannedEffect container */
                container?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PlannedEffect. */
            type $Shape = dqoes.v1.PlannedEffect.$Properties;
        }

        /**
         * Properties of a JobPlan.
         * @deprecated Use dqoes.v1.JobPlan.$Properties instead.
         */
        interface IJobPlan extends dqoes.v1.JobPlan.$Properties {
        }

        /** Represents a JobPlan. */
        class JobPlan {

            /**
             * Constructs a new JobPlan.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.JobPlan.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** JobPlan job. */
            job: string;

            /** JobPlan change. */
            change: string;

            /** JobPlan allocations. */
            allocations: dqoes.v1.PlannedAllocation.$Properties[];

            /**
             * Creates a new JobPlan instance using the specified properties.
             * @param [properties] Properties to set
             * @returns JobPlan instance
             */
            static create(properties: dqoes.v1.JobPlan.$Shape): dqoes.v1.JobPlan & dqoes.v1.JobPlan.$Shape;
            static create(properties?: dqoes.v1.JobPlan.$Properties): dqoes.v1.JobPlan;

            /**
             * Encodes the specified JobPlan message. Does not implicitly {@link dqoes.v1.JobPlan.verify|verify} messages.
             * @param message JobPlan message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.JobPlan.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a JobPlan message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.JobPlan & dqoes.v1.JobPlan.$Shape} JobPlan
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.JobPlan & dqoes.v1.JobPlan.$Shape;

            /**
             * Creates a JobPlan message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns JobPlan
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.JobPlan;

            /**
             * Creates a plain object from a JobPlan message. Also converts values to other types if specified.
             * @param message JobPlan
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.JobPlan, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this JobPlan to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace JobPlan {

            /** Properties of a JobPlan. */
            interface $Properties {

                /** JobPlan job */
                job?: (string|null);

                /** JobPlan change */
                change?: (string|null);

                /** JobPlan allocations */
                allocations?: (dqoes.v1.PlannedAllocation.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a JobPlan. */
            type $Shape = dqoes.v1.JobPlan.$Properties;
        }

        /**
         * Properties of a JobSubmitRequest.
         * @deprecated Use dqoes.v1.JobSubmitRequest.$Properties instead.
         */
        interface IJobSubmitRequest extends dqoes.v1.JobSubmitRequest.$Properties {
        }

        /** Represents a JobSubmitRequest. */
        class JobSubmitRequest {

            /**
             * Constructs a new JobSubmitRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.JobSubmitRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** JobSubmitRequest jobs. */
            jobs: dqoes.v1.JobSpec.$Properties[];

            /**
             * Creates a new JobSubmitRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns JobSubmitRequest instance
             */
            static create(properties: dqoes.v1.JobSubmitRequest.$Shape): dqoes.v1.JobSubmitRequest & dqoes.v1.JobSubmitRequest.$Shape;
            static create(properties?: dqoes.v1.JobSubmitRequest.$Properties): dqoes.v1.JobSubmitRequest;

            /**
             * Encodes the specified JobSubmitRequest message. Does not implicitly {@link dqoes.v1.JobSubmitRequest.verify|verify} messages.
             * @param message JobSubmitRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.JobSubmitRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a JobSubmitRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.JobSubmitRequest & dqoes.v1.JobSubmitRequest.$Shape} JobSubmitRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.JobSubmitRequest & dqoes.v1.JobSubmitRequest.$Shape;

            /**
             * Creates a JobSubmitRequest message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns JobSubmitRequest
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.JobSubmitRequest;

            /**
             * Creates a plain object from a JobSubmitRequest message. Also converts values to other types if specified.
             * @param message JobSubmitRequest
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.JobSubmitRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this JobSubmitRequest to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace JobSubmitRequest {

            /** Properties of a JobSubmitRequest. */
            interface $Properties {

                /** JobSubmitRequest jobs */
                jobs?: (dqoes.v1.JobSpec.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a JobSubmitRequest. */
            type $Shape = dqoes.v1.JobSubmitRequest.$Properties;
        }

        /**
         * Properties of a JobSubmitResponse.
         * @deprecated Use dqoes.v1.JobSubmitResponse.$Properties instead.
         */
        interface IJobSubmitResponse extends dqoes.v1.JobSubmitResponse.$Properties {
        }

        /** Represents a JobSubmitResponse. */
        class JobSubmitResponse {

            /**
             * Constructs a new JobSubmitResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.JobSubmitResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** JobSubmitResponse created. */
            created: string[];

            /** JobSubmitResponse updated. */
            updated: string[];

            /** JobSubmitResponse unchanged. */
            unchanged: string[];

            /**
             * Creates a new JobSubmitResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns JobSubmitResponse instance
             */
            static create(properties: dqoes.v1.JobSubmitResponse.$Shape): dqoes.v1.JobSubmitResponse & dqoes.v1.JobSubmitResponse.$Shape;
            static create(properties?: dqoes.v1.JobSubmitResponse.$Properties): dqoes.v1.JobSubmitResponse;

            /**
             * Encodes the specified JobSubmitResponse message. Does not implicitly {@link dqoes.v1.JobSubmitResponse.verify|verify} messages.
             * @param message JobSubmitResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.JobSubmitResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a JobSubmitResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.JobSubmitResponse & dqoes.v1.JobSubmitResponse.$Shape} JobSubmitResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.JobSubmitResponse & dqoes.v1.JobSubmitResponse.$Shape;

            /**
             * Creates a JobSubmitResponse message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns JobSubmitResponse
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.JobSubmitResponse;

            /**
             * Creates a plain object from a JobSubmitResponse message. Also converts values to other types if specified.
             * @param message JobSubmitResponse
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.JobSubmitResponse, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this JobSubmitResponse to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace JobSubmitResponse {

            /** Properties of a JobSubmitResponse. */
            interface $Properties {

                /** JobSubmitResponse created */
                created?: (string[]|null);

                /** JobSubmitResponse updated */
                updated?: (string[]|null);

                /** JobSubmitResponse unchanged */
                unchanged?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a JobSubmitResponse. */
            type $Shape = dqoes.v1.JobSubmitResponse.$Properties;
        }

        /**
         * Properties of a Prices.
         * @deprecated Use dqoes.v1.Prices.$Properties instead.
         */
        interface IPrices extends dqoes.v1.Prices.$Properties {
        }

        /** Represents a Prices. */
        class Prices {

            /**
             * Constructs a new Prices.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.Prices.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Prices currency. */
            currency: string;

            /** Prices cpuCoreHour. */
            cpuCoreHour: number;

            /** Prices memoryGibHour. */
            memoryGibHour: number;

            /** Prices gpuHour. */
            gpuHour: number;

            /** Prices energyKwh. */
            energyKwh?: (number|null);

            /**
             * Creates a new Prices instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Prices instance
             */
            static create(properties: dqoes.v1.Prices.$Shape): dqoes.v1.Prices & dqoes.v1.Prices.$Shape;
            static create(properties?: dqoes.v1.Prices.$Properties): dqoes.v1.Prices;

            /**
             * Encodes the specified Prices message. Does not implicitly {@link dqoes.v1.Prices.verify|verify} messages.
             * @param message Prices message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.Prices.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Prices message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.Prices & dqoes.v1.Prices.$Shape} Prices
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.Prices & dqoes.v1.Prices.$Shape;

            /**
             * Creates a Prices message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Prices
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.Prices;

            /**
             * Creates a plain object from a Prices message. Also converts values to other types if specified.
             * @param message Prices
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.Prices, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Prices to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Prices {

            /** Properties of a Prices. */
            interface $Properties {

                /** Prices currency */
                currency?: (string|null);

                /** Prices cpuCoreHour */
                cpuCoreHour?: (number|null);

                /** Prices memoryGibHour */
                memoryGibHour?: (number|null);

                /** Prices gpuHour */
                gpuHour?: (number|null);

                /** Prices energyKwh */
                energyKwh?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Prices. */
            type $Shape = dqoes.v1.Prices.$Properties;
        }

        /**
         * Properties of a JobQuoteRequest.
         * @deprecated Use dqoes.v1.JobQuoteRequest.$Properties instead.
         */
        interface IJobQuoteRequest extends dqoes.v1.JobQuoteRequest.$Properties {
        }

        /** Represents a JobQuoteRequest. */
        class JobQuoteRequest {

            /**
             * Constructs a new JobQuoteRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.JobQuoteRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** JobQuoteRequest name. */
            name?: (string|null);

            /** JobQuoteRequest spec. */
            spec?: (dqoes.v1.JobSpec.$Properties|null);

            /** JobQuoteRequest targetsMs. */
            targetsMs: number[];

            /**
             * Creates a new JobQuoteRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns JobQuoteRequest instance
             */
            static create(properties: dqoes.v1.JobQuoteRequest.$Shape): dqoes.v1.JobQuoteRequest & dqoes.v1.JobQuoteRequest.$Shape;
            static create(properties?: dqoes.v1.JobQuoteRequest.$Properties): dqoes.v1.JobQuoteRequest;

            /**
             * Encodes the specified JobQuoteRequest message. Does not implicitly {@link dqoes.v1.JobQuoteRequest.verify|verify} messages.
             * @param message JobQuoteRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.JobQuoteRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a JobQuoteRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.JobQuoteRequest & dqoes.v1.JobQuoteRequest.$Shape} JobQuoteRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.JobQuoteRequest & dqoes.v1.JobQuoteRequest.$Shape;

            /**
             * Creates a JobQuoteRequest message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns JobQuoteRequest
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.JobQuoteRequest;

            /**
             * Creates a plain object from a JobQuoteRequest message. Also converts values to other types if specified.
             * @param message JobQuoteRequest
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.JobQuoteRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this JobQuoteRequest to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace JobQuoteRequest {

            /** Properties of a JobQuoteRequest. */
            interface $Properties {

                /** JobQuoteRequest name */
                name?: (string|null);

                /** JobQuoteRequest spec */
                spec?: (dqoes.v1.JobSpec.$Properties|null);

                /** JobQuoteRequest targetsMs */
                targetsMs?: (number[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a JobQuoteRequest. */
            type $Shape = dqoes.v1.JobQuoteRequest.$Properties;
        }

        /**
         * Properties of a QuoteStep.
         * @deprecated Use dqoes.v1.QuoteStep.$Properties instead.
         */
        interface IQuoteStep extends dqoes.v1.QuoteStep.$Properties {
        }

        /** Represents a QuoteStep. */
        class QuoteStep {

            /**
             * Constructs a new QuoteStep.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.QuoteStep.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** QuoteStep targetMs. */
            targetMs: number;

            /** QuoteStep verdict. */
            verdict: string;

            /** QuoteStep cpuCores. */
            cpuCores?: (number|null);

            /** QuoteStep expectedMs. */
            expectedMs?: (number|null);

            /** QuoteStep nodes. */
            nodes: string[];

            /** QuoteStep costPerHour. */
            costPerHour?: (number|null);

            /** QuoteStep effects. */
            effects: dqoes.v1.PlannedEffect.$Properties[];

            /** QuoteStep expectedLowMs. */
            expectedLowMs?: (number|null);

            /** QuoteStep expectedHighMs. */
            expectedHighMs?: (number|null);

            /** QuoteStep provenCores. */
            provenCores?: (number|null);

            /**
             * Creates a new QuoteStep instance using the specified properties.
             * @param [properties] Properties to set
             * @returns QuoteStep instance
             */
            static create(properties: dqoes.v1.QuoteStep.$Shape): dqoes.v1.QuoteStep & dqoes.v1.QuoteStep.$Shape;
            static create(properties?: dqoes.v1.QuoteStep.$Properties): dqoes.v1.QuoteStep;

            /**
             * Encodes the specified QuoteStep message. Does not implicitly {@link dqoes.v1.QuoteStep.verify|verify} messages.
             * @param message QuoteStep message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.QuoteStep.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a QuoteStep message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.QuoteStep & dqoes.v1.QuoteStep.$Shape} QuoteStep
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.QuoteStep & dqoes.v1.QuoteStep.$Shape;

            /**
             * Creates a QuoteStep message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns QuoteStep
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.QuoteStep;

            /**
             * Creates a plain object from a QuoteStep message. Also converts values to other types if specified.
             * @param message QuoteStep
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.QuoteStep, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this QuoteStep to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace QuoteStep {

            /** Properties of a QuoteStep. */
            interface $Properties {

                /** QuoteStep targetMs */
                targetMs?: (number|null);

                /** QuoteStep verdict */
                verdict?: (string|null);

                /** QuoteStep cpuCores */
                cpuCores?: (number|null);

                /** QuoteStep expectedMs */
                expectedMs?: (number|null);

                /** QuoteStep nodes */
                nodes?: (string[]|null);

                /** QuoteStep costPerHour */
                costPerHour?: (number|null);

                /** QuoteStep effects */
                effects?: (dqoes.v1.PlannedEffect.$Properties[]|null);

                /** QuoteStep expectedLowMs */
                expectedLowMs?: (number|null);

                /** QuoteStep expectedHighMs */
                expectedHighMs?: (number|null);

                /** QuoteStep provenCores */
                provenCores?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a QuoteStep. */
            type $Shape = dqoes.v1.QuoteStep.$Properties;
        }

        /**
         * Properties of a JobQuote.
         * @deprecated Use dqoes.v1.JobQuote.$Properties instead.
         */
        interface IJobQuote extends dqoes.v1.JobQuote.$Properties {
        }

        /** Represents a JobQuote. */
        class JobQuote {

            /**
             * Constructs a new JobQuote.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.JobQuote.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** JobQuote job. */
            job: string;

            /** JobQuote prices. */
            prices?: (dqoes.v1.Prices.$Properties|null);

            /** JobQuote fastestMs. */
            fastestMs?: (number|null);

            /** JobQuote steps. */
            steps: dqoes.v1.QuoteStep.$Properties[];

            /** JobQuote reason. */
            reason: string;

            /** JobQuote provenCores. */
            provenCores?: (number|null);

            /**
             * Creates a new JobQuote instance using the specified properties.
             * @param [properties] Properties to set
             * @returns JobQuote instance
             */
            static create(properties: dqoes.v1.JobQuote.$Shape): dqoes.v1.JobQuote & dqoes.v1.JobQuote.$Shape;
            static create(properties?: dqoes.v1.JobQuote.$Properties): dqoes.v1.JobQuote;

            /**
             * Encodes the specified JobQuote message. Does not implicitly {@link dqoes.v1.JobQuote.verify|verify} messages.
             * @param message JobQuote message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.JobQuote.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a JobQuote message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.JobQuote & dqoes.v1.JobQuote.$Shape} JobQuote
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.JobQuote & dqoes.v1.JobQuote.$Shape;

            /**
             * Creates a JobQuote message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns JobQuote
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.JobQuote;

            /**
             * Creates a plain object from a JobQuote message. Also converts values to other types if specified.
             * @param message JobQuote
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.JobQuote, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this JobQuote to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace JobQuote {

            /** Properties of a JobQuote. */
            interface $Properties {

                /** JobQuote job */
                job?: (string|null);

                /** JobQuote prices */
                prices?: (dqoes.v1.Prices.$Properties|null);

                /** JobQuote fastestMs */
                fastestMs?: (number|null);

                /** JobQuote steps */
                steps?: (dqoes.v1.QuoteStep.$Properties[]|null);

                /** JobQuote reason */
                reason?: (string|null);

                /** JobQuote provenCores */
                provenCores?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a JobQuote. */
            type $Shape = dqoes.v1.JobQuote.$Properties;
        }

        /**
         * Properties of an AddedHosts.
         * @deprecated Use dqoes.v1.AddedHosts.$Properties instead.
         */
        interface IAddedHosts extends dqoes.v1.AddedHosts.$Properties {
        }

        /** Represents an AddedHosts. */
        class AddedHosts {

            /**
             * Constructs a new AddedHosts.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.AddedHosts.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** AddedHosts hosts. */
            hosts: number;

            /** AddedHosts cpuCores. */
            cpuCores?: (number|null);

            /**
             * Creates a new AddedHosts instance using the specified properties.
             * @param [properties] Properties to set
             * @returns AddedHosts instance
             */
            static create(properties: dqoes.v1.AddedHosts.$Shape): dqoes.v1.AddedHosts & dqoes.v1.AddedHosts.$Shape;
            static create(properties?: dqoes.v1.AddedHosts.$Properties): dqoes.v1.AddedHosts;

            /**
             * Encodes the specified AddedHosts message. Does not implicitly {@link dqoes.v1.AddedHosts.verify|verify} messages.
             * @param message AddedHosts message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.AddedHosts.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AddedHosts message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.AddedHosts & dqoes.v1.AddedHosts.$Shape} AddedHosts
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.AddedHosts & dqoes.v1.AddedHosts.$Shape;

            /**
             * Creates an AddedHosts message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns AddedHosts
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.AddedHosts;

            /**
             * Creates a plain object from an AddedHosts message. Also converts values to other types if specified.
             * @param message AddedHosts
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.AddedHosts, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this AddedHosts to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace AddedHosts {

            /** Properties of an AddedHosts. */
            interface $Properties {

                /** AddedHosts hosts */
                hosts?: (number|null);

                /** AddedHosts cpuCores */
                cpuCores?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an AddedHosts. */
            type $Shape = dqoes.v1.AddedHosts.$Properties;
        }

        /**
         * Properties of a CapacityRequest.
         * @deprecated Use dqoes.v1.CapacityRequest.$Properties instead.
         */
        interface ICapacityRequest extends dqoes.v1.CapacityRequest.$Properties {
        }

        /** Represents a CapacityRequest. */
        class CapacityRequest {

            /**
             * Constructs a new CapacityRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.CapacityRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CapacityRequest parts. */
            parts: string[];

            /** CapacityRequest like. */
            like: string[];

            /** CapacityRequest without. */
            without: string[];

            /** CapacityRequest add. */
            add?: (dqoes.v1.AddedHosts.$Properties|null);

            /**
             * Creates a new CapacityRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CapacityRequest instance
             */
            static create(properties: dqoes.v1.CapacityRequest.$Shape): dqoes.v1.CapacityRequest & dqoes.v1.CapacityRequest.$Shape;
            static create(properties?: dqoes.v1.CapacityRequest.$Properties): dqoes.v1.CapacityRequest;

            /**
             * Encodes the specified CapacityRequest message. Does not implicitly {@link dqoes.v1.CapacityRequest.verify|verify} messages.
             * @param message CapacityRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.CapacityRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CapacityRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.CapacityRequest & dqoes.v1.CapacityRequest.$Shape} CapacityRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.CapacityRequest & dqoes.v1.CapacityRequest.$Shape;

            /**
             * Creates a CapacityRequest message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns CapacityRequest
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.CapacityRequest;

            /**
             * Creates a plain object from a CapacityRequest message. Also converts values to other types if specified.
             * @param message CapacityRequest
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.CapacityRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this CapacityRequest to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace CapacityRequest {

            /** Properties of a CapacityRequest. */
            interface $Properties {

                /** CapacityRequest parts */
                parts?: (string[]|null);

                /** CapacityRequest like */
                like?: (string[]|null);

                /** CapacityRequest without */
                without?: (string[]|null);

                /** CapacityRequest add */
                add?: (dqoes.v1.AddedHosts.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CapacityRequest. */
            type $Shape = dqoes.v1.CapacityRequest.$Properties;
        }

        /**
         * Properties of a CapacityMiss.
         * @deprecated Use dqoes.v1.CapacityMiss.$Properties instead.
         */
        interface ICapacityMiss extends dqoes.v1.CapacityMiss.$Properties {
        }

        /** Represents a CapacityMiss. */
        class CapacityMiss {

            /**
             * Constructs a new CapacityMiss.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.CapacityMiss.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CapacityMiss allocation. */
            allocation: string;

            /** CapacityMiss container. */
            container?: (string|null);

            /** CapacityMiss job. */
            job: string;

            /** CapacityMiss node. */
            node?: (string|null);

            /** CapacityMiss reason. */
            reason: string;

            /**
             * Creates a new CapacityMiss instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CapacityMiss instance
             */
            static create(properties: dqoes.v1.CapacityMiss.$Shape): dqoes.v1.CapacityMiss & dqoes.v1.CapacityMiss.$Shape;
            static create(properties?: dqoes.v1.CapacityMiss.$Properties): dqoes.v1.CapacityMiss;

            /**
             * Encodes the specified CapacityMiss message. Does not implicitly {@link dqoes.v1.CapacityMiss.verify|verify} messages.
             * @param message CapacityMiss message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.CapacityMiss.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CapacityMiss message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.CapacityMiss & dqoes.v1.CapacityMiss.$Shape} CapacityMiss
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.CapacityMiss & dqoes.v1.CapacityMiss.$Shape;

            /**
             * Creates a CapacityMiss message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns CapacityMiss
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.CapacityMiss;

            /**
             * Creates a plain object from a CapacityMiss message. Also converts values to other types if specified.
             * @param message CapacityMiss
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.CapacityMiss, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this CapacityMiss to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace CapacityMiss {

            /** Properties of a CapacityMiss. */
            interface $Properties {

                /** CapacityMiss allocation */
                allocation?: (string|null);

                /** CapacityMiss container */
                container?: (string|null);

                /** CapacityMiss job */
                job?: (string|null);

                /** CapacityMiss node */
                node?: (string|null);

                /** CapacityMiss reason */
                reason?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CapacityMiss. */
            type $Shape = dqoes.v1.CapacityMiss.$Properties;
        }

        /**
         * Properties of a HostCpu.
         * @deprecated Use dqoes.v1.HostCpu.$Properties instead.
         */
        interface IHostCpu extends dqoes.v1.HostCpu.$Properties {
        }

        /** Represents a HostCpu. */
        class HostCpu {

            /**
             * Constructs a new HostCpu.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.HostCpu.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** HostCpu node. */
            node: string;

            /** HostCpu allocatableCores. */
            allocatableCores: number;

            /** HostCpu neededCores. */
            neededCores?: (number|null);

            /** HostCpu freeCores. */
            freeCores?: (number|null);

            /** HostCpu allocations. */
            allocations: number;

            /**
             * Creates a new HostCpu instance using the specified properties.
             * @param [properties] Properties to set
             * @returns HostCpu instance
             */
            static create(properties: dqoes.v1.HostCpu.$Shape): dqoes.v1.HostCpu & dqoes.v1.HostCpu.$Shape;
            static create(properties?: dqoes.v1.HostCpu.$Properties): dqoes.v1.HostCpu;

            /**
             * Encodes the specified HostCpu message. Does not implicitly {@link dqoes.v1.HostCpu.verify|verify} messages.
             * @param message HostCpu message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.HostCpu.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a HostCpu message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.HostCpu & dqoes.v1.HostCpu.$Shape} HostCpu
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.HostCpu & dqoes.v1.HostCpu.$Shape;

            /**
             * Creates a HostCpu message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns HostCpu
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.HostCpu;

            /**
             * Creates a plain object from a HostCpu message. Also converts values to other types if specified.
             * @param message HostCpu
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.HostCpu, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this HostCpu to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace HostCpu {

            /** Properties of a HostCpu. */
            interface $Properties {

                /** HostCpu node */
                node?: (string|null);

                /** HostCpu allocatableCores */
                allocatableCores?: (number|null);

                /** HostCpu neededCores */
                neededCores?: (number|null);

                /** HostCpu freeCores */
                freeCores?: (number|null);

                /** HostCpu allocations */
                allocations?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a HostCpu. */
            type $Shape = dqoes.v1.HostCpu.$Properties;
        }

        /**
         * Properties of a CapacityLimit.
         * @deprecated Use dqoes.v1.CapacityLimit.$Properties instead.
         */
        interface ICapacityLimit extends dqoes.v1.CapacityLimit.$Properties {
        }

        /** Represents a CapacityLimit. */
        class CapacityLimit {

            /**
             * Constructs a new CapacityLimit.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.CapacityLimit.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CapacityLimit resource. */
            resource: string;

            /** CapacityLimit node. */
            node?: (string|null);

            /** CapacityLimit reason. */
            reason: string;

            /**
             * Creates a new CapacityLimit instance using the specified properties.
             * @param [properties] Properties to set
             * @returns CapacityLimit instance
             */
            static create(properties: dqoes.v1.CapacityLimit.$Shape): dqoes.v1.CapacityLimit & dqoes.v1.CapacityLimit.$Shape;
            static create(properties?: dqoes.v1.CapacityLimit.$Properties): dqoes.v1.CapacityLimit;

            /**
             * Encodes the specified CapacityLimit message. Does not implicitly {@link dqoes.v1.CapacityLimit.verify|verify} messages.
             * @param message CapacityLimit message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.CapacityLimit.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CapacityLimit message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.CapacityLimit & dqoes.v1.CapacityLimit.$Shape} CapacityLimit
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.CapacityLimit & dqoes.v1.CapacityLimit.$Shape;

            /**
             * Creates a CapacityLimit message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns CapacityLimit
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.CapacityLimit;

            /**
             * Creates a plain object from a CapacityLimit message. Also converts values to other types if specified.
             * @param message CapacityLimit
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.CapacityLimit, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this CapacityLimit to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace CapacityLimit {

            /** Properties of a CapacityLimit. */
            interface $Properties {

                /** CapacityLimit resource */
                resource?: (string|null);

                /** CapacityLimit node */
                node?: (string|null);

                /** CapacityLimit reason */
                reason?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CapacityLimit. */
            type $Shape = dqoes.v1.CapacityLimit.$Properties;
        }

        /**
         * Properties of a JobKind.
         * @deprecated Use dqoes.v1.JobKind.$Properties instead.
         */
        interface IJobKind extends dqoes.v1.JobKind.$Properties {
        }

        /** Represents a JobKind. */
        class JobKind {

            /**
             * Constructs a new JobKind.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.JobKind.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** JobKind like. */
            like: string;

            /** JobKind jobs. */
            jobs: number;

            /** JobKind targetMs. */
            targetMs: number;

            /** JobKind cpuCores. */
            cpuCores?: (number|null);

            /**
             * Creates a new JobKind instance using the specified properties.
             * @param [properties] Properties to set
             * @returns JobKind instance
             */
            static create(properties: dqoes.v1.JobKind.$Shape): dqoes.v1.JobKind & dqoes.v1.JobKind.$Shape;
            static create(properties?: dqoes.v1.JobKind.$Properties): dqoes.v1.JobKind;

            /**
             * Encodes the specified JobKind message. Does not implicitly {@link dqoes.v1.JobKind.verify|verify} messages.
             * @param message JobKind message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.JobKind.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a JobKind message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.JobKind & dqoes.v1.JobKind.$Shape} JobKind
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.JobKind & dqoes.v1.JobKind.$Shape;

            /**
             * Creates a JobKind message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns JobKind
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.JobKind;

            /**
             * Creates a plain object from a JobKind message. Also converts values to other types if specified.
             * @param message JobKind
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.JobKind, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this JobKind to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace JobKind {

            /** Properties of a JobKind. */
            interface $Properties {

                /** JobKind like */
                like?: (string|null);

                /** JobKind jobs */
                jobs?: (number|null);

                /** JobKind targetMs */
                targetMs?: (number|null);

                /** JobKind cpuCores */
                cpuCores?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a JobKind. */
            type $Shape = dqoes.v1.JobKind.$Properties;
        }

        /**
         * Properties of a KindRoom.
         * @deprecated Use dqoes.v1.KindRoom.$Properties instead.
         */
        interface IKindRoom extends dqoes.v1.KindRoom.$Properties {
        }

        /** Represents a KindRoom. */
        class KindRoom {

            /**
             * Constructs a new KindRoom.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.KindRoom.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** KindRoom like. */
            like: string;

            /** KindRoom more. */
            more?: (number|null);

            /** KindRoom atLeast. */
            atLeast: boolean;

            /** KindRoom limit. */
            limit?: (dqoes.v1.CapacityLimit.$Properties|null);

            /**
             * Creates a new KindRoom instance using the specified properties.
             * @param [properties] Properties to set
             * @returns KindRoom instance
             */
            static create(properties: dqoes.v1.KindRoom.$Shape): dqoes.v1.KindRoom & dqoes.v1.KindRoom.$Shape;
            static create(properties?: dqoes.v1.KindRoom.$Properties): dqoes.v1.KindRoom;

            /**
             * Encodes the specified KindRoom message. Does not implicitly {@link dqoes.v1.KindRoom.verify|verify} messages.
             * @param message KindRoom message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.KindRoom.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a KindRoom message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.KindRoom & dqoes.v1.KindRoom.$Shape} KindRoom
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.KindRoom & dqoes.v1.KindRoom.$Shape;

            /**
             * Creates a KindRoom message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns KindRoom
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.KindRoom;

            /**
             * Creates a plain object from a KindRoom message. Also converts values to other types if specified.
             * @param message KindRoom
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.KindRoom, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this KindRoom to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace KindRoom {

            /** Properties of a KindRoom. */
            interface $Properties {

                /** KindRoom like */
                like?: (string|null);

                /** KindRoom more */
                more?: (number|null);

                /** KindRoom atLeast */
                atLeast?: (boolean|null);

                /** KindRoom limit */
                limit?: (dqoes.v1.CapacityLimit.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a KindRoom. */
            type $Shape = dqoes.v1.KindRoom.$Properties;
        }

        /**
         * Properties of a TargetTrade.
         * @deprecated Use dqoes.v1.TargetTrade.$Properties instead.
         */
        interface ITargetTrade extends dqoes.v1.TargetTrade.$Properties {
        }

        /** Represents a TargetTrade. */
        class TargetTrade {

            /**
             * Constructs a new TargetTrade.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.TargetTrade.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TargetTrade job. */
            job: string;

            /** TargetTrade fromMs. */
            fromMs: number;

            /** TargetTrade toMs. */
            toMs: number;

            /** TargetTrade freesCores. */
            freesCores: number;

            /** TargetTrade gains. */
            gains: dqoes.v1.CapacityMiss.$Properties[];

            /**
             * Creates a new TargetTrade instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TargetTrade instance
             */
            static create(properties: dqoes.v1.TargetTrade.$Shape): dqoes.v1.TargetTrade & dqoes.v1.TargetTrade.$Shape;
            static create(properties?: dqoes.v1.TargetTrade.$Properties): dqoes.v1.TargetTrade;

            /**
             * Encodes the specified TargetTrade message. Does not implicitly {@link dqoes.v1.TargetTrade.verify|verify} messages.
             * @param message TargetTrade message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.TargetTrade.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TargetTrade message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.TargetTrade & dqoes.v1.TargetTrade.$Shape} TargetTrade
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.TargetTrade & dqoes.v1.TargetTrade.$Shape;

            /**
             * Creates a TargetTrade message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns TargetTrade
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.TargetTrade;

            /**
             * Creates a plain object from a TargetTrade message. Also converts values to other types if specified.
             * @param message TargetTrade
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.TargetTrade, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this TargetTrade to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace TargetTrade {

            /** Properties of a TargetTrade. */
            interface $Properties {

                /** TargetTrade job */
                job?: (string|null);

                /** TargetTrade fromMs */
                fromMs?: (number|null);

                /** TargetTrade toMs */
                toMs?: (number|null);

                /** TargetTrade freesCores */
                freesCores?: (number|null);

                /** TargetTrade gains */
                gains?: (dqoes.v1.CapacityMiss.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TargetTrade. */
            type $Shape = dqoes.v1.TargetTrade.$Properties;
        }

        /**
         * Properties of a WithoutHosts.
         * @deprecated Use dqoes.v1.WithoutHosts.$Properties instead.
         */
        interface IWithoutHosts extends dqoes.v1.WithoutHosts.$Properties {
        }

        /** Represents a WithoutHosts. */
        class WithoutHosts {

            /**
             * Constructs a new WithoutHosts.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.WithoutHosts.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** WithoutHosts nodes. */
            nodes: string[];

            /** WithoutHosts missing. */
            missing: number;

            /** WithoutHosts misses. */
            misses: dqoes.v1.CapacityMiss.$Properties[];

            /** WithoutHosts gains. */
            gains: dqoes.v1.CapacityMiss.$Properties[];

            /** WithoutHosts freeCores. */
            freeCores?: (number|null);

            /** WithoutHosts note. */
            note: string;

            /**
             * Creates a new WithoutHosts instance using the specified properties.
             * @param [properties] Properties to set
             * @returns WithoutHosts instance
             */
            static create(properties: dqoes.v1.WithoutHosts.$Shape): dqoes.v1.WithoutHosts & dqoes.v1.WithoutHosts.$Shape;
            static create(properties?: dqoes.v1.WithoutHosts.$Properties): dqoes.v1.WithoutHosts;

            /**
             * Encodes the specified WithoutHosts message. Does not implicitly {@link dqoes.v1.WithoutHosts.verify|verify} messages.
             * @param message WithoutHosts message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.WithoutHosts.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a WithoutHosts message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.WithoutHosts & dqoes.v1.WithoutHosts.$Shape} WithoutHosts
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.WithoutHosts & dqoes.v1.WithoutHosts.$Shape;

            /**
             * Creates a WithoutHosts message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns WithoutHosts
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.WithoutHosts;

            /**
             * Creates a plain object from a WithoutHosts message. Also converts values to other types if specified.
             * @param message WithoutHosts
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.WithoutHosts, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this WithoutHosts to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace WithoutHosts {

            /** Properties of a WithoutHosts. */
            interface $Properties {

                /** WithoutHosts nodes */
                nodes?: (string[]|null);

                /** WithoutHosts missing */
                missing?: (number|null);

                /** WithoutHosts misses */
                misses?: (dqoes.v1.CapacityMiss.$Properties[]|null);

                /** WithoutHosts gains */
                gains?: (dqoes.v1.CapacityMiss.$Properties[]|null);

                /** WithoutHosts freeCores */
                freeCores?: (number|null);

                /** WithoutHosts note */
                note?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a WithoutHosts. */
            type $Shape = dqoes.v1.WithoutHosts.$Properties;
        }

        /**
         * Properties of a WithHosts.
         * @deprecated Use dqoes.v1.WithHosts.$Properties instead.
         */
        interface IWithHosts extends dqoes.v1.WithHosts.$Properties {
        }

        /** Represents a WithHosts. */
        class WithHosts {

            /**
             * Constructs a new WithHosts.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.WithHosts.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** WithHosts hosts. */
            hosts: number;

            /** WithHosts cpuCores. */
            cpuCores: number;

            /** WithHosts missing. */
            missing: number;

            /** WithHosts misses. */
            misses: dqoes.v1.CapacityMiss.$Properties[];

            /** WithHosts gains. */
            gains: dqoes.v1.CapacityMiss.$Properties[];

            /** WithHosts freeCores. */
            freeCores?: (number|null);

            /** WithHosts room. */
            room: dqoes.v1.KindRoom.$Properties[];

            /**
             * Creates a new WithHosts instance using the specified properties.
             * @param [properties] Properties to set
             * @returns WithHosts instance
             */
            static create(properties: dqoes.v1.WithHosts.$Shape): dqoes.v1.WithHosts & dqoes.v1.WithHosts.$Shape;
            static create(properties?: dqoes.v1.WithHosts.$Properties): dqoes.v1.WithHosts;

            /**
             * Encodes the specified WithHosts message. Does not implicitly {@link dqoes.v1.WithHosts.verify|verify} messages.
             * @param message WithHosts message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.WithHosts.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a WithHosts message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.WithHosts & dqoes.v1.WithHosts.$Shape} WithHosts
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.WithHosts & dqoes.v1.WithHosts.$Shape;

            /**
             * Creates a WithHosts message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns WithHosts
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.WithHosts;

            /**
             * Creates a plain object from a WithHosts message. Also converts values to other types if specified.
             * @param message WithHosts
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.WithHosts, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this WithHosts to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace WithHosts {

            /** Properties of a WithHosts. */
            interface $Properties {

                /** WithHosts hosts */
                hosts?: (number|null);

                /** WithHosts cpuCores */
                cpuCores?: (number|null);

                /** WithHosts missing */
                missing?: (number|null);

                /** WithHosts misses */
                misses?: (dqoes.v1.CapacityMiss.$Properties[]|null);

                /** WithHosts gains */
                gains?: (dqoes.v1.CapacityMiss.$Properties[]|null);

                /** WithHosts freeCores */
                freeCores?: (number|null);

                /** WithHosts room */
                room?: (dqoes.v1.KindRoom.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a WithHosts. */
            type $Shape = dqoes.v1.WithHosts.$Properties;
        }

        /**
         * Properties of a PackedHosts.
         * @deprecated Use dqoes.v1.PackedHosts.$Properties instead.
         */
        interface IPackedHosts extends dqoes.v1.PackedHosts.$Properties {
        }

        /** Represents a PackedHosts. */
        class PackedHosts {

            /**
             * Constructs a new PackedHosts.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.PackedHosts.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PackedHosts keep. */
            keep: string[];

            /** PackedHosts empty. */
            empty: string[];

            /** PackedHosts pinned. */
            pinned: string[];

            /** PackedHosts proven. */
            proven: boolean;

            /**
             * Creates a new PackedHosts instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PackedHosts instance
             */
            static create(properties: dqoes.v1.PackedHosts.$Shape): dqoes.v1.PackedHosts & dqoes.v1.PackedHosts.$Shape;
            static create(properties?: dqoes.v1.PackedHosts.$Properties): dqoes.v1.PackedHosts;

            /**
             * Encodes the specified PackedHosts message. Does not implicitly {@link dqoes.v1.PackedHosts.verify|verify} messages.
             * @param message PackedHosts message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.PackedHosts.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PackedHosts message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.PackedHosts & dqoes.v1.PackedHosts.$Shape} PackedHosts
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.PackedHosts & dqoes.v1.PackedHosts.$Shape;

            /**
             * Creates a PackedHosts message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns PackedHosts
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.PackedHosts;

            /**
             * Creates a plain object from a PackedHosts message. Also converts values to other types if specified.
             * @param message PackedHosts
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.PackedHosts, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this PackedHosts to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace PackedHosts {

            /** Properties of a PackedHosts. */
            interface $Properties {

                /** PackedHosts keep */
                keep?: (string[]|null);

                /** PackedHosts empty */
                empty?: (string[]|null);

                /** PackedHosts pinned */
                pinned?: (string[]|null);

                /** PackedHosts proven */
                proven?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PackedHosts. */
            type $Shape = dqoes.v1.PackedHosts.$Properties;
        }

        /**
         * Properties of a Capacity.
         * @deprecated Use dqoes.v1.Capacity.$Properties instead.
         */
        interface ICapacity extends dqoes.v1.Capacity.$Properties {
        }

        /** Represents a Capacity. */
        class Capacity {

            /**
             * Constructs a new Capacity.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.Capacity.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Capacity complete. */
            complete: boolean;

            /** Capacity note. */
            note: string;

            /** Capacity hosts. */
            hosts: dqoes.v1.HostCpu.$Properties[];

            /** Capacity allocatableCores. */
            allocatableCores: number;

            /** Capacity freeCores. */
            freeCores?: (number|null);

            /** Capacity missing. */
            missing: number;

            /** Capacity misses. */
            misses: dqoes.v1.CapacityMiss.$Properties[];

            /** Capacity kinds. */
            kinds: dqoes.v1.JobKind.$Properties[];

            /** Capacity room. */
            room: dqoes.v1.KindRoom.$Properties[];

            /** Capacity bottleneck. */
            bottleneck?: (dqoes.v1.CapacityLimit.$Properties|null);

            /** Capacity trades. */
            trades: dqoes.v1.TargetTrade.$Properties[];

            /** Capacity without. */
            without?: (dqoes.v1.WithoutHosts.$Properties|null);

            /** Capacity added. */
            added?: (dqoes.v1.WithHosts.$Properties|null);

            /** Capacity packed. */
            packed?: (dqoes.v1.PackedHosts.$Properties|null);

            /**
             * Creates a new Capacity instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Capacity instance
             */
            static create(properties: dqoes.v1.Capacity.$Shape): dqoes.v1.Capacity & dqoes.v1.Capacity.$Shape;
            static create(properties?: dqoes.v1.Capacity.$Properties): dqoes.v1.Capacity;

            /**
             * Encodes the specified Capacity message. Does not implicitly {@link dqoes.v1.Capacity.verify|verify} messages.
             * @param message Capacity message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.Capacity.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Capacity message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.Capacity & dqoes.v1.Capacity.$Shape} Capacity
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.Capacity & dqoes.v1.Capacity.$Shape;

            /**
             * Creates a Capacity message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Capacity
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.Capacity;

            /**
             * Creates a plain object from a Capacity message. Also converts values to other types if specified.
             * @param message Capacity
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.Capacity, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Capacity to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Capacity {

            /** Properties of a Capacity. */
            interface $Properties {

                /** Capacity complete */
                complete?: (boolean|null);

                /** Capacity note */
                note?: (string|null);

                /** Capacity hosts */
                hosts?: (dqoes.v1.HostCpu.$Properties[]|null);

                /** Capacity allocatableCores */
                allocatableCores?: (number|null);

                /** Capacity freeCores */
                freeCores?: (number|null);

                /** Capacity missing */
                missing?: (number|null);

                /** Capacity misses */
                misses?: (dqoes.v1.CapacityMiss.$Properties[]|null);

                /** Capacity kinds */
                kinds?: (dqoes.v1.JobKind.$Properties[]|null);

                /** Capacity room */
                room?: (dqoes.v1.KindRoom.$Properties[]|null);

                /** Capacity bottleneck */
                bottleneck?: (dqoes.v1.CapacityLimit.$Properties|null);

                /** Capacity trades */
                trades?: (dqoes.v1.TargetTrade.$Properties[]|null);

                /** Capacity without */
                without?: (dqoes.v1.WithoutHosts.$Properties|null);

                /** Capacity added */
                added?: (dqoes.v1.WithHosts.$Properties|null);

                /** Capacity packed */
                packed?: (dqoes.v1.PackedHosts.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Capacity. */
            type $Shape = dqoes.v1.Capacity.$Properties;
        }

        /**
         * Properties of a NodeDrainPlanRequest.
         * @deprecated Use dqoes.v1.NodeDrainPlanRequest.$Properties instead.
         */
        interface INodeDrainPlanRequest extends dqoes.v1.NodeDrainPlanRequest.$Properties {
        }

        /** Represents a NodeDrainPlanRequest. */
        class NodeDrainPlanRequest {

            /**
             * Constructs a new NodeDrainPlanRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.NodeDrainPlanRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NodeDrainPlanRequest id. */
            id: string;

            /**
             * Creates a new NodeDrainPlanRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NodeDrainPlanRequest instance
             */
            static create(properties: dqoes.v1.NodeDrainPlanRequest.$Shape): dqoes.v1.NodeDrainPlanRequest & dqoes.v1.NodeDrainPlanRequest.$Shape;
            static create(properties?: dqoes.v1.NodeDrainPlanRequest.$Properties): dqoes.v1.NodeDrainPlanRequest;

            /**
             * Encodes the specified NodeDrainPlanRequest message. Does not implicitly {@link dqoes.v1.NodeDrainPlanRequest.verify|verify} messages.
             * @param message NodeDrainPlanRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.NodeDrainPlanRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NodeDrainPlanRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.NodeDrainPlanRequest & dqoes.v1.NodeDrainPlanRequest.$Shape} NodeDrainPlanRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.NodeDrainPlanRequest & dqoes.v1.NodeDrainPlanRequest.$Shape;

            /**
             * Creates a NodeDrainPlanRequest message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns NodeDrainPlanRequest
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.NodeDrainPlanRequest;

            /**
             * Creates a plain object from a NodeDrainPlanRequest message. Also converts values to other types if specified.
             * @param message NodeDrainPlanRequest
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.NodeDrainPlanRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this NodeDrainPlanRequest to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace NodeDrainPlanRequest {

            /** Properties of a NodeDrainPlanRequest. */
            interface $Properties {

                /** NodeDrainPlanRequest id */
                id?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NodeDrainPlanRequest. */
            type $Shape = dqoes.v1.NodeDrainPlanRequest.$Properties;
        }

        /**
         * Properties of a PlannedMove.
         * @deprecated Use dqoes.v1.PlannedMove.$Properties instead.
         */
        interface IPlannedMove extends dqoes.v1.PlannedMove.$Properties {
        }

        /** Represents a PlannedMove. */
        class PlannedMove {

            /**
             * Constructs a new PlannedMove.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.PlannedMove.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PlannedMove allocation. */
            allocation: string;

            /** PlannedMove job. */
            job: string;

            /** PlannedMove to. */
            to?: (dqoes.v1.PlannedAllocation.$Properties|null);

            /**
             * Creates a new PlannedMove instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PlannedMove instance
             */
            static create(properties: dqoes.v1.PlannedMove.$Shape): dqoes.v1.PlannedMove & dqoes.v1.PlannedMove.$Shape;
            static create(properties?: dqoes.v1.PlannedMove.$Properties): dqoes.v1.PlannedMove;

            /**
             * Encodes the specified PlannedMove message. Does not implicitly {@link dqoes.v1.PlannedMove.verify|verify} messages.
             * @param message PlannedMove message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.PlannedMove.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PlannedMove message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.PlannedMove & dqoes.v1.PlannedMove.$Shape} PlannedMove
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.PlannedMove & dqoes.v1.PlannedMove.$Shape;

            /**
             * Creates a PlannedMove message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns PlannedMove
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.PlannedMove;

            /**
             * Creates a plain object from a PlannedMove message. Also converts values to other types if specified.
             * @param message PlannedMove
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.PlannedMove, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this PlannedMove to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace PlannedMove {

            /** Properties of a PlannedMove. */
            interface $Properties {

                /** PlannedMove allocation */
                allocation?: (string|null);

                /** PlannedMove job */
                job?: (string|null);

                /** PlannedMove to */
                to?: (dqoes.v1.PlannedAllocation.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PlannedMove. */
            type $Shape = dqoes.v1.PlannedMove.$Properties;
        }

        /**
         * Properties of a PlannedStay.
         * @deprecated Use dqoes.v1.PlannedStay.$Properties instead.
         */
        interface IPlannedStay extends dqoes.v1.PlannedStay.$Properties {
        }

        /** Represents a PlannedStay. */
        class PlannedStay {

            /**
             * Constructs a new PlannedStay.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.PlannedStay.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PlannedStay allocation. */
            allocation: string;

            /** PlannedStay job. */
            job: string;

            /** PlannedStay reason. */
            reason: string;

            /** PlannedStay container. */
            container?: (string|null);

            /**
             * Creates a new PlannedStay instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PlannedStay instance
             */
            static create(properties: dqoes.v1.PlannedStay.$Shape): dqoes.v1.PlannedStay & dqoes.v1.PlannedStay.$Shape;
            static create(properties?: dqoes.v1.PlannedStay.$Properties): dqoes.v1.PlannedStay;

            /**
             * Encodes the specified PlannedStay message. Does not implicitly {@link dqoes.v1.PlannedStay.verify|verify} messages.
             * @param message PlannedStay message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.PlannedStay.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PlannedStay message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.PlannedStay & dqoes.v1.PlannedStay.$Shape} PlannedStay
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.PlannedStay & dqoes.v1.PlannedStay.$Shape;

            /**
             * Creates a PlannedStay message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns PlannedStay
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.PlannedStay;

            /**
             * Creates a plain object from a PlannedStay message. Also converts values to other types if specified.
             * @param message PlannedStay
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.PlannedStay, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this PlannedStay to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace PlannedStay {

            /** Properties of a PlannedStay. */
            interface $Properties {

                /** PlannedStay allocation */
                allocation?: (string|null);

                /** PlannedStay job */
                job?: (string|null);

                /** PlannedStay reason */
                reason?: (string|null);

                /** PlannedStay container */
                container?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PlannedStay. */
            type $Shape = dqoes.v1.PlannedStay.$Properties;
        }

        /**
         * Properties of a NodeDrainPlan.
         * @deprecated Use dqoes.v1.NodeDrainPlan.$Properties instead.
         */
        interface INodeDrainPlan extends dqoes.v1.NodeDrainPlan.$Properties {
        }

        /** Represents a NodeDrainPlan. */
        class NodeDrainPlan {

            /**
             * Constructs a new NodeDrainPlan.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.NodeDrainPlan.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NodeDrainPlan node. */
            node: string;

            /** NodeDrainPlan moves. */
            moves: dqoes.v1.PlannedMove.$Properties[];

            /** NodeDrainPlan stays. */
            stays: dqoes.v1.PlannedStay.$Properties[];

            /** NodeDrainPlan effects. */
            effects: dqoes.v1.PlannedEffect.$Properties[];

            /**
             * Creates a new NodeDrainPlan instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NodeDrainPlan instance
             */
            static create(properties: dqoes.v1.NodeDrainPlan.$Shape): dqoes.v1.NodeDrainPlan & dqoes.v1.NodeDrainPlan.$Shape;
            static create(properties?: dqoes.v1.NodeDrainPlan.$Properties): dqoes.v1.NodeDrainPlan;

            /**
             * Encodes the specified NodeDrainPlan message. Does not implicitly {@link dqoes.v1.NodeDrainPlan.verify|verify} messages.
             * @param message NodeDrainPlan message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.NodeDrainPlan.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NodeDrainPlan message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.NodeDrainPlan & dqoes.v1.NodeDrainPlan.$Shape} NodeDrainPlan
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.NodeDrainPlan & dqoes.v1.NodeDrainPlan.$Shape;

            /**
             * Creates a NodeDrainPlan message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns NodeDrainPlan
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.NodeDrainPlan;

            /**
             * Creates a plain object from a NodeDrainPlan message. Also converts values to other types if specified.
             * @param message NodeDrainPlan
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.NodeDrainPlan, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this NodeDrainPlan to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace NodeDrainPlan {

            /** Properties of a NodeDrainPlan. */
            interface $Properties {

                /** NodeDrainPlan node */
                node?: (string|null);

                /** NodeDrainPlan moves */
                moves?: (dqoes.v1.PlannedMove.$Properties[]|null);

                /** NodeDrainPlan stays */
                stays?: (dqoes.v1.PlannedStay.$Properties[]|null);

                /** NodeDrainPlan effects */
                effects?: (dqoes.v1.PlannedEffect.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NodeDrainPlan. */
            type $Shape = dqoes.v1.NodeDrainPlan.$Properties;
        }

        /**
         * Properties of a JobPlanRequest.
         * @deprecated Use dqoes.v1.JobPlanRequest.$Properties instead.
         */
        interface IJobPlanRequest extends dqoes.v1.JobPlanRequest.$Properties {
        }

        /** Represents a JobPlanRequest. */
        class JobPlanRequest {

            /**
             * Constructs a new JobPlanRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.JobPlanRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** JobPlanRequest jobs. */
            jobs: dqoes.v1.JobSpec.$Properties[];

            /**
             * Creates a new JobPlanRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns JobPlanRequest instance
             */
            static create(properties: dqoes.v1.JobPlanRequest.$Shape): dqoes.v1.JobPlanRequest & dqoes.v1.JobPlanRequest.$Shape;
            static create(properties?: dqoes.v1.JobPlanRequest.$Properties): dqoes.v1.JobPlanRequest;

            /**
             * Encodes the specified JobPlanRequest message. Does not implicitly {@link dqoes.v1.JobPlanRequest.verify|verify} messages.
             * @param message JobPlanRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.JobPlanRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a JobPlanRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.JobPlanRequest & dqoes.v1.JobPlanRequest.$Shape} JobPlanRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.JobPlanRequest & dqoes.v1.JobPlanRequest.$Shape;

            /**
             * Creates a JobPlanRequest message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns JobPlanRequest
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.JobPlanRequest;

            /**
             * Creates a plain object from a JobPlanRequest message. Also converts values to other types if specified.
             * @param message JobPlanRequest
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.JobPlanRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this JobPlanRequest to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace JobPlanRequest {

            /** Properties of a JobPlanRequest. */
            interface $Properties {

                /** JobPlanRequest jobs */
                jobs?: (dqoes.v1.JobSpec.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a JobPlanRequest. */
            type $Shape = dqoes.v1.JobPlanRequest.$Properties;
        }

        /**
         * Properties of a Reservation.
         * @deprecated Use dqoes.v1.Reservation.$Properties instead.
         */
        interface IReservation extends dqoes.v1.Reservation.$Properties {
        }

        /** Represents a Reservation. */
        class Reservation {

            /**
             * Constructs a new Reservation.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.Reservation.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Reservation cpuCores. */
            cpuCores?: (number|null);

            /** Reservation costPerHour. */
            costPerHour?: (number|null);

            /**
             * Creates a new Reservation instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Reservation instance
             */
            static create(properties: dqoes.v1.Reservation.$Shape): dqoes.v1.Reservation & dqoes.v1.Reservation.$Shape;
            static create(properties?: dqoes.v1.Reservation.$Properties): dqoes.v1.Reservation;

            /**
             * Encodes the specified Reservation message. Does not implicitly {@link dqoes.v1.Reservation.verify|verify} messages.
             * @param message Reservation message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.Reservation.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Reservation message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.Reservation & dqoes.v1.Reservation.$Shape} Reservation
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.Reservation & dqoes.v1.Reservation.$Shape;

            /**
             * Creates a Reservation message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Reservation
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.Reservation;

            /**
             * Creates a plain object from a Reservation message. Also converts values to other types if specified.
             * @param message Reservation
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.Reservation, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Reservation to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Reservation {

            /** Properties of a Reservation. */
            interface $Properties {

                /** Reservation cpuCores */
                cpuCores?: (number|null);

                /** Reservation costPerHour */
                costPerHour?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Reservation. */
            type $Shape = dqoes.v1.Reservation.$Properties;
        }

        /**
         * Properties of a JobCost.
         * @deprecated Use dqoes.v1.JobCost.$Properties instead.
         */
        interface IJobCost extends dqoes.v1.JobCost.$Properties {
        }

        /** Represents a JobCost. */
        class JobCost {

            /**
             * Constructs a new JobCost.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.JobCost.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** JobCost job. */
            job: string;

            /** JobCost before. */
            before?: (dqoes.v1.Reservation.$Properties|null);

            /** JobCost after. */
            after?: (dqoes.v1.Reservation.$Properties|null);

            /**
             * Creates a new JobCost instance using the specified properties.
             * @param [properties] Properties to set
             * @returns JobCost instance
             */
            static create(properties: dqoes.v1.JobCost.$Shape): dqoes.v1.JobCost & dqoes.v1.JobCost.$Shape;
            static create(properties?: dqoes.v1.JobCost.$Properties): dqoes.v1.JobCost;

            /**
             * Encodes the specified JobCost message. Does not implicitly {@link dqoes.v1.JobCost.verify|verify} messages.
             * @param message JobCost message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.JobCost.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a JobCost message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.JobCost & dqoes.v1.JobCost.$Shape} JobCost
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.JobCost & dqoes.v1.JobCost.$Shape;

            /**
             * Creates a JobCost message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns JobCost
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.JobCost;

            /**
             * Creates a plain object from a JobCost message. Also converts values to other types if specified.
             * @param message JobCost
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.JobCost, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this JobCost to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace JobCost {

            /** Properties of a JobCost. */
            interface $Properties {

                /** JobCost job */
                job?: (string|null);

                /** JobCost before */
                before?: (dqoes.v1.Reservation.$Properties|null);

                /** JobCost after */
                after?: (dqoes.v1.Reservation.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a JobCost. */
            type $Shape = dqoes.v1.JobCost.$Properties;
        }

        /**
         * Properties of a JobPlanResponse.
         * @deprecated Use dqoes.v1.JobPlanResponse.$Properties instead.
         */
        interface IJobPlanResponse extends dqoes.v1.JobPlanResponse.$Properties {
        }

        /** Represents a JobPlanResponse. */
        class JobPlanResponse {

            /**
             * Constructs a new JobPlanResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.JobPlanResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** JobPlanResponse plans. */
            plans: dqoes.v1.JobPlan.$Properties[];

            /** JobPlanResponse effects. */
            effects: dqoes.v1.PlannedEffect.$Properties[];

            /** JobPlanResponse costs. */
            costs: dqoes.v1.JobCost.$Properties[];

            /** JobPlanResponse prices. */
            prices?: (dqoes.v1.Prices.$Properties|null);

            /** JobPlanResponse refusals. */
            refusals: dqoes.v1.Fault.$Properties[];

            /**
             * Creates a new JobPlanResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns JobPlanResponse instance
             */
            static create(properties: dqoes.v1.JobPlanResponse.$Shape): dqoes.v1.JobPlanResponse & dqoes.v1.JobPlanResponse.$Shape;
            static create(properties?: dqoes.v1.JobPlanResponse.$Properties): dqoes.v1.JobPlanResponse;

            /**
             * Encodes the specified JobPlanResponse message. Does not implicitly {@link dqoes.v1.JobPlanResponse.verify|verify} messages.
             * @param message JobPlanResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.JobPlanResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a JobPlanResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.JobPlanResponse & dqoes.v1.JobPlanResponse.$Shape} JobPlanResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.JobPlanResponse & dqoes.v1.JobPlanResponse.$Shape;

            /**
             * Creates a JobPlanResponse message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns JobPlanResponse
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.JobPlanResponse;

            /**
             * Creates a plain object from a JobPlanResponse message. Also converts values to other types if specified.
             * @param message JobPlanResponse
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.JobPlanResponse, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this JobPlanResponse to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace JobPlanResponse {

            /** Properties of a JobPlanResponse. */
            interface $Properties {

                /** JobPlanResponse plans */
                plans?: (dqoes.v1.JobPlan.$Properties[]|null);

                /** JobPlanResponse effects */
                effects?: (dqoes.v1.PlannedEffect.$Properties[]|null);

                /** JobPlanResponse costs */
                costs?: (dqoes.v1.JobCost.$Properties[]|null);

                /** JobPlanResponse prices */
                prices?: (dqoes.v1.Prices.$Properties|null);

                /** JobPlanResponse refusals */
                refusals?: (dqoes.v1.Fault.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a JobPlanResponse. */
            type $Shape = dqoes.v1.JobPlanResponse.$Properties;
        }

        /**
         * Properties of a JobStopRequest.
         * @deprecated Use dqoes.v1.JobStopRequest.$Properties instead.
         */
        interface IJobStopRequest extends dqoes.v1.JobStopRequest.$Properties {
        }

        /** Represents a JobStopRequest. */
        class JobStopRequest {

            /**
             * Constructs a new JobStopRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.JobStopRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** JobStopRequest name. */
            name: string;

            /**
             * Creates a new JobStopRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns JobStopRequest instance
             */
            static create(properties: dqoes.v1.JobStopRequest.$Shape): dqoes.v1.JobStopRequest & dqoes.v1.JobStopRequest.$Shape;
            static create(properties?: dqoes.v1.JobStopRequest.$Properties): dqoes.v1.JobStopRequest;

            /**
             * Encodes the specified JobStopRequest message. Does not implicitly {@link dqoes.v1.JobStopRequest.verify|verify} messages.
             * @param message JobStopRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.JobStopRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a JobStopRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.JobStopRequest & dqoes.v1.JobStopRequest.$Shape} JobStopRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.JobStopRequest & dqoes.v1.JobStopRequest.$Shape;

            /**
             * Creates a JobStopRequest message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns JobStopRequest
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.JobStopRequest;

            /**
             * Creates a plain object from a JobStopRequest message. Also converts values to other types if specified.
             * @param message JobStopRequest
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.JobStopRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this JobStopRequest to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace JobStopRequest {

            /** Properties of a JobStopRequest. */
            interface $Properties {

                /** JobStopRequest name */
                name?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a JobStopRequest. */
            type $Shape = dqoes.v1.JobStopRequest.$Properties;
        }

        /**
         * Properties of a JobStopResponse.
         * @deprecated Use dqoes.v1.JobStopResponse.$Properties instead.
         */
        interface IJobStopResponse extends dqoes.v1.JobStopResponse.$Properties {
        }

        /** Represents a JobStopResponse. */
        class JobStopResponse {

            /**
             * Constructs a new JobStopResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.JobStopResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** JobStopResponse stopped. */
            stopped: string;

            /** JobStopResponse remaining. */
            remaining: string[];

            /**
             * Creates a new JobStopResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns JobStopResponse instance
             */
            static create(properties: dqoes.v1.JobStopResponse.$Shape): dqoes.v1.JobStopResponse & dqoes.v1.JobStopResponse.$Shape;
            static create(properties?: dqoes.v1.JobStopResponse.$Properties): dqoes.v1.JobStopResponse;

            /**
             * Encodes the specified JobStopResponse message. Does not implicitly {@link dqoes.v1.JobStopResponse.verify|verify} messages.
             * @param message JobStopResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.JobStopResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a JobStopResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.JobStopResponse & dqoes.v1.JobStopResponse.$Shape} JobStopResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.JobStopResponse & dqoes.v1.JobStopResponse.$Shape;

            /**
             * Creates a JobStopResponse message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns JobStopResponse
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.JobStopResponse;

            /**
             * Creates a plain object from a JobStopResponse message. Also converts values to other types if specified.
             * @param message JobStopResponse
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.JobStopResponse, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this JobStopResponse to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace JobStopResponse {

            /** Properties of a JobStopResponse. */
            interface $Properties {

                /** JobStopResponse stopped */
                stopped?: (string|null);

                /** JobStopResponse remaining */
                remaining?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a JobStopResponse. */
            type $Shape = dqoes.v1.JobStopResponse.$Properties;
        }

        /**
         * Properties of a JobListRequest.
         * @deprecated Use dqoes.v1.JobListRequest.$Properties instead.
         */
        interface IJobListRequest extends dqoes.v1.JobListRequest.$Properties {
        }

        /** Represents a JobListRequest. */
        class JobListRequest {

            /**
             * Constructs a new JobListRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.JobListRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** JobListRequest after. */
            after?: (string|null);

            /** JobListRequest limit. */
            limit?: (number|null);

            /**
             * Creates a new JobListRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns JobListRequest instance
             */
            static create(properties: dqoes.v1.JobListRequest.$Shape): dqoes.v1.JobListRequest & dqoes.v1.JobListRequest.$Shape;
            static create(properties?: dqoes.v1.JobListRequest.$Properties): dqoes.v1.JobListRequest;

            /**
             * Encodes the specified JobListRequest message. Does not implicitly {@link dqoes.v1.JobListRequest.verify|verify} messages.
             * @param message JobListRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.JobListRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a JobListRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.JobListRequest & dqoes.v1.JobListRequest.$Shape} JobListRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.JobListRequest & dqoes.v1.JobListRequest.$Shape;

            /**
             * Creates a JobListRequest message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns JobListRequest
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.JobListRequest;

            /**
             * Creates a plain object from a JobListRequest message. Also converts values to other types if specified.
             * @param message JobListRequest
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.JobListRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this JobListRequest to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace JobListRequest {

            /** Properties of a JobListRequest. */
            interface $Properties {

                /** JobListRequest after */
                after?: (string|null);

                /** JobListRequest limit */
                limit?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a JobListRequest. */
            type $Shape = dqoes.v1.JobListRequest.$Properties;
        }

        /**
         * Properties of a JobListResponse.
         * @deprecated Use dqoes.v1.JobListResponse.$Properties instead.
         */
        interface IJobListResponse extends dqoes.v1.JobListResponse.$Properties {
        }

        /** Represents a JobListResponse. */
        class JobListResponse {

            /**
             * Constructs a new JobListResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.JobListResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** JobListResponse jobs. */
            jobs: dqoes.v1.JobStatus.$Properties[];

            /** JobListResponse next. */
            next?: (string|null);

            /** JobListResponse stopping. */
            stopping: dqoes.v1.StoppingJob.$Properties[];

            /**
             * Creates a new JobListResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns JobListResponse instance
             */
            static create(properties: dqoes.v1.JobListResponse.$Shape): dqoes.v1.JobListResponse & dqoes.v1.JobListResponse.$Shape;
            static create(properties?: dqoes.v1.JobListResponse.$Properties): dqoes.v1.JobListResponse;

            /**
             * Encodes the specified JobListResponse message. Does not implicitly {@link dqoes.v1.JobListResponse.verify|verify} messages.
             * @param message JobListResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.JobListResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a JobListResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.JobListResponse & dqoes.v1.JobListResponse.$Shape} JobListResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.JobListResponse & dqoes.v1.JobListResponse.$Shape;

            /**
             * Creates a JobListResponse message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns JobListResponse
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.JobListResponse;

            /**
             * Creates a plain object from a JobListResponse message. Also converts values to other types if specified.
             * @param message JobListResponse
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.JobListResponse, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this JobListResponse to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace JobListResponse {

            /** Properties of a JobListResponse. */
            interface $Properties {

                /** JobListResponse jobs */
                jobs?: (dqoes.v1.JobStatus.$Properties[]|null);

                /** JobListResponse next */
                next?: (string|null);

                /** JobListResponse stopping */
                stopping?: (dqoes.v1.StoppingJob.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a JobListResponse. */
            type $Shape = dqoes.v1.JobListResponse.$Properties;
        }

        /**
         * Properties of a JobStatusRequest.
         * @deprecated Use dqoes.v1.JobStatusRequest.$Properties instead.
         */
        interface IJobStatusRequest extends dqoes.v1.JobStatusRequest.$Properties {
        }

        /** Represents a JobStatusRequest. */
        class JobStatusRequest {

            /**
             * Constructs a new JobStatusRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.JobStatusRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** JobStatusRequest name. */
            name: string;

            /**
             * Creates a new JobStatusRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns JobStatusRequest instance
             */
            static create(properties: dqoes.v1.JobStatusRequest.$Shape): dqoes.v1.JobStatusRequest & dqoes.v1.JobStatusRequest.$Shape;
            static create(properties?: dqoes.v1.JobStatusRequest.$Properties): dqoes.v1.JobStatusRequest;

            /**
             * Encodes the specified JobStatusRequest message. Does not implicitly {@link dqoes.v1.JobStatusRequest.verify|verify} messages.
             * @param message JobStatusRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.JobStatusRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a JobStatusRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.JobStatusRequest & dqoes.v1.JobStatusRequest.$Shape} JobStatusRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.JobStatusRequest & dqoes.v1.JobStatusRequest.$Shape;

            /**
             * Creates a JobStatusRequest message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns JobStatusRequest
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.JobStatusRequest;

            /**
             * Creates a plain object from a JobStatusRequest message. Also converts values to other types if specified.
             * @param message JobStatusRequest
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.JobStatusRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this JobStatusRequest to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace JobStatusRequest {

            /** Properties of a JobStatusRequest. */
            interface $Properties {

                /** JobStatusRequest name */
                name?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a JobStatusRequest. */
            type $Shape = dqoes.v1.JobStatusRequest.$Properties;
        }

        /**
         * Properties of a JobStatusResponse.
         * @deprecated Use dqoes.v1.JobStatusResponse.$Properties instead.
         */
        interface IJobStatusResponse extends dqoes.v1.JobStatusResponse.$Properties {
        }

        /** Represents a JobStatusResponse. */
        class JobStatusResponse {

            /**
             * Constructs a new JobStatusResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.JobStatusResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** JobStatusResponse job. */
            job?: (dqoes.v1.JobStatus.$Properties|null);

            /**
             * Creates a new JobStatusResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns JobStatusResponse instance
             */
            static create(properties: dqoes.v1.JobStatusResponse.$Shape): dqoes.v1.JobStatusResponse & dqoes.v1.JobStatusResponse.$Shape;
            static create(properties?: dqoes.v1.JobStatusResponse.$Properties): dqoes.v1.JobStatusResponse;

            /**
             * Encodes the specified JobStatusResponse message. Does not implicitly {@link dqoes.v1.JobStatusResponse.verify|verify} messages.
             * @param message JobStatusResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.JobStatusResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a JobStatusResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.JobStatusResponse & dqoes.v1.JobStatusResponse.$Shape} JobStatusResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.JobStatusResponse & dqoes.v1.JobStatusResponse.$Shape;

            /**
             * Creates a JobStatusResponse message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns JobStatusResponse
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.JobStatusResponse;

            /**
             * Creates a plain object from a JobStatusResponse message. Also converts values to other types if specified.
             * @param message JobStatusResponse
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.JobStatusResponse, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this JobStatusResponse to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace JobStatusResponse {

            /** Properties of a JobStatusResponse. */
            interface $Properties {

                /** JobStatusResponse job */
                job?: (dqoes.v1.JobStatus.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a JobStatusResponse. */
            type $Shape = dqoes.v1.JobStatusResponse.$Properties;
        }

        /**
         * Properties of a NodeListRequest.
         * @deprecated Use dqoes.v1.NodeListRequest.$Properties instead.
         */
        interface INodeListRequest extends dqoes.v1.NodeListRequest.$Properties {
        }

        /** Represents a NodeListRequest. */
        class NodeListRequest {

            /**
             * Constructs a new NodeListRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.NodeListRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NodeListRequest after. */
            after?: (string|null);

            /** NodeListRequest limit. */
            limit?: (number|null);

            /**
             * Creates a new NodeListRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NodeListRequest instance
             */
            static create(properties: dqoes.v1.NodeListRequest.$Shape): dqoes.v1.NodeListRequest & dqoes.v1.NodeListRequest.$Shape;
            static create(properties?: dqoes.v1.NodeListRequest.$Properties): dqoes.v1.NodeListRequest;

            /**
             * Encodes the specified NodeListRequest message. Does not implicitly {@link dqoes.v1.NodeListRequest.verify|verify} messages.
             * @param message NodeListRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.NodeListRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NodeListRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.NodeListRequest & dqoes.v1.NodeListRequest.$Shape} NodeListRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.NodeListRequest & dqoes.v1.NodeListRequest.$Shape;

            /**
             * Creates a NodeListRequest message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns NodeListRequest
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.NodeListRequest;

            /**
             * Creates a plain object from a NodeListRequest message. Also converts values to other types if specified.
             * @param message NodeListRequest
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.NodeListRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this NodeListRequest to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace NodeListRequest {

            /** Properties of a NodeListRequest. */
            interface $Properties {

                /** NodeListRequest after */
                after?: (string|null);

                /** NodeListRequest limit */
                limit?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NodeListRequest. */
            type $Shape = dqoes.v1.NodeListRequest.$Properties;
        }

        /**
         * Properties of a NodeListResponse.
         * @deprecated Use dqoes.v1.NodeListResponse.$Properties instead.
         */
        interface INodeListResponse extends dqoes.v1.NodeListResponse.$Properties {
        }

        /** Represents a NodeListResponse. */
        class NodeListResponse {

            /**
             * Constructs a new NodeListResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.NodeListResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NodeListResponse nodes. */
            nodes: dqoes.v1.NodeStatus.$Properties[];

            /** NodeListResponse next. */
            next?: (string|null);

            /**
             * Creates a new NodeListResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NodeListResponse instance
             */
            static create(properties: dqoes.v1.NodeListResponse.$Shape): dqoes.v1.NodeListResponse & dqoes.v1.NodeListResponse.$Shape;
            static create(properties?: dqoes.v1.NodeListResponse.$Properties): dqoes.v1.NodeListResponse;

            /**
             * Encodes the specified NodeListResponse message. Does not implicitly {@link dqoes.v1.NodeListResponse.verify|verify} messages.
             * @param message NodeListResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.NodeListResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NodeListResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.NodeListResponse & dqoes.v1.NodeListResponse.$Shape} NodeListResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.NodeListResponse & dqoes.v1.NodeListResponse.$Shape;

            /**
             * Creates a NodeListResponse message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns NodeListResponse
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.NodeListResponse;

            /**
             * Creates a plain object from a NodeListResponse message. Also converts values to other types if specified.
             * @param message NodeListResponse
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.NodeListResponse, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this NodeListResponse to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace NodeListResponse {

            /** Properties of a NodeListResponse. */
            interface $Properties {

                /** NodeListResponse nodes */
                nodes?: (dqoes.v1.NodeStatus.$Properties[]|null);

                /** NodeListResponse next */
                next?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NodeListResponse. */
            type $Shape = dqoes.v1.NodeListResponse.$Properties;
        }

        /**
         * Properties of a NodeStatusRequest.
         * @deprecated Use dqoes.v1.NodeStatusRequest.$Properties instead.
         */
        interface INodeStatusRequest extends dqoes.v1.NodeStatusRequest.$Properties {
        }

        /** Represents a NodeStatusRequest. */
        class NodeStatusRequest {

            /**
             * Constructs a new NodeStatusRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.NodeStatusRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NodeStatusRequest id. */
            id: string;

            /**
             * Creates a new NodeStatusRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NodeStatusRequest instance
             */
            static create(properties: dqoes.v1.NodeStatusRequest.$Shape): dqoes.v1.NodeStatusRequest & dqoes.v1.NodeStatusRequest.$Shape;
            static create(properties?: dqoes.v1.NodeStatusRequest.$Properties): dqoes.v1.NodeStatusRequest;

            /**
             * Encodes the specified NodeStatusRequest message. Does not implicitly {@link dqoes.v1.NodeStatusRequest.verify|verify} messages.
             * @param message NodeStatusRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.NodeStatusRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NodeStatusRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.NodeStatusRequest & dqoes.v1.NodeStatusRequest.$Shape} NodeStatusRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.NodeStatusRequest & dqoes.v1.NodeStatusRequest.$Shape;

            /**
             * Creates a NodeStatusRequest message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns NodeStatusRequest
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.NodeStatusRequest;

            /**
             * Creates a plain object from a NodeStatusRequest message. Also converts values to other types if specified.
             * @param message NodeStatusRequest
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.NodeStatusRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this NodeStatusRequest to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace NodeStatusRequest {

            /** Properties of a NodeStatusRequest. */
            interface $Properties {

                /** NodeStatusRequest id */
                id?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NodeStatusRequest. */
            type $Shape = dqoes.v1.NodeStatusRequest.$Properties;
        }

        /**
         * Properties of a NodeStatusResponse.
         * @deprecated Use dqoes.v1.NodeStatusResponse.$Properties instead.
         */
        interface INodeStatusResponse extends dqoes.v1.NodeStatusResponse.$Properties {
        }

        /** Represents a NodeStatusResponse. */
        class NodeStatusResponse {

            /**
             * Constructs a new NodeStatusResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.NodeStatusResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NodeStatusResponse node. */
            node?: (dqoes.v1.NodeStatus.$Properties|null);

            /** NodeStatusResponse allocations. */
            allocations: dqoes.v1.AllocationStatus.$Properties[];

            /**
             * Creates a new NodeStatusResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NodeStatusResponse instance
             */
            static create(properties: dqoes.v1.NodeStatusResponse.$Shape): dqoes.v1.NodeStatusResponse & dqoes.v1.NodeStatusResponse.$Shape;
            static create(properties?: dqoes.v1.NodeStatusResponse.$Properties): dqoes.v1.NodeStatusResponse;

            /**
             * Encodes the specified NodeStatusResponse message. Does not implicitly {@link dqoes.v1.NodeStatusResponse.verify|verify} messages.
             * @param message NodeStatusResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.NodeStatusResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NodeStatusResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.NodeStatusResponse & dqoes.v1.NodeStatusResponse.$Shape} NodeStatusResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.NodeStatusResponse & dqoes.v1.NodeStatusResponse.$Shape;

            /**
             * Creates a NodeStatusResponse message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns NodeStatusResponse
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.NodeStatusResponse;

            /**
             * Creates a plain object from a NodeStatusResponse message. Also converts values to other types if specified.
             * @param message NodeStatusResponse
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.NodeStatusResponse, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this NodeStatusResponse to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace NodeStatusResponse {

            /** Properties of a NodeStatusResponse. */
            interface $Properties {

                /** NodeStatusResponse node */
                node?: (dqoes.v1.NodeStatus.$Properties|null);

                /** NodeStatusResponse allocations */
                allocations?: (dqoes.v1.AllocationStatus.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NodeStatusResponse. */
            type $Shape = dqoes.v1.NodeStatusResponse.$Properties;
        }

        /**
         * Properties of a NodeSetRequest.
         * @deprecated Use dqoes.v1.NodeSetRequest.$Properties instead.
         */
        interface INodeSetRequest extends dqoes.v1.NodeSetRequest.$Properties {
        }

        /** Represents a NodeSetRequest. */
        class NodeSetRequest {

            /**
             * Constructs a new NodeSetRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.NodeSetRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NodeSetRequest id. */
            id: string;

            /** NodeSetRequest scheduling. */
            scheduling: string;

            /**
             * Creates a new NodeSetRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NodeSetRequest instance
             */
            static create(properties: dqoes.v1.NodeSetRequest.$Shape): dqoes.v1.NodeSetRequest & dqoes.v1.NodeSetRequest.$Shape;
            static create(properties?: dqoes.v1.NodeSetRequest.$Properties): dqoes.v1.NodeSetRequest;

            /**
             * Encodes the specified NodeSetRequest message. Does not implicitly {@link dqoes.v1.NodeSetRequest.verify|verify} messages.
             * @param message NodeSetRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.NodeSetRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NodeSetRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.NodeSetRequest & dqoes.v1.NodeSetRequest.$Shape} NodeSetRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.NodeSetRequest & dqoes.v1.NodeSetRequest.$Shape;

            /**
             * Creates a NodeSetRequest message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns NodeSetRequest
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.NodeSetRequest;

            /**
             * Creates a plain object from a NodeSetRequest message. Also converts values to other types if specified.
             * @param message NodeSetRequest
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.NodeSetRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this NodeSetRequest to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace NodeSetRequest {

            /** Properties of a NodeSetRequest. */
            interface $Properties {

                /** NodeSetRequest id */
                id?: (string|null);

                /** NodeSetRequest scheduling */
                scheduling?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NodeSetRequest. */
            type $Shape = dqoes.v1.NodeSetRequest.$Properties;
        }

        /**
         * Properties of a NodeSetResponse.
         * @deprecated Use dqoes.v1.NodeSetResponse.$Properties instead.
         */
        interface INodeSetResponse extends dqoes.v1.NodeSetResponse.$Properties {
        }

        /** Represents a NodeSetResponse. */
        class NodeSetResponse {

            /**
             * Constructs a new NodeSetResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.NodeSetResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NodeSetResponse id. */
            id: string;

            /** NodeSetResponse scheduling. */
            scheduling: string;

            /**
             * Creates a new NodeSetResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NodeSetResponse instance
             */
            static create(properties: dqoes.v1.NodeSetResponse.$Shape): dqoes.v1.NodeSetResponse & dqoes.v1.NodeSetResponse.$Shape;
            static create(properties?: dqoes.v1.NodeSetResponse.$Properties): dqoes.v1.NodeSetResponse;

            /**
             * Encodes the specified NodeSetResponse message. Does not implicitly {@link dqoes.v1.NodeSetResponse.verify|verify} messages.
             * @param message NodeSetResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.NodeSetResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NodeSetResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.NodeSetResponse & dqoes.v1.NodeSetResponse.$Shape} NodeSetResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.NodeSetResponse & dqoes.v1.NodeSetResponse.$Shape;

            /**
             * Creates a NodeSetResponse message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns NodeSetResponse
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.NodeSetResponse;

            /**
             * Creates a plain object from a NodeSetResponse message. Also converts values to other types if specified.
             * @param message NodeSetResponse
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.NodeSetResponse, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this NodeSetResponse to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace NodeSetResponse {

            /** Properties of a NodeSetResponse. */
            interface $Properties {

                /** NodeSetResponse id */
                id?: (string|null);

                /** NodeSetResponse scheduling */
                scheduling?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NodeSetResponse. */
            type $Shape = dqoes.v1.NodeSetResponse.$Properties;
        }

        /**
         * Properties of a NodeApproveRequest.
         * @deprecated Use dqoes.v1.NodeApproveRequest.$Properties instead.
         */
        interface INodeApproveRequest extends dqoes.v1.NodeApproveRequest.$Properties {
        }

        /** Represents a NodeApproveRequest. */
        class NodeApproveRequest {

            /**
             * Constructs a new NodeApproveRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.NodeApproveRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NodeApproveRequest id. */
            id: string;

            /**
             * Creates a new NodeApproveRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NodeApproveRequest instance
             */
            static create(properties: dqoes.v1.NodeApproveRequest.$Shape): dqoes.v1.NodeApproveRequest & dqoes.v1.NodeApproveRequest.$Shape;
            static create(properties?: dqoes.v1.NodeApproveRequest.$Properties): dqoes.v1.NodeApproveRequest;

            /**
             * Encodes the specified NodeApproveRequest message. Does not implicitly {@link dqoes.v1.NodeApproveRequest.verify|verify} messages.
             * @param message NodeApproveRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.NodeApproveRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NodeApproveRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.NodeApproveRequest & dqoes.v1.NodeApproveRequest.$Shape} NodeApproveRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.NodeApproveRequest & dqoes.v1.NodeApproveRequest.$Shape;

            /**
             * Creates a NodeApproveRequest message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns NodeApproveRequest
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.NodeApproveRequest;

            /**
             * Creates a plain object from a NodeApproveRequest message. Also converts values to other types if specified.
             * @param message NodeApproveRequest
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.NodeApproveRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this NodeApproveRequest to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace NodeApproveRequest {

            /** Properties of a NodeApproveRequest. */
            interface $Properties {

                /** NodeApproveRequest id */
                id?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NodeApproveRequest. */
            type $Shape = dqoes.v1.NodeApproveRequest.$Properties;
        }

        /**
         * Properties of a NodeApproveResponse.
         * @deprecated Use dqoes.v1.NodeApproveResponse.$Properties instead.
         */
        interface INodeApproveResponse extends dqoes.v1.NodeApproveResponse.$Properties {
        }

        /** Represents a NodeApproveResponse. */
        class NodeApproveResponse {

            /**
             * Constructs a new NodeApproveResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.NodeApproveResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NodeApproveResponse id. */
            id: string;

            /**
             * Creates a new NodeApproveResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NodeApproveResponse instance
             */
            static create(properties: dqoes.v1.NodeApproveResponse.$Shape): dqoes.v1.NodeApproveResponse & dqoes.v1.NodeApproveResponse.$Shape;
            static create(properties?: dqoes.v1.NodeApproveResponse.$Properties): dqoes.v1.NodeApproveResponse;

            /**
             * Encodes the specified NodeApproveResponse message. Does not implicitly {@link dqoes.v1.NodeApproveResponse.verify|verify} messages.
             * @param message NodeApproveResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.NodeApproveResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NodeApproveResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.NodeApproveResponse & dqoes.v1.NodeApproveResponse.$Shape} NodeApproveResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.NodeApproveResponse & dqoes.v1.NodeApproveResponse.$Shape;

            /**
             * Creates a NodeApproveResponse message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns NodeApproveResponse
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.NodeApproveResponse;

            /**
             * Creates a plain object from a NodeApproveResponse message. Also converts values to other types if specified.
             * @param message NodeApproveResponse
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.NodeApproveResponse, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this NodeApproveResponse to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace NodeApproveResponse {

            /** Properties of a NodeApproveResponse. */
            interface $Properties {

                /** NodeApproveResponse id */
                id?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NodeApproveResponse. */
            type $Shape = dqoes.v1.NodeApproveResponse.$Properties;
        }

        /**
         * Properties of a NodeUnapproveRequest.
         * @deprecated Use dqoes.v1.NodeUnapproveRequest.$Properties instead.
         */
        interface INodeUnapproveRequest extends dqoes.v1.NodeUnapproveRequest.$Properties {
        }

        /** Represents a NodeUnapproveRequest. */
        class NodeUnapproveRequest {

            /**
             * Constructs a new NodeUnapproveRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.NodeUnapproveRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NodeUnapproveRequest id. */
            id: string;

            /**
             * Creates a new NodeUnapproveRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NodeUnapproveRequest instance
             */
            static create(properties: dqoes.v1.NodeUnapproveRequest.$Shape): dqoes.v1.NodeUnapproveRequest & dqoes.v1.NodeUnapproveRequest.$Shape;
            static create(properties?: dqoes.v1.NodeUnapproveRequest.$Properties): dqoes.v1.NodeUnapproveRequest;

            /**
             * Encodes the specified NodeUnapproveRequest message. Does not implicitly {@link dqoes.v1.NodeUnapproveRequest.verify|verify} messages.
             * @param message NodeUnapproveRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.NodeUnapproveRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NodeUnapproveRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.NodeUnapproveRequest & dqoes.v1.NodeUnapproveRequest.$Shape} NodeUnapproveRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.NodeUnapproveRequest & dqoes.v1.NodeUnapproveRequest.$Shape;

            /**
             * Creates a NodeUnapproveRequest message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns NodeUnapproveRequest
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.NodeUnapproveRequest;

            /**
             * Creates a plain object from a NodeUnapproveRequest message. Also converts values to other types if specified.
             * @param message NodeUnapproveRequest
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.NodeUnapproveRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this NodeUnapproveRequest to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace NodeUnapproveRequest {

            /** Properties of a NodeUnapproveRequest. */
            interface $Properties {

                /** NodeUnapproveRequest id */
                id?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NodeUnapproveRequest. */
            type $Shape = dqoes.v1.NodeUnapproveRequest.$Properties;
        }

        /**
         * Properties of a NodeUnapproveResponse.
         * @deprecated Use dqoes.v1.NodeUnapproveResponse.$Properties instead.
         */
        interface INodeUnapproveResponse extends dqoes.v1.NodeUnapproveResponse.$Properties {
        }

        /** Represents a NodeUnapproveResponse. */
        class NodeUnapproveResponse {

            /**
             * Constructs a new NodeUnapproveResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.NodeUnapproveResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NodeUnapproveResponse id. */
            id: string;

            /**
             * Creates a new NodeUnapproveResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NodeUnapproveResponse instance
             */
            static create(properties: dqoes.v1.NodeUnapproveResponse.$Shape): dqoes.v1.NodeUnapproveResponse & dqoes.v1.NodeUnapproveResponse.$Shape;
            static create(properties?: dqoes.v1.NodeUnapproveResponse.$Properties): dqoes.v1.NodeUnapproveResponse;

            /**
             * Encodes the specified NodeUnapproveResponse message. Does not implicitly {@link dqoes.v1.NodeUnapproveResponse.verify|verify} messages.
             * @param message NodeUnapproveResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.NodeUnapproveResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NodeUnapproveResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.NodeUnapproveResponse & dqoes.v1.NodeUnapproveResponse.$Shape} NodeUnapproveResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.NodeUnapproveResponse & dqoes.v1.NodeUnapproveResponse.$Shape;

            /**
             * Creates a NodeUnapproveResponse message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns NodeUnapproveResponse
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.NodeUnapproveResponse;

            /**
             * Creates a plain object from a NodeUnapproveResponse message. Also converts values to other types if specified.
             * @param message NodeUnapproveResponse
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.NodeUnapproveResponse, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this NodeUnapproveResponse to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace NodeUnapproveResponse {

            /** Properties of a NodeUnapproveResponse. */
            interface $Properties {

                /** NodeUnapproveResponse id */
                id?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NodeUnapproveResponse. */
            type $Shape = dqoes.v1.NodeUnapproveResponse.$Properties;
        }

        /**
         * Properties of a NodeRemoveRequest.
         * @deprecated Use dqoes.v1.NodeRemoveRequest.$Properties instead.
         */
        interface INodeRemoveRequest extends dqoes.v1.NodeRemoveRequest.$Properties {
        }

        /** Represents a NodeRemoveRequest. */
        class NodeRemoveRequest {

            /**
             * Constructs a new NodeRemoveRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.NodeRemoveRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NodeRemoveRequest id. */
            id: string;

            /**
             * Creates a new NodeRemoveRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NodeRemoveRequest instance
             */
            static create(properties: dqoes.v1.NodeRemoveRequest.$Shape): dqoes.v1.NodeRemoveRequest & dqoes.v1.NodeRemoveRequest.$Shape;
            static create(properties?: dqoes.v1.NodeRemoveRequest.$Properties): dqoes.v1.NodeRemoveRequest;

            /**
             * Encodes the specified NodeRemoveRequest message. Does not implicitly {@link dqoes.v1.NodeRemoveRequest.verify|verify} messages.
             * @param message NodeRemoveRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.NodeRemoveRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NodeRemoveRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.NodeRemoveRequest & dqoes.v1.NodeRemoveRequest.$Shape} NodeRemoveRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.NodeRemoveRequest & dqoes.v1.NodeRemoveRequest.$Shape;

            /**
             * Creates a NodeRemoveRequest message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns NodeRemoveRequest
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.NodeRemoveRequest;

            /**
             * Creates a plain object from a NodeRemoveRequest message. Also converts values to other types if specified.
             * @param message NodeRemoveRequest
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.NodeRemoveRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this NodeRemoveRequest to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace NodeRemoveRequest {

            /** Properties of a NodeRemoveRequest. */
            interface $Properties {

                /** NodeRemoveRequest id */
                id?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NodeRemoveRequest. */
            type $Shape = dqoes.v1.NodeRemoveRequest.$Properties;
        }

        /**
         * Properties of a NodeRemoveResponse.
         * @deprecated Use dqoes.v1.NodeRemoveResponse.$Properties instead.
         */
        interface INodeRemoveResponse extends dqoes.v1.NodeRemoveResponse.$Properties {
        }

        /** Represents a NodeRemoveResponse. */
        class NodeRemoveResponse {

            /**
             * Constructs a new NodeRemoveResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.NodeRemoveResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NodeRemoveResponse id. */
            id: string;

            /**
             * Creates a new NodeRemoveResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NodeRemoveResponse instance
             */
            static create(properties: dqoes.v1.NodeRemoveResponse.$Shape): dqoes.v1.NodeRemoveResponse & dqoes.v1.NodeRemoveResponse.$Shape;
            static create(properties?: dqoes.v1.NodeRemoveResponse.$Properties): dqoes.v1.NodeRemoveResponse;

            /**
             * Encodes the specified NodeRemoveResponse message. Does not implicitly {@link dqoes.v1.NodeRemoveResponse.verify|verify} messages.
             * @param message NodeRemoveResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.NodeRemoveResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NodeRemoveResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.NodeRemoveResponse & dqoes.v1.NodeRemoveResponse.$Shape} NodeRemoveResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.NodeRemoveResponse & dqoes.v1.NodeRemoveResponse.$Shape;

            /**
             * Creates a NodeRemoveResponse message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns NodeRemoveResponse
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.NodeRemoveResponse;

            /**
             * Creates a plain object from a NodeRemoveResponse message. Also converts values to other types if specified.
             * @param message NodeRemoveResponse
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.NodeRemoveResponse, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this NodeRemoveResponse to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace NodeRemoveResponse {

            /** Properties of a NodeRemoveResponse. */
            interface $Properties {

                /** NodeRemoveResponse id */
                id?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NodeRemoveResponse. */
            type $Shape = dqoes.v1.NodeRemoveResponse.$Properties;
        }

        /**
         * Properties of an AllocationListRequest.
         * @deprecated Use dqoes.v1.AllocationListRequest.$Properties instead.
         */
        interface IAllocationListRequest extends dqoes.v1.AllocationListRequest.$Properties {
        }

        /** Represents an AllocationListRequest. */
        class AllocationListRequest {

            /**
             * Constructs a new AllocationListRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.AllocationListRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** AllocationListRequest after. */
            after?: (string|null);

            /** AllocationListRequest limit. */
            limit?: (number|null);

            /**
             * Creates a new AllocationListRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns AllocationListRequest instance
             */
            static create(properties: dqoes.v1.AllocationListRequest.$Shape): dqoes.v1.AllocationListRequest & dqoes.v1.AllocationListRequest.$Shape;
            static create(properties?: dqoes.v1.AllocationListRequest.$Properties): dqoes.v1.AllocationListRequest;

            /**
             * Encodes the specified AllocationListRequest message. Does not implicitly {@link dqoes.v1.AllocationListRequest.verify|verify} messages.
             * @param message AllocationListRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.AllocationListRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AllocationListRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.AllocationListRequest & dqoes.v1.AllocationListRequest.$Shape} AllocationListRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.AllocationListRequest & dqoes.v1.AllocationListRequest.$Shape;

            /**
             * Creates an AllocationListRequest message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns AllocationListRequest
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.AllocationListRequest;

            /**
             * Creates a plain object from an AllocationListRequest message. Also converts values to other types if specified.
             * @param message AllocationListRequest
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.AllocationListRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this AllocationListRequest to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace AllocationListRequest {

            /** Properties of an AllocationListRequest. */
            interface $Properties {

                /** AllocationListRequest after */
                after?: (string|null);

                /** AllocationListRequest limit */
                limit?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an AllocationListRequest. */
            type $Shape = dqoes.v1.AllocationListRequest.$Properties;
        }

        /**
         * Properties of an AllocationListResponse.
         * @deprecated Use dqoes.v1.AllocationListResponse.$Properties instead.
         */
        interface IAllocationListResponse extends dqoes.v1.AllocationListResponse.$Properties {
        }

        /** Represents an AllocationListResponse. */
        class AllocationListResponse {

            /**
             * Constructs a new AllocationListResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.AllocationListResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** AllocationListResponse allocations. */
            allocations: dqoes.v1.AllocationStatus.$Properties[];

            /** AllocationListResponse next. */
            next?: (string|null);

            /**
             * Creates a new AllocationListResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns AllocationListResponse instance
             */
            static create(properties: dqoes.v1.AllocationListResponse.$Shape): dqoes.v1.AllocationListResponse & dqoes.v1.AllocationListResponse.$Shape;
            static create(properties?: dqoes.v1.AllocationListResponse.$Properties): dqoes.v1.AllocationListResponse;

            /**
             * Encodes the specified AllocationListResponse message. Does not implicitly {@link dqoes.v1.AllocationListResponse.verify|verify} messages.
             * @param message AllocationListResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.AllocationListResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AllocationListResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.AllocationListResponse & dqoes.v1.AllocationListResponse.$Shape} AllocationListResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.AllocationListResponse & dqoes.v1.AllocationListResponse.$Shape;

            /**
             * Creates an AllocationListResponse message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns AllocationListResponse
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.AllocationListResponse;

            /**
             * Creates a plain object from an AllocationListResponse message. Also converts values to other types if specified.
             * @param message AllocationListResponse
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.AllocationListResponse, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this AllocationListResponse to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace AllocationListResponse {

            /** Properties of an AllocationListResponse. */
            interface $Properties {

                /** AllocationListResponse allocations */
                allocations?: (dqoes.v1.AllocationStatus.$Properties[]|null);

                /** AllocationListResponse next */
                next?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an AllocationListResponse. */
            type $Shape = dqoes.v1.AllocationListResponse.$Properties;
        }

        /**
         * Properties of a ProgramReport.
         * @deprecated Use dqoes.v1.ProgramReport.$Properties instead.
         */
        interface IProgramReport extends dqoes.v1.ProgramReport.$Properties {
        }

        /** Represents a ProgramReport. */
        class ProgramReport {

            /**
             * Constructs a new ProgramReport.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.ProgramReport.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ProgramReport program. */
            program: string;

            /** ProgramReport name. */
            name: string;

            /** ProgramReport version. */
            version: string;

            /** ProgramReport role. */
            role?: (string|null);

            /** ProgramReport ageMs. */
            ageMs: number;

            /**
             * Creates a new ProgramReport instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ProgramReport instance
             */
            static create(properties: dqoes.v1.ProgramReport.$Shape): dqoes.v1.ProgramReport & dqoes.v1.ProgramReport.$Shape;
            static create(properties?: dqoes.v1.ProgramReport.$Properties): dqoes.v1.ProgramReport;

            /**
             * Encodes the specified ProgramReport message. Does not implicitly {@link dqoes.v1.ProgramReport.verify|verify} messages.
             * @param message ProgramReport message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.ProgramReport.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ProgramReport message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.ProgramReport & dqoes.v1.ProgramReport.$Shape} ProgramReport
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.ProgramReport & dqoes.v1.ProgramReport.$Shape;

            /**
             * Creates a ProgramReport message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns ProgramReport
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.ProgramReport;

            /**
             * Creates a plain object from a ProgramReport message. Also converts values to other types if specified.
             * @param message ProgramReport
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.ProgramReport, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this ProgramReport to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace ProgramReport {

            /** Properties of a ProgramReport. */
            interface $Properties {

                /** ProgramReport program */
                program?: (string|null);

                /** ProgramReport name */
                name?: (string|null);

                /** ProgramReport version */
                version?: (string|null);

                /** ProgramReport role */
                role?: (string|null);

                /** ProgramReport ageMs */
                ageMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ProgramReport. */
            type $Shape = dqoes.v1.ProgramReport.$Properties;
        }

        /**
         * Properties of a PolicyGetRequest.
         * @deprecated Use dqoes.v1.PolicyGetRequest.$Properties instead.
         */
        interface IPolicyGetRequest extends dqoes.v1.PolicyGetRequest.$Properties {
        }

        /** Represents a PolicyGetRequest. */
        class PolicyGetRequest {

            /**
             * Constructs a new PolicyGetRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.PolicyGetRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Creates a new PolicyGetRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PolicyGetRequest instance
             */
            static create(properties: dqoes.v1.PolicyGetRequest.$Shape): dqoes.v1.PolicyGetRequest & dqoes.v1.PolicyGetRequest.$Shape;
            static create(properties?: dqoes.v1.PolicyGetRequest.$Properties): dqoes.v1.PolicyGetRequest;

            /**
             * Encodes the specified PolicyGetRequest message. Does not implicitly {@link dqoes.v1.PolicyGetRequest.verify|verify} messages.
             * @param message PolicyGetRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.PolicyGetRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PolicyGetRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.PolicyGetRequest & dqoes.v1.PolicyGetRequest.$Shape} PolicyGetRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.PolicyGetRequest & dqoes.v1.PolicyGetRequest.$Shape;

            /**
             * Creates a PolicyGetRequest message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns PolicyGetRequest
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.PolicyGetRequest;

            /**
             * Creates a plain object from a PolicyGetRequest message. Also converts values to other types if specified.
             * @param message PolicyGetRequest
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.PolicyGetRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this PolicyGetRequest to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace PolicyGetRequest {

            /** Properties of a PolicyGetRequest. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PolicyGetRequest. */
            type $Shape = dqoes.v1.PolicyGetRequest.$Properties;
        }

        /**
         * Properties of a PolicyGetResponse.
         * @deprecated Use dqoes.v1.PolicyGetResponse.$Properties instead.
         */
        interface IPolicyGetResponse extends dqoes.v1.PolicyGetResponse.$Properties {
        }

        /** Represents a PolicyGetResponse. */
        class PolicyGetResponse {

            /**
             * Constructs a new PolicyGetResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.PolicyGetResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PolicyGetResponse policy. */
            policy: string;

            /** PolicyGetResponse available. */
            available: string[];

            /** PolicyGetResponse nowMs. */
            nowMs?: (number|null);

            /** PolicyGetResponse programs. */
            programs: dqoes.v1.ProgramReport.$Properties[];

            /**
             * Creates a new PolicyGetResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PolicyGetResponse instance
             */
            static create(properties: dqoes.v1.PolicyGetResponse.$Shape): dqoes.v1.PolicyGetResponse & dqoes.v1.PolicyGetResponse.$Shape;
            static create(properties?: dqoes.v1.PolicyGetResponse.$Properties): dqoes.v1.PolicyGetResponse;

            /**
             * Encodes the specified PolicyGetResponse message. Does not implicitly {@link dqoes.v1.PolicyGetResponse.verify|verify} messages.
             * @param message PolicyGetResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.PolicyGetResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PolicyGetResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.PolicyGetResponse & dqoes.v1.PolicyGetResponse.$Shape} PolicyGetResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.PolicyGetResponse & dqoes.v1.PolicyGetResponse.$Shape;

            /**
             * Creates a PolicyGetResponse message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns PolicyGetResponse
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.PolicyGetResponse;

            /**
             * Creates a plain object from a PolicyGetResponse message. Also converts values to other types if specified.
             * @param message PolicyGetResponse
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.PolicyGetResponse, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this PolicyGetResponse to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace PolicyGetResponse {

            /** Properties of a PolicyGetResponse. */
            interface $Properties {

                /** PolicyGetResponse policy */
                policy?: (string|null);

                /** PolicyGetResponse available */
                available?: (string[]|null);

                /** PolicyGetResponse nowMs */
                nowMs?: (number|null);

                /** PolicyGetResponse programs */
                programs?: (dqoes.v1.ProgramReport.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PolicyGetResponse. */
            type $Shape = dqoes.v1.PolicyGetResponse.$Properties;
        }

        /**
         * Properties of a PolicySetRequest.
         * @deprecated Use dqoes.v1.PolicySetRequest.$Properties instead.
         */
        interface IPolicySetRequest extends dqoes.v1.PolicySetRequest.$Properties {
        }

        /** Represents a PolicySetRequest. */
        class PolicySetRequest {

            /**
             * Constructs a new PolicySetRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.PolicySetRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PolicySetRequest policy. */
            policy: string;

            /**
             * Creates a new PolicySetRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PolicySetRequest instance
             */
            static create(properties: dqoes.v1.PolicySetRequest.$Shape): dqoes.v1.PolicySetRequest & dqoes.v1.PolicySetRequest.$Shape;
            static create(properties?: dqoes.v1.PolicySetRequest.$Properties): dqoes.v1.PolicySetRequest;

            /**
             * Encodes the specified PolicySetRequest message. Does not implicitly {@link dqoes.v1.PolicySetRequest.verify|verify} messages.
             * @param message PolicySetRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.PolicySetRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PolicySetRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.PolicySetRequest & dqoes.v1.PolicySetRequest.$Shape} PolicySetRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.PolicySetRequest & dqoes.v1.PolicySetRequest.$Shape;

            /**
             * Creates a PolicySetRequest message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns PolicySetRequest
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.PolicySetRequest;

            /**
             * Creates a plain object from a PolicySetRequest message. Also converts values to other types if specified.
             * @param message PolicySetRequest
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.PolicySetRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this PolicySetRequest to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace PolicySetRequest {

            /** Properties of a PolicySetRequest. */
            interface $Properties {

                /** PolicySetRequest policy */
                policy?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PolicySetRequest. */
            type $Shape = dqoes.v1.PolicySetRequest.$Properties;
        }

        /**
         * Properties of a PolicySetResponse.
         * @deprecated Use dqoes.v1.PolicySetResponse.$Properties instead.
         */
        interface IPolicySetResponse extends dqoes.v1.PolicySetResponse.$Properties {
        }

        /** Represents a PolicySetResponse. */
        class PolicySetResponse {

            /**
             * Constructs a new PolicySetResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.PolicySetResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PolicySetResponse policy. */
            policy: string;

            /**
             * Creates a new PolicySetResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PolicySetResponse instance
             */
            static create(properties: dqoes.v1.PolicySetResponse.$Shape): dqoes.v1.PolicySetResponse & dqoes.v1.PolicySetResponse.$Shape;
            static create(properties?: dqoes.v1.PolicySetResponse.$Properties): dqoes.v1.PolicySetResponse;

            /**
             * Encodes the specified PolicySetResponse message. Does not implicitly {@link dqoes.v1.PolicySetResponse.verify|verify} messages.
             * @param message PolicySetResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.PolicySetResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PolicySetResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.PolicySetResponse & dqoes.v1.PolicySetResponse.$Shape} PolicySetResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.PolicySetResponse & dqoes.v1.PolicySetResponse.$Shape;

            /**
             * Creates a PolicySetResponse message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns PolicySetResponse
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.PolicySetResponse;

            /**
             * Creates a plain object from a PolicySetResponse message. Also converts values to other types if specified.
             * @param message PolicySetResponse
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.PolicySetResponse, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this PolicySetResponse to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace PolicySetResponse {

            /** Properties of a PolicySetResponse. */
            interface $Properties {

                /** PolicySetResponse policy */
                policy?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PolicySetResponse. */
            type $Shape = dqoes.v1.PolicySetResponse.$Properties;
        }

        /**
         * Properties of a SecretKeyRequest.
         * @deprecated Use dqoes.v1.SecretKeyRequest.$Properties instead.
         */
        interface ISecretKeyRequest extends dqoes.v1.SecretKeyRequest.$Properties {
        }

        /** Represents a SecretKeyRequest. */
        class SecretKeyRequest {

            /**
             * Constructs a new SecretKeyRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.SecretKeyRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Creates a new SecretKeyRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SecretKeyRequest instance
             */
            static create(properties: dqoes.v1.SecretKeyRequest.$Shape): dqoes.v1.SecretKeyRequest & dqoes.v1.SecretKeyRequest.$Shape;
            static create(properties?: dqoes.v1.SecretKeyRequest.$Properties): dqoes.v1.SecretKeyRequest;

            /**
             * Encodes the specified SecretKeyRequest message. Does not implicitly {@link dqoes.v1.SecretKeyRequest.verify|verify} messages.
             * @param message SecretKeyRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.SecretKeyRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SecretKeyRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.SecretKeyRequest & dqoes.v1.SecretKeyRequest.$Shape} SecretKeyRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.SecretKeyRequest & dqoes.v1.SecretKeyRequest.$Shape;

            /**
             * Creates a SecretKeyRequest message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns SecretKeyRequest
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.SecretKeyRequest;

            /**
             * Creates a plain object from a SecretKeyRequest message. Also converts values to other types if specified.
             * @param message SecretKeyRequest
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.SecretKeyRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this SecretKeyRequest to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace SecretKeyRequest {

            /** Properties of a SecretKeyRequest. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SecretKeyRequest. */
            type $Shape = dqoes.v1.SecretKeyRequest.$Properties;
        }

        /**
         * Properties of a SecretKeyResponse.
         * @deprecated Use dqoes.v1.SecretKeyResponse.$Properties instead.
         */
        interface ISecretKeyResponse extends dqoes.v1.SecretKeyResponse.$Properties {
        }

        /** Represents a SecretKeyResponse. */
        class SecretKeyResponse {

            /**
             * Constructs a new SecretKeyResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.SecretKeyResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SecretKeyResponse key. */
            key: string;

            /** SecretKeyResponse signed. */
            signed?: (dqoes.v1.SecretKeySignature.$Properties|null);

            /**
             * Creates a new SecretKeyResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SecretKeyResponse instance
             */
            static create(properties: dqoes.v1.SecretKeyResponse.$Shape): dqoes.v1.SecretKeyResponse & dqoes.v1.SecretKeyResponse.$Shape;
            static create(properties?: dqoes.v1.SecretKeyResponse.$Properties): dqoes.v1.SecretKeyResponse;

            /**
             * Encodes the specified SecretKeyResponse message. Does not implicitly {@link dqoes.v1.SecretKeyResponse.verify|verify} messages.
             * @param message SecretKeyResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.SecretKeyResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SecretKeyResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.SecretKeyResponse & dqoes.v1.SecretKeyResponse.$Shape} SecretKeyResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.SecretKeyResponse & dqoes.v1.SecretKeyResponse.$Shape;

            /**
             * Creates a SecretKeyResponse message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns SecretKeyResponse
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.SecretKeyResponse;

            /**
             * Creates a plain object from a SecretKeyResponse message. Also converts values to other types if specified.
             * @param message SecretKeyResponse
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.SecretKeyResponse, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this SecretKeyResponse to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace SecretKeyResponse {

            /** Properties of a SecretKeyResponse. */
            interface $Properties {

                /** SecretKeyResponse key */
                key?: (string|null);

                /** SecretKeyResponse signed */
                signed?: (dqoes.v1.SecretKeySignature.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SecretKeyResponse. */
            type $Shape = dqoes.v1.SecretKeyResponse.$Properties;
        }

        /**
         * Properties of a SecretKeySignature.
         * @deprecated Use dqoes.v1.SecretKeySignature.$Properties instead.
         */
        interface ISecretKeySignature extends dqoes.v1.SecretKeySignature.$Properties {
        }

        /** Represents a SecretKeySignature. */
        class SecretKeySignature {

            /**
             * Constructs a new SecretKeySignature.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.SecretKeySignature.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SecretKeySignature by. */
            by: string;

            /** SecretKeySignature signature. */
            signature: string;

            /**
             * Creates a new SecretKeySignature instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SecretKeySignature instance
             */
            static create(properties: dqoes.v1.SecretKeySignature.$Shape): dqoes.v1.SecretKeySignature & dqoes.v1.SecretKeySignature.$Shape;
            static create(properties?: dqoes.v1.SecretKeySignature.$Properties): dqoes.v1.SecretKeySignature;

            /**
             * Encodes the specified SecretKeySignature message. Does not implicitly {@link dqoes.v1.SecretKeySignature.verify|verify} messages.
             * @param message SecretKeySignature message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.SecretKeySignature.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SecretKeySignature message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.SecretKeySignature & dqoes.v1.SecretKeySignature.$Shape} SecretKeySignature
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.SecretKeySignature & dqoes.v1.SecretKeySignature.$Shape;

            /**
             * Creates a SecretKeySignature message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns SecretKeySignature
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.SecretKeySignature;

            /**
             * Creates a plain object from a SecretKeySignature message. Also converts values to other types if specified.
             * @param message SecretKeySignature
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.SecretKeySignature, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this SecretKeySignature to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace SecretKeySignature {

            /** Properties of a SecretKeySignature. */
            interface $Properties {

                /** SecretKeySignature by */
                by?: (string|null);

                /** SecretKeySignature signature */
                signature?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SecretKeySignature. */
            type $Shape = dqoes.v1.SecretKeySignature.$Properties;
        }

        /**
         * Properties of a SecretSetRequest.
         * @deprecated Use dqoes.v1.SecretSetRequest.$Properties instead.
         */
        interface ISecretSetRequest extends dqoes.v1.SecretSetRequest.$Properties {
        }

        /** Represents a SecretSetRequest. */
        class SecretSetRequest {

            /**
             * Constructs a new SecretSetRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.SecretSetRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SecretSetRequest name. */
            name: string;

            /** SecretSetRequest box. */
            box: string;

            /** SecretSetRequest shared. */
            shared?: (boolean|null);

            /**
             * Creates a new SecretSetRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SecretSetRequest instance
             */
            static create(properties: dqoes.v1.SecretSetRequest.$Shape): dqoes.v1.SecretSetRequest & dqoes.v1.SecretSetRequest.$Shape;
            static create(properties?: dqoes.v1.SecretSetRequest.$Properties): dqoes.v1.SecretSetRequest;

            /**
             * Encodes the specified SecretSetRequest message. Does not implicitly {@link dqoes.v1.SecretSetRequest.verify|verify} messages.
             * @param message SecretSetRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.SecretSetRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SecretSetRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.SecretSetRequest & dqoes.v1.SecretSetRequest.$Shape} SecretSetRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.SecretSetRequest & dqoes.v1.SecretSetRequest.$Shape;

            /**
             * Creates a SecretSetRequest message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns SecretSetRequest
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.SecretSetRequest;

            /**
             * Creates a plain object from a SecretSetRequest message. Also converts values to other types if specified.
             * @param message SecretSetRequest
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.SecretSetRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this SecretSetRequest to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace SecretSetRequest {

            /** Properties of a SecretSetRequest. */
            interface $Properties {

                /** SecretSetRequest name */
                name?: (string|null);

                /** SecretSetRequest box */
                box?: (string|null);

                /** SecretSetRequest shared */
                shared?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SecretSetRequest. */
            type $Shape = dqoes.v1.SecretSetRequest.$Properties;
        }

        /**
         * Properties of a SecretSetResponse.
         * @deprecated Use dqoes.v1.SecretSetResponse.$Properties instead.
         */
        interface ISecretSetResponse extends dqoes.v1.SecretSetResponse.$Properties {
        }

        /** Represents a SecretSetResponse. */
        class SecretSetResponse {

            /**
             * Constructs a new SecretSetResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.SecretSetResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SecretSetResponse name. */
            name: string;

            /** SecretSetResponse change. */
            change: string;

            /** SecretSetResponse jobs. */
            jobs: string[];

            /**
             * Creates a new SecretSetResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SecretSetResponse instance
             */
            static create(properties: dqoes.v1.SecretSetResponse.$Shape): dqoes.v1.SecretSetResponse & dqoes.v1.SecretSetResponse.$Shape;
            static create(properties?: dqoes.v1.SecretSetResponse.$Properties): dqoes.v1.SecretSetResponse;

            /**
             * Encodes the specified SecretSetResponse message. Does not implicitly {@link dqoes.v1.SecretSetResponse.verify|verify} messages.
             * @param message SecretSetResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.SecretSetResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SecretSetResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.SecretSetResponse & dqoes.v1.SecretSetResponse.$Shape} SecretSetResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.SecretSetResponse & dqoes.v1.SecretSetResponse.$Shape;

            /**
             * Creates a SecretSetResponse message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns SecretSetResponse
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.SecretSetResponse;

            /**
             * Creates a plain object from a SecretSetResponse message. Also converts values to other types if specified.
             * @param message SecretSetResponse
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.SecretSetResponse, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this SecretSetResponse to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace SecretSetResponse {

            /** Properties of a SecretSetResponse. */
            interface $Properties {

                /** SecretSetResponse name */
                name?: (string|null);

                /** SecretSetResponse change */
                change?: (string|null);

                /** SecretSetResponse jobs */
                jobs?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SecretSetResponse. */
            type $Shape = dqoes.v1.SecretSetResponse.$Properties;
        }

        /**
         * Properties of a SecretListRequest.
         * @deprecated Use dqoes.v1.SecretListRequest.$Properties instead.
         */
        interface ISecretListRequest extends dqoes.v1.SecretListRequest.$Properties {
        }

        /** Represents a SecretListRequest. */
        class SecretListRequest {

            /**
             * Constructs a new SecretListRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.SecretListRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Creates a new SecretListRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SecretListRequest instance
             */
            static create(properties: dqoes.v1.SecretListRequest.$Shape): dqoes.v1.SecretListRequest & dqoes.v1.SecretListRequest.$Shape;
            static create(properties?: dqoes.v1.SecretListRequest.$Properties): dqoes.v1.SecretListRequest;

            /**
             * Encodes the specified SecretListRequest message. Does not implicitly {@link dqoes.v1.SecretListRequest.verify|verify} messages.
             * @param message SecretListRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.SecretListRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SecretListRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.SecretListRequest & dqoes.v1.SecretListRequest.$Shape} SecretListRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.SecretListRequest & dqoes.v1.SecretListRequest.$Shape;

            /**
             * Creates a SecretListRequest message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns SecretListRequest
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.SecretListRequest;

            /**
             * Creates a plain object from a SecretListRequest message. Also converts values to other types if specified.
             * @param message SecretListRequest
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.SecretListRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this SecretListRequest to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace SecretListRequest {

            /** Properties of a SecretListRequest. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SecretListRequest. */
            type $Shape = dqoes.v1.SecretListRequest.$Properties;
        }

        /**
         * Properties of a SecretStatus.
         * @deprecated Use dqoes.v1.SecretStatus.$Properties instead.
         */
        interface ISecretStatus extends dqoes.v1.SecretStatus.$Properties {
        }

        /** Represents a SecretStatus. */
        class SecretStatus {

            /**
             * Constructs a new SecretStatus.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.SecretStatus.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SecretStatus name. */
            name: string;

            /** SecretStatus setAtMs. */
            setAtMs: number;

            /** SecretStatus jobs. */
            jobs: string[];

            /** SecretStatus problem. */
            problem?: (string|null);

            /** SecretStatus owner. */
            owner?: (string|null);

            /** SecretStatus shared. */
            shared?: (boolean|null);

            /**
             * Creates a new SecretStatus instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SecretStatus instance
             */
            static create(properties: dqoes.v1.SecretStatus.$Shape): dqoes.v1.SecretStatus & dqoes.v1.SecretStatus.$Shape;
            static create(properties?: dqoes.v1.SecretStatus.$Properties): dqoes.v1.SecretStatus;

            /**
             * Encodes the specified SecretStatus message. Does not implicitly {@link dqoes.v1.SecretStatus.verify|verify} messages.
             * @param message SecretStatus message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.SecretStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SecretStatus message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.SecretStatus & dqoes.v1.SecretStatus.$Shape} SecretStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.SecretStatus & dqoes.v1.SecretStatus.$Shape;

            /**
             * Creates a SecretStatus message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns SecretStatus
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.SecretStatus;

            /**
             * Creates a plain object from a SecretStatus message. Also converts values to other types if specified.
             * @param message SecretStatus
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.SecretStatus, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this SecretStatus to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace SecretStatus {

            /** Properties of a SecretStatus. */
            interface $Properties {

                /** SecretStatus name */
                name?: (string|null);

                /** SecretStatus setAtMs */
                setAtMs?: (number|null);

                /** SecretStatus jobs */
                jobs?: (string[]|null);

                /** SecretStatus problem */
                problem?: (string|null);

                /** SecretStatus owner */
                owner?: (string|null);

                /** SecretStatus shared */
                shared?: (boolean|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SecretStatus. */
            type $Shape = dqoes.v1.SecretStatus.$Properties;
        }

        /**
         * Properties of a SecretListResponse.
         * @deprecated Use dqoes.v1.SecretListResponse.$Properties instead.
         */
        interface ISecretListResponse extends dqoes.v1.SecretListResponse.$Properties {
        }

        /** Represents a SecretListResponse. */
        class SecretListResponse {

            /**
             * Constructs a new SecretListResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.SecretListResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SecretListResponse secrets. */
            secrets: dqoes.v1.SecretStatus.$Properties[];

            /**
             * Creates a new SecretListResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SecretListResponse instance
             */
            static create(properties: dqoes.v1.SecretListResponse.$Shape): dqoes.v1.SecretListResponse & dqoes.v1.SecretListResponse.$Shape;
            static create(properties?: dqoes.v1.SecretListResponse.$Properties): dqoes.v1.SecretListResponse;

            /**
             * Encodes the specified SecretListResponse message. Does not implicitly {@link dqoes.v1.SecretListResponse.verify|verify} messages.
             * @param message SecretListResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.SecretListResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SecretListResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.SecretListResponse & dqoes.v1.SecretListResponse.$Shape} SecretListResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.SecretListResponse & dqoes.v1.SecretListResponse.$Shape;

            /**
             * Creates a SecretListResponse message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns SecretListResponse
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.SecretListResponse;

            /**
             * Creates a plain object from a SecretListResponse message. Also converts values to other types if specified.
             * @param message SecretListResponse
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.SecretListResponse, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this SecretListResponse to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace SecretListResponse {

            /** Properties of a SecretListResponse. */
            interface $Properties {

                /** SecretListResponse secrets */
                secrets?: (dqoes.v1.SecretStatus.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SecretListResponse. */
            type $Shape = dqoes.v1.SecretListResponse.$Properties;
        }

        /**
         * Properties of a SecretRemoveRequest.
         * @deprecated Use dqoes.v1.SecretRemoveRequest.$Properties instead.
         */
        interface ISecretRemoveRequest extends dqoes.v1.SecretRemoveRequest.$Properties {
        }

        /** Represents a SecretRemoveRequest. */
        class SecretRemoveRequest {

            /**
             * Constructs a new SecretRemoveRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.SecretRemoveRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SecretRemoveRequest name. */
            name: string;

            /**
             * Creates a new SecretRemoveRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SecretRemoveRequest instance
             */
            static create(properties: dqoes.v1.SecretRemoveRequest.$Shape): dqoes.v1.SecretRemoveRequest & dqoes.v1.SecretRemoveRequest.$Shape;
            static create(properties?: dqoes.v1.SecretRemoveRequest.$Properties): dqoes.v1.SecretRemoveRequest;

            /**
             * Encodes the specified SecretRemoveRequest message. Does not implicitly {@link dqoes.v1.SecretRemoveRequest.verify|verify} messages.
             * @param message SecretRemoveRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.SecretRemoveRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SecretRemoveRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.SecretRemoveRequest & dqoes.v1.SecretRemoveRequest.$Shape} SecretRemoveRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.SecretRemoveRequest & dqoes.v1.SecretRemoveRequest.$Shape;

            /**
             * Creates a SecretRemoveRequest message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns SecretRemoveRequest
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.SecretRemoveRequest;

            /**
             * Creates a plain object from a SecretRemoveRequest message. Also converts values to other types if specified.
             * @param message SecretRemoveRequest
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.SecretRemoveRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this SecretRemoveRequest to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace SecretRemoveRequest {

            /** Properties of a SecretRemoveRequest. */
            interface $Properties {

                /** SecretRemoveRequest name */
                name?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SecretRemoveRequest. */
            type $Shape = dqoes.v1.SecretRemoveRequest.$Properties;
        }

        /**
         * Properties of a SecretRemoveResponse.
         * @deprecated Use dqoes.v1.SecretRemoveResponse.$Properties instead.
         */
        interface ISecretRemoveResponse extends dqoes.v1.SecretRemoveResponse.$Properties {
        }

        /** Represents a SecretRemoveResponse. */
        class SecretRemoveResponse {

            /**
             * Constructs a new SecretRemoveResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.SecretRemoveResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SecretRemoveResponse name. */
            name: string;

            /** SecretRemoveResponse jobs. */
            jobs: string[];

            /**
             * Creates a new SecretRemoveResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns SecretRemoveResponse instance
             */
            static create(properties: dqoes.v1.SecretRemoveResponse.$Shape): dqoes.v1.SecretRemoveResponse & dqoes.v1.SecretRemoveResponse.$Shape;
            static create(properties?: dqoes.v1.SecretRemoveResponse.$Properties): dqoes.v1.SecretRemoveResponse;

            /**
             * Encodes the specified SecretRemoveResponse message. Does not implicitly {@link dqoes.v1.SecretRemoveResponse.verify|verify} messages.
             * @param message SecretRemoveResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.SecretRemoveResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SecretRemoveResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.SecretRemoveResponse & dqoes.v1.SecretRemoveResponse.$Shape} SecretRemoveResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.SecretRemoveResponse & dqoes.v1.SecretRemoveResponse.$Shape;

            /**
             * Creates a SecretRemoveResponse message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns SecretRemoveResponse
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.SecretRemoveResponse;

            /**
             * Creates a plain object from a SecretRemoveResponse message. Also converts values to other types if specified.
             * @param message SecretRemoveResponse
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.SecretRemoveResponse, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this SecretRemoveResponse to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace SecretRemoveResponse {

            /** Properties of a SecretRemoveResponse. */
            interface $Properties {

                /** SecretRemoveResponse name */
                name?: (string|null);

                /** SecretRemoveResponse jobs */
                jobs?: (string[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SecretRemoveResponse. */
            type $Shape = dqoes.v1.SecretRemoveResponse.$Properties;
        }

        /**
         * Properties of a NodeView.
         * @deprecated Use dqoes.v1.NodeView.$Properties instead.
         */
        interface INodeView extends dqoes.v1.NodeView.$Properties {
        }

        /** Represents a NodeView. */
        class NodeView {

            /**
             * Constructs a new NodeView.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.NodeView.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NodeView node. */
            node: string;

            /** NodeView sequence. */
            sequence: number;

            /** NodeView atMs. */
            atMs: number;

            /** NodeView status. */
            status?: (dqoes.v1.NodeStatus.$Properties|null);

            /** NodeView allocations. */
            allocations: dqoes.v1.AllocationStatus.$Properties[];

            /**
             * Creates a new NodeView instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NodeView instance
             */
            static create(properties: dqoes.v1.NodeView.$Shape): dqoes.v1.NodeView & dqoes.v1.NodeView.$Shape;
            static create(properties?: dqoes.v1.NodeView.$Properties): dqoes.v1.NodeView;

            /**
             * Encodes the specified NodeView message. Does not implicitly {@link dqoes.v1.NodeView.verify|verify} messages.
             * @param message NodeView message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.NodeView.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NodeView message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.NodeView & dqoes.v1.NodeView.$Shape} NodeView
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.NodeView & dqoes.v1.NodeView.$Shape;

            /**
             * Creates a NodeView message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns NodeView
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.NodeView;

            /**
             * Creates a plain object from a NodeView message. Also converts values to other types if specified.
             * @param message NodeView
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.NodeView, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this NodeView to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace NodeView {

            /** Properties of a NodeView. */
            interface $Properties {

                /** NodeView node */
                node?: (string|null);

                /** NodeView sequence */
                sequence?: (number|null);

                /** NodeView atMs */
                atMs?: (number|null);

                /** NodeView status */
                status?: (dqoes.v1.NodeStatus.$Properties|null);

                /** NodeView allocations */
                allocations?: (dqoes.v1.AllocationStatus.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NodeView. */
            type $Shape = dqoes.v1.NodeView.$Properties;
        }

        /**
         * Properties of a Follower.
         * @deprecated Use dqoes.v1.Follower.$Properties instead.
         */
        interface IFollower extends dqoes.v1.Follower.$Properties {
        }

        /** Represents a Follower. */
        class Follower {

            /**
             * Constructs a new Follower.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.Follower.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Follower name. */
            name: string;

            /** Follower version. */
            version: string;

            /**
             * Creates a new Follower instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Follower instance
             */
            static create(properties: dqoes.v1.Follower.$Shape): dqoes.v1.Follower & dqoes.v1.Follower.$Shape;
            static create(properties?: dqoes.v1.Follower.$Properties): dqoes.v1.Follower;

            /**
             * Encodes the specified Follower message. Does not implicitly {@link dqoes.v1.Follower.verify|verify} messages.
             * @param message Follower message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.Follower.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Follower message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.Follower & dqoes.v1.Follower.$Shape} Follower
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.Follower & dqoes.v1.Follower.$Shape;

            /**
             * Creates a Follower message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Follower
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.Follower;

            /**
             * Creates a plain object from a Follower message. Also converts values to other types if specified.
             * @param message Follower
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.Follower, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Follower to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Follower {

            /** Properties of a Follower. */
            interface $Properties {

                /** Follower name */
                name?: (string|null);

                /** Follower version */
                version?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Follower. */
            type $Shape = dqoes.v1.Follower.$Properties;
        }

        /**
         * Properties of a ViewGetRequest.
         * @deprecated Use dqoes.v1.ViewGetRequest.$Properties instead.
         */
        interface IViewGetRequest extends dqoes.v1.ViewGetRequest.$Properties {
        }

        /** Represents a ViewGetRequest. */
        class ViewGetRequest {

            /**
             * Constructs a new ViewGetRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.ViewGetRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ViewGetRequest after. */
            after?: (string|null);

            /** ViewGetRequest node. */
            node?: (string|null);

            /** ViewGetRequest limit. */
            limit?: (number|null);

            /** ViewGetRequest console. */
            console?: (dqoes.v1.Follower.$Properties|null);

            /**
             * Creates a new ViewGetRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ViewGetRequest instance
             */
            static create(properties: dqoes.v1.ViewGetRequest.$Shape): dqoes.v1.ViewGetRequest & dqoes.v1.ViewGetRequest.$Shape;
            static create(properties?: dqoes.v1.ViewGetRequest.$Properties): dqoes.v1.ViewGetRequest;

            /**
             * Encodes the specified ViewGetRequest message. Does not implicitly {@link dqoes.v1.ViewGetRequest.verify|verify} messages.
             * @param message ViewGetRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.ViewGetRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ViewGetRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.ViewGetRequest & dqoes.v1.ViewGetRequest.$Shape} ViewGetRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.ViewGetRequest & dqoes.v1.ViewGetRequest.$Shape;

            /**
             * Creates a ViewGetRequest message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns ViewGetRequest
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.ViewGetRequest;

            /**
             * Creates a plain object from a ViewGetRequest message. Also converts values to other types if specified.
             * @param message ViewGetRequest
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.ViewGetRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this ViewGetRequest to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace ViewGetRequest {

            /** Properties of a ViewGetRequest. */
            interface $Properties {

                /** ViewGetRequest after */
                after?: (string|null);

                /** ViewGetRequest node */
                node?: (string|null);

                /** ViewGetRequest limit */
                limit?: (number|null);

                /** ViewGetRequest console */
                console?: (dqoes.v1.Follower.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ViewGetRequest. */
            type $Shape = dqoes.v1.ViewGetRequest.$Properties;
        }

        /**
         * Properties of a ViewGetResponse.
         * @deprecated Use dqoes.v1.ViewGetResponse.$Properties instead.
         */
        interface IViewGetResponse extends dqoes.v1.ViewGetResponse.$Properties {
        }

        /** Represents a ViewGetResponse. */
        class ViewGetResponse {

            /**
             * Constructs a new ViewGetResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.ViewGetResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ViewGetResponse incarnation. */
            incarnation: string;

            /** ViewGetResponse epoch. */
            epoch: number;

            /** ViewGetResponse nodes. */
            nodes: dqoes.v1.NodeView.$Properties[];

            /** ViewGetResponse next. */
            next?: (string|null);

            /**
             * Creates a new ViewGetResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ViewGetResponse instance
             */
            static create(properties: dqoes.v1.ViewGetResponse.$Shape): dqoes.v1.ViewGetResponse & dqoes.v1.ViewGetResponse.$Shape;
            static create(properties?: dqoes.v1.ViewGetResponse.$Properties): dqoes.v1.ViewGetResponse;

            /**
             * Encodes the specified ViewGetResponse message. Does not implicitly {@link dqoes.v1.ViewGetResponse.verify|verify} messages.
             * @param message ViewGetResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.ViewGetResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ViewGetResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.ViewGetResponse & dqoes.v1.ViewGetResponse.$Shape} ViewGetResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.ViewGetResponse & dqoes.v1.ViewGetResponse.$Shape;

            /**
             * Creates a ViewGetResponse message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns ViewGetResponse
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.ViewGetResponse;

            /**
             * Creates a plain object from a ViewGetResponse message. Also converts values to other types if specified.
             * @param message ViewGetResponse
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.ViewGetResponse, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this ViewGetResponse to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace ViewGetResponse {

            /** Properties of a ViewGetResponse. */
            interface $Properties {

                /** ViewGetResponse incarnation */
                incarnation?: (string|null);

                /** ViewGetResponse epoch */
                epoch?: (number|null);

                /** ViewGetResponse nodes */
                nodes?: (dqoes.v1.NodeView.$Properties[]|null);

                /** ViewGetResponse next */
                next?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ViewGetResponse. */
            type $Shape = dqoes.v1.ViewGetResponse.$Properties;
        }

        /**
         * Properties of a TokenCreateRequest.
         * @deprecated Use dqoes.v1.TokenCreateRequest.$Properties instead.
         */
        interface ITokenCreateRequest extends dqoes.v1.TokenCreateRequest.$Properties {
        }

        /** Represents a TokenCreateRequest. */
        class TokenCreateRequest {

            /**
             * Constructs a new TokenCreateRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.TokenCreateRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TokenCreateRequest id. */
            id: string;

            /** TokenCreateRequest name. */
            name: string;

            /** TokenCreateRequest role. */
            role: string;

            /** TokenCreateRequest expiresAtMs. */
            expiresAtMs?: (number|null);

            /** TokenCreateRequest hash. */
            hash: string;

            /**
             * Creates a new TokenCreateRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TokenCreateRequest instance
             */
            static create(properties: dqoes.v1.TokenCreateRequest.$Shape): dqoes.v1.TokenCreateRequest & dqoes.v1.TokenCreateRequest.$Shape;
            static create(properties?: dqoes.v1.TokenCreateRequest.$Properties): dqoes.v1.TokenCreateRequest;

            /**
             * Encodes the specified TokenCreateRequest message. Does not implicitly {@link dqoes.v1.TokenCreateRequest.verify|verify} messages.
             * @param message TokenCreateRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.TokenCreateRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TokenCreateRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.TokenCreateRequest & dqoes.v1.TokenCreateRequest.$Shape} TokenCreateRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.TokenCreateRequest & dqoes.v1.TokenCreateRequest.$Shape;

            /**
             * Creates a TokenCreateRequest message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns TokenCreateRequest
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.TokenCreateRequest;

            /**
             * Creates a plain object from a TokenCreateRequest message. Also converts values to other types if specified.
             * @param message TokenCreateRequest
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.TokenCreateRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this TokenCreateRequest to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace TokenCreateRequest {

            /** Properties of a TokenCreateRequest. */
            interface $Properties {

                /** TokenCreateRequest id */
                id?: (string|null);

                /** TokenCreateRequest name */
                name?: (string|null);

                /** TokenCreateRequest role */
                role?: (string|null);

                /** TokenCreateRequest expiresAtMs */
                expiresAtMs?: (number|null);

                /** TokenCreateRequest hash */
                hash?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TokenCreateRequest. */
            type $Shape = dqoes.v1.TokenCreateRequest.$Properties;
        }

        /**
         * Properties of a TokenCreateResponse.
         * @deprecated Use dqoes.v1.TokenCreateResponse.$Properties instead.
         */
        interface ITokenCreateResponse extends dqoes.v1.TokenCreateResponse.$Properties {
        }

        /** Represents a TokenCreateResponse. */
        class TokenCreateResponse {

            /**
             * Constructs a new TokenCreateResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.TokenCreateResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TokenCreateResponse id. */
            id: string;

            /**
             * Creates a new TokenCreateResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TokenCreateResponse instance
             */
            static create(properties: dqoes.v1.TokenCreateResponse.$Shape): dqoes.v1.TokenCreateResponse & dqoes.v1.TokenCreateResponse.$Shape;
            static create(properties?: dqoes.v1.TokenCreateResponse.$Properties): dqoes.v1.TokenCreateResponse;

            /**
             * Encodes the specified TokenCreateResponse message. Does not implicitly {@link dqoes.v1.TokenCreateResponse.verify|verify} messages.
             * @param message TokenCreateResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.TokenCreateResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TokenCreateResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.TokenCreateResponse & dqoes.v1.TokenCreateResponse.$Shape} TokenCreateResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.TokenCreateResponse & dqoes.v1.TokenCreateResponse.$Shape;

            /**
             * Creates a TokenCreateResponse message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns TokenCreateResponse
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.TokenCreateResponse;

            /**
             * Creates a plain object from a TokenCreateResponse message. Also converts values to other types if specified.
             * @param message TokenCreateResponse
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.TokenCreateResponse, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this TokenCreateResponse to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace TokenCreateResponse {

            /** Properties of a TokenCreateResponse. */
            interface $Properties {

                /** TokenCreateResponse id */
                id?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TokenCreateResponse. */
            type $Shape = dqoes.v1.TokenCreateResponse.$Properties;
        }

        /**
         * Properties of a TokenListRequest.
         * @deprecated Use dqoes.v1.TokenListRequest.$Properties instead.
         */
        interface ITokenListRequest extends dqoes.v1.TokenListRequest.$Properties {
        }

        /** Represents a TokenListRequest. */
        class TokenListRequest {

            /**
             * Constructs a new TokenListRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.TokenListRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Creates a new TokenListRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TokenListRequest instance
             */
            static create(properties: dqoes.v1.TokenListRequest.$Shape): dqoes.v1.TokenListRequest & dqoes.v1.TokenListRequest.$Shape;
            static create(properties?: dqoes.v1.TokenListRequest.$Properties): dqoes.v1.TokenListRequest;

            /**
             * Encodes the specified TokenListRequest message. Does not implicitly {@link dqoes.v1.TokenListRequest.verify|verify} messages.
             * @param message TokenListRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.TokenListRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TokenListRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.TokenListRequest & dqoes.v1.TokenListRequest.$Shape} TokenListRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.TokenListRequest & dqoes.v1.TokenListRequest.$Shape;

            /**
             * Creates a TokenListRequest message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns TokenListRequest
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.TokenListRequest;

            /**
             * Creates a plain object from a TokenListRequest message. Also converts values to other types if specified.
             * @param message TokenListRequest
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.TokenListRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this TokenListRequest to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace TokenListRequest {

            /** Properties of a TokenListRequest. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TokenListRequest. */
            type $Shape = dqoes.v1.TokenListRequest.$Properties;
        }

        /**
         * Properties of a TokenListResponse.
         * @deprecated Use dqoes.v1.TokenListResponse.$Properties instead.
         */
        interface ITokenListResponse extends dqoes.v1.TokenListResponse.$Properties {
        }

        /** Represents a TokenListResponse. */
        class TokenListResponse {

            /**
             * Constructs a new TokenListResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.TokenListResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TokenListResponse tokens. */
            tokens: dqoes.v1.TokenStatusResponse.$Properties[];

            /**
             * Creates a new TokenListResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TokenListResponse instance
             */
            static create(properties: dqoes.v1.TokenListResponse.$Shape): dqoes.v1.TokenListResponse & dqoes.v1.TokenListResponse.$Shape;
            static create(properties?: dqoes.v1.TokenListResponse.$Properties): dqoes.v1.TokenListResponse;

            /**
             * Encodes the specified TokenListResponse message. Does not implicitly {@link dqoes.v1.TokenListResponse.verify|verify} messages.
             * @param message TokenListResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.TokenListResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TokenListResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.TokenListResponse & dqoes.v1.TokenListResponse.$Shape} TokenListResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.TokenListResponse & dqoes.v1.TokenListResponse.$Shape;

            /**
             * Creates a TokenListResponse message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns TokenListResponse
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.TokenListResponse;

            /**
             * Creates a plain object from a TokenListResponse message. Also converts values to other types if specified.
             * @param message TokenListResponse
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.TokenListResponse, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this TokenListResponse to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace TokenListResponse {

            /** Properties of a TokenListResponse. */
            interface $Properties {

                /** TokenListResponse tokens */
                tokens?: (dqoes.v1.TokenStatusResponse.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TokenListResponse. */
            type $Shape = dqoes.v1.TokenListResponse.$Properties;
        }

        /**
         * Properties of a TokenRevokeRequest.
         * @deprecated Use dqoes.v1.TokenRevokeRequest.$Properties instead.
         */
        interface ITokenRevokeRequest extends dqoes.v1.TokenRevokeRequest.$Properties {
        }

        /** Represents a TokenRevokeRequest. */
        class TokenRevokeRequest {

            /**
             * Constructs a new TokenRevokeRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.TokenRevokeRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TokenRevokeRequest id. */
            id: string;

            /**
             * Creates a new TokenRevokeRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TokenRevokeRequest instance
             */
            static create(properties: dqoes.v1.TokenRevokeRequest.$Shape): dqoes.v1.TokenRevokeRequest & dqoes.v1.TokenRevokeRequest.$Shape;
            static create(properties?: dqoes.v1.TokenRevokeRequest.$Properties): dqoes.v1.TokenRevokeRequest;

            /**
             * Encodes the specified TokenRevokeRequest message. Does not implicitly {@link dqoes.v1.TokenRevokeRequest.verify|verify} messages.
             * @param message TokenRevokeRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.TokenRevokeRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TokenRevokeRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.TokenRevokeRequest & dqoes.v1.TokenRevokeRequest.$Shape} TokenRevokeRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.TokenRevokeRequest & dqoes.v1.TokenRevokeRequest.$Shape;

            /**
             * Creates a TokenRevokeRequest message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns TokenRevokeRequest
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.TokenRevokeRequest;

            /**
             * Creates a plain object from a TokenRevokeRequest message. Also converts values to other types if specified.
             * @param message TokenRevokeRequest
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.TokenRevokeRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this TokenRevokeRequest to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace TokenRevokeRequest {

            /** Properties of a TokenRevokeRequest. */
            interface $Properties {

                /** TokenRevokeRequest id */
                id?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TokenRevokeRequest. */
            type $Shape = dqoes.v1.TokenRevokeRequest.$Properties;
        }

        /**
         * Properties of a TokenRevokeResponse.
         * @deprecated Use dqoes.v1.TokenRevokeResponse.$Properties instead.
         */
        interface ITokenRevokeResponse extends dqoes.v1.TokenRevokeResponse.$Properties {
        }

        /** Represents a TokenRevokeResponse. */
        class TokenRevokeResponse {

            /**
             * Constructs a new TokenRevokeResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.TokenRevokeResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TokenRevokeResponse id. */
            id: string;

            /**
             * Creates a new TokenRevokeResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TokenRevokeResponse instance
             */
            static create(properties: dqoes.v1.TokenRevokeResponse.$Shape): dqoes.v1.TokenRevokeResponse & dqoes.v1.TokenRevokeResponse.$Shape;
            static create(properties?: dqoes.v1.TokenRevokeResponse.$Properties): dqoes.v1.TokenRevokeResponse;

            /**
             * Encodes the specified TokenRevokeResponse message. Does not implicitly {@link dqoes.v1.TokenRevokeResponse.verify|verify} messages.
             * @param message TokenRevokeResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.TokenRevokeResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TokenRevokeResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.TokenRevokeResponse & dqoes.v1.TokenRevokeResponse.$Shape} TokenRevokeResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.TokenRevokeResponse & dqoes.v1.TokenRevokeResponse.$Shape;

            /**
             * Creates a TokenRevokeResponse message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns TokenRevokeResponse
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.TokenRevokeResponse;

            /**
             * Creates a plain object from a TokenRevokeResponse message. Also converts values to other types if specified.
             * @param message TokenRevokeResponse
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.TokenRevokeResponse, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this TokenRevokeResponse to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace TokenRevokeResponse {

            /** Properties of a TokenRevokeResponse. */
            interface $Properties {

                /** TokenRevokeResponse id */
                id?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TokenRevokeResponse. */
            type $Shape = dqoes.v1.TokenRevokeResponse.$Properties;
        }

        /**
         * Properties of a TokenStatusRequest.
         * @deprecated Use dqoes.v1.TokenStatusRequest.$Properties instead.
         */
        interface ITokenStatusRequest extends dqoes.v1.TokenStatusRequest.$Properties {
        }

        /** Represents a TokenStatusRequest. */
        class TokenStatusRequest {

            /**
             * Constructs a new TokenStatusRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.TokenStatusRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Creates a new TokenStatusRequest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TokenStatusRequest instance
             */
            static create(properties: dqoes.v1.TokenStatusRequest.$Shape): dqoes.v1.TokenStatusRequest & dqoes.v1.TokenStatusRequest.$Shape;
            static create(properties?: dqoes.v1.TokenStatusRequest.$Properties): dqoes.v1.TokenStatusRequest;

            /**
             * Encodes the specified TokenStatusRequest message. Does not implicitly {@link dqoes.v1.TokenStatusRequest.verify|verify} messages.
             * @param message TokenStatusRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.TokenStatusRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TokenStatusRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.TokenStatusRequest & dqoes.v1.TokenStatusRequest.$Shape} TokenStatusRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.TokenStatusRequest & dqoes.v1.TokenStatusRequest.$Shape;

            /**
             * Creates a TokenStatusRequest message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns TokenStatusRequest
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.TokenStatusRequest;

            /**
             * Creates a plain object from a TokenStatusRequest message. Also converts values to other types if specified.
             * @param message TokenStatusRequest
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.TokenStatusRequest, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this TokenStatusRequest to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace TokenStatusRequest {

            /** Properties of a TokenStatusRequest. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TokenStatusRequest. */
            type $Shape = dqoes.v1.TokenStatusRequest.$Properties;
        }

        /**
         * Properties of a TokenStatusResponse.
         * @deprecated Use dqoes.v1.TokenStatusResponse.$Properties instead.
         */
        interface ITokenStatusResponse extends dqoes.v1.TokenStatusResponse.$Properties {
        }

        /** Represents a TokenStatusResponse. */
        class TokenStatusResponse {

            /**
             * Constructs a new TokenStatusResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.TokenStatusResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TokenStatusResponse id. */
            id: string;

            /** TokenStatusResponse name. */
            name: string;

            /** TokenStatusResponse role. */
            role: string;

            /** TokenStatusResponse expiresAtMs. */
            expiresAtMs?: (number|null);

            /** TokenStatusResponse createdAtMs. */
            createdAtMs: number;

            /**
             * Creates a new TokenStatusResponse instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TokenStatusResponse instance
             */
            static create(properties: dqoes.v1.TokenStatusResponse.$Shape): dqoes.v1.TokenStatusResponse & dqoes.v1.TokenStatusResponse.$Shape;
            static create(properties?: dqoes.v1.TokenStatusResponse.$Properties): dqoes.v1.TokenStatusResponse;

            /**
             * Encodes the specified TokenStatusResponse message. Does not implicitly {@link dqoes.v1.TokenStatusResponse.verify|verify} messages.
             * @param message TokenStatusResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.TokenStatusResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TokenStatusResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.TokenStatusResponse & dqoes.v1.TokenStatusResponse.$Shape} TokenStatusResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.TokenStatusResponse & dqoes.v1.TokenStatusResponse.$Shape;

            /**
             * Creates a TokenStatusResponse message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns TokenStatusResponse
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.TokenStatusResponse;

            /**
             * Creates a plain object from a TokenStatusResponse message. Also converts values to other types if specified.
             * @param message TokenStatusResponse
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.TokenStatusResponse, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this TokenStatusResponse to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace TokenStatusResponse {

            /** Properties of a TokenStatusResponse. */
            interface $Properties {

                /** TokenStatusResponse id */
                id?: (string|null);

                /** TokenStatusResponse name */
                name?: (string|null);

                /** TokenStatusResponse role */
                role?: (string|null);

                /** TokenStatusResponse expiresAtMs */
                expiresAtMs?: (number|null);

                /** TokenStatusResponse createdAtMs */
                createdAtMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TokenStatusResponse. */
            type $Shape = dqoes.v1.TokenStatusResponse.$Properties;
        }

        /**
         * Properties of a Fault.
         * @deprecated Use dqoes.v1.Fault.$Properties instead.
         */
        interface IFault extends dqoes.v1.Fault.$Properties {
        }

        /** Represents a Fault. */
        class Fault {

            /**
             * Constructs a new Fault.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.Fault.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Fault code. */
            code: string;

            /** Fault field. */
            field: string;

            /** Fault message. */
            message: string;

            /** Fault line. */
            line?: (number|null);

            /** Fault column. */
            column?: (number|null);

            /**
             * Creates a new Fault instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Fault instance
             */
            static create(properties: dqoes.v1.Fault.$Shape): dqoes.v1.Fault & dqoes.v1.Fault.$Shape;
            static create(properties?: dqoes.v1.Fault.$Properties): dqoes.v1.Fault;

            /**
             * Encodes the specified Fault message. Does not implicitly {@link dqoes.v1.Fault.verify|verify} messages.
             * @param message Fault message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.Fault.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Fault message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.Fault & dqoes.v1.Fault.$Shape} Fault
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.Fault & dqoes.v1.Fault.$Shape;

            /**
             * Creates a Fault message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns Fault
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.Fault;

            /**
             * Creates a plain object from a Fault message. Also converts values to other types if specified.
             * @param message Fault
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.Fault, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this Fault to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace Fault {

            /** Properties of a Fault. */
            interface $Properties {

                /** Fault code */
                code?: (string|null);

                /** Fault field */
                field?: (string|null);

                /** Fault message */
                message?: (string|null);

                /** Fault line */
                line?: (number|null);

                /** Fault column */
                column?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Fault. */
            type $Shape = dqoes.v1.Fault.$Properties;
        }

        /**
         * Properties of a ServiceReply.
         * @deprecated Use dqoes.v1.ServiceReply.$Properties instead.
         */
        interface IServiceReply extends dqoes.v1.ServiceReply.$Properties {
        }

        /** Represents a ServiceReply. */
        class ServiceReply {

            /**
             * Constructs a new ServiceReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: dqoes.v1.ServiceReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ServiceReply ok. */
            ok: boolean;

            /** ServiceReply faults. */
            faults: dqoes.v1.Fault.$Properties[];

            /** ServiceReply jobSubmit. */
            jobSubmit?: (dqoes.v1.JobSubmitResponse.$Properties|null);

            /** ServiceReply jobStop. */
            jobStop?: (dqoes.v1.JobStopResponse.$Properties|null);

            /** ServiceReply jobList. */
            jobList?: (dqoes.v1.JobListResponse.$Properties|null);

            /** ServiceReply jobStatus. */
            jobStatus?: (dqoes.v1.JobStatusResponse.$Properties|null);

            /** ServiceReply nodeList. */
            nodeList?: (dqoes.v1.NodeListResponse.$Properties|null);

            /** ServiceReply nodeStatus. */
            nodeStatus?: (dqoes.v1.NodeStatusResponse.$Properties|null);

            /** ServiceReply allocationList. */
            allocationList?: (dqoes.v1.AllocationListResponse.$Properties|null);

            /** ServiceReply policyGet. */
            policyGet?: (dqoes.v1.PolicyGetResponse.$Properties|null);

            /** ServiceReply policySet. */
            policySet?: (dqoes.v1.PolicySetResponse.$Properties|null);

            /** ServiceReply jobPlan. */
            jobPlan?: (dqoes.v1.JobPlanResponse.$Properties|null);

            /** ServiceReply nodeSet. */
            nodeSet?: (dqoes.v1.NodeSetResponse.$Properties|null);

            /** ServiceReply nodeApprove. */
            nodeApprove?: (dqoes.v1.NodeApproveResponse.$Properties|null);

            /** ServiceReply nodeRemove. */
            nodeRemove?: (dqoes.v1.NodeRemoveResponse.$Properties|null);

            /** ServiceReply secretKey. */
            secretKey?: (dqoes.v1.SecretKeyResponse.$Properties|null);

            /** ServiceReply secretSet. */
            secretSet?: (dqoes.v1.SecretSetResponse.$Properties|null);

            /** ServiceReply secretList. */
            secretList?: (dqoes.v1.SecretListResponse.$Properties|null);

            /** ServiceReply secretRemove. */
            secretRemove?: (dqoes.v1.SecretRemoveResponse.$Properties|null);

            /** ServiceReply viewGet. */
            viewGet?: (dqoes.v1.ViewGetResponse.$Properties|null);

            /** ServiceReply tokenCreate. */
            tokenCreate?: (dqoes.v1.TokenCreateResponse.$Properties|null);

            /** ServiceReply tokenList. */
            tokenList?: (dqoes.v1.TokenListResponse.$Properties|null);

            /** ServiceReply tokenRevoke. */
            tokenRevoke?: (dqoes.v1.TokenRevokeResponse.$Properties|null);

            /** ServiceReply tokenStatus. */
            tokenStatus?: (dqoes.v1.TokenStatusResponse.$Properties|null);

            /** ServiceReply jobQuote. */
            jobQuote?: (dqoes.v1.JobQuote.$Properties|null);

            /** ServiceReply capacity. */
            capacity?: (dqoes.v1.Capacity.$Properties|null);

            /** ServiceReply nodeDrainPlan. */
            nodeDrainPlan?: (dqoes.v1.NodeDrainPlan.$Properties|null);

            /** ServiceReply nodeUnapprove. */
            nodeUnapprove?: (dqoes.v1.NodeUnapproveResponse.$Properties|null);

            /** ServiceReply value. */
            value?: ("jobSubmit"|"jobStop"|"jobList"|"jobStatus"|"nodeList"|"nodeStatus"|"allocationList"|"policyGet"|"policySet"|"jobPlan"|"nodeSet"|"nodeApprove"|"nodeRemove"|"secretKey"|"secretSet"|"secretList"|"secretRemove"|"viewGet"|"tokenCreate"|"tokenList"|"tokenRevoke"|"tokenStatus"|"jobQuote"|"capacity"|"nodeDrainPlan"|"nodeUnapprove");

            /**
             * Creates a new ServiceReply instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ServiceReply instance
             */
            static create(properties: dqoes.v1.ServiceReply.$Shape): dqoes.v1.ServiceReply & dqoes.v1.ServiceReply.$Shape;
            static create(properties?: dqoes.v1.ServiceReply.$Properties): dqoes.v1.ServiceReply;

            /**
             * Encodes the specified ServiceReply message. Does not implicitly {@link dqoes.v1.ServiceReply.verify|verify} messages.
             * @param message ServiceReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dqoes.v1.ServiceReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ServiceReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dqoes.v1.ServiceReply & dqoes.v1.ServiceReply.$Shape} ServiceReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dqoes.v1.ServiceReply & dqoes.v1.ServiceReply.$Shape;

            /**
             * Creates a ServiceReply message from a plain object. Also converts values to their respective internal types.
             * @param object Plain object
             * @returns ServiceReply
             */
            static fromObject(object: { [k: string]: any }): dqoes.v1.ServiceReply;

            /**
             * Creates a plain object from a ServiceReply message. Also converts values to other types if specified.
             * @param message ServiceReply
             * @param [options] Conversion options
             * @returns Plain object
             */
            static toObject(message: dqoes.v1.ServiceReply, options?: $protobuf.IConversionOptions): { [k: string]: any };

            /**
             * Converts this ServiceReply to JSON.
             * @returns JSON object
             */
            toJSON(): { [k: string]: any };
        }

        namespace ServiceReply {

            /** Properties of a ServiceReply. */
            interface $Properties {

                /** ServiceReply ok */
                ok?: (boolean|null);

                /** ServiceReply faults */
                faults?: (dqoes.v1.Fault.$Properties[]|null);

                /** ServiceReply jobSubmit */
                jobSubmit?: (dqoes.v1.JobSubmitResponse.$Properties|null);

                /** ServiceReply jobStop */
                jobStop?: (dqoes.v1.JobStopResponse.$Properties|null);

                /** ServiceReply jobList */
                jobList?: (dqoes.v1.JobListResponse.$Properties|null);

                /** ServiceReply jobStatus */
                jobStatus?: (dqoes.v1.JobStatusResponse.$Properties|null);

                /** ServiceReply nodeList */
                nodeList?: (dqoes.v1.NodeListResponse.$Properties|null);

                /** ServiceReply nodeStatus */
                nodeStatus?: (dqoes.v1.NodeStatusResponse.$Properties|null);

                /** ServiceReply allocationList */
                allocationList?: (dqoes.v1.AllocationListResponse.$Properties|null);

                /** ServiceReply policyGet */
                policyGet?: (dqoes.v1.PolicyGetResponse.$Properties|null);

                /** ServiceReply policySet */
                policySet?: (dqoes.v1.PolicySetResponse.$Properties|null);

                /** ServiceReply jobPlan */
                jobPlan?: (dqoes.v1.JobPlanResponse.$Properties|null);

                /** ServiceReply nodeSet */
                nodeSet?: (dqoes.v1.NodeSetResponse.$Properties|null);

                /** ServiceReply nodeApprove */
                nodeApprove?: (dqoes.v1.NodeApproveResponse.$Properties|null);

                /** ServiceReply nodeRemove */
                nodeRemove?: (dqoes.v1.NodeRemoveResponse.$Properties|null);

                /** ServiceReply secretKey */
                secretKey?: (dqoes.v1.SecretKeyResponse.$Properties|null);

                /** ServiceReply secretSet */
                secretSet?: (dqoes.v1.SecretSetResponse.$Properties|null);

                /** ServiceReply secretList */
                secretList?: (dqoes.v1.SecretListResponse.$Properties|null);

                /** ServiceReply secretRemove */
                secretRemove?: (dqoes.v1.SecretRemoveResponse.$Properties|null);

                /** ServiceReply viewGet */
                viewGet?: (dqoes.v1.ViewGetResponse.$Properties|null);

                /** ServiceReply tokenCreate */
                tokenCreate?: (dqoes.v1.TokenCreateResponse.$Properties|null);

                /** ServiceReply tokenList */
                tokenList?: (dqoes.v1.TokenListResponse.$Properties|null);

                /** ServiceReply tokenRevoke */
                tokenRevoke?: (dqoes.v1.TokenRevokeResponse.$Properties|null);

                /** ServiceReply tokenStatus */
                tokenStatus?: (dqoes.v1.TokenStatusResponse.$Properties|null);

                /** ServiceReply jobQuote */
                jobQuote?: (dqoes.v1.JobQuote.$Properties|null);

                /** ServiceReply capacity */
                capacity?: (dqoes.v1.Capacity.$Properties|null);

                /** ServiceReply nodeDrainPlan */
                nodeDrainPlan?: (dqoes.v1.NodeDrainPlan.$Properties|null);

                /** ServiceReply nodeUnapprove */
                nodeUnapprove?: (dqoes.v1.NodeUnapproveResponse.$Properties|null);

                /** ServiceReply value */
                value?: ("jobSubmit"|"jobStop"|"jobList"|"jobStatus"|"nodeList"|"nodeStatus"|"allocationList"|"policyGet"|"policySet"|"jobPlan"|"nodeSet"|"nodeApprove"|"nodeRemove"|"secretKey"|"secretSet"|"secretList"|"secretRemove"|"viewGet"|"tokenCreate"|"tokenList"|"tokenRevoke"|"tokenStatus"|"jobQuote"|"capacity"|"nodeDrainPlan"|"nodeUnapprove");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a ServiceReply. */
            type $Shape = {
              ok?: boolean|null;
              faults?: dqoes.v1.Fault.$Shape[]|null;
              jobSubmit?: dqoes.v1.JobSubmitResponse.$Shape|null;
              jobStop?: dqoes.v1.JobStopResponse.$Shape|null;
              jobList?: dqoes.v1.JobListResponse.$Shape|null;
              jobStatus?: dqoes.v1.JobStatusResponse.$Shape|null;
              nodeList?: dqoes.v1.NodeListResponse.$Shape|null;
              nodeStatus?: dqoes.v1.NodeStatusResponse.$Shape|null;
              allocationList?: dqoes.v1.AllocationListResponse.$Shape|null;
              policyGet?: dqoes.v1.PolicyGetResponse.$Shape|null;
              policySet?: dqoes.v1.PolicySetResponse.$Shape|null;
              jobPlan?: dqoes.v1.JobPlanResponse.$Shape|null;
              nodeSet?: dqoes.v1.NodeSetResponse.$Shape|null;
              nodeApprove?: dqoes.v1.NodeApproveResponse.$Shape|null;
              nodeRemove?: dqoes.v1.NodeRemoveResponse.$Shape|null;
              secretKey?: dqoes.v1.SecretKeyResponse.$Shape|null;
              secretSet?: dqoes.v1.SecretSetResponse.$Shape|null;
              secretList?: dqoes.v1.SecretListResponse.$Shape|null;
              secretRemove?: dqoes.v1.SecretRemoveResponse.$Shape|null;
              viewGet?: dqoes.v1.ViewGetResponse.$Shape|null;
              tokenCreate?: dqoes.v1.TokenCreateResponse.$Shape|null;
              tokenList?: dqoes.v1.TokenListResponse.$Shape|null;
              tokenRevoke?: dqoes.v1.TokenRevokeResponse.$Shape|null;
              tokenStatus?: dqoes.v1.TokenStatusResponse.$Shape|null;
              jobQuote?: dqoes.v1.JobQuote.$Shape|null;
              capacity?: dqoes.v1.Capacity.$Shape|null;
              nodeDrainPlan?: dqoes.v1.NodeDrainPlan.$Shape|null;
              nodeUnapprove?: dqoes.v1.NodeUnapproveResponse.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ value?: undefined; jobSubmit?: null; jobStop?: null; jobList?: null; jobStatus?: null; nodeList?: null; nodeStatus?: null; allocationList?: null; policyGet?: null; policySet?: null; jobPlan?: null; nodeSet?: null; nodeApprove?: null; nodeRemove?: null; secretKey?: null; secretSet?: null; secretList?: null; secretRemove?: null; viewGet?: null; tokenCreate?: null; tokenList?: null; tokenRevoke?: null; tokenStatus?: null; jobQuote?: null; capacity?: null; nodeDrainPlan?: null; nodeUnapprove?: null }|{ value?: "jobSubmit"; jobSubmit: dqoes.v1.JobSubmitResponse.$Shape; jobStop?: null; jobList?: null; jobStatus?: null; nodeList?: null; nodeStatus?: null; allocationList?: null; policyGet?: null; policySet?: null; jobPlan?: null; nodeSet?: null; nodeApprove?: null; nodeRemove?: null; secretKey?: null; secretSet?: null; secretList?: null; secretRemove?: null; viewGet?: null; tokenCreate?: null; tokenList?: null; tokenRevoke?: null; tokenStatus?: null; jobQuote?: null; capacity?: null; nodeDrainPlan?: null; nodeUnapprove?: null }|{ value?: "jobStop"; jobSubmit?: null; jobStop: dqoes.v1.JobStopResponse.$Shape; jobList?: null; jobStatus?: null; nodeList?: null; nodeStatus?: null; allocationList?: null; policyGet?: null; policySet?: null; jobPlan?: null; nodeSet?: null; nodeApprove?: null; nodeRemove?: null; secretKey?: null; secretSet?: null; secretList?: null; secretRemove?: null; viewGet?: null; tokenCreate?: null; tokenList?: null; tokenRevoke?: null; tokenStatus?: null; jobQuote?: null; capacity?: null; nodeDrainPlan?: null; nodeUnapprove?: null }|{ value?: "jobList"; jobSubmit?: null; jobStop?: null; jobList: dqoes.v1.JobListResponse.$Shape; jobStatus?: null; nodeList?: null; nodeStatus?: null; allocationList?: null; policyGet?: null; policySet?: null; jobPlan?: null; nodeSet?: null; nodeApprove?: null; nodeRemove?: null; secretKey?: null; secretSet?: null; secretList?: null; secretRemove?: null; viewGet?: null; tokenCreate?: null; tokenList?: null; tokenRevoke?: null; tokenStatus?: null; jobQuote?: null; capacity?: null; nodeDrainPlan?: null; nodeUnapprove?: null }|{ value?: "jobStatus"; jobSubmit?: null; jobStop?: null; jobList?: null; jobStatus: dqoes.v1.JobStatusResponse.$Shape; nodeList?: null; nodeStatus?: null; allocationList?: null; policyGet?: null; policySet?: null; jobPlan?: null; nodeSet?: null; nodeApprove?: null; nodeRemove?: null; secretKey?: null; secretSet?: null; secretList?: null; secretRemove?: null; viewGet?: null; tokenCreate?: null; tokenList?: null; tokenRevoke?: null; tokenStatus?: null; jobQuote?: null; capacity?: null; nodeDrainPlan?: null; nodeUnapprove?: null }|{ value?: "nodeList"; jobSubmit?: null; jobStop?: null; jobList?: null; jobStatus?: null; nodeList: dqoes.v1.NodeListResponse.$Shape; nodeStatus?: null; allocationList?: null; policyGet?: null; policySet?: null; jobPlan?: null; nodeSet?: null; nodeApprove?: null; nodeRemove?: null; secretKey?: null; secretSet?: null; secretList?: null; secretRemove?: null; viewGet?: null; tokenCreate?: null; tokenList?: null; tokenRevoke?: null; tokenStatus?: null; jobQuote?: null; capacity?: null; nodeDrainPlan?: null; nodeUnapprove?: null }|{ value?: "nodeStatus"; jobSubmit?: null; jobStop?: null; jobList?: null; jobStatus?: null; nodeList?: null; nodeStatus: dqoes.v1.NodeStatusResponse.$Shape; allocationList?: null; policyGet?: null; policySet?: null; jobPlan?: null; nodeSet?: null; nodeApprove?: null; nodeRemove?: null; secretKey?: null; secretSet?: null; secretList?: null; secretRemove?: null; viewGet?: null; tokenCreate?: null; tokenList?: null; tokenRevoke?: null; tokenStatus?: null; jobQuote?: null; capacity?: null; nodeDrainPlan?: null; nodeUnapprove?: null }|{ value?: "allocationList"; jobSubmit?: null; jobStop?: null; jobList?: null; jobStatus?: null; nodeList?: null; nodeStatus?: null; allocationList: dqoes.v1.AllocationListResponse.$Shape; policyGet?: null; policySet?: null; jobPlan?: null; nodeSet?: null; nodeApprove?: null; nodeRemove?: null; secretKey?: null; secretSet?: null; secretList?: null; secretRemove?: null; viewGet?: null; tokenCreate?: null; tokenList?: null; tokenRevoke?: null; tokenStatus?: null; jobQuote?: null; capacity?: null; nodeDrainPlan?: null; nodeUnapprove?: null }|{ value?: "policyGet"; jobSubmit?: null; jobStop?: null; jobList?: null; jobStatus?: null; nodeList?: null; nodeStatus?: null; allocationList?: null; policyGet: dqoes.v1.PolicyGetResponse.$Shape; policySet?: null; jobPlan?: null; nodeSet?: null; nodeApprove?: null; nodeRemove?: null; secretKey?: null; secretSet?: null; secretList?: null; secretRemove?: null; viewGet?: null; tokenCreate?: null; tokenList?: null; tokenRevoke?: null; tokenStatus?: null; jobQuote?: null; capacity?: null; nodeDrainPlan?: null; nodeUnapprove?: null }|{ value?: "policySet"; jobSubmit?: null; jobStop?: null; jobList?: null; jobStatus?: null; nodeList?: null; nodeStatus?: null; allocationList?: null; policyGet?: null; policySet: dqoes.v1.PolicySetResponse.$Shape; jobPlan?: null; nodeSet?: null; nodeApprove?: null; nodeRemove?: null; secretKey?: null; secretSet?: null; secretList?: null; secretRemove?: null; viewGet?: null; tokenCreate?: null; tokenList?: null; tokenRevoke?: null; tokenStatus?: null; jobQuote?: null; capacity?: null; nodeDrainPlan?: null; nodeUnapprove?: null }|{ value?: "jobPlan"; jobSubmit?: null; jobStop?: null; jobList?: null; jobStatus?: null; nodeList?: null; nodeStatus?: null; allocationList?: null; policyGet?: null; policySet?: null; jobPlan: dqoes.v1.JobPlanResponse.$Shape; nodeSet?: null; nodeApprove?: null; nodeRemove?: null; secretKey?: null; secretSet?: null; secretList?: null; secretRemove?: null; viewGet?: null; tokenCreate?: null; tokenList?: null; tokenRevoke?: null; tokenStatus?: null; jobQuote?: null; capacity?: null; nodeDrainPlan?: null; nodeUnapprove?: null }|{ value?: "nodeSet"; jobSubmit?: null; jobStop?: null; jobList?: null; jobStatus?: null; nodeList?: null; nodeStatus?: null; allocationList?: null; policyGet?: null; policySet?: null; jobPlan?: null; nodeSet: dqoes.v1.NodeSetResponse.$Shape; nodeApprove?: null; nodeRemove?: null; secretKey?: null; secretSet?: null; secretList?: null; secretRemove?: null; viewGet?: null; tokenCreate?: null; tokenList?: null; tokenRevoke?: null; tokenStatus?: null; jobQuote?: null; capacity?: null; nodeDrainPlan?: null; nodeUnapprove?: null }|{ value?: "nodeApprove"; jobSubmit?: null; jobStop?: null; jobList?: null; jobStatus?: null; nodeList?: null; nodeStatus?: null; allocationList?: null; policyGet?: null; policySet?: null; jobPlan?: null; nodeSet?: null; nodeApprove: dqoes.v1.NodeApproveResponse.$Shape; nodeRemove?: null; secretKey?: null; secretSet?: null; secretList?: null; secretRemove?: null; viewGet?: null; tokenCreate?: null; tokenList?: null; tokenRevoke?: null; tokenStatus?: null; jobQuote?: null; capacity?: null; nodeDrainPlan?: null; nodeUnapprove?: null }|{ value?: "nodeRemove"; jobSubmit?: null; jobStop?: null; jobList?: null; jobStatus?: null; nodeList?: null; nodeStatus?: null; allocationList?: null; policyGet?: null; policySet?: null; jobPlan?: null; nodeSet?: null; nodeApprove?: null; nodeRemove: dqoes.v1.NodeRemoveResponse.$Shape; secretKey?: null; secretSet?: null; secretList?: null; secretRemove?: null; viewGet?: null; tokenCreate?: null; tokenList?: null; tokenRevoke?: null; tokenStatus?: null; jobQuote?: null; capacity?: null; nodeDrainPlan?: null; nodeUnapprove?: null }|{ value?: "secretKey"; jobSubmit?: null; jobStop?: null; jobList?: null; jobStatus?: null; nodeList?: null; nodeStatus?: null; allocationList?: null; policyGet?: null; policySet?: null; jobPlan?: null; nodeSet?: null; nodeApprove?: null; nodeRemove?: null; secretKey: dqoes.v1.SecretKeyResponse.$Shape; secretSet?: null; secretList?: null; secretRemove?: null; viewGet?: null; tokenCreate?: null; tokenList?: null; tokenRevoke?: null; tokenStatus?: null; jobQuote?: null; capacity?: null; nodeDrainPlan?: null; nodeUnapprove?: null }|{ value?: "secretSet"; jobSubmit?: null; jobStop?: null; jobList?: null; jobStatus?: null; nodeList?: null; nodeStatus?: null; allocationList?: null; policyGet?: null; policySet?: null; jobPlan?: null; nodeSet?: null; nodeApprove?: null; nodeRemove?: null; secretKey?: null; secretSet: dqoes.v1.SecretSetResponse.$Shape; secretList?: null; secretRemove?: null; viewGet?: null; tokenCreate?: null; tokenList?: null; tokenRevoke?: null; tokenStatus?: null; jobQuote?: null; capacity?: null; nodeDrainPlan?: null; nodeUnapprove?: null }|{ value?: "secretList"; jobSubmit?: null; jobStop?: null; jobList?: null; jobStatus?: null; nodeList?: null; nodeStatus?: null; allocationList?: null; policyGet?: null; policySet?: null; jobPlan?: null; nodeSet?: null; nodeApprove?: null; nodeRemove?: null; secretKey?: null; secretSet?: null; secretList: dqoes.v1.SecretListResponse.$Shape; secretRemove?: null; viewGet?: null; tokenCreate?: null; tokenList?: null; tokenRevoke?: null; tokenStatus?: null; jobQuote?: null; capacity?: null; nodeDrainPlan?: null; nodeUnapprove?: null }|{ value?: "secretRemove"; jobSubmit?: null; jobStop?: null; jobList?: null; jobStatus?: null; nodeList?: null; nodeStatus?: null; allocationList?: null; policyGet?: null; policySet?: null; jobPlan?: null; nodeSet?: null; nodeApprove?: null; nodeRemove?: null; secretKey?: null; secretSet?: null; secretList?: null; secretRemove: dqoes.v1.SecretRemoveResponse.$Shape; viewGet?: null; tokenCreate?: null; tokenList?: null; tokenRevoke?: null; tokenStatus?: null; jobQuote?: null; capacity?: null; nodeDrainPlan?: null; nodeUnapprove?: null }|{ value?: "viewGet"; jobSubmit?: null; jobStop?: null; jobList?: null; jobStatus?: null; nodeList?: null; nodeStatus?: null; allocationList?: null; policyGet?: null; policySet?: null; jobPlan?: null; nodeSet?: null; nodeApprove?: null; nodeRemove?: null; secretKey?: null; secretSet?: null; secretList?: null; secretRemove?: null; viewGet: dqoes.v1.ViewGetResponse.$Shape; tokenCreate?: null; tokenList?: null; tokenRevoke?: null; tokenStatus?: null; jobQuote?: null; capacity?: null; nodeDrainPlan?: null; nodeUnapprove?: null }|{ value?: "tokenCreate"; jobSubmit?: null; jobStop?: null; jobList?: null; jobStatus?: null; nodeList?: null; nodeStatus?: null; allocationList?: null; policyGet?: null; policySet?: null; jobPlan?: null; nodeSet?: null; nodeApprove?: null; nodeRemove?: null; secretKey?: null; secretSet?: null; secretList?: null; secretRemove?: null; viewGet?: null; tokenCreate: dqoes.v1.TokenCreateResponse.$Shape; tokenList?: null; tokenRevoke?: null; tokenStatus?: null; jobQuote?: null; capacity?: null; nodeDrainPlan?: null; nodeUnapprove?: null }|{ value?: "tokenList"; jobSubmit?: null; jobStop?: null; jobList?: null; jobStatus?: null; nodeList?: null; nodeStatus?: null; allocationList?: null; policyGet?: null; policySet?: null; jobPlan?: null; nodeSet?: null; nodeApprove?: null; nodeRemove?: null; secretKey?: null; secretSet?: null; secretList?: null; secretRemove?: null; viewGet?: null; tokenCreate?: null; tokenList: dqoes.v1.TokenListResponse.$Shape; tokenRevoke?: null; tokenStatus?: null; jobQuote?: null; capacity?: null; nodeDrainPlan?: null; nodeUnapprove?: null }|{ value?: "tokenRevoke"; jobSubmit?: null; jobStop?: null; jobList?: null; jobStatus?: null; nodeList?: null; nodeStatus?: null; allocationList?: null; policyGet?: null; policySet?: null; jobPlan?: null; nodeSet?: null; nodeApprove?: null; nodeRemove?: null; secretKey?: null; secretSet?: null; secretList?: null; secretRemove?: null; viewGet?: null; tokenCreate?: null; tokenList?: null; tokenRevoke: dqoes.v1.TokenRevokeResponse.$Shape; tokenStatus?: null; jobQuote?: null; capacity?: null; nodeDrainPlan?: null; nodeUnapprove?: null }|{ value?: "tokenStatus"; jobSubmit?: null; jobStop?: null; jobList?: null; jobStatus?: null; nodeList?: null; nodeStatus?: null; allocationList?: null; policyGet?: null; policySet?: null; jobPlan?: null; nodeSet?: null; nodeApprove?: null; nodeRemove?: null; secretKey?: null; secretSet?: null; secretList?: null; secretRemove?: null; viewGet?: null; tokenCreate?: null; tokenList?: null; tokenRevoke?: null; tokenStatus: dqoes.v1.TokenStatusResponse.$Shape; jobQuote?: null; capacity?: null; nodeDrainPlan?: null; nodeUnapprove?: null }|{ value?: "jobQuote"; jobSubmit?: null; jobStop?: null; jobList?: null; jobStatus?: null; nodeList?: null; nodeStatus?: null; allocationList?: null; policyGet?: null; policySet?: null; jobPlan?: null; nodeSet?: null; nodeApprove?: null; nodeRemove?: null; secretKey?: null; secretSet?: null; secretList?: null; secretRemove?: null; viewGet?: null; tokenCreate?: null; tokenList?: null; tokenRevoke?: null; tokenStatus?: null; jobQuote: dqoes.v1.JobQuote.$Shape; capacity?: null; nodeDrainPlan?: null; nodeUnapprove?: null }|{ value?: "capacity"; jobSubmit?: null; jobStop?: null; jobList?: null; jobStatus?: null; nodeList?: null; nodeStatus?: null; allocationList?: null; policyGet?: null; policySet?: null; jobPlan?: null; nodeSet?: null; nodeApprove?: null; nodeRemove?: null; secretKey?: null; secretSet?: null; secretList?: null; secretRemove?: null; viewGet?: null; tokenCreate?: null; tokenList?: null; tokenRevoke?: null; tokenStatus?: null; jobQuote?: null; capacity: dqoes.v1.Capacity.$Shape; nodeDrainPlan?: null; nodeUnapprove?: null }|{ value?: "nodeDrainPlan"; jobSubmit?: null; jobStop?: null; jobList?: null; jobStatus?: null; nodeList?: null; nodeStatus?: null; allocationList?: null; policyGet?: null; policySet?: null; jobPlan?: null; nodeSet?: null; nodeApprove?: null; nodeRemove?: null; secretKey?: null; secretSet?: null; secretList?: null; secretRemove?: null; viewGet?: null; tokenCreate?: null; tokenList?: null; tokenRevoke?: null; tokenStatus?: null; jobQuote?: null; capacity?: null; nodeDrainPlan: dqoes.v1.NodeDrainPlan.$Shape; nodeUnapprove?: null }|{ value?: "nodeUnapprove"; jobSubmit?: null; jobStop?: null; jobList?: null; jobStatus?: null; nodeList?: null; nodeStatus?: null; allocationList?: null; policyGet?: null; policySet?: null; jobPlan?: null; nodeSet?: null; nodeApprove?: null; nodeRemove?: null; secretKey?: null; secretSet?: null; secretList?: null; secretRemove?: null; viewGet?: null; tokenCreate?: null; tokenList?: null; tokenRevoke?: null; tokenStatus?: null; jobQuote?: null; capacity?: null; nodeDrainPlan?: null; nodeUnapprove: dqoes.v1.NodeUnapproveResponse.$Shape })
            );
        }
    }
}
