import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { jobsText } from '../../../../cli/top/draw/header.js';
import { stateCell } from '../../../../cli/top/model/columns.js';
import { History } from '../../../../cli/top/model/history.js';
import { DEFAULT_SORT, shownRows } from '../../../../cli/top/model/order.js';
import { clusterData } from '../../../../cli/top/model/rows.js';
import type { AllocationId, JobName, NodeId } from '../../../../shared/ids.js';
import { latency } from '../../coordinator/build.js';
import { containerReport } from '../builders.js';
import { allocation, dataOf, nodeStatus, TopWorld, target } from './build.js';

const CEILING = target(120, { statistic: 'p95', mode: 'ceiling' });

describe('cli/top/model', () => {
  describe('totals', () => {
    it('count jobs, of which every allocation must have what its target asks', () => {
      const { totals } = dataOf([
        allocation('face-1'),
        allocation('face-2', { latencyMs: 1200 }),
        allocation('fast-1', { target: CEILING, latencyMs: 40 }),
        allocation('slow-1', { latencyMs: 300 }),
        allocation('new-1', { latencyMs: null }),
        allocation('late-1', { node: null }),
        allocation('free-1', { target: null }),
      ]);
      assert.deepEqual([totals.jobs, totals.atTarget, totals.notSlower], [5, 1, 2]);
    });

    it('count apart the jobs whose newest answers say nothing of now', () => {
      const { container } = allocation('idle-1');
      assert.ok(container !== null);
      const answered = { ...container, latency: latency(500, { newestAgeMs: 600_000 }) };
      const idle = allocation('idle-1', { latencyMs: null, more: { container: answered } });
      const { totals } = dataOf([allocation('face-1'), idle]);
      assert.deepEqual([totals.jobs, totals.atTarget, totals.unanswered], [1, 1, 1]);
      assert.equal(jobsText(totals), '1 of 1 job at target, 1 not slower, 1 without answers');
      const alone = jobsText(dataOf([idle]).totals);
      assert.equal(alone, '0 of 0 jobs at target, 0 not slower, 1 without answers');
    });

    it('do not count what its host is to remove', () => {
      const going = allocation('late-1', { latencyMs: 1200, more: { isStopping: true } });
      const { totals, rows } = dataOf([allocation('face-1'), going]);
      assert.deepEqual([totals.jobs, totals.atTarget, rows.length], [1, 1, 2]);
      const states = rows.map((row) => stateCell(row).text);
      assert.deepEqual(states, ['within', 'stopping']);
    });

    it('show what is started again and again by that, running or not, before what is slow', () => {
      const loop = 'restarting: it ended 3 times; docker logs web says why';
      const states = ['running', 'failed'] as const;
      const rows = states.map((state) => {
        const container = containerReport({ state, reason: loop });
        return dataOf([allocation('loop-1', { latencyMs: null, more: { container } })]).rows[0];
      });
      assert.deepEqual(
        rows.map((row) => row && stateCell(row).text),
        ['restarts', 'restarts'],
      );
      const [running] = rows;
      const slow = dataOf([allocation('slow-1', { latencyMs: 9000 })]).rows[0];
      assert.ok(running !== undefined && slow !== undefined);
      const sorted = shownRows([slow, running], { sort: DEFAULT_SORT, filter: '' });
      assert.deepEqual(
        sorted.map(({ name }) => name),
        ['loop', 'slow'],
      );
    });

    it('do not count a successor that has not answered against its job', () => {
      const replaces = 'face-1' as AllocationId;
      const successor = allocation('face-2', { latencyMs: null, node: 'h2', more: { replaces } });
      assert.equal(dataOf([allocation('face-1'), successor]).totals.atTarget, 1);
    });

    it('count no job of which a node is silent: how it does is not known', () => {
      const nodes = [nodeStatus('h1'), nodeStatus('h2', { liveness: 'suspect' })];
      const far = allocation('far-1', { node: 'h2' });
      const { totals } = dataOf([allocation('near-1'), far, allocation('free-1')], nodes);
      assert.deepEqual([totals.jobs, totals.atTarget, totals.notSlower], [3, 2, 2]);
    });

    it('add up CPU, but not of nodes that are down or wait to be approved', () => {
      const nodes = [
        nodeStatus('h1'),
        nodeStatus('h2', { liveness: 'suspect' }),
        nodeStatus('h3', { liveness: 'down' }),
        nodeStatus('h4', { isWaiting: true }),
      ];
      const { totals } = dataOf([allocation('a-1'), allocation('b-1', { node: 'h3' })], nodes);
      assert.deepEqual(
        [totals.allocatedCores, totals.usedCores, totals.allocatableCores],
        [3, 0.4, 3.8],
      );
    });
  });

  it('counts nothing that is adopted under the name of a submitted job into that', () => {
    const namesake = (latencyMs: number) =>
      allocation('face-9', {
        latencyMs,
        more: { container: containerReport({ origin: 'label', name: 'other' }) },
      });
    const { totals, rows } = dataOf([allocation('face-1'), namesake(2000)]);
    assert.deepEqual([totals.jobs, totals.atTarget, totals.notSlower], [1, 1, 1]);
    assert.equal(rows.length, 2);
    // Where none is submitted the adopted ones are the job.
    const { totals: adopted } = dataOf([namesake(790)]);
    assert.deepEqual([adopted.jobs, adopted.atTarget], [1, 1]);
  });

  it('names a row by its job, and by the allocation where there are several', () => {
    const { rows } = dataOf([allocation('face-1'), allocation('web-1'), allocation('web-2')]);
    assert.deepEqual(
      rows.map(({ name }) => name),
      ['face', 'web-1', 'web-2'],
    );
  });

  it('lists what waits once, also when it has a node by now', () => {
    const placed = allocation('face-1');
    const { rows } = clusterData(
      [{ status: nodeStatus('h1'), allocations: [placed] }],
      [allocation('face-1', { node: null }), allocation('late-1', { node: null })],
      1,
    );
    assert.deepEqual(
      rows.map(({ status }) => [status.id, status.node]),
      [
        ['face-1', 'h1'],
        ['late-1', null],
      ],
    );
  });

  describe('history', () => {
    it('holds ten minutes of steps, and says what is not known', () => {
      const history = new History();
      history.note(allocation('a-1', { latencyMs: 100 }), 10);
      history.note(allocation('a-1', { latencyMs: 300 }), 12);
      history.note(allocation('a-1', { latencyMs: null }), 13);
      assert.deepEqual(history.values('a-1', 13, 5), [null, 100, null, 300, null]);
      assert.deepEqual(history.values('b-1', 13, 2), [null, null]);
      history.note(allocation('a-1', { latencyMs: 50 }), 12 + 60);
      assert.deepEqual(history.values('a-1', 12, 1), [null]);
    });

    it('takes minutes where nothing better is known, of targets that are means', () => {
      const history = new History();
      history.note(allocation('a-1', { latencyMs: 100 }), 62);
      const minute = { job: 'a' as JobName, requests: 5, worstMs: 900, seconds: 60 };
      const shares = { observedSeconds: 60, atTargetSeconds: 60, notSlowerSeconds: 60 };
      const cpu = { reservedCpuSeconds: 1, usedCpuSeconds: 1, throttledRatio: 0 };
      const rest = { ...minute, ...shares, ...cpu, energyJoules: null };
      history.noteMinute(
        {
          schema: 1,
          node: 'h1' as NodeId,
          minute: 10,
          epoch: 1,
          seconds: 60,
          allocations: [
            { id: 'a-1' as AllocationId, meanMs: 200, ...rest },
            { id: 'b-1' as AllocationId, meanMs: 200, ...rest },
          ],
        },
        (id) => id === 'a-1',
      );
      assert.deepEqual(history.values('a-1', 66, 7), [200, 200, 100, 200, 200, 200, null]);
      assert.deepEqual(history.values('b-1', 65, 1), [null]);
    });

    it('forgets what is gone once it is much', () => {
      const history = new History();
      for (let at = 0; at < 200; at += 1) history.note(allocation(`a-${at}`), 1);
      history.keepOnly(new Set(['a-1']));
      assert.deepEqual([history.values('a-1', 1, 1), history.values('a-2', 1, 1)], [[790], [null]]);
    });
  });

  describe('keys', () => {
    const many = (count: number) =>
      dataOf(
        Array.from({ length: count }, (_, at) =>
          allocation(`j${String(at).padStart(3, '0')}-1`, { latencyMs: 790 }),
        ),
      );
    const world = (count = 100, rows = 24) => TopWorld.of(many(count), 80, rows);

    it('move the mark, and the list with it', () => {
      const top = world();
      assert.match(top.marked, /^> j000 /);
      assert.match(top.type('jj', 'down').marked, /^> j003 /);
      assert.match(top.type('k').marked, /^> j002 /);
      assert.equal(top.names.length, 19);
      assert.match(top.type('', 'page-down').marked, /^> j020 /);
      assert.deepEqual([top.names[0], top.names.at(-1)], ['j002', 'j020']);
      assert.match(top.type('', 'end').marked, /^> j099 /);
      assert.equal(top.names[0], 'j081');
      assert.match(top.type('', 'down').marked, /^> j099 /);
      assert.match(top.type('', 'home', 'up').marked, /^> j000 /);
      assert.match(top.lines[2] ?? '', / 1-19 of 100$/);
    });

    it('keep the mark on the chosen job wherever it gets to, and on the first row by place', () => {
      const two = (slow: string) =>
        dataOf(
          ['a', 'b', 'c'].map((job) =>
            allocation(`${job}-1`, { latencyMs: job === slow ? 2000 : 790 }),
          ),
        );
      const top = TopWorld.of(two('a')).type('j');
      assert.match(top.marked, /^> b /);
      top.take({ kind: 'data', data: two('b') });
      assert.deepEqual([top.marked.slice(0, 3), top.names[0]], ['> b', 'b']);
      top.take({ kind: 'data', data: dataOf([allocation('a-1'), allocation('c-1')]) });
      assert.match(top.marked, /^> a /);
      top.type('', 'home').take({ kind: 'data', data: two('c') });
      assert.match(top.marked, /^> c /);
    });

    it('keep the mark on the screen when it gets smaller', () => {
      const top = world().type('', ...(new Array(15).fill('down') as 'down'[]));
      top.take({ kind: 'size', size: { columns: 80, rows: 10 } });
      assert.match(top.marked, /^> j015 /);
      assert.equal(top.names.length, 5);
    });

    it('sort and reverse, and say by what', () => {
      const top = TopWorld.of(dataOf([allocation('a-1', { use: 0.1 }), allocation('b-1')]));
      assert.match(top.lines.at(-1) ?? '', /^s sort: class {2}/);
      assert.deepEqual(top.type('s').names, ['b', 'a']);
      assert.match(top.lines.at(-1) ?? '', /^s sort: use ↓ {2}/);
      assert.deepEqual(top.type('r').names, ['a', 'b']);
    });

    it('filter while they are typed; every letter is one of the filter', () => {
      const top = TopWorld.of(dataOf([allocation('quick-1'), allocation('pose-1')]));
      assert.deepEqual(top.type('/q').names, ['quick']);
      assert.match(top.lines.at(-1) ?? '', /^filter: q_ {2}1 of 2/);
      assert.equal(top.state.isOver, false);
      assert.deepEqual(top.type('x').names, []);
      assert.match(top.text, /No job matches "qx": Esc clears the filter\./);
      assert.deepEqual(top.type('\u007f', 'enter').names, ['quick']);
      assert.match(top.lines.at(-1) ?? '', /\/ filter: q \(1 of 2\)/);
      assert.deepEqual(top.type('', 'escape').names, ['quick', 'pose']);
    });

    it('pause: what comes is not shown until it goes on', () => {
      const top = TopWorld.of(dataOf([allocation('a-1')])).type('p');
      top.take({ kind: 'data', data: dataOf([allocation('b-1')]) });
      assert.deepEqual(top.names, ['a']);
      assert.match(top.lines[2] ?? '', /^Paused, p goes on\./);
      top.type('p').take({ kind: 'data', data: dataOf([allocation('b-1')]) });
      assert.deepEqual([top.names, top.lines[2]], [['b'], '']);
    });

    it('quit by q and Ctrl-C, and Ctrl-C also while a filter is typed', () => {
      assert.equal(world().type('q').state.isOver, true);
      assert.equal(world().type('\u0003').state.isOver, true);
      assert.equal(world().type('/abc\u0003').state.isOver, true);
      assert.equal(world().type('Z!constructor').state.isOver, false);
    });

    it('open the story of the marked job, scroll it, read it again and go back', () => {
      const top = world().type('j', 'enter');
      assert.match(top.text, /STORY OF j001, the last hour\nReading the events of the job…/);
      const lines = Array.from({ length: 40 }, (_, at) => `14:03:${at} line ${at}`);
      top.take({ kind: 'story', job: 'other' as JobName, lines: ['not this'] });
      assert.ok(!top.text.includes('not this'));
      top.take({ kind: 'story', job: 'j001' as JobName, lines });
      assert.match(top.lines[3] ?? '', /^STORY OF j001.* lines 22-40 of 40$/);
      assert.equal(top.lines[4], '14:03:21 line 21');
      assert.equal(top.type('', 'up').lines[4], '14:03:20 line 20');
      assert.equal(top.type('', 'home').lines[4], '14:03:0 line 0');
      assert.match(top.type('', 'enter').text, /Reading the events/);
      assert.match(top.type('', 'escape').marked, /^> j001 /);
    });

    it('show events as they come; one who scrolls up stays there', () => {
      const top = world().type('e');
      assert.match(top.text, /EVENTS\nWaiting for events…/);
      const lines = Array.from({ length: 30 }, (_, at) => `event ${at}`);
      top.take({ kind: 'events', lines });
      assert.deepEqual([top.lines[4], top.lines[22]], ['event 11', 'event 29']);
      top.take({ kind: 'events', lines: ['event 30'] });
      assert.equal(top.lines[22], 'event 30');
      top.type('', 'up').take({ kind: 'events', lines: ['event 31'] });
      assert.equal(top.lines[22], 'event 29');
      top.type('', 'end').take({ kind: 'events', lines: ['event 32'] });
      assert.equal(top.lines[22], 'event 32');
      assert.match(top.type('e').marked, /^> j000 /);
    });
  });
});
