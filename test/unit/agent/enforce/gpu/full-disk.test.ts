import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { GpuJournal } from '../../../../../agent/enforce/gpu/journal.js';
import { intendGpu } from '../../../../../agent/enforce/gpu/ledger.js';
import { GpuOriginals } from '../../../../../agent/enforce/gpu/originals.js';
import { MemoryFiles } from '../world.js';
import { desiredGpu, FilesInMemory, GpuWorld } from './world.js';

describe('agent gpu: a disk that is full', () => {
  it('is said once, however often a setting is tried, and again when it was not', async () => {
    const world = await GpuWorld.open();
    await world.sample();
    const isFull = async (is: boolean, mhz: number, passes: number): Promise<void> => {
      world.files.isFull = is;
      for (let pass = 0; pass < passes; pass += 1) {
        for (let second = 0; second < 11; second += 1) await world.sample();
        await world.collect([desiredGpu(mhz)]);
      }
    };
    await isFull(true, 900, 5);
    assert.equal(said(world), 1);
    await isFull(false, 900, 1);
    assert.deepEqual(world.tool.orders, ['set GPU-0 clock 900']);
    await isFull(true, 1200, 3);
    assert.equal(said(world), 2);
  });

  it('leaves no note of a limit that was not set: a person may change it meanwhile', async () => {
    const [files, notes] = [new FilesInMemory(), new MemoryFiles()];
    const world = await GpuWorld.open({ files, originals: notesOf(notes, '/one') });
    const wanted = [desiredGpu(null, 250)];
    files.isFull = true;
    await world.sample({ powerLimitWatts: 400 });
    await world.collect(wanted);
    assert.deepEqual([world.tool.orders, notes.files.size], [[], 0]);
    files.isFull = false;
    await world.sample({ powerLimitWatts: 300 });
    await world.collect(wanted);
    assert.deepEqual([world.tool.orders, notes.files.size], [['set GPU-0 power 250'], 1]);
    await world.gpus.stop(true);
    assert.equal(world.tool.orders.at(-1), 'reset GPU-0 power 300');
  });

  it('keeps the note that was there before: only it knows what the GPU had', async () => {
    const [files, notes] = [new FilesInMemory(), new MemoryFiles()];
    const known = notesOf(notes, '/one');
    assert.equal(await known.note('GPU-0', 400), 400);
    const world = await GpuWorld.open({ files, originals: known });
    files.isFull = true;
    await world.sample({ powerLimitWatts: 250 });
    await world.collect([desiredGpu(null, 200)]);
    assert.deepEqual([world.tool.orders, notes.files.size], [[], 1]);
  });

  it('that kept a limit from being noted at the start: it is with the next setting', async () => {
    const [files, notes] = [new FilesInMemory(), new MemoryFiles()];
    const before = await GpuJournal.open(files);
    const touch = { id: 'GPU-0', knob: 'power', value: 250, originalPowerWatts: 400 } as const;
    await before.update(intendGpu(before.ledger, touch));
    const journal = await GpuJournal.open(files, notesOf(notes, '/one'));
    notes.broken = true;
    await assert.rejects(journal.noteKnown());
    await journal.update(intendGpu(journal.ledger, { ...touch, value: 240 }));
    notes.broken = false;
    await journal.update(intendGpu(journal.ledger, { ...touch, value: 230 }));
    assert.equal(await notesOf(notes, '/two').note('GPU-0', 230), 400);
  });
});

const notesOf = (notes: MemoryFiles, stateDir: string): GpuOriginals =>
  new GpuOriginals({ places: [notes], stateDir, boot: 'boot-1' });
const said = ({ logged }: GpuWorld): number =>
  logged.filter((line) => line.includes('its journal cannot be written')).length;
