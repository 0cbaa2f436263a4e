import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { DecisionObservation } from '../../lab/bench/run-observations.js';
import type { LabPolicy } from '../../lab/policies/index.js';
import type { DqoesEvent } from '../../proto/schemas/event.js';
import type { AllocationStatus } from '../../proto/schemas/status.js';
import { weightedCores } from '../../shared/command.js';
import type { JobName } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { subscribeEvents } from '../events/live-events.js';
import { lineLog } from '../log.js';
import type { App } from '../shell/app.js';
import type { PartConfig } from '../up/configs.js';
import { natsPrograms } from '../up/nats-launch.js';
import { type Stack, startStack } from '../up/stack.js';
import type { BenchHost } from './hosts/hosts.js';

/** A running system under test. Times are on the monotonic clock of the app. */
export interface BenchSystem {
  /** Allocatable CPU of each node, cores, in the order of the hosts asked for. */
  readonly nodeCores: readonly number[];
  /** Time between two reports, ms. */
  readonly reportMs: number;
  submit(specs: readonly JobSpec[]): Promise<Result<void>>;
  stop(job: string): Promise<Result<void>>;
  /** The state as last reported. */
  look(): SystemLook;
  /** Calls the listener for each limit set from now on, until the system is closed. */
  onLimit(listener: (limit: Omit<DecisionObservation, 'atMs'>) => void): void;
  /** Calls the listener for each job that moves from now on. */
  onMove(listener: (job: string) => void): void;
  /** Resolves with a sentence when a part dies by itself. */
  readonly died: Promise<string>;
  /** Removes every container and ends every process it started. */
  close(): Promise<void>;
}
/** The state of the system in the last reports. */
export interface SystemLook {
  /**
   * Age of the oldest among the newest reports of all nodes, ms; Infinity = a node has not
   * reported.
   */
  readonly ageMs: number;
  /** CPU that everything on this host used in the last report interval, cores; null = not known. */
  readonly hostUsedCores: number | null;
  readonly allocations: readonly AllocationStatus[];
}

/** How a system under test is set up. */
export interface SystemOptions {
  readonly stateDir: string;
  readonly policy: LabPolicy;
  /** I₀ of the policy, ms. */
  readonly intervalMs: number;
  readonly windowMs: number;
  readonly reportMs: number;
  /** Seed for policies that use random numbers. */
  readonly seed: number;
  /** Empty = this machine with its own Docker Engine. */
  readonly hosts: readonly BenchHost[];
}

/**
 * Name of the cluster, and of a single node. It keeps the bench away from other jobs, and lets it
 * find what a killed bench left.
 */
const NAME = 'bench';
const NODE_DEADLINE_MS = 20_000;
/** Minimum of I_max, as in clusters, so that the listener of the paper rests as it does there. */
const MAX_INTERVAL_FLOOR_MS = 60_000;
/** The coordinator accepts seeds of nine digits. */
const MAX_SEED = 1e9;

/** A node whose allocatable CPU differs by more than this from the scenario is refused, cores. */
const CORES_TOLERANCE = 0.005;

/**
 * Starts NATS, a coordinator with the given policy and one agent per host, all but NATS in this
 * process, and waits for the first reports.
 */
export async function openSystem(app: App, options: SystemOptions): Promise<Result<BenchSystem>> {
  const started = await startStack(stackOptions(app, options));
  if (!started.ok) return started;
  const names = options.hosts.length === 0 ? [NAME] : options.hosts.map(({ node }) => node);
  const nodeCores = await coresOf(app, started.value, { names, hosts: options.hosts });
  if (nodeCores.ok)
    return ok(
      systemOf(started.value, { reportMs: options.reportMs, names, nodeCores: nodeCores.value }),
    );
  await started.value.stop({ keepJobs: false });
  return nodeCores;
}

function stackOptions({ config, clock, output }: App, options: SystemOptions) {
  const { intervalMs, stateDir, policy, seed } = options;
  const most = ms(Math.max(MAX_INTERVAL_FLOOR_MS, intervalMs));
  return {
    stateDir,
    cluster: NAME,
    decide: policy,
    agents: agentsOf(options),
    coordinator: {
      overrides: { interval: ms(intervalMs), 'max-interval': most, seed: String(seed % MAX_SEED) },
    },
    programs: natsPrograms(config.which),
    log: lineLog({ write: (line) => output.record(line), clock, level: 'error' }),
    clock,
  } as const;
}

const ms = (value: number): string => `${Math.round(value)}ms`;

