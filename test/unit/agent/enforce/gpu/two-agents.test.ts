import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { GpuJournal } from '../../../../../agent/enforce/gpu/journal.js';
import { intendGpu } from '../../../../../agent/enforce/gpu/ledger.js';
import { GpuOriginals } from '../../../../../agent/enforce/gpu/originals.js';
import { MemoryFiles } from '../world.js';
import { desiredGpu, FilesInMemory, GpuWorld } from './world.js';

const BOOT = 'boot-1';
const notesOf = (notes: MemoryFiles, stateDir: string, boot = BOOT): GpuOriginals =>
  new GpuOriginals({ places: [notes], stateDir, boot });
/** One agent on the host whose notes these are. */
const agent = (notes: MemoryFiles, stateDir: string): Promise<GpuWorld> =>
  GpuWorld.open({ originals: notesOf(notes, stateDir) });

/** It limits the power of a GPU that shows `foundWatts`. */
async function limit(world: GpuWorld, foundWatts: number, toWatts: number): Promise<void> {
  await world.sample({ powerLimitWatts: foundWatts });
  await world.collect([desiredGpu(null, toWatts)]);
  assert.equal(world.tool.orders.at(-1), `set GPU-0 power ${toWatts}`);
}
const putBack = async (world: GpuWorld): Promise<string | undefined> => {
  await world.gpus.stop(true);
  return world.tool.orders.at(-1);
};

describe('agent gpu: two agents on one host', () => {
  it('the limit of the first is not what the second puts back, whoever ends first', async () => {
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      const notes = new MemoryFiles();
      const agents = [await agent(notes, '/one'), await agent(notes, '/two')] as const;
      await limit(agents[0], 400, 250);
      await limit(agents[1], 250, 200);
      for (const which of order)
        assert.equal(await putBack(agents[which as 0 | 1]), 'reset GPU-0 power 400');
      assert.equal(notes.files.size, 0, 'nothing is noted any more');
    }
  });

  it('a third learns it from the second, though the first has gone', async () => {
    const notes = new MemoryFiles();
    const [one, two] = [await agent(notes, '/one'), await agent(notes, '/two')];
    await limit(one, 400, 250);
    await limit(two, 250, 200);
    await putBack(one);
    const three = await agent(notes, '/three');
    await limit(three, 200, 150);
    assert.equal(await putBack(three), 'reset GPU-0 power 400');
  });

  it('an agent that lost its journal knows it from its own note', async () => {
    const notes = new MemoryFiles();
    await limit(await agent(notes, '/one'), 400, 250);
    const again = await agent(notes, '/one');
    await limit(again, 250, 150);
    assert.equal(await putBack(again), 'reset GPU-0 power 400');
  });

  it('a note of an earlier boot says nothing, since no limit outlives one', async () => {
    const notes = new MemoryFiles();
    await limit(await agent(notes, '/one'), 400, 250);
    const originals = notesOf(notes, '/two', 'boot-2');
    const later = await GpuWorld.open({ originals });
    await limit(later, 300, 200);
    assert.equal(await putBack(later), 'reset GPU-0 power 300');
  });

  it('a note that is torn is no note, and another GPU has its own', async () => {
    const notes = new MemoryFiles();
    notes.files.set('torn', 'dqoes-gpu-original 1 sha256:');
    await limit(await agent(notes, '/one'), 400, 250);
    const other = notesOf(notes, '/two');
    assert.equal(await other.note('GPU-1', 300), 300);
    assert.equal(await other.note('GPU-0', 250), 400);
  });

  it('sets nothing that it could not note', async () => {
    const notes = new MemoryFiles();
    notes.broken = true;
    const world = await agent(notes, '/one');
    await world.sample();
    await world.collect([desiredGpu(null, 250)]);
    assert.deepEqual(world.tool.orders, []);
    assert.match(world.logged.join(), /its journal cannot be written/);
  });

  it('what a journal of an earlier version knows is noted for the others', async () => {
    const [notes, files] = [new MemoryFiles(), new FilesInMemory()];
    const touch = { id: 'GPU-0', knob: 'power', value: 250, originalPowerWatts: 400 } as const;
    const before = await GpuJournal.open(files);
    await before.update(intendGpu(before.ledger, touch));
    const journal = await GpuJournal.open(files, notesOf(notes, '/one'));
    await journal.noteKnown();
    const two = await agent(notes, '/two');
    await limit(two, 250, 200);
    assert.equal(await putBack(two), 'reset GPU-0 power 400');
  });
});
