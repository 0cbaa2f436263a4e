import type { Bus, Subscription } from '../../proto/bus.js';
import type { ServiceCalls, Verb } from '../../proto/schemas/service.js';
import type { AllocationStatus, JobStatus, NodeStatus } from '../../proto/schemas/status.js';
import type { NodeViewChange } from '../../proto/schemas/view.js';
import { callService } from '../../proto/service-client.js';
import { allJobs, isTooLarge } from '../../proto/service-lists.js';
import { type Subjects, subjectsOf } from '../../proto/subjects.js';
import { decodeView } from '../../proto/view.js';
import { type Taken, ViewMirror } from '../../proto/view-mirror.js';
import type { Clock } from '../../shared/clock.js';
import type { AllocationId, NodeId } from '../../shared/ids.js';
import type { Log } from '../../shared/log.js';
import type { Fault, Result } from '../../shared/result.js';
import { WakeLoop } from '../../shared/wake-loop.js';

/** Where the cluster is. */
export interface ClusterOptions {
  readonly bus: Bus;
  readonly cluster: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Which console this is, for the coordinator; absent = it is none. */
  readonly console?: { readonly name: string; readonly version: string };
  /** Called after each look whether something is due, well or not; must not throw. */
  readonly onLook?: () => void;
  /** Called with each change that was taken. */
  readonly onChange?: (change: NodeViewChange) => void;
}

const CALL_TIMEOUT_MS = 5000;
/** How often everything is read again, ms: what was lost without a trace is then found. */
const RESYNC_MS = 60_000;
/** How often it is looked whether that, or a sign of life, is due, ms. */
const LOOK_MS = 5000;
/** Time between two tries while the coordinator does not answer, ms. */
const RETRY_MS = 2000;
/** How long a list of jobs serves those who ask, ms. */
const JOBS_FOR_MS = 2000;
/** The same of what is free, ms, and how many such answers are kept: a search costs the leader. */
const CAPACITY_FOR_MS = 20_000;
const MAX_CAPACITIES = 8;
/** Without a message for so long, it is not known whether anybody leads, ms. */
const SILENT_MS = 15_000;
const PAGE_NODES = 50;

/** What is known of the cluster as a whole. */
export interface ClusterSummary {
  /** Of the leader heard last; 0 = none was heard. */
  readonly epoch: number;
  /** Every node was read, and nothing is known to be missing. */
  readonly isWhole: boolean;
  /** Since the last sign of the leader, ms; null = none yet. */
  readonly silentMs: number | null;
  readonly isConnected: boolean;
}

type CapacityAnswer = Result<ServiceCalls['capacity']['response'], readonly Fault[]>;

/** A node with the age that its report has now. */
export interface NodeNow {
  readonly id: NodeId;
  readonly status: NodeStatus;
  readonly allocations: readonly AllocationStatus[];
}

/** More of them say nothing new. */
const MAX_UNREADABLE_SAID = 20;

/**
 * A cluster as a viewer knows it: follows what the leader publishes, asks for what was missed, and
 * asks for jobs where somebody wants them. Holds nothing that cannot be asked for again.
 */
export class Cluster {
  readonly subjects: Subjects;
  readonly #options: ClusterOptions;
  readonly #mirror = new ViewMirror();
  readonly #loop: WakeLoop;
  readonly #subscriptions: Subscription[] = [];
  readonly #views: Record<Taken, number> = { taken: 0, old: 0, missed: 0 };
  readonly #capacities = new Map<string, { atMs: number; answer: Promise<CapacityAnswer> }>();
  /** While everything is read: nodes that were heard of, and changes that were not applied. */
  readonly #heardMeanwhile = new Set<NodeId>();
  readonly #missedMeanwhile = new Map<NodeId, number>();
  /** Messages on the subjects of the leader that are none of its: anybody may have some sent. */
  #unreadable = 0;
  #isWhole = false;
  #wholeAtMs = 0;
  #heardAtMs: number | null = null;
  /** By how much the clock of the leader is before ours, as its last change says, ms. */
  #leaderAheadMs = 0;
  #jobs: { readonly atMs: number; readonly answer: Promise<Result<readonly JobStatus[]>> } | null =
    null;

