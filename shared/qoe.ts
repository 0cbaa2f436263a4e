/** Which statistic of the response time the client means. */
export type Statistic = 'mean' | 'p50' | 'p90' | 'p95' | 'p99';
export const STATISTICS: readonly Statistic[] = ['mean', 'p50', 'p90', 'p95', 'p99'];
/** What others call them; near words would mislead: a median is no mean. */
export const STATISTIC_SYNONYMS: Readonly<Record<string, Statistic>> = {
  average: 'mean',
  avg: 'mean',
  median: 'p50',
};
/** `band`: hold it there (the paper's meaning); `ceiling`: at most this. */
export type TargetMode = 'band' | 'ceiling';
export const TARGET_MODES: readonly TargetMode[] = ['band', 'ceiling'];

/**
 * What a target means that names no mode: a percentile is asked for by those who want to be fast at
 * least so often; a mean is the paper's target, to be held from both sides (docs/decisions, 52).
 */
export const defaultMode = (statistic: Statistic): TargetMode =>
  statistic === 'mean' ? 'band' : 'ceiling';

/** QoE target: the response time a client wants. */
export interface Target {
  readonly latencyMs: number;
  readonly statistic: Statistic;
  /** Half width of the band as a ratio, e.g. 0.1. */
  readonly toleranceRatio: number;
  readonly mode: TargetMode;
}

/**
 * Against the band of the target: `faster` than it, `within` it, `slower` than it. Tables, JSON and
 * events say the same.
 */
export type QoeClass = 'faster' | 'within' | 'slower';
export const QOE_CLASSES: readonly QoeClass[] = ['faster', 'within', 'slower'];

/** Class of a measured statistic: faster if p < o(1−α), slower if p > o(1+α), else within. */
export function classify(target: Target, latencyMs: number): QoeClass {
  if (latencyMs < target.latencyMs * (1 - target.toleranceRatio)) return 'faster';
  if (latencyMs > target.latencyMs * (1 + target.toleranceRatio)) return 'slower';
  return 'within';
}

/** What the job's own mode asks: `band` within, `ceiling` not slower. */
export const isSatisfied = (target: Target, qoeClass: QoeClass): boolean =>
  qoeClass === 'within' || (target.mode === 'ceiling' && qoeClass === 'faster');
