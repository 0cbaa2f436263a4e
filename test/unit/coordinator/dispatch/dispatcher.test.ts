import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { Dispatcher, type DispatcherOptions } from '../../../../coordinator/dispatch/dispatcher.js';
import { paceOf } from '../../../../coordinator/pacing/pace.js';
import { emptyState } from '../../../../coordinator/state/model.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import type { Bus } from '../../../../proto/bus.js';
import { decodeCommand, encodeCommand } from '../../../../proto/command.js';
import { UNSIGNED } from '../../../../proto/command-codec.js';
import { createMemoryBus } from '../../../../proto/memory/bus.js';
import { MemoryStores } from '../../../../proto/memory/store.js';
import { type KeyValueStore, MARK_KEY } from '../../../../proto/store.js';
import { subjectsOf } from '../../../../proto/subjects.js';
import type { DesiredState } from '../../../../shared/command.js';
import { silentLog } from '../../../../shared/log.js';
import { err } from '../../../../shared/result.js';
import { heldBy } from '../../../lib/held-by.js';
import { ManualClock, settle } from '../../../lib/manual-clock.js';
import { job, limit, nodeId } from '../build.js';

const subjects = subjectsOf('test');
const desired = (revision: number, change: Partial<DesiredState> = {}): DesiredState => ({
  incarnation: 'inc',
  epoch: 2,
  revision,
  node: nodeId('h1'),
  validForMs: 1000,
  allocations: [],
  ...change,
});

