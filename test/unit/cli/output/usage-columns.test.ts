import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { tableLines } from '../../../../cli/output/table.js';
import { shareText, usageColumns, usageRows } from '../../../../cli/output/usage-columns.js';
import { UsageLedger } from '../../../../console/ledger/ledger.js';
import { usageOf } from '../../../../console/ledger/usage.js';
import type { MinuteRecord } from '../../../../proto/schemas/view.js';
import { ran, recordOf } from '../../console/ledger/build.js';

const tableOf = (records: readonly MinuteRecord[], width?: number): readonly string[] => {
  const ledger = new UsageLedger({ from: 1000, to: 1060, by: 'job' });
  for (const each of records) ledger.take(each);
  const head = { fromMs: 0, toMs: 1, by: 'job', storedSinceMs: null, warnings: [] } as const;
  const report = usageOf(
    ledger.close(() => true),
    head,
  );
  return tableLines(usageColumns(report), usageRows(report), { wide: false, colour: false, width });
};
const hour = Array.from({ length: 50 }, (_, index) =>
  recordOf('h1', 1000 + index, [
    ran('face-1', { atTargetSeconds: 59.99, notSlowerSeconds: 60 }),
    ran('sign-1', { observedSeconds: 0, atTargetSeconds: 0, notSlowerSeconds: 0 }),
  ]),
);

describe('the table of a report', () => {
  it('has a line for each job and one for all; what is not known is -', () => {
    assert.deepEqual(tableOf(hour), [
      'JOB    AT TARGET  NOT SLOWER  REQUESTS  CPU H   USED  DOCKER    EUR  EUR DOCKER  UNKNOWN',
      'face       99.9%        100%       500  0.833  0.417    1.67  0.600        1.10   10 min',
      'sign           -           -       500  0.833  0.417    1.67  0.600        1.10   10 min',
      'total      99.9%        100%      1000   1.67  0.833    3.33   1.20        2.20   20 min',
    ]);
  });

  it('has columns for energy and credits where somebody has them', () => {
    const credit = { creditCostRatio: 0.1, creditBelowRatio: 1 };
    const prices = { currency: 'EUR', cpuCoreHour: 0.6, memoryGibHour: 0, gpuHour: 0 };
    const rich = hour.map(({ minute }) =>
      recordOf(
        'h1',
        minute,
        [ran('face-1', { ...credit, notSlowerSeconds: 59, energyJoules: 72_000 }), ran('sign-1')],
        { prices: { ...prices, energyKwh: 0.28 } },
      ),
    );
    const [head, face, sign] = tableOf(rich);
    assert.match(head ?? '', /EUR {2}EUR DOCKER {2}EUR ENERGY {2}CREDIT {2}UNKNOWN$/);
    // 50 minutes of a core cost 0.5; a kWh is 3.6 MJ.
    assert.match(face ?? '', /0\.500 +1\.00 +0\.280 +0\.0500 +10 min$/);
    assert.match(sign ?? '', /0\.500 +1\.00 +- +- +10 min$/);
  });

  it('of 80 columns is cut inside no number, and keeps what is unknown', () => {
    const lines = tableOf(hour, 80);
    assert.doesNotMatch(lines.join('\n'), /…/);
    assert.match(lines[0] ?? '', /EUR .*UNKNOWN$/);
    assert.match(lines[1] ?? '', /10 min$/);
    for (const line of lines) assert.ok(line.length <= 80, line);
  });

  it('without prices it has core-hours only', () => {
    const bare = hour.map(({ prices: _, ...rest }) => rest);
    assert.doesNotMatch(tableOf(bare)[0] ?? '', /EUR/);
  });

  it('a share is never rounded up to all', () => {
    assert.deepEqual([0, 0.5, 0.9999, 1, null].map(shareText), [
      '0.0%',
      '50.0%',
      '99.9%',
      '100%',
      '-',
    ]);
  });
});
