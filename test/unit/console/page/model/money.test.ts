import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { capacityText } from '../../../../../console/page/model/capacity.js';
import { isQuoted, quoteChart } from '../../../../../console/page/model/quote.js';
import {
  reportColumns,
  reportPath,
  reportSentence,
  reportViewOf,
} from '../../../../../console/page/model/report.js';
import type { Capacity, KindRoom } from '../../../../../proto/schemas/capacity.js';
import type { JobQuote, QuoteStep } from '../../../../../proto/schemas/quote.js';
import type { UsageReport, UsageRow } from '../../../../../proto/schemas/usage.js';
import { allocationId, job, jobName, nodeId, target } from '../../../coordinator/build.js';

const hurt: QuoteStep['effects'] = [
  {
    ...{ allocation: allocationId('vad-1'), job: jobName('vad'), node: nodeId('h1') },
    ...{ effect: 'loses-target', reason: 'it would answer in 340 ms' },
  },
];
const step = (targetMs: number, change: Partial<QuoteStep> = {}): QuoteStep => ({
  ...{ targetMs, verdict: 'met', cpuCores: 50 / targetMs, expectedMs: targetMs },
  ...{ nodes: [nodeId('h1')], costPerHour: 2 / targetMs, effects: [] },
  ...change,
});
const quoted = (steps: readonly QuoteStep[], change: Partial<JobQuote> = {}): JobQuote => ({
  ...{ job: jobName('a'), fastestMs: steps[0]?.targetMs ?? null, steps, reason: '' },
  prices: { currency: 'EUR', cpuCoreHour: 0.04, memoryGibHour: 0, gpuHour: 0 },
  ...change,
});
const asks = (ms: number) => job('a', { target: target(ms) });

describe('the price curve of a job', () => {
  it('goes from fast to slow by ratios, and marks now, the fastest and the cheapest', () => {
    const steps = [50, 100, 200, 400].map((ms) => step(ms));
    const { points, nowX } = quoteChart(quoted(steps), asks(100));
    assert.deepEqual(
      points.map(({ x }) => Math.round(x * 100)),
      [0, 33, 67, 100],
    );
    assert.ok(Math.abs((nowX ?? 0) - 1 / 3) < 1e-9);
    assert.deepEqual(
      points.map(({ marks }) => marks),
      [['fastest'], ['now'], [], ['cheapest']],
    );
    assert.ok(points.every(({ y }, i) => i === 0 || (y ?? 1) < (points[i - 1]?.y ?? 0)));
    assert.match(points[1]?.sentence ?? '', /100 ms \(asked for now\): met, 0.5 CPU, 0.02 EUR an/);
    assert.doesNotMatch(points[1]?.sentence ?? '', /between/);
    const likely = step(100, { expectedLowMs: 91, expectedHighMs: 110 });
    const [point] = quoteChart(quoted([likely]), asks(100)).points;
    assert.match(point?.sentence ?? '', /; between 91 ms and 110 ms nine times in ten; at nobody/);
  });

  it('names the targets at both ends, and of those between what has room on a phone', () => {
    const steps = [40, 70, 100, 141, 200, 282].map((ms) => step(ms));
    const textsOf = (of: typeof steps) =>
      quoteChart(quoted(of), asks(40)).xTicks.map(({ text }) => text);
    assert.deepEqual(textsOf(steps), ['40 ms', '70 ms', '100 ms', '141 ms', '282 ms']);
    assert.deepEqual(textsOf([step(40)]), ['40 ms']);
  });

  it('says at whose expense, and never calls that cheapest', () => {
    const steps = [step(50), step(100), step(200, { effects: hurt })];
    const { points } = quoteChart(quoted(steps), asks(50));
    assert.deepEqual(points[2]?.marks, []);
    assert.deepEqual(points[1]?.marks, ['cheapest']);
    assert.match(points[2]?.sentence ?? '', /at the expense of 1/);
    assert.match(points[2]?.expense[0]?.text ?? '', /vad-1 on h1 would lose its target/);
  });

  it('of targets that cost the same the fastest is the cheapest; what is not met is none', () => {
    const same = { cpuCores: 0.1, costPerHour: 0.004 };
    const unmet = step(20, { verdict: 'unmet', cpuCores: 0.01, costPerHour: null });
    const { points } = quoteChart(
      quoted([unmet, step(100), step(200, same), step(400, same)]),
      asks(9),
    );
    assert.deepEqual(
      points.map(({ marks }) => marks.includes('cheapest')),
      [false, false, true, false],
    );
    assert.equal(points[0]?.verdictText, 'not met');
  });

  it('says of CPU that was not seen to help that it was not, and never calls that cheapest', () => {
    const fast = step(50, { provenCores: 1, cpuCores: 0.1, costPerHour: 0.004 });
    const { points, note } = quoteChart(quoted([fast, step(100)], { provenCores: 1 }), asks(50));
    assert.match(points[0]?.sentence ?? '', /meets its target if more than 1 CPU helps, which has/);
    assert.deepEqual(
      points.map(({ marks }) => marks.includes('cheapest')),
      [false, true],
    );
    assert.equal(note, 'Nothing faster is offered: more than 1 CPU was not seen to help.');
    assert.equal(quoteChart(quoted([step(100)]), asks(100)).note, '');
  });

  it('without prices, steps or known CPU it stays quiet about them', () => {
    const { prices: _, ...free } = quoted([step(50, { cpuCores: null, costPerHour: null })]);
    const { points, hasCosts } = quoteChart(free, asks(50));
    assert.deepEqual([points[0]?.y, points[0]?.costText, hasCosts], [null, '', false]);
    assert.equal(quoteChart(quoted([]), asks(50)).nowX, null);
    assert.ok(isQuoted([step(70)], 70));
    assert.ok(!isQuoted([step(70)], 71));
  });
});

