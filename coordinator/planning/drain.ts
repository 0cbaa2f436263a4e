import type { DrainPlan, PlannedMove, PlannedStay } from '../../proto/schemas/drain.js';
import type { AllocationId, JobName, NodeId } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import { atOnce, type Steps } from '../../shared/steps.js';
import { cutText } from '../../shared/text.js';
import { scanIntervalMs } from '../schedule/moves/moves.js';
import type { Decision } from '../schedule/types.js';
import { adoptedName } from '../state/container-names.js';
import { reduce } from '../state/reduce.js';
import { snapshotSteps } from '../state/snapshot.js';
import { type Moves, movesUnderWay, withMovesEnded } from './ended-moves.js';
import { effectsOf, type ForecastInput, plannedAt, withName } from './forecast.js';
import { promiseOf } from './planned-spot.js';
import { type SettledState, settledSteps } from './settle.js';

/** The node that would be drained, and the state to start from. */
export interface DrainInput extends Omit<ForecastInput, 'jobs'> {
  readonly node: NodeId;
}

/** At most one allocation of a job moves at a time: as many of one job are followed. */
const MAX_PASSES = 16;
/** Jobs that stay for which the hosts are asked why they do not take them. */
const MAX_ASKED = 20;
const MAX_REASON = 4000;

/**
 * What would happen if the node were drained now: the scheduler itself decides on a copy of the
 * state, and each move that it begins counts as ended, until it begins none. Effects on others are
 * the difference to the same state without the drain. Pure; nothing is stored.
 */
export const drainPlan = (input: DrainInput): DrainPlan => atOnce(drainSteps(input));

/** `drainPlan` in steps. */
export function* drainSteps(input: DrainInput): Steps<DrainPlan> {
  const base = yield* settledSteps(input, input.state);
  const emptied = yield* emptiedSteps(input);
  const moves = movesOf(input, emptied);
  const moved = new Set(moves.flatMap(({ allocation, to }) => [allocation, to.id]));
  return {
    node: input.node,
    moves,
    stays: yield* staysOf(input, emptied),
    effects: effectsOf(base, emptied.settled, new Set())
      .filter(({ allocation }) => !moved.has(allocation))
      .map((effect) => withName(input.state, effect)),
  };
}

interface Emptied {
  readonly settled: SettledState;
  readonly nowMs: number;
  /** What took over, by what ran on the node. */
  readonly successors: Moves;
}

function* emptiedSteps(input: DrainInput): Steps<Emptied> {
  const { node, nowMs: beganAtMs } = input;
  const asked = { kind: 'node-scheduling', atMs: beganAtMs, node } as const;
  const successors = new Map<AllocationId, AllocationId>();
  const placed = new Map<AllocationId, Extract<Decision, { kind: 'place' }>>();
  const preempted: SettledState['preempted'][number][] = [];
  let [state, memory, nowMs] = [
    reduce(input.state, { ...asked, scheduling: 'draining' }),
    input.memory,
    beganAtMs,
  ];
  for (let pass = 0; ; pass += 1) {
    // Moves are looked for only so often.
    nowMs += scanIntervalMs(state.nodes.size);
    const settled: SettledState = yield* settledSteps({ ...input, memory, nowMs }, state);
    for (const [id, decision] of settled.placed) placed.set(id, decision);
    preempted.push(...settled.preempted);
    const begun = movesUnderWay(settled.state, node);
    for (const [from, to] of begun) successors.set(from, to);
    if (begun.size === 0 || pass >= MAX_PASSES)
      return { settled: { ...settled, placed, preempted }, nowMs, successors };
    yield;
    state = withMovesEnded(settled.state, begun, nowMs);
    memory = settled.memory;
  }
}

function movesOf(input: DrainInput, { settled, successors }: Emptied): readonly PlannedMove[] {
  return [...successors].flatMap(([allocation, id]): readonly PlannedMove[] => {
    for (const { id: node, desired } of settled.state.nodes.values()) {
      const found = desired?.allocations.find((each) => each.id === id);
      if (found?.spec === undefined || node === input.node) continue;
      const spot = { id, node, ...promiseOf(found.limit) };
      const to = plannedAt(found.spec, spot, { ...input, jobs: [], after: settled });
      return [{ allocation, job: found.job, to: { ...to, reason: cut(to.reason) } }];
    }
    return [];
  });
}

