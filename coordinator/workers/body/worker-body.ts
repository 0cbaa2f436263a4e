import type { BusMessage, Subscription } from '../../../proto/bus.js';
import type { DesiredState } from '../../../shared/command.js';
import { messageOf } from '../../../shared/errors.js';
import type { NodeId } from '../../../shared/ids.js';
import { raiseEpochSteps } from '../../dispatch/raise-epoch.js';
import { kindOf } from '../../monitoring/meter.js';
import { runSteps } from '../../pacing/pace.js';
import { SerialQueue } from '../../pacing/serial-queue.js';
import { Loop, rhythmFor } from '../../planning/loop.js';
import type { StateEvent } from '../../state/events.js';
import type { WorkerPlaces, WorkerPlan } from '../messages.js';
import { jobsWithOwnTexts } from '../own-texts.js';
import { ownerOf } from '../owner-of.js';
import type {
  DecidedKinds,
  ReadFromWorker,
  SaidByWorker,
  WorkerCounters,
  WorkerLink,
} from '../worker-link.js';
import { LastingNews } from './lasting-news.js';
import { type BegunMaking, begunMaking, type WorkerMaking, WorkerParts } from './worker-parts.js';

/** Least time between two looks for other facts, ms: each looks at all nodes. */
const LOOK_MS = 250;

/** What was decided on places, and by when. */
interface Order {
  readonly places: WorkerPlaces;
  readonly nowMs: number;
  /** Called when what follows from it is written, or has failed. */
  readonly onWritten: () => void;
}

/**
 * A worker as its coordinator sees it, on the thread that made it: hears its nodes, decides their
 * limits, writes their desired states, and tells how they are. Decides nothing before it was first
 * told places.
 */
export class WorkerBody implements Omit<WorkerLink, 'mayWriteUntil' | 'ended'> {
  readonly #making: BegunMaking;
  readonly #parts: WorkerParts;
  readonly #loop: Loop;
  /** Passes, and what may not run beside one. */
  readonly #turns = new SerialQueue();
  readonly #lasting: LastingNews;
  #subscriptions: readonly Subscription[] = [];
  #hasPlaces = false;
  /** Decided since it was said last. */
  #kinds = new Map<string, number>();
  /** Of the newest limits, ms. */
  #decidedMs = Number.NEGATIVE_INFINITY;
  /** Since it was asked for news. */
  #hasSaidChanged = false;
  /** Whether facts have changed, ms. */
  #lookedAtMs = Number.NEGATIVE_INFINITY;

