import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { loadAgentConfig } from '../../../../agent/config.js';
import { registerAgent } from '../../../../agent/wiring/engine.js';
import { exitCodeOf } from '../../../../cli/output/faults.js';
import { silentLog } from '../../../../shared/log.js';
import { ManualClock } from '../../../lib/manual-clock.js';

describe('registering an agent', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-register-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const register = (stateDir: string, recordsDir: string) => {
    const config = loadAgentConfig({
      overrides: { 'state-dir': stateDir, 'records-dir': recordsDir },
    });
    assert.ok(config.ok);
    const deps = { engineId: 'engine-1', clock: new ManualClock(), log: silentLog };
    return registerAgent(config.value, deps);
  };

  it('on a full disk fails as what passes, so that the service is started again', async () => {
    const [stateDir, recordsDir] = [join(folder, 'state'), join(folder, 'records')];
    const entry = createHash('sha256').update(stateDir).digest('hex').slice(0, 32);
    for (const place of [recordsDir, join(stateDir, 'engines')]) {
      const agents = join(place, 'engine-1', 'agents');
      mkdirSync(agents, { recursive: true });
      symlinkSync('/dev/full', join(agents, `${entry}.new`));
    }
    const registered = await register(stateDir, recordsDir);
    assert.ok(!registered.ok);
    const [fault] = registered.error;
    assert.equal(fault?.code, 'journal.disk');
    assert.match(fault?.message ?? '', /ENOSPC.*: make room there/);
    assert.equal(exitCodeOf(registered.error), 1);
  });

  it('in a place that is no folder fails as a setting that is wrong', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const registered = await register(join(file, 'state'), join(file, 'records'));
    assert.ok(!registered.ok);
    assert.equal(registered.error[0]?.code, 'config.bad');
    assert.equal(exitCodeOf(registered.error), 2);
  });
});
