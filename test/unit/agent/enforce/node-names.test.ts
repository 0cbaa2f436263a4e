import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { otherNames, readNames, writeNames } from '../../../../agent/enforce/node-names.js';
import type { NodeId } from '../../../../shared/ids.js';
import { MemoryFiles } from './world.js';

const name = (node: string, cluster = 'c') => ({ cluster, node: node as NodeId });

describe('the names of a node', () => {
  it('are kept in the order of time, the last sixteen', async () => {
    const files = new MemoryFiles();
    assert.deepEqual(await readNames(files), []);
    await writeNames(files, [], [name('a'), name('b')]);
    assert.deepEqual(await readNames(files), [name('a'), name('b')]);
    const many = Array.from({ length: 20 }, (_, i) => name(`n${i}`));
    await writeNames(files, [], many);
    assert.deepEqual(await readNames(files), many.slice(4));
  });

  it('are not written again where nothing changed', async () => {
    const files = new MemoryFiles();
    await writeNames(files, [], [name('a')]);
    files.broken = true;
    await writeNames(files, [name('a')], [name('a')]);
    await assert.rejects(writeNames(files, [name('a')], [name('b')]), /no space left/);
  });

  it('count as none where they are torn or something else, which is set aside', async () => {
    for (const tear of [
      (text: string) => text.slice(0, -5),
      (text: string) => text.replace('"a"', '"b"'),
    ]) {
      const files = new MemoryFiles();
      await writeNames(files, [], [name('a')]);
      for (const [file, text] of files.files) files.files.set(file, tear(text));
      const torn: string[] = [];
      assert.deepEqual(await readNames(files, (as) => torn.push(as)), []);
      assert.deepEqual(torn, ['names.torn']);
      assert.ok(files.files.has('names.torn'));
    }
  });

  it('are each once, in the order of their last time, where they are not its own', () => {
    const names = [name('a'), name('x', 'other'), name('b'), name('a'), name('c')];
    assert.deepEqual(otherNames(names, name('c')), [name('x', 'other'), name('b'), name('a')]);
    const ofAnother = otherNames(names, name('a', 'other'));
    assert.deepEqual(ofAnother, [name('x', 'other'), name('b'), name('a'), name('c')]);
  });
});