const cut = (text: string): string => cutText(text, MAX_REASON);

function* staysOf(input: DrainInput, emptied: Emptied): Steps<readonly PlannedStay[]> {
  const { state } = emptied.settled;
  const record = state.nodes.get(input.node);
  // Moves that are still under way after the last pass.
  const leaving = movesUnderWay(state, input.node);
  const own = (record?.desired?.allocations ?? []).filter(({ spec }) => spec !== undefined);
  const ours = own.filter(({ id }) => !leaving.has(id));
  const unfinished = new Set(own.flatMap(({ id, job }) => (leaving.has(id) ? [job] : [])));
  const refusals = yield* refusalsOf(
    input,
    emptied,
    ours.flatMap(({ spec }) => (spec === undefined ? [] : [spec])),
  );
  const { isFrozen, jobs } = (yield* snapshotSteps(null, state)).snapshot;
  const rules = new Map(jobs.map(({ spec, refusedBy }) => [spec.name, refusedBy]));
  const foreign = (record?.report?.containers ?? []).filter(({ origin }) => origin === 'label');
  const reasonOf = (job: JobName, spec: JobSpec | undefined): string => {
    if (isFrozen) return FROZEN;
    if (spec?.moves === 'never') return NEVER;
    if (unfinished.has(job)) return NOT_TRIED;
    return refusals.get(job) ?? ruledOut(rules.get(job), input.node);
  };
  return [
    ...ours.map(({ id, job, spec }) => ({ allocation: id, job, reason: reasonOf(job, spec) })),
    ...foreign.map(({ allocation, job }): PlannedStay => {
      const container = adoptedName(state, input.node, allocation) ?? allocation;
      return { allocation, job, container, reason: NOT_OURS };
    }),
  ];
}

/** The rules of hosts are about a job by its name: one more replica of another name has none. */
const ruledOut = (rules: ReadonlyMap<NodeId, string> | undefined, from: NodeId): string =>
  cut(
    [...(rules ?? [])]
      .filter(([node]) => node !== from)
      .map(([node, why]) => `${node}: ${why}`)
      .join('; ') || NOWHERE,
  );

const FROZEN = 'too many hosts are silent: nothing is moved before they are heard again';
const NEVER = 'its job says moves: never';
const NOT_TRIED =
  'its job moves one container at a time, and no more of them were tried: it may follow the others';
const NOT_OURS = 'somebody else started it: it stays, and its limit goes on';
const NOWHERE = 'no other host takes it now';

/**
 * Why the hosts do not take jobs that stay: what they say to another replica of each, of the least
 * weight, since a move makes nobody leave.
 */
function* refusalsOf(
  input: DrainInput,
  { settled, nowMs }: Emptied,
  specs: readonly JobSpec[],
): Steps<ReadonlyMap<JobName, string>> {
  const distinct = [...new Map(specs.map((spec) => [spec.name, spec])).values()];
  const twins = distinct
    .filter(({ moves }) => moves !== 'never')
    .slice(0, MAX_ASKED)
    .map((spec, i) => ({ spec, twin: `drain-${i}-of-${Math.round(nowMs)}` as JobName }));
  if (twins.length === 0) return new Map();
  const jobs = twins.map(({ spec, twin }) => ({
    spec: { ...spec, name: twin, replicas: 1, weight: Number.MIN_VALUE },
    revision: 1,
  }));
  const asked = reduce(settled.state, { kind: 'jobs-stored', atMs: nowMs, jobs });
  const { pending } = yield* settledSteps({ ...input, memory: settled.memory, nowMs }, asked);
  const found = new Map<JobName, string>();
  for (const { spec, twin } of twins) {
    const said = pending
      .filter(({ job }) => job === twin)
      .flatMap(({ refusals }) => refusals.filter(({ node }) => node !== input.node))
      .map(({ message }) => message);
    if (said.length > 0) found.set(spec.name, cut(said.join('; ')));
  }
  return found;
}
