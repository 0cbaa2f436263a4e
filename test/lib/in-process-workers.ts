import type { CoordinatorDeps } from '../../coordinator/contract.js';
import { makeWorker, type OwnDeps, type OwnSettings } from '../../coordinator/make-worker.js';
import type { WorkerBody } from '../../coordinator/workers/body/worker-body.js';
import type {
  BeginWorker,
  WorkerLink,
  WorkerNotices,
} from '../../coordinator/workers/worker-link.js';
import type { Clock } from '../../shared/clock.js';
import { ok } from '../../shared/result.js';

/** As through the port of a thread. */
const sent = <T>(message: T): T => structuredClone(message);

type Deps = Omit<OwnDeps, 'mayWriteUntilMs' | 'onStopped'> & Pick<CoordinatorDeps, 'bus'>;

/**
 * Workers on this thread, for tests with a clock of their own: all that goes to them and comes from
 * them is copied as it is between threads.
 */
export class InProcessWorkers {
  /** Those that were begun, in that order. */
  readonly all: InProcessWorker[] = [];
  readonly #settings: OwnSettings;
  readonly #depsOf: (index: number) => Deps;

  /** `depsOf`: what a worker runs on, asked each time that one begins. */
  constructor(settings: OwnSettings, depsOf: (index: number) => Deps) {
    this.#settings = settings;
    this.#depsOf = depsOf;
  }

  /** Those that have neither been stopped nor killed. */
  get living(): readonly InProcessWorker[] {
    return this.all.filter(({ isLiving }) => isLiving);
  }

  readonly begin: BeginWorker = async (start, notices) => {
    let untilMs = start.mayWriteUntilMs;
    const deps = { ...this.#depsOf(start.index), mayWriteUntilMs: () => untilMs };
    const role = { start: sent(start), notices: noticesOf(notices) };
    const made = await makeWorker(this.#settings, deps, role);
    if (!made.ok) return made;
    const worker = new InProcessWorker(made.value, deps.clock, (ms) => {
      untilMs = ms;
    });
    this.all.push(worker);
    return ok(worker);
  };
}

function noticesOf(notices: WorkerNotices): WorkerNotices {
  return {
    onChanged: () => notices.onChanged(),
    onActs: (acts) => notices.onActs(sent(acts)),
    onRefused: (events) => notices.onRefused(sent(events)),
    onSuperseded: (epoch) => notices.onSuperseded(epoch),
    onQueued: (types) => notices.onQueued(sent(types)),
    onStored: (answers) => notices.onStored(sent(answers)),
    onLeft: (events) => notices.onLeft(sent(events)),
  };
}

/** The way to one of them. */
export class InProcessWorker implements WorkerLink {
  readonly ended: Promise<string>;
  readonly mayWriteUntil: (ms: number) => void;
  readonly #body: WorkerBody;
  readonly #clock: Clock;
  #noteEnd: (why: string) => void = () => {};
  #over: string | undefined;
  #isStopped = false;
  #isHung = false;

  constructor(body: WorkerBody, clock: Clock, mayWriteUntil: (ms: number) => void) {
    this.#body = body;
    this.#clock = clock;
    this.mayWriteUntil = mayWriteUntil;
    this.ended = new Promise((resolve) => {
      this.#noteEnd = resolve;
    });
  }

  get isLiving(): boolean {
    return this.#over === undefined && !this.#isStopped;
  }

  /** It ends as a thread that failed: it writes no more, and answers nothing. */
  kill(why: string): void {
    this.mayWriteUntil(0);
    this.#over = why;
    this.#noteEnd(why);
  }

  /** It stands still: it answers nothing from now on, and does not end. */
  hang(): void {
    this.#isHung = true;
  }

  tell(...args: Parameters<WorkerLink['tell']>): void {
    if (this.#over === undefined) this.#body.tell(...sent(args));
  }
  start(): Promise<void> {
    return this.#answered(this.#body.start());
  }
  news(...args: Parameters<WorkerLink['news']>): ReturnType<WorkerLink['news']> {
    return this.#answered(this.#body.news(...args));
  }
  profilesOf(...args: Parameters<WorkerLink['profilesOf']>): ReturnType<WorkerLink['profilesOf']> {
    return this.#answered(this.#body.profilesOf(...sent(args)));
  }
  carryOut(...args: Parameters<WorkerLink['carryOut']>): ReturnType<WorkerLink['carryOut']> {
    return this.#answered(this.#body.carryOut(...sent(args)));
  }
  records(): ReturnType<WorkerLink['records']> {
    return this.#answered(this.#body.records());
  }
  view(...args: Parameters<WorkerLink['view']>): ReturnType<WorkerLink['view']> {
    return this.#answered(this.#body.view(...sent(args)));
  }
  reconcileStore(full: boolean): Promise<void> {
    return this.#answered(this.#body.reconcileStore(full));
  }
  async stop(limitMs: number): Promise<void> {
    this.#isStopped = true;
    const answered = new AbortController();
    if (!this.#isHung) void this.#body.stop().finally(() => answered.abort());
    await this.#clock.sleep(limitMs, answered.signal);
    this.mayWriteUntil(0);
  }

  async #answered<T>(answer: Promise<T>): Promise<T> {
    if (this.#isHung) return new Promise(() => {});
    const value = await Promise.race([answer, this.ended.then((why) => this.#fail(why))]);
    return sent(value);
  }

  #fail(why: string): never {
    throw new Error(why);
  }
}
