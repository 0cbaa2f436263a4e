import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { NodeHours } from '../../../../console/history/node-hour.js';
import type { NodeStatus } from '../../../../proto/schemas/status.js';
import type { NodeViewChange } from '../../../../proto/schemas/view.js';
import { nodeStatus } from '../page/build.js';

const change = (id: string, atMs: number, status: Partial<NodeStatus> = {}): NodeViewChange => ({
  ...{ schema: 1, incarnation: 'i', epoch: 1, node: id as NodeViewChange['node'], sequence: 1 },
  ...{ atMs, full: false, status: nodeStatus(id, status), figures: [], facts: [], gone: [] },
});

describe('an hour of a node', () => {
  it('is the mean of what was published in each minute; nothing is not zero', () => {
    const hours = new NodeHours(10);
    hours.takeChange(change('h1', 60_000, { othersCpuCores: 0.2 }));
    hours.takeChange(change('h1', 70_000, { othersCpuCores: 0.4 }));
    hours.takeChange(change('h1', 80_000, {}));
    const found = hours.minutesOf('h1', 0, 2);
    assert.deepEqual(found?.othersCores, [null, 0.3, null]);
    assert.deepEqual(found?.usedCores, [null, 1.6, null]);
    assert.deepEqual(found?.pressureRatio, [null, 0.1, null]);
    assert.deepEqual(found?.gpuPowerWatts, [null, null, null]);
    assert.equal(hours.minutesOf('h2', 0, 1), undefined);
  });

  it('has the GPUs of a node: the mean of their clocks, the sum of their power', () => {
    const gpu = { utilisationRatio: 0.5, clockMhz: 1000, powerWatts: 100 };
    const gpus = [
      gpu,
      { ...gpu, clockMhz: 2000, powerWatts: null },
    ] as unknown as NodeStatus['gpus'];
    const hours = new NodeHours(10);
    hours.takeChange(change('h1', 60_000, { gpus: gpus ?? [] }));
    const found = hours.minutesOf('h1', 1, 1);
    assert.deepEqual(
      [found?.gpuUtilisationRatio, found?.gpuClockMhz, found?.gpuPowerWatts],
      [[0.5], [1500], [100]],
    );
  });

  it('leaves out what a silent node said last, and forgets the node heard least lately', () => {
    const hours = new NodeHours(2);
    hours.takeChange(change('h1', 60_000, { liveness: 'suspect' }));
    assert.equal(hours.minutesOf('h1', 1, 1), undefined);
    for (const [i, id] of ['h2', 'h3', 'h4'].entries())
      hours.takeChange(change(id, 60_000 * (i + 1)));
    assert.equal(hours.size, 2);
    assert.equal(hours.minutesOf('h2', 1, 1), undefined);
    assert.ok(hours.minutesOf('h4', 3, 3) !== undefined);
  });

  it('forgets what is more than an hour old', () => {
    const hours = new NodeHours(2);
    hours.takeChange(change('h1', 60_000));
    hours.takeChange(change('h1', 60_000 * 63));
    assert.deepEqual(hours.minutesOf('h1', 1, 1)?.usedCores, [1.6]);
    hours.takeChange(change('h1', 60_000 * 62));
    assert.deepEqual(hours.minutesOf('h1', 1, 1)?.usedCores, [null]);
  });
});
