import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { TestCluster } from '../lib/hosts/cluster.js';
import { livesOf, seenOn } from '../lib/hosts/kernel.js';
import { jobFiles, type Load, tellOfFailures, untilWithin } from '../lib/hosts/loads.js';
import { Steering } from '../lib/hosts/steering.js';
import { until } from '../lib/until.js';

const LOADS: readonly Load[] = [
  { name: 'signs', model: 'ocr-det', batch: 1, targetMs: 200 },
  { name: 'plates', model: 'ocr-rec', batch: 1, targetMs: 250 },
  { name: 'voices', model: 'vad', batch: 1, targetMs: 250 },
  { name: 'turns', model: 'ocr-cls', batch: 18, targetMs: 300 },
];

describe('hosts: programs and servers that fail', function () {
  this.timeout(300_000);
  let cluster: TestCluster;
  let steering: Steering;

  /** Lines that each container wrote: one for each answer. */
  const answers = (): readonly number[] =>
    cluster.hosts.flatMap((host) => {
      const engine = cluster.engine(host);
      return engine.running.map((name) => engine.docker('logs', name).split('\n').length);
    });

  const seen = () => steering.seen();
  const obeys = (job: string) => steering.obeys(job);

  before(async () => {
    cluster = await TestCluster.start({ images: ['dqoes/sample:1'], natsServers: 3 });
    steering = new Steering(cluster, LOADS);
    for (const host of ['h1', 'h2']) await cluster.add(host, { cores: 0.7 });
    const run = await cluster.submit(jobFiles(LOADS));
    assert.equal(run.code, 0, run.err);
    await untilWithin(cluster, LOADS.length);
  });
  after(() => cluster?.close());
  tellOfFailures(() => cluster);

  it('agent: limits stay while it is dead; back, it takes over what runs', async () => {
    const before = await seenOn(cluster.engine('h1'));
    const job = before[0]?.name.replace(/^dqoes-|-\d+$/g, '') ?? '';
    await cluster.program('h1').signal('SIGKILL');
    const atDeath = await seenOn(cluster.engine('h1'));
    const liveness = async () => (await cluster.nodes()).find(({ id }) => id === 'h1')?.liveness;
    await until(async () => (await liveness()) !== 'ready', 'the coordinator to miss it', 30_000);
    assert.deepEqual(await seenOn(cluster.engine('h1')), atDeath);
    cluster.program('h1').restart();
    await until(async () => (await liveness()) === 'ready', 'the agent to be back', 30_000);
    await obeys(job);
    assert.deepEqual(livesOf(await seenOn(cluster.engine('h1'))), livesOf(before));
  });

  it('coordinator: limits stay while it is dead; back, it restarts nothing', async () => {
    await untilWithin(cluster, LOADS.length);
    await cluster.program('coordinator').signal('SIGKILL');
    const [atDeath, answered] = [await seen(), answers()];
    await until(
      () => answers().every((count, i) => count > (answered[i] ?? 0) + 5),
      'all jobs to go on',
      60_000,
    );
    assert.deepEqual(await seen(), atDeath);
    cluster.program('coordinator').restart();
    await cluster.untilAnswers();
    await untilWithin(cluster, LOADS.length);
    const now = await seen();
    assert.deepEqual(livesOf(now), livesOf(atDeath));
    for (const [i, { name, limitCores }] of now.entries()) {
      const before = atDeath[i]?.limitCores ?? Number.NaN;
      // A guess would be 0.25 CPU; how fast the machine is changes by a quarter within a minute.
      assert.ok(
        Math.abs((limitCores ?? Number.NaN) / before - 1) < 0.5,
        `${name}: ${before} → ${limitCores}`,
      );
    }
    await obeys('turns');
  });

  it('one of three NATS servers, each in its turn: reports and limits go on', async () => {
    const before = await seen();
    await cluster.program('n1').signal('SIGKILL');
    await obeys('voices');
    cluster.program('n1').restart();
    await cluster.nats.untilHealthy('n1');
    cluster.cut('n2');
    await obeys('voices');
    cluster.heal('n2');
    await cluster.nats.untilHealthy('n2');
    await cluster.program('n3').signal('SIGKILL');
    await obeys('plates');
    cluster.program('n3').restart();
    await cluster.nats.untilHealthy('n3');
    const isHeard = async (): Promise<boolean> =>
      (await cluster.nodes()).every(
        ({ liveness, ageMs }) => liveness === 'ready' && ageMs !== null && ageMs < 2000,
      );
    await until(isHeard, 'both hosts to be heard', 60_000);
    assert.deepEqual(livesOf(await seen()), livesOf(before));
  });
});
