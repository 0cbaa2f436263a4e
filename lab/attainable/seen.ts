import type { JobInterval } from '../types.js';
import type { SeenJob } from './types.js';

/** A job of a record with what its counters do not tell. */
export const seenJob = (
  { node, requests = 0, ...interval }: JobInterval,
  made: Pick<SeenJob, 'model' | 'workFactor'>,
): SeenJob => ({ ...interval, requests, isRunning: node !== null, ...made });
