import { setTimeout as sleep } from 'node:timers/promises';
import { encodeAck } from '../../../proto/ack.js';
import type { Bus } from '../../../proto/bus.js';
import { decodeCommand } from '../../../proto/command.js';
import type { Subjects } from '../../../proto/subjects.js';
import { encodeReport } from '../../../proto/telemetry.js';
import type { DesiredState } from '../../../shared/command.js';
import type { JobName } from '../../../shared/ids.js';
import type { JobSpec } from '../../../shared/job.js';
import { seededRandom } from '../../../shared/random.js';
import { NODE_CORES, SimulatedNode } from './simulated-node.js';

/** Jobs on each node. */
export const PER_NODE = 20;
const SLICES = 50;
/**
 * Nodes that lose CPU in each second, and what they then have, cores: less than what their targets
 * take.
 */
const SHRINKS_PER_SECOND = 20;
const SHRUNK_CORES = 6;
const KINDS = 20;

/** Jobs of twenty kinds whose targets take 0.9 of their node's CPU on average. */
export function jobsFor(nodes: number): readonly JobSpec[] {
  const random = seededRandom(1);
  const kinds = Array.from({ length: KINDS }, () => 0.02 * 10 ** random());
  return Array.from({ length: nodes * PER_NODE }, (_, i) => {
    const workSeconds = kinds[i % KINDS] ?? 0.05;
    const demandCores = (0.9 * NODE_CORES * (0.6 + 0.8 * random())) / PER_NODE;
    return {
      name: `job-${i}` as JobName,
      image: 'model:1',
      command: ['--work', workSeconds.toFixed(4)],
      env: {},
      target: {
        latencyMs: (1000 * workSeconds) / demandCores,
        statistic: 'mean',
        toleranceRatio: 0.1,
        mode: 'band',
      },
      weight: 1,
      replicas: 1,
      resources: { cpu: { minCores: 0.01 }, memoryBytes: 64 * 1024 ** 2 },
      latency: { source: 'push' },
      constraints: { labels: {} },
      onLoss: 'reschedule',
      ports: [],
    };
  });
}

/**
 * All simulated nodes on one connection: reports once a second, spread over the second; obeys and
 * acknowledges.
 */
export class Fleet {
  readonly nodes: readonly SimulatedNode[];
  readonly answeredMs: number[] = [];
  reportBytes = 0;
  commandBytes = 0;
  isShrinking = false;
  /** Nodes that say nothing. */
  readonly silent = new Set<SimulatedNode>();
  /** Hears of each desired state that comes, before it is obeyed. */
  onDesired: (desired: DesiredState) => void = () => {};
  readonly #bus: Bus;
  readonly #subjects: Subjects;
  readonly #random = seededRandom(2);
  #stopped = false;
  #running: Promise<void> | undefined;

  constructor(bus: Bus, subjects: Subjects, count: number) {
    this.#bus = bus;
    this.#subjects = subjects;
    this.nodes = Array.from(
      { length: count },
      (_, i) => new SimulatedNode(`node-${String(i).padStart(5, '0')}`),
    );
    const byId = new Map(this.nodes.map((node) => [node.id as string, node]));
    bus.subscribe(subjects.allCommands, ({ subject, data }) => {
      const node = byId.get(subject.slice(subject.lastIndexOf('.') + 1));
      if (node !== undefined) this.#obey(node, data);
    });
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  get allocations(): number {
    return this.nodes.reduce((sum, { allocations }) => sum + allocations, 0);
  }

  #obey(node: SimulatedNode, data: Uint8Array): void {
    this.commandBytes += data.length;
    const desired = decodeCommand(data);
    if (!desired.ok) throw new Error(desired.error.message);
    this.onDesired(desired.value);
    this.#bus.publish(
      this.#subjects.ack(node.id),
      encodeAck(node.obey(desired.value, performance.now())),
    );
    if (node.shrunkAtMs === null || node.limitedCores > SHRUNK_CORES + 1e-6) return;
    this.answeredMs.push(performance.now() - node.shrunkAtMs);
    node.shrunkAtMs = null;
    node.allocatableCores = NODE_CORES;
  }

  async #run(): Promise<void> {
    for (let tick = 0; !this.#stopped; tick += 1) {
      const dueMs = performance.now() + 1000 / SLICES;
      const slice = tick % SLICES;
      for (let i = slice; i < this.nodes.length; i += SLICES)
        this.#report(this.nodes[i] as SimulatedNode);
      const restMs = dueMs - performance.now();
      await sleep(Math.max(0, restMs));
    }
  }

  #report(node: SimulatedNode): void {
    if (this.silent.has(node)) return;
    const nowMs = performance.now();
    const isDue = this.isShrinking && node.shrunkAtMs === null && node.limitedCores > SHRUNK_CORES;
    if (isDue && this.#random() < SHRINKS_PER_SECOND / this.nodes.length) {
      node.allocatableCores = SHRUNK_CORES;
      node.shrunkAtMs = nowMs;
    }
    const bytes = encodeReport(node.report(nowMs));
    this.reportBytes += bytes.length;
    this.#bus.publish(this.#subjects.telemetry(node.id), bytes);
  }
}
