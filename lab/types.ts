import type { GpuRequest } from '../shared/gpu.js';
import type { Statistic, Target, TargetMode } from '../shared/qoe.js';
import type { Disturbance } from './disturbance.js';

/**
 * A scenario as read from its file: checked, with defaults, all times in ms from the start. See
 * docs/lab.md.
 */
export interface Scenario {
  readonly name: string;
  readonly seed: number;
  /** Interval of scoring and I₀ of the policies, ms. Agents report five times in it. */
  readonly intervalMs: number;
  readonly durationMs: number;
  readonly nodes: readonly ScenarioNode[];
  readonly jobs: readonly ScenarioJob[];
  readonly disturbances: readonly Disturbance[];
}

/** A host of the scenario. */
export interface ScenarioNode {
  readonly id: string;
  readonly cpuCores: number;
  /** Absent = none. */
  readonly gpus?: readonly ScenarioGpu[];
}

/** A GPU of a host, and what can be set on it. */
export interface ScenarioGpu {
  readonly id: string;
  readonly memoryBytes: number;
  /** Clocks that can be set, MHz: from `minMhz` to `maxMhz` in steps. */
  readonly minMhz: number;
  readonly maxMhz: number;
  readonly stepMhz: number;
  /** Power when idle, and when busy at the highest clock, W. */
  readonly idleWatts: number;
  readonly maxWatts: number;
  /**
   * Lowest power limit that can be set, W; then its clock cannot be set. Absent = its clock can be
   * set, and no power limit.
   */
  readonly minWatts?: number;
}

/** A job of the scenario: when it runs, what it asks for, what it is made of. */
export interface ScenarioJob {
  readonly id: string;
  readonly atMs: number;
  /** null = until the end. */
  readonly untilMs: number | null;
  readonly targetMs: number;
  /**
   * For real containers: share of the allocatable CPU of all nodes that the job should need at its
   * target. The bench measures the work of a request and computes the target. null = `targetMs`
   * holds there too.
   */
  readonly demandRatio: number | null;
  readonly statistic: Statistic;
  readonly toleranceRatio: number;
  readonly mode: TargetMode;
  readonly weight: number;
  /** For the simulation: the model of the job. null = only real containers can run it. */
  readonly model: JobModel | null;
  /** For real containers: the workload. null = only the simulation can run it. */
  readonly workload: SampleWorkload | null;
  /** Absent = no GPU. */
  readonly gpu?: GpuRequest;
}

/** What a simulated job is made of. */
export interface JobModel {
  /** CPU work of one request, core-seconds. */
  readonly workSeconds: number;
  /** Time of one request that CPU does not shorten, s. */
  readonly overheadSeconds: number;
  /** Cores one request can use at once. */
  readonly parallelism: number;
  /** Relative standard deviation of one request's work. */
  readonly noiseRatio: number;
  readonly arrivals: ArrivalProcess;
  /** Work of one request on a whole GPU at its highest clock, s; absent = none. */
  readonly gpuSeconds?: number;
  /**
   * Time that each request waits for something else before its work, beside the others, s; absent =
   * none. Unlike `overheadSeconds` it does not occupy the server. Open arrivals only.
   */
  readonly waitSeconds?: number;
  /** Requests that wait or are worked on at a time, at most; absent = as many as come. */
  readonly concurrency?: number;
}

/**
 * `closed`: a client waits for each answer and asks again at once; `open`: Poisson arrivals,
 * requests per second, served in order.
 */
export type ArrivalProcess =
  | { readonly kind: 'closed' }
  | { readonly kind: 'open'; readonly ratePerSecond: number };

/** Threads that share the work of an inference and are awake while they wait for more. */
export interface SpinningWork {
  /** CPU of an inference, about, ms. */
  readonly workMs: number;
  /** Steps in which the threads share it, after each of which they wait; 0 = one does it alone. */
  readonly steps: number;
  /** How long a thread waits awake before it sleeps, ms. */
  readonly blocktimeMs: number;
}

/** What a real container runs: a model of the sample image and its load. */
export interface SampleWorkload {
  /** Model of the sample image. */
  readonly kind: string;
  /** Inferences per request. */
  readonly batch: number;
  /** `auto`: as many as the runtime of the model starts by itself. */
  readonly threads: number | 'auto';
  /** Threads of a network stay awake while they wait; absent = they sleep. */
  readonly spin?: true;
  /** What the kind `spin` is made of; absent with other kinds. */
  readonly spinning?: SpinningWork;
  readonly arrivals: ArrivalProcess;
  /** As `waitSeconds` of a `JobModel`, ms. */
  readonly waitMs?: number;
  /** As that of a `JobModel`. */
  readonly concurrency?: number;
}

/** What one policy did with one scenario, simulated or real: the input of scores and reports. */
export interface RunRecord {
  readonly scenario: string;
  readonly policy: string;
  readonly seed: number;
  readonly intervalMs: number;
  /** Interval k covers (k·intervalMs, (k+1)·intervalMs]. */
  readonly intervals: readonly IntervalRecord[];
  readonly decisions: readonly DecisionRecord[];
}

