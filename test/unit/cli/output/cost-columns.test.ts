import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { costColumns } from '../../../../cli/output/cost-columns.js';
import { tableLines } from '../../../../cli/output/table.js';
import type { JobCost } from '../../../../proto/schemas/plan-cost.js';
import type { JobName } from '../../../../shared/ids.js';

const PRICES = { currency: 'EUR', cpuCoreHour: 0.04, memoryGibHour: 0.005, gpuHour: 1.5 };
const cost = (job: string, before: JobCost['before'], after: JobCost['after']): JobCost => ({
  job: job as JobName,
  before,
  after,
});
const COSTS: readonly JobCost[] = [
  cost('face', { cpuCores: 0.5, costPerHour: 0.03 }, { cpuCores: 0.62, costPerHour: 0.0348 }),
  cost('album', { cpuCores: 0.5, costPerHour: 0.03 }, { cpuCores: 0.25, costPerHour: 0.02 }),
  cost('same', { cpuCores: 0.5, costPerHour: 0.03 }, { cpuCores: 0.500001, costPerHour: 0.03 }),
  cost('fresh', null, { cpuCores: 1, costPerHour: 0.05 }),
  cost('none', null, { cpuCores: null, costPerHour: null }),
];
const options = { wide: false, colour: false };

describe('the table of costs of a plan', () => {
  it('has what is reserved now, then, and the difference, with prices also in money', () => {
    const lines = tableLines(costColumns(PRICES), COSTS, { ...options, width: 80 });
    assert.deepEqual(
      lines.map((line) => line.replace(/ +/g, ' ')),
      [
        'JOB CPU NOW THEN CHANGE EUR/HOUR NOW THEN CHANGE',
        'face 0.50 0.62 +0.12 0.0300 0.0348 +0.00480',
        'album 0.50 0.25 -0.25 0.0300 0.0200 -0.0100',
        'same 0.50 0.50 0 0.0300 0.0300 0',
        'fresh - 1.00 +1.00 - 0.0500 +0.0500',
        'none - - - - - -',
      ],
    );
  });

  it('is about CPU alone where there are no prices', () => {
    const [head = '', face = ''] = tableLines(costColumns(undefined), COSTS, options);
    assert.equal(head.replace(/ +/g, ' '), 'JOB CPU NOW THEN CHANGE');
    assert.equal(face.replace(/ +/g, ' '), 'face 0.50 0.62 +0.12');
  });
});
