import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { fixedPartsHashOf } from '../../../../shared/fixed-parts-hash.js';
import { job, jobName } from '../build.js';
import { DividedWorld, type Led } from './divided-world.js';

const LEVEL_1 = job('web', { env: { LEVEL: '1' }, moves: 'never' });
const LEVEL_2 = job('web', { env: { LEVEL: '2' }, moves: 'never' });
const HINDRANCE = 'the engine did not answer in time: stop [docker.timeout]';

describe('coordinators: a change that comes no further', () => {
  let world: DividedWorld;
  beforeEach(async () => {
    world = await DividedWorld.make(3);
  });
  afterEach(() => world.stop());

  /** What events say of it. */
  const said = (): readonly string[] =>
    world.facts.flatMap(({ type, data }) =>
      type === 'dqoes.job.start-failed' && data.reason.includes('nothing has changed')
        ? [data.reason]
        : [],
    );

  /** What the status of the job says of it. */
  async function reasons(): Promise<string> {
    const { job: found } = await world.ask('job-status', { name: jobName('web') });
    return found.reasons.join('\n');
  }

  async function handOver({ leader }: Led, workers: number): Promise<void> {
    const stopping = leader.stop();
    await world.clock.advance(1000);
    await stopping;
    await world.start(workers, 'c2');
  }

  for (const workers of [0, 2])
    it(`is said in the agent's words, and by the next leader (${workers} workers)`, async () => {
      const led = await world.start(workers);
      await world.ask('policy-set', { policy: 'default' });
      await world.live(3);
      await world.ask('job-submit', { jobs: [LEVEL_1] });
      await world.live(5);
      for (const agent of world.agents) {
        agent.specHashes = { 'web-1': fixedPartsHashOf(LEVEL_1) };
        agent.hindrance = HINDRANCE;
      }
      await world.live(2);
      await world.ask('job-submit', { jobs: [LEVEL_2] });
      await world.live(1190);
      assert.deepEqual(said(), []);
      await world.live(20);
      const [reason = '', ...more] = said();
      assert.deepEqual(more, []);
      assert.match(reason, /20 min: web-1 on h\d is not started again yet: the engine did not ans/);
      assert.match(reason, /; mend what is named, or change web back$/);
      assert.match(await reasons(), /20 min: .*: the engine did not answer .*stalled\]/);
      await handOver(led, workers);
      await world.live(80);
      assert.equal(said().length, 1);
      assert.doesNotMatch(await reasons(), /nothing has changed/);
      await world.live(20);
      assert.deepEqual(said().slice(1), [reason]);
      assert.match(await reasons(), /20 min: .*: the engine did not answer .*stalled\]/);
    }).timeout(120_000);
});
