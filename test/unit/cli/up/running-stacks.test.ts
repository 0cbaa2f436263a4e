import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { makeFolder } from '../../../../cli/files/make-folder.js';
import { publishAddress } from '../../../../cli/up/running-stacks.js';

describe('what a dqoes up publishes', () => {
  let place = '';
  const umaskBefore = process.umask(0o077);
  process.umask(umaskBefore);
  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), 'dqoes-publish-'));
    process.umask(0o077);
  });
  afterEach(() => {
    process.umask(umaskBefore);
    rmSync(place, { recursive: true, force: true });
  });
  const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

  it('can be read by those it is for, whatever the umask is', () => {
    const folder = join(place, 'dqoes');
    const up = { url: 'nats://127.0.0.1:4222', cluster: 'main', stateDir: place };
    const withdraw = publishAddress(folder, up);
    const modes = [folder, ...readdirSync(folder).map((name) => join(folder, name))].map(modeOf);
    // That of root is for all users of the machine.
    assert.deepEqual(modes, process.getuid?.() === 0 ? ['755', '644'] : ['700', '600']);
    withdraw();
    assert.deepEqual(readdirSync(folder), []);
  });

  it('lies in folders with the mode that was asked for', () => {
    makeFolder(join(place, 'a/b'), 0o755);
    assert.deepEqual([modeOf(join(place, 'a')), modeOf(join(place, 'a/b'))], ['755', '755']);
  });
});
