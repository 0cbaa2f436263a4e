import {
  type CpuLimit,
  type DesiredAllocation,
  type DesiredState,
  isWithinReach,
} from '../../shared/command.js';
import type { DesiredGpu } from '../../shared/gpu.js';
import type { AllocationId, NodeId } from '../../shared/ids.js';
import { assertNever } from '../../shared/result.js';
import { atOnce, type Steps } from '../../shared/steps.js';
import { inOnePiece } from '../../shared/text.js';
import { UNLIMITED } from '../schedule/limits/fit.js';
import type { Decision, Plan } from '../schedule/types.js';
import { isAdmitted } from '../state/admission.js';
import { byId, type ClusterState, type NodeRecord } from '../state/model.js';
import type { SecretSealer } from '../state/secret-sealer.js';
import { containersOf } from '../state/targets.js';
import { hasCurrentSecrets, NO_SEALER, withSecrets } from './desired-secrets.js';
import { withNewestSpec } from './newest-spec.js';
import { endedAfter, requesterIn } from './requested-by.js';
import { sameAllocations, sameGpus } from './same-desired.js';
import { UpToDate } from './up-to-date.js';

/**
 * The desired states to write so that the cluster follows the plan, in the order of node ids. A
 * node whose allocations or GPU settings change gets a new revision (+1; the first is 1). A node
 * whose desired state has an older epoch gets the same content and revision under our epoch. A
 * changed reason alone is no change, nor is who asked. `seal`: how secrets are sealed for a node.
 */
export const nextDesired = (
  state: DesiredInput,
  plan: Plan,
  validForMs: number,
  deps: DesiredDeps = {},
): readonly DesiredState[] => atOnce(nextDesiredSteps(state, plan, validForMs, deps));

/** Nodes, all of a cluster or some, and what is known beside them. */
export interface DesiredInput
  extends Pick<
    ClusterState,
    'nodes' | 'jobs' | 'secrets' | 'requesters' | 'incarnation' | 'epoch' | 'registration'
  > {
  /** Whether an allocation is desired anywhere. Absent = these are all nodes. */
  readonly isDesired?: (id: AllocationId) => boolean;
}

/** What seals secrets, nothing by default; and what is known to be up to date. */
export interface DesiredDeps {
  readonly seal?: SecretSealer | undefined;
  readonly upToDate?: UpToDate;
}

/** `nextDesired` in steps, one for each node. */
export function* nextDesiredSteps(
  state: DesiredInput,
  plan: Plan,
  validForMs: number,
  { seal = NO_SEALER, upToDate = new UpToDate() }: DesiredDeps = {},
): Steps<readonly DesiredState[]> {
  const byNode = new Map<NodeId, Decision[]>();
  for (const decision of plan.decisions) {
    const others = byNode.get(decision.node);
    if (others === undefined) byNode.set(decision.node, [decision]);
    else others.push(decision);
  }
  const turns = new Set(plan.turns);
  const gpuPlans = new Map(plan.gpus?.map(({ node, gpus }) => [node, gpus]));
  const isDecided = ({ id }: NodeRecord): boolean => byNode.has(id) || gpuPlans.has(id);
  const touched = touchedNodes(state, isDecided, upToDate);
  const desired: DesiredState[] = [];
  for (const node of byId(touched)) {
    yield;
    const gpus = gpuPlans.get(node.id);
    const next = nextOnNode(state, node, {
      decisions: byNode.get(node.id) ?? [],
      gpus,
      turns,
      validForMs,
      seal,
    });
    if (next !== undefined) desired.push(next);
  }
  return desired;
}

/** Nodes about which something is decided, and those that need another desired state anyway. */
function touchedNodes(
  state: DesiredInput,
  isDecided: (node: NodeRecord) => boolean,
  upToDate: UpToDate,
): readonly NodeRecord[] {
  upToDate.begin(state);
  const touched: NodeRecord[] = [];
  let place = -1;
  for (const node of state.nodes.values()) {
    place += 1;
    if (upToDate.isQuiet(place, node)) {
      if (isDecided(node)) touched.push(node);
      continue;
    }
    if (!isAdmitted(state, node)) continue;
    const isQuiet = isUpToDate(state, node, upToDate) && !needsFirstState(state, node);
    if (isQuiet) upToDate.noteQuiet(place, node);
    if (!isQuiet || isDecided(node)) touched.push(node);
  }
  upToDate.cut(place + 1);
  return touched;
}

