import assert from 'node:assert/strict';
import { loadAgentConfig } from '../../../agent/config.js';
import { Journal } from '../../../agent/enforce/journal.js';
import { NodeAgent } from '../../../agent/node-agent.js';
import type { HttpClient } from '../../../agent/ports/http.js';
import type { CoordinatorHandle, CoordinatorSettings } from '../../../coordinator/contract.js';
import { startCoordinator } from '../../../coordinator/start.js';
import { createMemoryHub } from '../../../proto/memory/bus.js';
import { MemoryStores } from '../../../proto/memory/store.js';
import type { JobStatus } from '../../../proto/schemas/status.js';
import { callService } from '../../../proto/service-client.js';
import type { HistoryLog, StoreFailure } from '../../../proto/store.js';
import { subjectsOf } from '../../../proto/subjects.js';
import { silentLog } from '../../../shared/log.js';
import { ok, type Result } from '../../../shared/result.js';
import { ManualClock } from '../../lib/manual-clock.js';
import { MemoryFiles } from '../../unit/agent/enforce/world.js';
import { job, SETTINGS as TEST_SETTINGS, target } from '../../unit/coordinator/build.js';
import { BusyEngine } from './busy-engine.js';

const CLUSTER = 'rest';
const NODE = 'h1';
const HOST_CORES = 16;
const MEMORY_BYTES = 2 ** 36;
/** Of each kind: by labels with a log, by labels with a metrics endpoint, jobs. */
const OF_EACH = 4;
const LOG_PATTERN = '"ms":(?<value>[0-9.]+)';
const FIRST_PORT = 9000;
const LOG = { source: 'log', pattern: LOG_PATTERN, unit: 'ms' } as const;
const SETTINGS: CoordinatorSettings = { ...TEST_SETTINGS, cluster: CLUSTER };

/** Buckets as usual; minutes are taken and not kept, since a server keeps them on its disk. */
class ForgetfulStores extends MemoryStores {
  override async openHistory(): Promise<Result<HistoryLog, StoreFailure>> {
    return ok({ append: async () => ok('stored') });
  }
}

/**
 * A coordinator and an agent, all of them but their drivers, with containers that work all the time
 * and jobs that never change, on a clock that only `second` moves.
 */
export class RestingCluster {
  readonly #clock = new ManualClock();
  readonly #hub = createMemoryHub({ clock: this.#clock, log: silentLog });
  readonly #bus = this.#hub.connect();
  readonly #subjects = subjectsOf(CLUSTER);
  readonly #stores = new ForgetfulStores({
    clock: this.#clock,
    publish: (subject, data) => this.#bus.publish(subject, data),
  });
  readonly #engine = new BusyEngine({ hostCores: HOST_CORES });
  #coordinator: CoordinatorHandle | undefined;
  #agent: NodeAgent | undefined;

  static async start(): Promise<RestingCluster> {
    const cluster = new RestingCluster();
    await cluster.#start();
    return cluster;
  }

  async #start(): Promise<void> {
    await this.#stores.install(CLUSTER, { replicas: 1 });
    this.#adopt();
    const coordinator = await startCoordinator(SETTINGS, this.#ports());
    assert.ok(coordinator.ok, JSON.stringify(coordinator));
    this.#coordinator = coordinator.value;
    this.#agent = await this.#newAgent();
    const started = this.#agent.start();
    await this.#clock.advance(1000);
    await started;
    const jobs = Array.from({ length: OF_EACH }, (_, n) =>
      job(`job${n}`, { target: target(200), latency: LOG }),
    );
    const asked = { bus: this.#bus, subjects: this.#subjects, timeoutMs: 60_000 };
    const answer = callService(asked, 'job-submit', { jobs });
    await this.#clock.advance(1000);
    const submitted = await answer;
    assert.ok(submitted.ok, JSON.stringify(submitted));
  }

  #adopt(): void {
    const labels = { 'dqoes.enable': 'true', 'dqoes.target': '200ms' };
    for (let n = 0; n < OF_EACH; n += 1) {
      this.#engine.create({
        name: `log${n}`,
        labels: {
          ...labels,
          'dqoes.latency.source': 'log',
          'dqoes.latency.pattern': LOG_PATTERN,
          'dqoes.latency.unit': 'ms',
        },
      });
      this.#engine.create({
        name: `metric${n}`,
        labels: {
          ...labels,
          'dqoes.latency.source': 'prometheus',
          'dqoes.latency.metric': 'work_seconds',
          'dqoes.latency.port': `${FIRST_PORT + n}`,
        },
      });
    }
  }

  async #newAgent(): Promise<NodeAgent> {
    const settings = { node: NODE, cluster: CLUSTER, interval: '1s', 'push.enable': 'false' };
    const config = loadAgentConfig({ overrides: settings });
    assert.ok(config.ok, JSON.stringify(config));
    const hostInfo = { cpuCores: HOST_CORES, memoryBytes: MEMORY_BYTES };
    return new NodeAgent(config.value, {
      ...this.#ports(),
      engine: this.#engine,
      cgroups: this.#engine,
      host: {
        info: async () => hostInfo,
        usage: async () => ({
          cpuUtilisationRatio: 0.5,
          memoryUsedBytes: 1e9,
          cpuPressureRatio: 0,
        }),
      },
      compile: (source) => ok(new RegExp(source)),
      openHttp: () => this.#http(),
      journal: await Journal.open(new MemoryFiles()),
      hostInfo,
      parents: { quotaCores: () => null },
      bootId: 'boot',
      version: '0.0.1',
    });
  }

  #ports() {
    const bus = this.#hub.connect();
    return { bus, stores: this.#stores, clock: this.#clock, log: silentLog };
  }

  /** What a container's own server answers about its requests. */
  #http(): HttpClient {
    return {
      ask: async ({ port }, onText) => {
        const text = this.#engine.pageOf(`metric${port - FIRST_PORT}`);
        onText(text);
        return ok({ status: 200, elapsedMs: 1, bytes: text.length });
      },
      close: () => undefined,
    };
  }

  /** One second passes, in which every container works and answers. */
  async second(): Promise<void> {
    this.#engine.work();
    await this.#clock.advance(1000);
  }

  /** Jobs as the coordinator shows them: those that were submitted, and those of labels. */
  jobs(): readonly JobStatus[] {
    return this.#coordinator?.status().jobs ?? [];
  }

  async stop(): Promise<void> {
    const stopped = Promise.all([
      this.#agent?.stop({ restore: false, stopJobs: false }),
      this.#coordinator?.stop(),
    ]).then(() => true);
    while (!(await Promise.race([stopped, this.#clock.advance(1000).then(() => false)])));
  }
}
