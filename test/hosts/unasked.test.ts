import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { TestCluster } from '../lib/hosts/cluster.js';
import { gapsUntil, runningJobs, tellOfFailures } from '../lib/hosts/loads.js';
import { until } from '../lib/until.js';

const HOSTS = ['h1', 'h2'];
const QUIET = `name: quiet
image: dqoes/sample:1
command: [--model, vad, --mode, serve]
target: { latency: 300ms }
latency: { source: prometheus, port: 8080 }
resources: { memory: 512MiB }
`;

describe('hosts: a service that nobody asks', function () {
  this.timeout(240_000);
  let cluster: TestCluster;
  before(async () => {
    cluster = await TestCluster.start({ images: ['dqoes/sample:1'] });
    for (const host of HOSTS) await cluster.add(host, { cores: 0.5 });
  });
  after(() => cluster?.close());
  tellOfFailures(() => cluster);

  it('leaves a host that is drained, and runs at any time', async () => {
    const run = await cluster.submit(QUIET);
    assert.equal(run.code, 0, run.err);
    await until(() => runningJobs(cluster).length > 0, 'the job to run', 60_000);
    const from = HOSTS.find((host) => cluster.engine(host).running.length > 0) ?? '';
    const drained = await cluster.dqoes('node', 'drain', from);
    assert.equal(drained.code, 0, drained.err);
    const gaps = await gapsUntil(cluster, ['quiet'], {
      condition: () => cluster.engine(from).running.length === 0,
      what: `${from} to be empty`,
    });
    assert.equal(gaps, 0);
    assert.deepEqual(runningJobs(cluster), ['quiet']);
    const told = await cluster.dqoes('events', '--tail', '200');
    assert.match(told.out, /node\.drained/);
  });
});
