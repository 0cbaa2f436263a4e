import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { classesOf, registrationOf } from '../../../../coordinator/state/heard.js';
import { emptyState } from '../../../../coordinator/state/model.js';
import { workloadKeyOf } from '../../../../shared/workload.js';
import { heldStill } from '../../../lib/held-still.js';
import { allocationId, container, job, latency, report, target } from '../build.js';

const NONE = new Map();
const state = emptyState({ incarnation: 'inc', epoch: 1, policy: 'adaptive' });
const at = (id: string, ms: number | null) =>
  container(id, {
    origin: 'label',
    target: target(100),
    latency: ms === null ? null : latency(ms),
  });

describe('classes after a report', () => {
  const before = classesOf(
    state,
    report('h1', { containers: [at('a-1', 100), at('b-1', 300)] }),
    new Map(),
  );

  it('keep their identity while none changes', () => {
    const same = report('h1', { containers: [at('a-1', 101), at('b-1', 290)] });
    assert.equal(classesOf(state, same, before), before);
    const silent = report('h1', { containers: [at('a-1', null), at('b-1', null)] });
    assert.equal(classesOf(state, silent, before), before);
  });

  it('follow a change, a container that goes, and one that comes in its place', () => {
    const faster = report('h1', { containers: [at('a-1', 10), at('b-1', 300)] });
    assert.deepEqual([...classesOf(state, faster, before).values()], ['faster', 'slower']);
    const gone = report('h1', { containers: [at('a-1', 100)] });
    assert.deepEqual([...classesOf(state, gone, before).keys()], ['a-1']);
    const twice = report('h1', { containers: [at('a-1', 100), at('a-1', 100)] });
    assert.deepEqual([...classesOf(state, twice, before).keys()], ['a-1']);
    const other = report('h1', { containers: [at('a-1', 100), at('c-1', 300)] });
    assert.deepEqual([...classesOf(state, other, before).keys()], ['a-1', 'c-1']);
  });
});

describe('the jobs of a report', () => {
  class WatchedMap<K, V> extends Map<K, V> {
    looks = 0;

    override get(key: K): V | undefined {
      this.looks += 1;
      return super.get(key);
    }
  }
  const jobsOf = (latencyMs: number) => {
    const spec = job('a', { target: target(latencyMs) });
    return new WatchedMap([[spec.name, { spec, workload: workloadKeyOf(spec), revision: 1 }]]);
  };
  const seen = (latencyMs: number) =>
    report('h1', { containers: [container('a-1', { latency: latency(latencyMs) })] });

  it('are looked up once for as long as they stay, and again where one was changed', () => {
    const jobs = jobsOf(100);
    const first = classesOf({ ...state, jobs }, seen(100), new Map());
    assert.deepEqual([...first], [[allocationId('a-1'), 'within']]);
    classesOf({ ...state, jobs }, seen(101), first);
    const { looks } = jobs;
    assert.equal(classesOf({ ...state, jobs }, seen(102), first), first);
    const faster = classesOf({ ...state, jobs }, seen(10), first);
    assert.deepEqual([...faster.values()], ['faster']);
    assert.equal(classesOf({ ...state, jobs }, seen(11), faster), faster);
    assert.equal(jobs.looks, looks);
    const changed = classesOf({ ...state, jobs: jobsOf(50) }, seen(100), first);
    assert.deepEqual([...changed.values()], ['slower']);
  });

  it('are not held for a node that is silent since', async () => {
    const heard = () => {
      const jobs = jobsOf(100);
      return { jobs: new WeakRef(jobs), classes: classesOf({ ...state, jobs }, seen(100), NONE) };
    };
    const { jobs, classes } = heard();
    assert.deepEqual(await heldStill([jobs]), []);
    const again = classesOf({ ...state, jobs: jobsOf(50) }, seen(100), classes);
    assert.deepEqual([...again.values()], ['slower']);
  });

  it('are those of the containers, whichever stand in their places', () => {
    const [a, b] = [job('a', { target: target(100) }), job('b', { target: target(400) })];
    const jobs = new Map(
      [a, b].map((spec) => [spec.name, { spec, workload: workloadKeyOf(spec), revision: 1 }]),
    );
    const heard = (...ids: string[]) =>
      report('h1', { containers: ids.map((id) => container(id, { latency: latency(100) })) });
    const before = classesOf({ ...state, jobs }, heard('a-1', 'b-1'), new Map());
    const after = classesOf({ ...state, jobs }, heard('b-1', 'a-1'), before);
    assert.deepEqual(Object.fromEntries(after), { 'a-1': 'within', 'b-1': 'faster' });
  });
});

describe('the registration after a report', () => {
  const base = report('h1', { labels: { zone: 'a' } });
  const before = registrationOf(base, null);

  it('keeps its identity while only usage changes', () => {
    const { host } = base;
    const busy = report('h1', {
      labels: { zone: 'a' },
      sequence: 9,
      host: { ...host, cpuUtilisationRatio: 0.9, memoryUsedBytes: 5, cpuPressureRatio: 0.1 },
    });
    assert.equal(registrationOf(busy, before), before);
    const measured = report('h1', { host: { ...host, energyJoules: 5 } });
    assert.ok(!('energyJoules' in registrationOf(measured, null).host));
  });

  it('is another one when anything lasting changes', () => {
    const { host } = base;
    const boot = { journal: 'j', count: 2 };
    const changes = [
      { bootId: 'boot-2' },
      { boot },
      { labels: { zone: 'b' } },
      { agentVersion: '9' },
      { intervalMs: base.intervalMs + 1 },
      { host: { ...host, capacityCpuCores: 77 } },
      { host: { ...host, capacityMemoryBytes: 77 } },
      { host: { ...host, allocatableCpuCores: 0.5 } },
      { host: { ...host, allocatableMemoryBytes: 77 } },
    ];
    for (const change of changes) {
      const next = report('h1', { labels: { zone: 'a' }, ...change });
      const after = registrationOf(next, before);
      assert.notEqual(after, before, JSON.stringify(change));
      assert.equal(registrationOf(next, after), after);
    }
  });
});
