import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { entriesOf } from '../../../../cli/explain/entries.js';
import { presentLines, storyLines } from '../../../../cli/explain/story.js';
import { PS_COLUMNS } from '../../../../cli/output/columns.js';
import { outOfReachText } from '../../../../cli/output/format.js';
import { tableLines } from '../../../../cli/output/table.js';
import { decodeEvent, encodeEvent } from '../../../../proto/event.js';
import type { DqoesEvent, EventPayloads, EventType } from '../../../../proto/schemas/event.js';
import type { AllocationId, JobName, NodeId } from '../../../../shared/ids.js';
import type { Target } from '../../../../shared/qoe.js';
import type { ContainerDrift } from '../../../../shared/report.js';
import { latency } from '../../coordinator/build.js';
import { allocationStatus, containerReport } from '../builders.js';

const NOON = new Date(2026, 10, 25, 14, 3, 0).getTime();
const place = { job: 'a' as JobName, allocation: 'a-1' as AllocationId, node: 'h1' as NodeId };
const target: Target = { latencyMs: 800, statistic: 'mean', toleranceRatio: 0.1, mode: 'band' };

/** An event as received, this number of seconds after 14:03:00. */
function event<T extends EventType>(seconds: number, type: T, data: EventPayloads[T]): DqoesEvent {
  const made = {
    type,
    id: `${type}.${seconds}`,
    source: '/test',
    timeMs: NOON + seconds * 1000,
    data,
  } as DqoesEvent;
  const read = decodeEvent(encodeEvent(made));
  assert.ok(read.ok, JSON.stringify(read));
  return read.value;
}
const limit = (cpuCores: number | null, periodUs = 100_000) => ({ cpuCores, periodUs });
const linesOf = (events: readonly DqoesEvent[]) => storyLines(events.flatMap(entriesOf), NOON);

/** One event of each kind that a story tells. */
const STORY: readonly DqoesEvent[] = [
  event(1, 'dqoes.job.submitted', { job: place.job, change: 'created', replicas: 1, target }),
  event(1, 'dqoes.job.infeasible', {
    job: place.job,
    allocation: place.allocation,
    reasons: ['h1 is full'],
  }),
  event(2, 'dqoes.job.placed', { ...place, reason: 'most free CPU' }),
  event(2, 'dqoes.allocation.limit-changed', {
    ...place,
    from: limit(null),
    to: limit(0.62),
    reason: 'start',
  }),
  event(3, 'dqoes.job.started', place),
  event(4, 'dqoes.job.class-changed', {
    ...place,
    from: null,
    to: 'faster',
    latencyMs: 310,
    targetMs: 800,
  }),
  event(5, 'dqoes.allocation.limit-changed', {
    ...place,
    from: limit(0.62),
    to: limit(0.22),
    reason: 'within target at 0.22; 0.40 given to detector, 32 % over',
  }),
  event(6, 'dqoes.allocation.limit-changed', {
    ...place,
    from: limit(0.22),
    to: limit(0.22, 10_000),
    reason: '',
  }),
  event(7, 'dqoes.allocation.limit-changed', {
    ...place,
    from: limit(0.22),
    to: limit(0.3, 40_000),
    reason: '',
  }),
  event(8, 'dqoes.job.class-changed', {
    ...place,
    from: 'faster',
    to: 'slower',
    latencyMs: 950,
    targetMs: 800,
  }),
  event(9, 'dqoes.job.submitted', {
    job: place.job,
    change: 'updated',
    replicas: 1,
    target: { ...target, latencyMs: 50 },
    previousTarget: target,
  }),
  event(10, 'dqoes.job.unreachable', {
    ...place,
    targetMs: 50,
    reachableMs: 120,
    neededCores: null,
    reason: 'the best here is 120ms',
  }),
  event(11, 'dqoes.job.reachable', { ...place, targetMs: 800 }),
  event(11, 'dqoes.job.moved', {
    ...place,
    from: place.node,
    to: 'h2' as NodeId,
    reason: 'it answers on h2',
  }),
  event(12, 'dqoes.job.preempted', {
    ...place,
    reason: 'made way for b (weight 5, its own is 1)',
  }),
  event(12, 'dqoes.job.lost', { ...place, reason: 'exit code 3' }),
  event(13, 'dqoes.job.stopped', { job: place.job, reason: 'stopped by request' }),
];

