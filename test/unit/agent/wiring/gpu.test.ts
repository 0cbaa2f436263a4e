import assert from 'node:assert/strict';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { loadAgentConfig } from '../../../../agent/config.js';
import { GpuJournal } from '../../../../agent/enforce/gpu/journal.js';
import { intendGpu } from '../../../../agent/enforce/gpu/ledger.js';
import { nodeGpusOf } from '../../../../agent/wiring/gpu.js';
import { silentLog } from '../../../../shared/log.js';
import { FakeTools } from '../../../lib/gpu/fake-tools.js';
import { systemClock } from '../../../lib/system-clock.js';
import { until } from '../../../lib/until.js';
import { FilesInMemory } from '../enforce/gpu/world.js';

describe('agent: GPUs that are switched off', function () {
  this.timeout(30_000);
  let tools: FakeTools;
  beforeEach(() => {
    tools = new FakeTools();
  });
  afterEach(() => tools.close());

  const start = (journal: GpuJournal): object => {
    const config = loadAgentConfig({
      overrides: {
        'gpu.enable': 'false',
        'gpu.nvidia-smi': tools.nvidiaSmi,
        'gpu.amd-smi': join(tools.folder, 'none'),
        'gpu.helper': join(tools.folder, 'helper'),
        'gpu.sudo': join(tools.folder, 'sudo'),
      },
    });
    assert.ok(config.ok, JSON.stringify(config));
    return nodeGpusOf(config.value, { clock: systemClock, log: silentLog }, journal);
  };

  it('are asked nothing', async () => {
    assert.deepEqual(start(await GpuJournal.open(new FilesInMemory())), {});
    assert.deepEqual(tools.calls, []);
  });

  it('get back what an agent before set on them', async () => {
    // As root, by a helper that hands its verb on.
    const say = `exec '${tools.nvidiaSmi}' -i "$2" -rgc`;
    tools.program('helper', say);
    tools.program('sudo', '[ "$1" = -n ] && shift && exec "$@"');
    const { uuid: id } = tools.gpu();
    tools.change(({ gpus: [gpu] }) => Object.assign(gpu ?? {}, { lockedMhz: 900 }));
    const journal = await GpuJournal.open(new FilesInMemory());
    const touch = { id, knob: 'clock', value: 900, originalPowerWatts: null } as const;
    await journal.update(intendGpu(journal.ledger, touch));
    assert.deepEqual(start(journal), {});
    await until(() => journal.ledger.entries.length === 0, 'the clock to be given back');
    assert.equal(tools.gpu().lockedMhz, null);
  });
});
