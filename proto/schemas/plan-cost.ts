import type { Static } from 'typebox';
import type { JobName } from '../../shared/ids.js';
import { nullable, number, objectOf, safeId } from '../codec/words.js';
import { MAX_CORES } from './job.js';
import { MAX_COST } from './quote.js';

/** What all containers of a job together reserve, and what that costs. */
export const reservation = objectOf({
  /** CPU that limits or guarantees reserve, cores; null = not known, or one of them has none. */
  cpuCores: nullable(number(0, MAX_CORES * 1000)),
  /** In the currency of the prices; null = the cluster has none, or the CPU is not known. */
  costPerHour: nullable(number(0, MAX_COST)),
});
export type Reservation = Static<typeof reservation>;

/** What a job reserves as it is stored, and what it would reserve as it is planned. */
export const jobCost = objectOf({
  job: safeId<JobName>(),
  /** null = there is no such job yet. */
  before: nullable(reservation),
  after: reservation,
});
export type JobCost = Static<typeof jobCost>;