describe('explain', () => {
  it('tells the story of a job, one line a decision, oldest first', () => {
    const story = linesOf(STORY);
    assert.deepEqual(story, [
      '14:03:01 submitted, 1 container, target 800ms mean ±10%',
      '14:03:01 cannot be placed: h1 is full',
      '14:03:02 placed on h1: most free CPU',
      '14:03:02 no limit → 0.62 CPU: start',
      '14:03:03 started on h1',
      '14:03:04 faster: 310ms, target 800ms',
      '14:03:05 0.62 → 0.22 CPU: within target at 0.22; 0.40 given to detector, 32 % over',
      '14:03:06 0.22 CPU, period 100ms → 10ms',
      '14:03:07 0.22 → 0.30 CPU, period 100ms → 40ms',
      '14:03:08 faster → slower: 950ms, target 800ms',
      '14:03:09 target 800ms mean ±10% → 50ms mean ±10%',
      '14:03:10 target 50ms is out of reach on h1: the best here is 120ms',
      '14:03:11 target 800ms is within reach again',
      '14:03:11 moved from h1 to h2: it answers on h2',
      '14:03:12 was preempted on h1: made way for b (weight 5, its own is 1)',
      '14:03:12 lost on h1: exit code 3',
      '14:03:13 stopped: stopped by request',
    ]);
  });

  it('names each container where there are several, and the day where it is not today', () => {
    const second = { ...place, allocation: 'a-2' as AllocationId };
    const story = linesOf([
      event(-86_400, 'dqoes.job.started', place),
      event(0, 'dqoes.job.started', second),
    ]);
    assert.deepEqual(story, [
      '2026-11-24 14:03:00 a-1 started on h1',
      '14:03:00 a-2 started on h1',
    ]);
  });

  it('says once why, of a placement and its first limit', () => {
    const placed = event(0, 'dqoes.job.placed', { ...place, reason: 'start' });
    const limited = event(0, 'dqoes.allocation.limit-changed', {
      ...place,
      from: null,
      to: limit(1),
      reason: 'start',
    });
    assert.deepEqual(linesOf([placed, limited]), [
      '14:03:00 placed on h1',
      '14:03:00 no limit → 1.00 CPU: start',
    ]);
  });

  it('lets no reason drive the terminal', () => {
    const [line] = linesOf([event(0, 'dqoes.job.lost', { ...place, reason: 'a\u001b[2Jb' })]);
    assert.equal(line, '14:03:00 lost on h1: a\uFFFD[2Jb');
  });

  it('gives programs the figures', () => {
    const decided = event(5, 'dqoes.allocation.limit-changed', {
      ...place,
      ...{ from: limit(null), to: limit(0.22, 10_000), reason: 'why' },
    });
    assert.deepEqual(entriesOf(decided), [
      {
        time: new Date(NOON + 5000).toISOString(),
        atMs: NOON + 5000,
        allocation: 'a-1',
        node: 'h1',
        kind: 'limit',
        fromCores: null,
        toCores: 0.22,
        fromGuaranteeCores: null,
        toGuaranteeCores: null,
        fromPeriodUs: null,
        toPeriodUs: 10_000,
        reason: 'why',
      },
    ]);
  });

  it('leaves out what is not about a job, and reads an older coordinator’s submissions', () => {
    assert.deepEqual(entriesOf(event(0, 'dqoes.node.down', { node: place.node, silentMs: 1 })), []);
    const older = event(0, 'dqoes.job.submitted', {
      job: place.job,
      change: 'updated',
      replicas: 1,
    });
    assert.deepEqual(linesOf([older]), ['14:03:00 updated']);
    const created = event(0, 'dqoes.job.submitted', {
      job: place.job,
      change: 'created',
      replicas: 2,
    });
    assert.deepEqual(linesOf([created]), ['14:03:00 submitted, 2 containers']);
  });

  describe('the present', () => {
    it('has target, now, class, limit and use', () => {
      assert.deepEqual(presentLines(allocationStatus()), [
        'a-0 on h1: 790ms, target 800ms mean ±10%, within; limit 0.50 CPU in periods of ' +
          '100ms, uses 0.40',
      ]);
    });

    it('says since when there is no answer', () => {
      const container = containerReport({ latency: latency(790, { newestAgeMs: 300_000 }) });
      const [line] = presentLines(
        allocationStatus({ latencyMs: null, qoeClass: null, ageMs: 0, container }),
      );
      assert.match(line ?? '', /^a-0 on h1: no answer for 5m, target 800ms mean ±10%; limit/);
    });

    it('says what is out of reach, what could be and what it would take', () => {
      const unreachable = { targetMs: 50, reachableMs: 120, neededCores: 1.4, reason: '' };
      const [, line] = presentLines(allocationStatus({ unreachable }));
      assert.equal(line, 'a-0: out of reach: 50ms would take 1.40 CPU; 120ms is the best here');
      assert.equal(
        outOfReachText({ ...unreachable, reachableMs: null, neededCores: null }),
        'no amount of CPU meets 50ms',
      );
      assert.equal(outOfReachText({ ...unreachable, reason: 'why' }), 'why');
    });

    it('says what others changed, and when it was written again', () => {
      const drift: ContainerDrift = {
        ...{ count: 3, setting: 'limit', from: '0.5 cores', to: 'no limit' },
        ...{ foundAtMs: 1_700_000_000_000, rewrittenAtMs: null },
      };
      const at = '\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d';
      const row = allocationStatus({ container: containerReport({ drift }) });
      const [, line = ''] = presentLines(row);
      const said = `^a-0: others changed its limit from 0.5 cores to no limit at ${at}, the last`;
      assert.match(line, new RegExp(`${said} of 3 changes since its agent started; not written`));
      const [, cells = ''] = tableLines(PS_COLUMNS, [row], { wide: true, colour: false });
      assert.match(cells, /3: limit 0.5 cores → no limit, not back yet/);
      const back = { ...drift, count: 1, rewrittenAtMs: 1_700_000_000_300 };
      const mended = allocationStatus({ container: containerReport({ drift: back }) });
      assert.match(presentLines(mended)[1] ?? '', new RegExp(`; written again at ${at}$`));
      const [, after = ''] = tableLines(PS_COLUMNS, [mended], { wide: true, colour: false });
      assert.match(after, new RegExp(`1: limit 0.5 cores → no limit, back ${at}`));
    });

    it('says why there is nothing to see', () => {
      const waiting = allocationStatus({
        ...{ node: null, latencyMs: null, qoeClass: null, container: null },
        reason: 'no node',
      });
      assert.deepEqual(presentLines(waiting), [
        'a-0: no response time yet, target 800ms mean ±10%; no node',
      ]);
      const bad = containerReport({
        control: 'none',
        reason: 'dqoes.target: bad',
        target: null,
        observed: limit(null),
      });
      const [line] = presentLines(
        allocationStatus({ target: null, qoeClass: null, container: bad }),
      );
      assert.equal(
        line,
        'a-0 on h1: no target; no limit, uses 0.40, not controlled: dqoes.target: bad',
      );
    });

    it('stands in ps as a mark, and in full when wide', () => {
      const unreachable = {
        targetMs: 50,
        reachableMs: 120,
        neededCores: 1.4,
        reason: 'the best here is 120ms',
      };
      const row = allocationStatus({ qoeClass: 'slower', unreachable });
      const lines = (wide: boolean) => tableLines(PS_COLUMNS, [row], { wide, colour: false });
      assert.match(lines(false)[1] ?? '', / slower! /);
      assert.match(lines(true)[0] ?? '', /OUT OF REACH/);
      assert.match(lines(true)[1] ?? '', /the best here is 120ms/);
    });
  });
});
