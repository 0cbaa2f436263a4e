import { clamp, fitClaims, limitOf } from '../../coordinator/schedule/limits/fit.js';
import { formatCores } from '../../coordinator/schedule/limits/format.js';
import { equalShares } from '../../coordinator/schedule/policies/shares.js';
import type {
  LimitDecision,
  Policy,
  PolicyInput,
  SnapshotAllocation,
} from '../../coordinator/schedule/types.js';

/** One container as a rule sees it. */
export interface Seat<State> {
  readonly allocation: SnapshotAllocation;
  /** Its limit now, cores. */
  readonly cores: number;
  /** What the rule remembers of it. */
  readonly state: State;
  /** A request was answered since the rule last acted. */
  readonly hasNews: boolean;
}

/** What a rule wants for one container. */
export interface Move<State> {
  readonly wantCores: number;
  readonly state: State;
  readonly reason: string;
}

/** A published rule without what all of them need. `State` is JSON-serialisable. */
export interface Rule<State> {
  readonly name: string;
  /** What is remembered of a newcomer. */
  readonly fresh: State;
  /** At every evaluation, before acting: what a report adds to the memory. */
  see?(seat: Seat<State>): State;
  /** Once per interval and node: one move per seat, in their order. */
  act(seats: readonly Seat<State>[], input: PolicyInput): readonly Move<State>[];
  /**
   * After the moves were fitted to the node: what to remember of the CPU that was granted, cores.
   */
  granted?(state: State, cores: number): State;
}

/** Memory of one node; JSON-serialisable. */
export interface FrameMemory<State> {
  /** When the rule last acted or somebody came, on the coordinator's clock, ms; null = never. */
  readonly sinceMs: number | null;
  readonly seats: readonly (readonly [allocation: string, seat: Remembered<State>])[];
}
interface Remembered<State> {
  /** Requests answered when the rule last acted. */
  readonly count: number;
  readonly state: State;
}

/**
 * Makes a policy of a rule, so that the baselines differ in their rule only: it acts once per
 * `params.intervalMs` and node; a newcomer starts at C/n, the others make room by one factor, and
 * the interval starts anew; wishes beyond the node's CPU are scaled down by one factor above the
 * containers' `minCores`.
 */
export function framed<State>(rule: Rule<State>): Policy<FrameMemory<State>> {
  return {
    name: rule.name,
    start: { sinceMs: null, seats: [] },
    decide: (input, memory) => decide(rule, input, memory),
  };
}

const coresOf = ({ limit }: SnapshotAllocation): number | null => limit?.cpuCores ?? null;
const countOf = ({ report }: SnapshotAllocation): number => report?.latency?.totalCount ?? 0;

function decide<State>(
  rule: Rule<State>,
  input: PolicyInput,
  memory: FrameMemory<State>,
): ReturnType<Policy<FrameMemory<State>>['decide']> {
  const { node, nowMs, params } = input;
  const known = new Map(memory.seats);
  const seats = node.allocations.map((allocation) =>
    seatOf(rule, allocation, known.get(allocation.id)),
  );
  // After a restart nobody is remembered: those that have a limit then keep it.
  const isNew = (allocation: SnapshotAllocation): boolean =>
    coresOf(allocation) === null || (memory.sinceMs !== null && !known.has(allocation.id));
  if (node.allocations.some(isNew)) {
    const { limits, granted } = welcome(input, isNew);
    const states = seats.map((seat, i) => remember(rule, seat.state, granted[i] ?? 0));
    return { limits, memory: { sinceMs: nowMs, seats: pack(seats, states, known) } };
  }
  const sinceMs = memory.sinceMs === null || nowMs < memory.sinceMs ? nowMs : memory.sinceMs;
  const states = seats.map(({ state }) => state);
  if (nowMs - sinceMs < params.intervalMs || seats.length === 0)
    return { limits: [], memory: { sinceMs, seats: pack(seats, states, known) } };
  const moves = rule.act(seats, input);
  const { limits, granted } = grant(seats, moves, node.allocatableCpuCores);
  const after = moves.map(({ state }, i) => remember(rule, state, granted[i] ?? 0));
  return { limits, memory: { sinceMs: nowMs, seats: pack(seats, after, new Map()) } };
}

