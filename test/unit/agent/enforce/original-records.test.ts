import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Journal } from '../../../../agent/enforce/journal.js';
import { KernelLimits } from '../../../../agent/enforce/kernel-limits.js';
import { EMPTY_LEDGER, type LedgerEntry } from '../../../../agent/enforce/ledger-entry.js';
import { OriginalRecords, pruneRecords } from '../../../../agent/enforce/original-records.js';
import { restoreKnown } from '../../../../agent/enforce/restore-host.js';
import { StateRegistry } from '../../../../agent/enforce/state-registry.js';
import { adoptedAllocationId, type ContainerId } from '../../../../shared/ids.js';
import { FakeEngine } from '../../../lib/fake-engine.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { NODE } from './build.js';
import { CLUSTER, EnforceWorld, MemoryFiles } from './world.js';

const NONE = { nanoCpus: 0, quotaUs: 0, periodUs: 0, shares: 0 };
const HALF = { ...NONE, quotaUs: 50_000, periodUs: 100_000 };
const owner = { node: NODE, cluster: CLUSTER };

const entryFor = (containerId: ContainerId, original = NONE): LedgerEntry => ({
  containerId,
  allocation: adoptedAllocationId(containerId),
  origin: 'label',
  original,
  applied: null,
});
const ID = 'c'.repeat(64) as ContainerId;

describe('records of originals', () => {
  it('keep what was found first, and add a burst that was not known', async () => {
    const files = new MemoryFiles();
    const [first, second] = [
      await OriginalRecords.open(files, 'a.'),
      await OriginalRecords.open(files, 'b.'),
    ];
    await first.note([entryFor(ID)]);
    await second.note([entryFor(ID, HALF)]);
    assert.deepEqual(second.get(ID), { containerId: ID, labelPrefix: 'a.', original: NONE });
    await second.note([{ ...entryFor(ID, HALF), originalBurstUs: 100 }]);
    await second.note([{ ...entryFor(ID, HALF), originalBurstUs: 200 }]);
    const again = await OriginalRecords.open(files, 'a.');
    assert.deepEqual(again.all, [
      { containerId: ID, labelPrefix: 'a.', original: NONE, originalBurstUs: 100 },
    ]);
    assert.equal(second.mine.length, 0);
    assert.equal(again.mine.length, 1);
  });

  it('are durable before the journal; without them nothing is touched', async () => {
    const [files, own] = [new MemoryFiles(), new MemoryFiles()];
    const journal = await Journal.open(own, await OriginalRecords.open(files, 'dqoes.'));
    files.broken = true;
    await assert.rejects(journal.update({ ...EMPTY_LEDGER, entries: [entryFor(ID)] }));
    assert.equal(own.files.size, 0);
    const world = await EnforceWorld.open({ journal });
    const container = await world.adopted('web');
    const ack = await world.desire([world.want(container, 0.5)]);
    assert.equal(ack.outcome, 'refused');
    assert.equal(world.engine.kernelCores(container.id), null);
  });

  it('set a torn one aside, and forget what is gone', async () => {
    const [files, engine] = [new MemoryFiles(), new FakeEngine()];
    const { id } = engine.create({ name: 'here' });
    await (await OriginalRecords.open(files, 'a.')).note([entryFor(ID), entryFor(id)]);
    files.files.set('d'.repeat(64), 'dqoes-original 1 sha256:torn');
    const records = await OriginalRecords.open(files, 'a.');
    assert.equal(records.torn.length, 1);
    await pruneRecords(records, engine);
    assert.deepEqual(
      records.all.map(({ containerId }) => containerId),
      [id],
    );
  });

  it('give the original to an agent that never saw it, limiting the container or not', async () => {
    for (const wants of [true, false]) {
      const files = new MemoryFiles();
      const open = async () =>
        Journal.open(new MemoryFiles(), await OriginalRecords.open(files, 'dqoes.'));
      const first = await EnforceWorld.open({ journal: await open() });
      const web = await first.adopted('web', { shares: 512 });
      await first.desire([first.want(web, 0.5)]);
      const second = await EnforceWorld.open(
        { engine: first.engine, journal: await open() },
        first,
      );
      if (wants) await second.desire([second.want(web, 0.25)]);
      const report = await second.enforcer.restore();
      assert.deepEqual(report.containers, [
        {
          containerId: web.id,
          name: 'web',
          outcome: 'restored',
          now: 'no limit, shares 512',
          reason: '',
        },
      ]);
      assert.deepEqual([second.engine.kernelCores(web.id), web.kernelShares], [null, 512]);
      assert.equal(files.files.size, 0);
    }
  });
});

