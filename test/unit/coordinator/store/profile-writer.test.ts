import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import type { WorkloadProfile } from '../../../../coordinator/schedule/forecast.js';
import {
  NO_PROFILES,
  type WorkloadProfiles,
} from '../../../../coordinator/schedule/workloads/profiles.js';
import { decodeKnowledge, encodeProfile } from '../../../../coordinator/store/profile-codec.js';
import { ProfileWriter } from '../../../../coordinator/store/profile-writer.js';
import { MemoryStores } from '../../../../proto/memory/store.js';
import type { KeyValueStore } from '../../../../proto/store.js';
import { silentLog } from '../../../../shared/log.js';
import { ManualClock } from '../../../lib/manual-clock.js';

const profile = (workSeconds: number): WorkloadProfile => ({
  workSeconds,
  noiseRatio: 0.1,
  requests: 100,
  overheadSeconds: -0.001,
  freeCores: 0,
  clients: 1,
  ratePerSecond: 0,
  tailRatios: { p95: 1.2 },
});
const knowing = (workSeconds: number): WorkloadProfiles => ({
  ...NO_PROFILES,
  profiles: new Map([['w', profile(workSeconds)]]),
});

describe('profiles of workloads', () => {
  let clock: ManualClock;
  let store: KeyValueStore;
  beforeEach(async () => {
    clock = new ManualClock();
    const stores = new MemoryStores({ clock });
    await stores.install('test', { replicas: 1 });
    const opened = await stores.open('test', 'profiles');
    assert.ok(opened.ok);
    store = opened.value;
  });
  const stored = async () => {
    const list = await store.list();
    return decodeKnowledge(list.ok ? list.value : []).profiles.get('w')?.workSeconds;
  };

  it('are stored twice a minute where they changed, and read back', async () => {
    const keeper = new ProfileWriter({ store, clock, log: silentLog, start: NO_PROFILES });
    await keeper.writeChanges(knowing(0.1));
    assert.equal(await stored(), undefined);
    await clock.advance(30_000);
    await keeper.writeChanges(knowing(0.1));
    assert.equal(await stored(), 0.1);
    await clock.advance(30_000);
    await keeper.writeChanges(knowing(0.102));
    assert.equal(await stored(), 0.1);
    await clock.advance(30_000);
    await keeper.writeChanges(knowing(0.2));
    assert.equal(await stored(), 0.2);
    const list = await store.list();
    assert.deepEqual(decodeKnowledge(list.ok ? list.value : []).profiles.get('w'), profile(0.2));
  });

  it('are stored where a workload was seen to use more cores, from one on', async () => {
    const seen = async (seenCores: number): Promise<number | undefined> => {
      await clock.advance(30_000);
      await keeper.writeChanges({
        ...NO_PROFILES,
        profiles: new Map([['w', { ...profile(0.1), seenCores }]]),
      });
      const list = await store.list();
      return decodeKnowledge(list.ok ? list.value : []).profiles.get('w')?.seenCores;
    };
    const keeper = new ProfileWriter({ store, clock, log: silentLog, start: NO_PROFILES });
    assert.deepEqual(
      [await seen(0.4), await seen(0.9), await seen(1.5), await seen(1.52), await seen(1.9)],
      [0.4, 0.4, 1.5, 1.5, 1.9],
    );
  });

  it('are tried again when a write fails', async () => {
    const failing: KeyValueStore = { ...store, put: async () => ({ ok: false, error: 'unknown' }) };
    let at: KeyValueStore = failing;
    const switching: KeyValueStore = { ...store, put: (...args) => at.put(...args) };
    const keeper = new ProfileWriter({
      store: switching,
      clock,
      log: silentLog,
      start: NO_PROFILES,
    });
    const known = knowing(0.1);
    await clock.advance(30_000);
    await keeper.writeChanges(known);
    at = store;
    await clock.advance(30_000);
    await keeper.writeChanges(known);
    assert.equal(await stored(), 0.1);
  });

  it('are left out where they cannot be read', () => {
    const bytes = (text: string) => new TextEncoder().encode(text);
    const good = { key: 'w', value: encodeProfile(profile(0.1)), revision: 1 };
    const bad = ['', '{}', '[]', 'null', JSON.stringify({ ...profile(0.1), workSeconds: 0 })].map(
      (text, i) => ({
        key: `b${i}`,
        value: bytes(text),
        revision: 1,
      }),
    );
    assert.deepEqual([...decodeKnowledge([...bad, good]).profiles.keys()], ['w']);
  });

  it('that are forgotten are removed, those of earlier leaders too', async () => {
    const many = Array.from({ length: 100 }, (_, i): [string, WorkloadProfile] => [
      `w${i}`,
      profile(0.1),
    ]);
    const start = { ...NO_PROFILES, profiles: new Map(many) };
    for (const [key, each] of many) await store.put(key, encodeProfile(each));
    const keeper = new ProfileWriter({ store, clock, log: silentLog, start });
    const kept = { ...start, profiles: new Map(many.slice(90)) };
    const left: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      await clock.advance(30_000);
      await keeper.writeChanges(kept);
      const list = await store.list();
      left.push(list.ok ? list.value.length : -1);
    }
    assert.deepEqual(left, [36, 10, 10]);
  });

  it('are all read, but for keys that are none of a workload', async () => {
    const value = encodeProfile(profile(0.1));
    const keys = Array.from({ length: 10_001 }, (_, i) => `w${i}`);
    const stored = [...keys, 'minutes.0', 'w$'].map((key, i) => ({ key, value, revision: i + 1 }));
    assert.deepEqual([...decodeKnowledge(stored).profiles.keys()], keys);
  });
});