  constructor(options: ClusterOptions) {
    this.#options = options;
    this.subjects = subjectsOf(options.cluster);
    this.#loop = new WakeLoop({
      clock: options.clock,
      pass: () => this.#look().finally(() => options.onLook?.()),
      onError: (cause) => options.log.error('console: reading the cluster failed', { cause }),
      pauseMs: () => (this.#isWhole ? LOOK_MS : RETRY_MS),
      coalesceMs: () => 50,
    });
  }

  start(): void {
    const { bus } = this.#options;
    this.#subscriptions.push(
      bus.subscribe(this.subjects.allViews, ({ data }) => this.#onView(data)),
      bus.onState((state) => state === 'connected' && this.#askAgain()),
    );
    this.#loop.start();
  }

  async stop(): Promise<void> {
    for (const each of this.#subscriptions.splice(0)) each.unsubscribe();
    await this.#loop.stop();
  }

  summary(): ClusterSummary {
    const { clock, bus } = this.#options;
    const silentMs = this.#heardAtMs === null ? null : clock.now() - this.#heardAtMs;
    const isConnected = bus.state === 'connected';
    return { epoch: this.#mirror.epoch, isWhole: this.#isWhole, silentMs, isConnected };
  }

  /** What became of the messages of the leader, since the start. */
  get views(): Readonly<Record<Taken, number>> {
    return this.#views;
  }

  /** A leader was heard of lately. */
  get hasLeader(): boolean {
    const { silentMs, isConnected } = this.summary();
    return isConnected && silentMs !== null && silentMs < SILENT_MS;
  }

  /** The nodes in the order of ids. Ages go on from what was published. */
  nodes(): readonly NodeNow[] {
    const leaderMs = this.#options.clock.wall() + this.#leaderAheadMs;
    return [...this.#mirror.nodes.values()]
      .sort((a, b) => (a.node < b.node ? -1 : 1))
      .flatMap(({ node, status, allocations, atMs }) => {
        if (status === null) return [];
        const ageMs = Math.max(0, status.ageMs + leaderMs - atMs);
        const all = [...allocations.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
        return [{ id: node, status: { ...status, ageMs }, allocations: all }];
      });
  }

  /** The allocations of one node, by id; undefined = the node is not known. */
  allocationsOn(node: NodeId): ReadonlyMap<AllocationId, AllocationStatus> | undefined {
    return this.#mirror.nodes.get(node)?.allocations;
  }

  /** The jobs in the order of names, at most two seconds old. */
  jobs(): Promise<Result<readonly JobStatus[]>> {
    const nowMs = this.#options.clock.now();
    if (this.#jobs === null || nowMs - this.#jobs.atMs > JOBS_FOR_MS)
      this.#jobs = { atMs: nowMs, answer: this.#readJobs() };
    return this.#jobs.answer;
  }

  /** After a change, the next who asks gets it. */
  forgetJobs(): void {
    this.#jobs = null;
  }

  /** What is free, and what would be; the same question gets the same answer for 20 s. */
  capacity(asked: ServiceCalls['capacity']['request']): Promise<CapacityAnswer> {
    const nowMs = this.#options.clock.now();
    const key = JSON.stringify(asked);
    const known = this.#capacities.get(key);
    if (known !== undefined && nowMs - known.atMs <= CAPACITY_FOR_MS) return known.answer;
    const answer = this.#askCapacity(key, asked);
    this.#capacities.delete(key);
    this.#capacities.set(key, { atMs: nowMs, answer });
    for (const old of this.#capacities.keys())
      if (this.#capacities.size > MAX_CAPACITIES) this.#capacities.delete(old);
    return answer;
  }

  async #askCapacity(
    key: string,
    asked: ServiceCalls['capacity']['request'],
  ): Promise<CapacityAnswer> {
    const answer = await this.call('capacity', asked);
    if (!answer.ok) this.#capacities.delete(key);
    return answer;
  }

  /** Calls as a viewer, or with a token in the name of its holder. */
  call<V extends Verb>(
    verb: V,
    request: ServiceCalls[V]['request'],
    token?: string,
  ): Promise<Result<ServiceCalls[V]['response'], readonly Fault[]>> {
    const { bus } = this.#options;
    const target = { bus, subjects: this.subjects, timeoutMs: CALL_TIMEOUT_MS };
    return callService(token === undefined ? target : { ...target, token }, verb, request);
  }

  #onView(data: Uint8Array): void {
    const { clock, log, onChange } = this.#options;
    const change = decodeView(data);
    if (!change.ok) {
      this.#unreadable += 1;
      if (this.#unreadable <= MAX_UNREADABLE_SAID)
        log.warn('console: a message cannot be read', { why: change.error.message });
      return;
    }
    this.#heardAtMs = clock.now();
    const taken = this.#mirror.take(change.value);
    this.#views[taken] += 1;
    const { node, sequence, atMs } = change.value;
    if (taken === 'taken') {
      this.#heardMeanwhile.add(node);
      this.#leaderAheadMs = atMs - clock.wall();
      onChange?.(change.value);
    } else if (taken === 'missed') {
      this.#missedMeanwhile.set(node, sequence);
      this.#askAgain();
    }
  }

  #askAgain(): void {
    this.#isWhole = false;
    this.#loop.wake();
  }

  /**
   * Reads everything where that is due; a leader that has nothing to say is asked whether it is
   * there.
   */
  async #look(): Promise<void> {
    const nowMs = this.#options.clock.now();
    if (!this.#isWhole || nowMs - this.#wholeAtMs >= RESYNC_MS) return this.#resync();
    if (nowMs - (this.#heardAtMs ?? 0) < LOOK_MS) return;
    const answer = await this.call('view-get', { limit: 1, ...this.#named });
    if (answer.ok) this.#heardAtMs = this.#options.clock.now();
  }

  get #named(): Pick<ServiceCalls['view-get']['request'], 'console'> {
    const { console: named } = this.#options;
    return named === undefined ? {} : { console: named };
  }

  async #resync(): Promise<void> {
    this.#heardMeanwhile.clear();
    this.#missedMeanwhile.clear();
    const ids = new Set<NodeId>();
    let after: NodeId | undefined;
    let limit = PAGE_NODES;
    do {
      const page = await this.call('view-get', {
        limit,
        ...this.#named,
        ...(after === undefined ? {} : { after }),
      });
      if (!page.ok) {
        if (!isTooLarge(page.error) || limit === 1) return;
        limit = Math.ceil(limit / 4);
        continue;
      }
      this.#heardAtMs = this.#options.clock.now();
      const { incarnation, epoch, nodes, next } = page.value;
      for (const view of nodes) {
        ids.add(view.node);
        this.#mirror.read({ incarnation, epoch }, view);
      }
      after = next;
      if (next === undefined) break;
    } while (!this.#loop.isStopping);
    // One that joined after its page was read is on none.
    for (const node of this.#heardMeanwhile) ids.add(node);
    this.#mirror.keepOnly(ids);
    this.#isWhole = [...this.#missedMeanwhile].every(
      ([node, sequence]) => (this.#mirror.nodes.get(node)?.sequence ?? -1) >= sequence,
    );
    this.#wholeAtMs = this.#options.clock.now();
  }

  async #readJobs(): Promise<Result<readonly JobStatus[]>> {
    return allJobs(this);
  }
}
