import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type ExplainFlags, explainJob } from '../../../../cli/commands/job-explain.js';
import { entriesOf } from '../../../../cli/explain/entries.js';
import { presentLines, storyLines } from '../../../../cli/explain/story.js';
import { FIRST_ROWS } from '../../../../cli/output/row-blocks.js';
import type { App } from '../../../../cli/shell/app.js';
import type { Session } from '../../../../cli/shell/session.js';
import { encodeEvent, eventSubject } from '../../../../proto/event.js';
import { PART_SIZE, PARTS_AHEAD } from '../../../../proto/parts-in-order.js';
import type { DqoesEvent } from '../../../../proto/schemas/event.js';
import { subjectsOf } from '../../../../proto/subjects.js';
import type { AllocationId, JobName, NodeId } from '../../../../shared/ids.js';
import { ok } from '../../../../shared/result.js';
import { testApp } from '../../../lib/cli-app.js';
import { MinuteStream } from '../../../lib/minute-stream.js';
import { allocationStatus } from '../builders.js';

const HOUR_MS = 3_600_000;
const COUNT = 5000;
const NOW_MS = 2 * HOUR_MS;
const place = { job: 'a' as JobName, allocation: 'a-0' as AllocationId, node: 'h1' as NodeId };

/** Of a job with one container: limits, and now and then that it is slower. */
const events: readonly DqoesEvent[] = Array.from({ length: COUNT }, (_, at): DqoesEvent => {
  const stamp = { id: String(at + 1), source: '/test', timeMs: HOUR_MS + at };
  if (at % 3 === 0) return { ...stamp, type: 'dqoes.job.started', data: place };
  const to = { cpuCores: 0.5 + (at % 5) / 10, periodUs: 100_000 };
  const data = { ...place, from: null, to, reason: `why ${at + 1}` };
  return { ...stamp, type: 'dqoes.allocation.limit-changed', data };
});
const entries = events.flatMap(entriesOf);
const status = allocationStatus();

interface World {
  readonly stream: MinuteStream;
  readonly out: readonly string[];
  readonly problems: readonly string[];
  readonly stop: AbortController;
  explain(flags?: Partial<ExplainFlags>): Promise<number>;
}

/** `onLine` is called after each line; `isEndAsked`: the abort is by Ctrl-C. */
function world(
  onLine: (world: World) => void = () => {},
  { isEndAsked = false, told = events }: { isEndAsked?: boolean; told?: typeof events } = {},
): World {
  const { app, out, problems } = testApp();
  const subjects = subjectsOf('main');
  const stream = new MinuteStream(
    told.map((event) => ({
      ...{ atMs: event.timeMs, data: encodeEvent(event) },
      subject: eventSubject(subjects, event.type),
    })),
  );
  const stop = new AbortController();
  const data = (line: string): void => {
    app.output.data(line);
    onLine(made);
  };
  const own: App = {
    ...{ ...app, signal: stop.signal, isEndAsked: () => isEndAsked },
    clock: { ...app.clock, wall: () => NOW_MS },
    output: { ...app.output, data },
  };
  const call = async () => ok({ job: { allocations: [status], reasons: [] } });
  const session = { bus: stream.bus, subjects, cluster: 'main', call } as unknown as Session;
  const made: World = {
    ...{ stream, out, problems, stop },
    explain: (flags = {}) =>
      explainJob(own, session, {
        name: 'a',
        flags: { output: 'table', since: HOUR_MS, ...flags },
      }),
  };
  return made;
}

const wholeText = [...storyLines(entries, NOW_MS), '', ...presentLines(status)];

describe('a long story', () => {
  it('is told in order while it is read: few entries are held', async () => {
    let most = 0;
    const { explain, out, problems } = world(({ stream, out }) => {
      most = Math.max(most, stream.asked.length - out.length);
    });
    assert.deepEqual([await explain(), problems], [0, []]);
    assert.deepEqual(out, wholeText);
    // One of the two subjects is asked once more at the end of each part.
    const [parts, ahead] = [COUNT / PART_SIZE, PART_SIZE * PARTS_AHEAD];
    assert.ok(most < FIRST_ROWS + ahead + 2 * parts + 200, `${most} were read before`);
  });

  it('is the same answer for programs', async () => {
    const { explain, out } = world();
    assert.equal(await explain({ output: 'json' }), 0);
    const since = new Date(HOUR_MS).toISOString();
    const answer = { job: 'a', since, entries, now: [status] };
    assert.equal(out.join('\n'), JSON.stringify(answer, null, 2));
  });

  it('names its container where another one comes late', async () => {
    const second = { ...place, allocation: 'a-9' as AllocationId };
    const stamp = { id: 'last', source: '/test', timeMs: HOUR_MS + COUNT };
    const told = [...events, { ...stamp, type: 'dqoes.job.started', data: second } as DqoesEvent];
    const { explain, out } = world(undefined, { told });
    assert.equal(await explain(), 0);
    assert.match(out[COUNT] ?? '', / a-9 started on h1$/);
    assert.deepEqual(out.slice(0, FIRST_ROWS), wholeText.slice(0, FIRST_ROWS));
  });

  it('ends at once by Ctrl-C, with 1, and well where its reader closes the pipe', async () => {
    for (const [isEndAsked, code] of [
      [true, 1],
      [false, 0],
    ] as const) {
      const { explain, out, problems } = world(({ stop }) => stop.abort(), { isEndAsked });
      assert.deepEqual([await explain(), problems], [code, []]);
      assert.ok(out.length <= FIRST_ROWS + PART_SIZE, `${out.length} lines`);
    }
  });

  it('is told as far as it can be read: then the present, and a fault', async () => {
    const asText = world();
    asText.stream.silentAt = 3000;
    assert.equal(await asText.explain(), 1);
    assert.match(asText.problems.join(), /stopped answering before .* \[service\.unavailable\]$/);
    const told = storyLines(entries.slice(0, 2999), NOW_MS);
    assert.deepEqual(asText.out, [...told, '', ...presentLines(status)]);
    const asJson = world();
    asJson.stream.silentAt = 3000;
    assert.equal(await asJson.explain({ output: 'json' }), 1);
    const answer = JSON.parse(asJson.out.join('\n')) as { entries: unknown[]; now: unknown[] };
    assert.deepEqual([answer.entries.length, answer.now.length], [2999, 1]);
  });
});
