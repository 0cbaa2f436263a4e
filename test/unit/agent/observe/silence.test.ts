import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { LogFeed } from '../../../../agent/observe/feeds/log-feed.js';
import { PushFeed } from '../../../../agent/observe/feeds/push-feed.js';
import type { LogSink } from '../../../../agent/ports/engine.js';
import { ok } from '../../../../shared/result.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { container } from './build.js';

/** A container whose log is written by the test. */
function silent() {
  const clock = new ManualClock(0);
  let log: LogSink | undefined;
  const start = {
    container: container({ name: 'web' }),
    signal: new AbortController().signal,
    statistic: () => 'mean' as const,
    deps: {
      clock,
      engine: {
        followLogs: (_: unknown, sink: LogSink) => {
          log = sink;
        },
      },
      compile: (source: string) => ok(new RegExp(source)),
      openHttp: () => assert.fail('not planned: openHttp'),
      windowMs: 5000,
      scrape: { intervalMs: 1000, deadlineMs: 500, waitMs: 200 },
    },
  };
  return { clock, start, write: (line: string) => log?.onLine(line) };
}

const LOG = { source: 'log', pattern: '"ms":(?<value>[0-9.]+)', unit: 'ms' } as const;

describe('a source that never had a response time', () => {
  it('is named a minute after its start: a log without a line', async () => {
    const { clock, start, write } = silent();
    const feed = new LogFeed(LOG, start);
    await clock.advance(59_999);
    assert.equal(feed.fault, '');
    await clock.advance(1);
    assert.match(
      feed.fault,
      /^its log has no line yet: see dqoes doctor --container web on its host$/,
    );
    write('{"ms":12}');
    assert.equal(feed.fault, '');
  });

  it('is named: a log whose lines say none, until one does, and not again', async () => {
    const { clock, start, write } = silent();
    const feed = new LogFeed(LOG, start);
    write('listening on :8080');
    write('{"ms":..}');
    await clock.advance(60_000);
    assert.match(feed.fault, /^no line of its log had a response time by latency\.pattern yet/);
    write('{"ms":12}');
    await clock.advance(600_000);
    assert.equal(feed.fault, '');
  });

  it('is named: a program that sends nothing', async () => {
    const { clock, start } = silent();
    const feed = new PushFeed({ source: 'push' }, start);
    await clock.advance(60_000);
    assert.match(feed.fault, /^nobody has sent a response time of it yet/);
    feed.push([{ latencyMs: 5, weight: 1 }], []);
    assert.equal(feed.fault, '');
  });
});
