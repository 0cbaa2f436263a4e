import type { SeenDecision } from '../../lab/bench/record.js';
import type { LAB_POLICIES } from '../../lab/policies/index.js';
import type { AllocationStatus } from '../../proto/service.js';
import type { JobName } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import { err, ok, type Result } from '../../shared/result.js';
import type { App } from '../commands/app.js';
import { readEvent } from '../events/event.js';
import { lineLog } from '../log.js';
import { type Stack, startStack } from '../up/stack.js';

/** A policy of the lab. */
export type LabPolicy = (typeof LAB_POLICIES)[string];

/** A running system of one host as the bench sees it; times on the app's monotonic clock. */
export interface BenchSystem {
  readonly allocatableCores: number;
  /** Time between two reports, ms. */
  readonly reportMs: number;
  submit(specs: readonly JobSpec[]): Promise<Result<void>>;
  stop(job: string): Promise<Result<void>>;
  /** What was last reported. */
  look(): SystemLook;
  /** Limits set from now on, until the system is closed. */
  onLimit(listener: (limit: Omit<SeenDecision, 'atMs'>) => void): void;
  /** Resolves with a sentence when a part dies by itself. */
  readonly died: Promise<string>;
  /** Removes every container and ends every process it started. */
  close(): Promise<void>;
}
export interface SystemLook {
  /** Age of the newest report, ms; Infinity = none yet. */
  readonly ageMs: number;
  /** CPU used by everything on this host in the last report's interval, cores; null = not known. */
  readonly hostUsedCores: number | null;
  readonly allocations: readonly AllocationStatus[];
}

export interface SystemOptions {
  readonly stateDir: string;
  readonly policy: LabPolicy;
  /** I₀ of the policy, ms. */
  readonly intervalMs: number;
  readonly windowMs: number;
  readonly reportMs: number;
  /** Seed of whatever the policy leaves to chance. */
  readonly seed: number;
}

/** Name of cluster and node: no job of anybody else is touched, and what a killed bench left is found again. */
const NAME = 'bench';
const NODE_DEADLINE_MS = 20_000;
/** I_max as in clusters, so that the listener of the paper's rule rests as it does there. */
const LEAST_MAX_INTERVAL_MS = 60_000;
/** The coordinator takes nine digits. */
const MOST_SEED = 1e9;

/** Starts NATS, coordinator (with the policy given) and agent, and waits for the first report. */
export async function openSystem(app: App, options: SystemOptions): Promise<Result<BenchSystem>> {
  const started = await startStack(stackOptions(app, options));
  if (!started.ok) return started;
  const cores = await allocatableCores(app, started.value);
  if (cores.ok) return ok(systemOf(started.value, options.reportMs, cores.value));
  await started.value.stop({ keepJobs: false });
  return cores;
}

function stackOptions({ config, clock, output }: App, options: SystemOptions) {
  const ms = (value: number): string => `${Math.round(value)}ms`;
  const { intervalMs, windowMs, reportMs, stateDir, policy, seed } = options;
  const most = ms(Math.max(LEAST_MAX_INTERVAL_MS, intervalMs));
  return {
    stateDir,
    cluster: NAME,
    decide: policy,
    // A label prefix of its own: containers that opted in to a real agent on this host take no part.
    agent: {
      overrides: {
        node: NAME,
        interval: ms(reportMs),
        window: ms(windowMs),
        'label-prefix': 'dqoes-bench.',
        'push.enable': 'false',
        'stop-grace': '3s',
      },
    },
    coordinator: {
      overrides: { interval: ms(intervalMs), 'max-interval': most, seed: String(seed % MOST_SEED) },
    },
    programs: {
      natsServer: config.which('nats-server'),
      docker: config.which('docker'),
      setpriv: config.which('setpriv'),
    },
    log: lineLog({ write: (line) => output.problem(line), clock, level: 'error' }),
    clock,
  } as const;
}

async function allocatableCores(app: App, stack: Stack): Promise<Result<number>> {
  const deadline = app.clock.now() + NODE_DEADLINE_MS;
  for (;;) {
    const node = stack.coordinator.status().nodes[0];
    if (node !== undefined) return ok(node.host.allocatableCpuCores);
    if (app.signal.aborted || app.clock.now() > deadline) {
      const message = 'The agent of this machine did not report in time: does the Docker Engine answer (docker info)?';
      return err([{ code: 'service.unavailable', field: 'node', message }]);
    }
    await app.clock.sleep(50, app.signal);
  }
}

function systemOf(stack: Stack, reportMs: number, cores: number): BenchSystem {
  const withoutValue = (result: Result<unknown>): Result<void> => (result.ok ? ok(undefined) : result);
  return {
    allocatableCores: cores,
    reportMs,
    submit: async (jobs) => withoutValue(await stack.call('job-submit', { jobs })),
    stop: async (job) => withoutValue(await stack.call('job-stop', { name: job as JobName })),
    look: () => {
      const { nodes, allocations } = stack.coordinator.status();
      const { ageMs = Number.POSITIVE_INFINITY, host } = nodes[0] ?? {};
      const used = host?.cpuUtilisationRatio ?? null;
      return {
        ageMs,
        allocations,
        hostUsedCores: used === null || host === undefined ? null : used * host.capacityCpuCores,
      };
    },
    onLimit: (listener) => {
      stack.bus.subscribe(stack.subjects.allEvents, ({ data }) => {
        const event = readEvent(data)?.known;
        if (event?.type !== 'dqoes.allocation.limit-changed') return;
        const { job, from, to, reason } = event.data;
        const isFirst = from === null || from.cpuCores === null;
        listener({ job, fromCores: from?.cpuCores ?? null, toCores: to.cpuCores, reason, isFirst });
      });
    },
    died: stack.died,
    close: () => stack.stop({ keepJobs: false }),
  };
}
