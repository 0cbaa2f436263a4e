import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { serveLogs } from '../../agent/inbox/log-service.js';
import { requestLog } from '../../cli/logs/ask.js';
import { serveApi } from '../../coordinator/api/service.js';
import type { TokenWriter } from '../../coordinator/api/token-writer.js';
import type { VerbHandlers } from '../../coordinator/api/verbs.js';
import { paceOf } from '../../coordinator/pacing/pace.js';
import type { Bus } from '../../proto/bus.js';
import { callService } from '../../proto/service-client.js';
import { subjectsOf } from '../../proto/subjects.js';
import type { ContainerId, NodeId } from '../../shared/ids.js';
import { silentLog } from '../../shared/log.js';
import { ok } from '../../shared/result.js';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';
import { bytes, text } from '../lib/utf8.js';
import { CLUSTER, GuardedServer } from './guarded-server.js';

const subjects = subjectsOf(CLUSTER);
const node = 'h1' as NodeId;
const ASKED = bytes(JSON.stringify({ allocation: 'a-1' }));

/** One key that asks again and again, far more at once than there are places. */
class Flood {
  answered = 0;
  refused = 0;
  readonly #loops: readonly Promise<void>[];
  #isOver = false;

  constructor(ask: () => Promise<boolean>, atOnce: number) {
    this.#loops = Array.from({ length: atOnce }, () => this.#askOn(ask));
  }

  get isOn(): boolean {
    return this.answered > 0 && this.refused > 0;
  }
  async end(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#loops);
  }

  async #askOn(ask: () => Promise<boolean>): Promise<void> {
    while (!this.#isOver) {
      if (await ask()) this.answered += 1;
      else this.refused += 1;
    }
  }
}

describe('a flood of one key', function () {
  this.timeout(60_000);
  let guarded: GuardedServer;
  before(async () => {
    guarded = await GuardedServer.start();
  });
  after(() => guarded.stop());

  /** True = lines; false = it is told to ask again later. */
  const readLog = async (bus: Bus): Promise<boolean> => {
    const answer = await requestLog({ bus, subjects, node }, ASKED, 20_000);
    assert.ok(answer.ok, JSON.stringify(answer));
    const { fault } = JSON.parse(text(answer.value.data));
    if (fault !== undefined) assert.equal(fault.code, 'service.busy');
    return fault === undefined;
  };
  const listJobs = async (bus: Bus): Promise<boolean> => {
    const answer = await callService({ bus, subjects, timeoutMs: 20_000 }, 'job-list', {});
    if (!answer.ok) assert.equal(answer.error[0]?.code, 'service.busy');
    return answer.ok;
  };

  /** All that the operator asks is answered while the submitter floods. */
  async function survives(ask: (bus: Bus) => Promise<boolean>, atOnce: number): Promise<void> {
    const sue = await guarded.client('sue-submitter');
    const operator = await guarded.client('operator');
    const flood = new Flood(() => ask(sue.bus), atOnce);
    try {
      await until(() => flood.isOn, 'the flood');
      const before = flood.refused;
      for (let i = 0; i < 10; i += 1) assert.ok(await ask(operator.bus), `request ${i}`);
      assert.ok(flood.refused > before, 'it went on');
    } finally {
      await flood.end();
    }
  }

  it('of requests for logs shuts nobody out', async () => {
    const agent = await guarded.client('agent-h1');
    const serving = await serveLogs({
      ...{ bus: agent.bus, subjects, node, version: 'test', clock: systemClock },
      engine: {
        openLog: () => assert.fail('nobody follows'),
        tailLogs: async () => {
          await systemClock.sleep(20);
          return ok(['a line']);
        },
      },
      containerOf: () => 'c' as ContainerId,
    });
    await survives(readLog, 60);
    serving.unsubscribe();
  });

  it('of calls shuts nobody out', async () => {
    const coordinator = await guarded.client('coordinator');
    const handlers = {
      'job-list': async () => {
        await systemClock.sleep(5);
        return ok({ jobs: [] });
      },
    } as unknown as VerbHandlers;
    const serving = await serveApi({
      ...{ bus: coordinator.bus, subjects, version: '1', handlers, log: silentLog },
      tokens: {} as TokenWriter,
      audit: { done: () => {}, refused: () => {} },
      pace: paceOf(systemClock),
    });
    await survives(listJobs, 400);
    serving.unsubscribe();
  });
});
