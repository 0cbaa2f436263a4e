import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { loadAgentConfig } from '../../../../agent/config.js';
import { Journal } from '../../../../agent/enforce/journal.js';
import { obey } from '../../../../agent/enforce/ledger.js';
import { EMPTY_LEDGER } from '../../../../agent/enforce/ledger-entry.js';
import type { StateEntry } from '../../../../agent/enforce/state-registry.js';
import type { EngineContainer } from '../../../../agent/ports/engine.js';
import { lockNamesOf, lockShare, shareOf } from '../../../../agent/wiring/engine.js';
import { claimFormerNames, incarnationBefore } from '../../../../agent/wiring/former-names.js';
import { silentLog } from '../../../../shared/log.js';
import { err, ok } from '../../../../shared/result.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { MemoryFiles } from '../enforce/world.js';
import { container } from '../observe/build.js';

describe('the names that a node had before', () => {
  let folder = '';
  let engineId = '';
  let said: string[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-names-'));
    // Locks are of the whole host: other tests must not meet these.
    engineId = basename(folder);
    said = [];
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const clock = new ManualClock();
  const settingsOf = (node: string, cluster = 'c') => {
    const config = loadAgentConfig({ overrides: { node, cluster, 'state-dir': folder } });
    assert.ok(config.ok);
    return config.value;
  };
  const jobOf = (node: string, cluster = 'c'): EngineContainer =>
    container({
      labels: { 'dqoes.allocation': 'web-1', 'dqoes.node': node, 'dqoes.cluster': cluster },
    });
  const entryOf = (
    node: string,
    sinceMs: number,
    stateDir = folder,
    cluster = 'c',
  ): StateEntry => ({
    ...{ node, cluster, stateDir, sinceMs },
    labelPrefix: 'dqoes.',
  });
  const claim = (
    config: ReturnType<typeof settingsOf>,
    containers: readonly EngineContainer[] | null,
    before: readonly StateEntry[] = [],
  ) => {
    const silent = err({ kind: 'timeout', message: 'no answer' } as const);
    const list = async () => (containers === null ? silent : ok(containers));
    const warn = (text: string, fields = {}): void => {
      said.push(`${text} ${JSON.stringify(fields)}`);
    };
    const log = { ...silentLog, warn };
    return claimFormerNames(config, { engine: { engineId, list }, before, clock, log });
  };
  /** The names that are claimed at a start; their locks are released again. */
  const startAs = async (
    node: string,
    containers: readonly EngineContainer[] | null,
    before: readonly StateEntry[] = [],
  ) => {
    const claimed = await claim(settingsOf(node), containers, before);
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
    const claimed = await claim(settingsOf('b'), [jobOf('a')]);
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

  it('are left for good to an agent that registered under one since, and was killed', async () => {
    await startAs('a', []);
    const others = [entryOf('a', 1, '/other'), entryOf('b', 2, '/third')];
    // Of an agent that ended well there is no entry.
    for (const own of [[], [entryOf('a', 0)]]) {
      assert.deepEqual(await startAs('a', [jobOf('a')]), []);
      assert.deepEqual(await startAs('c', [jobOf('a')], [...own, ...others]), []);
      assert.match(said.at(-1) ?? '', /are those of another agent .*"formerName":"a"/);
      assert.deepEqual(await startAs('c', [jobOf('a')], [...others, entryOf('c', 3)]), []);
    }
    assert.deepEqual(await startAs('a', [jobOf('a')]), []);
    assert.deepEqual(await startAs('c', [jobOf('a')], [...others, entryOf('a', 3)]), ['a']);
  });

  it('are known by the registry where a build noted none, as the first of 0.1.0', async () => {
    const other = entryOf('x', 1, '/other');
    assert.deepEqual(await startAs('b', [jobOf('a'), jobOf('x')], [other, entryOf('a', 2)]), ['a']);
    assert.deepEqual(await startAs('b', [jobOf('a'), jobOf('x')], [entryOf('b', 3)]), ['a']);
    assert.doesNotMatch(said.join(), /"x"/, 'another folder has it');
  });

  it('are said where nothing knows them, once, and are touched by nobody', async () => {
    const there = [jobOf('a'), jobOf('x'), jobOf('y', 'other')];
    assert.deepEqual(await startAs('b', there, [entryOf('x', 1, '/other')]), []);
    assert.equal(said.length, 1, said.join());
    assert.match(said[0] ?? '', /docker rm --force.*"node":"a","containers":\["dqoes-web-1"\]/);
    assert.deepEqual(await startAs('b', there), []);
    assert.equal(said.length, 1, said.join());
  });

  it('are not said of an agent that runs', async () => {
    const other = await lockJobsOf('a');
    assert.ok(other.ok);
    assert.deepEqual(await startAs('b', [jobOf('a')]), []);
    assert.deepEqual(said, []);
    await other.value.release();
  });

  it('are said to be torn, and then known by the registry', async () => {
    await startAs('a', []);
    writeFileSync(join(folder, 'names'), 'dqoes-names 1 sha256:0\n[{"node":"a"}]');
    assert.deepEqual(await startAs('b', [jobOf('a')], [entryOf('a', 1)]), ['a']);
    assert.match(said[0] ?? '', /torn and set aside .*names\.torn-/);
  });

  it('are not written over where they cannot be read', async () => {
    mkdirSync(join(folder, 'names'));
    assert.deepEqual(await startAs('b', [jobOf('a')], [entryOf('a', 1)]), ['a']);
    assert.match(said[0] ?? '', /cannot be noted.*EISDIR/);
    rmSync(join(folder, 'names'), { recursive: true });
    symlinkSync('/dev/full', join(folder, 'names.new'));
    assert.deepEqual(await startAs('b', [jobOf('a')], [entryOf('a', 1)]), ['a']);
    assert.match(said.at(-2) ?? '', /cannot be noted.*ENOSPC/);
  });

  it('name the job containers of a cluster that the folder was of, which are left', async () => {
    const own = settingsOf('a');
    assert.deepEqual((await claim(own, [jobOf('a')])).unowned, []);
    const moved = settingsOf('a', 'd');
    const left = [{ cluster: 'c', node: 'a', containers: ['dqoes-web-1'] }];
    for (const before of [[entryOf('a', 1)], [entryOf('a', 2, folder, 'd')]]) {
      const claimed = await claim(moved, [jobOf('a'), jobOf('b')], before);
      assert.deepEqual([claimed.names, claimed.unowned], [[], left]);
    }
    const running = await lockJobsOf('a');
    assert.ok(running.ok);
    assert.deepEqual((await claim(moved, [jobOf('a')])).unowned, [], 'its agent runs');
    await running.value.release();
    assert.deepEqual((await claim(moved, [])).unowned, []);
    assert.deepEqual((await claim(own, [jobOf('a')])).unowned, [], 'back again');
  });

  it('tell whose desired state the journal holds', async () => {
    const journal = await Journal.open(new MemoryFiles());
    const before = [entryOf('a', 1), entryOf('a', 2, '/other', 'd')];
    const ofCluster = (cluster: string, entries = before) =>
      incarnationBefore(settingsOf('a', cluster), { before: entries, journal });
    assert.deepEqual(ofCluster('d'), {});
    await journal.update(obey(EMPTY_LEDGER, { incarnation: 'store', epoch: 1, revision: 1 }));
    assert.deepEqual(ofCluster('d'), { formerIncarnation: 'store' });
    assert.deepEqual(ofCluster('c'), {});
    assert.deepEqual(ofCluster('d', before.slice(1)), {});
    const held = { cluster: 'c', incarnation: 'store' };
    const begun = [{ ...entryOf('a', 3, folder, 'd'), held }];
    assert.deepEqual(ofCluster('d', begun), { formerIncarnation: 'store' }, 'killed at once');
    assert.deepEqual(ofCluster('c', begun), {}, 'back again');
    await journal.update(obey(EMPTY_LEDGER, { incarnation: 'of d', epoch: 1, revision: 1 }));
    assert.deepEqual(ofCluster('d', begun), {}, 'it was obeyed');
  });
});
