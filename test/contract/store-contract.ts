import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { BUCKETS, type KeyValueStore, type StoredValue } from '../../proto/store.js';
import { until } from '../lib/until.js';
import { bytes, text } from '../lib/utf8.js';
import { testEvents } from './event-contract.js';
import { type Here, must, type StoreWorld } from './store-world.js';

const plain = (stored: StoredValue | null) =>
  stored && { key: stored.key, value: text(stored.value), revision: stored.revision };

/** What every store driver promises. */
export function describeStore(driver: string, open: () => Promise<StoreWorld>): void {
  describe(`store: ${driver}`, () => {
    let world: StoreWorld;
    let count = 0;
    let cluster = '';
    let jobs: KeyValueStore;
    before(async () => {
      world = await open();
    });
    after(() => world.close());
    beforeEach(async () => {
      count += 1;
      cluster = `c${count}`;
      must(await world.stores.install(cluster, { replicas: 1 }));
      jobs = must(await world.stores.open(cluster, 'jobs'));
    });
    const here = (): Here => ({ world, cluster, jobs });
    testBuckets(here);
    testReads(here);
    testMarkers(here);
    testReader(here);
    testOddKeysAndValues(here);
    testCompareAndSet(here);
    testHints(here);
    testEvents(here);
  });
}

function testMarkers(here: () => Here): void {
  it('says when each value was stored, by one clock', async () => {
    const { jobs } = here();
    must(await jobs.put('a', bytes('1'), 0));
    must(await jobs.put('b', bytes('2'), 0));
    const all = must(await jobs.list()).map(
      ({ key, storedAtMs = 0 }) => [key, storedAtMs] as const,
    );
    const { a = 0, b = 0 } = Object.fromEntries(all);
    assert.ok(a > 0 && b >= a, `${a} ${b}`);
    must(await jobs.put('a', bytes('3')));
    const read = must(await jobs.get('a'))?.storedAtMs ?? 0;
    assert.ok(read >= b, `${read} ${b}`);
  });

  it('clears what deletions leave, and nothing that is there', async () => {
    const { world, cluster, jobs } = here();
    const revision = must(await jobs.put('a', bytes('1'), 0));
    must(await jobs.put('b', bytes('2'), 0));
    must(await jobs.delete('b'));
    must(await jobs.clearMarkers({ olderThanMs: 0, spare: 0, max: 100 }));
    assert.deepEqual(must(await jobs.list()).map(plain), [{ key: 'a', value: '1', revision }]);
    assert.equal(must(await jobs.get('b')), null);
    const again = must(await world.stores.open(cluster, 'jobs'));
    must(await again.put('b', bytes('3'), 0));
    assert.equal(plain(must(await jobs.get('b')))?.value, '3');
  });
}

function testBuckets(here: () => Here): void {
  it('says missing, not empty, where nothing was installed', async () => {
    const { stores } = here().world;
    for (const bucket of BUCKETS)
      assert.deepEqual(await stores.open('nowhere', bucket), {
        ok: false,
        error: 'missing-bucket',
      });
    assert.deepEqual(await stores.openEvents('nowhere'), { ok: false, error: 'missing-bucket' });
  });

  it('keeps what is there when installed again', async () => {
    const { world, cluster, jobs } = here();
    const revision = must(await jobs.put('a', bytes('1'), 0));
    must(await world.stores.install(cluster, { replicas: 1 }));
    assert.equal(must(await jobs.get('a'))?.revision, revision);
  });

  it('keeps buckets and clusters apart', async () => {
    const { world, cluster, jobs } = here();
    must(await jobs.put('a', bytes('1')));
    assert.equal(must(await must(await world.stores.open(cluster, 'nodes')).get('a')), null);
    must(await world.stores.install('other', { replicas: 1 }));
    assert.deepEqual(must(await must(await world.stores.open('other', 'jobs')).list()), []);
  });

  it('says missing when the bucket is lost later, for every call', async () => {
    const { world, cluster, jobs } = here();
    must(await jobs.put('a', bytes('1')));
    await world.destroy(cluster, 'jobs');
    const missing = { ok: false, error: 'missing-bucket' };
    assert.deepEqual(await jobs.get('a'), missing);
    assert.deepEqual(await jobs.put('a', bytes('2')), missing);
    assert.deepEqual(await jobs.put('a', bytes('2'), 0), missing);
    assert.deepEqual(await jobs.delete('a'), missing);
    assert.deepEqual(await jobs.list(), missing);
    assert.deepEqual(await jobs.lastRevision(), missing);
    assert.deepEqual(await world.stores.open(cluster, 'jobs'), missing);
  });
}

