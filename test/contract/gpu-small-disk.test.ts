import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { createFileStore } from '../../agent/drivers/file-store.js';
import { GpuJournal } from '../../agent/enforce/gpu/journal.js';
import { GpuOriginals } from '../../agent/enforce/gpu/originals.js';
import type { DesiredGpu } from '../../shared/gpu.js';
import { SmallDisk } from '../faults/small-disk.js';
import { until } from '../lib/until.js';
import { desiredGpu, GpuWorld } from '../unit/agent/enforce/gpu/world.js';

/** A file takes a page of it. */
const BYTES = 64 * 1024;

describe('agent gpu: a state folder on a small disk', () => {
  let folder = '';
  let disk: SmallDisk;
  let world: GpuWorld;
  beforeEach(async function () {
    if (process.getuid?.() !== 0) return this.skip();
    folder = await mkdtemp(join(tmpdir(), 'dqoes-gpu-disk-'));
    disk = new SmallDisk(join(folder, 'state'), BYTES);
    world = await GpuWorld.open({ disk: createFileStore(disk.path), originals: originals() });
  });
  afterEach(async () => {
    if (folder === '') return;
    disk.remove();
    await rm(folder, { recursive: true, force: true });
  });

  /** Notes and journal lie on one disk, as they do where nothing else is configured. */
  const notes = () => createFileStore(join(disk.path, 'records', 'gpus'));
  const originals = () =>
    new GpuOriginals({ places: [notes()], stateDir: disk.path, boot: 'boot-1' });
  const said = (): number =>
    world.logged.filter((line) => line.includes('its journal cannot be written')).length;
  /** One pass, after as much time as lies between two settings. */
  const pass = async (desired: readonly DesiredGpu[]): Promise<void> => {
    for (let second = 0; second < 11; second += 1) await world.sample();
    await world.collect(desired);
  };
  /** What the disk holds, as the next agent would find it. */
  const known = async () => {
    const journal = await GpuJournal.open(createFileStore(disk.path), originals());
    assert.equal(journal.setAsideAs, null);
    return journal.ledger.entries.map(({ id, originalPowerWatts, applied }) => [
      id,
      originalPowerWatts,
      applied.powerWatts,
    ]);
  };
  const untilKnown = (expected: readonly unknown[]): Promise<void> =>
    until(async () => JSON.stringify(await known()) === JSON.stringify(expected), 'the journal');

  it('sets nothing while it is full, says so once, and sets it once there is room', async () => {
    disk.fill();
    for (let i = 0; i < 3; i += 1) await pass([desiredGpu(null, 250)]);
    await until(() => said() > 0, 'the full disk to be said');
    assert.equal(said(), 1);
    assert.deepEqual(world.tool.orders, []);
    assert.deepEqual(await known(), []);
    assert.deepEqual(await notes().list(), [], 'no note of what was not set');
    disk.empty();
    await pass([desiredGpu(null, 250)]);
    await until(() => world.tool.orders.length > 0, 'the setting');
    assert.deepEqual(world.tool.orders, ['set GPU-0 power 250']);
    assert.deepEqual(await known(), [['GPU-0', 400, 250]]);
    assert.equal((await notes().list()).length, 1);
  });

  it('keeps what is set as it is, puts it back all the same, and forgets it then', async () => {
    await pass([desiredGpu(null, 250)]);
    await untilKnown([['GPU-0', 400, 250]]);
    disk.fill();
    await pass([desiredGpu(null, 200)]);
    await until(() => said() === 1, 'the full disk to be said');
    assert.deepEqual(world.tool.orders, ['set GPU-0 power 250']);
    assert.deepEqual(await known(), [['GPU-0', 400, 250]]);
    assert.equal((await notes().list()).length, 1);
    await world.gpus.stop(true);
    assert.equal(world.tool.orders.at(-1), 'reset GPU-0 power 400');
    const left = readdirSync(disk.path).filter((name) => name.endsWith('.new'));
    assert.deepEqual(left, [], 'no half of a file takes room');

    disk.empty();
    world = await GpuWorld.open({ disk: createFileStore(disk.path), originals: originals() });
    await world.gpus.stop(true);
    assert.deepEqual([await known(), await notes().list()], [[], []]);
  });
});
