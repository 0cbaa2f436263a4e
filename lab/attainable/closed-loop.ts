import type { ResponseModel, SeenJob } from './types.js';

/** The judge looks at no fewer requests than this. */
export const MIN_JUDGED = 5;

/**
 * A client that asks again after each answer. Its CPU per request is its use times its response
 * time, whatever the limit was and however long it waited, so the scale is that product, core-ms.
 * `maxCores`: cores that one request can use.
 */
export const closedLoop = (maxCores: number): ResponseModel => ({
  scaleOf: cpuPerRequest,
  judgedOf: cpuPerRequest,
  coresFor: (latencyMs, scale) =>
    scale / latencyMs <= maxCores + 1e-9 ? scale / latencyMs : Number.POSITIVE_INFINITY,
  latencyMs: (cores, scale) => scale / Math.min(maxCores, cores),
  requestsIn: (intervalMs, latencyMs) => Math.max(MIN_JUDGED, intervalMs / latencyMs),
});

const cpuPerRequest = ({ latencyMs, usageCores }: SeenJob): number | null =>
  latencyMs === null || usageCores <= 0 ? null : latencyMs * usageCores;
