import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { countStart } from '../../../../agent/enforce/boots.js';
import { MemoryFiles } from './world.js';

describe('countStart', () => {
  it('counts each start of one state folder, under the identity of its first', async () => {
    const files = new MemoryFiles();
    assert.deepEqual(await countStart(files, () => 'first'), { journal: 'first', count: 1 });
    assert.deepEqual(await countStart(files, () => 'other'), { journal: 'first', count: 2 });
    assert.deepEqual(await countStart(files, () => 'other'), { journal: 'first', count: 3 });
  });

  it('begins anew where the file is torn, and sets it aside', async () => {
    const files = new MemoryFiles();
    await countStart(files, () => 'first');
    for (const [name, text] of files.files) files.files.set(name, text.slice(0, -5));
    assert.deepEqual(await countStart(files, () => 'second'), { journal: 'second', count: 1 });
    assert.ok([...files.files.keys()].some((name) => name.endsWith('.torn')));
  });

  it('says nothing of a start that is not on the disk', async () => {
    const files = new MemoryFiles();
    await countStart(files, () => 'first');
    files.broken = true;
    await assert.rejects(
      countStart(files, () => 'first'),
      /no space left/,
    );
    files.broken = false;
    assert.deepEqual(await countStart(files, () => 'other'), { journal: 'first', count: 2 });
  });
});
