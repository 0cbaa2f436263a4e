import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { Journal } from '../../../../agent/enforce/journal.js';
import { OriginalRecords } from '../../../../agent/enforce/original-records.js';
import { ReadableFiles } from '../../../../agent/enforce/readable-files.js';
import { StateRegistry } from '../../../../agent/enforce/state-registry.js';
import { MemoryFiles } from './world.js';

const ENTRY = { labelPrefix: 'dqoes.', cluster: 'main', node: 'h1', stateDir: '/a', sinceMs: 1 };

describe('files as a restore reads them', () => {
  let disk: MemoryFiles;
  let files: ReadableFiles;
  beforeEach(() => {
    disk = new MemoryFiles();
    files = new ReadableFiles(() => disk);
  });

  it('are torn where they are, and hide no other, on a disk that may only be read', async () => {
    await new StateRegistry(disk).enter(ENTRY);
    disk.files.set('torn', 'dqoes-state 1 sha256:torn');
    disk.setAside = async () => Promise.reject(new Error('EROFS: read-only'));
    const { entries, torn } = await new StateRegistry(files.open('/records')).list();
    assert.deepEqual([entries, torn], [[ENTRY], ['torn']]);
    assert.equal(files.whyStays('torn'), 'EROFS: read-only');
    const records = await OriginalRecords.open(files.open('/records'), 'dqoes.');
    assert.deepEqual([records.all, records.torn.includes('torn')], [[], true]);
  });

  it('are set aside where the disk lets them', async () => {
    disk.files.set('journal', 'dqoes-journal 1 sha256:torn');
    const { setAsideAs } = await Journal.open(files.open('/state'));
    assert.equal(setAsideAs, 'journal.torn');
    assert.equal(files.whyStays('journal.torn'), undefined);
  });

  it('stay where they cannot even be read: they may be whole', async () => {
    disk.files.set('journal', 'whole');
    disk.read = async () => Promise.reject(new Error('EACCES: permission denied'));
    const journal = await Journal.open(files.open('/state'));
    assert.deepEqual([journal.setAsideAs, [...disk.files.keys()]], ['journal', ['journal']]);
    assert.match(files.whyStays('journal') ?? '', /EACCES/);
    await journal.update(journal.ledger);
    assert.equal(disk.files.get('journal'), 'whole');
  });

  it('count as none where their folder cannot be listed, which is told', async () => {
    disk.list = async () => Promise.reject(new Error('EACCES: scandir /records'));
    const { entries } = await new StateRegistry(files.open('/records')).list();
    assert.deepEqual([entries, files.unlisted], [[], ['EACCES: scandir /records']]);
  });
});
