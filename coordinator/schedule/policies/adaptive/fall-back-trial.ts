import { isMeasured } from './learn/evidence.js';
import { regimeOf } from './learn/regime.js';
import type { Member } from './member.js';

/** One whose quota is suspended because it was late, as it was before. */
export interface Suspended {
  readonly id: string;
  readonly latencyMs: number;
  /** Its quota, cores. */
  readonly cores: number;
}

/** What is remembered of one whose quota goes. */
export const suspended = ({ allocation: { id, limit, latencyMs } }: Member): Suspended => ({
  id,
  latencyMs: latencyMs ?? Number.MAX_VALUE,
  cores: limit?.cpuCores ?? 0,
});

/** From this share of its response time before on one is no faster. */
const NO_FASTER_RATIO = 0.9;
/** From this multiple of its quota on it has had more CPU. */
const MORE_CPU_RATIO = 1.2;

/**
 * Whether one that had more CPU than its quota gave, or wanted none, is no faster for it: what
 * keeps it late is no limit.
 */
export function wasNoFaster({ allocation }: Member, before: Suspended | undefined): boolean {
  const { report, latencyMs } = allocation;
  if (before === undefined || latencyMs === null || !isMeasured(report)) return false;
  const hadWhatItWanted =
    report.cpu.usageCores > MORE_CPU_RATIO * before.cores ||
    regimeOf(report.cpu, Number.POSITIVE_INFINITY) === 'free';
  return hadWhatItWanted && latencyMs > NO_FASTER_RATIO * before.latencyMs;
}
