import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { lockStateFolder } from '../../../../agent/wiring/state-lock.js';
import { ManualClock } from '../../../lib/manual-clock.js';

describe('the lock of a state folder', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-lock-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const lock = (node: string, name: string, mayMake = true) =>
    lockStateFolder(
      { stateDir: join(folder, name), cluster: 'main', node },
      { clock: new ManualClock(), waitMs: 0, mayMake },
    );

  it('keeps a second agent out, by whichever path, and names the first', async () => {
    const first = await lock('a', 'state');
    assert.ok(first.ok);
    symlinkSync(join(folder, 'state'), join(folder, 'link'));
    for (const path of ['state', 'link']) {
      const second = await lock('b', path);
      assert.ok(!second.ok);
      const [fault] = second.error;
      assert.deepEqual([fault?.code, fault?.field], ['engine.held', 'state-dir']);
      assert.match(
        fault?.message ?? '',
        new RegExp(`process ${process.pid}, node a, .* uses .*${path}: end it .* a state-dir of`),
      );
    }
    const beside = await lock('b', 'other');
    assert.ok(beside.ok);
    await first.value.release();
    const next = await lock('b', 'state');
    assert.ok(next.ok);
    for (const held of [beside, next]) await held.value.release();
  });

  it('leaves it to the start to say why there can be no folder', async () => {
    writeFileSync(join(folder, 'file'), '');
    for (const node of ['a', 'b']) assert.ok((await lock(node, 'file/state')).ok);
    for (const node of ['a', 'b']) assert.ok((await lock(node, 'state', false)).ok);
    assert.deepEqual(readdirSync(folder), ['file']);
  });
});
