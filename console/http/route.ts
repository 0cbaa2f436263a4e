import type { TSchema } from 'typebox';
import type { UserRole } from '../../proto/roles.js';
import type { Clock } from '../../shared/clock.js';
import type { Fault, Result } from '../../shared/result.js';
import type { Cluster } from '../cluster/cluster.js';
import type { EventFeed } from '../cluster/event-feed.js';
import type { ConsoleDeps } from '../contract.js';
import type { Day } from '../history/day.js';
import type { NodeHours } from '../history/node-hour.js';
import type { Reports } from '../reporting/reports.js';
import type { Caller } from './access.js';

/** What the routes read and ask. */
export interface Sources {
  readonly cluster: Cluster;
  readonly events: EventFeed;
  readonly day: Day;
  readonly reports: Reports;
  readonly nodeHours: NodeHours;
  readonly readJobs: ConsoleDeps['readJobs'];
}

/** A request whose parts have been checked. */
export interface Asked extends Sources {
  readonly clock: Clock;
  /** Name of the cluster, version of the console, and Unix time by its clock. */
  readonly about: { readonly cluster: string; readonly version: string; readonly nowMs: number };
  readonly caller: Caller;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** The caller is gone. */
  readonly signal: AbortSignal;
}

/**
 * Kinds of requests that cost much: `pages` may read a thousand events, or go through a day of a
 * thousand allocations; a report reads each stored minute of its time; a search keeps the leader
 * for two seconds.
 */
export type CostlyKind = 'pages' | 'reports' | 'searches';

/** Faults, with their status where the first fault does not say it. */
export interface Refusal {
  readonly faults: readonly Fault[];
  readonly status?: number;
}

export type Answer = Result<unknown, Refusal>;

/** One parameter of a path or a query, as it is documented and checked. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  /** What it must look like; a whole text. */
  readonly pattern: RegExp;
  /** Without it the request is refused; absent = it may be left out. */
  readonly required?: true;
  /** In words, for the fault. */
  readonly expected: string;
  readonly about: string;
}

/** One address of the API: everything that is needed to check, answer and document it. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `/jobs/:name`, below `/api/v1`. */
  readonly path: string;
  /** The least role. */
  readonly role: UserRole;
  readonly about: string;
  readonly parameters?: readonly Parameter[];
  readonly body?: TSchema;
  /** A job file may stand in the place of the body. */
  readonly takesJobFile?: true;
  readonly response: TSchema;
  /** It reads or computes much: few of a kind are answered at once, and clients take turns. */
  readonly costly?: CostlyKind;
  /** The lines of the same as CSV, where that is asked for; absent = it is JSON only. */
  readonly csv?: (answer: unknown) => readonly string[];
  readonly run: (asked: Asked) => Promise<Answer>;
}
