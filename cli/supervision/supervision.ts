import type { Clock } from '../../shared/clock.js';
import type { Log } from '../../shared/log.js';
import { type Feed, feedEveryMs, mayFeed, watchdogMsFor } from '../../shared/watchdog.js';
import type { CliConfig } from '../config.js';
import { createNotifier, type Notice, type Notifier } from './notifier.js';

/** What a service tells the one that supervises it. All of it costs nothing where nobody does. */
export interface Supervision {
  /** Says what the service waits for. */
  starting(what: string): void;
  /** The service works from now on. Only the first call counts. */
  ready(): void;
  /** A loop of the service has finished a pass; where all have, the watchdog is fed. */
  passed(loop: string): void;
  /** The service ends. Resolves when that was said. */
  stopping(what: string): Promise<void>;
  /**
   * The service is to end by a fault that may pass. Resolves when it may: a systemd before 254
   * knows no growing pause, and starts one that fails at once every second, for ever. Ends by the
   * signal.
   */
  failed(signal: AbortSignal): Promise<void>;
}

/** What is supervised. */
export interface SupervisedService {
  /** Names of the loops that must go on, all of them. */
  readonly loops: readonly string[];
  /** Longest pause of a healthy loop between two passes, ms. */
  readonly pauseMs: number;
  /** One line about how it goes, for `systemctl status`. */
  readonly status: () => string;
}

/** How it is told, and by which clock. */
export interface SupervisionDeps {
  readonly notifier: Notifier;
  readonly clock: Clock;
  /** Time of the watchdog, ms; absent = there is none. */
  readonly watchdogMs?: number | undefined;
}

/** Time between two lines of status without a watchdog, ms. */
const STATUS_EVERY_MS = 20_000;
/** A stop may take so long without a sign, ms; `TimeoutStopSec` ends it before. */
const STOPPING_MS = 300_000;
/** A service that fails lives at least so long, ms. */
const MIN_LIFE_MS = 5000;

/** The supervision by systemd where it asked for notices; else one that does nothing. */
export function supervisionOf(
  config: CliConfig,
  service: SupervisedService,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Supervision {
  const { serviceManager } = config;
  if (serviceManager === undefined) return UNSUPERVISED;
  const program = config.which('systemd-notify');
  if (program === undefined) {
    log.warn('systemd-notify is missing, so the service manager never hears that this is ready');
    return UNSUPERVISED;
  }
  const { watchdogMs } = serviceManager;
  return new NotifiedSupervision(service, {
    notifier: createNotifier(program, log),
    clock,
    watchdogMs,
  });
}

/** Nobody supervises. */
export const UNSUPERVISED: Supervision = {
  starting: () => {},
  ready: () => {},
  passed: () => {},
  stopping: async () => {},
  failed: async () => {},
};

/**
 * Tells a service manager how a service goes. The watchdog is fed by passes alone: without progress
 * nothing is sent, and no timer runs.
 */
export class NotifiedSupervision implements Supervision {
  readonly #service: SupervisedService;
  readonly #deps: SupervisionDeps;
  readonly #watchdogMs: number | undefined;
  readonly #everyMs: number;
  readonly #passes: Record<string, number>;
  readonly #startedAtMs: number;
  #last: Feed | null = null;
  #state: 'starting' | 'ready' | 'stopping' = 'starting';

  constructor(service: SupervisedService, deps: SupervisionDeps) {
    this.#service = service;
    this.#deps = deps;
    this.#startedAtMs = deps.clock.now();
    const { watchdogMs } = deps;
    this.#watchdogMs =
      watchdogMs === undefined ? undefined : watchdogMsFor(watchdogMs, service.pauseMs);
    this.#everyMs =
      this.#watchdogMs === undefined ? STATUS_EVERY_MS : feedEveryMs(this.#watchdogMs);
    this.#passes = Object.fromEntries(service.loops.map((loop) => [loop, 0]));
  }

  starting(what: string): void {
    if (this.#state === 'starting') this.#deps.notifier.send({ STATUS: what });
  }

  ready(): void {
    if (this.#state !== 'starting') return;
    this.#state = 'ready';
    // The first passes have something to say, so they do not wait.
    this.#noteFeed(this.#deps.clock.now() - this.#everyMs);
    this.#deps.notifier.send(this.#good());
  }

  passed(loop: string): void {
    this.#passes[loop] = (this.#passes[loop] ?? 0) + 1;
    if (this.#state !== 'ready') return;
    const question = { passes: this.#passes, last: this.#last, everyMs: this.#everyMs };
    if (!mayFeed({ ...question, nowMs: this.#deps.clock.now() })) return;
    this.#noteFeed(this.#deps.clock.now());
    const food = this.#watchdogMs === undefined ? {} : { WATCHDOG: '1' };
    this.#deps.notifier.send({ ...this.#good(), ...food });
  }

  async stopping(what: string): Promise<void> {
    if (this.#state === 'stopping') return;
    this.#state = 'stopping';
    const { notifier } = this.#deps;
    // Passes have ended, and putting limits back may wait for a slow engine.
    const time = this.#watchdogMs === undefined ? {} : { WATCHDOG_USEC: microseconds(STOPPING_MS) };
    notifier.send({ STOPPING: '1', STATUS: what, ...time });
    await notifier.flush();
  }

  async failed(signal: AbortSignal): Promise<void> {
    const { clock } = this.#deps;
    const leftMs = this.#startedAtMs + MIN_LIFE_MS - clock.now();
    if (leftMs > 0) await clock.sleep(leftMs, signal);
  }

  /**
   * Said with each feed, too: a systemd before 246 may lose what a process says that ends at once,
   * and a service whose readiness was lost would be starting for ever.
   */
  #good(): Notice {
    const { watchdogMs: configured } = this.#deps;
    const isLonger = this.#watchdogMs !== undefined && this.#watchdogMs !== configured;
    const time = isLonger ? { WATCHDOG_USEC: microseconds(this.#watchdogMs ?? 0) } : {};
    return { READY: '1', STATUS: this.#service.status(), ...time };
  }

  #noteFeed(atMs: number): void {
    this.#last = { atMs, passes: { ...this.#passes } };
  }
}

const microseconds = (ms: number): string => String(Math.round(ms * 1000));
