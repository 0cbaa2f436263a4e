import { randomBytes } from 'node:crypto';
import type { LogCursor } from '../../proto/log-follow.js';
import type { Fault, Result } from '../../shared/result.js';
import { type ExitCode, exitCodeOf, faultLine } from '../output/faults.js';
import { orAborted } from '../shell/aborted.js';
import type { App } from '../shell/app.js';
import { refuse, type Session } from '../shell/session.js';
import { ContainerLog, type LogBegin } from './container-log.js';
import { findJob, type LoggedJob } from './find-job.js';
import type { LogPrinter } from './printer.js';
import {
  beginNotice,
  changesOf,
  keyOf,
  type LogPlaces,
  type LogTarget,
  placesOf,
} from './targets.js';

/** Time between two looks at where the containers of a job are, ms. */
const LOOK_MS = 2000;
/** How long the nodes may take to hear that nobody reads any more, ms. */
const GOODBYE_MS = 300;

/** The jobs whose logs are followed, and from where. */
export interface FollowQuestion {
  readonly names: readonly string[];
  readonly begin: Omit<LogBegin, 'live'>;
}

/**
 * Follows the logs of jobs wherever their containers are, until Ctrl-C or until the jobs are
 * stopped. Moves, new containers, and coordinators or agents that do not answer are said; the
 * coordinator is needed only to see where containers went.
 */
export async function followJobs(
  app: App,
  session: Session,
  { names, begin, printer }: FollowQuestion & { readonly printer: LogPrinter },
): Promise<ExitCode> {
  const end = new AbortController();
  const stop = (): void => end.abort();
  if (app.signal.aborted) return 0;
  app.signal.addEventListener('abort', stop, { once: true });
  const jobs = names.map(
    (name) => new JobLogs(name, { app, session, printer, signal: end.signal }),
  );
  const first = await Promise.all(jobs.map((job) => job.look({ ...begin, live: true })));
  const faults = first.flat();
  while (faults.length === 0 && !end.signal.aborted && jobs.some(({ isOver }) => !isOver)) {
    await app.clock.sleep(LOOK_MS, end.signal);
    for (const job of jobs) if (!end.signal.aborted) await job.look(undefined);
  }
  stop();
  await Promise.all(jobs.map((job) => job.finished()));
  await Promise.race([session.bus.flush(), app.clock.sleep(GOODBYE_MS)]);
  refuse(app, faults);
  return exitCodeOf([...faults, ...jobs.flatMap((job) => job.faults)]);
}

interface JobLogsDeps {
  readonly app: App;
  readonly session: Session;
  readonly printer: LogPrinter;
  readonly signal: AbortSignal;
}

interface Followed {
  readonly target: LogTarget;
  readonly log: ContainerLog;
  readonly done: Promise<void>;
}

/** The logs of one job. */
class JobLogs {
  /** Why logs could not be read. */
  readonly faults: Fault[] = [];
  readonly #name: string;
  readonly #deps: JobLogsDeps;
  readonly #begunMs: number;
  readonly #logs = new Map<string, Followed>();
  /** Of every log that was followed. */
  readonly #known = new Map<string, LogTarget>();
  /** Where those that were left had come to. */
  readonly #cursors = new Map<string, LogCursor>();
  /** Those that cannot be read are not tried again. */
  readonly #refused = new Set<string>();
  /** What was asked for, and the allocations whose containers were not known at the first look. */
  #first: { readonly begin: LogBegin; readonly awaited: ReadonlySet<string> } | undefined;
  /** It was said that it is being stopped. */
  #isStopping = false;
  #isStopped = false;
  #isSilent = false;

  constructor(name: string, deps: JobLogsDeps) {
    this.#name = name;
    this.#deps = deps;
    this.#begunMs = deps.app.clock.now();
  }

