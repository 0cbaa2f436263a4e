import type { JobName, NodeId } from '../../../shared/ids.js';
import { formatDurationMs } from '../../../shared/units.js';
import { formatCores } from '../limits/format.js';
import type { AllocationSummary, NodeSummary } from '../node-summary.js';
import { BudgetTable } from '../placement/budget-table.js';
import { chooseNode } from '../placement/choose-node.js';
import { jobsByName } from '../placement/jobs-by-name.js';
import {
  budgetAfter,
  gpuFor,
  mayMove,
  type NodeBudget,
  type RequestOfNode,
  requestOfJob,
  roomOf,
} from '../placement/node-budget.js';
import { isFeasible } from '../placement/refusals.js';
import { freeIdOf } from '../placement/replica-diff.js';
import type { Placed, SnapshotJob } from '../types.js';
import {
  attainmentOf,
  avoidedBy,
  canBeUndone,
  failedOn,
  isCoolingDown,
  type LastMove,
  moveGain,
  startMsOf,
} from './move-gain.js';
import type { Move, MoveLedger, MoveRequest, MoveRoundInput, Placement } from './move-request.js';
import { bestNode, demandAt, describeFree, describeStart, freeOf } from './node-capacity.js';

/** One pass over all requests to move. Budgets of nodes shrink as moves are decided. */
export class MoveRound {
  readonly #input: MoveRoundInput;
  readonly #jobs: ReadonlyMap<JobName, SnapshotJob>;
  readonly #lastMoves: Map<JobName, LastMove>;
  readonly #countedAtMs: number[];
  readonly #budgets: BudgetTable;
  /** Nodes that an allocation leaves in this round: what it frees counts in a later one. */
  readonly #left = new Set<NodeId>();
  /** Jobs that begin a move in this round. */
  readonly #begun = new Set<JobName>();
  #movesLeft: number;

  constructor(input: MoveRoundInput, { lastMoves, countedAtMs, movesLeft }: MoveLedger) {
    const { jobs, budgets, speedOf } = input;
    this.#countedAtMs = countedAtMs;
    this.#movesLeft = movesLeft;
    this.#input = input;
    this.#jobs = jobsByName(jobs);
    this.#lastMoves = lastMoves;
    this.#budgets = new BudgetTable(budgets(), speedOf);
  }

