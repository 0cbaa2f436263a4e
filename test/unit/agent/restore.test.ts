import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { loadAgentConfig } from '../../../agent/config.js';
import { createFileStore } from '../../../agent/drivers/file-store.js';
import { GpuJournal } from '../../../agent/enforce/gpu/journal.js';
import { intendGpu } from '../../../agent/enforce/gpu/ledger.js';
import { Journal } from '../../../agent/enforce/journal.js';
import { EMPTY_LEDGER } from '../../../agent/enforce/ledger-entry.js';
import { restoreHost } from '../../../agent/restore.js';
import { engineStoreIn, shareOf } from '../../../agent/wiring/engine.js';
import { ShareLocks } from '../../../agent/wiring/share-locks.js';
import { adoptedAllocationId, type ContainerId } from '../../../shared/ids.js';
import { silentLog } from '../../../shared/log.js';
import { FaultyEngine, json } from '../../lib/faulty-engine.js';
import { FakeTools } from '../../lib/gpu/fake-tools.js';
import { systemClock } from '../../lib/system-clock.js';

const GONE = 'GPU-gone';
const ID = 'c'.repeat(64) as ContainerId;

describe('restore of a host', function () {
  this.timeout(60_000);
  let folder: string;
  let tools: FakeTools;
  let engine: FaultyEngine;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dqoes-restore-'));
    tools = new FakeTools();
    engine = await FaultyEngine.open();
    engine.answer = (request, response) =>
      request.url?.includes('/containers/json')
        ? json([])(request, response)
        : json({ message: 'No such container' }, 404)(request, response);
  });
  afterEach(async () => {
    await engine.close();
    tools.close();
    await rm(folder, { recursive: true, force: true });
  });

  const configOf = (socket = engine.socketPath) => {
    const config = loadAgentConfig({
      overrides: {
        'docker.socket': socket,
        'state-dir': join(folder, 'state'),
        'records-dir': join(folder, 'records'),
        'gpu.nvidia-smi': tools.nvidiaSmi,
        // As the real one sets GPUs for who is not root.
        'gpu.sudo': tools.program('sudo', 'shift; exec "$@"'),
        'gpu.helper': tools.program('helper', `exec '${tools.nvidiaSmi}' -i "$2" -rgc`),
      },
    });
    assert.ok(config.ok);
    return config.value;
  };
  const restore = async (config = configOf()) => {
    const restored = await restoreHost(config, { clock: systemClock, log: silentLog });
    assert.ok(restored.ok, JSON.stringify(restored));
    return restored.value;
  };
  const gpuJournal = () => GpuJournal.open(createFileStore(join(folder, 'state')));
  const setGpus = async (...ids: readonly string[]): Promise<void> => {
    const journal = await gpuJournal();
    const touch = { knob: 'clock', value: 900, originalPowerWatts: null } as const;
    for (const id of ids) await journal.update(intendGpu(journal.ledger, { id, ...touch }));
  };
  const limitOne = async (id = ID, stateDir = join(folder, 'state')): Promise<void> => {
    const journal = await Journal.open(createFileStore(stateDir));
    const original = { nanoCpus: 0, quotaUs: 0, periodUs: 0, shares: 0 };
    const container = { containerId: id, allocation: adoptedAllocationId(id) };
    const entry = { ...container, origin: 'label' as const, original, applied: null };
    await journal.update({ ...EMPTY_LEDGER, entries: [entry] });
  };
  const engineFolder = () => engine.engine.engineId.replaceAll(/[^A-Za-z0-9._-]/g, '-');
  const place = () => engineStoreIn(join(folder, 'records'), engine.engine.engineId);
  const enter = () =>
    place().registry.enter({ ...shareOf(configOf()), stateDir: join(folder, 'state'), sinceMs: 1 });

  it('says what became of GPUs, too, where Docker does not answer', async () => {
    const { uuid } = tools.gpu();
    tools.change(({ gpus: [gpu] }) => Object.assign(gpu ?? {}, { lockedMhz: 900 }));
    await setGpus(uuid, GONE);
    const { gpus, containers, faults } = await restore(configOf(join(folder, 'none.sock')));
    assert.deepEqual([gpus.restored, gpus.gone, gpus.failed], [[uuid], [GONE], []]);
    assert.deepEqual([containers, tools.gpu().lockedMhz], [[], null]);
    assert.deepEqual(
      faults.map(({ code }) => code),
      ['docker.unavailable'],
    );
    assert.deepEqual((await gpuJournal()).ledger.entries, []);
  });

  it('leaves GPUs by default settings where no Docker tells whose they are', async () => {
    const { uuid } = tools.gpu();
    tools.change(({ gpus: [gpu] }) => Object.assign(gpu ?? {}, { lockedMhz: 900 }));
    await setGpus(uuid);
    const config = configOf(join(folder, 'none.sock'));
    const given = { clock: systemClock, log: silentLog, areDefaults: true };
    const restored = await restoreHost(config, given);
    assert.ok(!restored.ok && restored.error[0]?.code === 'docker.unavailable');
    assert.equal(tools.gpu().lockedMhz, 900);
  });

  it('says that a journal of GPUs was torn, also where Docker does not answer', async () => {
    await createFileStore(join(folder, 'state')).writeDurable('gpus', 'dqoes-gpus 1 sha256:torn');
    const { faults } = await restore(configOf(join(folder, 'none.sock')));
    assert.match(faults[1]?.message ?? '', /^a journal in .*gpus\.torn-.* set aside: check the cl/);
  });

  it('puts back what it can read, and names an entry of the registry that it cannot', async () => {
    await limitOne();
    await setGpus(tools.gpu().uuid);
    const unreadable = 'a'.repeat(32);
    const agents = join(folder, 'records', engineFolder(), 'agents');
    await mkdir(join(agents, unreadable), { recursive: true });
    const { containers, gpus, faults } = await restore();
    assert.deepEqual(
      [containers.map(({ outcome }) => outcome), gpus.restored],
      [['gone'], [tools.gpu().uuid]],
    );
    assert.match(
      faults.map(({ message }) => message).join('\n'),
      /^an entry of the registry .*a{32}\) cannot be read and stays .*EISDIR.* --state and .*\n?$/,
    );
    const { ledger } = await Journal.open(createFileStore(join(folder, 'state')));
    assert.deepEqual(ledger.entries, []);
  });

  it('keeps a state folder registered whose journal it cannot read', async () => {
    await enter();
    await mkdir(join(folder, 'state', 'journal'), { recursive: true });
    const { faults } = await restore();
    assert.match(faults[0]?.message ?? '', /^a journal in .* \(journal\) cannot be read and stays/);
    assert.equal((await place().registry.list()).entries.length, 1);
    await rm(join(folder, 'state', 'journal'), { recursive: true });
    assert.deepEqual((await restore()).faults, []);
    assert.deepEqual((await place().registry.list()).entries, []);
  });

  it('keeps it registered while the containers cannot be listed, and says so', async () => {
    await enter();
    const { answer } = engine;
    engine.answer = json({ message: 'busy' }, 500);
    const { faults } = await restore();
    assert.match(faults.map(({ message }) => message).join(), /^the containers cannot be listed/);
    assert.equal((await place().registry.list()).entries.length, 1);
    engine.answer = answer;
    assert.deepEqual((await restore()).faults, []);
    assert.deepEqual((await place().registry.list()).entries, []);
  });

  it('puts back by default settings what is not of the agent that runs by them', async () => {
    const own = { ...shareOf(configOf()), labelPrefix: 'team.', node: 'other' };
    const ownFolder = join(folder, 'team');
    await place().registry.enter({ ...own, stateDir: ownFolder, sinceMs: 1 });
    const [its, ours] = [ID, 'd'.repeat(64) as ContainerId];
    await enter();
    await limitOne();
    await limitOne(ours, ownFolder);
    const held = new ShareLocks(engine.engine.engineId, systemClock);
    assert.ok((await held.hold(shareOf(configOf()), join(folder, 'state'))).ok);
    const given = { clock: systemClock, log: silentLog };
    const refused = await restoreHost(configOf(), given);
    assert.ok(!refused.ok && refused.error[0]?.code === 'engine.held');
    const restored = await restoreHost(configOf(), { ...given, areDefaults: true });
    await held.release();
    assert.ok(restored.ok, JSON.stringify(restored));
    const { containers, inUse, faults } = restored.value;
    assert.deepEqual(
      [containers.map(({ containerId }) => containerId), inUse, faults],
      [[ours], [join(folder, 'state')], []],
    );
    assert.deepEqual(
      engine.urls.filter((url) => url.includes(its)),
      [],
    );
    const left = await Journal.open(createFileStore(join(folder, 'state')));
    assert.equal(left.ledger.entries.length, 1);
  });

  it('leaves the folder of an agent alone that runs on another Engine', async () => {
    await limitOne();
    const locks = new ShareLocks('another engine', systemClock);
    const state = join(folder, 'state');
    assert.ok((await locks.holdFolder(shareOf(configOf()), state)).ok);
    const { containers, inUse, faults } = await restore();
    const withoutEngine = await restore(configOf(join(folder, 'none.sock')));
    await locks.release();
    assert.deepEqual([containers, inUse, faults], [[], [state], []]);
    assert.deepEqual(withoutEngine.inUse, [state]);
    const left = await Journal.open(createFileStore(state));
    assert.equal(left.ledger.entries.length, 1, 'its journal is as it was');
    assert.equal((await restore()).containers[0]?.outcome, 'gone');
  });

  it('names a torn record of an original', async () => {
    const originals = join(folder, 'records', engineFolder(), 'originals');
    await mkdir(originals, { recursive: true });
    await writeFile(join(originals, 'd'.repeat(64)), 'dqoes-original 1 sha256:torn');
    const { faults } = await restore();
    assert.match(faults[0]?.message ?? '', /^a record of an original \(d+\.torn-.* was torn and/);
  });
});
