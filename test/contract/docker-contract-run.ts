import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { NodeId } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import { type EngineFixture, OPT_IN } from './engine-fixture.js';
import { runRequestOf, specOf } from './run-requests.js';

/** What `run` and `stop` of a container engine promise. Call it inside a `describe`. */
export function describeRunAndStop(fixture: EngineFixture): void {
  describe('run', () => {
    testStarts(fixture);
    testAdoptions(fixture);
    testRunRefusals(fixture);
  });
  describe('stop', () => testStops(fixture));
}

function testStarts(fixture: EngineFixture): void {
  const { find, kernelCores, hasShares } = fixture;
  it('creates and starts with the limit and the labels', async () => {
    const { world } = fixture;
    const request = runRequestOf(world, specOf('fresh'), 0.25);
    const started = await world.engine.run(request);
    assert.ok(started.ok, JSON.stringify(started));
    const shown = await find(started.value);
    assert.equal(shown.running, true);
    assert.equal(shown.name, request.name);
    assert.deepEqual({ ...shown.labels, ...request.labels }, shown.labels);
    assert.equal(await kernelCores(shown), 0.25);
    assert.ok(await hasShares(started.value, 2560));
  });

  it('gives a container that pushes a token of its own, or the job’s', async () => {
    const { world } = fixture;
    const tokenOf = async (spec: JobSpec): Promise<string | undefined> => {
      const started = await world.engine.run(runRequestOf(world, spec, 0.25));
      assert.ok(started.ok, JSON.stringify(started));
      return (await find(started.value)).pushToken;
    };
    const [first, second] = [await tokenOf(specOf('one')), await tokenOf(specOf('two'))];
    assert.ok(first !== undefined && first.length >= 16);
    assert.notEqual(first, second);
    const env = { DQOES_PUSH_TOKEN: 'chosen-by-a-person' };
    assert.equal(await tokenOf(specOf('own', { env })), env.DQOES_PUSH_TOKEN);
    const log = { source: 'log', pattern: '(?<value>[0-9]+)', unit: 'ms' } as const;
    assert.equal(await tokenOf(specOf('log', { latency: log })), undefined);
  });

  it('creates with a weight alone', async () => {
    const { world } = fixture;
    const request = runRequestOf(world, specOf('weighs'), null);
    const limit = { cpuCores: null, periodUs: 100_000, guaranteeCores: 0.3 };
    const started = await world.engine.run({ ...request, limit });
    assert.ok(started.ok, JSON.stringify(started));
    assert.equal(await kernelCores(await find(started.value)), null);
    assert.ok(await hasShares(started.value, 3072));
  });

  it('runs without a limit', async () => {
    const { world } = fixture;
    const started = await world.engine.run(runRequestOf(world, specOf('free'), null));
    assert.ok(started.ok, JSON.stringify(started));
    assert.equal(await kernelCores(await find(started.value)), null);
  });
}

function testAdoptions(fixture: EngineFixture): void {
  const { find, kernelCores } = fixture;
  it('adopts the container that it started before', async () => {
    const { world } = fixture;
    const request = runRequestOf(world, specOf('twice'), 0.25);
    const first = await world.engine.run(request);
    assert.ok(first.ok, JSON.stringify(first));
    assert.deepEqual(await world.engine.run(request), first);
  });

  it('starts one that was created only', async () => {
    const { world } = fixture;
    const request = runRequestOf(world, specOf('half'), 0.25);
    const id = await world.create({ name: request.name, labels: request.labels, run: false });
    assert.deepEqual(await world.engine.run(request), { ok: true, value: id });
    assert.equal((await find(id)).running, true);
    assert.equal(await kernelCores(await find(id)), 0.25);
  });

  it('starts one that was created while the node had a former name, and no other', async () => {
    const { world } = fixture;
    const request = runRequestOf(world, specOf('renamed'), 0.25);
    const labels = { ...request.labels, 'dqoes.node': 'before' };
    const id = await world.create({ name: request.name, labels, run: false });
    const refused = await world.engine.run({ ...request, formerNodes: ['another' as NodeId] });
    assert.ok(!refused.ok);
    assert.match(refused.error.message, /is taken by a container/);
    const formerNodes = ['another' as NodeId, 'before' as NodeId];
    assert.deepEqual(await world.engine.run({ ...request, formerNodes }), { ok: true, value: id });
    assert.equal((await find(id)).running, true);
    assert.equal(await kernelCores(await find(id)), 0.25);
  });

  it('starts one that was created with another limit with the one asked for now', async () => {
    const { world } = fixture;
    const request = runRequestOf(world, specOf('other-limit'), 0.25);
    const cpu = { quotaUs: 50_000, periodUs: 100_000 };
    const id = await world.create({
      name: request.name,
      labels: request.labels,
      run: false,
      cpu,
    });
    assert.deepEqual(await world.engine.run(request), { ok: true, value: id });
    assert.equal(await kernelCores(await find(id)), 0.25);
  });
}

function testRunRefusals(fixture: EngineFixture): void {
  it('refuses a name that another container has', async () => {
    const { world } = fixture;
    const request = runRequestOf(world, specOf('taken'), 0.25);
    await world.create({ name: request.name, labels: {} });
    const answer = await world.engine.run(request);
    assert.ok(!answer.ok);
    assert.equal(answer.error.kind, 'refused');
    assert.match(answer.error.message, /is taken by a container/);
  });

  it('names a missing image', async () => {
    const { world } = fixture;
    const answer = await world.engine.run(
      runRequestOf(world, specOf('no-image', { image: '127.0.0.1:1/none:9' }), null),
    );
    assert.ok(!answer.ok);
    assert.equal(answer.error.kind, 'no-image');
    assert.match(answer.error.message, /127\.0\.0\.1:1\/none:9/);
    assert.match(answer.error.message, /could not be pulled/);
  });
}

function testStops(fixture: EngineFixture): void {
  const { find, optedIn } = fixture;
  it('stops and removes', async () => {
    const { world } = fixture;
    const started = await world.engine.run(runRequestOf(world, specOf('ends'), 0.25));
    assert.ok(started.ok, JSON.stringify(started));
    assert.ok((await world.engine.stop(started.value, 1000)).ok);
    const listed = await world.engine.list();
    assert.ok(listed.ok);
    assert.equal(
      listed.value.some((container) => container.id === started.value),
      false,
    );
  });

  it('removes what has ended, and leaves what somebody started again', async () => {
    const { world } = fixture;
    const runs = await optedIn('runs-on');
    const refused = await world.engine.stop(runs, 1000, true);
    assert.ok(!refused.ok);
    assert.equal(refused.error.kind, 'refused');
    assert.ok((await find(runs)).running);
    const name = `${world.prefix}-ended`;
    const ended = await world.create({ name, labels: OPT_IN, run: false });
    assert.ok((await world.engine.stop(ended, 1000, true)).ok);
    const listed = await world.engine.list();
    assert.ok(listed.ok && listed.value.every(({ id }) => id !== ended));
  });

  it('is a success for a container that is gone', async () => {
    const { world } = fixture;
    const id = await optedIn('gone-already');
    await world.remove(id);
    assert.ok((await world.engine.stop(id, 1000)).ok);
  });
}
