import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { loadAgentConfig } from '../../../../agent/config.js';
import { createFileStore } from '../../../../agent/drivers/file-store.js';
import { Journal } from '../../../../agent/enforce/journal.js';
import { obey } from '../../../../agent/enforce/ledger.js';
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

  const register = (stateDir: string, recordsDir: string, cluster = 'main') => {
    const config = loadAgentConfig({
      overrides: { 'state-dir': stateDir, 'records-dir': recordsDir, cluster },
    });
    assert.ok(config.ok);
    const deps = { engineId: 'engine-1', clock: new ManualClock(), log: silentLog };
    return registerAgent(config.value, deps);
  };

  /** What is written next of this state folder meets a full disk. */
  const fill = (stateDir: string, recordsDir: string): void => {
    const entry = createHash('sha256').update(stateDir).digest('hex').slice(0, 32);
    for (const place of [recordsDir, join(stateDir, 'engines')]) {
      const agents = join(place, 'engine-1', 'agents');
      mkdirSync(agents, { recursive: true });
      symlinkSync('/dev/full', join(agents, `${entry}.new`));
    }
  };

  it('on a full disk fails as what passes, so that the service is started again', async () => {
    const [stateDir, recordsDir] = [join(folder, 'state'), join(folder, 'records')];
    fill(stateDir, recordsDir);
    const registered = await register(stateDir, recordsDir);
    assert.ok(!registered.ok);
    const [fault] = registered.error;
    assert.equal(fault?.code, 'journal.disk');
    assert.match(fault?.message ?? '', /ENOSPC.*: make room there/);
    assert.equal(exitCodeOf(registered.error), 1);
  });

  it('on a full disk goes by what is registered already: there are limits to hold', async () => {
    for (const isHosts of [true, false]) {
      const stateDir = join(folder, `state-${isHosts}`);
      const file = join(folder, 'file');
      writeFileSync(file, '');
      // No folder for all of the host, as for a user who may not write there.
      const recordsDir = isHosts ? join(folder, 'records') : join(file, 'records');
      assert.ok((await register(stateDir, recordsDir)).ok);
      fill(stateDir, isHosts ? recordsDir : join(folder, 'unused'));
      const again = await register(stateDir, recordsDir);
      assert.ok(again.ok, JSON.stringify(again));
      assert.deepEqual(
        again.value.before.map((each) => each.stateDir),
        [stateDir],
      );
      assert.equal(again.value.place.isHosts, isHosts);
      const { entries } = await again.value.place.registry.list();
      assert.deepEqual(
        entries.map((each) => each.stateDir),
        [stateDir],
      );
    }
  });

  it('says of which cluster the version is that the journal holds', async () => {
    const [stateDir, recordsDir] = [join(folder, 'state'), join(folder, 'records')];
    const heldAs = async (cluster: string) => {
      const registered = await register(stateDir, recordsDir, cluster);
      assert.ok(registered.ok);
      const { entries } = await registered.value.place.registry.list();
      return entries[0]?.held;
    };
    const obeyed = async (incarnation: string): Promise<void> => {
      const journal = await Journal.open(createFileStore(stateDir));
      await journal.update(obey(journal.ledger, { incarnation, epoch: 1, revision: 1 }));
    };
    assert.equal(await heldAs('a'), undefined);
    await obeyed('of a');
    const ofA = { cluster: 'a', incarnation: 'of a' };
    for (const cluster of ['a', 'b', 'b', 'a', 'b'])
      assert.deepEqual(await heldAs(cluster), ofA, 'nothing of another was obeyed');
    await obeyed('of b');
    assert.deepEqual(await heldAs('a'), { cluster: 'b', incarnation: 'of b' });
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
