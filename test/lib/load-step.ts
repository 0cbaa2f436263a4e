import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { AllocationStatus } from '../../proto/schemas/status.js';
import { callService } from '../../proto/service-client.js';
import { subjectsOf } from '../../proto/subjects.js';
import { quotaFileOf } from '../bench/lib/containers.js';
import { type Program, startDqoes } from '../e2e/cli-program.js';
import { docker } from './docker-command.js';
import type { LoadRecord } from './load.js';
import { runLoadApart } from './load-apart.js';
import { connectForTest } from './nats-client.js';
import { startNatsServer, type TestNatsServer } from './nats-server.js';
import { until } from './until.js';

/** The target, the arrivals and their step. */
export interface LoadStepOptions {
  readonly policy: string;
  readonly targetMs: number;
  /** Arrivals per second before the step (Poisson), and how many times as many after it. */
  readonly ratePerSecond: number;
  readonly factor: number;
  readonly beforeMs: number;
  readonly afterMs: number;
  readonly seed: number;
  /** What was seen is enough: the load ends. Absent = it goes on for the whole time. */
  readonly isDone?: (looks: readonly LoadStepSample[]) => boolean;
  /** New file for a recording of the run (`dqoes lab record`); absent = none. */
  readonly recordTo?: string;
}

/** The state of the container, read once a second. */
export interface LoadStepSample {
  readonly atMs: number;
  /** From the cgroup, cores; null = no limit. */
  readonly limitCores: number | null;
  /** As dqoes reports it. */
  readonly p95Ms: number | null;
  readonly qoeClass: string | null;
}
/** What was seen every second, and every answer. */
export interface LoadStepResult {
  /** Unix-like time zero is that of the load's first moment. */
  readonly looks: readonly LoadStepSample[];
  readonly load: LoadRecord;
}

/**
 * The programs as an operator runs them, a real server read by its metrics endpoint under a p95
 * target, and clients who come at random moments and then more often.
 */
export async function runLoadStep(options: LoadStepOptions): Promise<LoadStepResult> {
  const world = await open(options);
  try {
    const looks: LoadStepSample[] = [];
    const { ratePerSecond, factor, beforeMs, afterMs, seed, isDone } = options;
    const arrivals = { ratePerSecond, seed, steps: [{ atMs: beforeMs, factor }] };
    const startedAt = performance.now();
    const [stop, enough] = [new AbortController(), new AbortController()];
    const looking = (async () => {
      while (!stop.signal.aborted) {
        looks.push(await world.look(performance.now() - startedAt));
        if (isDone?.(looks) === true) enough.abort();
        await pause(1000);
      }
    })();
    const load = await runLoadApart({
      url: world.url,
      ...arrivals,
      durationMs: beforeMs + afterMs,
      signal: enough.signal,
    });
    stop.abort();
    await looking;
    return { looks, load };
  } finally {
    await world.close();
  }
}

const MODEL = ['--model', 'ocr-cls', '--batch', '6'];

/** What a run needs and leaves: `close` ends and removes all of it. */
interface LoadStepWorld {
  /** Where the container is asked. */
  readonly url: string;
  look(atMs: number): Promise<LoadStepSample>;
  close(): Promise<void>;
}

async function open(options: LoadStepOptions): Promise<LoadStepWorld> {
  const id = `step-${process.pid}`;
  const folder = await mkdtemp(join(tmpdir(), 'dqoes-step-'));
  const nats: TestNatsServer = await startNatsServer();
  await writeConfigs(folder, id, options.policy);
  const container = await startContainer(id, options.targetMs);
  const programs: Program[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(programs.map((program) => program.end('SIGTERM')));
    await docker('rm', '--force', container);
    await nats.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const address = await docker('inspect', '-f', '{{.NetworkSettings.IPAddress}}', container);
    await until(
      async () =>
        (await fetch(`http://${address}:8080/healthz`).catch(() => undefined))?.ok === true,
      'the server',
      30_000,
    );
    for (const args of programsOf(folder, id, options.recordTo))
      programs.push(startDqoes([...args, '--nats', nats.url]));
    const client = await connectForTest(nats.url);
    const calls = { bus: client.bus, subjects: subjectsOf(id), timeoutMs: 2000 };
    const shown = async (): Promise<AllocationStatus | undefined> => {
      const answer = await callService(calls, 'allocation-list', {});
      return answer.ok ? answer.value.allocations[0] : undefined;
    };
    await until(async () => (await shown()) !== undefined, 'the container under control', 30_000);
    const file = quotaFileOf(container);
    const look = async (atMs: number): Promise<LoadStepSample> => {
      const limitCores = await limitIn(file);
      const status = await shown();
      return {
        atMs,
        limitCores,
        p95Ms: status?.latencyMs ?? null,
        qoeClass: status?.qoeClass ?? null,
      };
    };
    const end = async (): Promise<void> => {
      await client.bus.close();
      await close();
    };
    return { url: `http://${address}:8080/infer`, look, close: end };
  } catch (cause) {
    await close();
    throw cause;
  }
}

async function writeConfigs(folder: string, id: string, policy: string): Promise<void> {
  const agentConfig = [
    `node: ${id}`,
    `cluster: ${id}`,
    `state-dir: ${join(folder, 'state')}`,
    `records-dir: ${join(folder, 'engines')}`,
    `label-prefix: ${id}.`,
    'push: { enable: false }',
  ];
  await writeFile(join(folder, 'agent.yaml'), `${agentConfig.join('\n')}\n`);
  await writeFile(join(folder, 'coordinator.yaml'), `cluster: ${id}\npolicy: ${policy}\n`);
}

/** A server that opted in by labels; returns its id. */
async function startContainer(id: string, targetMs: number): Promise<string> {
  const labels = {
    enable: 'true',
    target: `${targetMs}ms`,
    statistic: 'p95',
    mode: 'band',
    tolerance: '20%',
    'latency.source': 'prometheus',
  };
  const flags = Object.entries(labels).flatMap(([key, value]) => [
    '--label',
    `${id}.${key}=${value}`,
  ]);
  const run = ['run', '--detach', '--stop-timeout', '0', ...flags];
  return docker(...run, 'dqoes/sample:1', ...MODEL, '--mode', 'serve');
}

/** The arguments of each program in the order of their start. */
function programsOf(
  folder: string,
  id: string,
  recordTo: string | undefined,
): readonly (readonly string[])[] {
  const record = ['lab', 'record', '--out', recordTo ?? '', '--cluster', id];
  return [
    ['coordinator', '--install', '--config', join(folder, 'coordinator.yaml')],
    ['agent', '--config', join(folder, 'agent.yaml')],
    ...(recordTo === undefined ? [] : [record]),
  ];
}

/** The limit that a quota file of either cgroup version holds, cores; null = none. */
async function limitIn(file: string): Promise<number | null> {
  const [quota = 0, period] = (await readFile(file, 'utf8')).split(' ').map(Number);
  const periodUs = period ?? Number(await readFile(file.replace('quota_us', 'period_us'), 'utf8'));
  return quota > 0 ? quota / periodUs : null;
}
