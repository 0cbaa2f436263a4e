import { sum } from '../../coordinator/schedule/limits/fit.js';
import { formatCores, formatMs } from '../../coordinator/schedule/limits/format.js';
import type { PolicyInput } from '../../coordinator/schedule/types.js';
import {
  type ControlledContainer,
  type ControlRule,
  measuredOf,
  policyFromRule,
  type RuleDecision,
} from './rule-policy.js';

/** Slack = (o − p)/o below which a container gets more CPU, and above which it gives some back. */
const SHORT_SLACK = 0.05;
const AMPLE_SLACK = 0.2;
/** One step: this share of an equal share of the node. */
const STEP_RATIO = 0.1;
/** Intervals for which a container is left alone after a step was undone. */
const REST_INTERVALS = 2;

/** State of one container; JSON-serialisable. */
export interface PartiesState {
  readonly last: 'up' | 'down' | 'none';
  /** Limit before the last step, cores, and the latency then, ms. */
  readonly fromCores: number;
  readonly beforeMs: number;
  readonly restIntervals: number;
}

const FRESH: PartiesState = { last: 'none', fromCores: 0, beforeMs: 0, restIntervals: 0 };

/**
 * PARTIES (Chen, Delimitrou, Martínez, *PARTIES: QoS-Aware Resource Partitioning for Multiple
 * Interactive Services*, ASPLOS 2019) with CPU as the only resource: a step up when slack < 5 %, a
 * step down when slack > 20 %; a step up that did not make the container faster, or a step down
 * that leaves it short, is undone. CPU for a step up is what is free, else taken from the container
 * with the most slack that is not short itself.
 *
 * It differs from the paper, which moves cores, cache ways and frequency every half second: a step
 * is a tenth of an equal share, every container moves once per interval (not one container at a
 * time), and after an undone step the container rests for two intervals where the paper tries
 * another resource.
 */
const partiesRule: ControlRule<PartiesState> = { name: 'parties', initial: FRESH, act };

interface SeatSlack {
  readonly container: ControlledContainer<PartiesState>;
  /** null = nothing new was measured. */
  readonly slack: number | null;
  readonly latencyMs: number;
}

function act(
  containers: readonly ControlledContainer<PartiesState>[],
  { node }: PolicyInput,
): readonly RuleDecision<PartiesState>[] {
  const stepCores = (STEP_RATIO * node.allocatableCpuCores) / Math.max(1, containers.length);
  const looked = containers.map(look);
  const moves = looked.map((one) => firstMove(one, stepCores));
  let freeCores = node.allocatableCpuCores - sum(moves.map(({ wantCores }) => wantCores));
  for (const i of neediestFirst(looked)) {
    const one = looked[i];
    if (one === undefined || !wantsMore(one)) continue;
    const room = Math.min(stepCores, one.container.allocation.maxCores - one.container.cores);
    if (freeCores < room - 1e-9) freeCores += takeFromRichest(looked, moves, stepCores);
    const gain = Math.max(0, Math.min(room, freeCores));
    freeCores -= gain;
    moves[i] = stepUp(one, gain);
  }
  return moves;
}

function look(container: ControlledContainer<PartiesState>): SeatSlack {
  const measured = measuredOf(container);
  if (measured === null || !container.hasNews) return { container, slack: null, latencyMs: 0 };
  return {
    container,
    slack: (measured.targetMs - measured.latencyMs) / measured.targetMs,
    latencyMs: measured.latencyMs,
  };
}

const isResting = ({ container }: SeatSlack): boolean => container.state.restIntervals > 0;
const didNotHelp = ({ container, latencyMs }: SeatSlack): boolean =>
  container.state.last === 'up' && latencyMs >= container.state.beforeMs;
const wentTooFar = ({ container, slack }: SeatSlack): boolean =>
  container.state.last === 'down' && slack !== null && slack < SHORT_SLACK;
const wantsMore = (one: SeatSlack): boolean =>
  one.slack !== null &&
  one.slack < SHORT_SLACK &&
  !isResting(one) &&
  !didNotHelp(one) &&
  !wentTooFar(one);

