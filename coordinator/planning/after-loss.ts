import { type AllocationId, type JobName, type NodeId, ordinalOf } from '../../shared/ids.js';
import type { Steps } from '../../shared/steps.js';
import type { Shown } from '../schedule/forecast.js';
import { MOVES_REST_MS, movesLater } from '../schedule/moves/later.js';
import { memoryOf, withMemories } from '../schedule/node-memories.js';
import type { SchedulerMemory } from '../schedule/schedule.js';
import type { ClusterState } from '../state/model.js';
import { movesUnderWay, withMovesEnded } from './ended-moves.js';
import { type SettledState, settledSteps } from './settle.js';
import { type Base, missesOf, type WhatIfInput } from './what-if.js';

/** Rounds of moves that are followed, each as long as the pause after a move. */
const MAX_ROUNDS = 8;

/**
 * What becomes of a state some minutes after hosts have stopped, as the coordinator itself goes on:
 * what ran there is placed again by what its workload has shown everywhere; as soon as it has
 * answered its needs are those that it showed before, and limits follow; what still misses is moved
 * where that helps, until no move begins. Hosts that are gone miss nothing here.
 */
export function* afterLossSteps(
  { input }: Pick<Base, 'input'>,
  state: ClusterState,
  gone: ReadonlySet<NodeId>,
): Steps<Base> {
  const shown = new ShownBefore(input, gone);
  let settled = yield* settledSteps(input, state);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const answered = yield* answeredSteps(input, settled, shown);
    settled = answered;
    if (answered.unreachable.size === 0) break;
    const { memory, seen } = answered;
    const moves = movesLater(memory.moves, MOVES_REST_MS);
    const rested = { ...input, seen, memory: { ...memory, moves }, makesMoves: true };
    settled = yield* settledSteps(rested, answered.state);
    if (movesUnderWay(settled.state).size === 0) break;
  }
  const misses = [...missesOf(input, settled)].filter(
    ([, { node }]) => node === null || !gone.has(node),
  );
  return { input, settled, misses: new Map(misses) };
}

/** The same some minutes later: moves have ended, and all have answered where they are. */
function* answeredSteps(
  input: WhatIfInput,
  { state, memory, seen }: SettledState,
  shown: ShownBefore,
): Steps<SettledState> {
  const ended = withMovesEnded(state, movesUnderWay(state), input.nowMs);
  const later = yield* laterSteps(input, memory, { state: ended, shown });
  return yield* settledSteps({ ...input, seen, memory: later }, ended);
}

interface Answered {
  readonly state: ClusterState;
  readonly shown: ShownBefore;
}

/** What is remembered of nodes that were decided about since, when all there have answered. */
function* laterSteps(
  { memory: before, nowMs, policy: { forecaster } }: WhatIfInput,
  memory: SchedulerMemory,
  { state, shown }: Answered,
): Steps<SchedulerMemory> {
  if (forecaster === undefined) return memory;
  const later = new Map<string, unknown>();
  for (const [place, id] of memory.nodes.ids.entries()) {
    yield;
    const its = memory.nodes.values[place];
    if (its === memoryOf(before.nodes, id)) continue;
    later.set(id, forecaster.later(its, shown.of(id as NodeId, state), nowMs));
  }
  return { ...memory, nodes: withMemories(memory.nodes, later) };
}

interface Spot {
  readonly id: AllocationId;
  readonly node: NodeId;
}

/** What the allocations of each job had shown before hosts stopped. */
class ShownBefore {
  readonly #memory: SchedulerMemory;
  readonly #homes = new Map<AllocationId, NodeId>();
  /** Those on the hosts first: it is they that are started again. */
  readonly #byJob = new Map<JobName, Spot[]>();

  constructor({ state, memory }: WhatIfInput, gone: ReadonlySet<NodeId>) {
    this.#memory = memory;
    const isGone = ({ id }: { readonly id: NodeId }): boolean => gone.has(id);
    const nodes = [...state.nodes.values()];
    for (const node of [...nodes.filter(isGone), ...nodes.filter((each) => !isGone(each))])
      for (const { id, job, spec } of node.desired?.allocations ?? []) {
        if (spec === undefined) continue;
        this.#homes.set(id, node.id);
        const known = this.#byJob.get(job);
        if (known === undefined) this.#byJob.set(job, [{ id, node: node.id }]);
        else known.push({ id, node: node.id });
      }
  }

  /** For each allocation that has come to the node since, what one of its job had shown. */
  of(node: NodeId, { nodes }: ClusterState): ReadonlyMap<AllocationId, Shown<unknown>> {
    const found = new Map<AllocationId, Shown<unknown>>();
    for (const { id, job } of nodes.get(node)?.desired?.allocations ?? []) {
      const known = this.#byJob.get(job);
      const its = known?.[ordinalOf(id) % known.length];
      const memory = its === undefined ? undefined : memoryOf(this.#memory.nodes, its.node);
      if (this.#homes.get(id) === node || its === undefined || memory === undefined) continue;
      const workRatio = this.#speedOf(its.node) / this.#speedOf(node);
      found.set(id, { memory, allocation: its.id, workRatio });
    }
    return found;
  }

  #speedOf(node: NodeId): number {
    return this.#memory.knowledge.speeds.get(node) ?? 1;
  }
}
