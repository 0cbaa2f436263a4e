import { setTimeout as sleep } from 'node:timers/promises';
import { type Stack, startStack } from '../../../cli/up/stack.js';
import type { ServiceCalls } from '../../../proto/schemas/service.js';
import { silentLog } from '../../../shared/log.js';
import { docker } from '../../lib/docker-command.js';
import { systemClock } from '../../lib/system-clock.js';
import { until } from '../../lib/until.js';
import type { Look } from './delivered.js';

/** Cluster and node of the bench: its containers carry the name, and no others are touched. */
const NAME = 'bench-quote';
const START_MS = 60_000;
const LOOK_MS = 1000;

/** NATS, coordinator and agent on this machine's Docker Engine, with defaults for what decides. */
export interface QuoteCluster {
  /** @throws with the sentence of the coordinator where it refuses */
  call<V extends keyof ServiceCalls>(
    verb: V,
    request: ServiceCalls[V]['request'],
  ): Promise<ServiceCalls[V]['response']>;
  /** How the only container of a job is now; undefined = there is none. */
  look(job: string): Look | undefined;
  /** Looks at the jobs once a second. Rejects when `signal` aborts. */
  watch(
    jobs: readonly string[],
    forMs: number,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, readonly Look[]>>;
  close(): Promise<void>;
}

/** Starts it, after what a killed run left was removed. */
export async function openCluster(stateDir: string): Promise<QuoteCluster> {
  await removeLeft();
  const overrides = {
    ...{ node: NAME, 'label-prefix': 'dqoes-bench.', 'push.enable': 'false', 'stop-grace': '2s' },
  };
  const programs = { natsServer: 'nats-server', docker: undefined, setpriv: undefined };
  const started = await startStack({
    ...{ stateDir, cluster: NAME, agents: [{ overrides }], programs },
    ...{ log: silentLog, clock: systemClock },
  });
  if (!started.ok) throw new Error(started.error.map(({ message }) => message).join('; '));
  const stack = started.value;
  try {
    await until(() => stack.status().nodes.length > 0, 'the agent to report', 30_000);
  } catch (cause) {
    await stack.stop({ keepJobs: false });
    throw cause;
  }
  return clusterOf(stack);
}

async function removeLeft(): Promise<void> {
  const left = await docker('ps', '-aq', '--filter', `label=dqoes.cluster=${NAME}`);
  const ids = left.split('\n').filter((id) => id !== '');
  if (ids.length > 0) await docker('rm', '-f', ...ids);
}

function clusterOf(stack: Stack): QuoteCluster {
  const look = (job: string): Look | undefined => {
    const { allocations, nodes } = stack.status();
    const status = allocations.find((each) => each.job === job);
    if (status === undefined) return undefined;
    const reportedAtMs = systemClock.now() - (status.ageMs ?? 0);
    return { status, reportedAtMs, othersCores: nodes[0]?.othersCpuCores ?? null };
  };
  return {
    call: async (verb, request) => {
      const answer = await stack.call(verb, request);
      if (!answer.ok) throw new Error(answer.error.map(({ message }) => message).join('; '));
      return answer.value;
    },
    look,
    watch: async (jobs, forMs, signal) => {
      const looks = new Map<string, Look[]>(jobs.map((job) => [job, []]));
      for (let passedMs = 0; passedMs <= forMs; passedMs += LOOK_MS) {
        if (passedMs > 0) await sleep(LOOK_MS, undefined, { signal });
        for (const job of jobs) {
          const seen = look(job);
          if (seen !== undefined) looks.get(job)?.push(seen);
        }
      }
      return looks;
    },
    close: async () => {
      await stack.stop({ keepJobs: false });
      await removeLeft();
    },
  };
}

/** Waits until each job has answered requests. */
export const untilAnswering = (cluster: QuoteCluster, jobs: readonly string[]): Promise<void> =>
  until(
    () =>
      jobs.every(
        (job) => (cluster.look(job)?.status.container?.latency?.totalCount ?? 0) >= MIN_REQUESTS,
      ),
    `${jobs.join(', ')} to answer`,
    START_MS,
  );
/** A window of response times holds at least as many. */
const MIN_REQUESTS = 5;

/** Waits until no container of the jobs is left. */
export const untilGone = (cluster: QuoteCluster, jobs: readonly string[]): Promise<void> =>
  until(
    () => jobs.every((job) => cluster.look(job) === undefined),
    `${jobs.join(', ')} to be gone`,
    START_MS,
  );
