import { check } from '../../proto/codec/check.js';
import { number, object, optional } from '../../proto/codec/words.js';
import { MAX_CORES } from '../../proto/schemas/job.js';
import type { StoredValue } from '../../proto/store.js';
import { isSafeId } from '../../shared/ids.js';
import { STATISTICS, type Statistic } from '../../shared/qoe.js';
import type { WorkloadKey } from '../../shared/workload.js';
import type { WorkloadProfile } from '../schedule/forecast.js';
import { NO_PROFILES, type WorkloadProfiles } from '../schedule/workloads/profiles.js';

const DAY_SECONDS = 86_400;
const ratio = number(0, 1000);
const tails = Object.fromEntries(STATISTICS.map((name) => [name, optional(ratio)])) as Record<
  Statistic,
  ReturnType<typeof optional<number>>
>;
const profile = object<WorkloadProfile>({
  workSeconds: number(Number.MIN_VALUE, DAY_SECONDS),
  noiseRatio: ratio,
  requests: number(0, Number.MAX_SAFE_INTEGER),
  overheadSeconds: number(-DAY_SECONDS, DAY_SECONDS),
  besideSeconds: optional(number(0, DAY_SECONDS)),
  freeCores: number(0, MAX_CORES),
  seenCores: optional(number(0, MAX_CORES)),
  clients: number(1, 1000),
  ratePerSecond: number(0, 1e6),
  tailRatios: object<WorkloadProfile['tailRatios']>(tails),
});

/** What the `profiles` bucket holds under a workload's key, as JSON. */
export const encodeProfile = (its: WorkloadProfile): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(its));

/**
 * What was known of workloads before a restart; those that were stored last come last. Profiles
 * are first guesses only, so one that cannot be read is left out and learnt again.
 */
export function decodeKnowledge(stored: readonly StoredValue[]): WorkloadProfiles {
  const profiles = new Map<WorkloadKey, WorkloadProfile>();
  for (const { key, value } of stored) {
    if (!isSafeId(key)) continue;
    const read = check(profile, parse(value));
    if (read.ok) profiles.set(key, read.value);
  }
  return { ...NO_PROFILES, profiles };
}

function parse(value: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(value));
  } catch {
    return undefined;
  }
}
