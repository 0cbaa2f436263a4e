import { execFile } from 'node:child_process';
import { cpus } from 'node:os';
import { promisify } from 'node:util';
import { createCgroupReader } from '../../../agent/drivers/cgroup-reader.js';
import type { Statistic, TargetMode } from '../../../shared/qoe.js';
import type { Work } from './work.js';

/** Names of this bench's containers begin so; no other container is ever touched. */
export const NAME_PREFIX = 'dqoes-ceilings-';
/**
 * Containers opt in by labels of this prefix, so that a real agent of this host leaves them alone.
 */
export const LABEL_PREFIX = 'dqoes-ceilings.';
const IMAGE = 'dqoes/sample:1';
const LOG_BYTES = 256 * 2 ** 20;

/** What its client wants. */
export interface LatencyTarget {
  readonly latencyMs: number;
  readonly statistic: Statistic;
  readonly mode: TargetMode;
}
/**
 * One container: what it computes, how its requests come, and what dqoes is told; null = nothing,
 * it takes no part.
 */
export interface ContainerLoad extends Work {
  readonly arrivals: ContainerArrivals;
  readonly target: LatencyTarget | null;
}
/** How its requests come: the next after each answer, or at random moments (Poisson). */
export type ContainerArrivals =
  | { readonly kind: 'closed'; readonly thinkMs?: number }
  | {
      readonly kind: 'open';
      readonly ratePerSecond: number;
      readonly seed: number;
      /** Changes of the rate, as of `--at`; times in ms since the container was ready. */
      readonly changes?: readonly { readonly atMs: number; readonly factor: number }[];
    };

const execute = promisify(execFile);

/** Output of the docker command; throws with what it said on a failure. */
export async function docker(...args: readonly string[]): Promise<string> {
  const { stdout } = await execute('docker', [...args], { maxBuffer: LOG_BYTES });
  return stdout;
}

/** The name of the container of a load. */
export const nameOf = (id: string): string => `${NAME_PREFIX}${id}`;

/**
 * Starts all at once; resolves when the engine has started them, or throws when it has answered for
 * all.
 */
export async function startAll(loads: readonly ContainerLoad[]): Promise<void> {
  const started = await Promise.allSettled(
    loads.map((load) => docker('run', '--detach', ...flagsOf(load), IMAGE, ...wordsOf(load))),
  );
  for (const each of started) if (each.status === 'rejected') throw each.reason;
}

function flagsOf({ id, target }: ContainerLoad): readonly string[] {
  const common = ['--name', nameOf(id), '--stop-timeout', '0', '--network', 'none'];
  if (target === null) return common;
  const labels = {
    enable: 'true',
    job: id,
    target: `${target.latencyMs}ms`,
    statistic: target.statistic,
    mode: target.mode,
  };
  return [
    ...common,
    ...Object.entries(labels).flatMap(([key, value]) => [
      '--label',
      `${LABEL_PREFIX}${key}=${value}`,
    ]),
  ];
}

function wordsOf({ model, batch, arrivals }: ContainerLoad): readonly string[] {
  const common = ['--model', model, '--batch', String(batch), '--mode', arrivals.kind];
  if (arrivals.kind === 'closed') return [...common, '--think', String(arrivals.thinkMs ?? 0)];
  const { ratePerSecond, seed, changes = [] } = arrivals;
  const at = changes.flatMap(({ atMs, factor }) => [
    '--at',
    `${Math.round(atMs)}ms:rate=${factor}x`,
  ]);
  return [...common, '--rate', String(ratePerSecond), '--seed', String(seed), ...at];
}

/** Everything a container printed, on either channel, each line with its time. */
export async function logOf(id: string): Promise<string> {
  return docker('logs', '--timestamps', nameOf(id));
}

/** Removes every container of this bench, also those of one that was killed. */
export async function removeAll(): Promise<void> {
  const names = (
    await docker('ps', '--all', '--filter', `name=^/?${NAME_PREFIX}`, '--format', '{{.Names}}')
  )
    .split('\n')
    .filter((name) => name.startsWith(NAME_PREFIX));
  if (names.length > 0) await docker('rm', '--force', '--volumes', ...names);
}

/** What the kernel holds for one container. */
export interface Kernel {
  readonly cpuSeconds: number;
  /** null = no quota. */
  readonly quotaCores: number | null;
  readonly periodUs: number;
  /** As the kernel counts it: `cpu.shares` (v1) or `cpu.weight` (v2); null = not readable. */
  readonly weight: number | null;
}

const cgroups = createCgroupReader();

/** By id; containers that do not run are left out. */
export async function kernelOf(ids: readonly string[]): Promise<ReadonlyMap<string, Kernel>> {
  const format = '{{.Name}} {{.State.Pid}}';
  const told = await docker('inspect', '--format', format, ...ids.map(nameOf));
  const found = new Map<string, Kernel>();
  for (const line of told.trim().split('\n')) {
    const [name = '', pid = '0'] = line.replace(/^\//, '').split(' ');
    const kernel = await kernelOfPid(Number(pid));
    if (kernel !== undefined) found.set(name.slice(NAME_PREFIX.length), kernel);
  }
  return found;
}

async function kernelOfPid(pid: number): Promise<Kernel | undefined> {
  const handle = await cgroups.open(pid);
  if (!handle.ok) return undefined;
  const [counters, limit, weight] = [
    await handle.value.read(),
    await handle.value.readLimit(),
    await handle.value.readWeight(),
  ];
  await handle.value.close();
  if (!counters.ok || !limit.ok) return undefined;
  const { cpuCores: quotaCores, periodUs } = limit.value;
  const held = weight.ok ? (weight.value?.value ?? null) : null;
  return { cpuSeconds: counters.value.cpuUsageSeconds, quotaCores, periodUs, weight: held };
}

/** CPU used on this host by all processes since it started, s. */
export function hostCpuSeconds(): number {
  const busy = cpus().map(({ times: { user, nice, sys, irq } }) => user + nice + sys + irq);
  return busy.reduce((a, b) => a + b, 0) / 1000;
}