  constructor(making: WorkerMaking) {
    const { clock, log } = making.deps;
    this.#making = begunMaking(making);
    this.#parts = new WorkerParts(making);
    this.#lasting = new LastingNews(making.start.state.nodes);
    this.#loop = new Loop({
      ...{ clock, log, ...rhythmFor(making.settings.params) },
      pass: async () => {
        await this.#turns.run(() => this.#pass());
      },
    });
  }

  tell(event: StateEvent): void {
    const { machine, shared } = this.#parts;
    const own = jobsWithOwnTexts(event);
    const told = shared.runExclusive(async () => machine.apply(own));
    void told.then(
      () => this.#loop.wake(),
      (cause: unknown) =>
        this.#making.deps.log.error('worker: an event could not be applied', {
          kind: event.kind,
          cause: messageOf(cause),
        }),
    );
  }

  async start(): Promise<void> {
    this.#listen();
    void this.#parts.minutes.start();
    await this.#turns.run(() => this.#raiseEpoch());
    this.#loop.start();
  }

  news(nowMs: number): Promise<SaidByWorker> {
    const isReached = this.#parts.reach.look();
    return isReached === undefined ? this.#news(nowMs) : this.#newsIf(isReached, nowMs);
  }

  // By reports that do not come it would judge its nodes.
  async #newsIf(isReached: Promise<boolean>, nowMs: number): Promise<SaidByWorker> {
    if (!(await isReached)) throw new Error('NATS does not answer it, so it hears no nodes');
    return this.#news(nowMs);
  }

  #news(nowMs: number): Promise<SaidByWorker> {
    const { shared, machine, worker } = this.#parts;
    const { clock, pace } = this.#making.deps;
    return shared.runExclusive(async () => {
      this.#hasSaidChanged = false;
      machine.apply({ kind: 'tick', atMs: clock.now() });
      const news = await runSteps(worker.news(nowMs), pace.begin());
      return { ...news, lasting: this.#lasting.next(machine.state.nodes) };
    });
  }

  profilesOf(nodes: readonly NodeId[]): ReturnType<WorkerLink['profilesOf']> {
    const { shared, worker } = this.#parts;
    return shared.runExclusive(async () => worker.profilesOf(nodes));
  }

  carryOut(places: WorkerPlaces, nowMs: number): Promise<DecidedKinds> {
    const { log } = this.#making.deps;
    return new Promise((resolve, reject) => {
      const onWritten = (): void => {
        resolve(this.#kinds);
        this.#kinds = new Map();
      };
      const passed = this.#turns.run(() => this.#pass({ places, nowMs, onWritten }));
      passed.catch((cause: unknown) => {
        log.error('worker: a pass failed', { cause: messageOf(cause) });
        reject(cause);
      });
    });
  }

  records(): Promise<ReadFromWorker> {
    const { shared, worker } = this.#parts;
    return shared.runExclusive(async () => ({ ...worker.records, counters: this.#counters }));
  }

  async view(asked: Parameters<WorkerLink['view']>[0]): ReturnType<WorkerLink['view']> {
    return this.#parts.views.read(asked);
  }

  reconcileStore(full: boolean): Promise<void> {
    const { dispatcher, machine } = this.#parts;
    return this.#turns.run(() => dispatcher.reconcileStore(machine.state, full));
  }

  async stop(): Promise<void> {
    const { publisher, minutes, pending, backlog } = this.#parts;
    for (const subscription of this.#subscriptions) subscription.unsubscribe();
    await this.#loop.stop();
    await this.#turns.run(() => {});
    await publisher.stop();
    // What the stream has not taken is for the next term: this may be ended while minutes wait.
    pending.say(backlog.waiting);
    await minutes.stop();
    pending.say();
    await this.#making.deps.onStopped?.();
  }

  get #counters(): WorkerCounters {
    const { ingest, dispatcher, publisher, minutes } = this.#parts;
    return {
      ingest: ingest.counters,
      dispatch: dispatcher.counters,
      events: publisher.counters,
      minutes: { dropped: minutes.dropped },
    };
  }

  #listen(): void {
    const { settings, deps } = this.#making;
    const { bus, clock } = deps;
    const { subjects } = settings;
    const { ingest, machine } = this.#parts;
    const onReport = (message: BusMessage): void => {
      if (!this.#isOwn(message)) return;
      ingest.bufferReport(message, clock.now());
      this.#loop.wake();
    };
    const onAck = (message: BusMessage): void => {
      if (this.#isOwn(message)) ingest.bufferAck(message, clock.now());
    };
    this.#subscriptions = [
      bus.subscribe(subjects.allTelemetry, onReport),
      bus.subscribe(subjects.allAcks, onAck),
    ];
    machine.apply({ kind: 'hearing', atMs: clock.now() });
  }

  /** Of all messages a worker reads its own; one that names no node is counted by the first. */
  #isOwn({ subject }: BusMessage): boolean {
    const { settings, start } = this.#making;
    const node = settings.subjects.nodeOf(subject);
    return (node === undefined ? 0 : ownerOf(node, start.of)) === start.index;
  }

  async #raiseEpoch(): Promise<void> {
    const { worker, dispatcher } = this.#parts;
    const { settings, deps } = this.#making;
    const steps = raiseEpochSteps(worker.state, settings.params);
    await dispatcher.write(await runSteps(steps, deps.pace.begin()));
  }

  /** Without an order: with what is left of the places that were carried out last. */
  async #pass(order?: Order): Promise<void> {
    const { mayWrite, shared, machine, dispatcher, minutes, views, pending } = this.#parts;
    // It may again where a renewal of the lease was but late.
    if (!mayWrite()) return this.#passOver(order);
    const states = await shared.runExclusive(() => this.#decide(order));
    await dispatcher.write(states);
    order?.onWritten();
    await dispatcher.nudge(machine.state);
    await this.#sayIfChanged();
    minutes.observe(machine.state);
    if (mayWrite()) await views.publish(machine.state);
    pending.say();
  }

  #passOver(order: Order | undefined): void {
    if (order === undefined) return;
    this.#parts.worker.passOver(order.places);
    order.onWritten();
  }

  async #decide(order: Order | undefined): Promise<readonly DesiredState[]> {
    const { machine, worker } = this.#parts;
    const { clock, pace } = this.#making.deps;
    machine.apply({ kind: 'tick', atMs: clock.now() });
    if (order !== undefined) this.#hasPlaces = true;
    if (!this.#hasPlaces) return [];
    // Places may have been decided before the newest limits were.
    const nowMs = Math.max(this.#decidedMs, order?.nowMs ?? clock.now());
    this.#decidedMs = nowMs;
    const steps =
      order === undefined ? worker.decideLimits(nowMs) : worker.decide(order.places, nowMs);
    const plan = await runSteps(steps, pace.begin());
    this.#parts.publish(plan.events);
    this.#count(plan);
    return plan.states;
  }

  #count({ decided }: WorkerPlan): void {
    for (const decision of decided) {
      const kind = kindOf(decision);
      this.#kinds.set(kind, (this.#kinds.get(kind) ?? 0) + 1);
    }
  }

  async #sayIfChanged(): Promise<void> {
    const { shared, worker } = this.#parts;
    const { deps, notices } = this.#making;
    const nowMs = deps.clock.now();
    if (this.#hasSaidChanged || nowMs - this.#lookedAtMs < LOOK_MS) return;
    this.#lookedAtMs = nowMs;
    const look = () => runSteps(worker.hasNewFacts(), deps.pace.begin());
    if (!(await shared.runExclusive(look)) || this.#hasSaidChanged) return;
    this.#hasSaidChanged = true;
    notices.onChanged();
  }
}
