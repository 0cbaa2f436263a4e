import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, before, beforeEach, describe, it } from 'mocha';
import { packageModule } from './modules.js';

interface Out {
  emptyOut(folder: string): void;
}

describe('tools/package/out', () => {
  let out: Out;
  let folder = '';
  before(async () => {
    out = await packageModule<Out>('out.mjs');
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-out-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is made, and loses the packages of before', () => {
    const place = join(folder, 'a', 'b');
    out.emptyOut(place);
    const made = ['dqoes_0.1.0_amd64.deb', 'dqoes-0.1.0-linux-x86_64.tar.gz', 'SHA256SUMS.asc'];
    for (const name of [...made, 'dqoes_0.1.0_amd64.cdx.json', 'SHA256SUMS'])
      writeFileSync(join(place, name), '');
    out.emptyOut(place);
    assert.deepEqual(readdirSync(place), []);
  });

  it('never loses what is not a package', () => {
    writeFileSync(join(folder, 'dqoes_0.1.0_amd64.deb'), '');
    for (const [name, make] of [
      ['thesis.txt', (path: string) => writeFileSync(path, '')],
      ['cli', (path: string) => mkdirSync(path)],
    ] as const) {
      make(join(folder, name));
      assert.throws(() => out.emptyOut(folder), new RegExp(`holds ${name}, which is no package`));
      assert.deepEqual(readdirSync(folder).sort(), [name, 'dqoes_0.1.0_amd64.deb'].sort());
      rmSync(join(folder, name), { recursive: true });
    }
  });
});
