import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { createFileStore } from '../../../../agent/drivers/file-store.js';
import { GpuJournal } from '../../../../agent/enforce/gpu/journal.js';
import { intendGpu } from '../../../../agent/enforce/gpu/ledger.js';
import { runAgent } from '../../../../cli/services/agent.js';
import { testApp } from '../../../lib/cli-app.js';
import { FaultyEngine, json } from '../../../lib/faulty-engine.js';
import { FakeTools } from '../../../lib/gpu/fake-tools.js';
import { systemClock } from '../../../lib/system-clock.js';

describe('an agent that cannot start with its settings, after one that was killed', function () {
  this.timeout(60_000);
  let folder: string;
  let tools: FakeTools;
  let engine: FaultyEngine;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dqoes-for-good-'));
    tools = new FakeTools();
    engine = await FaultyEngine.open();
    engine.answer = json([]);
    const journal = await GpuJournal.open(createFileStore(folder));
    const touch = { id: 'GPU-a', knob: 'clock', value: 900, originalPowerWatts: null } as const;
    await journal.update(intendGpu(journal.ledger, touch));
  });
  afterEach(async () => {
    await engine.close();
    tools.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** How it ends, and the GPUs that are still limited then. */
  const start = async (serviceManager?: { readonly watchdogMs?: number }) => {
    const config = join(folder, 'agent.yaml');
    const settings = {
      'docker.socket': engine.socketPath,
      'state-dir': folder,
      'records-dir': join(folder, 'records'),
      'gpu.nvidia-smi': tools.nvidiaSmi,
      'nats.credentials': join(folder, 'none.nk'),
    };
    const lines = Object.entries(settings).map(([key, value]) => `${key}: ${value}\n`);
    await writeFile(config, lines.join(''));
    const { app, problems } = testApp();
    const supervised =
      serviceManager === undefined ? app.config : { ...app.config, serviceManager };
    const flags = { config, logLevel: 'error' as const };
    const code = await runAgent({ ...app, config: supervised, clock: systemClock }, flags);
    const left = (await GpuJournal.open(createFileStore(folder))).ledger.entries;
    return { code, problems, left: left.map(({ id }) => id) };
  };

  it('puts back what that one left, where nobody starts another', async () => {
    const { code, problems, left } = await start({});
    assert.equal(code, 2);
    assert.match(problems.join(), /none\.nk.*\[config\.bad\]/);
    assert.deepEqual(left, []);
  });

  it('leaves it to a person in a shell', async () => {
    const { code, left } = await start();
    assert.equal(code, 2);
    assert.deepEqual(left, ['GPU-a']);
  });
});
