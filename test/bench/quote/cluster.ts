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

/** A cluster of one host whose jobs are quoted and then measured. */
export interface QuoteCluster {
  /** @throws with the sentence of the coordinator where it refuses */
  call<V extends keyof ServiceCalls>(
    verb: V,
    request: ServiceCalls[V]['request'],
  ): Promise<ServiceCalls[V]['response']>;
  /** How the only container of a job is now; undefined = there is none. */
  look(job: string): Look | undefined;
  /** Lets this time pass, ms. Rejects when `signal` aborts. */
  pass(ms: number, signal?: AbortSignal): Promise<void>;
  /** Removes what is left of containers of jobs that were stopped. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/**
 * NATS, coordinator and agent on this machine's Docker Engine, with defaults for what decides.
 * Starts after what a killed run left was removed.
 */
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
  return {
    call: async (verb, request) => {
      const answer = await stack.call(verb, request);
      if (!answer.ok) throw new Error(answer.error.map(({ message }) => message).join('; '));
      return answer.value;
    },
    look: (job) => {
      const { allocations, nodes } = stack.status();
      const status = allocations.find((each) => each.job === job);
      if (status === undefined) return undefined;
      const reportedAtMs = systemClock.now() - (status.ageMs ?? 0);
      return { status, reportedAtMs, othersCores: nodes[0]?.othersCpuCores ?? null };
    },
    pass: (ms, signal) => sleep(ms, undefined, signal === undefined ? {} : { signal }),
    clear: removeLeft,
    close: async () => {
      await stack.stop({ keepJobs: false });
      await removeLeft();
    },
  };
}