interface NodeDecisions {
  readonly decisions: readonly Decision[];
  readonly gpus: readonly DesiredGpu[] | undefined;
  /** Allocations that may be started again as the newest version of their job. */
  readonly turns: ReadonlySet<AllocationId>;
  readonly validForMs: number;
  readonly seal: SecretSealer;
}

const NOTHING_DECIDED = { decisions: [], turns: new Set<AllocationId>() };

/** undefined = nothing has to be written for the node. */
function nextOnNode(
  state: DesiredInput,
  node: NodeRecord,
  plan: NodeDecisions,
): DesiredState | undefined {
  const before = node.desired?.allocations ?? [];
  // The epoch comes first: no limit grows on a node before its epoch was raised.
  const isReady = isOfThisEpoch(state, node);
  const decided = allocationsAfter(state, node, isReady ? plan : NOTHING_DECIDED);
  const after = isReady
    ? decided.map((each) => withSecrets(each, { state, node }, plan.seal))
    : decided;
  const held = node.desired?.gpus ?? [];
  const gpus = isReady ? (plan.gpus ?? held) : held;
  const isChanged =
    needsFirstState(state, node) || !sameAllocations(before, after) || !sameGpus(held, gpus);
  if (!isChanged && isOfThisEpoch(state, node)) return undefined;
  const { incarnation, epoch } = state;
  const revision = isChanged
    ? Math.max(node.desired?.revision ?? 0, heldRevision(state, node)) + 1
    : (node.desired?.revision ?? 0);
  const ended = endedAfter(state, node, { after, decisions: plan.decisions });
  const settings = {
    ...(gpus.length === 0 ? {} : { gpus }),
    ...(ended.length === 0 ? {} : { ended }),
  };
  const { validForMs } = plan;
  return {
    incarnation,
    epoch,
    revision,
    node: node.id,
    validForMs,
    allocations: after,
    ...settings,
  };
}

// A store that lost its last writes must not reuse a revision that the agent has obeyed with other
// content. One out of reach was never ours.
function heldRevision(
  { incarnation, epoch }: DesiredInput,
  { report, desired }: NodeRecord,
): number {
  const holds = report?.holds;
  return holds?.incarnation === incarnation &&
    holds.epoch === epoch &&
    isWithinReach(holds.revision, desired?.revision ?? 0)
    ? holds.revision
    : 0;
}

const isOfThisEpoch = ({ epoch, incarnation }: DesiredInput, { desired }: NodeRecord): boolean =>
  desired === null || (desired.epoch === epoch && desired.incarnation === incarnation);

// A node without a desired state that obeys one of another store, or one that is lost, or runs
// containers of ours, gets a first one, or it would stay as it is for ever. Where containers run
// but no job is known, the store is more likely wrong than the node, so nothing is written.
function needsFirstState({ jobs }: DesiredInput, { desired, report }: NodeRecord): boolean {
  if (desired !== null || report === null) return false;
  const runsOurs = report.containers.some(({ origin }) => origin === 'dqoes');
  return runsOurs ? jobs.size > 0 : report.holds.incarnation !== '';
}

// Compares by identity, which is fast: in most passes most nodes do not change.
function isUpToDate(state: DesiredInput, node: NodeRecord, known: UpToDate): boolean {
  const { desired, sealingKey } = node;
  if (desired === null) return true;
  if (!isOfThisEpoch(state, node)) return false;
  const compared = { jobs: state.jobs, secrets: state.secrets, sealingKey };
  if (known.has(desired, compared)) return true;
  const isNewest = desired.allocations.every(
    (each) =>
      each.replaces === undefined &&
      withNewestSpec(state, each, true) === each &&
      hasCurrentSecrets(each, { state, node }),
  );
  if (isNewest) known.add(desired, compared);
  return isNewest;
}