const kind = (like: string, jobs: number): Capacity['kinds'][number] => ({
  ...{ like: jobName(like), jobs, targetMs: 100, cpuCores: 0.5 },
});
const full = (reason: string): KindRoom['limit'] => ({
  resource: 'cpu',
  node: nodeId('h1'),
  reason,
});
const roomFor = (like: string, more: number, rest: Partial<KindRoom> = {}): KindRoom => ({
  ...{ like: jobName(like), more, atLeast: false, limit: null },
  ...rest,
});
const SHORT = { resource: 'cpu' as const, node: nodeId('h1'), reason: 'h1 has 1 CPU left' };
const capacity = (change: Partial<Capacity> = {}): Capacity => ({
  ...{ complete: true, note: '', allocatableCores: 6, freeCores: 1.5, missing: 0, misses: [] },
  ...{ hosts: [], trades: [] },
  kinds: [kind('llm', 1), kind('face-unlock', 3)],
  room: [roomFor('llm', 0, { limit: SHORT }), roomFor('face-unlock', 6)],
  bottleneck: SHORT,
  ...change,
});

describe('room in a cluster', () => {
  it('is one sentence, of the most usual kind first, and a share', () => {
    const text = capacityText(capacity());
    assert.equal(text?.sentence, 'Room for 6 more like face-unlock; none for more like llm.');
    assert.equal(text?.why, 'More like llm: h1 has 1 CPU left.');
    assert.equal(text?.freeRatio, 0.25);
    assert.match(text?.barText ?? '', /1.5 CPU of 6 CPU/);
  });

  it('says where there is none, and which kind it is that is kept out', () => {
    const limit = full('at the expense of signs');
    const room = ['llm', 'vad', 'ocr'].map((like) => roomFor(like, 0, { limit }));
    const text = (count: number) =>
      capacityText(
        capacity({ room: room.slice(0, count), ...(limit === null ? {} : { bottleneck: limit }) }),
      );
    assert.equal(text(1)?.sentence, 'No room for more like llm.');
    assert.equal(text(3)?.sentence, 'No room for more like llm, vad or ocr.');
    assert.equal(text(3)?.why, 'More like llm: at the expense of signs.');
  });

  it('says what is not known, and nothing where nothing is', () => {
    const room = [roomFor('vad', 8, { atLeast: true })];
    assert.equal(
      capacityText(capacity({ room, freeCores: null }))?.sentence,
      'Room for 8 or more like vad.',
    );
    const early = capacity({ complete: false, room: [] });
    assert.match(capacityText(early)?.why ?? '', /time was up/);
    assert.match(capacityText(early)?.sentence ?? '', /^1.5 CPU of 6 CPU/);
    assert.equal(capacityText(capacity({ room: [], freeCores: null })), null);
  });
});

