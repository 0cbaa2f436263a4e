import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { LoggedAnswer } from '../../bench/ceilings/answers.js';
import { livesOf } from '../../bench/ceilings/answers.js';
import { cellOf, firstFigures, type PeriodCell } from '../../bench/period/figures.js';
import { readPeriodOptions } from '../../bench/period/options.js';
import { blocksOf, roundMs } from '../../bench/period/plan.js';
import { compared, periodMarkdown } from '../../bench/period/table.js';

const optionsOf = (...words: readonly string[]) =>
  readPeriodOptions(['node', 'period.js', '--json', 'out.json', ...words]);
const MATRIX = {
  models: ['a', 'b', 'c'],
  surroundings: ['alone', 'busy'],
  periodsMs: [10, 20, 50, 100],
  rounds: 4,
} as const;
const ABOUT = { round: 1, surroundings: 'alone', model: 'a', periodMs: 10 } as const;
const USE = {
  window: { fromMs: 1000, toMs: 2000 },
  usedSeconds: 0.24,
  periods: 100,
  throttledPeriods: 90,
  othersSeconds: 0.05,
};
const answer = (number: number, atMs: number, latencyMs: number): LoggedAnswer => ({
  number,
  atMs,
  latencyMs,
  cpuMs: latencyMs * 0.3,
});

describe('bench of the period: options', () => {
  it('sorts the periods, and holds all against 100 ms', () => {
    assert.deepEqual(optionsOf('--periods', '100,10,10').periodsMs, [10, 100]);
    assert.throws(() => optionsOf('--periods', '10,50'), /must hold 100/);
  });

  it('refuses a quota below the least of the kernel, and names the cure', () => {
    assert.throws(
      () => optionsOf('--cores', '0.05'),
      /--periods 10: 0.05 CPU are 0.50 ms of 10 ms.*longer periods or more --cores/,
    );
    assert.equal(optionsOf('--cores', '0.1').cores, 0.1);
  });

  it('refuses what it does not know', () => {
    assert.throws(() => optionsOf('--surroundings', 'noisy'), /take some of alone, busy/);
    assert.throws(() => optionsOf('--cores', '2'), /from 0.01 to 1/);
    assert.throws(() => optionsOf('--round', '2'), /is no option/);
    assert.throws(() => optionsOf('--markdown', '--rounds'), /needs the name of the file/);
  });

  it('ends within eight minutes as it is', () => {
    const options = optionsOf();
    assert.ok(options.rounds * roundMs(options, options) + 20_000 < 480_000);
    assert.equal(options.forMs, 480_000);
  });
});

describe('bench of the period: order', () => {
  it('plays every model under every period once a round, alone and beside neighbours', () => {
    const cells = blocksOf(MATRIX, 2).flatMap(({ surroundings, model, periodsMs }) =>
      periodsMs.map((periodMs) => `${surroundings} ${model} ${periodMs}`),
    );
    assert.equal(cells.length, 24);
    assert.equal(new Set(cells).size, 24);
  });

  it('begins with each period equally often, for each model alone and beside neighbours', () => {
    const firsts = new Map<string, number[]>();
    for (let round = 1; round <= 4; round += 1)
      for (const { surroundings, model, periodsMs } of blocksOf(MATRIX, round)) {
        const key = `${surroundings} ${model}`;
        firsts.set(key, [...(firsts.get(key) ?? []), periodsMs[0] ?? 0]);
      }
    assert.equal(firsts.size, 6);
    for (const [key, seen] of firsts)
      assert.deepEqual(
        [...seen].sort((a, b) => a - b),
        [10, 20, 50, 100],
        key,
      );
  });

  it('is alone first in one round and beside neighbours first in the next', () => {
    const firstSide = (round: number) => blocksOf(MATRIX, round)[0]?.surroundings;
    assert.deepEqual([1, 2, 3].map(firstSide), ['alone', 'busy', 'alone']);
  });
});

