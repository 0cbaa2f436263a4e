import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { loadAgentConfig } from '../../../../agent/config.js';
import type { EngineContainer } from '../../../../agent/ports/engine.js';
import { lockNamesOf, lockShare, shareOf } from '../../../../agent/wiring/engine.js';
import { claimFormerNames } from '../../../../agent/wiring/former-names.js';
import { silentLog } from '../../../../shared/log.js';
import { err, ok } from '../../../../shared/result.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { container } from '../observe/build.js';

describe('the names that a node had before', () => {
  let folder = '';
  let engineId = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-names-'));
    // Locks are of the whole host: other tests must not meet these.
    engineId = basename(folder);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const clock = new ManualClock();
  const settingsOf = (node: string) => {
    const config = loadAgentConfig({ overrides: { node, cluster: 'c', 'state-dir': folder } });
    assert.ok(config.ok);
    return config.value;
  };
  const jobOf = (node: string, cluster = 'c'): EngineContainer =>
    container({
      labels: { 'dqoes.allocation': 'web-1', 'dqoes.node': node, 'dqoes.cluster': cluster },
    });
  /** The names that are claimed at a start; their locks are released again. */
  const startAs = async (node: string, containers: readonly EngineContainer[] | null) => {
    const silent = err({ kind: 'timeout', message: 'no answer' } as const);
    const list = async () => (containers === null ? silent : ok(containers));
    const engine = { engineId, list };
    const claimed = await claimFormerNames(settingsOf(node), { engine, clock, log: silentLog });
    await claimed.lock.release();
    return claimed.names;
  };
  const lockJobsOf = (node: string) => {
    const share = shareOf(settingsOf(node));
    const { jobs = '' } = lockNamesOf(engineId, share.labelPrefix, share);
    return lockShare({ names: [jobs], share, stateDir: folder, clock, waitMs: 0 });
  };

  it('are known as long as something of them is there', async () => {
    assert.deepEqual(await startAs('a', [jobOf('a')]), []);
    assert.deepEqual(await startAs('b', [jobOf('a')]), ['a']);
    assert.deepEqual(await startAs('b', [jobOf('a'), jobOf('b')]), ['a']);
    assert.deepEqual(await startAs('c', null), ['a', 'b'], 'the engine does not say');
    assert.deepEqual(await startAs('c', [jobOf('b'), jobOf('a', 'other')]), ['b']);
    assert.deepEqual(await startAs('c', [jobOf('a'), jobOf('b')]), ['b'], 'a was over');
    assert.deepEqual(await startAs('b', [jobOf('c'), jobOf('b')]), ['c'], 'it has this name again');
  });

  it('are held, so that no agent of such a name runs beside this one', async () => {
    await startAs('a', []);
    const engine = { engineId, list: async () => ok([jobOf('a')]) };
    const claimed = await claimFormerNames(settingsOf('b'), { engine, clock, log: silentLog });
    assert.deepEqual(claimed.names, ['a']);
    const refused = await lockJobsOf('a');
    assert.match(refused.ok ? '' : (refused.error[0]?.message ?? ''), /^Another agent/);
    await claimed.lock.release();
    const free = await lockJobsOf('a');
    assert.ok(free.ok);
    await free.value.release();
  });

  it('are left to another agent that has such a name by now', async () => {
    await startAs('a', []);
    const other = await lockJobsOf('a');
    assert.ok(other.ok);
    assert.deepEqual(await startAs('b', [jobOf('a')]), []);
    await other.value.release();
    assert.deepEqual(await startAs('b', [jobOf('a')]), ['a']);
  });
});