function testReads(here: () => Here): void {
  it('gets, lists and deletes', async () => {
    const { jobs } = here();
    assert.equal(must(await jobs.get('none')), null);
    assert.deepEqual(must(await jobs.list()), []);
    for (const key of ['a', 'b', 'c.d']) must(await jobs.put(key, bytes(key.toUpperCase())));
    must(await jobs.delete('b'));
    must(await jobs.delete('never-there'));
    assert.equal(must(await jobs.get('b')), null);
    const listed = must(await jobs.list()).map(({ key, value }) => `${key}=${text(value)}`);
    assert.deepEqual(listed.sort(), ['a=A', 'c.d=C.D']);
  });

  it('counts every write in its revision, deletions too', async () => {
    const { jobs } = here();
    assert.equal(must(await jobs.lastRevision()), 0);
    for (const key of ['a', 'b', 'a']) must(await jobs.put(key, bytes('1')));
    assert.equal(must(await jobs.lastRevision()), 3);
    must(await jobs.delete('b'));
    assert.equal(must(await jobs.lastRevision()), 4);
    assert.equal((await jobs.put('a', bytes('2'), 99)).ok, false);
    assert.equal(must(await jobs.lastRevision()), 4);
    for (const key of ['b', 'never-there']) must(await jobs.delete(key));
    assert.equal(must(await jobs.lastRevision()), 6);
  });

  it('lists what is live among many more keys that were deleted', async () => {
    const { jobs } = here();
    const keys = Array.from({ length: 400 }, (_, index) => `job-${index}`);
    await Promise.all(keys.map(async (key) => must(await jobs.put(key, bytes('1')))));
    const [again = '', ...live] = keys.slice(0, 4);
    await Promise.all(keys.slice(4).map(async (key) => must(await jobs.delete(key))));
    must(await jobs.delete(again));
    must(await jobs.put(again, bytes('2'), 0));
    const listed = must(await jobs.list()).map(({ key, value }) => `${key}=${text(value)}`);
    assert.deepEqual(listed.sort(), [`${again}=2`, ...live.map((key) => `${key}=1`)].sort());
  });

  it('lists what is newest, with the revision that a read tells', async () => {
    const { jobs } = here();
    for (const key of ['a', 'b', 'c', 'a', 'b']) must(await jobs.put(key, bytes(key)));
    must(await jobs.delete('b'));
    must(await jobs.put('d', bytes('d'), 0));
    for (const stored of must(await jobs.list()))
      assert.deepEqual(plain(must(await jobs.get(stored.key))), plain(stored));
    assert.equal(must(await jobs.list()).length, 3);
  });
}

function testReader(here: () => Here): void {
  it('reads one key for a client that may read no other', async () => {
    const { world, cluster, jobs } = here();
    const reader = world.stores.reader(cluster, 'jobs');
    assert.equal(must(await reader.get('a')), null);
    const revision = must(await jobs.put('a', bytes('1')));
    const read = must(await reader.get('a'));
    assert.deepEqual(plain(read), { key: 'a', value: '1', revision });
    assert.deepEqual(must(await jobs.put('a', bytes(''))), revision + 1);
    assert.deepEqual(plain(must(await reader.get('a'))), {
      key: 'a',
      value: '',
      revision: revision + 1,
    });
    must(await jobs.delete('a'));
    assert.equal(must(await reader.get('a')), null);
    assert.equal((await world.stores.reader('nowhere', 'jobs').get('a')).ok, false);
  });
}

function testOddKeysAndValues(here: () => Here): void {
  it('keeps binary and empty values as they are', async () => {
    const { jobs } = here();
    const value = Uint8Array.from({ length: 256 }, (_, index) => index);
    must(await jobs.put('bin', value));
    must(await jobs.put('empty', new Uint8Array()));
    assert.deepEqual(Uint8Array.from(must(await jobs.get('bin'))?.value ?? []), value);
    assert.equal(must(await jobs.get('empty'))?.value.length, 0);
  });

  it('throws on a key that is no subject', async () => {
    const { jobs } = here();
    for (const key of ['', 'a b', '*', 'a.>', '.a', 'a.']) {
      await assert.rejects(jobs.get(key), TypeError, key);
      await assert.rejects(jobs.put(key, bytes('')), TypeError, key);
      await assert.rejects(jobs.delete(key), TypeError, key);
    }
  });
}