function agentsOf({ windowMs, reportMs, hosts, stateDir }: SystemOptions): readonly PartConfig[] {
  const common = {
    interval: ms(reportMs),
    window: ms(windowMs),
    // Its own label prefix: containers that opted in to a real agent on this host take no part.
    'label-prefix': 'dqoes-bench.',
    'push.enable': 'false',
    'stop-grace': '3s',
  };
  if (hosts.length === 0) return [{ overrides: { ...common, node: NAME } }];
  return hosts.map(({ node, cores, socket }) => {
    const reserved = Math.max(0, 1 - cores / availableParallelism());
    // These engines end with the bench, and so do the records of them.
    const records = join(stateDir, 'engines');
    const own = { node, 'docker.socket': socket, 'records-dir': records };
    return { overrides: { ...common, ...own, 'reserve.cpu': reserved.toFixed(6) } };
  });
}

/** Allocatable CPU of each node, once all have reported. */
async function coresOf(
  app: App,
  stack: Stack,
  { names, hosts }: { readonly names: readonly string[]; readonly hosts: readonly BenchHost[] },
): Promise<Result<readonly number[]>> {
  const deadline = app.clock.now() + NODE_DEADLINE_MS;
  for (;;) {
    const { nodes } = stack.status();
    const cores = names
      .flatMap((name) => nodes.find(({ id }) => id === name) ?? [])
      .map(({ host }) => rounded(host.allocatableCpuCores));
    if (cores.length === names.length) return asAsked(hosts, cores);
    if (app.signal.aborted || app.clock.now() > deadline) {
      const message =
        'The agent of this machine did not report in time: does the Docker Engine answer ' +
        '(docker info)?';
      return err([{ code: 'service.unavailable', field: 'node', message }]);
    }
    await app.clock.sleep(50, app.signal);
  }
}

// 2 · (1 − 0.85) is not 0.3 in doubles.
const rounded = (cores: number): number => Math.round(cores * 1e6) / 1e6;

function asAsked(
  hosts: readonly BenchHost[],
  nodeCores: readonly number[],
): Result<readonly number[]> {
  const faults = hosts.flatMap(({ node, cores }, index): Fault[] => {
    const given = nodeCores[index] ?? 0;
    if (Math.abs(cores - given) <= CORES_TOLERANCE) return [];
    const message =
      `The agent of ${node} offers ${given} CPU instead of ${cores}: does something limit ` +
      'the CPU of this process (a cgroup quota, a cpuset)?';
    return [{ code: 'service.unavailable', field: 'node', message }];
  });
  return faults.length > 0 ? err(faults) : ok(nodeCores);
}

interface SystemParts {
  readonly reportMs: number;
  readonly names: readonly string[];
  readonly nodeCores: readonly number[];
}

function systemOf(stack: Stack, { reportMs, names, nodeCores }: SystemParts): BenchSystem {
  const withoutValue = (result: Result<unknown>): Result<void> =>
    result.ok ? ok(undefined) : result;
  const onEvent = (listener: (event: DqoesEvent) => void): void => {
    subscribeEvents(stack.bus, stack.subjects, ({ known }) => {
      if (known !== undefined) listener(known);
    });
  };
  return {
    nodeCores,
    reportMs,
    submit: async (jobs) => withoutValue(await stack.call('job-submit', { jobs })),
    stop: async (job) => withoutValue(await stack.call('job-stop', { name: job as JobName })),
    look: () => lookAt(stack, names),
    onLimit: (listener) =>
      onEvent((event) => {
        if (event.type !== 'dqoes.allocation.limit-changed') return;
        const { job, from, to, reason } = event.data;
        const isFirst = from === null || (from.cpuCores === null && weightedCores(from) === 0);
        listener({ job, fromCores: from?.cpuCores ?? null, toCores: to.cpuCores, reason, isFirst });
      }),
    onMove: (listener) =>
      onEvent((event) => {
        if (event.type === 'dqoes.job.moved') listener(event.data.job);
      }),
    died: stack.died,
    close: () => stack.stop({ keepJobs: false }),
  };
}

function lookAt(stack: Stack, names: readonly string[]): SystemLook {
  const { nodes, allocations } = stack.status();
  const ages = names.map(
    (name) => nodes.find(({ id }) => id === name)?.ageMs ?? Number.POSITIVE_INFINITY,
  );
  // All agents share the machine, so any of them reports what the host uses.
  const host = nodes[0]?.host;
  const used = host?.cpuUtilisationRatio ?? null;
  return {
    ageMs: Math.max(...ages),
    allocations,
    hostUsedCores: used === null || host === undefined ? null : used * host.capacityCpuCores,
  };
}
