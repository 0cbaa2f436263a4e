import { Cluster } from '../../console/cluster/cluster.js';
import type { Subscription } from '../../proto/bus.js';
import type { AllocationStatus } from '../../proto/schemas/status.js';
import type { NodeViewChange } from '../../proto/schemas/view.js';
import { eventsOf, StreamReader } from '../../proto/stream-reader.js';
import type { Clock } from '../../shared/clock.js';
import { silentLog } from '../../shared/log.js';
import { WakeLoop } from '../../shared/wake-loop.js';
import { readEvent } from '../events/event.js';
import type { Session } from '../shell/session.js';
import { readMinutes } from './minutes.js';
import { History, stepAt } from './model/history.js';
import { type ClusterData, clusterData } from './model/rows.js';
import type { Link } from './model/state.js';

/** What is followed, and who hears that something changed. */
export interface FeedOptions {
  readonly session: Session;
  readonly clock: Clock;
  readonly onNews: () => void;
}

/** How often the list of jobs is read without a reason, ms: it alone knows what waits. */
const JOBS_MS = 10_000;
/** Reading the jobs may take at most this share of the time. */
const JOBS_SHARE = 0.05;
/** Data that was taken is that of now for so long, ms. */
const AGEING_MS = 2000;
/** After these events something else may wait. */
const WAITING_EVENTS = ['submitted', 'infeasible', 'placed', 'stopped', 'lost'] as const;

/** The cluster as `dqoes top` needs it: follows the views, and asks for what they do not say. */
export class Feed {
  readonly history = new History();
  readonly #options: FeedOptions;
  readonly #cluster: Cluster;
  readonly #jobs: WakeLoop;
  readonly #subscriptions: Subscription[] = [];
  #waiting: readonly AllocationStatus[] = [];
  #leader: { readonly epoch: number; readonly name: string | null } = { epoch: 0, name: null };
  #hasJobs = false;
  #hasMinutes = false;
  /** Something was read or published since the data was last taken. */
  #isNew = true;
  #takenAtMs = 0;

  constructor(options: FeedOptions) {
    this.#options = options;
    const { session, clock } = options;
    const { bus, cluster } = session;
    const onChange = (change: NodeViewChange): void => this.#onChange(change);
    this.#cluster = new Cluster({ bus, cluster, clock, log: silentLog, onChange });
    this.#jobs = new WakeLoop({
      clock,
      pass: () => this.#look(),
      onError: () => {},
      pauseMs: () => (this.#cluster.summary().isWhole ? JOBS_MS : 250),
      coalesceMs: (tookMs) => Math.max(500, tookMs / JOBS_SHARE),
    });
  }

  start(): void {
    const { bus, subjects } = this.#options.session;
    this.#cluster.start();
    for (const what of WAITING_EVENTS)
      this.#subscriptions.push(
        bus.subscribe(subjects.event('job', what), () => {
          this.#cluster.forgetJobs();
          this.#jobs.wake();
        }),
      );
    this.#subscriptions.push(bus.onState(() => this.#news()));
    this.#jobs.start();
  }

  async stop(): Promise<void> {
    for (const each of this.#subscriptions.splice(0)) each.unsubscribe();
    await Promise.all([this.#jobs.stop(), this.#cluster.stop()]);
  }

  /** The list of jobs was read once: what waits is known. */
  get hasJobs(): boolean {
    return this.#hasJobs;
  }

  /** How the cluster is known now. */
  link(): Link {
    const { epoch, isWhole, isConnected, silentMs } = this.#cluster.summary();
    if (epoch !== this.#leader.epoch) this.#askForLeader(epoch);
    return {
      cluster: this.#options.session.cluster,
      isConnected,
      isWhole,
      hasLeader: this.#cluster.hasLeader,
      silentMs,
      epoch,
      leader: this.#leader.name,
    };
  }

  /**
   * What is known; null = nothing is yet, or it is what was taken last and that is not long ago:
   * ages go on without news.
   */
  take(): ClusterData | null {
    const nowMs = this.#options.clock.now();
    if (!this.#isNew && nowMs - this.#takenAtMs < AGEING_MS) return null;
    const nodes = this.#cluster.nodes();
    if (nodes.length === 0 && !this.#cluster.summary().isWhole) return null;
    this.#isNew = false;
    this.#takenAtMs = nowMs;
    const step = stepAt(this.#options.clock.wall());
    const data = clusterData(nodes, this.#waiting, step);
    this.history.keepOnly(new Set(data.rows.map(({ status }) => status.id)));
    return data;
  }

  #news(): void {
    this.#isNew = true;
    this.#options.onNews();
  }

  #onChange({ node, atMs, facts, figures }: NodeViewChange): void {
    const known = this.#cluster.allocationsOn(node);
    const step = stepAt(atMs);
    for (const { id } of [...facts, ...figures]) {
      const status = known?.get(id);
      if (status !== undefined) this.history.note(status, step);
    }
    this.#news();
  }

  /** Reads what the views do not say: what waits for a node, and the minutes before the start. */
  async #look(): Promise<void> {
    if (!this.#cluster.summary().isWhole) return;
    this.#news();
    const jobs = await this.#cluster.jobs();
    if (jobs.ok) {
      this.#waiting = jobs.value
        .flatMap(({ allocations }) => allocations)
        .filter(({ node }) => node === null);
      this.#hasJobs = true;
      this.#news();
    }
    if (this.#hasMinutes) return;
    this.#hasMinutes = true;
    await this.#readMinutes();
  }

  async #readMinutes(): Promise<void> {
    const { session, clock } = this.#options;
    const means = new Set(
      this.#cluster
        .nodes()
        .flatMap(({ allocations }) => allocations)
        .filter(({ target }) => target === null || target.statistic === 'mean')
        .map(({ id }): string => id),
    );
    await readMinutes(session, clock.wall(), (record) =>
      this.history.noteMinute(record, (id) => means.has(id)),
    );
    this.#news();
  }

  /** Views name the epoch; who leads in it is what the last election says. */
  #askForLeader(epoch: number): void {
    this.#leader = { epoch, name: null };
    const { bus, cluster, subjects } = this.#options.session;
    const stream = new StreamReader(bus, eventsOf(cluster));
    void stream.get({ last_by_subj: subjects.event('coordinator', 'elected') }).then((stored) => {
      const event = stored ? readEvent(stored.data)?.known : undefined;
      if (event?.type !== 'dqoes.coordinator.elected') return;
      const { coordinator: name, epoch: of } = event.data as { coordinator: string; epoch: number };
      if (of === epoch && this.#leader.epoch === epoch) this.#leader = { epoch, name };
      this.#options.onNews();
    });
  }
}
