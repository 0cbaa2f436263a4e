import type { Plan } from '../../../../coordinator/schedule/types.js';
import { type Random, seededRandom } from '../../../../shared/random.js';
import { nodeId } from '../../../unit/coordinator/build.js';
import { like, type ToyCluster } from '../../../unit/coordinator/schedule/toy-cluster.js';

/** The hosts of a cluster that lives. */
export const HOSTS = ['h1', 'h2', 'h3', 'h4'];
/** CPU of a request, s, by the letter with which a name begins. */
const WORK: Readonly<Record<string, number>> = { a: 0.02, b: 0.05, c: 0.12 };
const TARGETS_MS = [60, 100, 200, 400];

/** CPU of a request of the job, s. */
export const workOf = (job: string): number => WORK[job.slice(0, 1)] ?? 0.05;

/** What kinds of things a plan says. */
export const kindsIn = ({ decisions, pending, preempted, unreachable, turns, rollouts }: Plan) => [
  ...decisions.map((each) => (each.kind === 'place' && each.replaces ? 'move' : each.kind)),
  ...(pending.length > 0 ? ['pending'] : []),
  ...(preempted.length > 0 ? ['preempted'] : []),
  ...(unreachable.length > 0 ? ['unreachable'] : []),
  ...((turns ?? []).length > 0 ? ['turn'] : []),
  ...((rollouts ?? []).length > 0 ? ['rollout'] : []),
];

/** All that are said in some lives. */
export const ALL_KINDS = [
  ...['limit', 'move', 'pending', 'place', 'preempted'],
  ...['remove', 'rollout', 'turn', 'unreachable'],
];

const oneOf = <T>(random: Random, items: readonly T[]): T =>
  items[Math.floor(random() * items.length)] as T;

/** What users and operators do, and what happens to hosts. */
export class Life {
  readonly #random: Random;
  readonly #cluster: ToyCluster;
  #revision = 1;

  constructor(seed: number, cluster: ToyCluster) {
    this.#random = seededRandom(seed);
    this.#cluster = cluster;
  }

  act(): void {
    const acts = [
      ...[() => this.#submit(), () => this.#submit(), () => this.#change(), () => this.#change()],
      ...[() => this.#remove(), () => this.#schedule(), () => this.#cut(), () => this.#refuse()],
    ];
    oneOf(this.#random, acts)();
    this.#cluster.run(1 + Math.floor(this.#random() * 30));
  }

  #store(name: string): void {
    const random = this.#random;
    this.#revision += 1;
    const spec = like(name, oneOf(random, TARGETS_MS), {
      replicas: oneOf(random, [1, 1, 2, 3]),
      weight: oneOf(random, [1, 1, 2, 5]),
      image: oneOf(random, ['dqoes/tiny:1', 'dqoes/tiny:1', 'dqoes/tiny:2']),
      resources: { cpu: { minCores: oneOf(random, [0.05, 0.2, 0.6, 1.2]) } },
    });
    const jobs = [{ spec, revision: this.#revision }];
    this.#cluster.apply({ kind: 'jobs-stored', atMs: this.#cluster.nowMs, jobs });
  }

  #submit(): void {
    for (let i = 0; i < 3; i += 1)
      this.#store(`${oneOf(this.#random, ['a', 'b', 'c'])}${Math.floor(this.#random() * 4)}`);
  }

  #change(): void {
    const names = [...this.#cluster.state.jobs.keys()];
    if (names.length > 0) this.#store(oneOf(this.#random, names));
  }

  #remove(): void {
    const names = [...this.#cluster.state.jobs.keys()];
    const { nowMs: atMs } = this.#cluster;
    if (names.length > 3)
      this.#cluster.apply({ kind: 'job-removed', atMs, name: oneOf(this.#random, names) });
  }

  #schedule(): void {
    const scheduling = oneOf(this.#random, ['open', 'open', 'cordoned', 'draining'] as const);
    const node = nodeId(oneOf(this.#random, HOSTS));
    const { nowMs: atMs } = this.#cluster;
    this.#cluster.apply({ kind: 'node-scheduling', atMs, node, scheduling });
  }

  #cut(): void {
    const [host, { cut }] = [oneOf(this.#random, HOSTS), this.#cluster];
    if (!cut.delete(host) && cut.size === 0) cut.add(host);
  }

  #refuse(): void {
    const refusing = oneOf(this.#random, ['', ...HOSTS]);
    this.#cluster.rules = ({ name }, node) =>
      node === refusing && name.startsWith('b') ? 'no b here' : undefined;
  }
}
