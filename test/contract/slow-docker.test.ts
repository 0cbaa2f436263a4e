import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { loadAgentConfig } from '../../agent/config.js';
import { createFileStore } from '../../agent/drivers/file-store.js';
import { Journal } from '../../agent/enforce/journal.js';
import { EMPTY_LEDGER } from '../../agent/enforce/ledger-entry.js';
import { restoreHost } from '../../agent/restore.js';
import { engineOf } from '../../agent/wiring/engine.js';
import { adoptedAllocationId, type ContainerId } from '../../shared/ids.js';
import { silentLog } from '../../shared/log.js';
import { FaultyEngine, json } from '../lib/faulty-engine.js';
import { systemClock } from '../lib/system-clock.js';

const ID = 'c'.repeat(64) as ContainerId;
/** Longer than a running agent waits for a list. */
const SLOW_MS = 2200;
const HOST_CONFIG = { NanoCpus: 0, CpuQuota: -1, CpuPeriod: 0, CpuShares: 0 };

describe('a Docker Engine that takes its time for each answer', function () {
  this.timeout(60_000);
  let folder: string;
  let engine: FaultyEngine;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dqoes-slow-docker-'));
    engine = await FaultyEngine.open();
    engine.delayMs = SLOW_MS;
    const state = { Running: false, ExitCode: 0, StartedAt: '2026-11-29T12:00:00Z' };
    const container = { Id: ID, Name: '/web', State: state, Config: {}, HostConfig: HOST_CONFIG };
    engine.answer = (request, response) => {
      const [isList, isUpdate] = ['/containers/json', '/update'].map((part) =>
        request.url?.includes(part),
      );
      json(isList ? [] : isUpdate ? {} : container)(request, response);
    };
  });
  afterEach(async () => {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  });

  const configOf = () => {
    const config = loadAgentConfig({
      overrides: {
        'docker.socket': engine.socketPath,
        'state-dir': join(folder, 'state'),
        'records-dir': join(folder, 'records'),
        'gpu.enable': 'false',
      },
    });
    assert.ok(config.ok);
    return config.value;
  };

  it('has an agent all the same', async () => {
    const connected = await engineOf(configOf(), systemClock);
    assert.ok(connected.ok, JSON.stringify(connected));
    connected.value.close();
  });

  it('has limits put back, and told so', async () => {
    const journal = await Journal.open(createFileStore(join(folder, 'state')));
    const original = { nanoCpus: 0, quotaUs: 0, periodUs: 0, shares: 0 };
    const entry = { containerId: ID, allocation: adoptedAllocationId(ID), original, applied: null };
    await journal.update({ ...EMPTY_LEDGER, entries: [{ ...entry, origin: 'label' }] });
    const options = { clock: systemClock, log: silentLog };
    const restored = await restoreHost(configOf(), options);
    assert.ok(restored.ok, JSON.stringify(restored));
    const { containers, faults } = restored.value;
    assert.deepEqual([containers.map(({ outcome }) => outcome), faults], [['restored'], []]);
  });
});
