import type { GpuRequest } from '../shared/gpu.js';
import type { Statistic, Target, TargetMode } from '../shared/qoe.js';

/**
 * A scenario as read from its file: checked, defaulted, all times ms from the start. See
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

export interface ScenarioNode {
  readonly id: string;
  readonly cpuCores: number;
  /** Absent = none. */
  readonly gpus?: readonly ScenarioGpu[];
}

export interface ScenarioGpu {
  readonly id: string;
  readonly memoryBytes: number;
  /** Clocks that may be set, MHz: from `minMhz` to `maxMhz` in steps. */
  readonly minMhz: number;
  readonly maxMhz: number;
  readonly stepMhz: number;
  /** Power at rest, and busy at its highest clock, W. */
  readonly idleWatts: number;
  readonly maxWatts: number;
  /**
   * Least power limit that can be set, W: its clock cannot be. Absent = its clock can be set, and
   * no power limit.
   */
  readonly minWatts?: number;
}

export interface ScenarioJob {
  readonly id: string;
  readonly atMs: number;
  /** null = until the end. */
  readonly untilMs: number | null;
  readonly targetMs: number;
  /**
   * Real containers: share of the allocatable CPU, of all nodes together, that the job shall need
   * at its target; the bench measures the work of a request and sets the target from it. null =
   * `targetMs` holds there too.
   */
  readonly demandRatio: number | null;
  readonly statistic: Statistic;
  readonly toleranceRatio: number;
  readonly mode: TargetMode;
  readonly weight: number;
  /** Simulation: what the job is made of. null = only real containers can run it. */
  readonly model: JobModel | null;
  /** Real containers: what is run. null = only the simulation can run it. */
  readonly workload: SampleWorkload | null;
  /** Absent = no GPU. */
  readonly gpu?: GpuRequest;
}

export interface JobModel {
  /** CPU work of one request, core-seconds. */
  readonly workSeconds: number;
  /** Time of one request that no CPU shortens, s. */
  readonly overheadSeconds: number;
  /** Cores one request can use at once. */
  readonly parallelism: number;
  /** Relative standard deviation of one request's work. */
  readonly noiseRatio: number;
  readonly arrivals: ArrivalProcess;
  /** Work of one request on a whole GPU at its highest clock, s; absent = none. */
  readonly gpuSeconds?: number;
}

/**
 * `closed`: a client waits for each answer and asks again; `open`: Poisson arrivals, requests per
 * second, served in order.
 */
export type ArrivalProcess =
  | { readonly kind: 'closed' }
  | { readonly kind: 'open'; readonly ratePerSecond: number };

export interface SampleWorkload {
  /** Model of the sample image. */
  readonly kind: string;
  /** Inferences per request. */
  readonly batch: number;
  readonly threads: number;
  readonly arrivals: ArrivalProcess;
}

/** Something that happens to the world at `atMs`; `forMs` null = for ever. */
export type Disturbance =
  | {
      readonly kind: 'stolenCpu';
      readonly atMs: number;
      readonly forMs: number | null;
      readonly node: string;
      readonly cores: number;
    }
  | {
      readonly kind: 'workFactor';
      readonly atMs: number;
      readonly forMs: number | null;
      readonly job: string;
      readonly factor: number;
    }
  | {
      readonly kind: 'rateFactor';
      readonly atMs: number;
      readonly forMs: number | null;
      readonly job: string;
      readonly factor: number;
    }
  | {
      readonly kind: 'target';
      readonly atMs: number;
      readonly job: string;
      readonly targetMs: number;
    }
  /** Reports of the node (all its jobs) or of one job are lost. */
  | {
      readonly kind: 'silence';
      readonly atMs: number;
      readonly forMs: number | null;
      readonly node: string | null;
      readonly job: string | null;
    };

/**
 * What one policy did with one scenario, simulated or real: the input of scoring and of every
 * report.
 */
export interface RunRecord {
  readonly scenario: string;
  readonly policy: string;
  readonly seed: number;
  readonly intervalMs: number;
  /** Interval k covers (k·intervalMs, (k+1)·intervalMs]. */
  readonly intervals: readonly IntervalRecord[];
  readonly decisions: readonly DecisionRecord[];
}

export interface IntervalRecord {
  /** Jobs that asked to run at the end of the interval, whether placed or not, in id order. */
  readonly jobs: readonly JobInterval[];
  /**
   * What changed in this interval (arrival, departure, target, disturbance begins or ends), in
   * words; '' never.
   */
  readonly changes: readonly string[];
  /** Limits set in this interval, first ones of an allocation not counted. */
  readonly limitUpdates: number;
  /**
   * Jobs that went to another node in this interval: the new place answered, and the old one ended.
   */
  readonly moves: number;
  /** Absent = there is no GPU. */
  readonly gpus?: readonly GpuInterval[];
}

/** One GPU over one interval. */
export interface GpuInterval {
  readonly id: string;
  /** Highest clock allowed at its end, MHz. */
  readonly clockMhz: number;
  readonly joules: number;
  /** Times its clock was changed. */
  readonly changes: number;
}

export interface JobInterval {
  readonly id: string;
  readonly node: string | null;
  readonly target: Target;
  readonly weight: number;
  /**
   * What is judged: simulation: long-run statistic under the limits in force; real: over the
   * interval's requests, or the last five. null = not running or nothing seen.
   */
  readonly latencyMs: number | null;
  /** null = no limit of ours. */
  readonly limitCores: number | null;
  readonly periodUs: number;
  readonly usageCores: number;
}

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
  /** Per interval: jobs within their band. */
  readonly atTarget: readonly number[];
  /** Per interval: jobs not slower than o(1+α). */
  readonly notSlower: readonly number[];
  /** Per interval: jobs satisfied in their own mode (band: within; ceiling: not slower). */
  readonly satisfied: readonly number[];
  /** Mean over the last third of the most jobs that could be satisfied at once. */
  readonly oracle: number;
  readonly oraclePerInterval: readonly number[];
  readonly summary: ScoreSummary;
}

export interface ScoreSummary {
  readonly atTargetLastThird: number;
  readonly notSlowerLastThird: number;
  readonly satisfiedLastThird: number;
  /** satisfiedLastThird ÷ the oracle's mean over the last third; 1 when the oracle is 0. */
  readonly ratioToOracle: number;
  /**
   * Longest time from the start of a change's interval to the first interval end with satisfied ≥
   * 0.9 · oracle, s. A change that another follows before it was answered is judged from the later
   * one. null = the last change was not answered before the end; 0 = nothing changed.
   */
  readonly secondsTo90: number | null;
  /** Jobs that went to another node, over the whole run. */
  readonly moves: number;
  readonly updatesPerContainerMinute: number;
  /** Updates over the last third only: at rest when nothing changes there. */
  readonly updatesPerContainerMinuteLastThird: number;
  /** Σ over intervals of max(0, oracle − satisfied). */
  readonly regret: number;
  /** Times a job left its band from one interval to the next without a change in the scenario. */
  readonly bandExits: number;
  /** Mean of Σ limits over the run, cores; unlimited counts as its use. */
  readonly reservedCores: number;
  /** Energy of all GPUs over the run, J; absent = there is no GPU. */
  readonly gpuJoules?: number;
  /** Changes of clocks per GPU and minute over the last third; absent = there is no GPU. */
  readonly gpuChangesPerMinuteLastThird?: number;
}
