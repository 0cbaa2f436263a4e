import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { NodeRecords } from '../../../../coordinator/store/node-records.js';
import { RecordWriter } from '../../../../coordinator/store/record-writer.js';
import { MemoryStores } from '../../../../proto/memory/store.js';
import type { KeyValueStore } from '../../../../proto/store.js';
import { ManualClock } from '../../../lib/manual-clock.js';

const KEY = 'node.h1';
const bytes = (text: string) => new TextEncoder().encode(text);

describe('records that calls write', () => {
  let store: KeyValueStore;
  let records: NodeRecords;
  let leads: boolean;
  const stored = async (): Promise<string> => {
    const read = await store.get(KEY);
    return read.ok && read.value !== null ? new TextDecoder().decode(read.value.value) : '';
  };
  const writer = () =>
    new RecordWriter({
      records,
      mayWrite: () => leads,
      refresh: async (key) => {
        const read = await store.get(key);
        records.note(key, read.ok ? (read.value?.revision ?? 0) : 0);
        return read.ok;
      },
    });
  const write = (texts: readonly string[]) => {
    const left = [...texts];
    return writer().write(KEY, {
      make: () => {
        const text = left.shift();
        return text === undefined ? null : { value: bytes(text) };
      },
      onStored: () => {},
    });
  };

  beforeEach(async () => {
    const stores = new MemoryStores({ clock: new ManualClock() });
    await stores.install('test', { replicas: 1 });
    const opened = await stores.open('test', 'nodes');
    assert.ok(opened.ok);
    store = opened.value;
    records = new NodeRecords({ store, revisions: new Map() });
    leads = true;
    assert.ok((await write(['first'])).ok);
  });

  it('are made again from what another leader wrote meanwhile', async () => {
    await store.put(KEY, bytes('theirs'));
    assert.ok((await write(['too early', 'again'])).ok);
    assert.equal(await stored(), 'again');
  });

  it('are left as they are by one that does not lead any more', async () => {
    await store.put(KEY, bytes('theirs'));
    leads = false;
    const written = await write(['late', 'later']);
    assert.deepEqual([written.ok, await stored()], [false, 'theirs']);
  });

  it('are not written where there is nothing to write any more', async () => {
    await store.put(KEY, bytes('theirs'));
    const written = await write(['too early']);
    assert.deepEqual([written, await stored()], [{ ok: true, value: null }, 'theirs']);
  });

  it('are not deleted late by one that does not lead any more, but by one that does', async () => {
    await store.put(KEY, bytes('theirs'));
    leads = false;
    const late = await writer().remove(KEY, async ({ ok }) => ok);
    assert.deepEqual([late, await stored()], [false, 'theirs']);
    await store.put(KEY, bytes('newer'));
    leads = true;
    const deleted = await writer().remove(KEY, async ({ ok }) => ok);
    assert.deepEqual([deleted, await stored()], [true, '']);
  });
});
