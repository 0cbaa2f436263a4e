import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import type { PlannedEffect } from '../../../proto/schemas/plan.js';
import type { QuoteStep } from '../../../proto/schemas/quote.js';
import type { AllocationStatus } from '../../../proto/schemas/status.js';
import { chosenSteps } from '../../bench/quote/choose.js';
import { deliveredOf, type Look } from '../../bench/quote/delivered.js';
import { errorSummary, summaries } from '../../bench/quote/errors.js';
import { openGroups, readFigures, writeFigures } from '../../bench/quote/file.js';
import { readQuoteOptions } from '../../bench/quote/options.js';
import { CHOICES, type Delivered, type Outcome } from '../../bench/quote/outcome.js';
import { choiceIn, jobNumbered } from '../../bench/quote/play.js';
import { markdownTable, outcomeLine } from '../../bench/quote/table.js';
import { allocationId, container, jobName, latency, nodeId, target } from '../coordinator/build.js';

const loses: PlannedEffect = {
  ...{ allocation: allocationId('b-1'), job: jobName('b'), node: nodeId('h1') },
  ...{ effect: 'loses-target', reason: '' },
};
const step = (targetMs: number, cpuCores: number, more: Partial<QuoteStep> = {}): QuoteStep => ({
  ...{ targetMs, verdict: 'met', cpuCores, expectedMs: targetMs, nodes: [], costPerHour: null },
  ...{ effects: [], ...more },
});

describe('bench of quotes: targets of a quote', () => {
  const targets = (steps: readonly QuoteStep[]) =>
    CHOICES.map((choice) => chosenSteps(steps)[choice]?.targetMs);

  it('are the fastest, the cheapest and the one halfway', () => {
    assert.deepEqual(
      targets([50, 70, 100, 140, 200].map((ms) => step(ms, 50 / ms))),
      [50, 100, 200],
    );
  });

  it('hurt nobody and are met; of those that take least CPU the fastest is the cheapest', () => {
    const steps = [
      step(35, 2, { effects: [loses] }),
      step(50, 1),
      step(70, 0.7, { verdict: 'unmet' }),
      step(100, 0.5, { effects: [{ ...loses, effect: 'gains-target' }] }),
      step(200, 0.251),
      step(280, 0.25),
    ];
    assert.deepEqual(targets(steps), [50, 100, 200]);
  });

  it('are fewer where a quote has fewer, and none where it has none', () => {
    assert.deepEqual(targets([step(50, 1), step(70, 0.7)]), [50, undefined, 70]);
    assert.deepEqual(targets([step(50, 1)]), [50, undefined, undefined]);
    assert.deepEqual(targets([step(50, 1, { cpuCores: null })]), Array(3).fill(undefined));
    assert.deepEqual(targets([]), Array(3).fill(undefined));
  });

  it('carry the interval, where the quote states one', () => {
    const bounded = step(50, 1, { expectedLowMs: 45, expectedHighMs: 56 });
    assert.deepEqual(chosenSteps([bounded]).fastest, {
      ...{ targetMs: 50, expectedMs: 50, cpuCores: 1, lowMs: 45, highMs: 56 },
    });
    assert.equal(chosenSteps([step(50, 1)]).fastest?.lowMs, null);
  });
});

/** One report: seconds since the start, requests so far, their mean, CPU so far. */
const look = (second: number, requests: number, meanMs: number, windowMs: number | null): Look => ({
  reportedAtMs: second * 1000,
  othersCores: 0.1,
  status: {
    ...{ id: allocationId('a-1'), job: jobName('a'), node: nodeId('h1'), target: target(100) },
    ...{ latencyMs: windowMs, desired: null, reason: '', ageMs: 0 },
    qoeClass: windowMs === null ? null : windowMs > 110 ? 'slower' : 'within',
    container: container('a-1', {
      applied: { cpuCores: 0.5, periodUs: 100_000 },
      cpu: {
        ...{ usageCores: 0.4, usageTotalSeconds: 0.4 * second },
        ...{ throttledRatio: 0, pressureRatio: null },
      },
      latency: latency(meanMs, { totalCount: requests, totalMs: requests * meanMs }),
    }),
  } satisfies AllocationStatus,
});

