/** What a host was at its worst lately: dearer requests, less CPU. */
export interface WorstLately {
  /** What requests cost when they were dearest ÷ now, logarithm, at least 0. */
  readonly dearer: number;
  /** The least CPU that it delivered, cores; 0 = not known. */
  readonly capacityCores: number;
}

/** Nothing seen yet. */
export const NO_WORST: WorstLately = { dearer: 0, capacityCores: 0 };

/** The worst fades to what is now over about this number of reports. */
const MEMORY_REPORTS = 30;
/** Less of it is nothing. */
const LEAST_DEARER = 1e-4;

/**
 * Speeds and capacities move by a few per cent and come back. What lies further back is another
 * host: one whose neighbour has ended, or that has another clock now.
 */
const MAX_RATIO = 1.05;

const MAX_DEARER = Math.log(MAX_RATIO);

/** What the newest reports say. */
export interface HostNow {
  /** What requests of all jobs cost more than before, logarithm (common-work.ts). */
  readonly workChange: number;
  readonly capacityCores: number;
  /** They are newer than those before. */
  readonly isNews: boolean;
}

/** Folds the newest reports: what is worse counts at once, what is better as the worst fades. */
export function foldWorstLately(
  before: WorstLately,
  { workChange, capacityCores, isNews }: HostNow,
): WorstLately {
  const kept = isNews ? 1 - 1 / MEMORY_REPORTS : 1;
  const left = Math.min(MAX_DEARER, Math.max(0, before.dearer * kept - workChange));
  const dearer = left < LEAST_DEARER ? 0 : left;
  const known = before.capacityCores || capacityCores;
  const least = Math.max(
    capacityCores / MAX_RATIO,
    Math.min(capacityCores, capacityCores + (known - capacityCores) * kept),
  );
  return dearer === before.dearer && least === before.capacityCores
    ? before
    : { dearer, capacityCores: least };
}

/** By what all jobs took more of the host when it was at its worst, 1 to 1.05. */
export const worstRatio = (
  { dearer, capacityCores: least }: WorstLately,
  capacityCores: number,
): number =>
  Math.min(MAX_RATIO, Math.exp(dearer) * (least > 0 ? Math.max(1, capacityCores / least) : 1));
