import assert from 'node:assert/strict';
import {
  closeSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { namelessFile } from '../../../../cli/bench/nameless-file.js';

describe('a file without a name', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-nameless-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is open, and in no folder', () => {
    const path = join(folder, 'a');
    const file = namelessFile(path);
    assert.ok(file !== null && !existsSync(path));
    closeSync(file);
  });

  it('is never what another has put there, or what that leads to', () => {
    const [own, link] = [join(folder, 'own'), join(folder, 'link')];
    writeFileSync(own, 'of another');
    symlinkSync(own, link);
    for (const path of [own, link]) {
      assert.equal(namelessFile(path), null);
      assert.equal(readFileSync(path, 'utf8'), 'of another');
    }
  });
});
