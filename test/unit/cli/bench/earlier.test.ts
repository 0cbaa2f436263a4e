import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { BenchLog } from '../../../../cli/bench/bench-log.js';
import type { BenchReport } from '../../../../cli/bench/bench-report.js';
import { isDone, knownMeasures, readEarlier } from '../../../../cli/bench/earlier.js';
import { benchSettings } from '../../../../cli/bench/settings.js';
import { benchScoreOf } from '../../../../lab/bench/summary.js';
import { scoreRun } from '../../../../lab/score/score.js';
import { testApp } from '../../../lib/cli-app.js';
import { job, profile, scenario } from '../../lab/bench/build.js';

const MACHINE = { cpu: 'X', cpuCores: 2, memoryBytes: 2 ** 30, kernel: '6.1', node: 'v20' };
const world = scenario({ jobs: [job('a')] });
const settings = benchSettings([world], { calibrateSeconds: 10 });

const record = {
  scenario: 'test',
  policy: 'default',
  seed: 1,
  intervalMs: 5000,
  intervals: [{ jobs: [], changes: [], limitUpdates: 0, moves: 0 }],
  decisions: [],
};
const run = (repetition: number) => {
  const beside = {
    workSeconds: new Map(),
    othersCores: null,
    othersPerInterval: [],
    foreign: null,
  };
  return benchScoreOf(scoreRun(record, [1], 1), { repetition, ...beside });
};
const block = (repetition: number) => ({
  repetition,
  scenario: 'test',
  nodeCores: [1.9],
  workSeconds: {},
  targetsMs: { a: 50 },
});
const report = (change: Partial<BenchReport> = {}): BenchReport => ({
  machine: MACHINE,
  settings,
  allocatableCores: 1.9,
  startedAt: '2026-01-01T00:00:00.000Z',
  complete: false,
  runs: [run(1)],
  records: [record],
  summary: [],
  measures: [block(1), block(2)],
  profiles: { key: profile(0.1) },
  profiledFor: ['test'],
  ...change,
});

describe('lab bench: a file of before', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-bench-earlier-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  const readText = (text: string, now = settings) => {
    const file = join(folder, 'bench.json');
    writeFileSync(file, text);
    return readEarlier(file, now, MACHINE);
  };
  const refusal = (text: string, now = settings): string => {
    const read = readText(text, now);
    return read.ok ? '' : read.error.map(({ code, message }) => `${code} ${message}`).join('\n');
  };

  it('is nothing where there is none', () => {
    for (const file of [undefined, '-', join(folder, 'none.json'), '/dev/null'])
      assert.deepEqual(readEarlier(file, settings, MACHINE), { ok: true, value: null });
    assert.deepEqual(readText(''), { ok: true, value: null });
  });

  it('holds the runs that are done, and what was measured for those that are not', () => {
    const broken = JSON.parse(JSON.stringify(report()).replace('"p99":2', '"p99":null'));
    const read = readText(JSON.stringify(broken));
    assert.ok(read.ok && read.value !== null);
    const done = isDone(read.value, [world]);
    const at = { repetition: 1, scenario: 0, policies: [] };
    assert.deepEqual(
      [done(at, 'default'), done(at, 'dqoes'), done({ ...at, repetition: 2 }, 'default')],
      [true, false, false],
    );
    const known = knownMeasures(read.value, [world]);
    assert.deepEqual(known.blocks, [block(1)]);
    assert.equal(known.allocatableCores, 1.9);
    const ratios = known.profiles.get('key')?.points.map((point) => point.ratios.p99);
    // A statistic that was not reported is no number again.
    assert.deepEqual(ratios, [Number.NaN, 2, 2, 2]);
  });

  it('gives no profiles to a scenario that it does not know', () => {
    const other = knownMeasures(report(), [{ ...world, name: 'other' }]);
    assert.deepEqual([other.profiles.size, other.allocatableCores], [0, null]);
    assert.equal(knownMeasures(null, [world]).blocks.length, 0);
  });

  it('gives no profiles of another scenario, which may reach less far down', () => {
    // The scenario was profiled first; then another one was, alone, into the same file.
    const hashes = { ...settings.scenarios, other: 'x' };
    const again = report({ settings: { ...settings, scenarios: hashes }, profiledFor: ['other'] });
    const known = knownMeasures(again, [world]);
    assert.deepEqual([known.profiles.size, known.allocatableCores], [0, null]);
    assert.deepEqual(known.blocks, [block(1)]);
    // A file that does not say for which.
    const { profiledFor: _, ...older } = report();
    const read = readText(JSON.stringify(older));
    assert.ok(read.ok && knownMeasures(read.value, [world]).profiles.size === 0);
  });

  it('is refused with every difference, and what to do', () => {
    const changed = { ...world, seed: 8 };
    const now = benchSettings([changed], { calibrateSeconds: 20, foreign: 'light' });
    const old = report({
      settings: { ...settings, program: 'other' },
      machine: { ...MACHINE, kernel: '6.2' },
    });
    const message = refusal(JSON.stringify(old), now);
    for (const words of [
      /^cli\.usage --json .*bench\.json: /,
      /another build of dqoes/,
      /another machine, kernel or Node\.js/,
      /--calibrate-seconds differs \(10 then, 20 now\)/,
      /test changed since \(the file, --seed or --foreign\)/,
      /name another file, or delete this one/,
    ])
      assert.match(message, words);
    assert.equal(message.split('\n').length, 4);
  });

  it('is refused where it is something else', () => {
    assert.match(refusal('{ "runs": ['), /it holds no runs of lab bench \(/);
    assert.match(refusal('[1, 2]'), /something else than runs of this version/);
    assert.match(refusal('null'), /something else/);
    assert.match(refusal('{ "runs": [] }'), /something else/);
    assert.match(refusal(JSON.stringify(report({ records: [] }))), /something else/);
  });

  it('keeps its profiles where a call that has nothing left to run cannot use them', () => {
    const file = join(folder, 'kept.json');
    const earlier = report({ profiledFor: ['other'] });
    const log = new BenchLog({
      app: testApp().app,
      scenarios: [world],
      blocks: [],
      outputs: { json: file },
      settings,
      earlier,
      known: knownMeasures(earlier, [world]),
    });
    assert.equal(log.end({ ok: true, value: undefined }), 0);
    const kept = JSON.parse(readFileSync(file, 'utf8')) as BenchReport;
    assert.deepEqual(Object.keys(kept.profiles), ['key']);
    assert.deepEqual([kept.profiledFor, kept.allocatableCores], [['other'], 1.9]);
    // Others take their place once they are measured.
    log.profiled(new Map([['new', profile(0.1)]]), 1.8);
    log.end({ ok: true, value: undefined });
    const then = JSON.parse(readFileSync(file, 'utf8')) as BenchReport;
    assert.deepEqual(Object.keys(then.profiles), ['new']);
    assert.deepEqual([then.profiledFor, then.allocatableCores], [['test'], 1.8]);
  });
});
