import { clamp, fitClaims, limitOf } from '../../coordinator/schedule/limits/fit.js';
import { formatCores } from '../../coordinator/schedule/limits/format.js';
import { equalShares } from '../../coordinator/schedule/policies/shares.js';
import type {
  LimitDecision,
  Policy,
  PolicyInput,
  SnapshotAllocation,
} from '../../coordinator/schedule/types.js';

/** One container, for a rule. */
export interface ControlledContainer<State> {
  readonly allocation: SnapshotAllocation;
  /** Its present limit, cores. */
  readonly cores: number;
  /** What the rule remembers of it. */
  readonly state: State;
  /** A request was answered since the rule last acted. */
  readonly hasNews: boolean;
}

/** What a rule wants for one container. */
export interface RuleDecision<State> {
  readonly wantCores: number;
  readonly state: State;
  readonly reason: string;
}

/**
 * A published control rule, without the parts that all rules share. `State` is JSON-serialisable.
 */
export interface ControlRule<State> {
  readonly name: string;
  /** State of a new container. */
  readonly initial: State;
  /** Called at every evaluation, before acting: what a report adds to the state. */
  observe?(container: ControlledContainer<State>): State;
  /** Called once per interval and node: one decision per container, in their order. */
  act(
    containers: readonly ControlledContainer<State>[],
    input: PolicyInput,
  ): readonly RuleDecision<State>[];
  /** Called after the decisions were fitted to the node: the state with the CPU granted, cores. */
  granted?(state: State, cores: number): State;
}

/** Memory of one node; JSON-serialisable. */
export interface RuleMemory<State> {
  /**
   * When the rule last acted or a container came, on the clock of the coordinator, ms; null =
   * never.
   */
  readonly sinceMs: number | null;
  readonly containers: readonly (readonly [
    allocation: string,
    container: ContainerMemory<State>,
  ])[];
}
interface ContainerMemory<State> {
  /** Requests answered when the rule last acted. */
  readonly count: number;
  readonly state: State;
}

/**
 * Makes a policy of a rule, so that the baselines differ in their rule only. It acts once per
 * `params.intervalMs` and node. A new container starts at C/n; the others shrink by one factor, and
 * the interval starts again. Wants beyond the CPU of the node are scaled down by one factor, above
 * the `minCores` of the containers.
 */
export function policyFromRule<State>(rule: ControlRule<State>): Policy<RuleMemory<State>> {
  return {
    name: rule.name,
    start: { sinceMs: null, containers: [] },
    decide: (input, memory) => decide(rule, input, memory),
  };
}

const coresOf = ({ limit }: SnapshotAllocation): number | null => limit?.cpuCores ?? null;
const countOf = ({ report }: SnapshotAllocation): number => report?.latency?.totalCount ?? 0;

function decide<State>(
  rule: ControlRule<State>,
  input: PolicyInput,
  memory: RuleMemory<State>,
): ReturnType<Policy<RuleMemory<State>>['decide']> {
  const { node, nowMs, params } = input;
  const known = new Map(memory.containers);
  const containers = node.allocations.map((allocation) =>
    containerOf(rule, allocation, known.get(allocation.id)),
  );
  // After a restart nothing is remembered: containers with a limit then keep it.
  const isNew = (allocation: SnapshotAllocation): boolean =>
    coresOf(allocation) === null || (memory.sinceMs !== null && !known.has(allocation.id));
  if (node.allocations.some(isNew)) {
    const { limits, granted } = admit(input, isNew);
    const states = containers.map((container, i) =>
      remember(rule, container.state, granted[i] ?? 0),
    );
    return { limits, memory: { sinceMs: nowMs, containers: pack(containers, states, known) } };
  }
  const sinceMs = memory.sinceMs === null || nowMs < memory.sinceMs ? nowMs : memory.sinceMs;
  const states = containers.map(({ state }) => state);
  if (nowMs - sinceMs < params.intervalMs || containers.length === 0)
    return { limits: [], memory: { sinceMs, containers: pack(containers, states, known) } };
  const decisions = rule.act(containers, input);
  const { limits, granted } = grant(containers, decisions, node.allocatableCpuCores);
  const after = decisions.map(({ state }, i) => remember(rule, state, granted[i] ?? 0));
  return { limits, memory: { sinceMs: nowMs, containers: pack(containers, after, new Map()) } };
}

function containerOf<State>(
  rule: ControlRule<State>,
  allocation: SnapshotAllocation,
  known: ContainerMemory<State> | undefined,
): ControlledContainer<State> {
  const container = {
    allocation,
    cores: coresOf(allocation) ?? 0,
    state: known?.state ?? rule.initial,
    hasNews: countOf(allocation) !== (known?.count ?? 0),
  };
  return rule.observe === undefined ? container : { ...container, state: rule.observe(container) };
}

const remember = <State>(rule: ControlRule<State>, state: State, cores: number): State =>
  rule.granted === undefined ? state : rule.granted(state, cores);

// The count stays that of the last act; for containers not in `counted` it is the present one.
const pack = <State>(
  containers: readonly ControlledContainer<State>[],
  states: readonly State[],
  counted: ReadonlyMap<string, ContainerMemory<State>>,
): RuleMemory<State>['containers'] =>
  containers.map(({ allocation, state }, i) => {
    const count = counted.get(allocation.id)?.count ?? countOf(allocation);
    return [allocation.id, { count, state: states[i] ?? state }] as const;
  });

interface GrantedLimits {
  readonly limits: readonly LimitDecision[];
  /** Cores of each container afterwards. */
  readonly granted: readonly number[];
}

// New containers get C/n; the others shrink where they must, at most to a quarter of their share.
function admit(
  { node }: PolicyInput,
  isNew: (allocation: SnapshotAllocation) => boolean,
): GrantedLimits {
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
      : `reduced for a new container: ${formatCores(coresOf(allocation) ?? 0)} ` +
        `to ${formatCores(to)} CPU`;
    return { allocation: allocation.id, limit: limitOf(to), reason };
  });
  return { limits, granted };
}

function grant<State>(
  containers: readonly ControlledContainer<State>[],
  decisions: readonly RuleDecision<State>[],
  capacityCores: number,
): GrantedLimits {
  const claims = containers.map(({ allocation, cores }, i) => {
    const floorCores = Math.min(allocation.minCores, allocation.maxCores);
    return {
      floorCores,
      wantCores: clamp(decisions[i]?.wantCores ?? cores, floorCores, allocation.maxCores),
    };
  });
  const granted = fitClaims(claims, capacityCores);
  const limits = containers.map(({ allocation }, i) => {
    const wantCores = claims[i]?.wantCores ?? 0;
    const to = granted[i] ?? 0;
    const cut = to < wantCores - 1e-9 ? `; ${formatCores(wantCores)} CPU asked, scaled to fit` : '';
    return {
      allocation: allocation.id,
      limit: limitOf(to),
      reason: `${decisions[i]?.reason ?? 'unchanged'}${cut}`,
    };
  });
  return { limits, granted };
}

/** Target and measured statistic of a container, ms; null where either is missing. */
export function measuredOf<State>({
  allocation,
}: ControlledContainer<State>): { readonly targetMs: number; readonly latencyMs: number } | null {
  const { target, latencyMs } = allocation;
  if (target === null || latencyMs === null || !(latencyMs > 0) || !Number.isFinite(latencyMs))
    return null;
  return { targetMs: target.latencyMs, latencyMs };
}