function testCompareAndSet(here: () => Here): void {
  const conflict = { ok: false, error: 'conflict' };

  it('creates once', async () => {
    const { jobs } = here();
    must(await jobs.put('a', bytes('1'), 0));
    assert.deepEqual(await jobs.put('a', bytes('2'), 0), conflict);
    assert.equal(text(must(await jobs.get('a'))?.value ?? bytes('')), '1');
  });

  it('replaces only the revision it was told', async () => {
    const { jobs } = here();
    const first = must(await jobs.put('a', bytes('1'), 0));
    must(await jobs.put('b', bytes('other'), 0));
    const second = must(await jobs.put('a', bytes('2'), first));
    assert.ok(second > first);
    assert.deepEqual(await jobs.put('a', bytes('3'), first), conflict);
    assert.deepEqual(must(await jobs.get('a'))?.revision, second);
    assert.deepEqual(await jobs.put('never', bytes('x'), 7), conflict);
  });

  it('deletes only the revision it was told', async () => {
    const { jobs } = here();
    const first = must(await jobs.put('a', bytes('1'), 0));
    const second = must(await jobs.put('a', bytes('2'), first));
    assert.deepEqual(await jobs.delete('a', first), conflict);
    assert.equal(text(must(await jobs.get('a'))?.value ?? bytes('')), '2');
    must(await jobs.delete('a', second));
    assert.equal(must(await jobs.get('a')), null);
    must(await jobs.delete('a', 0));
    must(await jobs.put('a', bytes('3'), 0));
    assert.deepEqual(await jobs.delete('a', second), conflict);
    assert.deepEqual(await jobs.delete('a', 0), conflict);
    assert.deepEqual(await jobs.delete('never', 7), conflict);
    must(await jobs.delete('a'));
  });

  it('creates again after a deletion, with a higher revision', async () => {
    const { jobs } = here();
    const first = must(await jobs.put('a', bytes('1'), 0));
    must(await jobs.delete('a'));
    assert.deepEqual(await jobs.put('a', bytes('late'), first), conflict);
    assert.equal(must(await jobs.get('a')), null);
    const again = must(await jobs.put('a', bytes('2'), 0));
    assert.ok(again > first);
    assert.deepEqual(await jobs.put('a', bytes('3'), first), conflict);
  });

  it('lets exactly one of many win', async () => {
    const { jobs } = here();
    const start = must(await jobs.put('lease', bytes('start'), 0));
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) => jobs.put('lease', bytes(`holder-${index}`), start)),
    );
    const winners = results.filter((result) => result.ok);
    assert.equal(winners.length, 1);
    assert.ok(results.every((result) => result.ok || result.error === 'conflict'));
    assert.equal(must(await jobs.get('lease'))?.revision, winners[0]?.ok ? winners[0].value : -1);
  });
}

function testHints(here: () => Here): void {
  it('tells watchers the key after it changed, whoever changed it', async () => {
    const { world, cluster, jobs } = here();
    const other = must(await world.stores.open(cluster, 'jobs'));
    const seen: string[] = [];
    const revisions: number[] = [];
    let readInHint: Promise<unknown> | undefined;
    const watch = await other.watch((key, revision) => {
      seen.push(key);
      revisions.push(revision);
      readInHint ??= other.get(key);
      throw new Error('planned');
    });
    const written = [
      must(await jobs.put('a', bytes('1'))),
      must(await jobs.put('b.c', bytes('2'))),
    ];
    await until(() => seen.includes('a') && seen.includes('b.c'), 'hints of both writes');
    assert.deepEqual(revisions, written);
    const read = (await readInHint) as Awaited<ReturnType<KeyValueStore['get']>>;
    assert.equal(text(must(read)?.value ?? bytes('')), '1');
    seen.length = 0;
    must(await jobs.delete('a'));
    await until(() => seen.includes('a'), 'hint of the deletion');
    watch.unsubscribe();
    seen.length = 0;
    must(await jobs.put('d', bytes('3')));
    assert.deepEqual(
      must(await jobs.list())
        .map(({ key }) => key)
        .sort(),
      ['b.c', 'd'],
    );
    assert.deepEqual(seen, []);
  });
}
