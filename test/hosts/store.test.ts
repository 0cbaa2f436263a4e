import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { connect } from 'nats';
import { BUCKETS } from '../../proto/store.js';
import { bucketOf, eventStreamOf } from '../../proto/subjects.js';
import { TestCluster } from '../lib/hosts/cluster.js';
import { livesOf } from '../lib/hosts/kernel.js';
import {
  jobFiles,
  type Load,
  namesOf,
  runningJobs,
  tellOfFailures,
  untilWithin,
} from '../lib/hosts/loads.js';
import { Steering } from '../lib/hosts/steering.js';
import { until } from '../lib/until.js';

const LOADS: readonly Load[] = [
  { name: 'signs', model: 'ocr-det', batch: 1, targetMs: 250 },
  { name: 'plates', model: 'ocr-rec', batch: 1, targetMs: 300 },
  { name: 'turns', model: 'ocr-cls', batch: 18, targetMs: 300 },
];
/** A change of target alone must not move the job to another host. */
const MORE = 'moves: never\n';
const MINUTE_MS = 60_000;

describe('hosts: coordinators and what they store are gone', function () {
  this.timeout(300_000);
  let cluster: TestCluster;
  let steering: Steering;

  before(async () => {
    cluster = await TestCluster.start({ images: ['dqoes/sample:1'] });
    steering = new Steering(cluster, LOADS, MORE);
    for (const host of ['h1', 'h2']) await cluster.add(host, { cores: 0.7 });
    cluster.addCoordinator('standby');
    const run = await cluster.submit(jobFiles(LOADS, MORE));
    assert.equal(run.code, 0, run.err);
    await untilWithin(cluster, LOADS.length);
  });
  after(() => cluster?.close());
  tellOfFailures(() => cluster);

  /** What an operator's accident does: streams with all that is in them. */
  const remove = async (...streams: readonly string[]): Promise<void> => {
    const connection = await connect({ servers: [...cluster.nats.urls] });
    const manager = await connection.jetstreamManager();
    for (const stream of streams) await manager.streams.delete(stream);
    await connection.close();
  };
  const goesOn = async (lives: readonly string[], epoch: number): Promise<void> => {
    await until(
      async () => (await cluster.leader()).epoch > epoch,
      'a coordinator to lead anew',
      60_000,
    );
    await cluster.untilAnswers();
    assert.deepEqual((await cluster.jobs()).map(({ spec }) => spec.name).sort(), namesOf(LOADS));
    await untilWithin(cluster, LOADS.length);
    await steering.obeys('plates');
    assert.deepEqual(livesOf(await steering.seen()), lives);
    assert.deepEqual(runningJobs(cluster), namesOf(LOADS));
  };

  it('no coordinator for a minute: limits stay, and nothing is restarted afterwards', async () => {
    for (const name of ['coordinator', 'standby']) await cluster.program(name).signal('SIGKILL');
    const atDeath = await steering.seen();
    const endMs = performance.now() + MINUTE_MS;
    await until(
      async () => {
        assert.deepEqual(await steering.seen(), atDeath);
        return performance.now() > endMs;
      },
      'a minute to pass',
      2 * MINUTE_MS,
    );
    for (const name of ['coordinator', 'standby']) cluster.program(name).restart();
    await cluster.untilAnswers();
    await untilWithin(cluster, LOADS.length);
    await steering.obeys('turns');
    assert.deepEqual(livesOf(await steering.seen()), livesOf(atDeath));
  });

  for (const buckets of [...BUCKETS.map((bucket) => [bucket]), BUCKETS])
    it(`${buckets.join(', ')} deleted: reported, refilled, no container touched`, async () => {
      const [lives, { epoch }] = [livesOf(await steering.seen()), await cluster.leader()];
      await remove(...buckets.map((bucket) => `KV_${bucketOf('hosts', bucket)}`));
      await goesOn(lives, epoch);
      const told = (await cluster.dqoes('events', '--tail', '200')).out;
      for (const bucket of buckets.filter((name) => name !== 'lease'))
        assert.match(told, new RegExp(`bucket ${bucket} was refilled`));
    });

  it('another NATS server without anything in it: the leader brings all of it back', async () => {
    const [lives, { epoch }] = [livesOf(await steering.seen()), await cluster.leader()];
    await cluster.nats.replace('n1');
    await goesOn(lives, epoch);
  });

  it('the stream of events deleted: events go on in a new one', async () => {
    await remove(eventStreamOf('hosts'));
    await steering.obeys('turns');
    const isTold = async (): Promise<boolean> =>
      (await cluster.dqoes('events', '--tail', '200')).out.includes('limit-changed');
    await until(isTold, 'a changed limit to be told', 60_000);
  });
});