function seatOf<State>(
  rule: Rule<State>,
  allocation: SnapshotAllocation,
  known: Remembered<State> | undefined,
): Seat<State> {
  const seat = {
    allocation,
    cores: coresOf(allocation) ?? 0,
    state: known?.state ?? rule.fresh,
    hasNews: countOf(allocation) !== (known?.count ?? 0),
  };
  return rule.see === undefined ? seat : { ...seat, state: rule.see(seat) };
}

const remember = <State>(rule: Rule<State>, state: State, cores: number): State =>
  rule.granted === undefined ? state : rule.granted(state, cores);

// The count stays where the rule last acted; for those not in `counted` it is now.
const pack = <State>(
  seats: readonly Seat<State>[],
  states: readonly State[],
  counted: ReadonlyMap<string, Remembered<State>>,
): FrameMemory<State>['seats'] =>
  seats.map(({ allocation, state }, i) => {
    const count = counted.get(allocation.id)?.count ?? countOf(allocation);
    return [allocation.id, { count, state: states[i] ?? state }] as const;
  });

interface Fitted {
  readonly limits: readonly LimitDecision[];
  /** Cores each seat has afterwards. */
  readonly granted: readonly number[];
}

// Newcomers hold C/n fast; the others shrink where they must, at most to a quarter of their share.
function welcome(
  { node }: PolicyInput,
  isNew: (allocation: SnapshotAllocation) => boolean,
): Fitted {
  const shares = equalShares(node);
  const claims = node.allocations.map((allocation, i) => {
    const share = shares[i] ?? 0;
    const cores = coresOf(allocation);
    if (cores === null || isNew(allocation)) return { wantCores: share, floorCores: share };
    return {
      wantCores: cores,
      floorCores: Math.min(cores, share, Math.max(allocation.minCores, share / 4)),
    };
  });
  const granted = fitClaims(claims, node.allocatableCpuCores);
  const limits = node.allocations.map((allocation, i) => {
    const to = granted[i] ?? 0;
    const reason = isNew(allocation)
      ? `start: ${formatCores(node.allocatableCpuCores)} CPU / ${node.allocations.length}`
      : `room for a newcomer: ${formatCores(coresOf(allocation) ?? 0)} to ${formatCores(to)} CPU`;
    return { allocation: allocation.id, limit: limitOf(to), reason };
  });
  return { limits, granted };
}

function grant<State>(
  seats: readonly Seat<State>[],
  moves: readonly Move<State>[],
  capacityCores: number,
): Fitted {
  const claims = seats.map(({ allocation, cores }, i) => {
    const floorCores = Math.min(allocation.minCores, allocation.maxCores);
    return {
      floorCores,
      wantCores: clamp(moves[i]?.wantCores ?? cores, floorCores, allocation.maxCores),
    };
  });
  const granted = fitClaims(claims, capacityCores);
  const limits = seats.map(({ allocation }, i) => {
    const wantCores = claims[i]?.wantCores ?? 0;
    const to = granted[i] ?? 0;
    const cut = to < wantCores - 1e-9 ? `; ${formatCores(wantCores)} CPU asked, scaled to fit` : '';
    return {
      allocation: allocation.id,
      limit: limitOf(to),
      reason: `${moves[i]?.reason ?? 'unchanged'}${cut}`,
    };
  });
  return { limits, granted };
}

/** Target and measured statistic of a seat, ms; null where either is missing. */
export function measuredOf<State>({
  allocation,
}: Seat<State>): { readonly targetMs: number; readonly latencyMs: number } | null {
  const { target, latencyMs } = allocation;
  if (target === null || latencyMs === null || !(latencyMs > 0) || !Number.isFinite(latencyMs))
    return null;
  return { targetMs: target.latencyMs, latencyMs };
}