/** What happened in one interval of a run. */
export interface IntervalRecord {
  /** Jobs that wanted to run at the end of the interval, placed or not, in id order. */
  readonly jobs: readonly JobInterval[];
  /**
   * What changed in this interval, in words (arrival, departure, target, begin or end of a
   * disturbance); never empty texts.
   */
  readonly changes: readonly string[];
  /** Limits set in this interval, without the first one of each allocation. */
  readonly limitUpdates: number;
  /**
   * Jobs that moved to another node in this interval: the new container answered and the old one
   * ended.
   */
  readonly moves: number;
  /** Absent = there is no GPU. */
  readonly gpus?: readonly GpuInterval[];
  /**
   * CPU that all hosts together had for containers, what is stolen and what other programs used
   * taken off, mean over the interval, cores. Simulated runs only, as the next one.
   */
  readonly leftCores?: number;
  /** CPU that other programs used on all hosts, mean over the interval, cores. */
  readonly foreignCores?: number;
}

/** One GPU over one interval. */
export interface GpuInterval {
  readonly id: string;
  /** Highest allowed clock at its end, MHz. */
  readonly clockMhz: number;
  readonly joules: number;
  /** Number of changes of its clock. */
  readonly changes: number;
}

/** One job at the end of one interval. */
export interface JobInterval {
  readonly id: string;
  readonly node: string | null;
  readonly target: Target;
  readonly weight: number;
  /**
   * The judged value. Simulation: long-run statistic under the limits in force, where it is not
   * asked to judge by samples; real containers: over the requests of the interval, or the last
   * five. null = not running, or no request.
   */
  readonly latencyMs: number | null;
  /** null = no limit. */
  readonly limitCores: number | null;
  readonly periodUs: number;
  readonly usageCores: number;
  /** Requests answered in the interval; absent = not counted. */
  readonly requests?: number;
}

/** One limit that the policy changed, cores; null = no limit. */
export interface DecisionRecord {
  readonly atMs: number;
  readonly job: string;
  readonly fromCores: number | null;
  readonly toCores: number | null;
  readonly reason: string;
}

/**
 * What `--json` prints, one object per scenario and policy (and repetition, for real containers).
 * Field names are permanent.
 */
export interface RunScore {
  readonly scenario: string;
  readonly policy: string;
  readonly seed: number;
  /** Jobs of the scenario. */
  readonly n: number;
  readonly intervals: number;
  /** Length of an interval, ms. */
  readonly intervalMs: number;
  /** Jobs within their band, per interval. */
  readonly atTarget: readonly number[];
  /** Jobs not slower than o(1+α), per interval. */
  readonly notSlower: readonly number[];
  /** Jobs satisfied in their own mode (band: within; ceiling: not slower), per interval. */
  readonly satisfied: readonly number[];
  /** What was attainable, jobs per interval; absent = not computed. */
  readonly attainable?: AttainableSeries;
  /** Mean over the last third of the largest number of jobs that can be satisfied at once. */
  readonly oracle: number;
  readonly oraclePerInterval: readonly number[];
  readonly summary: ScoreSummary;
}

/**
 * The number of jobs that one would expect to be judged satisfied under the best limits, per
 * interval.
 */
export interface AttainableSeries {
  /** Limits chosen from what the interval before showed. */
  readonly before: readonly number[];
  /** Limits chosen from what the interval itself shows. */
  readonly atOnce: readonly number[];
}

/** What a run comes to. Field names are permanent. */
export interface ScoreSummary {
  readonly atTargetLastThird: number;
  readonly notSlowerLastThird: number;
  readonly satisfiedLastThird: number;
  /** satisfiedLastThird ÷ the oracle's mean over the last third; 1 when the oracle is 0. */
  readonly ratioToOracle: number;
  /**
   * Longest time from the start of the interval of a change to the first interval end with
   * satisfied ≥ 0.9 · oracle, s. A change that another follows before its answer is judged from the
   * later one. null = the last change was not answered before the end; 0 = nothing changed.
   */
  readonly secondsTo90: number | null;
  /** Jobs that moved to another node, over the whole run. */
  readonly moves: number;
  readonly updatesPerContainerMinute: number;
  /** Updates over the last third only: the rate at rest when nothing changes there. */
  readonly updatesPerContainerMinuteLastThird: number;
  /** Σ over intervals of max(0, oracle − satisfied). */
  readonly regret: number;
  /** Times a job left its band from one interval to the next without a change in the scenario. */
  readonly bandExits: number;
  /** Mean sum of the limits over the run, cores; a job without a limit counts with its use. */
  readonly reservedCores: number;
  /**
   * Means over the last third of what was attainable, jobs, and satisfiedLastThird ÷ these (1 where
   * nothing was attainable); absent = not computed.
   */
  readonly attainableBefore?: number;
  readonly attainableAtOnce?: number;
  readonly ratioToAttainableBefore?: number;
  readonly ratioToAttainableAtOnce?: number;
  /**
   * CPU of a request ÷ that under `default` in the same scenario and repetition; absent = not
   * known.
   */
  readonly cpuPerRequestRatio?: number;
  /** Energy of all GPUs over the run, J; absent = there is no GPU. */
  readonly gpuJoules?: number;
  /** Changes of clocks per GPU and minute, over the last third; absent = there is no GPU. */
  readonly gpuChangesPerMinuteLastThird?: number;
}
