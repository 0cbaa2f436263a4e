import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { Aims } from '../lib/hosts/aims.js';
import { calibrated, type LoadByShare } from '../lib/hosts/calibrate.js';
import { TestCluster } from '../lib/hosts/cluster.js';
import {
  gapsUntil,
  jobFile,
  jobFiles,
  type Load,
  namesOf,
  runningJobs,
  tellOfFailures,
  untilWithin,
} from '../lib/hosts/loads.js';
import { until } from '../lib/until.js';

/**
 * By the CPU that each takes: 0.45, later 0.73 of what three hosts of half a core give out. Two of
 * these hosts hold the first, and not the later ones as well.
 */
const FIRST: readonly LoadByShare[] = [
  { name: 'signs', model: 'ocr-det', batch: 1, cores: 0.15 },
  { name: 'plates', model: 'ocr-rec', batch: 1, cores: 0.11 },
  { name: 'voices', model: 'vad', batch: 1, cores: 0.15 },
  { name: 'turns', model: 'ocr-cls', batch: 18, cores: 0.12 },
  { name: 'album', model: 'ocr-det', batch: 1, cores: 0.08 },
  { name: 'archive', model: 'ocr-rec', batch: 1, cores: 0.07 },
];
const LATER: readonly LoadByShare[] = [
  { name: 'receipts', model: 'ocr-det', batch: 1, cores: 0.11 },
  { name: 'calls', model: 'vad', batch: 1, cores: 0.13 },
  { name: 'pages', model: 'ocr-cls', batch: 18, cores: 0.09 },
  { name: 'labels', model: 'ocr-rec', batch: 1, cores: 0.09 },
];

describe('hosts: three real engines', function () {
  this.timeout(300_000);
  let cluster: TestCluster;
  const hosts = ['h1', 'h2', 'h3'];
  let first: readonly Load[];
  let later: readonly Load[];
  let aims: Aims;
  const again = (): Promise<void> => aims.again();

  before(async () => {
    first = await calibrated(FIRST);
    later = await calibrated(LATER);
    cluster = await TestCluster.start({ images: ['dqoes/sample:1'] });
    for (const host of hosts) await cluster.add(host, { cores: 0.5 });
    aims = new Aims(cluster, [...FIRST, ...LATER]);
    aims.add(first);
  });
  after(() => cluster?.close());
  tellOfFailures(() => cluster);

  it('spreads real jobs so that their targets are met', async () => {
    const run = await cluster.submit(jobFiles(first));
    assert.equal(run.code, 0, run.err);
    await untilWithin(cluster, first.length, again);
    assert.deepEqual(runningJobs(cluster), namesOf(first));
    assert.ok(hosts.every((host) => cluster.engine(host).running.length > 0));
  });

  it('empties a host that is drained: each job runs at any time, at the end once', async () => {
    const drained = await cluster.dqoes('node', 'drain', 'h1');
    assert.equal(drained.code, 0, drained.err);
    const gaps = await gapsUntil(cluster, namesOf(first), {
      condition: () => cluster.engine('h1').running.length === 0,
      what: 'h1 to be empty',
    });
    assert.equal(gaps, 0);
    assert.deepEqual(runningJobs(cluster), namesOf(first));
    const told = await cluster.dqoes('events', '--tail', '200');
    assert.match(told.out, /node\.drained +h1 drained/);
    await untilWithin(cluster, first.length - 1, again);
  });

  it('says why a job fits nowhere, and starts it when a node that takes it joins', async () => {
    const far = jobFile(
      { name: 'far', model: 'vad', batch: 1, targetMs: 300 },
      'constraints: { labels: { zone: far } }\n',
    );
    assert.equal((await cluster.submit(far)).code, 0);
    let reason = '';
    const hasReason = async (): Promise<boolean> => {
      const waiting = (await cluster.jobs()).find(({ spec }) => spec.name === 'far');
      reason = waiting?.state === 'pending' ? (waiting.reasons[0] ?? '') : '';
      return /node h2 has no label zone, zone=far is required/.test(reason);
    };
    await until(hasReason, () => `the reason why it waits (it says: ${reason})`);
    await cluster.add('h4', { cores: 0.3, labels: { zone: 'far' } });
    await until(
      () => cluster.engine('h4').running.includes('dqoes-far-1'),
      'the job to start on h4',
      60_000,
    );
    assert.equal((await cluster.dqoes('job', 'stop', 'far')).code, 0);
  });

  it('uses a host that is opened again for jobs that need it', async () => {
    // What the two others have left would not do.
    assert.equal((await cluster.dqoes('node', 'cordon', 'h4')).code, 0);
    assert.equal((await cluster.dqoes('node', 'uncordon', 'h1')).code, 0);
    const run = await cluster.submit(jobFiles(later));
    assert.equal(run.code, 0, run.err);
    aims.add(later);
    await untilWithin(cluster, first.length + later.length - 1, again);
    assert.ok(cluster.engine('h1').running.length > 0);
    assert.deepEqual(runningJobs(cluster), namesOf([...first, ...later]));
  });
});
