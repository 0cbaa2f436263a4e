import { randomBytes } from 'node:crypto';
import type { JobStatus } from '../../proto/schemas/status.js';
import type { Fault, Result } from '../../shared/result.js';
import { type ExitCode, exitCodeOf, faultLine } from '../output/faults.js';
import { orAborted } from '../shell/aborted.js';
import type { App } from '../shell/app.js';
import { jobStatus } from '../shell/job-lookup.js';
import { refuse, type Session } from '../shell/session.js';
import { ContainerLog, type LogBegin } from './container-log.js';
import type { LogPrinter } from './printer.js';
import { beginNotice, changesOf, keyOf, type LogTarget, targetsOf } from './targets.js';

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
  /** Of every log that was followed; so that one that cannot be read is not tried again. */
  readonly #known = new Map<string, LogTarget>();
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
    const status = await orAborted(jobStatus(session, this.#name), signal);
    if (status === undefined) return [];
    if (!status.ok) return begin === undefined ? this.#withoutStatus(status) : status.error;
    if (this.#isSilent) printer.tell('The coordinator answers again.');
    this.#isSilent = false;
    const now = targetsOf(status.value);
    if (begin !== undefined && now.length === 0)
      printer.tell(`${this.#name} has no container yet: waiting (dqoes job status ${this.#name})`);
    this.#apply(now, begin);
    return [];
  }

  /** Resolves when no log is read any more. */
  async finished(): Promise<void> {
    await Promise.all([...this.#logs.values()].map(({ done }) => done));
  }

  #withoutStatus(status: Result<JobStatus>): readonly Fault[] {
    const { printer } = this.#deps;
    if (!status.ok && status.error.some(({ code }) => code === 'service.not-found')) {
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

  #apply(now: readonly LogTarget[], begin: LogBegin | undefined): void {
    const followed = new Map([...this.#logs].map(([key, { target }]) => [key, target]));
    const { leave } = changesOf(followed, now);
    for (const key of leave) this.#logs.get(key)?.log.leave();
    for (const target of now) this.#logs.get(keyOf(target))?.log.observe(target);
    for (const target of changesOf(this.#known, now).begin) {
      if (begin === undefined) this.#deps.printer.tell(beginNotice(target, this.#known.values()));
      this.#follow(target, begin ?? this.#sinceBegun());
    }
  }

  /** Of what comes later, only what was written since this command began. */
  #sinceBegun(): LogBegin {
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
      if (fault === undefined) return;
      this.faults.push(fault);
      app.output.problem(faultLine(fault));
    });
    this.#logs.set(key, { target, log, done });
  }
}
