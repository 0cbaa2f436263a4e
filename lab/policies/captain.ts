import { sum } from '../../coordinator/schedule/limits/fit.js';
import { formatCores } from '../../coordinator/schedule/limits/format.js';
import { classify } from '../../shared/qoe.js';
import {
  type ControlledContainer,
  type ControlRule,
  measuredOf,
  policyFromRule,
  type RuleDecision,
} from './rule-policy.js';

/** A throttle ratio above this multiple of the target calls for more CPU. */
const ALARM_FACTOR = 3;
/**
 * A limit is lowered only when the use calls for at most the first share of it, and at most to the
 * second share in one step.
 */
const LOWER_BELOW_RATIO = 0.9;
const LOWER_AT_MOST_RATIO = 0.5;
/** Number of CPU reports that are kept. */
const HISTORY = 50;
/**
 * The throttle targets that Tower chooses from, strictest first, and the index at which a service
 * starts.
 */
const TARGETS: readonly number[] = [0, 0.02, 0.04, 0.06, 0.1, 0.15, 0.2, 0.25, 0.3];
const FIRST_TARGET = 4;

/** State of one container; JSON-serialisable. */
export interface CaptainState {
  /** Index in the list of throttle targets. */
  readonly level: number;
  /** Throttle ratios of the reports since the last act. */
  readonly throttled: readonly number[];
  /** Cores used per report, newest last. */
  readonly usage: readonly number[];
  /** The last report used: its time, and its CPU counter. */
  readonly seen: readonly [atMs: number, usageTotalSeconds: number];
  /** Standard deviations of use that are kept above its maximum. */
  readonly margin: number;
  /** Limit before the last act if that lowered it, cores; null = it did not. */
  readonly loweredFromCores: number | null;
}

/**
 * Captain of Autothrottle (Wang, Li, Liang, Wu, Yan, *Autothrottle: A Practical Bi-Level Approach
 * to Resource Management for SLO-Targeted Microservices*, NSDI 2024, arXiv 2212.12180; constants as
 * in its published worker): hold the throttle ratio θ at a target τ. θ > 3τ: c ← c·(1 + θ − 3τ), or
 * the old limit and more margin where the last act had lowered it; else, where max use + margin·σ
 * of the last 50 reports is at most 0.9·c: c ← that, at least c/2. margin ← max(0, margin + θ − τ)
 * at every act.
 *
 * Two parts differ from the paper. Tower, there a contextual bandit over nine throttle targets,
 * here moves one target stricter when the job is slower than its band and one looser when it is
 * faster, once per interval. Captain acts once per interval of the lab, not once per second.
 */
const captainRule: ControlRule<CaptainState> = {
  name: 'captain',
  initial: {
    level: FIRST_TARGET,
    throttled: [],
    usage: [],
    seen: [-1, -1],
    margin: ALARM_FACTOR,
    loweredFromCores: null,
  },
  observe,
  act: (containers) => containers.map(move),
};

function observe({ allocation, state }: ControlledContainer<CaptainState>): CaptainState {
  const cpu = allocation.report?.cpu;
  if (cpu === undefined || cpu === null) return state;
  const [atMs, usageTotalSeconds] = state.seen;
  if (atMs === allocation.observedAtMs && usageTotalSeconds === cpu.usageTotalSeconds) return state;
  return {
    ...state,
    throttled: [...state.throttled, cpu.throttledRatio].slice(-HISTORY),
    usage: [...state.usage, cpu.usageCores].slice(-HISTORY),
    seen: [allocation.observedAtMs, cpu.usageTotalSeconds],
  };
}

function move(container: ControlledContainer<CaptainState>): RuleDecision<CaptainState> {
  const { cores, state } = container;
  if (state.throttled.length === 0)
    return { wantCores: cores, state, reason: `no CPU report: keeps ${formatCores(cores)} CPU` };
  const level = chooseLevel(container);
  const target = TARGETS[level] ?? 0;
  const ratio = sum(state.throttled) / state.throttled.length;
  const margin = Math.max(0, state.margin + ratio - target);
  const next: CaptainState = { ...state, level, throttled: [], margin, loweredFromCores: null };
  const says =
    `throttled in ${(ratio * 100).toFixed(0)} % of periods, target ` +
    `${(target * 100).toFixed(0)} %`;
  const excess = ratio - ALARM_FACTOR * target;
  if (excess > 0) {
    const undone = Math.max(cores, state.loweredFromCores ?? 0);
    const wantCores = undone > cores ? undone : cores * (1 + excess);
    const how = undone > cores ? 'takes the last cut back' : 'up';
    return { wantCores, state: next, reason: `${says}: ${how} from ${formatCores(cores)} CPU` };
  }
  const calledFor = Math.max(...state.usage) + margin * deviation(state.usage);
  if (calledFor > LOWER_BELOW_RATIO * cores)
    return {
      wantCores: cores,
      state: next,
      reason: `${says}: keeps ${formatCores(cores)} CPU, use calls for ${formatCores(calledFor)}`,
    };
  const wantCores = Math.max(LOWER_AT_MOST_RATIO * cores, calledFor);
  const use = `use calls for ${formatCores(calledFor)}`;
  const reason = `${says}: down from ${formatCores(cores)} CPU, ${use}`;
  return { wantCores, state: { ...next, loweredFromCores: cores }, reason };
}

function chooseLevel(container: ControlledContainer<CaptainState>): number {
  const { allocation, state } = container;
  const measured = measuredOf(container);
  if (measured === null || allocation.target === null || !container.hasNews) return state.level;
  const step = { slower: -1, within: 0, faster: 1 }[
    classify(allocation.target, measured.latencyMs)
  ];
  return Math.min(TARGETS.length - 1, Math.max(0, state.level + step));
}

function deviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = sum(values) / values.length;
  return Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / (values.length - 1));
}

/** The policy `captain` of the lab. */
export const captainPolicy = policyFromRule(captainRule);
