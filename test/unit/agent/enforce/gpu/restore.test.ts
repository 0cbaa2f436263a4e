import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { GpuJournal } from '../../../../../agent/enforce/gpu/journal.js';
import { intendGpu } from '../../../../../agent/enforce/gpu/ledger.js';
import { restoreGpus } from '../../../../../agent/enforce/gpu/restore.js';
import type { GpuFailureKind } from '../../../../../agent/ports/gpu.js';
import { err, ok } from '../../../../../shared/result.js';
import { FilesInMemory, GpuWorld, ToolInMemory } from './world.js';

describe('agent gpu: putting back on a GPU that has left the host', () => {
  const refused = { kind: 'absent', message: 'No devices were found' } as const;
  /** A journal that knows GPU-9, and a tool that cannot set it. */
  const gone = async (listed: ToolInMemory['listed']) => {
    const [files, tool] = [new FilesInMemory(), new ToolInMemory()];
    const journal = await GpuJournal.open(files);
    const touch = { id: 'GPU-9', originalPowerWatts: 400 };
    await journal.update(intendGpu(journal.ledger, { ...touch, knob: 'clock', value: 900 }));
    await journal.update(intendGpu(journal.ledger, { ...touch, knob: 'power', value: 250 }));
    Object.assign(tool, { failure: refused, listed });
    return { files, journal, tool };
  };
  const REMOVED = new Set(['GPU-9']);

  it('forgets it where the tool lists others without it', async () => {
    const { journal, tool } = await gone(ok(['GPU-0']));
    const report = await restoreGpus(journal, () => tool);
    assert.deepEqual(report, { restored: [], gone: ['GPU-9'], failed: [] });
    assert.deepEqual(journal.ledger.entries, []);
  });

  it('says so in the log when the agent ends', async () => {
    const { files, tool } = await gone(ok(['GPU-0']));
    const world = await GpuWorld.open({ files });
    Object.assign(world.tool, { failure: refused, listed: tool.listed });
    await world.gpus.stop(true);
    assert.match(world.logged.join(), /a GPU has left this host: nothing can be put back/);
    assert.deepEqual((await GpuJournal.open(files)).ledger.entries, []);
  });

  it('keeps it while its tool does not tell, or lists it, whatever a person says', async () => {
    const kinds: readonly GpuFailureKind[] = ['hang', 'lost', 'unknown', 'permission'];
    const silent = kinds.map((kind) => err({ kind, message: kind }));
    for (const listed of [...silent, ok(['GPU-0', 'GPU-9'])]) {
      const { journal, tool } = await gone(listed);
      const { failed, gone: forgotten } = await restoreGpus(journal, () => tool, REMOVED);
      assert.deepEqual([forgotten, journal.ledger.entries.length], [[], 1]);
      assert.equal(failed[0]?.mayBeGone, false);
      assert.match(failed[0]?.reason ?? '', /No devices were found; it.*not forgotten$/);
    }
  });

  it('forgets it by the word of a person where nothing could list it, and not before', async () => {
    const none = [ok([]), err(refused), err({ kind: 'driver', message: 'no driver' } as const)];
    for (const listed of none) {
      const { journal, tool } = await gone(listed);
      const { failed } = await restoreGpus(journal, () => tool);
      assert.deepEqual(
        failed.map(({ id, mayBeGone }) => [id, mayBeGone]),
        [['GPU-9', true]],
      );
      assert.equal((await restoreGpus(journal, () => tool, new Set(['GPU-8']))).gone.length, 0);
      assert.deepEqual((await restoreGpus(journal, () => tool, REMOVED)).gone, ['GPU-9']);
    }
    const { journal } = await gone(ok([]));
    assert.equal((await restoreGpus(journal, () => undefined)).failed[0]?.mayBeGone, true);
    assert.deepEqual((await restoreGpus(journal, () => undefined, REMOVED)).gone, ['GPU-9']);
  });

  it('asks a tool that hangs no further', async () => {
    const { journal, tool } = await gone(ok(['GPU-0']));
    tool.failure = { kind: 'hang', message: 'nvidia-smi did not answer' };
    const { failed } = await restoreGpus(journal, () => tool);
    assert.deepEqual([failed.length, journal.ledger.entries.length], [1, 1]);
  });

  it('keeps it, and says why, where the disk is full', async () => {
    const { files, journal, tool } = await gone(ok(['GPU-0']));
    files.isFull = true;
    const { failed } = await restoreGpus(journal, () => tool);
    assert.match(failed[0]?.reason ?? '', /^it has left this host, .* told: no space left$/);
    files.isFull = false;
    assert.deepEqual((await restoreGpus(journal, () => tool)).gone, ['GPU-9']);
  });
});

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
