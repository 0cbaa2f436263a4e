import assert from 'node:assert/strict';
import fs, {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { replaceFiles } from '../../../../cli/files/replace-file.js';

describe('files that are replaced together', () => {
  const { fsyncSync } = fs;
  let folder = '';
  let synced: string[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-replaced-'));
    synced = [];
    // Notes what is on the disk, and which files had their places by then.
    const noted = (file: number): void => {
      fsyncSync(file);
      synced.push(readlinkSync(`/proc/self/fd/${file}`));
      assert.deepEqual(placed(), []);
    };
    Object.assign(fs, { fsyncSync: noted });
  });
  afterEach(() => {
    Object.assign(fs, { fsyncSync });
    rmSync(folder, { recursive: true, force: true });
  });
  const placed = () => readdirSync(folder).filter((name) => !name.endsWith('.next'));

  it('are on the disk before one takes its place', () => {
    const files = ['users.json', 'nats.conf'].map((name) => ({
      path: join(folder, name),
      text: `the whole ${name}`,
      mode: 0o600,
    }));
    replaceFiles(files);
    assert.deepEqual(
      synced,
      files.map(({ path }) => `${path}.next`),
    );
    for (const { path, text } of files) assert.equal(readFileSync(path, 'utf8'), text);
    assert.deepEqual(placed(), ['nats.conf', 'users.json']);
  });

  it('leave nothing beside a place that takes none', () => {
    const folderThere = 'there.next';
    mkdirSync(join(folder, folderThere));
    const files = ['users.json', folderThere, 'nats.conf'].map((name) => ({
      path: join(folder, name),
      text: name,
      mode: 0o600,
    }));
    assert.throws(() => replaceFiles(files), /EISDIR/);
    assert.deepEqual(readdirSync(folder).sort(), [folderThere, 'users.json']);
  });
});
