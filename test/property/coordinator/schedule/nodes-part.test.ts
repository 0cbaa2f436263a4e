import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { nextDesired } from '../../../../coordinator/dispatch/next-desired.js';
import { POLICIES } from '../../../../coordinator/schedule/policies/index.js';
import { NO_MEMORY, schedule } from '../../../../coordinator/schedule/schedule.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import { snapshotOf } from '../../../../coordinator/state/snapshot.js';
import { PARAMS } from '../../../unit/coordinator/build.js';
import { anyEvent, START } from '../state/any-event.js';
import { DividedScheduler } from './divided-scheduler.js';

describe('nodes that are decided about in parts', () => {
  for (const parts of [1, 2, 4])
    it(`get the same plan as together, if there are ${parts}`, () => {
      fc.assert(
        fc.property(fc.array(anyEvent, { maxLength: 20 }), (events) => {
          let [state, memory] = [START, NO_MEMORY];
          const divided = new DividedScheduler(parts);
          for (const event of events) {
            state = reduce(state, event);
            const { policy } = state;
            const common = { nowMs: event.atMs, params: PARAMS, policy: POLICIES[policy] };
            const input = { snapshot: snapshotOf(state), ...common };
            const whole = schedule(input, memory);
            assert.deepEqual(divided.plan(input), whole.plan);
            memory = whole.memory;
            const states = nextDesired(state, whole.plan, 1000);
            state = reduce(state, { kind: 'desired-stored', atMs: event.atMs, states });
          }
        }),
        { numRuns: 100 },
      );
    });
});
