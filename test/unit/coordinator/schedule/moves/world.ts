import {
  type MoveInput,
  type MoveMemory,
  NO_MOVES,
  planMoves,
} from '../../../../../coordinator/schedule/moves/moves.js';
import type { SnapshotJob, SnapshotNode } from '../../../../../coordinator/schedule/types.js';
import type { JobSpec } from '../../../../../shared/job.js';
import { allocation, allocationId, job, node, nodeId, snapshot, wantedJob } from '../../build.js';
import { budgetWith, demandOf, forecastOf } from '../../cluster-build.js';

type Asks = Readonly<Record<string, number>>;
/** Nodes of two cores. */
export interface World {
  /** What each allocation asks, by node. */
  readonly nodes: Readonly<Record<string, Asks>>;
  readonly unmet?: readonly string[];
  readonly jobs?: Readonly<Record<string, Partial<JobSpec>>>;
  readonly draining?: string;
  /** What an allocation shows, ms. */
  readonly latencyMs?: Readonly<Record<string, number>>;
  /** Moves under way: the newcomer, and whose place it takes. */
  readonly moving?: Readonly<Record<string, string>>;
  /** Makes a node of its own of each. */
  readonly change?: Readonly<Record<string, Partial<SnapshotNode>>>;
}

export function inputOf({
  nodes,
  unmet = [],
  jobs = {},
  draining = '',
  latencyMs = {},
  moving = {},
  change = {},
}: World): Omit<MoveInput, 'nowMs' | 'memory'> {
  const demands = Object.assign({}, ...Object.values(nodes)) as Asks;
  const seen = Object.entries(nodes).map(([id, its]) =>
    node(id, {
      allocations: Object.keys(its).map((each) => {
        const name = each.replace(/-\d+$/, '');
        return allocation(each, {
          node: nodeId(id),
          weight: jobs[name]?.weight ?? 1,
          maxCores: jobs[name]?.resources?.cpu.maxCores ?? 2,
          ...latencyOf(latencyMs[each]),
        });
      }),
      isDraining: id === draining,
      ...(id === draining ? { schedulable: false, unschedulableReason: 'cordoned' } : {}),
      ...change[id],
    }),
  );
  const forecast = (at: SnapshotNode) => forecastOf(2, nodes[at.id] ?? {}, unmet);
  const byJob = new Map<string, [string, string][]>();
  for (const [id, its] of Object.entries(nodes))
    for (const each of Object.keys(its)) {
      const name = each.replace(/-\d+$/, '');
      byJob.set(name, [...(byJob.get(name) ?? []), [each, id]]);
    }
  const wanted = [...byJob].map(([name, its]): SnapshotJob => {
    const seenJob = wantedJob(job(name, { replicas: its.length, ...jobs[name] }), ...its);
    const placed = seenJob.placed.map((each) => {
      const old = moving[each.id];
      return old === undefined ? each : { ...each, replaces: allocationId(old) };
    });
    return { ...seenJob, placed };
  });
  return {
    jobs: wanted,
    nodes: snapshot(seen).nodes,
    refused: wanted.filter(({ refusedBy }) => refusedBy !== undefined),
    budgets: () => seen.map((each) => budgetWith(each, forecast(each))),
    unmetOf: (each) => unmet.filter((id) => nodes[each.id]?.[id] !== undefined).map(allocationId),
    isFrozen: false,
    movesPerMinute: 4,
    moving: {
      movingSinceMs: new Map(Object.keys(moving).map((id) => [allocationId(id), 0])),
      startingAtMs: new Map(),
    },
    demandOf: ({ id }) => demandOf(demands[id] ?? 0),
    speedOf: () => 1,
  };
}

const latencyOf = (latencyMs: number | undefined) => (latencyMs === undefined ? {} : { latencyMs });

/** As after 20 s in which nothing changed. */
export const later = (world: World, memory: MoveMemory = NO_MOVES, nowMs = 20_000) => {
  const input = inputOf(world);
  const seen = planMoves({ ...input, nowMs: nowMs - 20_000, memory });
  return planMoves({ ...input, nowMs, memory: { ...seen.memory, scannedAtMs: null } });
};
export const shown = ({ decisions }: ReturnType<typeof planMoves>) =>
  decisions.map(({ allocation: id, node: at, replaces }) => `${replaces} → ${id}@${at}`);
