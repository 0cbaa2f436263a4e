import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { job, jobName } from './build.js';
import { World } from './world.js';

const A = jobName('a');

/** A cluster whose job `a` runs on h1. */
async function running(): Promise<World> {
  const world = await World.make();
  await world.start('c1');
  await world.live(1);
  assert.ok((await world.call('job-submit', { jobs: [job('a')] })).ok);
  await world.live(3);
  return world;
}

const stoppingIn = async (world: World) => {
  const listed = await world.call('job-list', {});
  assert.ok(listed.ok);
  return listed.value.stopping?.map(({ name, reasons }) => [name, reasons]);
};
const messageOf = (answer: Awaited<ReturnType<World['call']>>): string =>
  answer.ok ? '' : (answer.error[0]?.message ?? '');

describe('coordinator: a job that was stopped while its host does nothing', () => {
  it('is listed, and said to be stopped, until the host has removed it', async () => {
    const world = await running();
    world.agent.isDeaf = true;
    assert.deepEqual(await world.call('job-stop', { name: A }), {
      ok: true,
      value: { stopped: A },
    });
    await world.live(2);
    assert.deepEqual(await stoppingIn(world), [['a', ['stopping on h1']]]);
    for (const verb of ['job-stop', 'job-status'] as const)
      assert.equal(
        messageOf(await world.call(verb, { name: A })),
        'job a was stopped, but is not gone: stopping on h1',
      );
    world.agent.isDeaf = false;
    await world.live(10);
    assert.equal(await stoppingIn(world), undefined);
    assert.match(messageOf(await world.call('job-status', { name: A })), /^there is no job a/);
    await world.stop();
  });

  it('says at once which containers a silent host may still run', async () => {
    const world = await running();
    await world.clock.advance(60_000);
    const stopped = await world.call('job-stop', { name: A });
    assert.ok(stopped.ok);
    assert.match(
      stopped.value.remaining?.join() ?? '',
      /^a-1: stopping: h1 is silent, .*: dqoes node remove h1$/,
    );
    // The name is free again, and the next job of that name is no stopped one.
    assert.ok((await world.call('job-submit', { jobs: [job('a')] })).ok);
    assert.equal(await stoppingIn(world), undefined);
    await world.stop();
  });

  it('is listed by the next leader, too, once the host has reported to it', async () => {
    const world = await running();
    world.agent.isDeaf = true;
    await world.call('job-stop', { name: A });
    await world.live(2);
    await world.stop();
    await world.start('c2');
    await world.live(2);
    assert.deepEqual(await stoppingIn(world), [['a', ['stopping on h1']]]);
    await world.stop();
  });
});
