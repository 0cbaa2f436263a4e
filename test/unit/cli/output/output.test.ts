import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { eventLine, isAbout, readEvent } from '../../../../cli/events/event.js';
import { lineLog } from '../../../../cli/log.js';
import { PS_COLUMNS } from '../../../../cli/output/columns.js';
import { exitCodeOf, faultLine } from '../../../../cli/output/faults.js';
import { cutText } from '../../../../cli/output/fit.js';
import {
  ageText,
  allocationReason,
  classCell,
  coresText,
  jobStateCell,
  limitText,
  runningText,
  targetText,
} from '../../../../cli/output/format.js';
import { streamOutput } from '../../../../cli/output/output.js';
import { type Column, tableLines } from '../../../../cli/output/table.js';
import { encodeEvent } from '../../../../proto/event.js';
import type { AllocationId, JobName, NodeId } from '../../../../shared/ids.js';
import { QOE_CLASSES, type Target } from '../../../../shared/qoe.js';
import { job } from '../../coordinator/build.js';
import { allocationStatus, containerReport } from '../builders.js';

const target: Target = { latencyMs: 800, statistic: 'mean', toleranceRatio: 0.1, mode: 'band' };
const plain = { wide: false, colour: false };
const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

describe('cli output', () => {
  it('aligns columns, hides wide ones, and leaves no trailing space', () => {
    const columns: readonly Column<readonly [string, number]>[] = [
      { title: 'NAME', cell: ([name]) => name },
      { title: 'N', align: 'right', cell: ([, n]) => String(n) },
      { title: 'MORE', wide: true, cell: () => '' },
    ];
    const rows = [
      ['a', 1],
      ['longer', 100],
    ] as const;
    assert.deepEqual(tableLines(columns, rows, plain), [
      'NAME      N',
      'a         1',
      'longer  100',
    ]);
    assert.deepEqual(
      tableLines(columns, rows, { wide: true, colour: false })[0],
      'NAME      N  MORE',
    );
  });

  it('fits the terminal: leaves columns out, cuts names in the middle and texts at the end', () => {
    const long = 'a-very-long-name-of-a-service-in-the-kitchen';
    const reason =
      'no quota, at most 120ms asked; 0.24 CPU guaranteed by weight (8.1 requests/s use 0.21 CPU)';
    const row = allocationStatus({
      ...{
        id: `${long}-12` as AllocationId,
        job: long as JobName,
        node: 'gpu-host-of-rack-42-in-the-cellar' as NodeId,
      },
      ...{ target: { ...target, statistic: 'p95', mode: 'ceiling' }, reason },
    });
    for (const width of [200, 120, 80, 60, 40, 20])
      for (const rows of [[row], [row, allocationStatus({ node: 'h2' as NodeId })], []])
        for (const line of tableLines(PS_COLUMNS, rows, { ...plain, width }))
          assert.ok([...line].length <= width, line);
    const [header = '', line = ''] = tableLines(PS_COLUMNS, [row], { ...plain, width: 80 });
    assert.match(header, /^ALLOCATION .* TARGET .* NOW .* CLASS .* LIMIT .* USE .* REASON$/);
    assert.match(line, /^a-very.*….*-12 .*≤800ms .* no quota, .*…$/);
    const whole = tableLines(PS_COLUMNS, [row], plain)[1] ?? '';
    assert.ok(whole.includes(long) && whole.endsWith(reason));
  });

  it('cuts a line of colours only where nothing else helps', () => {
    const columns: readonly Column<string>[] = [
      { title: 'STATE', cell: (text) => ({ text, tone: 'good' }) },
    ];
    assert.equal(
      tableLines(columns, ['not controlled'], { wide: false, colour: true, width: 8 })[1],
      'not con…',
    );
    assert.equal(cutText('registry.example/team/face:1.4', 12, 'start'), '…am/face:1.4');
    assert.equal(cutText('0123456789', 5, 'middle'), '01…89');
  });

  it('knows the width of a terminal, and none of a pipe', () => {
    const stream = (isTTY: boolean, columns?: number) => ({
      write: () => {},
      isTTY,
      ...(columns === undefined ? {} : { columns }),
    });
    const width = (isTTY: boolean, columns?: number) =>
      streamOutput(
        { stdout: stream(isTTY, columns), stderr: stream(isTTY) },
        { quiet: false, noColour: false },
      ).width;
    assert.deepEqual(
      [width(true, 80), width(true, 0), width(true), width(false, 80)],
      [80, undefined, undefined, undefined],
    );
  });

  it('lets nothing in a cell drive the terminal', () => {
    const lines = tableLines(
      [{ title: 'X', cell: (row: string) => row }],
      ['\u001b[2Ja\nb\u202ec\u2066d\u200f'],
      plain,
    );
    assert.equal(lines[1], '\uFFFD[2Ja b\uFFFDc\uFFFDd\uFFFD');
  });

  it('colours only when asked, and keeps the widths', () => {
    const columns: readonly Column<string>[] = [
      { title: 'STATE', cell: (text) => ({ text, tone: 'good' }) },
      { title: 'B', cell: () => 'b' },
    ];
    assert.equal(tableLines(columns, ['ok'], plain)[1], 'ok     b');
    assert.equal(
      tableLines(columns, ['ok'], { wide: false, colour: true })[1],
      '\u001b[32mok   \u001b[0m  b',
    );
  });

  it('writes targets, limits and ages, and never shows unknown as zero', () => {
    assert.equal(targetText(target), '800ms mean ±10%');
    assert.equal(targetText({ ...target, mode: 'ceiling', statistic: 'p95' }), '≤800ms p95 +10%');
    assert.deepEqual(
      [
        limitText(null),
        limitText({ cpuCores: null, periodUs: 1 }),
        limitText({ cpuCores: 0.5, periodUs: 1 }),
      ],
      ['-', 'none', '0.50'],
    );
    assert.deepEqual([coresText(null), coresText(Number.NaN), coresText(0)], ['-', '-', '0.00']);
    assert.deepEqual([ageText(null), ageText(1234), ageText(75_400)], ['-', '1.2s', '1m15s']);
    const hour = 3_600_000;
    assert.deepEqual(
      [hour - 1000, hour - 1, hour, 5.5 * hour, 24 * hour - 1001, 72 * hour, 102.7 * hour].map(
        ageText,
      ),
      ['59m59s', '1h', '1h', '5h30m', '23h59m', '3d', '4d6h'],
    );
    assert.deepEqual(classCell(target, null), { text: '-' });
    assert.deepEqual(classCell(target, 'faster'), { text: 'faster', tone: 'warn' });
    assert.deepEqual(classCell({ ...target, mode: 'ceiling' }, 'faster'), {
      text: 'faster',
      tone: 'good',
    });
  });

  it('calls classes by one name in tables and in JSON', () => {
    for (const qoeClass of QOE_CLASSES) assert.equal(classCell(target, qoeClass).text, qoeClass);
  });

  it('ps says why a container is not controlled, waits or stopped', () => {
    const running = allocationStatus({ reason: 'equal share' });
    assert.equal(allocationReason(running), 'equal share');
    const bad = containerReport({ control: 'none', reason: 'dqoes.target: "5" is not a duration' });
    assert.equal(
      allocationReason({ ...running, container: bad }),
      'not controlled: dqoes.target: "5" is not a duration',
    );
    const exited = containerReport({ state: 'exited', reason: 'exit code 3' });
    assert.equal(allocationReason({ ...running, container: exited }), 'exited: exit code 3');
    const loop = 'restarting: it ended 3 times, last with exit code 1; docker logs web says why';
    for (const state of ['running', 'failed'] as const) {
      const looping = containerReport({ state, reason: loop });
      assert.equal(allocationReason({ ...running, container: looping }), loop);
    }
    const looping = allocationStatus({ container: containerReport({ reason: loop }) });
    const spec = job('a', { replicas: 2 });
    const status = { spec, origin: 'dqoes', state: 'running', reasons: [loop] } as const;
    const listed = { ...status, allocations: [running, looping] };
    assert.deepEqual(jobStateCell(listed), { text: 'restarting', tone: 'bad' });
    assert.equal(runningText(listed), '1/2');
    assert.deepEqual(jobStateCell({ ...listed, allocations: [running, running] }), {
      text: 'running',
      tone: 'good',
    });
    assert.equal(allocationReason({ ...running, container: null, reason: 'no node' }), 'no node');
    const titles = tableLines(PS_COLUMNS, [running], plain)[0]?.split(/ {2,}/);
    assert.deepEqual(titles, [
      'JOB',
      'ALLOCATION',
      'NODE',
      'TARGET',
      'NOW',
      'CLASS',
      'LIMIT',
      'USE',
      'REASON',
    ]);
  });

  it('puts file, line and column before a fault, and gives refusals their exit code', () => {
    const fault = {
      code: 'job.missing',
      field: 'image',
      message: 'image: is missing',
      line: 2,
      column: 5,
    };
    assert.equal(faultLine(fault, 'a.yaml'), 'a.yaml:2:5: image: is missing [job.missing]');
    assert.equal(faultLine({ code: 'x', field: '', message: 'm' }), 'm [x]');
    const codes = (...list: string[]) =>
      exitCodeOf(list.map((code) => ({ code, field: '', message: '' })));
    assert.deepEqual(
      [
        codes(),
        codes('job.missing'),
        codes('cli.usage'),
        codes('service.not-found'),
        codes('schedule.no-node'),
        codes('service.no-prices'),
        codes('service.over-budget'),
        codes('job.missing', 'nats.unavailable'),
      ],
      [0, 2, 2, 1, 3, 3, 3, 1],
    );
  });

  it('writes data to stdout, messages to stderr; colour only on a terminal', () => {
    const written = { out: '', err: '' };
    const into = (stream: 'out' | 'err', isTTY: boolean) => ({
      isTTY,
      write: (text: string): void => {
        written[stream] += text;
      },
    });
    const streams = (isTTY: boolean) => ({
      stdout: into('out', isTTY),
      stderr: into('err', isTTY),
    });
    const output = streamOutput(streams(true), { quiet: true, noColour: false });
    output.data('d');
    output.message('m');
    output.problem('p');
    assert.deepEqual([written, output.colour], [{ out: 'd\n', err: 'p\n' }, true]);
    assert.equal(streamOutput(streams(true), { quiet: false, noColour: true }).colour, false);
    assert.equal(streamOutput(streams(false), { quiet: false, noColour: false }).colour, false);
    const dumb = { quiet: false, noColour: false, linesOnly: true };
    assert.equal(streamOutput(streams(true), dumb).colour, false);
  });

  it('logs one line a record, whatever is in it', () => {
    const lines: string[] = [];
    const clock = { now: () => 0, wall: () => 0, sleep: async () => {} };
    const log = lineLog({ write: (line) => lines.push(line), clock, level: 'warn' });
    log.info('dropped');
    log.warn('two\nlines', { node: 'h1', why: 'a "b"\nc', n: 1, deep: { x: [1] } });
    assert.deepEqual(lines, [
      '1970-01-01T00:00:00.000Z WARN  two lines node=h1 why="a \\"b\\"\\nc" n=1 ' +
        'deep="{\\"x\\":[1]}"',
    ]);
  });

  it('tells events in sentences, also of types it does not know, and refuses what is none', () => {
    const subjects = {
      job: 'a' as JobName,
      allocation: 'a-1' as AllocationId,
      node: 'h1' as NodeId,
    };
    const event = readEvent(
      encodeEvent({
        type: 'dqoes.allocation.limit-changed',
        id: '1',
        source: '/dqoes/main/coordinator',
        timeMs: 0,
        data: {
          ...subjects,
          from: null,
          to: { cpuCores: 0.25, periodUs: 100_000 },
          reason: 'equal share',
        },
      }),
    );
    assert.ok(event !== undefined);
    assert.match(
      eventLine(event, 0),
      /^\d\d:\d\d:\d\d {2}allocation\.limit-changed {2}a-1 no limit → 0\.25 CPU: equal share$/,
    );
    assert.match(eventLine(event, 3 * 86_400_000), /^19(?:70-01-01|69-12-31) \d\d:\d\d:\d\d {2}a/);
    assert.deepEqual([isAbout(event, 'a'), isAbout(event, 'b')], [true, false]);
    const newer = readEvent(
      bytes({ type: 'dqoes.job.blessed', time: 'x', subject: 'a', data: { job: 'a' } }),
    );
    assert.ok(newer !== undefined);
    assert.match(eventLine(newer, 0), /^- +job\.blessed +a \{"job":"a"\}$/);
    assert.equal(readEvent(new Uint8Array([0xff, 0x7b])), undefined);
    assert.equal(readEvent(bytes([1])), undefined);
    assert.equal(readEvent(bytes({ type: 1 })), undefined);
  });
});
