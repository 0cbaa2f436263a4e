import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { TestCluster } from '../lib/hosts/cluster.js';
import { jobFile, jobsOn, type Load, tellOfFailures } from '../lib/hosts/loads.js';
import { until } from '../lib/until.js';

const LOAD: Load = { name: 'voices', model: 'vad', batch: 1, targetMs: 300 };
/** From the placement to the start on another host, with two engines on two cores, ms. */
const PATIENCE_MS = 60_000;

describe('hosts: one of two engines refuses by its policy.yaml', function () {
  this.timeout(300_000);
  let cluster: TestCluster;

  before(async () => {
    cluster = await TestCluster.start({ images: ['dqoes/sample:1'] });
    // The larger one is the first choice.
    await cluster.add('h1', { cores: 1, policy: 'images: [other/*]\n' });
    await cluster.add('h2', { cores: 0.5 });
  });
  after(() => cluster?.close());
  tellOfFailures(() => cluster);

  it('has its job run on the other, and is named once', async () => {
    assert.equal((await cluster.submit(jobFile(LOAD))).code, 0);
    await until(
      () => jobsOn(cluster, 'h2').includes(LOAD.name),
      'the job to run on h2',
      PATIENCE_MS,
    );
    assert.deepEqual(jobsOn(cluster, 'h1'), []);
    const told = await cluster.dqoes('events', '--tail', '200');
    const refusals = told.out.split('\n').filter((line) => line.includes('job.refused'));
    assert.equal(refusals.length, 1, told.out);
    assert.match(refusals[0] ?? '', /voices-1 was refused by h1: image .* not in the list/);
  });

  it('is named in the reason of a job that no other may take', async () => {
    assert.equal((await cluster.dqoes('node', 'cordon', 'h2')).code, 0);
    assert.equal((await cluster.submit(jobFile({ ...LOAD, name: 'turns' }))).code, 0);
    let shown = '';
    await until(
      async () => {
        shown = (await cluster.dqoes('job', 'status', 'turns')).out;
        return /node h1 refuses it: image/.test(shown);
      },
      () => `the refusal in the status:\n${shown}`,
      PATIENCE_MS,
    );
  });
});
