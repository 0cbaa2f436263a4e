import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { runWithLeaderElection } from '../../../../coordinator/run-with-leader-election.js';
import { isLease, readLease } from '../../../../coordinator/store/lease.js';
import { BUCKETS, type BucketName, type StoreProvider } from '../../../../proto/store.js';
import { silentLog } from '../../../../shared/log.js';
import { err, type Fault, ok } from '../../../../shared/result.js';
import { job, jobName, PARAMS, target } from '../build.js';
import { World } from '../world.js';

const LEASE_MS = 10_000;
const SETTINGS = {
  cluster: 'test',
  policy: 'dqoes',
  params: PARAMS,
  leaseMs: LEASE_MS,
  replicas: 1,
} as const;

const SKIPPED = 1_000_000;

/** After a lost lease epochs are skipped: coordinators that nobody remembers may have led. */
function assertNext(before = 0, after = 0, isLeaseLost = false): void {
  if (isLeaseLost)
    assert.ok(
      after > before + SKIPPED && after <= before + 2 * SKIPPED,
      `${after} after ${before}`,
    );
  else assert.equal(after, before + 1);
}

describe('coordinator: buckets that are lost', () => {
  let world: World;
  let isAway = false;
  let isOtherAway = false;
  let isListAway = false;
  let running: {
    readonly stop: AbortController;
    readonly ended: Promise<readonly Fault[] | null>;
  }[];

  const run = (name: string, acceptLost: readonly 'jobs'[] = []) => {
    const stop = new AbortController();
    const { clock, hub } = world;
    const stores = awayAtTimes(world.stores, name === 'c1');
    const deps = {
      bus: hub.connect(),
      stores,
      clock,
      log: silentLog,
      newNonce: randomUUID,
      signal: stop.signal,
    };
    const ended = runWithLeaderElection({ ...SETTINGS, name, acceptLost }, deps);
    running.push({ stop, ended });
    return { stop, ended };
  };
  /**
   * Stores that do not answer the first while `isAway`, lists only while `isListAway`, nor others
   * while `isOtherAway`.
   */
  const awayAtTimes = (provider: StoreProvider, isFirst: boolean): StoreProvider => ({
    install: (...args) => provider.install(...args),
    openEvents: (...args) => provider.openEvents(...args),
    auditLog: (...args) => provider.auditLog(...args),
    openHistory: (...args) => provider.openHistory(...args),
    reader: (...args) => provider.reader(...args),
    open: async (...args) => {
      const opened = await provider.open(...args);
      if (!opened.ok) return opened;
      const store = opened.value;
      const isSilent = (): boolean => (isFirst ? isAway : isOtherAway);
      return ok({
        ...store,
        get: async (key) => (isSilent() ? err('unknown') : store.get(key)),
        list: async () => (isFirst && isListAway ? err('unknown') : store.list()),
        put: async (...given) => (isSilent() ? err('unknown') : store.put(...given)),
      });
    },
  });
  const keysOf = async (bucket: BucketName): Promise<readonly string[]> => {
    const opened = await world.stores.open('test', bucket);
    assert.ok(opened.ok, bucket);
    const listed = await opened.value.list();
    assert.ok(listed.ok);
    return listed.value.map(({ key }) => key).sort();
  };
  const jobs = { jobs: [job('a', { target: target(500) }), job('b', { target: target(80) })] };

  beforeEach(async () => {
    world = await World.make();
    isAway = false;
    isOtherAway = false;
    isListAway = false;
    running = [];
    run('c1');
    await world.clock.advance(0);
    await world.call('job-submit', jobs);
    await world.call('policy-set', { policy: 'dqoes' });
    await world.live(12);
    world.events.length = 0;
  });
  afterEach(async () => {
    for (const { stop } of running) stop.abort();
    for (let i = 0; i < 50; i += 1) await world.clock.advance(100);
    await Promise.all(running.map(({ ended }) => ended));
  });

  for (const lost of [...BUCKETS.map((bucket) => [bucket]), [...BUCKETS]] as BucketName[][])
    for (const how of ['removed', 'created again'] as const)
      it(`${lost.join(', ')} ${how}: an event, refilled, no container touched`, async () => {
        const before = world.agent.desired;
        const keys = await Promise.all(BUCKETS.map(keysOf));
        for (const bucket of lost) world.stores.destroy('test', bucket);
        if (how === 'created again') await world.stores.install('test', { replicas: 1 });
        await world.live(10);
        assert.deepEqual(await Promise.all(BUCKETS.map(keysOf)), keys);
        const after = world.agent.desired;
        assert.equal(after?.incarnation, before?.incarnation);
        assertNext(before?.epoch, after?.epoch, lost.includes('lease'));
        assert.deepEqual(
          after?.allocations.map(({ id }) => id),
          before?.allocations.map(({ id }) => id),
        );
        assert.ok(world.agent.commands.every(({ allocations }) => allocations.length === 2));
        const told = world.events.filter(
          (type) => type.startsWith('coordinator.') || type.startsWith('job.'),
        );
        assert.deepEqual(told.slice(0, 2), ['coordinator.store-lost', 'coordinator.elected']);
        const filled = lost
          .filter((bucket) => bucket !== 'lease')
          .map(() => 'coordinator.store-refilled');
        assert.deepEqual(
          told.filter((type) => type === 'coordinator.store-refilled'),
          filled,
        );
        assert.ok(
          !told.includes('job.started') &&
            !told.includes('job.stopped') &&
            !told.includes('job.lost'),
        );
        const answer = await world.call('job-submit', { jobs: [job('c')] });
        assert.ok(answer.ok, JSON.stringify(answer));
      });

  /** c1 hears nothing for long; c2 leads and stops the job a; then the store is lost. */
  async function lostAfterAnotherLed() {
    isAway = true;
    const second = run('c2');
    await world.live(20);
    assert.ok((await world.call('job-stop', { name: jobName('a') })).ok);
    await world.live(3);
    for (const bucket of BUCKETS) world.stores.destroy('test', bucket);
    await world.stores.install('test', { replicas: 1 });
    isAway = false;
    return { second, told: world.agent.commands.length };
  }
  const jobsSince = (told: number) =>
    new Set(
      world.agent.commands
        .slice(told)
        .flatMap(({ allocations }) => allocations.map((each) => each.job)),
    );

  it('all, after another led: who led before leaves them to it', async () => {
    const { told } = await lostAfterAnotherLed();
    isOtherAway = true;
    await world.live(6);
    isOtherAway = false;
    await world.live(40);
    assert.deepEqual(await keysOf('jobs'), ['b', 'store.mark']);
    assert.deepEqual([...jobsSince(told)], ['b']);
  });

  it('all, and the one that led last: what is known is stored, though it is older', async () => {
    const { second } = await lostAfterAnotherLed();
    second.stop.abort();
    await world.live(8);
    assert.deepEqual(await keysOf('jobs'), []);
    await world.live(30);
    assert.deepEqual(await keysOf('jobs'), ['a', 'b', 'store.mark']);
  });

  it('jobs created again while nobody leads: refused unless an operator accepts it', async () => {
    running[0]?.stop.abort();
    await running[0]?.ended;
    const commands = world.agent.commands.length;
    world.stores.destroy('test', 'jobs');
    await world.stores.install('test', { replicas: 1 });
    const { ended } = run('c2');
    await world.live(3);
    const faults = await ended;
    assert.deepEqual(
      faults?.map(({ code, field }) => [code, field]),
      [['store.lost', 'jobs']],
    );
    assert.match(faults?.[0]?.message ?? '', /--accept-lost jobs/);
    assert.equal(world.agent.commands.length, commands);
  });

  it('desired states created again while nobody leads: what runs is kept', async () => {
    const before = world.agent.desired;
    running[0]?.stop.abort();
    await running[0]?.ended;
    world.stores.destroy('test', 'desired');
    await world.stores.install('test', { replicas: 1 });
    run('c2');
    await world.live(5);
    const ids = (desired: typeof before) => desired?.allocations.map(({ id }) => id);
    assert.deepEqual(ids(world.agent.desired), ids(before));
    assert.equal(world.agent.desired?.epoch, (before?.epoch ?? 0) + 1);
  });

  it('jobs accepted as lost: containers without a job are stopped', async () => {
    running[0]?.stop.abort();
    await running[0]?.ended;
    world.stores.destroy('test', 'jobs');
    await world.stores.install('test', { replicas: 1 });
    run('c2', ['jobs']);
    await world.live(5);
    assert.deepEqual(world.agent.desired?.allocations, []);
  });

  it('lease lost while nobody leads: the next one continues from the marks', async () => {
    const before = world.agent.desired;
    running[0]?.stop.abort();
    await running[0]?.ended;
    world.stores.destroy('test', 'lease');
    await world.stores.install('test', { replicas: 1 });
    run('c2');
    await world.live(5);
    const { incarnation, epoch } = world.agent.desired ?? {};
    assert.equal(incarnation, before?.incarnation);
    assertNext(before?.epoch, epoch, true);
  });

  it('all lost after another has led: what an earlier leader knows is not used', async () => {
    run('c2');
    await world.live(2);
    isAway = true;
    await world.live(20);
    isAway = false;
    await world.live(3);
    assert.equal(world.agent.desired?.epoch, 2);
    await world.call('job-submit', { jobs: [job('later')] });
    await world.live(3);
    const before = world.agent.desired;
    for (const bucket of BUCKETS) world.stores.destroy('test', bucket);
    await world.live(10);
    assertNext(before?.epoch, world.agent.desired?.epoch, true);
    assert.deepEqual(
      world.agent.desired?.allocations.map(({ job: name }) => name),
      ['a', 'b', 'later'],
    );
  });

  it('a store that falls silent during a takeover: stands by, leads after answers', async () => {
    const before = world.agent.desired;
    isListAway = true;
    isAway = true;
    await world.live(20);
    isAway = false;
    await world.live(20);
    const { commands } = world.agent;
    assert.equal(world.agent.desired?.epoch, before?.epoch);
    isListAway = false;
    await world.live(20);
    assert.ok((world.agent.desired?.epoch ?? 0) > (before?.epoch ?? 0));
    assert.deepEqual(
      world.agent.desired?.allocations.map(({ job: name }) => name),
      ['a', 'b'],
    );
    assert.ok(commands.every(({ allocations }) => allocations.length === 2));
    const answer = await world.call('job-submit', { jobs: [job('later')] });
    assert.ok(answer.ok, JSON.stringify(answer));
  });

  it('lease lost while a takeover finds the store silent: leads beyond tried epochs', async () => {
    isListAway = true;
    isAway = true;
    await world.live(20);
    isAway = false;
    await world.live(40);
    const opened = await world.stores.open('test', 'lease');
    assert.ok(opened.ok);
    const lease = await readLease(opened.value);
    assert.ok(
      lease.ok && isLease(lease.value) && lease.value.epoch > (world.agent.desired?.epoch ?? 0) + 1,
    );
    world.stores.destroy('test', 'lease');
    await world.stores.install('test', { replicas: 1 });
    isListAway = false;
    // It knows no jobs, so it leaves the missing lease to others for a while.
    await world.live(60);
    assertNext(lease.value.epoch, world.agent.desired?.epoch, true);
  });

  it('a store restored to an earlier epoch: leads beyond the epoch nodes obey', async () => {
    const opened = await world.stores.open('test', 'lease');
    assert.ok(opened.ok);
    const backup = await opened.value.get('leader');
    running[0]?.stop.abort();
    await running[0]?.ended;
    for (const name of ['c2', 'c3']) {
      const { stop, ended } = run(name);
      await world.live(2);
      stop.abort();
      await ended;
    }
    const before = world.agent.desired;
    assert.ok(backup.ok && backup.value !== null);
    await opened.value.put('leader', backup.value.value);
    run('c4');
    await world.live(20);
    await world.call('job-submit', { jobs: [job('later')] });
    await world.live(3);
    // A leader after the backup may have had a later epoch than the one that nodes have seen.
    assertNext(before?.epoch, world.agent.desired?.epoch, true);
    assert.equal(world.agent.desired?.allocations.length, 3);
  });
});
