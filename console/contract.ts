import type { Bus } from '../proto/bus.js';
import type { Clock } from '../shared/clock.js';
import type { JobSpec } from '../shared/job.js';
import type { Log } from '../shared/log.js';
import type { SampleSource } from '../shared/monitoring/samples.js';
import type { Result } from '../shared/result.js';

/** Settings of one console. */
export interface ConsoleSettings {
  readonly cluster: string;
  /** How `dqoes version` calls this console; default the name of the cluster. */
  readonly name?: string;
  /** Address that it listens at. */
  readonly host: string;
  /** 0 = any free one. */
  readonly port: number;
  /** How many ports after `port` are tried where it is taken. */
  readonly moreTries?: number;
  /** What to do where no port can be had, for the fault. Default: give another with `--listen`. */
  readonly portCure?: string;
  /** Names beside loopback and addresses by which browsers may call it. */
  readonly names?: readonly string[];
  /** Nobody reads without a token, on loopback neither. Default false. */
  readonly requireToken?: boolean;
  readonly limits?: Partial<ConsoleLimits>;
}

/** What one console gives to its clients at most. */
export interface ConsoleLimits {
  /** Requests a second of one client, and how many at once after a pause. */
  readonly requestsPerSecond: number;
  readonly requestsAtOnce: number;
  /** Clients of the stream of events at a time. */
  readonly streams: number;
  /** Time between two signs of life on a stream, ms. */
  readonly heartbeatMs: number;
  /** A stream whose client takes nothing for so long is cut, ms. */
  readonly stalledMs: number;
  /** Allocations whose day is remembered. */
  readonly series: number;
  /** Answers that clients have not taken yet, all together, bytes. */
  readonly unsentBytes: number;
}

export const DEFAULT_LIMITS: ConsoleLimits = {
  requestsPerSecond: 50,
  requestsAtOnce: 200,
  streams: 256,
  heartbeatMs: 15_000,
  stalledMs: 20_000,
  series: 1000,
  unsentBytes: 64 * 1024 * 1024,
};

/** What a console runs on. */
export interface ConsoleDeps {
  /** With the key of a viewer: what it may not do, no request can make it do. */
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  /** Called when the view of the cluster was looked after, well or not; must not throw. */
  readonly onPass?: () => void;
  /** Reads a job file. */
  readonly readJobs: (text: string) => Result<readonly JobSpec[]>;
}

/** A console that listens. */
export interface ConsoleHandle {
  /** Such as `http://127.0.0.1:8470`. */
  readonly url: string;
  /** What Prometheus may know of it. */
  readonly source: SampleSource;
  /** How it goes, in one line. */
  summary(): string;
  /** Ends every connection. Safe to call twice. */
  stop(): Promise<void>;
}
