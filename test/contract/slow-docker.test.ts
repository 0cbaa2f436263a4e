import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { type AgentConfig, loadAgentConfig } from '../../agent/config.js';
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

/** An Engine that is slow, and a folder for what is written; both end with the work. */
async function besideSlowEngine(
  work: (folder: string, config: AgentConfig) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'dqoes-slow-docker-'));
  const engine = await FaultyEngine.open();
  try {
    engine.delayMs = SLOW_MS;
    const state = { Running: false, ExitCode: 0, StartedAt: '2026-11-29T12:00:00Z' };
    const container = { Id: ID, Name: '/web', State: state, Config: {}, HostConfig: HOST_CONFIG };
    engine.answer = (request, response) => {
      const [isList, isUpdate] = ['/containers/json', '/update'].map((part) =>
        request.url?.includes(part),
      );
      json(isList ? [] : isUpdate ? {} : container)(request, response);
    };
    const config = loadAgentConfig({
      overrides: {
        'docker.socket': engine.socketPath,
        'state-dir': join(folder, 'state'),
        'records-dir': join(folder, 'records'),
        'gpu.enable': 'false',
      },
    });
    assert.ok(config.ok);
    await work(folder, config.value);
  } finally {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function hasAgent(_folder: string, config: AgentConfig): Promise<void> {
  const connected = await engineOf(config, systemClock);
  assert.ok(connected.ok, JSON.stringify(connected));
  connected.value.close();
}

async function hasLimitsPutBack(folder: string, config: AgentConfig): Promise<void> {
  const journal = await Journal.open(createFileStore(join(folder, 'state')));
  const original = { nanoCpus: 0, quotaUs: 0, periodUs: 0, shares: 0 };
  const entry = { containerId: ID, allocation: adoptedAllocationId(ID), original, applied: null };
  await journal.update({ ...EMPTY_LEDGER, entries: [{ ...entry, origin: 'label' }] });
  const options = { clock: systemClock, log: silentLog };
  const restored = await restoreHost(config, options);
  assert.ok(restored.ok, JSON.stringify(restored));
  const { containers, faults } = restored.value;
  assert.deepEqual([containers.map(({ outcome }) => outcome), faults], [['restored'], []]);
}

describe('a Docker Engine that takes its time for each answer', function () {
  this.timeout(60_000);
  /** Each waits for an Engine of its own: side by side. */
  const waiting: Promise<unknown>[] = [];
  before(() => {
    for (const work of [hasAgent, hasLimitsPutBack])
      waiting.push(besideSlowEngine(work).catch((cause: unknown) => cause));
  });
  after(() => Promise.all(waiting));
  const passes = async (at: number): Promise<void> => assert.ifError(await waiting[at]);

  it('has an agent all the same', () => passes(0));

  it('has limits put back, and told so', () => passes(1));
});
