import { createHash } from 'node:crypto';
import type { CoordinatorHandle } from '../../../coordinator/contract.js';
import type * as Start from '../../../coordinator/start.js';
import { encodeAck } from '../../../proto/ack.js';
import type { Bus } from '../../../proto/bus.js';
import { decodeCommand } from '../../../proto/command.js';
import { decodeEvent } from '../../../proto/event.js';
import { createMemoryHub } from '../../../proto/memory/bus.js';
import { MemoryStores } from '../../../proto/memory/store.js';
import { callService } from '../../../proto/service-client.js';
import { type Subjects, subjectsOf } from '../../../proto/subjects.js';
import { encodeReport } from '../../../proto/telemetry.js';
import type { DesiredState } from '../../../shared/command.js';
import type { JobSpec } from '../../../shared/job.js';
import { silentLog } from '../../../shared/log.js';
import { seededRandom } from '../../../shared/random.js';
import { ManualClock } from '../../lib/manual-clock.js';
import { jobsFor } from './fleet.js';
import { NODE_CORES, SimulatedNode } from './simulated-node.js';

/** Root of this build, as an address that ends in a slash. */
export const DIST = new URL('../../../', import.meta.url).href;

const CLUSTER = 'bench';
const SLICES = 10;
const SLICE_MS = 1000 / SLICES;
const SETTLE_SECONDS = 15;
const SUBMITTED_AT_ONCE = 400;
/** Share of the nodes that lose CPU in a second, and what they then have, cores. */
const SHRINKING = 0.02;
const SHRUNK_CORES = 6;

const isUnanswered = ({ allocatableCores, limitedCores }: SimulatedNode): boolean =>
  allocatableCores < NODE_CORES && limitedCores > SHRUNK_CORES + 1e-6;

/** What a coordinator is measured with. */
export interface MeterOptions {
  /** Root of the build whose coordinator runs. */
  readonly build: string;
  readonly agents: number;
  readonly perNode: number;
  /**
   * Nodes that lose CPU get it back by chance (default), or with the first report after the
   * coordinator has answered with limits that fit.
   */
  readonly shrinks?: 'by-chance' | 'until-answered';
}

/** What a coordinator did in all measured seconds. */
export interface Metered {
  readonly reports: number;
  readonly heapUsedBytes: number;
  readonly desired: number;
  readonly events: number;
  /** Of all desired states and events since it started, in order. */
  readonly digest: string;
}

/**
 * A coordinator on a bus and stores in memory, with simulated nodes; measures the CPU of the
 * process while the coordinator alone works. Reports are made, and desired states obeyed, apart.
 */
