import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { holdLock } from '../../../../agent/drivers/engine-lock.js';
import { createFileStore } from '../../../../agent/drivers/file-store.js';
import { systemClock as clock } from '../../../lib/system-clock.js';

const holder = { pid: process.pid, stateDir: '/state', sinceMs: 1, cluster: 'main', node: 'h1' };
const nameOf = (what: string): string => `test ${process.pid} ${what}`;

describe('the lock of an Engine', () => {
  it('tells who holds it, takes all names or none, and is free when released', async () => {
    const [a, b, c] = ['a', 'b', 'c'].map(nameOf) as [string, string, string];
    const first = await holdLock({ names: [a, b], holder, waitMs: 0, clock });
    assert.ok(first.ok);
    assert.deepEqual(await holdLock({ names: [c, b], holder, waitMs: 0, clock }), {
      ok: false,
      error: holder,
    });
    const other = await holdLock({ names: [c], holder, waitMs: 0, clock });
    assert.ok(other.ok);
    await first.value.release();
    const again = await holdLock({ names: [a, b], holder, waitMs: 0, clock });
    assert.ok(again.ok);
    await Promise.all([again.value.release(), other.value.release()]);
  });

  it('waits for one that is just ending', async () => {
    const names = [nameOf('ending')];
    const first = await holdLock({ names, holder, waitMs: 0, clock });
    assert.ok(first.ok);
    const second = holdLock({ names, holder, waitMs: 60_000, clock });
    await first.value.release();
    const held = await second;
    assert.ok(held.ok);
    await held.value.release();
  });
});

describe('a folder of small files', () => {
  it('makes a file once, lists whole ones only, and removes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dqoes-files-'));
    try {
      const files = createFileStore(join(folder, 'deep', 'er'));
      assert.deepEqual(await files.list(), []);
      assert.equal(await files.create('one', 'first'), true);
      assert.equal(await files.create('one', 'second'), false);
      await files.writeDurable('two', 'text');
      const aside = await files.setAside('two');
      assert.equal(await files.read('one'), 'first');
      assert.deepEqual(await files.list(), ['one']);
      assert.deepEqual((await readdir(join(folder, 'deep', 'er'))).sort(), ['one', aside].sort());
      await files.remove('one');
      await files.remove('one');
      assert.deepEqual(await files.list(), []);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
