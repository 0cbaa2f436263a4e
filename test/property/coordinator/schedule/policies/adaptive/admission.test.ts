import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  type Admission,
  foldAdmission,
  foldDepartures,
  NO_ADMISSION,
} from '../../../../../../coordinator/schedule/policies/adaptive/admission.js';
import { target } from '../../../../../unit/coordinator/build.js';
import { model } from '../../../../../unit/coordinator/schedule/policies/adaptive/build.js';
import {
  NOW,
  needing,
} from '../../../../../unit/coordinator/schedule/policies/adaptive/plan-build.js';
import { between, lawHolds } from './arbitraries.js';

/** CPU at the slow edge of the band of one that takes `cores` at its target. */
const edgeOf = (cores: number): number => needing('a-1', cores).goal?.edgeCores ?? 0;

/** One of `cores` that comes, or has to go. */
function change(before: Admission, kind: 'come' | 'go', cores: number, nowMs: number): Admission {
  const one = needing('a-1', cores, { model: { isChosen: kind === 'go' ? 1 : 0 } });
  const goal = { kind: kind === 'go' ? 'bestEffort' : 'atTarget', cores } as const;
  return foldAdmission(before, [one], {
    plan: { allocationGoals: [goal], reserved: [null] },
    nowMs,
  });
}

const leave = (before: Admission, cores: number): Admission =>
  foldDepartures(
    before,
    {
      ids: ['x-1'],
      models: [model({ isChosen: 1 })],
      wanted: [target(1000)],
      edgeCores: [edgeOf(cores)],
    },
    [],
  );

const event = fc.record({
  kind: fc.constantFrom('come', 'go', 'leave', 'leave'),
  afterMs: fc.integer({ min: 1000, max: 200_000 }),
  cores: between(0.05, 0.8),
  /** Whether another one of its size takes the place of one that leaves. */
  isReplaced: fc.boolean(),
});

describe('adaptive admission: laws', () => {
  it('who leaves, and who comes in its place, never lengthen a wait', () => {
    lawHolds(
      fc.property(fc.array(event, { minLength: 2, maxLength: 30 }), (events) => {
        let [nowMs, alone, beside] = [NOW, NO_ADMISSION, NO_ADMISSION];
        for (const { kind, afterMs, cores, isReplaced } of events) {
          nowMs += afterMs;
          if (kind === 'come' || kind === 'go') {
            alone = change(alone, kind, cores, nowMs);
            beside = change(beside, kind, cores, nowMs);
          } else {
            beside = leave(beside, cores);
            if (isReplaced) beside = change(beside, 'come', cores, nowMs + 500);
          }
          assert.ok(beside.waitMs <= alone.waitMs, `${beside.waitMs} > ${alone.waitMs} ms`);
          assert.ok(beside.closedUntilMs <= alone.closedUntilMs);
        }
      }),
      500,
    );
  });

  it('of those that have to go one after the other only the first lengthens a wait', () => {
    lawHolds(
      fc.property(
        fc.array(fc.integer({ min: 1000, max: 60_000 }), { minLength: 2, maxLength: 10 }),
        fc.integer({ min: 0, max: 3 }),
        (pauses, tries) => {
          let [nowMs, its] = [NOW, change(NO_ADMISSION, 'go', 0.2, NOW)];
          for (let i = 0; i < tries; i += 1) {
            its = change(its, 'come', 0.2, nowMs + its.waitMs + 1000);
            nowMs += its.waitMs + 20_000;
            its = change(its, 'go', 0.2, nowMs);
          }
          const { waitMs } = its;
          for (const pauseMs of pauses) {
            nowMs += pauseMs;
            its = change(its, 'go', 0.2, nowMs);
            assert.ok(its.waitMs <= waitMs, `${its.waitMs} > ${waitMs} ms`);
          }
        },
      ),
    );
  });
});
