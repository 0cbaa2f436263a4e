/**
 * `npm run bench:workers -- [--agents 1000] [--workers 4] [--rounds 20] [--figures-ms 0] [--still]
 * [--json FILE]`: what a round of places costs the thread that decides them, and what it costs the
 * workers that own the nodes: CPU time a node, in one process and one after the other, garbage
 * collector included, so that a busy machine changes little. The messages between them are written
 * and read as through the port of a thread. Each node (20 allocations) has reported since the round
 * before, a second ago. `--figures-ms`: how often a node says figures when nothing else is new.
 * Each second one node of 50 loses CPU, or gets it back, with `--still` none does. Means of all
 * rounds. Then what it costs once to read all that workers know, with what policies remember of the
 * nodes and without. No wire, no store.
 */
import { writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { partOf } from '../../coordinator/schedule/nodes-part.js';
import { DEFAULT_PARAMS } from '../../coordinator/schedule/types.js';
import type { StateEvent } from '../../coordinator/state/events.js';
import { emptyState } from '../../coordinator/state/model.js';
import { ClusterPlaces, type ClusterPlan } from '../../coordinator/workers/cluster-places.js';
import { NodeWorker } from '../../coordinator/workers/node-worker.js';
import type { DesiredState } from '../../shared/command.js';
import type { NodeReport } from '../../shared/report.js';
import { atOnce } from '../../shared/steps.js';
import { jobsFor } from './lib/fleet.js';
import { jsonFileFrom, optionFrom } from './lib/process-cost.js';
import { NODE_CORES, SimulatedNode } from './lib/simulated-node.js';

/** What is timed of a round: on workers, and where places are decided. */
const PARTS = [
  ...(['worker: reports', 'worker: news', 'worker: writing', 'worker: deciding'] as const),
  ...(['places: reading', 'places: deciding', 'places: writing'] as const),
] as const;
type Part = (typeof PARTS)[number];

const SETTLE_ROUNDS = 15;
const SHRUNK_CORES = 6;

interface RoundsOptions {
  readonly workers: number;
  readonly figuresMs: number;
  /** No node loses CPU. */
  readonly isStill: boolean;
}

/** Nodes, the workers that own them, and who decides on places. */
class Rounds {
  readonly #nodes: readonly SimulatedNode[];
  readonly #workers: readonly NodeWorker[];
  readonly #places: ClusterPlaces;
  readonly #isStill: boolean;
  #nowMs = 0;
  #spentMs = new Map<Part, number>();
  /** Sent until now. */
  newsBytes = 0;
  placesBytes = 0;

  constructor(agents: number, { workers, figuresMs, isStill }: RoundsOptions) {
    this.#isStill = isStill;
    const name = (i: number): string => `node-${String(i).padStart(5, '0')}`;
    this.#nodes = Array.from({ length: agents }, (_, i) => new SimulatedNode(name(i)));
    const told = { figuresMs, source: '/bench', wallMs: () => this.#nowMs };
    const start = emptyState({ incarnation: 'bench', epoch: 1, policy: 'adaptive' });
    const options = { start, params: DEFAULT_PARAMS, validForMs: 120_000, ...told };
    this.#places = new ClusterPlaces(options);
    this.#workers = Array.from({ length: workers }, () => new NodeWorker(options));
    const jobs = jobsFor(agents).map((spec) => ({ spec, revision: 1 }));
    this.#tellAll({ kind: 'jobs-stored', atMs: 0, jobs });
  }

  /** CPU time that each part of the next round takes, ms. */
  next(): ReadonlyMap<Part, number> {
    this.#spentMs = new Map();
    this.#nowMs += 1000;
    this.#report();
    for (const worker of this.#workers) {
      const said = this.#timed('worker: news', () => atOnce(worker.news(this.#nowMs)));
      this.#hear(said, (news) => this.#places.hear(news));
    }
    const plan = this.#plan();
    for (const [i, worker] of this.#workers.entries()) {
      const bytes = this.#timed('places: writing', () =>
        serialize(plan.placesFor((node) => partOf(node, this.#workers.length) === i)),
      );
      this.placesBytes += bytes.length;
      const decided = this.#timed('worker: deciding', () =>
        atOnce(worker.decide(deserialize(bytes), this.#nowMs)),
      );
      this.#obey(worker, decided.states);
    }
    return this.#spentMs;
  }

  /** What reading all takes, ms on workers and where it is joined, and bytes. */
  read(hasMemory: boolean): { workersMs: number; placesMs: number; bytes: number } {
    this.#spentMs = new Map();
    const none = { policy: '', nodes: new Map(), gpus: new Map() };
    const sent = this.#workers.map(({ records }) =>
      this.#timed('worker: writing', () =>
        serialize(hasMemory ? records : { ...records, memory: none }),
      ),
    );
    this.#timed('places: reading', () =>
      this.#places.joined(sent.map((bytes) => deserialize(bytes))),
    );
    return {
      workersMs: this.#spentMs.get('worker: writing') ?? 0,
      placesMs: this.#spentMs.get('places: reading') ?? 0,
      bytes: sent.reduce((sum, { length }) => sum + length, 0),
    };
  }

  #plan(): ClusterPlan {
    for (;;) {
      const plan = this.#timed('places: deciding', () => atOnce(this.#places.decide(this.#nowMs)));
      if (!('profilesOf' in plan)) return plan;
      for (const [i, worker] of this.#workers.entries()) {
        const own = plan.profilesOf.filter((node) => partOf(node, this.#workers.length) === i);
        const said = this.#timed('worker: news', () => worker.profilesOf(own));
        this.#hear(said, (profiles) => this.#places.hearProfiles(profiles));
      }
    }
  }

  /** What a worker says, through the port of its thread. */
  #hear<T>(said: T, hear: (said: T) => void): void {
    const bytes = this.#timed('worker: writing', () => serialize(said));
    this.newsBytes += bytes.length;
    const read = this.#timed('places: reading', () => deserialize(bytes));
    this.#timed('places: deciding', () => hear(read));
  }

  #report(): void {
    const reports = this.#workers.map((): { atMs: number; report: NodeReport }[] => []);
    for (const [i, node] of this.#nodes.entries()) {
      if (!this.#isStill && i % 50 === (this.#nowMs / 1000) % 50)
        node.allocatableCores = NODE_CORES + SHRUNK_CORES - node.allocatableCores;
      const report = node.report(this.#nowMs);
      reports[partOf(node.id, this.#workers.length)]?.push({ atMs: this.#nowMs, report });
    }
    for (const [i, worker] of this.#workers.entries()) {
      const event = { kind: 'reports', atMs: this.#nowMs, reports: reports[i] ?? [] } as const;
      this.#timed('worker: reports', () => worker.apply(event));
      this.#timed('worker: reports', () => worker.apply({ kind: 'tick', atMs: this.#nowMs }));
    }
  }

  #obey(worker: NodeWorker, states: readonly DesiredState[]): void {
    const byId = new Map(this.#nodes.map((node) => [node.id, node]));
    for (const desired of states) byId.get(desired.node)?.obey(desired, this.#nowMs);
    worker.apply({ kind: 'desired-stored', atMs: this.#nowMs, states });
  }

  #tellAll(event: StateEvent): void {
    this.#places.apply(event);
    for (const worker of this.#workers) worker.apply(event);
  }

  #timed<T>(part: Part, work: () => T): T {
    const before = process.cpuUsage();
    const result = work();
    const { user, system } = process.cpuUsage(before);
    this.#spentMs.set(part, (this.#spentMs.get(part) ?? 0) + (user + system) / 1000);
    return result;
  }
}

const { argv } = process;
const number = (name: string, otherwise: number): number =>
  Number(optionFrom(argv, name) ?? otherwise);
const agents = number('--agents', 1000);
const rounds = number('--rounds', 20);
const figuresMs = number('--figures-ms', 0);
const isStill = argv.includes('--still');
const cluster = new Rounds(agents, { workers: number('--workers', 4), figuresMs, isStill });
for (let i = 0; i < SETTLE_ROUNDS; i += 1) cluster.next();
[cluster.newsBytes, cluster.placesBytes] = [0, 0];
const measured = Array.from({ length: rounds }, () => cluster.next());
const perNodeUs = Object.fromEntries(
  PARTS.map((part) => {
    const times = measured.map((round) => round.get(part) ?? 0);
    return [part, (1000 * times.reduce((sum, ms) => sum + ms, 0)) / rounds / agents];
  }),
);
for (const part of PARTS) console.log(`${part}: ${(perNodeUs[part] ?? 0).toFixed(1)} µs a node`);
const perNode = (bytes: number): number => bytes / rounds / agents;
const [newsBytes, placesBytes] = [perNode(cluster.newsBytes), perNode(cluster.placesBytes)];
console.log(`news ${Math.round(newsBytes)} bytes a node, places ${Math.round(placesBytes)} bytes`);
for (const hasMemory of [true, false]) {
  const { workersMs, placesMs, bytes } = cluster.read(hasMemory);
  const [workersUs, placesUs] = [workersMs, placesMs].map((ms) => Math.round((1000 * ms) / agents));
  console.log(
    `to read all ${hasMemory ? 'with' : 'without'} memory: ${Math.round(bytes / agents)} bytes a ` +
      `node, ${workersUs} µs on workers and ${placesUs} µs where it is joined`,
  );
}
const jsonFile = jsonFileFrom(argv);
if (jsonFile !== undefined)
  writeFileSync(jsonFile, JSON.stringify({ agents, rounds, perNodeUs, newsBytes, placesBytes }));
