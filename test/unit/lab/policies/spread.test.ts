import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { POLICIES } from '../../../../coordinator/schedule/policies/index.js';
import { NO_MEMORY, schedule } from '../../../../coordinator/schedule/schedule.js';
import type { Policy, SnapshotNode } from '../../../../coordinator/schedule/types.js';
import { LAB_POLICIES } from '../../../../lab/policies/index.js';
import { spread } from '../../../../lab/policies/spread.js';
import type { JobSpec } from '../../../../shared/job.js';
import { allocation, job, node, nodeId, PARAMS, wantedJob } from '../../coordinator/build.js';

const withTasks = (
  id: string,
  tasks: readonly string[],
  change: Partial<SnapshotNode> = {},
): SnapshotNode =>
  node(id, { allocations: tasks.map((task) => allocation(task, { node: nodeId(id) })), ...change });

/** `job-ordinal@node` of everything placed. */
function placed(
  nodes: readonly SnapshotNode[],
  specs: readonly JobSpec[],
  policy = LAB_POLICIES.default as Policy,
) {
  // What runs already is asked for, too.
  const there = nodes.flatMap(({ allocations }) => allocations);
  const jobs = [
    ...new Set([...there.map((each) => each.job), ...specs.map(({ name }) => name)]),
  ].map((name) => {
    const mine = there.filter((each) => each.job === name);
    const spec = specs.find((each) => each.name === name) ?? job(name, { replicas: mine.length });
    return wantedJob(spec, ...mine.map(({ id, node: at }) => [id, at] as const));
  });
  const { plan } = schedule(
    { snapshot: { jobs, nodes }, nowMs: 0, params: PARAMS, policy },
    NO_MEMORY,
  );
  const here = new Set<string>(there.map(({ id }) => id));
  return plan.decisions.flatMap((each) =>
    each.kind === 'place' && !here.has(each.allocation) ? [`${each.allocation}@${each.node}`] : [],
  );
}

describe('lab: plain Docker on several hosts spreads as Swarm does', () => {
  it('takes the node with the fewest of that job, then the fewest of all, then the first', () => {
    const berth = (id: string, ofJob: number, ofAll: number) => ({
      node: nodeId(id),
      ofJob,
      ofAll,
    });
    const chosen = (...berths: ReturnType<typeof berth>[]): string => spread(berths).node;
    assert.equal(chosen(berth('h1', 1, 1), berth('h2', 0, 9)), 'h2');
    assert.equal(chosen(berth('h1', 1, 4), berth('h2', 1, 3)), 'h2');
    assert.equal(chosen(berth('h3', 1, 3), berth('h2', 1, 3)), 'h2');
    assert.match(spread([berth('h1', 1, 4)]).reason, /1 of this job and 4 of all/);
  });

  it('counts tasks and neither sizes nor needs, also within one plan', () => {
    const nodes = [
      withTasks('h1', [], { allocatableCpuCores: 8 }),
      withTasks('h2', [], { allocatableCpuCores: 1 }),
    ];
    const jobs = ['a', 'b', 'c', 'd'].map((name) => job(name));
    assert.deepEqual(placed(nodes, jobs), ['a-1@h1', 'b-1@h2', 'c-1@h1', 'd-1@h2']);
    // By need, the small one gets none of them.
    assert.ok(
      placed(nodes, jobs, POLICIES.default as Policy).every((place) => place.endsWith('@h1')),
    );
  });

  it('spreads the replicas of a job first', () => {
    const nodes = [
      withTasks('h1', ['x-1', 'y-1', 'z-1']),
      withTasks('h2', ['w-1']),
      withTasks('h3', ['v-1']),
    ];
    assert.deepEqual(placed(nodes, [job('a', { replicas: 4 })]), [
      'a-1@h2',
      'a-2@h3',
      'a-3@h1',
      'a-4@h2',
    ]);
  });

  it('leaves out nodes that cannot take it, and says why when none can', () => {
    const shut = { schedulable: false, unschedulableReason: 'cordoned' };
    assert.deepEqual(placed([withTasks('h1', [], shut), withTasks('h2', ['x-1'])], [job('a')]), [
      'a-1@h2',
    ]);
    const { plan } = schedule(
      {
        snapshot: { jobs: [wantedJob(job('a'))], nodes: [withTasks('h1', [], shut)] },
        ...{ nowMs: 0, params: PARAMS, policy: LAB_POLICIES.default as Policy },
      },
      NO_MEMORY,
    );
    assert.match(
      plan.pending[0]?.refusals[0]?.message ?? '',
      /node h1 accepts no new allocations: cordoned/,
    );
  });
});