  /** The move that serves the request, as its placement; empty = none is possible or worth it. */
  tryMove(request: MoveRequest): readonly Placement[] {
    const { allocation } = request;
    const budget = this.#budgets.of(allocation.node);
    if (budget === undefined) return [];
    if (request.kind === 'leave') return this.#leave(budget, allocation, request.why);
    const isBusy = this.#isMoving(allocation) || this.#isChanging(allocation);
    if (this.#movesLeft <= 0 || this.#left.has(budget.node.id) || isBusy) return [];
    const moved = this.#isCoolingDown(allocation)
      ? this.#undo(allocation)
      : (this.#moveToFit(budget, allocation) ??
        this.#makeRoom(budget, allocation) ??
        this.#undo(allocation));
    if (moved === undefined) return [];
    this.#movesLeft -= 1;
    this.#countedAtMs.push(this.#input.nowMs);
    this.#left.add(budget.node.id);
    return [moved];
  }

  #leave(budget: NodeBudget, allocation: AllocationSummary, why: string): readonly Placement[] {
    const job = this.#movable(allocation);
    if (job === undefined) return [];
    const failed = failedOn(this.#lastMoves.get(job.spec.name), job, this.#input.nowMs);
    const from = budget.node.id;
    const mayTake = ({ id }: NodeSummary): boolean => id !== from && !failed.has(id);
    const request = requestOf(job);
    // What it has shown is asked for only where it can be taken at all.
    if (!this.#budgets.budgets.some((to) => mayTake(to.node) && isFeasible(request, to))) return [];
    const demand = this.#input.demandOf(allocation);
    const choice = chooseNode({ ...request, demand }, this.#budgets, mayTake);
    if (choice.budget === null) return [];
    return [
      this.#move({
        job,
        allocation,
        to: choice.budget,
        plannedCores: choice.plannedCores,
        kind: 'drain',
        why: `${from} ${why}; ${choice.reason}`,
      }),
    ];
  }

  #moveToFit(budget: NodeBudget, allocation: AllocationSummary): Placement | undefined {
    const job = this.#movable(allocation);
    const found = job === undefined ? undefined : this.#bestNode(job, allocation, budget);
    const startMs = this.#startMsOf(allocation);
    const gain = moveGain({ weight: allocation.weight, before: 0, after: 1, startMs });
    if (job === undefined || found === undefined || gain <= 0) return undefined;
    const target = formatDurationMs(job.spec.target.latencyMs);
    const why =
      `${target} cannot be met on ${budget.node.id}; here it takes ` +
      `${formatCores(found.plannedCores)} CPU, ` +
      `${describeFree(found)}; ${describeStart(startMs)}`;
    return this.#move({
      job,
      allocation,
      to: found.to,
      plannedCores: found.plannedCores,
      kind: 'target',
      why,
    });
  }

  // Moves a neighbour away: of those whose leaving frees enough, the one whose start costs least,
  // then the one that demands least. It loses its target while it starts; the other gains its own.
  #makeRoom(budget: NodeBudget, allocation: AllocationSummary): Placement | undefined {
    const demand = demandAt(budget, allocation.id);
    if (demand?.aimCores == null || !Number.isFinite(demand.aimCores)) return undefined;
    if ((demand.edgeCores ?? 0) > allocation.maxCores) return undefined;
    const metCores =
      budget.forecast?.demands.reduce(
        (sum, each) => sum + (each.isMet ? (each.aimCores ?? 0) : 0),
        0,
      ) ?? 0;
    const missingCores = metCores + demand.aimCores - roomOf(budget);
    const neighbours = budget.node.allocations
      .filter(
        ({ id, origin }) =>
          id !== allocation.id && origin === 'dqoes' && demandAt(budget, id)?.isMet === true,
      )
      .map((each) => ({
        each,
        aimCores: demandAt(budget, each.id)?.aimCores ?? 0,
        gain: this.#gainOfLeaving(each, allocation),
      }))
      .filter(
        ({ aimCores, gain }) => Number.isFinite(aimCores) && aimCores >= missingCores && gain > 0,
      )
      .sort(
        (a, b) => b.gain - a.gain || a.aimCores - b.aimCores || (a.each.id < b.each.id ? -1 : 1),
      );
    for (const { each } of neighbours) {
      const mayMove = !this.#isCoolingDown(each) && !this.#isChanging(each);
      const job = mayMove ? this.#movable(each) : undefined;
      const found = job === undefined ? undefined : this.#bestNode(job, each, budget);
      if (job === undefined || found === undefined) continue;
      const why =
        `frees CPU for ${allocation.id} on ${budget.node.id}; here its own target takes ` +
        `${formatCores(found.plannedCores)} CPU, ${describeFree(found)}; ` +
        `${describeStart(this.#startMsOf(each))}`;
      return this.#move({
        job,
        allocation: each,
        to: found.to,
        plannedCores: found.plannedCores,
        kind: 'target',
        why,
      });
    }
    return undefined;
  }

  #gainOfLeaving(neighbour: AllocationSummary, { weight }: AllocationSummary): number {
    const startMs = this.#startMsOf(neighbour);
    return (
      moveGain({ weight, before: 0, after: 1, startMs }) +
      moveGain({ weight: neighbour.weight, before: 1, after: 1, startMs })
    );
  }

  // Moves back to the old node if the move did not help: neither node meets the target, but the old
  // one comes nearer to it.
  #undo(allocation: AllocationSummary): Placement | undefined {
    const { nowMs } = this.#input;
    const last = this.#lastMoves.get(allocation.job);
    if (!canBeUndone(last, allocation, nowMs)) return undefined;
    const [to, job, before] = [
      this.#budgets.of(last.from),
      this.#movable(allocation),
      attainmentOf(allocation),
    ];
    if (to === undefined || to.node.isDraining === true || job === undefined || before === null)
      return undefined;
    if (!isFeasible(requestOf(job), to)) return undefined;
    // Its own measurement there says more than what other nodes showed of the workload.
    const { tookCores } = last;
    const plannedCores = Math.min(tookCores, freeOf(to));
    const after = plannedCores / tookCores;
    if (moveGain({ weight: allocation.weight, before, after, startMs: startMsOf(last) }) <= 0)
      return undefined;
    const { latencyMs } = job.spec.target;
    const why =
      `${formatDurationMs(latencyMs)} is not met there either ` +
      `${formatDurationMs(nowMs - last.beganAtMs)} after it left here; here are ` +
      `${formatCores(plannedCores)} of the ${formatCores(tookCores)} CPU that it takes free`;
    return this.#move({ job, allocation, to, plannedCores, kind: 'undo', why });
  }

  #bestNode(job: SnapshotJob, allocation: AllocationSummary, from: NodeBudget) {
    const avoided = avoidedBy(this.#lastMoves.get(job.spec.name), this.#input.nowMs);
    return bestNode(this.#budgets, {
      request: requestOf(job),
      demandOf: () => this.#input.demandOf(allocation),
      mayTake: ({ id, isDraining }) =>
        id !== from.node.id && !avoided.has(id) && isDraining !== true,
    });
  }

  #tookCores({ id, node }: AllocationSummary): number | null {
    const budget = this.#budgets.of(node);
    const cores = budget === undefined ? null : (demandAt(budget, id)?.aimCores ?? null);
    return cores !== null && cores > 0 && Number.isFinite(cores) ? cores : null;
  }

  #isMoving({ job: name }: AllocationSummary): boolean {
    return this.#begun.has(name) || this.#jobs.get(name)?.placed.some(isMove) === true;
  }

  #isCoolingDown({ job: name }: AllocationSummary): boolean {
    return isCoolingDown(this.#lastMoves.get(name), this.#input.nowMs);
  }

  #isChanging({ job: name }: AllocationSummary): boolean {
    return this.#input.changing?.has(name) === true;
  }

  #startMsOf({ job: name }: AllocationSummary): number {
    return startMsOf(this.#lastMoves.get(name));
  }

  // Undefined: not placed by dqoes, or not movable now.
  #movable({ id, job: name }: AllocationSummary): SnapshotJob | undefined {
    const job = this.#jobs.get(name);
    if (job === undefined || !mayMove(job)) return undefined;
    if (this.#begun.has(name) || job.placed.some(isMove)) return undefined;
    return job.placed.some((each) => each.id === id) ? job : undefined;
  }

  #move({ job, allocation, to, plannedCores, kind, why }: Move): Placement {
    const { name } = job.spec;
    const { placed = [] } = this.#input;
    const [from, id] = [allocation.node, freeIdOf(job, placed)];
    const beganAtMs = this.#input.nowMs;
    const its = { allocation: id, from, to: to.node.id, beganAtMs, why: kind, startMs: null };
    const last = this.#lastMoves.get(name);
    const failed = failedOn(last, job, this.#input.nowMs);
    const undone = avoidedBy(last, this.#input.nowMs);
    this.#lastMoves.set(name, { ...its, tookCores: this.#tookCores(allocation), failed, undone });
    this.#begun.add(name);
    const gpu = gpuFor(job.spec, to);
    const resources = requestOfJob(job.spec, job.secretBytes);
    this.#budgets.replace(budgetAfter(to, resources, plannedCores, gpu));
    return {
      kind: 'place',
      allocation: id,
      job: name,
      node: to.node.id,
      replaces: allocation.id,
      ...(gpu === undefined ? {} : { gpu }),
      reason: `moves from ${from}: ${why}`,
    };
  }
}

const requestOf = ({ spec, refusedBy, secretBytes }: SnapshotJob): RequestOfNode => ({
  spec,
  resources: requestOfJob(spec, secretBytes),
  refusedBy,
});

const isMove = ({ replaces }: Placed): boolean => replaces !== undefined;
