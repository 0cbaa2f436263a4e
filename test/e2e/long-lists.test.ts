import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { NatsClient } from '../../proto/nats/connect.js';
import { LongStreams } from '../lib/long-streams.js';
import { connectForTest } from '../lib/nats-client.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { until } from '../lib/until.js';
import { type Program, type Run, startDqoes } from './cli-program.js';

const [CLUSTER, COUNT] = ['long', 6000];

describe('lists of a long time', function () {
  this.timeout(120_000);
  let server: TestNatsServer;
  let client: NatsClient;
  before(async () => {
    server = await startNatsServer();
    client = await connectForTest(server.url);
    const streams = await LongStreams.make(client, CLUSTER);
    await streams.addAuditLines(1, COUNT);
    await streams.addEvents(1, COUNT);
  });
  after(async () => {
    await client?.bus.close();
    await server?.stop();
  });

  const LISTS = ['audit', 'events'] as const;
  const start = (list: string, ...more: readonly string[]): Program =>
    startDqoes([list, '--since', '1h', '--nats', server.url, '--cluster', CLUSTER, ...more]);
  /** Their reader takes the first of them, and no more until it is told to. */
  async function begun(list: string): Promise<Program> {
    const program = start(list, '-o', 'json');
    program.child.stdout?.once('data', () => program.child.stdout?.pause());
    await until(() => program.out.length > 0, 'the first lines');
    return program;
  }
  const readOn = (program: Program): Promise<Run> => {
    program.child.stdout?.resume();
    return program.ended;
  };

  for (const list of LISTS) {
    it(`end well where their reader has read enough (${list})`, async () => {
      const program = await begun(list);
      program.child.stdout?.destroy();
      const { code, err } = await program.ended;
      assert.deepEqual([code, err], [0, '']);
    });

    it(`end by Ctrl-C in the middle, with 1 (${list})`, async () => {
      const program = await begun(list);
      program.child.kill('SIGINT');
      const { code, err, out } = await readOn(program);
      assert.deepEqual([code, err], [1, '']);
      const ids = out.match(/"id": ?"/g)?.length ?? 0;
      assert.ok(ids > 0 && ids < COUNT, `${ids} of ${COUNT}`);
    });
  }

  it('have all lines of the audit', async () => {
    const { code, out, err } = await start('audit', '-o', 'json').ended;
    assert.equal(code, 0, err);
    const { lines } = JSON.parse(out) as { lines: readonly { id: string }[] };
    assert.deepEqual(
      lines.map(({ id }) => id),
      Array.from({ length: COUNT }, (_, at) => `i.1.${at + 1}`),
    );
  });

  it('say that NATS was lost in the middle, behind what was read', async () => {
    const program = await begun('audit');
    await server.kill();
    const { code, err, out } = await readOn(program);
    assert.equal(code, 1, err);
    assert.match(err, /does not answer.* \[service\.unavailable\]\n$/);
    const ids = out.match(/"id": "/g)?.length ?? 0;
    assert.ok(ids > 0 && ids < COUNT, `${ids} of ${COUNT}`);
  });
});
