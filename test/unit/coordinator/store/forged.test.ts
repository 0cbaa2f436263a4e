import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { runWithLeaderElection } from '../../../../coordinator/run-with-leader-election.js';
import { writeMark } from '../../../../coordinator/store/bucket-mark.js';
import { LEASE_KEY } from '../../../../coordinator/store/lease.js';
import { openStores, type Stores } from '../../../../coordinator/store/open-stores.js';
import { encodeCommand } from '../../../../proto/command.js';
import { decodeJob, decodeStoredJob, UNKNOWN_OWNER } from '../../../../proto/job.js';
import { MARK_KEY } from '../../../../proto/store.js';
import { silentLog } from '../../../../shared/log.js';
import type { Fault } from '../../../../shared/result.js';
import { job, SETTINGS, target } from '../build.js';
import { World } from '../world.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const lease = (change: object): Uint8Array =>
  bytes(JSON.stringify({ incarnation: 'i', epoch: 1, holder: 'x', nonce: 'n', ...change }));

describe('coordinator: values that were damaged or forged', () => {
  let world: World;
  let stores: Stores;
  let ends: { readonly stop: AbortController; readonly ended: Promise<readonly Fault[] | null> }[];

  const run = (name: string) => {
    const stop = new AbortController();
    const { clock, hub } = world;
    const ended = runWithLeaderElection(
      { ...SETTINGS, name },
      {
        bus: hub.connect(),
        stores: world.stores,
        clock,
        log: silentLog,
        newNonce: randomUUID,
        signal: stop.signal,
      },
    );
    ends.push({ stop, ended });
    return { stop, ended };
  };
  const advance = async (): Promise<void> => {
    for (let i = 0; i < 50; i += 1) await world.clock.advance(100);
  };
  const end = async (): Promise<void> => {
    for (const { stop } of ends) stop.abort();
    await advance();
    await Promise.all(ends.map(({ ended }) => ended));
    ends = [];
  };
  /** All it takes for a cluster to be well: one leader that the agent obeys, nothing restarted. */
  const assertWell = async (ids: readonly string[]): Promise<void> => {
    const before = world.agent.desired;
    const answer = await world.call('job-submit', {
      jobs: [job('a', { target: target(300) })],
    });
    assert.ok(answer.ok, JSON.stringify(answer));
    await world.live(10);
    const after = world.agent.desired;
    assert.notEqual(after, before);
    assert.equal(after?.allocations.find(({ job: of }) => of === 'a')?.spec?.target.latencyMs, 300);
    assert.deepEqual(
      after?.allocations.map(({ id }) => id),
      ids,
    );
    assert.ok((after?.epoch ?? 0) < 2 ** 31, `${after?.epoch}`);
    assert.equal(world.agent.holds.incarnation, before?.incarnation);
  };
  const idsNow = (): readonly string[] =>
    (world.agent.desired?.allocations ?? []).map(({ id }) => id);

  beforeEach(async () => {
    world = await World.make();
    ends = [];
    run('c1');
    await world.clock.advance(0);
    await world.call('job-submit', { jobs: [job('a', { target: target(500) }), job('b')] });
    await world.live(12);
    const opened = await openStores(world.stores, 'test');
    assert.ok(opened.ok);
    stores = opened.value;
    world.events.length = 0;
  });
  afterEach(end);

  for (const [name, value] of [
    ['junk', bytes('{')],
    ['empty', new Uint8Array()],
    ['of the greatest epoch', lease({ epoch: 2 ** 53 - 1 })],
    ['of an epoch far away', lease({ epoch: 2 ** 51 })],
    ['of another incarnation', lease({ incarnation: 'forged' })],
  ] as const) {
    it(`a lease ${name} while one leads`, async () => {
      const ids = idsNow();
      await stores.lease.put(LEASE_KEY, value);
      await world.live(40);
      await assertWell(ids);
    });

    it(`a lease ${name} while nobody leads, and a second coordinator`, async () => {
      const ids = idsNow();
      await end();
      await stores.lease.put(LEASE_KEY, value);
      run('c2');
      run('c3');
      await world.live(40);
      await assertWell(ids);
    });
  }

  it('the mark of one bucket with an epoch far away', async () => {
    const ids = idsNow();
    await writeMark(stores, 'profiles', {
      incarnation: world.agent.holds.incarnation,
      epoch: 2 ** 51,
    });
    await end();
    run('c2');
    await world.live(40);
    await assertWell(ids);
  });

  it('marks of junk beside a lease of junk: the lease that was seen last counts', async () => {
    const ids = idsNow();
    const marks = [stores.nodes, stores.profiles];
    for (const store of marks) await store.put(MARK_KEY, bytes('{'));
    await stores.lease.put(LEASE_KEY, bytes('{'));
    await world.live(40);
    await assertWell(ids);
  });

  it('reports that say to obey the greatest epoch', async () => {
    const ids = idsNow();
    for (let i = 0; i < 5; i += 1) {
      world.agent.report({
        holds: { ...world.agent.holds, epoch: Number.MAX_SAFE_INTEGER },
      });
      await world.live(2);
    }
    await assertWell(ids);
  });

  for (const [name, change] of [
    ['epoch', { epoch: 2 ** 51 }],
    ['revision', { revision: 2 ** 52 }],
  ] as const)
    for (const when of ['while one leads', 'while nobody leads'] as const)
      it(`a desired state of a ${name} far away, ${when}`, async () => {
        const ids = idsNow();
        const { desired } = world.agent;
        assert.ok(desired !== undefined);
        if (when === 'while nobody leads') await end();
        await stores.desired.put('h1', encodeCommand({ ...desired, ...change }));
        if (when === 'while nobody leads') run('c2');
        await world.live(45);
        await assertWell(ids);
      });

  it('a desired state of a later epoch within reach: the leader goes beyond it', async () => {
    const ids = idsNow();
    const { desired } = world.agent;
    assert.ok(desired !== undefined);
    const forged = { ...desired, epoch: desired.epoch + 1_000_000 };
    await stores.desired.put('h1', encodeCommand(forged));
    await world.live(60);
    await assertWell(ids);
    assert.ok((world.agent.desired?.epoch ?? 0) > forged.epoch);
  });

  for (const when of ['while one leads', 'while nobody leads'] as const)
    it(`a desired state of junk, ${when}`, async () => {
      const ids = idsNow();
      if (when === 'while nobody leads') await end();
      await stores.desired.put('h1', bytes('junk'));
      if (when === 'while nobody leads') run('c2');
      await world.live(45);
      await assertWell(ids);
      assert.ok(!world.events.includes('job.started'));
    });

  it('a job of junk that runs is rebuilt from where it runs', async () => {
    const ids = idsNow();
    await end();
    await stores.jobs.put('b', bytes('junk'));
    run('c2');
    await world.live(20);
    const read = await stores.jobs.get('b');
    const stored = read.ok && read.value !== null ? decodeStoredJob(read.value.value) : undefined;
    assert.ok(stored?.ok);
    assert.deepEqual([stored.value.spec.name, stored.value.owner], ['b', UNKNOWN_OWNER]);
    const shown = await world.call('job-status', { name: job('b').name });
    assert.equal(shown.ok && shown.value.job.owner, UNKNOWN_OWNER);
    await assertWell(ids);
  });

  it('a job of junk while one leads is written again from what is known', async () => {
    const ids = idsNow();
    await stores.jobs.put('b', bytes('junk'));
    await world.live(40);
    const read = await stores.jobs.get('b');
    const stored = read.ok && read.value !== null ? decodeJob(read.value.value) : undefined;
    assert.equal(stored?.ok === true && stored.value.name, 'b');
    await assertWell(ids);
  });

  it('a job of junk that runs nowhere keeps nobody from starting', async () => {
    const ids = idsNow();
    await end();
    await stores.jobs.put('never-there', bytes('junk'));
    run('c2');
    await world.live(20);
    await assertWell(ids);
  });
});
