import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { nextDesired } from '../../../../coordinator/dispatch/next-desired.js';
import { UpToDate } from '../../../../coordinator/dispatch/up-to-date.js';
import { NONE_AT_REST } from '../../../../coordinator/schedule/node-limits.js';
import { NO_SETTLED_JOBS } from '../../../../coordinator/schedule/placement/replica-diff.js';
import { NO_STEADY_NODES } from '../../../../coordinator/schedule/placement/steady-nodes.js';
import { POLICIES } from '../../../../coordinator/schedule/policies/index.js';
import {
  NO_MEMORY,
  type SchedulerMemory,
  schedule,
} from '../../../../coordinator/schedule/schedule.js';
import type { Snapshot } from '../../../../coordinator/schedule/types.js';
import { allocationStatuses } from '../../../../coordinator/state/allocation-status.js';
import { deriveEvents } from '../../../../coordinator/state/derive-events.js';
import type { StateEvent } from '../../../../coordinator/state/events.js';
import { jobStatuses } from '../../../../coordinator/state/job-status.js';
import type { ClusterState } from '../../../../coordinator/state/model.js';
import { nodeStatuses } from '../../../../coordinator/state/node-status.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import {
  type CachedSnapshot,
  snapshotAfter,
  snapshotOf,
} from '../../../../coordinator/state/snapshot.js';
import { decodeEvent, encodeEvent } from '../../../../proto/event.js';
import { container, job, PARAMS, report } from '../../../unit/coordinator/build.js';
import { anyEvent, START } from './any-event.js';

/** The memory of a scheduler that has to look at everything. */
const forgetful = (memory: SchedulerMemory): SchedulerMemory => ({
  ...memory,
  settled: NO_SETTLED_JOBS,
  steady: NO_STEADY_NODES,
  atRest: NONE_AT_REST,
});

/** What a later pass may take over. */
interface Held {
  readonly view: Snapshot | undefined;
  readonly memory: ReturnType<typeof sharedOf>;
}

const sharedOf = ({ nodes, settled, knowledge, moves }: SchedulerMemory) => ({
  nodes,
  settled,
  knowledge,
  moves,
});

describe('state laws', () => {
  it('no order of events throws, anywhere on the way to a desired state', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 25 }), (events) => {
        let state: ClusterState = START;
        let memory = NO_MEMORY;
        let view: CachedSnapshot | null = null;
        for (const event of events) {
          const before = state;
          state = reduce(state, event);
          for (const happened of deriveEvents(before, state, {
            nowMs: event.atMs,
            wallMs: event.atMs,
            source: '/test',
          }))
            assert.ok(
              decodeEvent(encodeEvent(happened)).ok,
              `${happened.type} cannot be read back`,
            );
          const decided = schedule(
            {
              snapshot: snapshotOf(state),
              nowMs: event.atMs,
              params: PARAMS,
              policy: POLICIES[state.policy],
            },
            memory,
          );
          memory = decided.memory;
          const { pending, preempted, unreachable } = decided.plan;
          const planned = reduce(state, {
            kind: 'planned',
            atMs: event.atMs,
            pending,
            preempted,
            unreachable,
          });
          for (const happened of deriveEvents(state, planned, {
            nowMs: event.atMs,
            wallMs: 0,
            source: '/test',
          }))
            assert.ok(
              decodeEvent(encodeEvent(happened)).ok,
              `${happened.type} cannot be read back`,
            );
          state = planned;
          view = snapshotAfter(view, state);
          assert.deepEqual(view.snapshot, snapshotOf(state));
          const states = nextDesired(state, decided.plan, 1000);
          state = reduce(state, { kind: 'desired-stored', atMs: event.atMs, states });
          nodeStatuses(state, event.atMs);
          jobStatuses(state, event.atMs);
          allocationStatuses(state, event.atMs);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('what passes share changes no decision, and is never written to', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 25 }), (events) => {
        let state: ClusterState = START;
        let memory = NO_MEMORY;
        let view: CachedSnapshot | null = null;
        const upToDate = new UpToDate();
        for (const event of events) {
          state = reduce(state, event);
          const known: CachedSnapshot | null = view;
          const held: Held = { view: known?.snapshot, memory: sharedOf(memory) };
          const kept: unknown = structuredClone(held);
          view = snapshotAfter(known, state);
          const common = { nowMs: event.atMs, params: PARAMS, policy: POLICIES[state.policy] };
          const decided = schedule({ ...common, snapshot: view.snapshot }, memory);
          const afresh = schedule({ ...common, snapshot: snapshotOf(state) }, forgetful(memory));
          assert.deepEqual(decided.plan, afresh.plan);
          assert.deepEqual(held, kept);
          memory = decided.memory;
          const states = nextDesired(state, decided.plan, 1000);
          assert.deepEqual(nextDesired(state, decided.plan, 1000, { upToDate }), states);
          state = reduce(state, { kind: 'desired-stored', atMs: event.atMs, states });
        }
      }),
      { numRuns: 150 },
    );
  });

  it('a settled plan stays settled: the next pass at the same time writes nothing', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 15 }), (events) => {
        let state: ClusterState = events.reduce(reduce, START);
        let memory = NO_MEMORY;
        let written = -1;
        for (let pass = 0; pass < 3; pass += 1) {
          const decided = schedule(
            {
              snapshot: snapshotOf(state),
              nowMs: 2e6,
              params: PARAMS,
              policy: POLICIES[state.policy],
            },
            memory,
          );
          memory = decided.memory;
          const states = nextDesired(state, decided.plan, 1000);
          state = reduce(state, { kind: 'desired-stored', atMs: 2e6, states });
          written = states.length;
        }
        assert.equal(written, 0);
      }),
      { numRuns: 150 },
    );
  });

  it('never changes a state in place', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 10 }), anyEvent, (events, last) => {
        const state = events.reduce(reduce, START);
        const copy = structuredClone(state);
        reduce(state, last);
        assert.deepEqual(state, copy);
      }),
      { numRuns: 100 },
    );
  });

  it('independent events give the same snapshot in any order', () => {
    const independent: StateEvent[] = [
      { kind: 'jobs-stored', atMs: 0, jobs: [{ spec: job('a'), revision: 1 }] },
      { kind: 'jobs-stored', atMs: 0, jobs: [{ spec: job('b', { replicas: 2 }), revision: 2 }] },
      {
        kind: 'reports',
        atMs: 0,
        reports: [{ atMs: 0, report: report('h1', { containers: [container('a-1')] }) }],
      },
      { kind: 'reports', atMs: 0, reports: [{ atMs: 0, report: report('h2') }] },
      { kind: 'policy-set', atMs: 0, policy: 'equal' },
    ];
    const expected = snapshotOf(independent.reduce(reduce, START));
    fc.assert(
      fc.property(fc.shuffledSubarray(independent, { minLength: independent.length }), (events) => {
        assert.deepEqual(snapshotOf(events.reduce(reduce, START)), expected);
      }),
    );
  });
});