describe('restore of a host', () => {
  it('puts back what any journal or record knows, once, by what was found first', async () => {
    const engine = new FakeEngine();
    const names = ['journal', 'both', 'record'];
    const made = names.map((name) =>
      engine.create({ name, labels: { 'dqoes.enable': 'true' }, cpu: HALF }),
    );
    const [a, b, c] = made.map(({ id }) => id) as [ContainerId, ContainerId, ContainerId];
    const journalOf = async (entries: readonly LedgerEntry[]) => {
      const journal = await Journal.open(new MemoryFiles());
      await journal.update({ ...EMPTY_LEDGER, entries });
      return { journal, owner };
    };
    const states = [
      await journalOf([entryFor(a)]),
      await journalOf([entryFor(a, HALF), entryFor(b, HALF)]),
    ];
    const records = await OriginalRecords.open(new MemoryFiles(), 'dqoes.');
    await records.note([entryFor(b), entryFor(c)]);
    const host = { engine, kernel: new KernelLimits(engine), clock: new ManualClock() };
    const report = await restoreKnown(host, { states, records: [records], isInUse: () => false });
    assert.deepEqual(report.containers.map(({ name, outcome }) => `${name} ${outcome}`).sort(), [
      'both restored',
      'journal restored',
      'record restored',
    ]);
    for (const { id } of made) assert.equal(engine.kernelCores(id), null);
    assert.equal(engine.calls.filter((call) => call.startsWith('updateCpu')).length, 3);
    assert.deepEqual(
      [records.all.length, ...states.map(({ journal }) => journal.ledger.entries.length)],
      [0, 0, 0],
    );
  });

  it('leaves records of agents that run, and keeps what was not put back', async () => {
    const engine = new FakeEngine();
    const [mine, other] = ['mine', 'other'].map(
      (name) => engine.create({ name, cpu: HALF }).id,
    ) as [ContainerId, ContainerId];
    const files = new MemoryFiles();
    await (await OriginalRecords.open(files, 'runs.')).note([entryFor(other)]);
    const records = await OriginalRecords.open(files, 'dqoes.');
    await records.note([entryFor(mine)]);
    engine.warnNext(mine, 'not enforced');
    const host = { engine, kernel: new KernelLimits(engine), clock: new ManualClock() };
    const isInUse = (prefix: string): boolean => prefix === 'runs.';
    const report = await restoreKnown(host, { states: [], records: [records], isInUse });
    assert.deepEqual(
      report.containers.map(({ outcome, reason }) => [outcome, reason]),
      [['failed', 'not enforced']],
    );
    assert.equal(records.all.length, 2);
    assert.deepEqual([engine.kernelCores(mine), engine.kernelCores(other)], [0.5, 0.5]);
  });

  it('notes in its journal what came with more CPUs than there are as put back', async () => {
    const engine = new FakeEngine({ hostCores: 2 });
    const { id } = engine.create({ name: 'web', cpu: { ...NONE, nanoCpus: 500_000_000 } });
    const journal = await Journal.open(new MemoryFiles());
    const original = { ...NONE, nanoCpus: 4_000_000_000 };
    const entry = { ...entryFor(id, original), applied: { cpuCores: 0.5, periodUs: 100_000 } };
    await journal.update({ ...EMPTY_LEDGER, entries: [entry] });
    const host = { engine, kernel: new KernelLimits(engine), clock: new ManualClock() };
    const limits = { states: [{ journal, owner }], records: [], isInUse: () => false };
    await restoreKnown({ ...host, hostCpus: 2 }, limits);
    assert.equal(engine.kernelCores(id), 2);
    assert.deepEqual(journal.ledger.entries, [{ ...entry, applied: null }]);
  });

  it('forgets the container of a job that a person renamed, as a purge asks', async () => {
    const engine = new FakeEngine();
    const { id } = engine.create({ name: 'web-old', cpu: HALF });
    const journal = await Journal.open(new MemoryFiles());
    const entry = { ...entryFor(id), origin: 'dqoes' as const };
    await journal.update({ ...EMPTY_LEDGER, entries: [entry] });
    const host = { engine, kernel: new KernelLimits(engine), clock: new ManualClock() };
    const limits = { states: [{ journal, owner }], records: [], isInUse: () => false };
    await restoreKnown(host, limits);
    assert.equal(engine.kernelCores(id), null);
    assert.deepEqual(journal.ledger.entries, []);
  });

  it('says what it put back, and what still knows it, where the disk is full', async () => {
    const engine = new FakeEngine();
    const made = ['a', 'b'].map((name) => engine.create({ name, cpu: HALF }).id);
    const states = await Promise.all(
      made.map(async (id) => {
        const files = new MemoryFiles();
        const journal = await Journal.open(files);
        await journal.update({ ...EMPTY_LEDGER, entries: [entryFor(id)] });
        files.broken = true;
        return { journal, owner };
      }),
    );
    const host = { engine, kernel: new KernelLimits(engine), clock: new ManualClock() };
    const report = await restoreKnown(host, { states, records: [], isInUse: () => false });
    assert.deepEqual(
      report.containers.map(({ outcome }) => outcome),
      ['restored', 'restored'],
    );
    assert.deepEqual(report.notForgotten, ['no space left on the disk']);
    for (const { journal } of states) assert.equal(journal.ledger.entries.length, 1);
  });
});

describe('registry of state folders', () => {
  it('lists who entered in the order of time, until they leave', async () => {
    const files = new MemoryFiles();
    const registry = new StateRegistry(files);
    const entry = { labelPrefix: 'dqoes.', cluster: 'main', node: 'h1' };
    await registry.enter({ ...entry, stateDir: '/b', sinceMs: 2 });
    await registry.enter({ ...entry, stateDir: '/a', sinceMs: 1 });
    files.files.set('torn', 'dqoes-state 1 sha256:torn');
    const { entries, torn } = await registry.list();
    assert.deepEqual(
      [entries.map(({ stateDir }) => stateDir), torn],
      [['/a', '/b'], ['torn.torn']],
    );
    await registry.leave('/a');
    assert.deepEqual((await registry.list()).entries, [{ ...entry, stateDir: '/b', sinceMs: 2 }]);
  });
});
