/** Size caps, checked before decoding (wire.md). */
export const REPORT_MAX_BYTES = 64 * 1024;
export const ACK_MAX_BYTES = 64 * 1024;
/** 16 KiB per 50 allocations, and at least that. */
export const commandMaxBytes = (allocations: number): number => 16 * 1024 * Math.max(1, Math.ceil(allocations / 50));
/** Absolute cap of a command on receipt: 400 allocations. */
export const COMMAND_MAX_BYTES = commandMaxBytes(400);
export const SERVICE_MAX_BYTES = 256 * 1024;
/** Nesting deeper than this is refused before decoding. */
export const MAX_DEPTH = 16;
/** Containers one node may report. */
export const MAX_CONTAINERS = 400;
