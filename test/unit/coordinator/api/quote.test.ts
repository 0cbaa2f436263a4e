import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { JobSpec } from '../../../../shared/job.js';
import { job, jobName } from '../build.js';
import { World } from '../world.js';

describe('coordinator: a quote that is asked for', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.make();
    await world.start();
    await world.call('job-submit', { jobs: [job('a')] });
    await world.live(2);
  });
  afterEach(() => world.stop());

  const faultOf = async (asked: { readonly name?: string; readonly spec?: JobSpec }) => {
    const { name, spec } = asked;
    const answer = await world.call('job-quote', {
      ...(name === undefined ? {} : { name: jobName(name) }),
      ...(spec === undefined ? {} : { spec }),
      targetsMs: [],
    });
    return answer.ok ? '' : (answer.error[0]?.code ?? '?');
  };

  it('names one job that there is, or describes one', async () => {
    assert.equal(await faultOf({ name: 'none' }), 'service.not-found');
    assert.equal(await faultOf({}), 'service.bad-request');
    assert.equal(await faultOf({ name: 'a', spec: job('a') }), 'service.bad-request');
    assert.notEqual(await faultOf({ spec: job('b', { replicas: -1 }) }), '');
  });

  it('of a workload that is not known says so, and has no steps', async () => {
    for (const asked of [{ spec: job('b', { command: ['new'] }) }, { name: jobName('a') }]) {
      const answer = await world.call('job-quote', { ...asked, targetsMs: [] });
      assert.ok(answer.ok, JSON.stringify(answer));
      assert.deepEqual([answer.value.steps, answer.value.fastestMs], [[], null]);
      assert.match(answer.value.reason, /has answered yet|learns nothing/);
      assert.equal(answer.value.prices, undefined);
    }
  });
});
