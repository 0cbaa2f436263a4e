import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { loadAgentConfig } from '../../../../agent/config.js';
import { openGpuJournal, openJournal, registerAgent } from '../../../../agent/wiring/engine.js';
import { exitCodeOf } from '../../../../cli/output/faults.js';
import { silentLog } from '../../../../shared/log.js';
import { ManualClock } from '../../../lib/manual-clock.js';

/** `RestartPreventExitStatus` of the unit: with it systemd never starts the agent again. */
const ENDS_FOR_GOOD = 2;

describe('an agent whose disk refuses', () => {
  let file = '';
  beforeEach(() => {
    const folder = mkdtempSync(join(tmpdir(), 'dqoes-engine-'));
    file = join(folder, 'file');
    writeFileSync(file, '');
  });
  afterEach(() => rmSync(join(file, '..'), { recursive: true, force: true }));

  it('is started again by its service manager: the disk may have room later', async () => {
    // Nothing can be made below a file, as on a disk that is full or read-only.
    const below = join(file, 'below');
    const overrides = { node: 'h1', 'state-dir': below, 'records-dir': below };
    const config = loadAgentConfig({ overrides });
    assert.ok(config.ok, JSON.stringify(config));
    const about = { engineId: 'e1', clock: new ManualClock(), log: silentLog };
    for (const refused of [
      await registerAgent(config.value, about),
      await openJournal(below, silentLog),
      await openGpuJournal(below, silentLog),
    ]) {
      assert.ok(!refused.ok);
      assert.deepEqual(
        refused.error.map(({ code, field }) => [code, field]),
        [['state.unusable', 'state-dir']],
      );
      assert.notEqual(exitCodeOf(refused.error), ENDS_FOR_GOOD);
    }
  });
});
