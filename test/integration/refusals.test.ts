import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { JobSpec } from '../../shared/job.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { until } from '../lib/until.js';
import { job, jobName } from '../unit/coordinator/build.js';
import { ClusterOnNats } from './cluster-on-nats.js';

const FORBIDDEN = 'image "x" is not in the list of images this host allows';
const rules = ({ image }: JobSpec): string | undefined => (image === 'x' ? FORBIDDEN : undefined);

describe('a host that refuses a job, on a real nats-server', () => {
  let server: TestNatsServer;
  let cluster: ClusterOnNats;
  let count = 0;
  before(async () => {
    server = await startNatsServer();
  });
  after(() => server.stop());
  beforeEach(async () => {
    count += 1;
    cluster = await ClusterOnNats.make(server.url, `refusals${count}`);
  });
  afterEach(() => cluster.close());

  it('has it taken by another within 5 s, and is named in one event', async () => {
    await cluster.start('c1');
    const h1 = await cluster.agent('h1', { rules });
    await cluster.call('job-submit', { jobs: [job('a', { image: 'y' })] });
    await until(() => h1.desired?.allocations.length === 1, 'a on h1');
    const h2 = await cluster.agent('h2');
    await until(
      async () => (await cluster.call('node-list', {})).nodes.length === 2,
      'both to report',
    );
    await cluster.call('node-set', { id: h2.node, scheduling: 'cordoned' });
    await cluster.call('job-submit', { jobs: [job('web', { image: 'x' })] });
    const refused = () => cluster.eventsOf('dqoes.job.refused');
    await until(() => refused().length === 1, 'the refusal');
    await until(async () => {
      const { job: web } = await cluster.call('job-status', { name: jobName('web') });
      return web.state === 'pending' && /h1 refuses it: image "x"/.test(web.reasons[0] ?? '');
    }, 'web to wait with the refusal as its reason');
    await cluster.call('node-set', { id: h2.node, scheduling: 'open' });
    await until(async () => {
      const { job: web } = await cluster.call('job-status', { name: jobName('web') });
      return web.state === 'running' && web.allocations[0]?.node === 'h2';
    }, 'web to run on h2');
    assert.deepEqual(
      refused().map(({ data }) => [data.job, data.node, data.reason]),
      [['web', 'h1', FORBIDDEN]],
    );
    assert.deepEqual(
      h1.desired?.allocations.map(({ job: name }) => name),
      ['a'],
    );
  });

  it('has it taken by the other at once, where both are open', async () => {
    await cluster.start('c1');
    const agents = await Promise.all(['h1', 'h2'].map((node) => cluster.agent(node)));
    await until(
      async () => (await cluster.call('node-list', {})).nodes.length === 2,
      'both to report',
    );
    const [h1, h2] = agents;
    assert.ok(h1 !== undefined && h2 !== undefined);
    h1.rules = rules;
    h2.rules = ({ image }) => (image === 'z' ? FORBIDDEN : undefined);
    await cluster.call('job-submit', {
      jobs: [job('x', { image: 'x' }), job('z', { image: 'z' })],
    });
    const placed = (agent: typeof h1) => agent.desired?.allocations.map(({ job: name }) => name);
    await until(
      () => placed(h1)?.join() === 'z' && placed(h2)?.join() === 'x',
      () => `each job where it may run: ${placed(h1)} and ${placed(h2)}`,
      5000,
    );
  });
});
