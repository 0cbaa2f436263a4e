import type { LatencyProfile } from '../../lab/bench/curve.js';
import type { BenchBlock } from '../../lab/bench/order.js';
import type { BenchScore } from '../../lab/bench/summary.js';
import type { RunRecord, Scenario } from '../../lab/types.js';
import type { BlockMeasures } from './bench-report.js';

/** What is run, and in which order. */
export interface BenchPlan {
  readonly scenarios: readonly Scenario[];
  readonly blocks: readonly BenchBlock[];
  /** Minimum time to measure the work of a request, ms. */
  readonly calibrateMs: number;
  /** What a bench before this one has measured. */
  readonly known: KnownMeasures;
}

/** Measurements that need not be made again. */
export interface KnownMeasures {
  readonly profiles: ReadonlyMap<string, LatencyProfile>;
  /** Allocatable CPU of this machine, cores; null = not known. */
  readonly allocatableCores: number | null;
  /** Blocks of which some runs are there: their other runs get the same targets. */
  readonly blocks: readonly BlockMeasures[];
}

/** Hears what the bench does, as it happens. */
export interface BenchListener {
  step(sentence: string): void;
  problem(sentence: string): void;
  profiled(profiles: ReadonlyMap<string, LatencyProfile>, allocatableCores: number): void;
  measured(block: BlockMeasures): void;
  runBegins(block: BenchBlock, policy: string): void;
  runEnded(score: BenchScore, record: RunRecord): void;
}
