import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  aboutOf,
  eventsBefore,
  filterOf,
  jsonLinesOf,
  KNOWN_TYPES,
  MAX_EVENTS,
  matches,
  mergedEvents,
  type PageEvent,
  textOf,
} from '../../../../../console/page/model/events.js';
import { readSse, SSE_START } from '../../../../../console/page/model/sse.js';
import { EVENT_TYPES } from '../../../../../proto/schemas/event.js';

const event = (
  sequence: number,
  type = 'dqoes.job.stopped',
  data: PageEvent['data'] = { job: 'a', reason: 'asked' },
): PageEvent => ({ sequence, type, atMs: sequence, data, whole: { type, data } });
const sequences = (events: readonly PageEvent[]): readonly number[] =>
  events.map(({ sequence }) => sequence);

describe('events on the page', () => {
  it('come once each and in order, however they are read', () => {
    const batches = fc.array(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 10 }));
    fc.assert(
      fc.property(batches, (read) => {
        const merged = read.reduce<readonly PageEvent[]>(
          (known, batch) =>
            mergedEvents(
              known,
              batch.map((each) => event(each)),
            ),
          [],
        );
        assert.deepEqual(
          sequences(merged),
          [...new Set(read.flat())].sort((a, b) => a - b),
        );
      }),
    );
  });
  it('are kept up to a bound, the newest', () => {
    const many = Array.from({ length: MAX_EVENTS + 5 }, (_, i) => event(i + 1));
    assert.deepEqual(sequences(mergedEvents([], many)).slice(0, 1), [6]);
  });
  it('those of a stream that was made again take the place of what was known', () => {
    const known = Array.from({ length: MAX_EVENTS }, (_, i) => event(i + 5000));
    const again = { ...event(1), atMs: 9_000_000 };
    const merged = mergedEvents(known, [again]);
    assert.deepEqual(merged, [again]);
    const next = { ...event(2), atMs: 9_000_001 };
    assert.deepEqual(mergedEvents(merged, [next]), [again, next]);
  });
  it('older ones are added, whatever the clock of the leader that said them', () => {
    const known = [event(7), event(8)];
    const older = [event(5), { ...event(6), atMs: 100 }, event(7)];
    assert.deepEqual(sequences(mergedEvents(known, older)), [5, 6, 7, 8]);
    assert.deepEqual(mergedEvents(known, known), known);
  });
  it('what came after a moment waits while somebody is about to click', () => {
    assert.deepEqual(sequences(eventsBefore([event(1), event(2), event(3)], 2)), [1, 2]);
  });
  it('every type has a sentence', () => {
    assert.deepEqual([...KNOWN_TYPES].sort(), [...EVENT_TYPES].sort());
  });
  it('a limit says from what to what, and why', () => {
    const { what, why } = textOf(
      event(1, 'dqoes.allocation.limit-changed', {
        ...{ job: 'a', allocation: 'a-1', node: 'h1', reason: 'it takes 0.8 CPU' },
        from: { cpuCores: 0.5, periodUs: 100_000 },
        to: { cpuCores: 0.8, periodUs: 100_000 },
      }),
    );
    assert.equal(`${what}: ${why}`, 'limit of a-1: 0.5 CPU → 0.8 CPU: it takes 0.8 CPU.');
  });
  it('a limit that looks as before says so, and not the same number twice', () => {
    const limits = { from: { cpuCores: 0.2301 }, to: { cpuCores: 0.2299 } };
    const changed = (periodUs: number) => ({
      ...{ job: 'a', allocation: 'a-1', node: 'h1', reason: 'its period' },
      from: { ...limits.from, periodUs: 100_000 },
      to: { ...limits.to, periodUs },
    });
    const { what } = textOf(event(1, 'dqoes.allocation.limit-changed', changed(20_000)));
    assert.equal(what, 'limit of a-1: nearly as before, 0.23 CPU');
  });
  it('what is not known, or has another form, is its type', () => {
    for (const type of ['dqoes.new.thing', 'constructor', 'dqoes.job.infeasible'])
      assert.equal(textOf(event(1, type, {})).what, type);
  });
  it('are filtered by type or its beginning, job and host', () => {
    const moved = event(1, 'dqoes.job.moved', { job: 'a', from: 'h1', to: 'h2' });
    for (const query of [{}, { type: 'dqoes.job' }, { node: 'h2' }, { node: 'h1', job: 'a' }])
      assert.ok(matches(moved, filterOf(query)), JSON.stringify(query));
    for (const query of [{ type: 'dqoes.jo' }, { node: 'h3' }, { job: 'b' }])
      assert.ok(!matches(moved, filterOf(query)), JSON.stringify(query));
    const turned = event(2, 'dqoes.job.class-changed', { job: 'a', from: 'h1', node: 'h3' });
    assert.deepEqual(aboutOf(turned).nodes, ['h3'], 'a class is no host');
  });
  it('are exported as they came, one on a line', () => {
    const lines = jsonLinesOf([event(1), event(2)])
      .trimEnd()
      .split('\n');
    assert.deepEqual(
      lines.map((line) => JSON.parse(line).type),
      Array(2).fill('dqoes.job.stopped'),
    );
  });
});

describe('a stream of server-sent events', () => {
  const stream =
    'retry: 3000\nid: 5\n\n:\n\nid: 6\ndata: {"a":1}\n\nid: 7\r\ndata: x\r\ndata: y\r\n\r\n';
  const expected = [
    { id: '5', data: '' },
    { id: '6', data: '{"a":1}' },
    { id: '7', data: 'x\ny' },
  ];
  it('reads the same wherever it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: stream.length })), (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), stream.length];
        let state = SSE_START;
        const read = places.slice(1).flatMap((end, i) => {
          const next = readSse(state, stream.slice(places[i], end));
          state = next.state;
          return next.messages;
        });
        assert.deepEqual(read, expected);
      }),
    );
  });
});