describe('bench of the period: figures', () => {
  it('counts requests that lie wholly within the window', () => {
    const cell = cellOf(
      ABOUT,
      0.3,
      [
        answer(1, 1050, 100),
        answer(2, 1150, 100),
        answer(3, 1350, 200),
        answer(4, 1650, 300),
        answer(5, 2010, 360),
      ],
      USE,
    );
    assert.equal(cell.requests, 3);
    assert.equal(cell.meanMs, 200);
    assert.equal(cell.cpuMs, 60);
    assert.equal(cell.p95Ms, 300);
    assert.equal(cell.cv, 0.5);
    assert.deepEqual([cell.usedRatio, cell.throttledRatio, cell.othersCores], [0.8, 0.9, 0.05]);
  });

  it('has none of too few requests, or of ones whose CPU is not told', () => {
    const two = [answer(1, 1200, 100), answer(2, 1400, 100)];
    assert.throws(() => cellOf(ABOUT, 0.3, two, USE), /a answered 2 requests within 1000 ms/);
    const silent = [...two, { number: 3, atMs: 1600, latencyMs: 100 }];
    assert.throws(() => cellOf(ABOUT, 0.3, silent, USE), /longer --measure/);
  });

  it('reads what a request says of its CPU', () => {
    const at = '2026-01-01T00:00:01Z';
    const log = `${at} {"ready":true}\n${at} {"ms":30,"n":1,"cpuMs":9.5}\n${at} {"ms":31,"n":2}`;
    const [life] = livesOf(log);
    assert.deepEqual(
      life?.answers.map(({ cpuMs }) => cpuMs),
      [9.5, undefined],
    );
  });
});

const cell = (fields: Partial<PeriodCell>): PeriodCell => ({
  ...{ round: 1, surroundings: 'alone', model: 'a', periodMs: 100, requests: 10, cpuMs: 20 },
  ...{ meanMs: 60, p95Ms: 90, cv: 0.2, usedRatio: 1, throttledRatio: 0.9, othersCores: 0 },
  ...fields,
});

describe('bench of the period: table', () => {
  const CELLS = [
    cell({}),
    cell({ periodMs: 10, cpuMs: 22, meanMs: 66, p95Ms: 72, cv: 0.05 }),
    cell({ round: 2, cpuMs: 40, meanMs: 100, p95Ms: 100 }),
    cell({ round: 2, periodMs: 10, cpuMs: 42, meanMs: 110, p95Ms: 120 }),
    cell({ surroundings: 'busy', periodMs: 10, cpuMs: 99 }),
  ];

  it('holds a cell against that of 100 ms in its own round', () => {
    const of = (round: number) =>
      compared(CELLS).find((each) => each.round === round && each.periodMs === 10);
    assert.equal(of(1)?.cpuRatio, 1.1);
    assert.equal(of(1)?.p95Ratio, 0.8);
    assert.equal(of(2)?.cpuRatio, 1.05);
  });

  it('leaves out what has no counterpart', () => {
    assert.ok(compared(CELLS).every(({ surroundings }) => surroundings === 'alone'));
  });

  it('says medians over rounds, and no times of all models together', () => {
    const options = optionsOf('--models', 'a', '--surroundings', 'alone', '--periods', '10,100');
    const lines = periodMarkdown({ ...firstFigures(options, 'then'), cells: CELLS });
    assert.ok(lines[0]?.includes('stopped before all 4 rounds'), lines[0]);
    const rows = lines.filter((line) => line.startsWith('| alone'));
    assert.deepEqual(
      rows.map((line) => line.split(' | ').slice(1, 6)),
      [
        ['a', '10', '2', '20', '1.075 (1.050–1.100)'],
        ['a', '100', '2', '20', '1.000 (1.000–1.000)'],
        ['all', '10', '2', '20', '1.075 (1.050–1.100)'],
        ['all', '100', '2', '20', '1.000 (1.000–1.000)'],
      ],
    );
    assert.equal(rows[0]?.split(' | ')[8], '88.0 (66.0–110.0)');
    assert.equal(rows[2]?.split(' | ')[8], '');
  });
});
