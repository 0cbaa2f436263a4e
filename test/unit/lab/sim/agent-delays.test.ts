import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ForeignLevel } from '../../../../lab/foreign/levels.js';
import type { Sample } from '../../../../lab/host/container.js';
import { NO_DELAY } from '../../../../lab/host/delay.js';
import { EVEN_MACHINE, REAL_MACHINE } from '../../../../lab/host/machine.js';
import { model, scenario, simJob } from './build.js';
import { endErrorsMs, quantile, shipped, watch } from './seen-reports.js';

const SEEDS = [1, 2, 3];
const errorsBeside = (level: ForeignLevel, machine = REAL_MACHINE): readonly number[] =>
  SEEDS.flatMap((seed) =>
    endErrorsMs({ scenario: shipped('arrivals', level, seed), machine }),
  ).sort((a, b) => a - b);

describe('ends of requests as a simulated agent notes them', function () {
  this.timeout(60_000);
  const idle = errorsBeside('idle');
  const light = errorsBeside('light');
  const rough = errorsBeside('rough');

  // Counted on real containers, but for what all ends of a report had in common: 8 ms, 0.175 s.
  it('are 8 ms off in the median and 0.18 s in one of a hundred beside much load', () => {
    assert.ok(rough.length > 2000, String(rough.length));
    const [median, worst] = [quantile(rough, 0.5), quantile(rough, 0.99)];
    assert.ok(median > 4 && median < 12, `median ${median}`);
    assert.ok(worst > 120 && worst < 240, `one of a hundred ${worst}`);
  });

  it('are less off beside light load, and hardly where containers are alone', () => {
    for (const q of [0.5, 0.99])
      assert.ok(quantile(light, q) < quantile(rough, q), `${quantile(light, q)}`);
    assert.ok(quantile(idle, 0.5) < quantile(light, 0.5));
    assert.ok(quantile(idle, 0.99) < 30, `${quantile(idle, 0.99)}`);
  });

  it('are exact where a core is free', () => {
    const two = ['a', 'b'].map((id) => simJob(id, { model: model({ noiseRatio: 0.1 }) }));
    const spare = scenario(two, { nodes: [{ id: 'h1', cpuCores: 4 }] });
    const errors = endErrorsMs({ scenario: spare, machine: REAL_MACHINE });
    assert.ok(errors.length > 50);
    assert.ok(quantile(errors, 1) < 1e-6, `${quantile(errors, 1)}`);
  });

  // An answer that ends while a report is made is read after that.
  it('are hardly off by what a report takes to be made', () => {
    const errors = errorsBeside('rough', { ...REAL_MACHINE, readDelay: NO_DELAY });
    assert.ok(quantile(errors, 0.8) < 1e-6, `${quantile(errors, 0.8)}`);
  });

  it('are exact on an even machine, whatever runs beside', () => {
    assert.ok(quantile(errorsBeside('rough', EVEN_MACHINE), 1) < 1e-6);
  });
});

describe('what a simulated agent reports beside much load', function () {
  this.timeout(60_000);

  it('is response times that clients saw, of the answers that it has read', () => {
    const answered = new Map<string, Sample[]>();
    let [reports, behind] = [0, 0];
    const onSample = (job: string, sample: Sample): void => {
      answered.set(job, [...(answered.get(job) ?? []), sample]);
    };
    const given = { scenario: shipped('burst-10', 'rough', 1), machine: REAL_MACHINE, onSample };
    watch(given, ({ node }) => {
      for (const { job, report } of node.allocations) {
        if (report?.latency == null) continue;
        const { totalCount, totalMs } = report.latency;
        const all = answered.get(job) ?? [];
        assert.ok(totalCount <= all.length, `${job}: ${totalCount} of ${all.length}`);
        const seenMs = all.slice(0, totalCount).reduce((sum, { latencyMs }) => sum + latencyMs, 0);
        assert.ok(Math.abs(totalMs - seenMs) < 1e-6, `${job}: ${totalMs}, ${seenMs}`);
        reports += 1;
        if (totalCount < all.length) behind += 1;
      }
    });
    // An answer that is not read yet is in the next report.
    assert.ok(reports > 500 && behind > 5 && behind < 0.3 * reports, `${behind} of ${reports}`);
  });

  it('is the same again with the same seed, and another with another', () => {
    const seen = (seed: number) =>
      endErrorsMs({ scenario: shipped('arrivals', 'rough', seed), machine: REAL_MACHINE });
    assert.deepEqual(seen(5), seen(5));
    assert.notDeepEqual(seen(5), seen(6));
  });
});