describe('bench of quotes: what was delivered', () => {
  const bounds = { lowMs: 90, highMs: 105 };

  it('is the mean by counters, CPU by counters, and the reports within bounds', () => {
    const looks = [look(10, 100, 50, 50), look(11, 110, 50, 100), look(13, 130, 60, 120)];
    const delivered = deliveredOf(looks, bounds);
    // 7800 ms of 130 requests, less 5000 ms of the first 100.
    assert.ok(Math.abs((delivered?.latencyMs ?? 0) - 2800 / 30) < 1e-9);
    assert.ok(Math.abs((delivered?.usedCores ?? 0) - 0.4) < 1e-9);
    assert.equal(delivered?.reservedCores, 0.5);
    assert.deepEqual([delivered?.reports, delivered?.covered, delivered?.atTarget], [2, 1, 1]);
    assert.ok(Math.abs((delivered?.othersCores ?? 0) - 0.1) < 1e-9);
  });

  it('counts a report once that was seen twice, and covers nothing without bounds', () => {
    const looks = [look(10, 100, 50, 50), look(11, 110, 50, 100), look(11, 110, 50, 100)];
    assert.equal(deliveredOf(looks, bounds)?.reports, 1);
    assert.equal(deliveredOf(looks, { lowMs: null, highMs: null })?.covered, 0);
  });

  it('of a percentile is the median of what each report says of the real one', () => {
    const seen = (second: number, p95Ms: number, count: number): Look => {
      const its = look(second, 100 * second, 50, p95Ms);
      const { window } = latency(50);
      const said = { window: { ...window, count, p95Ms }, totalCount: 100 * second };
      return {
        ...its,
        status: {
          ...its.status,
          target: { ...target(100), statistic: 'p95' },
          container: container('a-1', {
            ...its.status.container,
            latency: latency(50, { ...said, totalMs: 5000 * second }),
          }),
        },
      };
    };
    const ofMany = [90, 60, 61, 80].map((ms, i) => seen(i + 1, ms, 5000));
    const many = deliveredOf(ofMany, bounds)?.latencyMs ?? 0;
    assert.ok(Math.abs(many - 61) < 0.5, String(many));
    // The p95 of five requests is their largest, which lies below the real one.
    const few = deliveredOf(
      ofMany.map((_, i) => seen(i + 1, 61, 5)),
      bounds,
    );
    assert.ok((few?.latencyMs ?? 0) > 64 && (few?.latencyMs ?? 0) < 68, String(few?.latencyMs));
    assert.deepEqual([few?.reportsMs, few?.requests], [[61, 61, 61], 300]);
  });

  it('is not known where nothing was answered, or it was started again', () => {
    assert.equal(deliveredOf([look(10, 100, 50, 50)], bounds), null);
    assert.equal(deliveredOf([look(10, 100, 50, 50), look(12, 100, 50, 50)], bounds), null);
    const again = look(12, 130, 60, 120);
    const other = container('a-1', { ...again.status.container, lifeId: 'another' });
    const restarted = { ...again, status: { ...again.status, container: other } };
    assert.equal(deliveredOf([look(10, 100, 50, 50), restarted], bounds), null);
  });
});

const delivered = (more: Partial<Delivered> = {}): Delivered => ({
  ...{ latencyMs: 100, reservedCores: 0.5, usedCores: 0.4, reports: 10, covered: 9, atTarget: 10 },
  ...{ reportsMs: [], requests: 100 },
  ...{ othersCores: null, ...more },
});
const outcome = (number: number, more: Partial<Outcome> = {}): Outcome => ({
  ...{ job: `quote-${number}`, workload: '--model vad', statistic: 'mean', choice: 'fastest' },
  beside: 3,
  quoted: { targetMs: 100, expectedMs: 100, cpuCores: 0.5, lowMs: 90, highMs: 111 },
  delivered: delivered(),
  ...more,
});

