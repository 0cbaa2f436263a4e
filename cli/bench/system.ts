import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { SeenDecision } from '../../lab/bench/record.js';
import type { LAB_POLICIES } from '../../lab/policies/index.js';
import type { DqoesEvent } from '../../proto/schemas/event.js';
import type { AllocationStatus } from '../../proto/schemas/status.js';
import { weightedCores } from '../../shared/command.js';
import type { JobName } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { readEvent } from '../events/event.js';
import { lineLog } from '../log.js';
import type { App } from '../shell/app.js';
import { type PartConfig, type Stack, startStack } from '../up/stack.js';
import type { BenchHost } from './hosts/hosts.js';

/** A policy of the lab. */
export type LabPolicy = (typeof LAB_POLICIES)[string];

/** A running system as the bench sees it; times on the app's monotonic clock. */
export interface BenchSystem {
  /** CPU that each node gives out, cores, in the order of the hosts asked for. */
  readonly nodeCores: readonly number[];
  /** Time between two reports, ms. */
  readonly reportMs: number;
  submit(specs: readonly JobSpec[]): Promise<Result<void>>;
  stop(job: string): Promise<Result<void>>;
  /** What was last reported. */
  look(): SystemLook;
  /** Limits set from now on, until the system is closed. */
  onLimit(listener: (limit: Omit<SeenDecision, 'atMs'>) => void): void;
  /** Jobs that went to another node from now on. */
  onMove(listener: (job: string) => void): void;
  /** Resolves with a sentence when a part dies by itself. */
  readonly died: Promise<string>;
  /** Removes every container and ends every process it started. */
  close(): Promise<void>;
}
export interface SystemLook {
  /** Age of the newest report of the node that is behind the others, ms; Infinity = none yet. */
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
  /** Empty = this machine with its own Docker Engine. */
  readonly hosts: readonly BenchHost[];
}

/**
 * Name of the cluster, and of the node where there is one: no job of anybody else is touched, and
 * what a killed bench left is found again.
 */
const NAME = 'bench';
const NODE_DEADLINE_MS = 20_000;
/** I_max as in clusters, so that the listener of the paper's rule rests as it does there. */
const LEAST_MAX_INTERVAL_MS = 60_000;
/** The coordinator takes nine digits. */
const MOST_SEED = 1e9;

/**
 * A node that gives out another amount than it was asked to by more than this is not the node of
 * the scenario.
 */
const CORES_TOLERANCE = 0.005;

/**
 * Starts NATS, coordinator (with the policy given) and an agent per host, all but NATS in this
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
  const most = ms(Math.max(LEAST_MAX_INTERVAL_MS, intervalMs));
  return {
    stateDir,
    cluster: NAME,
    decide: policy,
    agents: agentsOf(options),
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

const ms = (value: number): string => `${Math.round(value)}ms`;

function agentsOf({ windowMs, reportMs, hosts, stateDir }: SystemOptions): readonly PartConfig[] {
  const common = {
    interval: ms(reportMs),
    window: ms(windowMs),
    // A label prefix of its own: containers that opted in to a real agent on this host take no
    // part.
    'label-prefix': 'dqoes-bench.',
    'push.enable': 'false',
    'stop-grace': '3s',
  };
  if (hosts.length === 0) return [{ overrides: { ...common, node: NAME } }];
  return hosts.map(({ node, cores, socket }) => {
    const reserved = Math.max(0, 1 - cores / availableParallelism());
    // These Engines end with the bench, and what is known of them.
    const records = join(stateDir, 'engines');
    const own = { node, 'docker.socket': socket, 'records-dir': records };
    return { overrides: { ...common, ...own, 'reserve.cpu': reserved.toFixed(6) } };
  });
}

/** What each node gives out, as soon as all have reported. */
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
      `The agent of ${node} gives out ${given} CPU instead of ${cores}: does something bound ` +
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
    stack.bus.subscribe(stack.subjects.allEvents, ({ data }) => {
      const event = readEvent(data)?.known;
      if (event !== undefined) listener(event);
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
  // What the host uses is the same whichever agent tells it: they share the machine.
  const host = nodes[0]?.host;
  const used = host?.cpuUtilisationRatio ?? null;
  return {
    ageMs: Math.max(...ages),
    allocations,
    hostUsedCores: used === null || host === undefined ? null : used * host.capacityCpuCores,
  };
}
