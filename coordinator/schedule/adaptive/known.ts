/**
 * What is remembered of one allocation; JSON-serialisable, replaced as a whole. Counters are those of the container's cgroup and of its latency source; 0 stands for "nothing
 * known yet" wherever 0 is no possible value.
 */
export interface Known {
  /** Counters are comparable only within one life of a container. */
  readonly lifeId: string;
  /** The first report of this life: when, ms, and its CPU counter. */
  readonly bornAtMs: number;
  readonly bornCpuSeconds: number;
  /** When the report last read was received, ms. */
  readonly seenAtMs: number;
  readonly cpuSeconds: number;
  readonly count: number;
  readonly totalMs: number;
  /** The limit that report was made under, cores; 0 = none. */
  readonly underCores: number;
  /** Counters when the newest request ended; `doneCount` 0 = none ended yet. */
  readonly doneCount: number;
  readonly doneCpuSeconds: number;
  readonly doneAtMs: number;

  /** W: decayed sums of CPU-seconds and of the requests they were spent on. */
  readonly workSeconds: number;
  readonly workCount: number;
  /** σ: relative standard deviation of one request's work. */
  readonly noiseRatio: number;
  /** Two-sided CUSUM of the work of a request, in standard deviations. */
  readonly driftUp: number;
  readonly driftDown: number;
  /** Sums since either side last stood at zero: what a change of work begins anew from. */
  readonly upSeconds: number;
  readonly upCount: number;
  readonly downSeconds: number;
  readonly downCount: number;

  /** a: decayed sum of residual latency (s) and its weight, requests. */
  readonly overheadSeconds: number;
  readonly overheadWeight: number;

  /** Cores used while the limit did not bind, from work ÷ latency then; 0 = never seen. */
  readonly freeCores: number;
  readonly freeWeight: number;

  /** Requests under way on average (Little's law): decayed sums of latency spent and of time between ends of requests, s. */
  readonly waitingSeconds: number;
  readonly elapsedSeconds: number;
  /** λ: decayed sums of requests and of time, s. */
  readonly arrivedCount: number;
  readonly arrivedSeconds: number;
  /** Two-sided CUSUM of arrivals, log-likelihood ratios. */
  readonly arrivalsUp: number;
  readonly arrivalsDown: number;
  readonly moreCount: number;
  readonly moreSeconds: number;
  readonly fewerCount: number;
  readonly fewerSeconds: number;
  readonly isOpen: boolean;
  /** Mean latency of the report before, s: tells whether a queue grows. */
  readonly lastMeanSeconds: number;

  /** k = statistic ÷ mean: decayed sum and weight, requests. */
  readonly tailSum: number;
  readonly tailWeight: number;

  /** Chosen to be satisfied, and since when, ms. */
  readonly isChosen: boolean;
  readonly chosenAtMs: number;
}

export const NOTHING_KNOWN: Known = {
  lifeId: '',
  bornAtMs: 0,
  bornCpuSeconds: 0,
  seenAtMs: 0,
  cpuSeconds: 0,
  count: 0,
  totalMs: 0,
  underCores: 0,
  doneCount: 0,
  doneCpuSeconds: 0,
  doneAtMs: 0,
  workSeconds: 0,
  workCount: 0,
  noiseRatio: 0.1,
  driftUp: 0,
  driftDown: 0,
  upSeconds: 0,
  upCount: 0,
  downSeconds: 0,
  downCount: 0,
  overheadSeconds: 0,
  overheadWeight: 0,
  freeCores: 0,
  freeWeight: 0,
  waitingSeconds: 0,
  elapsedSeconds: 0,
  arrivedCount: 0,
  arrivedSeconds: 0,
  arrivalsUp: 0,
  arrivalsDown: 0,
  moreCount: 0,
  moreSeconds: 0,
  fewerCount: 0,
  fewerSeconds: 0,
  isOpen: false,
  lastMeanSeconds: 0,
  tailSum: 0,
  tailWeight: 0,
  isChosen: false,
  chosenAtMs: 0,
};

/** A copy being written by `learn`; nobody else sees it before it is done. */
export type Draft = { -readonly [Key in keyof Known]: Known[Key] };
