import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { locked } from '../../../../cli/auth/folder-lock.js';
import { makeFolder } from '../../../../cli/files/make-folder.js';
import { ok } from '../../../../shared/result.js';

describe('the lock of a folder of keys', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-lock-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is held while the change is made, and gone after it, also after a throw', () => {
    const isHeld = (): boolean => existsSync(join(folder, 'users.lock'));
    assert.deepEqual(
      locked(folder, () => ok(isHeld())),
      ok(true),
    );
    assert.throws(() =>
      locked(folder, () => {
        throw new Error('broken');
      }),
    );
    assert.deepEqual(readdirSync(folder), []);
  });

  it('is taken over from a process that was killed', () => {
    const lock = join(folder, 'users.lock');
    writeFileSync(lock, 'of a dead process');
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(lock, longAgo, longAgo);
    assert.deepEqual(
      locked(folder, () => ok('changed')),
      ok('changed'),
    );
    assert.deepEqual(readdirSync(folder), []);
  });

  it('makes the folder, and says why where it cannot', () => {
    const [below, file] = [join(folder, 'a/b'), join(folder, 'file')];
    assert.ok(locked(below, () => ok(undefined)).ok);
    writeFileSync(file, '');
    const refused = locked(join(file, 'keys'), () => ok(undefined));
    assert.match(refused.ok ? '' : (refused.error[0]?.message ?? ''), /file is a file, not a/);
    assert.throws(() => makeFolder('/proc/dqoes/keys', 0o700), /ENOENT/);
  });
});