describe('Dispatcher', () => {
  let clock: ManualClock;
  let bus: Bus;
  let store: KeyValueStore;
  let published: number[];
  let stored: DesiredState[];
  let leads: boolean;
  let superseded: number[];

  beforeEach(async () => {
    clock = new ManualClock();
    bus = createMemoryBus({ clock, log: silentLog });
    const stores = new MemoryStores({ clock });
    await stores.install('test', { replicas: 1 });
    const opened = await stores.open('test', 'desired');
    assert.ok(opened.ok);
    store = opened.value;
    published = [];
    stored = [];
    leads = true;
    superseded = [];
    bus.subscribe(subjects.allCommands, ({ data }) => {
      const command = decodeCommand(data);
      if (command.ok) published.push(command.value.revision);
    });
  });
  const dispatcher = (over: Partial<KeyValueStore> = {}, more: Partial<DispatcherOptions> = {}) =>
    new Dispatcher({
      store: { ...store, ...over },
      bus,
      subjects,
      clock,
      log: silentLog,
      pace: paceOf(clock),
      commands: UNSIGNED,
      epoch: 2,
      revisions: new Map(),
      mayWrite: () => leads,
      onStored: (states) => void stored.push(...states),
      onSuperseded: (epoch) => void superseded.push(epoch),
      ...more,
    });
  const held = async () => {
    const read = await store.get('h1');
    const decoded = read.ok && read.value !== null ? decodeCommand(read.value.value) : undefined;
    return decoded?.ok === true ? decoded.value.revision : undefined;
  };

  it('stores before it publishes, revision after revision', async () => {
    const dispatch = dispatcher();
    await dispatch.write([desired(1)]);
    await dispatch.write([desired(2)]);
    await settle();
    assert.deepEqual(
      [await held(), published, stored.map(({ revision }) => revision)],
      [2, [1, 2], [1, 2]],
    );
  });

  for (const [name, value] of [
    ['a junk byte', new Uint8Array([255])],
    ['an epoch out of reach', encodeCommand(desired(1, { epoch: 2 ** 33 }))],
  ] as const) {
    it(`writes over ${name}, without taking it for another leader`, async () => {
      const dispatch = dispatcher();
      await store.put('h1', value);
      await dispatch.write([desired(1)]);
      assert.deepEqual([stored, superseded], [[], []]);
      await dispatch.write([desired(1)]);
      await settle();
      assert.deepEqual([await held(), published, superseded], [1, [1], []]);
    });

    it(`finds ${name} that nobody wrote a decision over, and mends it`, async () => {
      const dispatch = dispatcher();
      await store.put(MARK_KEY, new Uint8Array([1]));
      await dispatch.write([desired(1)]);
      const empty = emptyState({ incarnation: 'inc', epoch: 2, policy: 'equal' });
      const state = reduce(empty, { kind: 'desired-stored', atMs: 0, states: [desired(1)] });
      await store.put('h1', value);
      await dispatch.reconcileStore(state, false);
      assert.deepEqual([await held(), superseded], [1, []]);
    });
  }

  describe('that shares the bucket', () => {
    const other = { node: nodeId('h9') };
    const stateWith = (...states: readonly DesiredState[]) =>
      reduce(emptyState({ incarnation: 'inc', epoch: 2, policy: 'equal' }), {
        kind: 'desired-stored',
        atMs: 0,
        states,
      });
    let lists: number;
    const shared = () => {
      lists = 0;
      const list: KeyValueStore['list'] = () => {
        lists += 1;
        return store.list();
      };
      return dispatcher({ list }, { isShared: true });
    };
    beforeEach(() => store.put(MARK_KEY, new Uint8Array([1])));

    it('reads one key, however many others write', async () => {
      const dispatch = shared();
      await dispatch.write([desired(1)]);
      for (let i = 1; i < 4; i += 1) {
        await store.put('h9', encodeCommand(desired(i, other)));
        await dispatch.reconcileStore(stateWith(desired(1)), false);
      }
      assert.equal(lists, 0);
      await dispatch.reconcileStore(stateWith(desired(1)), true);
      assert.equal(lists, 1);
    });

    it('finds that the newest writes are lost, and writes all that are missing', async () => {
      const dispatch = shared();
      const second = desired(1, { node: nodeId('h2') });
      await dispatch.write([desired(1)]);
      await dispatch.write([second]);
      for (const key of ['h1', 'h2']) await store.delete(key);
      await store.put('h9', encodeCommand(desired(1, other)));
      await dispatch.reconcileStore(stateWith(desired(1), second), false);
      const found = await store.list();
      assert.ok(found.ok);
      const keys = found.value.map(({ key }) => key);
      assert.deepEqual(keys.sort(), ['h1', 'h2', 'h9', MARK_KEY]);
    });
  });

  it('writes and publishes nothing after it lost leadership, also in between', async () => {
    const dispatch = dispatcher();
    leads = false;
    await dispatch.write([desired(1)]);
    assert.deepEqual([await held(), stored], [undefined, []]);
    leads = true;
    const ending = dispatcher({
      put: async (...args) => {
        const put = await store.put(...args);
        leads = false;
        return put;
      },
    });
    await ending.write([desired(1)]);
    await settle();
    assert.deepEqual([await held(), published], [1, []]);
  });

  it('publishes nothing that is not stored', async () => {
    const dispatch = dispatcher({ put: async () => err('missing-bucket') });
    await dispatch.write([desired(1)]);
    await settle();
    assert.deepEqual([published, stored, dispatch.counters.failed], [[], [], 1]);
  });

  it('believes what the store holds after a write without an answer', async () => {
    const happened = dispatcher({
      put: async (...args) => ((await store.put(...args)).ok ? err('unknown') : err('conflict')),
    });
    await happened.write([desired(1)]);
    await settle();
    assert.deepEqual([published, stored.map(({ revision }) => revision)], [[1], [1]]);
    await happened.write([desired(2)]);
    assert.equal(await held(), 2);
  });

  const stateOf = (state: DesiredState) =>
    reduce(emptyState({ incarnation: 'inc', epoch: 2, policy: 'equal' }), {
      kind: 'desired-stored',
      atMs: 0,
      states: [state],
    });

  it('writes desired states again, unchanged, that the store has lost', async () => {
    const dispatch = dispatcher();
    await store.put(MARK_KEY, new Uint8Array([1]));
    await dispatch.write([desired(3)]);
    await store.delete('h1');
    await dispatch.reconcileStore(stateOf(desired(3)), false);
    assert.equal(await held(), 3);
    const { written } = dispatch.counters;
    await dispatch.reconcileStore(stateOf(desired(3)), false);
    assert.equal(dispatch.counters.written, written);
  });

  it('reads again only after a write of another process, or in full', async () => {
    let lists = 0;
    const dispatch = dispatcher({
      list: () => {
        lists += 1;
        return store.list();
      },
    });
    await store.put(MARK_KEY, new Uint8Array([1]));
    await dispatch.reconcileStore(stateOf(desired(1)), false);
    await dispatch.write([desired(2), desired(2, { node: nodeId('h2') })]);
    await dispatch.reconcileStore(stateOf(desired(2)), false);
    assert.equal(lists, 1);
    await store.put('h3', encodeCommand(desired(1, { node: nodeId('h3'), epoch: 1 })));
    await dispatch.write([desired(3)]);
    await dispatch.reconcileStore(stateOf(desired(3)), false);
    assert.equal(lists, 2);
    await dispatch.reconcileStore(stateOf(desired(3)), true);
    await dispatch.reconcileStore(stateOf(desired(3)), false);
    assert.equal(lists, 3);
  });

  it('learns by a read what another process wrote', async () => {
    const dispatch = dispatcher();
    await store.put(MARK_KEY, new Uint8Array([1]));
    await dispatch.write([desired(3)]);
    await store.put('h1', encodeCommand(desired(4, { epoch: 3 })));
    await dispatch.reconcileStore(stateOf(desired(3)), false);
    assert.deepEqual(superseded, [3]);
  });

  it('learns from a conflict what another process wrote, and publishes nothing', async () => {
    await store.put('h1', encodeCommand(desired(7, { epoch: 1 })));
    const dispatch = dispatcher();
    await dispatch.write([desired(1)]);
    await settle();
    assert.deepEqual(
      [published, stored.map(({ revision }) => revision), superseded],
      [[], [7], []],
    );
    await dispatch.write([desired(8)]);
    assert.equal(await held(), 8);
  });

  it('stops at a later epoch', async () => {
    await store.put('h1', encodeCommand(desired(1, { epoch: 3 })));
    await dispatcher().write([desired(5)]);
    await settle();
    assert.deepEqual([published, stored, superseded, await held()], [[], [], [3], 1]);
  });

  it('forgets nodes that are gone', async () => {
    const dispatch = dispatcher();
    const empty = emptyState({ incarnation: 'inc', epoch: 2, policy: 'default' });
    for (const name of ['h1', 'h2', 'h3', 'h4']) {
      const states = [desired(1, { node: nodeId(name) })];
      await dispatch.write(states);
      await dispatch.nudge(reduce(empty, { kind: 'desired-stored', atMs: 0, states }));
    }
    assert.equal(heldBy(dispatch, [bus]).sizes.get('.#lastNudges'), 1);
  });

  it('refuses to send more than a command may carry', async () => {
    const spec = job('a', { env: { BLOB: 'x'.repeat(8000) } });
    const allocations = Array.from({ length: 20 }, (_, i) => ({
      id: `a-${i}` as never,
      job: spec.name,
      spec,
      limit: limit(0.1),
      reason: '',
    }));
    const dispatch = dispatcher();
    await dispatch.write([desired(1, { allocations })]);
    await settle();
    assert.deepEqual([published, await held(), dispatch.counters.failed], [[], undefined, 1]);
  });
});
