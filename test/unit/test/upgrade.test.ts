import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { newestOf, packageChanges } from '../../lib/upgrade/earlier-build.js';
import { judgePhase, type Look, type SeenJob, stepBetween } from '../../lib/upgrade/judge.js';
import { LogTail } from '../../lib/upgrade/log-tail.js';
import { tableOf } from '../../lib/upgrade/table.js';
import { chanceOfLoss, doubtsOf, faultsOf, type StepRow } from '../../lib/upgrade/verdict.js';

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
});

/** A stretch of time with a mean number of jobs at target. */
const row = (
  kind: StepRow['kind'],
  what: string,
  meanAtTarget: number,
  phase: Partial<StepRow['phase']> = {},
): StepRow => ({
  kind,
  what,
  upSeconds: kind === 'replacement' ? 1.25 : null,
  phase: {
    ...{ looks: 40, longestGapMs: 310, meanAtTarget, leastAtTarget: 7, largestStep: 1.2 },
    breaches: [],
    ...phase,
  },
});
const controls = (...shares: readonly number[]): readonly StepRow[] =>
  shares.map((share) => row('control', 'nothing', share));
const replaced = (what: string, share: number, phase: Partial<StepRow['phase']> = {}): StepRow =>
  row('replacement', what, share, phase);

/** Replacements of programs `p1`, `p2`, …. */
const each = (...shares: readonly number[]): readonly StepRow[] =>
  shares.map((share, i) => replaced(`p${i + 1}`, share));

/**
 * Mean jobs at target of two runs on 2026-11-27: in four stretches in which nothing was replaced,
 * and in twenty replacements.
 */
const RECORDED = {
  quiet: [9.6, 9.9, 8.3, 9.8],
  busy: [
    ...[10.0, 9.1, 8.3, 9.8, 9.6, 6.9, 9.0, 9.3, 9.9, 8.0],
    ...[7.8, 6.9, 9.2, 10.0, 9.1, 9.8, 9.2, 8.1, 7.9, 9.0],
  ],
};

describe('verdict on an upgrade', () => {
  const QUIET = controls(9.6, 9.9, 9.3, 9.8, 9.5);

  it('takes what was recorded for chance, and no more than a job lost', () => {
    assert.ok(chanceOfLoss(RECORDED.quiet, RECORDED.busy) > 0.2);
    const spoilt = RECORDED.busy.map((share) => share - 3);
    assert.ok(chanceOfLoss(RECORDED.quiet, spoilt) < 0.01);
  });

  it('lets a replacement cost the job that it may, beside the worst control', () => {
    assert.deepEqual(doubtsOf(replaced('h1', 8.3), QUIET), []);
    assert.deepEqual(doubtsOf(replaced('h1', 8.2), QUIET), [
      '8.2 jobs at target, at least 9.3 while nothing was replaced',
    ]);
    assert.deepEqual(faultsOf([...QUIET, ...each(8.9, 9.4, 9.5, 9.6, 9.4)]), []);
  });

  it('doubts a limit that moves farther than in any control and than a normal step', () => {
    assert.deepEqual(doubtsOf(replaced('h1', 9.5, { largestStep: 1.9 }), QUIET), []);
    assert.deepEqual(doubtsOf(replaced('h1', 9.5, { largestStep: 3.2 }), QUIET), [
      'a limit moved by ×3.20, a normal step is ×2.00',
    ]);
    const uneasy = [...QUIET, row('control', 'nothing', 9.6, { largestStep: 3.5 })];
    assert.deepEqual(doubtsOf(replaced('h1', 9.5, { largestStep: 3.2 }), uneasy), []);
  });

  it('takes what does not happen again for chance, and what does for the replacement', () => {
    const others = [...QUIET, replaced('h2', 9.5), replaced('h3', 9.6), replaced('h4', 9.4)];
    assert.deepEqual(faultsOf([...others, replaced('h1', 7), replaced('h1', 9.4)]), []);
    assert.deepEqual(faultsOf([...others, replaced('h1', 7), replaced('h1', 7.4)]), [
      'h1, each of 2 times: 7.0 jobs at target, at least 9.3 while nothing was replaced; ' +
        '7.4 jobs at target, at least 9.3 while nothing was replaced',
    ]);
    assert.match(faultsOf([...others, replaced('h1', 7)]).join(), /^h1, the only time: 7\.0 jobs/);
  });

  it('finds agents that lift the limits of their hosts when they start', () => {
    const lifting = ['h1', 'h2', 'h3'].flatMap((host) => [
      replaced(host, 7.2, { largestStep: Number.POSITIVE_INFINITY }),
      replaced(host, 7.4, { largestStep: Number.POSITIVE_INFINITY }),
    ]);
    const faults = faultsOf([...QUIET, replaced('standby', 8.4), ...lifting]);
    for (const host of ['h1', 'h2', 'h3'])
      assert.ok(
        faults.some((fault) => fault.startsWith(`${host}, each of 2 times`)),
        host,
      );
    assert.ok(faults.some((fault) => fault.startsWith('all replacements together')));
  });

  it('finds a small loss in every replacement that none of them shows', () => {
    const quiet = controls(9.9, 9.8, 9.9, 8.9, 9.9, 9.8, 9.9);
    const busy = each(8, 8, 8, 8, 8, 8, 8);
    for (const one of busy) assert.deepEqual(doubtsOf(one, quiet), []);
    assert.match(faultsOf([...quiet, ...busy]).join(), /^all replacements together: 8\.0 jobs/);
  });

  it('shows nothing where jobs come and go by themselves', () => {
    const faults = faultsOf([...controls(9.6, 4, 9.9, 3, 8), ...each(9, 9, 9, 9, 9)]);
    assert.equal(faults.length, 1);
    assert.match(faults[0] ?? '', /^jobs at target vary too much while nothing is replaced/);
  });

  it('needs controls, replacements, and somebody who looks', () => {
    assert.deepEqual(faultsOf([...controls(9, 9), replaced('h1', 9)]), [
      'nothing happened in 2 stretches, 5 are needed',
    ]);
    assert.deepEqual(faultsOf(QUIET), ['nothing was replaced']);
    const unseen = replaced('h2', 9.5, { looks: 0 });
    const broken = replaced('h1', 9.5, { breaches: ['a was lost on h1'] });
    const ok = ['h3', 'h4', 'h5'].map((name) => replaced(name, 9.5));
    assert.deepEqual(faultsOf([...QUIET, unseen, broken, ...ok]), [
      'h2: nobody looked',
      'h1: a was lost on h1',
    ]);
  });

  it('lets a job whose target changes be off it', () => {
    const steps = each(9.5, 9.5, 9.5, 9.5, 9.5);
    assert.deepEqual(faultsOf([...QUIET, ...steps, row('target', 'birds: 245 ms', 6)]), []);
  });

  it('prints a line for each step', () => {
    const lines = tableOf([...controls(9.5), replaced('h1', 9)]).split('\n');
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
