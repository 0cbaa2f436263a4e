import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { showAudit } from '../../cli/commands/audit.js';
import { showEvents } from '../../cli/commands/events.js';
import { explainJob } from '../../cli/commands/job-explain.js';
import type { App } from '../../cli/shell/app.js';
import type { Session } from '../../cli/shell/session.js';
import type { NatsClient } from '../../proto/nats/connect.js';
import { subjectsOf } from '../../proto/subjects.js';
import { ok } from '../../shared/result.js';
import { testApp } from '../lib/cli-app.js';
import { auditLine, LongStreams } from '../lib/long-streams.js';
import { connectForTest } from '../lib/nats-client.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';
import { allocationStatus } from '../unit/cli/builders.js';

const [CLUSTER, COUNT, HOUR_MS] = ['main', 3000, 3_600_000];

describe('lists of a long time, on NATS', function () {
  this.timeout(60_000);
  let server: TestNatsServer;
  let client: NatsClient;
  let streams: LongStreams;
  let session: Session;
  beforeEach(async () => {
    server = await startNatsServer();
    client = await connectForTest(server.url);
    streams = await LongStreams.make(client, CLUSTER);
    const call = async () => ok({ job: { allocations: [allocationStatus()], reasons: [] } });
    const subjects = subjectsOf(CLUSTER);
    session = { bus: client.bus, subjects, cluster: CLUSTER, call } as unknown as Session;
  });
  afterEach(async () => {
    await client.bus.close();
    await server.stop();
  });

  /** `ready` is waited for after each part. */
  function world(ready: () => Promise<void> = async () => {}) {
    const { app, out, problems } = testApp();
    const stop = new AbortController();
    const own: App = {
      ...{ ...app, clock: systemClock, signal: stop.signal },
      output: { ...app.output, ready },
    };
    return { app: own, out, problems, stop };
  }
  const numbers = (to: number, from = 1): readonly string[] =>
    Array.from({ length: to - from + 1 }, (_, at) => String(from + at));
  /** Ends the server when the first part was printed. */
  function killed(): () => Promise<void> {
    let isOver = false;
    return async () => {
      if (isOver) return;
      isOver = true;
      await server.kill();
    };
  }

  it('show each event once and in order, also those that come meanwhile', async () => {
    await streams.addEvents(1, COUNT);
    let made = COUNT;
    const more = async (): Promise<void> => {
      if (made >= COUNT + 600) return;
      made += 20;
      await streams.addEvents(made - 19, made);
    };
    const { app, out, stop } = world(more);
    const shown = showEvents(app, session, { output: 'json', since: HOUR_MS, follow: true });
    await until(() => out.length >= COUNT + 600, 'those that came meanwhile');
    // NATS is away for a while.
    await server.kill();
    await server.start();
    const isBack = async (): Promise<boolean> => (await client.stores.openEvents(CLUSTER)).ok;
    await until(isBack, 'the stream');
    await streams.addEvents(made + 1, made + 50);
    await until(() => out.length >= made + 50, 'those that came after it was back');
    stop.abort();
    assert.equal(await shown, 0);
    const ids = out.map((line) => (JSON.parse(line) as { readonly id: string }).id);
    assert.deepEqual(
      ids,
      numbers(made + 50).map((each) => `e${each}`),
    );
  });

  it('show the lines of the audit in order, and as one answer', async () => {
    await streams.addAuditLines(1, COUNT);
    const { app, out, problems } = world();
    assert.equal(await showAudit(app, session, { output: 'json', since: HOUR_MS }), 0);
    const lines = numbers(COUNT).map((each) => auditLine(Number(each)));
    assert.equal(out.join('\n'), JSON.stringify({ lines }, null, 2));
    const asTable = world();
    const flags = { output: 'wide', since: HOUR_MS, user: 'sue', verb: 'job-submit' } as const;
    assert.equal(await showAudit(asTable.app, session, flags), 0);
    assert.equal(asTable.out.length, COUNT / 2 + 1);
    assert.deepEqual(problems, []);
  });

  it('show what was read of the audit where NATS is lost, and end with a fault', async () => {
    await streams.addAuditLines(1, COUNT);
    const { app, out, problems } = world(killed());
    assert.equal(await showAudit(app, session, { output: 'json', since: HOUR_MS }), 1);
    assert.match(problems.join('\n'), /does not answer.* \[service\.unavailable\]$/);
    assert.ok(out.length > 64 && out.length < COUNT, `${out.length} lines`);
  });

  it('tell the story of a job in order', async () => {
    await streams.addEvents(1, COUNT);
    const { app, out, problems } = world();
    const flags = { output: 'table', since: HOUR_MS } as const;
    assert.equal(await explainJob(app, session, { name: 'a', flags }), 0);
    const decisions = out.flatMap((line) => /, decision (\d+)$/.exec(line)?.[1] ?? []);
    assert.deepEqual([decisions, problems], [numbers(COUNT), []]);
    assert.equal(out[COUNT], '');
    assert.match(out[COUNT + 1] ?? '', /^a-0 on h1: 790ms/);
  });

  it('tell what was read of it where NATS is lost, and end with a fault', async () => {
    await streams.addEvents(1, COUNT);
    const { app, out, problems } = world(killed());
    const flags = { output: 'table', since: HOUR_MS } as const;
    assert.equal(await explainJob(app, session, { name: 'a', flags }), 1);
    assert.match(problems.join('\n'), /stopped answering .* \[service\.unavailable\]$/);
    const decisions = out.flatMap((line) => /, decision (\d+)$/.exec(line)?.[1] ?? []);
    assert.ok(decisions.length >= 64 && decisions.length < COUNT, `${decisions.length} entries`);
    assert.deepEqual(decisions, numbers(decisions.length));
  });
});