export class CpuMeter {
  readonly #clock = new ManualClock();
  readonly #subjects: Subjects = subjectsOf(CLUSTER);
  readonly #hub = createMemoryHub({ clock: this.#clock, log: silentLog });
  readonly #bus: Bus = this.#hub.connect();
  readonly #stores = new MemoryStores({
    clock: this.#clock,
    publish: (subject, data) => this.#bus.publish(subject, data),
  });
  readonly #nodes: readonly SimulatedNode[];
  readonly #jobs: readonly JobSpec[];
  readonly #isRestored: boolean;
  readonly #random = seededRandom(3);
  readonly #commands: Uint8Array[] = [];
  readonly #told: Uint8Array[] = [];
  readonly #digest = createHash('sha256');
  #coordinator: CoordinatorHandle | undefined;
  #cpuUs = 0;
  #reports = 0;
  #desired = 0;
  #events = 0;

  private constructor({ agents, perNode, shrinks }: MeterOptions) {
    this.#isRestored = shrinks === 'until-answered';
    const name = (i: number): string => `node-${String(i).padStart(5, '0')}`;
    this.#nodes = Array.from({ length: agents }, (_, i) => new SimulatedNode(name(i)));
    this.#jobs = jobsFor(agents).slice(0, agents * perNode);
    this.#bus.subscribe(this.#subjects.allCommands, ({ data }) => this.#commands.push(data));
    this.#bus.subscribe(this.#subjects.allEvents, ({ data }) => this.#told.push(data));
  }

  static async start(options: MeterOptions): Promise<CpuMeter> {
    const meter = new CpuMeter(options);
    await meter.#start(options.build);
    return meter;
  }

  /** Places all jobs and lets their limits settle. */
  async settle(): Promise<void> {
    await this.#second(0);
    for (let at = 0; at < this.#jobs.length; at += SUBMITTED_AT_ONCE) {
      const wire = { bus: this.#bus, subjects: this.#subjects, timeoutMs: 60_000 };
      const jobs = this.#jobs.slice(at, at + SUBMITTED_AT_ONCE);
      const answer = callService(wire, 'job-submit', { jobs });
      await this.#clock.advance(50);
      if (!(await answer).ok) throw new Error('jobs were refused');
    }
    for (let second = 0; second < SETTLE_SECONDS; second += 1) await this.#second(SHRINKING);
    const placed = this.#nodes.reduce((sum, { allocations }) => sum + allocations, 0);
    if (placed !== this.#jobs.length) throw new Error(`only ${placed} jobs were placed`);
  }

  /** One second of reports; returns the CPU that one of them took, µs. */
  async second(): Promise<number> {
    const [cpuUs, reports] = [this.#cpuUs, this.#reports];
    await this.#second(SHRINKING);
    return (this.#cpuUs - cpuUs) / (this.#reports - reports);
  }

  /** May be asked once. */
  get total(): Metered {
    globalThis.gc?.();
    return {
      reports: this.#reports,
      heapUsedBytes: process.memoryUsage().heapUsed,
      desired: this.#desired,
      events: this.#events,
      digest: this.#digest.digest('hex'),
    };
  }

  /** Ends the coordinator; the heap that is then in use, bytes. */
  async release(): Promise<number> {
    const stopped = this.#coordinator?.stop();
    this.#coordinator = undefined;
    await this.#clock.advance(10_000);
    await stopped;
    globalThis.gc?.();
    return process.memoryUsage().heapUsed;
  }

  async #start(build: string): Promise<void> {
    await this.#stores.install(CLUSTER, { replicas: 1 });
    const { startCoordinator } = (await import(`${build}coordinator/start.js`)) as typeof Start;
    const params = await import(`${build}coordinator/schedule/types.js`);
    const starting = startCoordinator(
      {
        cluster: CLUSTER,
        name: 'c1',
        policy: 'adaptive',
        params: params.DEFAULT_PARAMS,
        leaseMs: 10_000,
        replicas: 1,
        acceptLost: [],
      },
      { bus: this.#hub.connect(), stores: this.#stores, clock: this.#clock, log: silentLog },
    );
    await this.#clock.advance(0);
    const started = await starting;
    if (!started.ok) throw new Error(JSON.stringify(started.error));
    this.#coordinator = started.value;
  }

  async #second(shrinking: number): Promise<void> {
    for (let slice = 0; slice < SLICES; slice += 1) {
      const messages = this.#reportsOf(slice, shrinking);
      const before = process.cpuUsage();
      for (const { subject, data } of messages) this.#bus.publish(subject, data);
      await this.#clock.advance(SLICE_MS);
      const { user, system } = process.cpuUsage(before);
      this.#cpuUs += user + system;
      this.#reports += messages.length;
      this.#obey();
    }
  }

  #reportsOf(slice: number, shrinking: number) {
    const nowMs = this.#clock.now();
    return this.#nodes
      .filter((_, i) => i % SLICES === slice)
      .map((node) => {
        const isDue = this.#random() < shrinking;
        if (this.#isRestored)
          node.allocatableCores = isDue || isUnanswered(node) ? SHRUNK_CORES : NODE_CORES;
        else if (isDue) node.allocatableCores = NODE_CORES + SHRUNK_CORES - node.allocatableCores;
        const data = encodeReport(node.report(nowMs));
        return { subject: this.#subjects.telemetry(node.id), data };
      });
  }

  // What was sent meanwhile; outside the measured time.
  #obey(): void {
    const nowMs = this.#clock.now();
    const byId = new Map(this.#nodes.map((node) => [node.id, node]));
    for (const data of this.#commands.splice(0)) {
      const decoded = decodeCommand(data);
      if (!decoded.ok) throw new Error(decoded.error.message);
      const desired: DesiredState = decoded.value;
      this.#desired += 1;
      this.#digest.update(JSON.stringify({ ...desired, incarnation: '' }));
      const ack = byId.get(desired.node)?.obey(desired, nowMs);
      if (ack !== undefined) this.#bus.publish(this.#subjects.ack(desired.node), encodeAck(ack));
    }
    for (const data of this.#told.splice(0)) {
      const event = decodeEvent(data);
      if (!event.ok) throw new Error(event.error.message);
      this.#events += 1;
      // Those of the coordinator itself name its lease, which has a random part.
      if (!event.value.type.startsWith('dqoes.coordinator'))
        this.#digest.update(JSON.stringify(event.value));
    }
  }
}