describe('bench of quotes: errors', () => {
  it('are summed up by median, 5th and 95th percentile, and the share within a tenth', () => {
    const errors = Array.from({ length: 100 }, (_, i) => (i - 49) / 100);
    const summary = errorSummary(errors);
    assert.deepEqual(summary, { n: 100, p5: -0.45, p50: 0, p95: 0.45, withinTenth: 0.21 });
    assert.equal(errorSummary([]), null);
    assert.equal(errorSummary([0.1, 1.1 - 1, -0.1, 0.11])?.withinTenth, 0.75);
  });

  it('are those of all, of each choice and of each statistic; what is not known counts not', () => {
    const all = summaries([
      outcome(1, { delivered: delivered({ latencyMs: 120 }) }),
      outcome(2, { choice: 'cheapest', statistic: 'p95' }),
      outcome(3, { quoted: null, delivered: null }),
      outcome(4, { delivered: null }),
    ]);
    assert.deepEqual(
      all.map(({ of, n }) => [of, n]),
      [
        ['all', 2],
        ['fastest', 1],
        ['cheapest', 1],
        ['mean', 1],
        ['p95', 1],
      ],
    );
    assert.ok(Math.abs((all[1]?.latency?.p50 ?? 0) - 0.2) < 1e-9);
    assert.ok(Math.abs((all[0]?.used?.p50 ?? 0) + 0.2) < 1e-9);
  });

  it('coverage counts reports, of quotes that state an interval only', () => {
    const bare = { targetMs: 100, expectedMs: 100, cpuCores: 0.5, lowMs: null, highMs: null };
    const [all] = summaries([
      outcome(1),
      outcome(2, { delivered: delivered({ reports: 30, covered: 15 }) }),
      outcome(3, { quoted: bare, delivered: delivered({ covered: 0 }) }),
    ]);
    assert.deepEqual([all?.covered, all?.boundedReports], [0.6, 40]);
    assert.equal(summaries([outcome(1, { quoted: bare })])[0]?.covered, null);
  });

  it('are printed as a table in Markdown', () => {
    const [head, rule, row] = markdownTable(summaries([outcome(1)]));
    assert.equal(head?.split('|').length, rule?.split('|').length);
    assert.equal(
      row,
      '| all | 1 | 0.0 % (0.0 % to 0.0 %), 100 % | 0.0 % (0.0 % to 0.0 %), 100 % | ' +
        '-20.0 % (-20.0 % to -20.0 %), 0 % | 90 % of 10 | 100 % |',
    );
    assert.match(outcomeLine(outcome(1)), /target 100 ms, quoted 100 ms with 0\.50 CPU; delivered/);
    assert.match(outcomeLine(outcome(1, { quoted: null })), /has no such target/);
  });
});

describe('bench of quotes: what is played', () => {
  it('each job has each choice once, and no round has the fastest for all', () => {
    for (let job = 0; job < 4; job += 1)
      assert.deepEqual(new Set([0, 1, 2].map((round) => choiceIn(round, job))), new Set(CHOICES));
    for (let round = 0; round < 3; round += 1)
      assert.equal(new Set([0, 1, 2].map((job) => choiceIn(round, job))).size, 3);
  });

  it('a job is the same, whichever others run', () => {
    assert.deepEqual(jobNumbered(7, 1), jobNumbered(7, 1));
    assert.notDeepEqual(jobNumbered(7, 1).target, jobNumbered(7, 2).target);
  });

  it('groups go on with what a file does not hold', () => {
    const held = CHOICES.flatMap((choice) => [1, 2, 3, 4].map((i) => outcome(i, { choice })));
    assert.deepEqual(openGroups(6, 4, held), [[5, 6]]);
    assert.deepEqual(openGroups(6, 4, held.slice(1)), [
      [1, 2, 3, 4],
      [5, 6],
    ]);
    assert.deepEqual(openGroups(4, 4, held), []);
  });

  it('keeps figures in a file, and refuses those of other conditions', () => {
    const folder = mkdtempSync(join(tmpdir(), 'dqoes-quote-test-'));
    const file = join(folder, 'quote.json');
    const conditions = { seed: 1, together: 4, settleMs: 1000, measureMs: 1000 };
    try {
      const none = readFigures(file, conditions);
      assert.deepEqual(none.outcomes, []);
      writeFigures(file, { ...none, outcomes: [outcome(1)] });
      assert.deepEqual(readFigures(file, conditions).outcomes, [outcome(1)]);
      assert.throws(() => readFigures(file, { ...conditions, seed: 2 }), /seed 1, not 2/);
      writeFileSync(file, '{"bench":"ceilings","runs":[]}');
      assert.throws(() => readFigures(file, conditions), /not a file of this bench/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('says which option is wrong', () => {
    const read = (...words: readonly string[]) => readQuoteOptions(['node', 'quote', ...words]);
    assert.deepEqual(read('--json', 'f', '--jobs', '3'), {
      ...{ file: 'f', jobs: 3, seed: 1, together: 4 },
      ...{ settleMs: 15_000, measureMs: 15_000, forMs: 3_600_000 },
    });
    assert.throws(() => read(), /--json FILE is needed/);
    assert.throws(() => read('--json', 'f', '--jobs', '0'), /--jobs "0" is not possible/);
    assert.throws(() => read('--json', 'f', '--job', '3'), /--job is no option/);
  });
});
