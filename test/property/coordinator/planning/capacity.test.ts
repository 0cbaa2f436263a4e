import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { capacity, capacitySteps } from '../../../../coordinator/planning/capacity.js';
import { type SettledState, settledSteps } from '../../../../coordinator/planning/settle.js';
import { POLICIES } from '../../../../coordinator/schedule/policies/index.js';
import { NO_MEMORY } from '../../../../coordinator/schedule/schedule.js';
import { type ClusterState, emptyState } from '../../../../coordinator/state/model.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import { encodeReply } from '../../../../proto/service-codec.js';
import { atOnce } from '../../../../shared/steps.js';
import { container, latency, nodeId, PARAMS, report } from '../../../unit/coordinator/build.js';
import { like, ToyCluster } from '../../../unit/coordinator/schedule/toy-cluster.js';

const RUNS = 200;
const MANY_STEPS = { maxSteps: 1e6 };
const WORDS = ['tiny', 'small', 'large'] as const;
const WORK: Readonly<Record<string, number>> = { tiny: 0.02, small: 0.05, large: 0.1 };

/** Two to four hosts of two cores, and jobs that take a tenth of one to all of it. */
const scenario = fc.record({
  hosts: fc.integer({ min: 2, max: 4 }),
  jobs: fc.array(
    fc.record({
      word: fc.constantFrom(...WORDS),
      targetMs: fc.constantFrom(60, 90, 130, 200, 300),
      memoryBytes: fc.constantFrom(2 ** 30, 2 ** 30, 2 ** 39),
    }),
    { minLength: 1, maxLength: 6 },
  ),
});
type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never;

function clusterOf({ hosts, jobs }: Scenario): ToyCluster {
  const names = Array.from({ length: hosts }, (_, i) => `h${i + 1}`);
  const cluster = new ToyCluster(names, (job) => WORK[job.replace(/\d+$/, '')] ?? 0.05);
  cluster.submit(
    ...jobs.map(({ word, targetMs, memoryBytes }, i) =>
      like(`${word}${i}`, targetMs, { resources: { cpu: { minCores: 0.05 }, memoryBytes } }),
    ),
  );
  cluster.run(12);
  return cluster;
}

/** What the scheduler has, with what the hosts have taught it until now. */
function contextOf({ state, memory, nowMs }: ToyCluster) {
  const context = { state, memory, nowMs, params: PARAMS, policy: POLICIES.adaptive };
  const asked = { ...context, memory: { ...memory, learntAtMs: null } };
  const { knowledge, learntAtMs } = atOnce(settledSteps(asked, state)).memory;
  return { ...context, memory: { ...memory, knowledge, learntAtMs } };
}
type Context = ReturnType<typeof contextOf>;

const idsOf = ({ pending, unreachable }: SettledState): readonly string[] =>
  [...pending.map(({ allocation }) => allocation as string), ...unreachable.keys()].sort();

/** Who misses by a plan of the state without these nodes, taken from it one by one. */
function missedWithout(context: Context, gone: readonly string[]): readonly string[] {
  let { state }: { state: ClusterState } = context;
  for (const id of gone)
    state = reduce(state, { kind: 'node-removed', atMs: context.nowMs, node: nodeId(id) });
  return idsOf(atOnce(settledSteps(context, state)));
}

const isSubset = (some: readonly string[], all: readonly string[]): boolean =>
  some.every((each) => all.includes(each));

/** The most hosts that can be emptied so that nobody misses who does not now. */
function mostEmptied(context: Context, now: readonly string[]): number {
  const nodes = [...context.state.nodes.keys()];
  let most = 0;
  for (let set = 1; set < 2 ** nodes.length - 1; set += 1) {
    const gone = nodes.filter((_, i) => (set >> i) % 2 === 1);
    if (gone.length > most && isSubset(missedWithout(context, gone), now)) most = gone.length;
  }
  return most;
}

describe('laws of capacity', () => {
  it('--pack is feasible, and at most one host above the fewest', () => {
    let [emptied, kept] = [0, 0];
    fc.assert(
      fc.property(scenario, (asked) => {
        const cluster = clusterOf(asked);
        const request = { parts: ['pack'] as const };
        const context = contextOf(cluster);
        const { packed } = capacity({ ...context, request, limit: MANY_STEPS });
        assert.ok(packed !== undefined);
        const now = missedWithout(context, []);
        assert.ok(isSubset(missedWithout(context, packed.empty), now), 'it is feasible');
        const most = mostEmptied(context, now);
        emptied += packed.empty.length;
        kept += packed.keep.length - 1;
        assert.ok(packed.empty.length >= most - 1, `${packed.empty.length} of ${most}`);
        assert.deepEqual([...packed.keep, ...packed.empty].sort(), cluster.nodes);
      }),
      { numRuns: RUNS },
    );
    assert.ok(emptied > RUNS / 10 && kept > RUNS / 10, `${emptied} emptied, ${kept} kept`);
  });
});

describe('capacity of a thousand hosts', () => {
  const HOSTS = 1000;

  function large(): ClusterState {
    const names = Array.from({ length: HOSTS }, (_, i) => `n${i}`);
    const jobs = names.map((_, i) => ({
      spec: like(`word${i}`, 100 + (i % 7) * 20, { replicas: 2 }),
      revision: 1,
    }));
    const empty = emptyState({ incarnation: 'i', epoch: 1, policy: 'adaptive' });
    const reports = names.map((name, i) => ({
      atMs: 1000,
      report: report(name, {
        containers: [container(`word${i}-1`, { latency: latency(90) })],
      }),
    }));
    return reduce(reduce(empty, { kind: 'jobs-stored', atMs: 0, jobs }), {
      kind: 'reports',
      atMs: 1000,
      reports,
    });
  }

  it('ends --pack at once when time is up, with what was found until then', () => {
    let [asked, since] = [0, 0];
    const isOver = (): boolean => {
      asked += 1;
      return asked > 5000;
    };
    const request = { parts: ['pack'] as const };
    const context = { memory: NO_MEMORY, nowMs: 2000, params: PARAMS, policy: POLICIES.adaptive };
    const limit = { maxSteps: 1e7, isOver };
    const steps = capacitySteps({ ...context, state: large(), request, limit });
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) if (asked > 5000) since += 1;
    assert.equal(asked, 5001, 'it is not asked again');
    assert.ok(since <= 10, String(since));
    const { complete, packed } = step.value;
    assert.equal(complete, false);
    assert.equal(packed?.proven, false);
    assert.equal((packed?.keep.length ?? 0) + (packed?.empty.length ?? 0), HOSTS);
  });

  it('takes a bounded number of steps, and its answer fits into a message', () => {
    const request = { parts: ['room', 'trades', 'pack'] as const, without: [nodeId('n7')] };
    const context = { memory: NO_MEMORY, nowMs: 2000, params: PARAMS, policy: POLICIES.adaptive };
    const maxSteps = 30_000;
    const steps = capacitySteps({ ...context, state: large(), request, limit: { maxSteps } });
    let taken = 0;
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) taken += 1;
    assert.ok(taken <= maxSteps + 50 * HOSTS, String(taken));
    assert.equal(step.value.hosts.length, HOSTS);
    const bytes = encodeReply('capacity', { ok: true, value: step.value });
    assert.ok(bytes.length < 1000 * 1024, String(bytes.length));
  });
});
