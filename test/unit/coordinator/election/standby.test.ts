import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { acquireLease } from '../../../../coordinator/election/candidate.js';
import {
  isStandbyKey,
  STANDBY_EVERY_MS,
  StandbyNotice,
  StandbyRegister,
} from '../../../../coordinator/election/standby.js';
import { Programs } from '../../../../coordinator/programs.js';
import { LEASE_KEY } from '../../../../coordinator/store/lease.js';
import type { KeyValueStore } from '../../../../proto/store.js';
import { silentLog } from '../../../../shared/log.js';
import { ManualClock, settle } from '../../../lib/manual-clock.js';
import { candidate, leaseStore, take } from './lease-build.js';

describe('coordinators that stand by', () => {
  let clock: ManualClock;
  let store: KeyValueStore;
  let register: StandbyRegister;
  beforeEach(async () => {
    clock = new ManualClock();
    store = await leaseStore();
    register = new StandbyRegister({ store, clock });
    await store.watch((key) => {
      if (isStandbyKey(key)) void register.noteWrite(key);
    });
  });
  const notice = (name: string, version = '0.1.0') =>
    new StandbyNotice({ store, clock }, { name, version });

  it('say so once a minute, and the leader lists them with their age', async () => {
    const one = notice('host.b');
    await one.say();
    await one.say();
    await settle();
    assert.deepEqual(register.list(), [{ name: 'host.b', version: '0.1.0', ageMs: 0 }]);
    const first = await store.lastRevision();
    await clock.advance(STANDBY_EVERY_MS);
    assert.equal(register.list()[0]?.ageMs, STANDBY_EVERY_MS);
    await one.say();
    await settle();
    assert.equal(register.list()[0]?.ageMs, 0);
    const second = await store.lastRevision();
    assert.ok(first.ok && second.ok && second.value === first.value + 1);
  });

  it('are forgotten when they say nothing for minutes', async () => {
    await notice('b').say();
    await settle();
    await clock.advance(4 * STANDBY_EVERY_MS);
    assert.deepEqual(register.list(), []);
  });

  it('that write nonsense are left out', async () => {
    for (const text of ['', 'x', 'null', '[]', '{"name":1,"version":"1"}'])
      await store.put('standby.b', new TextEncoder().encode(text));
    await settle();
    assert.deepEqual(register.list(), []);
  });

  it('wake no other that waits for the lease', async () => {
    await take(store, candidate('a'));
    let looks = 0;
    const signal = new AbortController();
    const waiting = acquireLease({
      ...{ store, clock, log: silentLog, leaseMs: 8000, signal: signal.signal },
      ...candidate('b'),
      onLook: (leads) => {
        assert.equal(leads, false);
        looks += 1;
      },
    });
    await settle();
    const before = looks;
    await notice('c').say();
    await settle();
    assert.equal(looks, before);
    await store.put(LEASE_KEY, new TextEncoder().encode('{}'));
    await settle();
    assert.equal(looks, before + 1);
    signal.abort();
    await waiting;
  });

  it('are listed after the leader, and consoles after them', async () => {
    const programs = new Programs({ name: 'a', version: '0.2.0' }, { store, clock });
    await notice('b').say();
    await notice('a').say();
    await programs.standby.noteWrite('standby.b');
    await programs.standby.noteWrite('standby.a');
    programs.noteConsole({ name: 'web', version: '0.1.0' });
    programs.noteConsole({ name: 'web', version: '0.2.0' });
    const shown = () =>
      programs.list().map(({ program, name, version }) => [program, name, version]);
    const coordinators = [
      ['coordinator', 'a', '0.2.0'],
      ['coordinator', 'b', '0.1.0'],
    ];
    assert.deepEqual(shown(), [...coordinators, ['console', 'web', '0.2.0']]);
    await clock.advance(200_000);
    assert.deepEqual(shown(), coordinators);
  });
});
