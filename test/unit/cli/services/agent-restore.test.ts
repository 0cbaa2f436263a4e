import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { createFileStore } from '../../../../agent/drivers/file-store.js';
import { GpuJournal } from '../../../../agent/enforce/gpu/journal.js';
import { intendGpu } from '../../../../agent/enforce/gpu/ledger.js';
import { type RestoreFlags, restoreAgent } from '../../../../cli/services/agent.js';
import { testApp } from '../../../lib/cli-app.js';
import { FaultyEngine, json } from '../../../lib/faulty-engine.js';
import { FakeTools } from '../../../lib/gpu/fake-tools.js';
import { systemClock } from '../../../lib/system-clock.js';

const GONE = 'GPU-gone';

describe('dqoes agent restore', function () {
  this.timeout(60_000);
  let folder: string;
  let tools: FakeTools;
  let engine: FaultyEngine;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dqoes-restore-'));
    tools = new FakeTools();
    engine = await FaultyEngine.open();
    engine.answer = json([]);
    const journal = await GpuJournal.open(createFileStore(folder));
    const touch = { id: GONE, knob: 'clock', value: 900, originalPowerWatts: null } as const;
    await journal.update(intendGpu(journal.ledger, touch));
  });
  afterEach(async () => {
    await engine.close();
    tools.close();
    await rm(folder, { recursive: true, force: true });
  });

  const restore = async (
    settings: Readonly<Record<string, string>>,
    flags: Partial<RestoreFlags> = {},
  ) => {
    const config = join(folder, 'agent.yaml');
    const all = {
      'docker.socket': engine.socketPath,
      'state-dir': folder,
      'records-dir': join(folder, 'records'),
      'gpu.nvidia-smi': tools.nvidiaSmi,
      ...settings,
    };
    const lines = Object.entries(all).map(([key, value]) => `${key}: ${value}\n`);
    await writeFile(config, lines.join(''));
    const { app, ...printed } = testApp();
    const given = { logLevel: 'error', ...flags, config } as RestoreFlags;
    const code = await restoreAgent({ ...app, clock: systemClock }, given);
    return { code, ...printed };
  };

  it('names a GPU that has left the host, and is done with it', async () => {
    const { code, out, problems } = await restore({});
    assert.deepEqual([code, problems], [0, []]);
    assert.deepEqual(out, [`${GONE} gone: nothing can be put back on it`]);
    assert.match(await readFile(join(folder, 'acts'), 'utf8'), /forgot GPU-gone/);
    const again = await restore({});
    assert.deepEqual([again.code, again.messages], [0, ['Nothing to restore.']]);
  });

  it('asks a person where nothing lists GPUs, and obeys', async () => {
    const none = { 'gpu.nvidia-smi': join(folder, 'none') };
    const { code, problems } = await restore(none);
    assert.equal(code, 1);
    assert.match(problems.join(), /restore again, with --forget-gpu GPU-gone if it has left this/);
    const { out, messages, ...forgot } = await restore(none, { forgetGpu: [GONE, 'GPU-typo'] });
    assert.deepEqual([forgot.code, out.length], [0, 1]);
    assert.deepEqual(messages, ['No journal knows GPU-typo: nothing of it is forgotten.']);
  });

  it('does not say that there was nothing where Docker does not answer', async () => {
    const socket = { 'docker.socket': join(folder, 'none.sock') };
    await restore(socket);
    const { code, messages, problems } = await restore(socket);
    assert.deepEqual([code, messages], [1, []]);
    assert.match(problems.join(), /none\.sock.*\[docker\.unavailable\]$/);
  });
});
