// Size caps, checked before decoding (docs/wire.md).

/** Enough for `MAX_CONTAINERS`: 400 containers with everything known are 183 kB (measured). */
export const REPORT_MAX_BYTES = 256 * 1024;
export const ACK_MAX_BYTES = 64 * 1024;
/** 16 KiB per 50 allocations, and at least that. */
export const commandMaxBytes = (allocations: number): number =>
  16 * 1024 * Math.max(1, Math.ceil(allocations / 50));
/** Absolute cap of a command on receipt: 400 allocations. */
export const COMMAND_MAX_BYTES = commandMaxBytes(400);
/** Just under the 1 MiB that NATS carries by default; about 1600 allocations in one answer. */
export const SERVICE_MAX_BYTES = 1000 * 1024;
/** Nesting deeper than this is refused before decoding. */
export const MAX_DEPTH = 16;
/** Containers one node may report. */
export const MAX_CONTAINERS = 400;
/** As the event stream accepts it. */
export const EVENT_MAX_BYTES = 64 * 1024;
/** A whole node of 400 containers, as a report of it and what is decided. */
export const VIEW_MAX_BYTES = 1000 * 1024;
/** As the stream of minutes accepts it. */
export const MINUTE_MAX_BYTES = 256 * 1024;
