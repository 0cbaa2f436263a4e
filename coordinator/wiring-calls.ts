import { ChangeQueue } from './api/change-queue.js';
import { JobWriter } from './api/job-writer.js';
import { NodeWriter } from './api/node-writer.js';
import { SecretWriter } from './api/secret-writer.js';
import { TokenWriter } from './api/token-writer.js';
import { type VerbHandlers, verbHandlers } from './api/verbs.js';
import type { AuditTrail } from './audit/audit-trail.js';
import type { CoordinatorDeps, CoordinatorSettings } from './contract.js';
import type { Decider } from './decider.js';
import type { Programs } from './programs.js';
import type { StateEvent } from './state/events.js';
import type { ClusterState } from './state/model.js';
import type { KnownTokens } from './store/known-tokens.js';
import type { Stores } from './store/open-stores.js';
import type { RecordWriter } from './store/record-writer.js';

/** How calls and followers read and change the state beside the loop. */
export interface StateAccess {
  /** As far as it is known at once (`ClusterReader.now`). */
  readonly state: () => ClusterState;
  /** Brings the nodes of `state` up to date; absent = they always are. */
  readonly upToDate?: (maxAgeMs?: number) => Promise<unknown>;
  readonly nowMs: () => number;
  /** Resolves when the state has it. */
  readonly apply: (event: StateEvent) => Promise<void>;
  readonly mayWrite: () => boolean;
}

/** The pages of a list may be of one moment, if that is not longer ago, ms. */
const PAGES_MS = 5000;

/** What calls read and change. */
export interface CallsInput {
  readonly settings: Pick<CoordinatorSettings, 'submitterWeightMax' | 'submitterQuota'>;
  readonly stores: Stores;
  readonly records: RecordWriter;
  readonly knownTokens: KnownTokens;
  readonly decider: Decider;
  readonly access: StateAccess;
  readonly audit: AuditTrail;
  readonly programs: Programs;
  readonly deps: Pick<CoordinatorDeps, 'vault' | 'clock'>;
}

/** The handlers of the service's verbs, and what says whose a token is. */
export function wireCalls(input: CallsInput): {
  readonly handlers: VerbHandlers;
  readonly tokens: TokenWriter;
} {
  const { stores, records, decider, access, audit, programs, deps } = input;
  const { knownTokens: known } = input;
  const { clock, vault } = deps;
  const queue = new ChangeQueue(access.mayWrite, (lines) => audit.roomFor(lines));
  const { submitterWeightMax: weightMax, submitterQuota: quota } = input.settings;
  const bounds = {
    ...(weightMax === undefined ? {} : { weightMax }),
    ...(quota === undefined ? {} : { quota }),
  };
  const writer = new JobWriter({ stores, records, queue, ...access, ...bounds });
  const nodes = new NodeWriter({ stores, records, queue, ...access });
  const wallMs = (): number => clock.wall();
  const secrets = new SecretWriter({ stores, queue, vault, wallMs, ...access });
  const tokens = new TokenWriter({ store: stores.nodes, clock, queue, known });
  const { forecasts } = decider;
  const handlers = verbHandlers({
    ...{ writer, nodes, secrets, tokens },
    state: (what) => {
      if (what === 'without-nodes') return decider.cluster();
      return decider.latest(what === 'next-page' ? PAGES_MS : undefined);
    },
    nowMs: access.nowMs,
    wallMs,
    programs: () => programs.list(),
    view: (asked) => {
      if (asked.console !== undefined) programs.noteConsole(asked.console);
      return decider.view(asked);
    },
    forecast: (jobs) => forecasts.forecast(jobs),
    drainPlan: (node) => forecasts.drainPlan(node),
    quote: (job, targetsMs) => forecasts.quote(job, targetsMs),
    capacity: (asked) => forecasts.capacity(asked),
  });
  return { handlers, tokens };
}
