import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { JobSpec } from '../../../../shared/job.js';
import { job, jobName } from '../build.js';
import { World } from '../world.js';

const FORBIDDEN = 'image "x" is not in the list of images this host allows';

describe('what a host refuses, under the next leader', () => {
  let world: World;
  /** Jobs that the agent was asked to start, by the image, one for each desired state. */
  const asked: string[] = [];
  beforeEach(async () => {
    asked.length = 0;
    world = await World.make();
    world.agent.rules = ({ image }: JobSpec) => {
      asked.push(image);
      return image === 'x' ? FORBIDDEN : undefined;
    };
  });
  afterEach(() => world.stop());

  const refusedOnce = async () => {
    const leader = await world.start('c1');
    await world.live(2);
    await world.call('job-submit', { jobs: [job('web', { image: 'x' })] });
    await world.live(5);
    assert.ok(asked.includes('x'));
    await leader.stop();
    asked.length = 0;
    const next = await world.start('c2');
    await world.live(10);
    return next.status().jobs[0];
  };

  it('is not placed there again, and waits with the same reason', async () => {
    const web = await refusedOnce();
    assert.deepEqual(asked, []);
    assert.deepEqual(
      [web?.state, web?.reasons],
      ['pending', [`web-1: node h1 refuses it: ${FORBIDDEN}`]],
    );
    assert.equal(world.events.filter((type) => type === 'job.refused').length, 1);
  });

  it('is tried there when the job is another, or the agent was started again', async () => {
    await refusedOnce();
    await world.call('job-submit', { jobs: [job('web', { image: 'y' })] });
    await world.live(5);
    assert.ok(asked.includes('y'));
    await world.call('job-submit', { jobs: [job('other', { image: 'x' })] });
    await world.call('job-stop', { name: jobName('web') });
    await world.live(5);
    asked.length = 0;
    world.agent.bootId = 'boot-2';
    await world.live(5);
    assert.ok(asked.includes('x'));
  });
});
