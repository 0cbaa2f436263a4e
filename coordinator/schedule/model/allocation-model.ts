/**
 * What is remembered of one allocation: plain numbers, so that a copy is one block of memory and
 * JSON keeps it. Counters are those of the container's cgroup and of its latency source; 0 stands
 * for "nothing known yet" wherever 0 is no possible value; yes and no are 1 and 0. Read and written
 * as `known[K.workSeconds]`.
 */
export const K = {
  /** The first report of this life: when, ms, and its CPU counter. */
  bornAtMs: 0,
  bornCpuSeconds: 1,
  /** When the report last read was received, ms. */
  seenAtMs: 2,
  cpuSeconds: 3,
  count: 4,
  totalMs: 5,
  /** The limit that report was made under, cores; 0 = none. */
  underCores: 6,
  /** Counters when the newest request ended; `doneCount` 0 = none ended yet. */
  doneCount: 7,
  doneCpuSeconds: 8,
  doneAtMs: 9,

  /** W: decayed sums of CPU-seconds and of the requests they were spent on. */
  workSeconds: 10,
  workCount: 11,
  /** σ: relative standard deviation of one request's work. */
  noiseRatio: 12,
  /** Requests between two reports that brought answers, smoothed; 0 = not known. */
  perReport: 42,
  /** W of the latest requests, core-seconds; 0 = not known. */
  lateWork: 43,
  /** Two-sided CUSUM of the work of a request, in standard deviations. */
  driftUp: 13,
  driftDown: 14,
  /** Sums since either side last stood at zero: what a change of work begins anew from. */
  upSeconds: 15,
  upCount: 16,
  downSeconds: 17,
  downCount: 18,

  /** a: decayed sum of residual latency (s) and its weight, requests. */
  overheadSeconds: 19,
  overheadWeight: 20,

  /** Cores used while the limit did not bind, from work ÷ latency then; 0 = never seen. */
  freeCores: 21,
  freeWeight: 22,

  /**
   * Requests under way on average (Little's law): decayed sums of latency spent and of time between
   * ends of requests, s.
   */
  waitingSeconds: 23,
  elapsedSeconds: 24,
  /** λ: decayed sums of requests and of time, s. */
  arrivedCount: 25,
  arrivedSeconds: 26,
  /** Two-sided CUSUM of arrivals, log-likelihood ratios. */
  arrivalsUp: 27,
  arrivalsDown: 28,
  moreCount: 29,
  moreSeconds: 30,
  fewerCount: 31,
  fewerSeconds: 32,
  /**
   * Distance of each report's requests under way from a whole number of clients, s: decayed sum.
   */
  strayingSeconds: 39,
  /** Clients of a closed loop; 0 = not known, taken as one. */
  clients: 40,
  isOpen: 33,
  /** Mean latency of the report before, s: tells whether a queue grows. */
  lastMeanSeconds: 34,

  /** k = statistic ÷ mean: decayed sum and weight, requests. */
  tailSum: 35,
  tailWeight: 36,
  /** The limit has changed much, and no report since was all of the time after it. */
  isUnsettled: 41,

  /** Chosen to be satisfied, and since when, ms. */
  isChosen: 37,
  chosenAtMs: 38,
} as const;
type Index = (typeof K)[keyof typeof K];
export type Known = { readonly [I in Index]: number };

/** A copy being written by `learn`; nobody else sees it before it is done. */
export type Draft = { [I in Index]: number };

export const draftOf = (known: Known): Draft =>
  (known as unknown as number[]).slice() as unknown as Draft;

/** Knowledge with some fields set, the others as at the start. */
export function knownWith(fields: Partial<Record<keyof typeof K, number>>): Known {
  // Not a whole number in any place: the array holds doubles from its first day.
  const numbers = Array.from(Object.keys(K), () => 0.5).map(() => 0);
  numbers[K.noiseRatio] = FIRST_NOISE;
  for (const [name, value] of Object.entries(fields)) numbers[K[name as keyof typeof K]] = value;
  return numbers as unknown as Known;
}

/** Relative standard deviation that a request's work is taken to have before any was seen. */
const FIRST_NOISE = 0.1;
export const NOTHING_KNOWN: Known = knownWith({});
