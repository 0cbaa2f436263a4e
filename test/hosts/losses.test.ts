import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { TestCluster } from '../lib/hosts/cluster.js';
import { livesOf, type RunningContainer, seenOn, totalCores } from '../lib/hosts/kernel.js';
import {
  jobFiles,
  jobsOn,
  type Load,
  namesOf,
  runningJobs,
  tellOfFailures,
  untilWithin,
} from '../lib/hosts/loads.js';
import { until } from '../lib/until.js';

const LOADS: readonly Load[] = [
  { name: 'signs', model: 'ocr-det', batch: 1, targetMs: 250 },
  { name: 'plates', model: 'ocr-rec', batch: 1, targetMs: 300 },
  { name: 'voices', model: 'vad', batch: 1, targetMs: 250 },
  { name: 'turns', model: 'ocr-cls', batch: 18, targetMs: 300 },
];
const CORES = 0.5;
/** Sums of limits that were rounded up, cores. */
const ROUNDING = 0.01;

describe('hosts: a host that is lost, and a leader that is', function () {
  this.timeout(300_000);
  let cluster: TestCluster;
  const hosts = ['h1', 'h2', 'h3'];

  const livenessOf = async (host: string) =>
    (await cluster.nodes()).find(({ id }) => id === host)?.liveness;
  const seen = async (): Promise<readonly RunningContainer[]> =>
    (await Promise.all(hosts.map((host) => seenOn(cluster.engine(host))))).flat();

  /** Waits, and looks on the way at what the kernel holds: never more than a host may give out. */
  const watchedUntil = async (condition: () => Promise<boolean>, what: string): Promise<void> => {
    const isDone = async (): Promise<boolean> => {
      for (const host of hosts) {
        const cores = totalCores(await seenOn(cluster.engine(host)));
        assert.ok(cores <= CORES + ROUNDING, `${host} has limits of ${cores} cores together`);
      }
      return condition();
    };
    await until(isDone, what, 60_000);
  };

  before(async () => {
    cluster = await TestCluster.start({ images: ['dqoes/sample:1'] });
    for (const host of hosts) await cluster.add(host, { cores: CORES });
    cluster.addCoordinator('standby');
    const run = await cluster.submit(jobFiles(LOADS));
    assert.equal(run.code, 0, run.err);
    await untilWithin(cluster, LOADS.length);
  });
  after(() => cluster?.close());
  tellOfFailures(() => cluster);

  it('host: its jobs run elsewhere while it is down, once each when it is back', async () => {
    const lost = hosts.find((host) => jobsOn(cluster, host).length > 0) ?? '';
    const its = jobsOn(cluster, lost);
    cluster.cut(lost);
    await until(
      async () => (await livenessOf(lost)) === 'suspect',
      'the host to be suspect',
      60_000,
    );
    await until(async () => (await livenessOf(lost)) === 'down', 'the host to be down', 60_000);
    const elsewhere = (): readonly string[] =>
      hosts.filter((host) => host !== lost).flatMap((host) => jobsOn(cluster, host));
    await until(
      () => its.every((job) => elsewhere().includes(job)),
      'its jobs to run elsewhere',
      60_000,
    );
    // Cut off is not dead: until it is back they run there, too.
    assert.deepEqual(jobsOn(cluster, lost), its);
    cluster.heal(lost);
    await until(
      () => jobsOn(cluster, lost).every((job) => !its.includes(job)),
      'its copies to be stopped',
      120_000,
    );
    assert.deepEqual(runningJobs(cluster), namesOf(LOADS));
    await untilWithin(cluster, LOADS.length);
  });

  for (const signal of ['SIGKILL', 'SIGSTOP'] as const)
    it(`coordinator: on ${signal} the other leads, nothing is restarted, limits fit`, async () => {
      const before = await cluster.leader();
      const lives = livesOf(await seen());
      const leads = cluster.program(before.coordinator);
      await leads.signal(signal);
      const hasNext = async (): Promise<boolean> => (await cluster.leader()).epoch > before.epoch;
      await watchedUntil(hasNext, 'the other to lead');
      assert.notEqual((await cluster.leader()).coordinator, before.coordinator);
      if (signal === 'SIGSTOP') await leads.signal('SIGCONT');
      else leads.restart();
      await cluster.untilAnswers();
      let looks = 0;
      await watchedUntil(async () => {
        looks += 1;
        return looks >= 20;
      }, 'some time to pass');
      assert.equal((await cluster.leader()).epoch, before.epoch + 1);
      assert.deepEqual(livesOf(await seen()), lives);
      await untilWithin(cluster, LOADS.length);
    });
});