// Every decision that needs no CPU of others: rest, undo, step down, stay.
function firstMove(one: SeatSlack, stepCores: number): RuleDecision<PartiesState> {
  const { container, slack, latencyMs } = one;
  const { state, cores } = container;
  if (slack === null)
    return {
      wantCores: cores,
      state,
      reason: `nothing new measured: keeps ${formatCores(cores)} CPU`,
    };
  const says = saying(one);
  const stay: PartiesState = { ...FRESH, restIntervals: Math.max(0, state.restIntervals - 1) };
  if (isResting(one))
    return { wantCores: cores, state: stay, reason: `${says}: rests at ${formatCores(cores)} CPU` };
  if (wentTooFar(one) || (didNotHelp(one) && slack < SHORT_SLACK)) {
    const reason =
      `${says}: the step ${state.last} to ${formatCores(cores)} CPU ` +
      `${state.last === 'up' ? 'did not help' : 'went too far'}, back`;
    return {
      wantCores: state.fromCores,
      state: { ...FRESH, restIntervals: REST_INTERVALS },
      reason,
    };
  }
  if (slack <= AMPLE_SLACK)
    return { wantCores: cores, state: stay, reason: `${says}: keeps ${formatCores(cores)} CPU` };
  const wantCores = Math.max(container.allocation.minCores, cores - stepCores);
  const reason = `${says}: a step down from ${formatCores(cores)} CPU`;
  return {
    wantCores,
    state: { last: 'down', fromCores: cores, beforeMs: latencyMs, restIntervals: 0 },
    reason,
  };
}

function stepUp(one: SeatSlack, gain: number): RuleDecision<PartiesState> {
  const { container, latencyMs } = one;
  const { cores } = container;
  if (gain <= 0)
    return { wantCores: cores, state: FRESH, reason: `${saying(one)}: no CPU to be had` };
  return {
    wantCores: cores + gain,
    state: { last: 'up', fromCores: cores, beforeMs: latencyMs, restIntervals: 0 },
    reason: `${saying(one)}: a step of ${formatCores(gain)} up from ${formatCores(cores)} CPU`,
  };
}

const saying = ({ container, slack, latencyMs }: SeatSlack): string =>
  `${formatMs(latencyMs)} against ` +
  `${formatMs(container.allocation.target?.latencyMs ?? Number.NaN)}, slack ` +
  `${((slack ?? 0) * 100).toFixed(0)} %`;

const neediestFirst = (looked: readonly SeatSlack[]): readonly number[] =>
  looked
    .map((_, i) => i)
    .sort((a, b) => (looked[a]?.slack ?? 1) - (looked[b]?.slack ?? 1) || a - b);

// Takes one step from the container with the most slack that stays above its `minCores`; returns
// the CPU freed, cores.
function takeFromRichest(
  looked: readonly SeatSlack[],
  moves: RuleDecision<PartiesState>[],
  stepCores: number,
): number {
  const rich = looked
    .map((_, i) => i)
    .filter((i) => {
      const one = looked[i];
      const left = (moves[i]?.wantCores ?? 0) - stepCores;
      return (
        one !== undefined &&
        one.slack !== null &&
        one.slack > SHORT_SLACK &&
        left >= one.container.allocation.minCores
      );
    })
    .sort((a, b) => (looked[b]?.slack ?? 0) - (looked[a]?.slack ?? 0) || a - b)[0];
  const move = rich === undefined ? undefined : moves[rich];
  const giver = rich === undefined ? undefined : looked[rich];
  if (rich === undefined || move === undefined || giver === undefined) return 0;
  moves[rich] = {
    wantCores: move.wantCores - stepCores,
    state: {
      last: 'down',
      fromCores: giver.container.cores,
      beforeMs: giver.latencyMs,
      restIntervals: 0,
    },
    reason: `${saying(giver)}: gives ${formatCores(stepCores)} CPU to one that is short`,
  };
  return stepCores;
}

/** The policy `parties` of the lab. */
export const partiesPolicy = policyFromRule(partiesRule);
