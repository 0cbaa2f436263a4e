import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
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

/** Together they take about 0.45, later 0.75 of what three hosts of half a core give out. */
const FIRST: readonly Load[] = [
  { name: 'signs', model: 'ocr-det', batch: 1, targetMs: 180 },
  { name: 'plates', model: 'ocr-rec', batch: 1, targetMs: 220 },
  { name: 'voices', model: 'vad', batch: 1, targetMs: 160 },
  { name: 'turns', model: 'ocr-cls', batch: 18, targetMs: 200 },
  { name: 'album', model: 'ocr-det', batch: 1, targetMs: 350 },
  { name: 'archive', model: 'ocr-rec', batch: 1, targetMs: 400 },
];
const LATER: readonly Load[] = [
  { name: 'receipts', model: 'ocr-det', batch: 1, targetMs: 240 },
  { name: 'calls', model: 'vad', batch: 1, targetMs: 200 },
  { name: 'pages', model: 'ocr-cls', batch: 18, targetMs: 260 },
  { name: 'labels', model: 'ocr-rec', batch: 1, targetMs: 300 },
];

describe('hosts: three real engines', function () {
  this.timeout(300_000);
  let cluster: TestCluster;
  const hosts = ['h1', 'h2', 'h3'];

  before(async () => {
    cluster = await TestCluster.start({ images: ['dqoes/sample:1'] });
    for (const host of hosts) await cluster.add(host, { cores: 0.5 });
  });
  after(() => cluster?.close());
  tellOfFailures(() => cluster);

  it('spreads real jobs so that their targets are met', async () => {
    const run = await cluster.submit(jobFiles(FIRST));
    assert.equal(run.code, 0, run.err);
    await untilWithin(cluster, FIRST.length);
    assert.deepEqual(runningJobs(cluster), namesOf(FIRST));
    assert.ok(hosts.every((host) => cluster.engine(host).running.length > 0));
  });

  it('empties a host that is drained: each job runs at any time, at the end once', async () => {
    const drained = await cluster.dqoes('node', 'drain', 'h1');
    assert.equal(drained.code, 0, drained.err);
    const gaps = await gapsUntil(cluster, namesOf(FIRST), {
      condition: () => cluster.engine('h1').running.length === 0,
      what: 'h1 to be empty',
    });
    assert.equal(gaps, 0);
    assert.deepEqual(runningJobs(cluster), namesOf(FIRST));
    const told = await cluster.dqoes('events', '--tail', '200');
    assert.match(told.out, /node\.drained +h1 drained/);
    await untilWithin(cluster, FIRST.length - 1);
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
      return /node h2 has label zone=\(none\), far is required/.test(reason);
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
    const run = await cluster.submit(jobFiles(LATER));
    assert.equal(run.code, 0, run.err);
    await untilWithin(cluster, FIRST.length + LATER.length - 1);
    assert.ok(cluster.engine('h1').running.length > 0);
    assert.deepEqual(runningJobs(cluster), namesOf([...FIRST, ...LATER]));
  });
});