const row = (key: string | null, change: Partial<UsageRow> = {}): UsageRow => ({
  ...{ key, minutes: 60, unknownMinutes: 0, atTargetRatio: 0.98, notSlowerRatio: 1 },
  ...{ requests: 100, meanMs: 80, reservedCoreHours: 12.3, usedCoreHours: 8, plainCoreHours: 40 },
  ...{ reservedMemoryGibHours: null, reservedGpuHours: 0, energyKwh: null },
  ...{ cost: null, plainCost: null, energyCost: null, credit: null },
  ...{ allocations: 1, partialMinutes: 0, seconds: 3600 },
  ...{ observedSeconds: 3600, requestsAtTargetRatio: 0.98, requestsNotSlowerRatio: 1, worstMs: 90 },
  ...change,
});
const report = (change: Partial<UsageReport> = {}): UsageReport => ({
  ...{
    fromMs: 0,
    toMs: 1,
    by: 'job',
    storedSinceMs: 0,
    rows: [row('a')],
    total: row(null),
    warnings: [],
  },
  ...change,
});
const titles = (of: UsageReport) => reportColumns(of).map(({ title }) => title);

describe('a report', () => {
  const nowMs = Date.parse('2026-11-26T20:00:30Z');
  const path = (query: Record<string, string>) => reportPath(reportViewOf(query), nowMs);

  it('is asked for by whole minutes', () => {
    const to = Date.parse('2026-11-26T20:00:00Z');
    assert.equal(path({}), `/report?by=job&from=${to - 86_400_000}&to=${to}`);
    assert.match(path({ period: 'week', by: 'node', job: 'a' }) ?? '', /by=node&.*&job=a$/);
    assert.match(path({ by: 'label', label: 'zone/a&b' }) ?? '', /label=zone%2Fa%26b/);
  });

  it('waits until it is known what it is to be by', () => {
    assert.equal(path({ by: 'label' }), null);
    assert.equal(path({ period: 'dates', from: '2026-11-26' }), null);
    assert.equal(path({ period: 'dates', from: '2026-11-26', to: '2026-11-25' }), null);
    const [, from, to] =
      /from=(\d+)&to=(\d+)/.exec(
        path({ period: 'dates', from: '2026-11-24', to: '2026-11-25' }) ?? '',
      ) ?? [];
    assert.equal(Number(to) - Number(from), 2 * 86_400_000);
    assert.match(path({ by: 'nonsense', period: 'ever' }) ?? '', /by=job/);
  });

  it('has the columns of which something is known', () => {
    assert.ok(!titles(report()).some((title) => /GPU|Energy|Memory|Cost|Not known/.test(title)));
    const rich = row(null, { reservedGpuHours: 2, energyKwh: 1, unknownMinutes: 20, cost: 3 });
    const all = titles(report({ total: rich, currency: 'EUR' }));
    for (const title of ['GPU (h)', 'Energy (kWh)', 'Cost (EUR)', 'Not known'])
      assert.ok(all.includes(title));
    assert.ok(!all.includes('Credit (EUR)') && !all.includes('Energy cost (EUR)'));
    const credited = row(null, { cost: 3, energyCost: 0.2, credit: 0 });
    const paid = titles(report({ total: credited, currency: 'EUR' }));
    assert.ok(paid.includes('Credit (EUR)') && paid.includes('Energy cost (EUR)'));
    const unknown = reportColumns(report({ total: rich })).at(-1);
    assert.equal(unknown?.text(row('a', { minutes: 60, unknownMinutes: 20 })), '25 %');
  });

  it('says what it came to, and nothing where nothing is stored', () => {
    assert.match(
      reportSentence(report()),
      /98 % of the time at target. 12.3 core-hours were reserved, 8 used; plain Docker: 40\.$/,
    );
    const priced = report({ currency: 'EUR', total: row(null, { cost: 1.5, plainCost: 4 }) });
    assert.match(reportSentence(priced), /It cost 1.5 EUR; plain Docker: 4\.$/);
    assert.match(reportSentence(report({ rows: [] })), /Nothing is stored/);
    const silent = report({ total: row(null, { atTargetRatio: null }) });
    assert.match(reportSentence(silent), /^No response time is known of that time\. 12\.3 core/);
  });
});
