import { Field, type ModelDraft } from '../../../model/allocation-model.js';
import { clientsOf } from '../../../model/fitted-law.js';
import type { Evidence } from './evidence.js';

/** Requests with which what is seen now counts as much as what was seen before. */
const TRUSTED_REQUESTS = 20;

/**
 * Learns how many cores requests use at most. Writes `model`. A quota that binds is used whole, by
 * as many threads as it takes; else a request uses its CPU-seconds in the time that it takes, which
 * is less than it computes on where it waits for something. Grows with several reports only: the
 * counters of one may be off by part of a request. `spanSeconds`: work of one of just these
 * requests; 0 = not known.
 */
export function learnSeenCores(
  model: ModelDraft,
  { regime, limitCores, count, waitedSeconds, isClean }: Evidence,
  spanSeconds: number,
): void {
  if (!isClean || spanSeconds <= 0 || !(waitedSeconds > 0)) return;
  const served = (spanSeconds * clientsOf(model) * count) / waitedSeconds;
  const cores = regime === 'bound' ? limitCores : Math.min(limitCores, served);
  if (!(cores > model[Field.seenCores])) return;
  const gain = count / (count + TRUSTED_REQUESTS);
  model[Field.seenCores] += gain * (cores - model[Field.seenCores]);
}
