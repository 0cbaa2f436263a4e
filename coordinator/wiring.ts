import type { Subjects } from '../proto/subjects.js';
import { BUILT_VERSION } from '../shared/version.js';
import type { TokenWriter } from './api/token-writer.js';
import type { VerbHandlers } from './api/verbs.js';
import type { AuditTrail } from './audit/audit-trail.js';
import type { CoordinatorDeps, CoordinatorSettings } from './contract.js';
import type { Decider } from './decider.js';
import { DecisionPass } from './decision-pass.js';
import type { EventPublisher } from './dispatch/event-publisher.js';
import type { OwnEvents } from './own-events.js';
import type { Pace } from './pacing/pace.js';
import { Loop, rhythmFor } from './planning/loop.js';
import { Programs } from './programs.js';
import type { JobFollower } from './store/job-follower.js';
import { KnownTokens } from './store/known-tokens.js';
import { NodeRecords } from './store/node-records.js';
import { RecordWriter } from './store/record-writer.js';
import { Resync } from './store/resync.js';
import { type LeaderParts, wireBase } from './wiring-base.js';
import { type StateAccess, wireCalls } from './wiring-calls.js';
import { wireDivided } from './wiring-divided.js';
import { wireFollowers } from './wiring-followers.js';
import { wireGuard } from './wiring-guards.js';
import { wireSingle } from './wiring-single.js';

/** The parts of a leading coordinator, joined; nothing runs yet. */
export interface CoordinatorParts {
  readonly subjects: Subjects;
  readonly pace: Pace;
  readonly publisher: EventPublisher;
  readonly ownEvents: OwnEvents;
  readonly audit: AuditTrail;
  /** What hears nodes, and decides about them. */
  readonly decider: Decider;
  readonly loop: Loop;
  readonly jobs: JobFollower;
  readonly resync: Resync;
  /** What runs beside the agents. */
  readonly programs: Programs;
  readonly handlers: VerbHandlers;
  readonly tokens: TokenWriter;
  readonly knownTokens: KnownTokens;
  /** The latest epoch that nodes obey or are to obey, where it is later than ours; else 0. */
  readonly obeyedEpoch: () => number;
}

/** Makes every part of a coordinator and joins them; starts nothing and writes nothing. */
export function wireCoordinator(
  settings: CoordinatorSettings,
  deps: CoordinatorDeps,
  leader: LeaderParts,
): CoordinatorParts {
  const { clock } = deps;
  const { stores, leadership, loaded } = leader;
  const base = wireBase(settings, deps, leader);
  let obeyedEpoch = 0;
  const onSuperseded = (epoch: number): void => {
    obeyedEpoch = Math.max(obeyedEpoch, epoch);
    leadership.supersededBy(epoch);
  };
  const records = new NodeRecords({ store: stores.nodes, revisions: loaded.records });
  const input = { settings, deps, leader, base, records, onSuperseded };
  const { workers = 0 } = settings;
  const decider: Decider = workers > 0 ? wireDivided(input) : wireSingle(input);
  const { upToDate } = decider;
  const access: StateAccess = {
    state: () => decider.now(),
    ...(upToDate === undefined ? {} : { upToDate }),
    nowMs: () => clock.now(),
    apply: async (event) => {
      if (event.kind === 'job-removed') jobs.noteRemoval(event.name);
      if (event.kind === 'secret-removed') secrets.noteRemoval(event.name);
      await decider.apply(event);
      loop.wake();
    },
    mayWrite: () => leadership.leads,
  };
  const knownTokens = new KnownTokens(loaded.tokens);
  const writeAgain: Decider['writeAgain'] = (node) => decider.writeAgain(node);
  const followed = { stores, loaded, records, writeAgain, knownTokens, access, deps };
  const { jobs, secrets, nodes, nodesBucket, markers } = wireFollowers(followed);
  const resync = new Resync({
    clock,
    leads: () => leadership.leads,
    tasks: [
      (full) => jobs.sync(full),
      (full) => nodesBucket.sync(full),
      (full) => decider.reconcileStore(full),
      (full) => markers.clearWhere(full),
    ],
    early: () => nodesBucket.sync(false),
  });
  const { ownEvents, audit } = base;
  const guard = wireGuard(settings, { deps, leader: { stores, leadership }, ownEvents });
  const onPass = (seconds: number): void => deps.meter?.pass(seconds);
  const pass = new DecisionPass({ leadership, guard, decider, resync, clock, onPass });
  const loop = loopOf(settings, deps, pass);
  const programs = wirePrograms(settings, deps, leader);
  const calls = wireCalls({
    ...{ settings, stores, decider, access, audit, programs, deps },
    records: new RecordWriter({ ...access, records, refresh: (key) => nodes.refresh(key) }),
    knownTokens,
  });
  const parts = { decider, loop, jobs, resync, programs, knownTokens };
  return { ...base, ...parts, ...calls, obeyedEpoch: () => obeyedEpoch };
}

const loopOf = (
  { params }: CoordinatorSettings,
  { clock, log, onPass }: CoordinatorDeps,
  pass: DecisionPass,
): Loop =>
  new Loop({
    ...{ clock, log, ...rhythmFor(params) },
    pass: () => pass.run().finally(() => onPass?.()),
  });

const wirePrograms = (
  { name }: CoordinatorSettings,
  { clock }: CoordinatorDeps,
  { stores }: LeaderParts,
): Programs => new Programs({ name, version: BUILT_VERSION }, { store: stores.lease, clock });
