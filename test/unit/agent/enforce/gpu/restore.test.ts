import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { GpuJournal } from '../../../../../agent/enforce/gpu/journal.js';
import { intendGpu } from '../../../../../agent/enforce/gpu/ledger.js';
import { restoreGpus } from '../../../../../agent/enforce/gpu/restore.js';
import { FilesInMemory, ToolInMemory } from './world.js';

describe('agent gpu: putting back', () => {
  it('puts every GPU back where the disk is full, and says what still knows them', async () => {
    const [files, tool] = [new FilesInMemory(), new ToolInMemory()];
    const journal = await GpuJournal.open(files);
    const clock = { knob: 'clock', value: 900, originalPowerWatts: null } as const;
    const power = { knob: 'power', value: 250, originalPowerWatts: 400 } as const;
    for (const touch of [
      { id: 'GPU-0', ...clock },
      { id: 'GPU-0', ...power },
      { id: 'GPU-1', ...clock },
    ])
      await journal.update(intendGpu(journal.ledger, touch));
    files.isFull = true;
    const { restored, failed } = await restoreGpus(journal, () => tool);
    assert.deepEqual(tool.orders, [
      'reset GPU-0 clock',
      'reset GPU-0 power 400',
      'reset GPU-1 clock',
    ]);
    assert.deepEqual(restored, []);
    assert.deepEqual(
      failed.map(({ id }) => id),
      ['GPU-0', 'GPU-1'],
    );
    assert.match(failed[1]?.reason ?? '', /^the clock is as it was, .* told: no space left$/);
    files.isFull = false;
    assert.equal((await restoreGpus(journal, () => tool)).restored.length, 2);
    assert.deepEqual(journal.ledger.entries, []);
  });
});
