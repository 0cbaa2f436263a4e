import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { connect } from 'nats';
import { connectNats } from '../../proto/nats/connect.js';
import { bucketStream, MAX_BUCKET_BYTES } from '../../proto/nats/streams.js';
import { bucketOf } from '../../proto/subjects.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { job, jobName } from '../unit/coordinator/build.js';
import { ClusterOnNats } from './cluster-on-nats.js';

describe('a bucket of a real nats-server that is full', () => {
  let server: TestNatsServer;
  before(async () => {
    server = await startNatsServer();
  });
  after(() => server.stop());

  it('refuses the job that does not fit by its name, keeps the others and is emptied', async () => {
    const raw = await connect({ servers: server.url });
    const manager = await raw.jetstreamManager();
    const small = { replicas: 1, maxBytes: 8192 } as const;
    await manager.streams.add(bucketStream(bucketOf('full', 'jobs'), small));
    await raw.close();
    const cluster = await ClusterOnNats.make(server.url, 'full');
    try {
      const coordinator = await cluster.start('c1');
      const large = (name: string) => job(name, { env: { TEXT: 'x'.repeat(3000) } });
      await cluster.call('job-submit', { jobs: [large('a'), large('b')] });
      const refused = await cluster.ask('job-submit', { jobs: [large('c')] });
      assert.ok(!refused.ok);
      assert.equal(refused.error[0]?.code, 'service.full');
      assert.match(refused.error[0]?.message ?? '', /job c was not stored: the bucket jobs holds/);
      assert.deepEqual(
        coordinator.status().jobs.map(({ spec }) => spec.name),
        ['a', 'b'],
      );
      await cluster.call('job-stop', { name: jobName('a') });
      await cluster.call('job-submit', { jobs: [large('c')] });
    } finally {
      await cluster.close();
    }
  });

  it('is complained of once with the cure, not with each write between reads', async () => {
    const raw = await connect({ servers: server.url });
    const manager = await raw.jetstreamManager();
    const small = { replicas: 1, maxBytes: 8192 } as const;
    await manager.streams.add(bucketStream(bucketOf('told', 'jobs'), small));
    await raw.close();
    const lines: string[] = [];
    const say = (text: string, fields?: object) =>
      void lines.push(`${text} ${JSON.stringify(fields)}`);
    const log = { info: say, warn: say, error: say };
    const client = await connectNats({ servers: [server.url], name: 'test', log });
    assert.ok(client.ok);
    const bucket = await client.value.stores.open('told', 'jobs');
    assert.ok(bucket.ok);
    for (let i = 0; i < 12; i += 1) {
      await bucket.value.put(`k${i}`, new Uint8Array(3000));
      assert.ok((await bucket.value.get('k0')).ok);
    }
    await client.value.bus.close();
    assert.equal(lines.length, 2, lines.join('\n'));
    assert.match(lines[0] ?? '', /a write failed .*KV_dqoes-told-jobs.*make room where the NATS/);
    assert.match(lines[1] ?? '', /each write fails .*"calls":10/);
  });

  it('is made with a limit, as every bucket is', async () => {
    const cluster = await ClusterOnNats.make(server.url, 'limits');
    const raw = await connect({ servers: server.url });
    try {
      const manager = await raw.jetstreamManager();
      for (const [bucket, bytes] of Object.entries(MAX_BUCKET_BYTES)) {
        const { config } = await manager.streams.info(`KV_dqoes-limits-${bucket}`);
        assert.equal(config.max_bytes, bytes, bucket);
      }
    } finally {
      await raw.close();
      await cluster.close();
    }
  });
});