  /** Nothing more will come. */
  get isOver(): boolean {
    return (this.#isStopped || this.faults.length > 0) && this.#logs.size === 0;
  }

  /** Looks where the containers are now; `begin` at the first look. Its faults end the command. */
  async look(begin: LogBegin | undefined): Promise<readonly Fault[]> {
    if (this.#isStopped) return [];
    const { session, signal, printer } = this.#deps;
    const job = await orAborted(findJob(session, this.#name), signal);
    if (job === undefined) return [];
    if (!job.ok) return begin === undefined ? this.#withoutStatus(job) : job.error;
    if (this.#isSilent) printer.tell('The coordinator answers again.');
    this.#isSilent = false;
    const { stopping } = job.value;
    if (stopping !== undefined && !this.#isStopping) printer.tell(stopping);
    this.#isStopping = stopping !== undefined;
    const now = placesOf(job.value);
    if (begin !== undefined && now.targets.length === 0)
      printer.tell(`${this.#name} has no container yet: waiting (dqoes job status ${this.#name})`);
    if (begin !== undefined) this.#first = { begin, awaited: now.unknown };
    this.#apply(now, begin);
    return [];
  }

  /** Resolves when no log is read any more. */
  async finished(): Promise<void> {
    await Promise.all([...this.#logs.values()].map(({ done }) => done));
  }

  #withoutStatus(job: Result<LoggedJob>): readonly Fault[] {
    const { printer } = this.#deps;
    if (!job.ok && job.error.some(({ code }) => code === 'service.not-found')) {
      printer.tell(`${this.#name} was stopped.`);
      this.#isStopped = true;
      for (const { log } of this.#logs.values()) log.leave();
    } else if (!this.#isSilent) {
      this.#isSilent = true;
      printer.tell(
        'The coordinator does not answer: logs are followed where they are, and moves are not ' +
          'seen until it does.',
      );
    }
    return [];
  }

  #apply(now: LogPlaces, begin: LogBegin | undefined): void {
    const followed = new Map([...this.#logs].map(([key, { target }]) => [key, target]));
    const changes = changesOf(followed, now);
    for (const key of changes.leave) this.#logs.get(key)?.log.leave();
    for (const target of now.targets) this.#logs.get(keyOf(target))?.log.observe(target);
    const added = changes.begin.filter((target) => !this.#isRead(target));
    const [leaving = '', ...others] = changes.leave;
    const left = others.length === 0 && added.length === 1 ? followed.get(leaving) : undefined;
    for (const target of added) {
      // One that was left and is back goes on where it was.
      const cursor = this.#cursors.get(keyOf(target));
      const notice = beginNotice(target, this.#known.values(), left);
      if (begin === undefined && cursor === undefined) this.#deps.printer.tell(notice);
      const again = cursor === undefined ? this.#beginOf(target) : { live: true, cursor };
      this.#follow(target, begin ?? again);
    }
  }

  /** It cannot be read, or was read to the end that comes before its container is removed. */
  #isRead(target: LogTarget): boolean {
    const key = keyOf(target);
    return this.#refused.has(key) || (target.isStopping === true && this.#known.has(key));
  }

  /**
   * Of what comes later, only what was written since this command began; of a container that ran
   * already, and was not reported yet at the first look, what was asked for.
   */
  #beginOf({ allocation, node }: LogTarget): LogBegin {
    if (this.#first?.awaited.has(`${allocation} ${node}`) === true) return this.#first.begin;
    const ago = this.#deps.app.clock.now() - this.#begunMs;
    return { live: true, since: Math.ceil(ago) };
  }

  #follow(target: LogTarget, begin: LogBegin): void {
    const { app, session, printer, signal } = this.#deps;
    const key = keyOf(target);
    this.#known.set(key, target);
    const { bus, subjects } = session;
    const log = new ContainerLog(target, begin, {
      ...{ bus, subjects, printer, signal, clock: app.clock },
      session: randomBytes(8).toString('hex'),
    });
    const done = log.run().then((fault) => {
      this.#logs.delete(key);
      if (log.cursor !== undefined) this.#cursors.set(key, log.cursor);
      if (fault === undefined) return;
      this.#refused.add(key);
      this.faults.push(fault);
      app.output.problem(faultLine(fault));
    });
    this.#logs.set(key, { target, log, done });
  }
}