function allocationsAfter(
  state: DesiredInput,
  node: NodeRecord,
  { decisions, turns }: Pick<NodeDecisions, 'decisions' | 'turns'>,
): DesiredAllocation[] {
  const allocations = new Map<AllocationId, DesiredAllocation>();
  for (const allocation of node.desired?.allocations ?? []) {
    const newest = withNewestSpec(state, allocation, turns.has(allocation.id));
    allocations.set(allocation.id, withoutFinishedMove(state, newest));
  }
  for (const decision of decisions) apply(state, { node, allocations, decision });
  return byId(allocations.values());
}

// A move is over when the replaced allocation is desired nowhere; its id may then be used again.
function withoutFinishedMove(
  { nodes, isDesired = desiredOn(nodes) }: DesiredInput,
  allocation: DesiredAllocation,
): DesiredAllocation {
  const { replaces, ...rest } = allocation;
  return replaces === undefined || isDesired(replaces) ? allocation : rest;
}

const desiredOn =
  (nodes: DesiredInput['nodes']) =>
  (wanted: AllocationId): boolean =>
    [...nodes.values()].some(({ desired }) => desired?.allocations.some(({ id }) => id === wanted));

interface DecisionOnNode {
  readonly node: NodeRecord;
  readonly allocations: Map<AllocationId, DesiredAllocation>;
  readonly decision: Decision;
}

function apply(state: DesiredInput, { node, allocations, decision }: DecisionOnNode): void {
  const { allocation: id, job, reason } = decision;
  switch (decision.kind) {
    case 'remove':
      allocations.delete(id);
      return;
    case 'place': {
      const spec = state.jobs.get(job)?.spec;
      const { replaces, gpu } = decision;
      const move = replaces === undefined ? {} : { replaces };
      // A container that runs already keeps its limit until the policy sets another one.
      const limit = allocations.get(id)?.limit ?? containersOf(node).get(id)?.applied ?? UNLIMITED;
      const given = gpu === undefined ? {} : { gpu };
      if (spec === undefined) return;
      const plain = { id, job, spec, limit, reason: inOnePiece(reason) };
      const more = { ...move, ...given, ...requesterIn(state, job) };
      // Nearly all have no more, and a copy to which fields are added takes more room.
      allocations.set(id, Object.keys(more).length === 0 ? plain : { ...plain, ...more });
      return;
    }
    case 'limit': {
      const known = allocations.get(id) ?? adoptedContainer(node, id);
      if (known === undefined) return;
      const why = inOnePiece(joinedReason(known, node, reason));
      allocations.set(id, withLimit(known, decision.to, why));
      return;
    }
    default:
      assertNever(decision);
  }
}

/** Of an allocation of ours that has nothing special: id, job, spec, limit and reason. */
const PLAIN_FIELDS = 5;

function withLimit(
  known: Omit<DesiredAllocation, 'limit' | 'reason'>,
  limit: CpuLimit,
  reason: string,
): DesiredAllocation {
  const { id, job, spec } = known;
  return spec !== undefined && Object.keys(known).length === PLAIN_FIELDS
    ? { id, job, spec, limit, reason }
    : { ...known, limit, reason };
}

// A placement and its first limit are one change, so both reasons are given.
function joinedReason(known: Partial<DesiredAllocation>, node: NodeRecord, reason: string): string {
  const isNew =
    known.id !== undefined && !node.desired?.allocations.some(({ id }) => id === known.id);
  const placed = isNew ? known.reason : undefined;
  return placed === undefined || placed === reason ? reason : `${placed}; ${reason}`;
}

function adoptedContainer(
  node: NodeRecord,
  id: AllocationId,
): Omit<DesiredAllocation, 'limit' | 'reason'> | undefined {
  const container = containersOf(node).get(id);
  if (container === undefined || container.containerId === null || container.origin !== 'label')
    return undefined;
  return { id, job: container.job, containerId: container.containerId };
}
