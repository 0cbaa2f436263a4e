import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { trialsOf, tryEach } from '../../cli/doctor/permissions.js';
import type { KeyValueStore, MarkerChoice } from '../../proto/store.js';
import { bucketOf } from '../../proto/subjects.js';
import { systemClock } from '../lib/system-clock.js';
import { bytes, text } from '../lib/utf8.js';
import { CLUSTER, GuardedServer, must } from './guarded-server.js';

/** What is of this very millisecond, too. */
const ALL: MarkerChoice = { olderThanMs: -1000, spare: 0, max: 100 };
const PURGE = `$JS.API.STREAM.PURGE.KV_${bucketOf(CLUSTER, 'jobs')}`;

describe('markers on a server with the configuration of dqoes', function () {
  this.timeout(30_000);
  let guarded: GuardedServer;
  afterEach(() => guarded.stop());

  /** A bucket with a value and a marker, as a coordinator has it. */
  const jobsOf = async (change?: (config: string) => string): Promise<KeyValueStore> => {
    guarded = await GuardedServer.start(change === undefined ? {} : { change });
    const { stores } = await guarded.client('coordinator');
    must(await stores.install(CLUSTER, { replicas: 1 }));
    const jobs = must(await stores.open(CLUSTER, 'jobs'));
    must(await jobs.put('kept', bytes('1'), 0));
    must(await jobs.delete('gone', must(await jobs.put('gone', bytes('1'), 0))));
    return jobs;
  };
  const keysOf = async (jobs: KeyValueStore) => must(await jobs.list()).map(({ key }) => key);

  describe('with the rights of today', () => {
    let jobs: KeyValueStore;
    beforeEach(async () => {
      jobs = await jobsOf();
    });

    it('are cleared by a coordinator', async () => {
      assert.equal(must(await jobs.clearMarkers(ALL)), 1);
      assert.deepEqual(await keysOf(jobs), ['kept']);
    });

    it('and all else stay where dqoes doctor tries each right of a coordinator', async () => {
      const { bus } = await guarded.client('coordinator');
      const publicKey = guarded.publicKeyOf('coordinator');
      const trials = trialsOf({ role: 'coordinator', publicKey }, CLUSTER);
      assert.ok(trials.some(({ subject }) => subject === PURGE));
      await tryEach(trials, { bus, clock: systemClock, refused: new Set() });
      assert.equal(text(must(await jobs.get('kept'))?.value ?? bytes('')), '1');
      assert.equal(must(await jobs.clearMarkers(ALL)), 1);
    });
  });

  it('stay, and what was deleted stays deleted, where the rights are of before', async () => {
    const jobs = await jobsOf((config) => {
      assert.ok(config.includes(`"${PURGE}"`), 'the configuration names the right');
      return config.replaceAll(`"${PURGE}"`, '"unused"');
    });
    assert.deepEqual(await jobs.clearMarkers(ALL), { ok: false, error: 'denied' });
    assert.deepEqual(await keysOf(jobs), ['kept']);
    assert.equal(must(await jobs.get('gone')), null);
    assert.equal((await jobs.put('gone', bytes('2'), 0)).ok, true);
  });
});
