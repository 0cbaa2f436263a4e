import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { NatsAuth } from '../../proto/nats/auth.js';
import type { NatsClient } from '../../proto/nats/connect.js';
import { subjectsOf } from '../../proto/subjects.js';
import { encodeReport } from '../../proto/telemetry.js';
import { silentLog } from '../../shared/log.js';
import { nodeId, report } from '../unit/coordinator/build.js';
import { connectForTest } from './nats-client.js';

/** What a flood is made of. */
export interface FloodPlan {
  readonly url: string;
  readonly cluster: string;
  /** Names under which reports are sent, as `fake-0` and so on, each with this many CPUs. */
  readonly names: number;
  readonly cores: number;
  /** Requests for the list of jobs that are under way at any time. */
  readonly requests: number;
  /** Absent = the server asks for none. */
  readonly auth?: NatsAuth;
}

/** What a flood has sent so far. */
export interface FloodCounts {
  readonly reports: number;
  readonly answers: number;
}

/** Floods a cluster from a thread of its own until it is stopped. */
export function startFlood(plan: FloodPlan): {
  readonly counts: () => FloodCounts;
  readonly stop: () => Promise<void>;
} {
  const worker = new Worker(new URL(import.meta.url), { workerData: plan });
  let counts: FloodCounts = { reports: 0, answers: 0 };
  worker.on('message', (sent: FloodCounts) => {
    counts = sent;
  });
  worker.on('error', (cause) => {
    throw cause;
  });
  return { counts: () => counts, stop: async () => void (await worker.terminate()) };
}

async function flood(plan: FloodPlan): Promise<never> {
  const { cluster, names, cores, requests } = plan;
  const { bus } = await connectedAtLast(plan);
  const subjects = subjectsOf(cluster);
  const host = { ...report('h').host, capacityCpuCores: cores, allocatableCpuCores: cores };
  let [sent, answers] = [0, 0];
  const ask = async (): Promise<never> => {
    for (;;) {
      await bus.request(subjects.service('job-list'), new Uint8Array(), { timeoutMs: 5000 });
      answers += 1;
    }
  };
  for (let i = 0; i < requests; i += 1) void ask();
  for (let sequence = 1; ; sequence += 1) {
    for (let i = 0; i < names; i += 1) {
      const node = nodeId(`fake-${i}`);
      const change = { sequence, sentAtMs: performance.now(), bootId: `fake-${i}`, host };
      bus.publish(subjects.telemetry(node), encodeReport(report(node, change)));
      sent += 1;
      if (i % 100 === 0) await bus.flush();
    }
    parentPort?.postMessage({ reports: sent, answers } satisfies FloodCounts);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

// Another fault may hold the server down, or put another one there, when the flood begins.
async function connectedAtLast({ url, auth }: FloodPlan): Promise<NatsClient> {
  for (;;) {
    try {
      return await connectForTest(url, silentLog, auth);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

if (!isMainThread) void flood(workerData as FloodPlan);
