import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { newestOf, packageChanges } from '../../lib/upgrade/earlier-build.js';
import {
  faultsOf,
  judgePhase,
  type Look,
  type SeenJob,
  type StepRow,
  stepBetween,
  tableOf,
} from '../../lib/upgrade/judge.js';
import { LogTail } from '../../lib/upgrade/log-tail.js';

const REPORT_MS = 500;
const job = (name: string, more: Partial<SeenJob> = {}): SeenJob => ({
  job: name,
  host: 'h1',
  life: `${name} since noon`,
  limitCores: 0.2,
  isAtTarget: true,
  ...more,
});
const look = (atMs: number, ...jobs: readonly SeenJob[]): Look => ({ atMs, jobs });
const breachesOf = (from: SeenJob, to: SeenJob, afterMs = 200): readonly string[] =>
  judgePhase([look(0, from), look(afterMs, to)], REPORT_MS).breaches;

describe('judge of an upgrade', () => {
  it('finds a job that is lost, restarted, or elsewhere', () => {
    const one = job('a');
    assert.deepEqual(breachesOf(one, one), []);
    const lost = judgePhase([look(0, one, job('b')), look(200, one)], REPORT_MS);
    assert.deepEqual(lost.breaches, ['b was lost on h1']);
    assert.deepEqual(breachesOf(one, job('a', { life: 'later' })), ['a was restarted on h1']);
    assert.deepEqual(breachesOf(one, job('a', { host: 'h2' })), ['a went from h1 to h2']);
  });

  it('lets a limit change by the factor of the law, and no further', () => {
    const held = (limitCores: number | null): SeenJob => job('a', { limitCores });
    assert.deepEqual(breachesOf(held(0.1), held(0.4)), []);
    assert.deepEqual(breachesOf(held(0.4), held(0.1)), []);
    assert.deepEqual(breachesOf(held(0.1), held(0.41)), [
      'the limit of a went from 0.100 to 0.410: ×4.10, at most ×4',
    ]);
    assert.deepEqual(breachesOf(held(0.1), held(null)), [
      'the limit of a went from 0.100 to none: set or removed, at most ×4',
    ]);
  });

  it('lets it change by two decisions where the looks are that far apart', () => {
    const [from, to] = [job('a', { limitCores: 0.1 }), job('a', { limitCores: 1.5 })];
    assert.equal(breachesOf(from, to, REPORT_MS - 1).length, 1);
    assert.equal(breachesOf(from, to, REPORT_MS).length, 0);
  });

  it('takes no rounding for a change', () => {
    assert.equal(stepBetween(0.01, 0.02), 1);
    assert.equal(stepBetween(null, null), 1);
    assert.equal(stepBetween(0.2, 0.1), 2);
  });

  it('counts jobs at target, gaps and steps after the first look', () => {
    const off = { isAtTarget: false };
    const phase = judgePhase(
      [
        look(0, job('a', off), job('b', off)),
        look(200, job('a'), job('b')),
        look(900, job('a', { limitCores: 0.3 }), job('b', off)),
      ],
      REPORT_MS,
    );
    assert.equal(phase.looks, 2);
    assert.equal(phase.longestGapMs, 700);
    assert.deepEqual([phase.meanAtTarget, phase.leastAtTarget], [1.5, 1]);
    assert.equal(Math.round(phase.largestStep * 100), 150);
  });

  const row = (what: string, meanAtTarget: number, more: Partial<StepRow> = {}): StepRow => ({
    what,
    upSeconds: 1.25,
    phase: {
      ...{ looks: 40, longestGapMs: 310, meanAtTarget, leastAtTarget: 7, largestStep: 1.2 },
      breaches: [],
    },
    ...more,
  });

  it('lets a step cost one job its target, unless a target changes', () => {
    const first = row('nothing', 9.5, { upSeconds: null });
    assert.deepEqual(faultsOf(first, [row('h1', 8.5)]), []);
    assert.deepEqual(faultsOf(first, [row('h1', 8.4)]), ['h1: 8.4 jobs at target, 9.5 before']);
    assert.deepEqual(faultsOf(first, [row('birds', 8, { isDisturbed: true })]), []);
  });

  it('names the step in which a promise was broken, and one that nobody saw', () => {
    const { phase } = row('h1', 9);
    const broken = row('h1', 9, { phase: { ...phase, breaches: ['a was lost on h1'] } });
    const unseen = row('h2', 9, { phase: { ...phase, looks: 0 } });
    assert.deepEqual(faultsOf(row('nothing', 9), [broken, unseen]), [
      'h1: a was lost on h1',
      'h2: nobody looked',
    ]);
  });

  it('prints a line for each step', () => {
    const lines = tableOf([row('nothing', 9.5, { upSeconds: null }), row('h1', 9)]).split('\n');
    assert.match(lines[0] ?? '', /^step +up after, s +looks/);
    assert.match(lines[1] ?? '', /^nothing +40 +0\.31 +9\.5 \(7\) +×1\.20 +0$/);
    assert.match(lines[2] ?? '', /^h1 +1\.3 +40 +0\.31 +9\.0 \(7\) +×1\.20 +0$/);
  });
});

describe('the build before', () => {
  it('is of the newest release whose schemas were kept', () => {
    assert.equal(newestOf(['ack.v1.bin', '0.9.0', 'README.md', '0.10.1', '0.2.0']), '0.10.1');
    assert.throws(() => newestOf(['README.md']), /no schemas of a release/);
  });

  it('is refused where it needs other packages', () => {
    const now = { nats: '2.29.3', yaml: '2.9.1' };
    assert.deepEqual(packageChanges({ nats: '2.29.3' }, now), []);
    assert.deepEqual(packageChanges({ nats: '2.28.0', ssh2: '1.0.0' }, now), [
      'nats 2.28.0 (2.29.3 here)',
      'ssh2 1.0.0 (none here)',
    ]);
  });
});

describe('the log of a container', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-log-tail-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  const line = (ms: number): string =>
    `${JSON.stringify({ log: `{"ms":${ms}}\n`, stream: 'stdout', time: '' })}\n`;

  it('is read from now on, whole lines only, and as a mean of five seconds', () => {
    const path = join(folder, 'one-json.log');
    writeFileSync(path, line(9000) + line(8000).slice(0, 20));
    const tail = new LogTail(path);
    assert.equal(tail.meanMs(0), null);
    appendFileSync(path, line(8000).slice(20) + line(100));
    assert.equal(tail.meanMs(0), 100);
    appendFileSync(path, line(200).slice(0, 20));
    assert.equal(tail.meanMs(100), 100);
    appendFileSync(path, line(200).slice(20));
    assert.equal(tail.meanMs(200), 150);
    appendFileSync(path, [300, 300, 300, 300, 300].map(line).join(''));
    assert.equal(tail.meanMs(6000), 300);
  });
});
