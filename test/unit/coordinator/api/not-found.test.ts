import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Result } from '../../../../shared/result.js';
import { container, job, jobName, nodeId } from '../build.js';
import { World } from '../world.js';

// cspell:ignore fcae srearch

describe('coordinator: names of what is not there', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.make();
  });
  afterEach(() => world.stop());

  it('are answered with those that may be meant', async () => {
    await world.start();
    const api = { origin: 'label', name: 'search-api', job: jobName('search') } as const;
    world.agent.others = [container('adopted-0b26c2052fbf', api)];
    await world.call('job-submit', { jobs: [job('face')] });
    await world.live(2);
    const saidOf = async (answer: Promise<Result<unknown>>): Promise<string> => {
      const got = await answer;
      return got.ok ? 'done' : got.error.map(({ message }) => message).join();
    };
    const [fcae, srearch] = [jobName('fcae'), jobName('srearch')];
    for (const said of [
      await saidOf(world.call('job-status', { name: fcae })),
      await saidOf(world.call('job-stop', { name: fcae })),
      await saidOf(world.call('job-quote', { name: fcae, targetsMs: [] })),
      await saidOf(world.call('capacity', { like: [fcae] })),
    ])
      assert.match(said, /no job fcae \(did you mean face\?\): list them with "dqoes job ls"/);
    const adopted = await saidOf(world.call('job-status', { name: srearch }));
    assert.match(adopted, /\(did you mean search\?\)/);
    const hh1 = nodeId('hh1');
    for (const said of [
      await saidOf(world.call('node-status', { id: hh1 })),
      await saidOf(world.call('node-set', { id: hh1, scheduling: 'draining' })),
      await saidOf(world.call('node-remove', { id: hh1 })),
      await saidOf(world.call('node-drain-plan', { id: hh1 })),
      await saidOf(world.call('capacity', { without: [hh1] })),
    ])
      assert.match(said, /no node hh1 \(did you mean h1\?\): list them with "dqoes node ls"/);
  });
});
