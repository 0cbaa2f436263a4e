import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  type AllocationModel,
  copyModel,
  Field,
} from '../../../../../../coordinator/schedule/model/allocation-model.js';
import { adaptivePolicy } from '../../../../../../coordinator/schedule/policies/adaptive/adaptive.js';
import {
  asLoops,
  foldLoops,
  NO_LOOPS,
} from '../../../../../../coordinator/schedule/policies/adaptive/loops.js';
import type { Memory } from '../../../../../../coordinator/schedule/policies/adaptive/memory.js';
import type { LimitDecision, Policy } from '../../../../../../coordinator/schedule/types.js';
import { Judge } from '../../../../../../lab/sim/judge.js';
import { simulate } from '../../../../../../lab/sim/simulate.js';
import { guaranteedCores } from '../../../../../../shared/command.js';
import { scenario } from '../../../../lab/sim/build.js';
import { goal, type MemberChange, member } from './build.js';
import { needing } from './sim-jobs.js';
import { satisfiedIn } from './world.js';

const SMALL = ['small-1', 'small-2'];
const LARGE = ['a', 'b', 'c', 'd', 'e', 'f'];
const FALLS_BACK_MS = 60_000;

// A client that waits for its answers, of a server that also computes between two requests: each
// report is off by a part of its time, so the requests look like open arrivals.
function looksOpen(model: AllocationModel): AllocationModel {
  const draft = copyModel(model);
  draft[Field.isOpen] = 1;
  draft[Field.strayingSeconds] = draft[Field.elapsedSeconds];
  return draft;
}

interface Given extends LimitDecision {
  readonly atMs: number;
}

/** Two small closed loops taken for open arrivals, beside six, on a host that falls back. */
function fallenBack() {
  const given: Given[] = [];
  let hasFallen = false;
  const policy: Policy<Memory> = {
    ...adaptivePolicy,
    decide: (input, before) => {
      const { nowMs } = input;
      const models = before.models.map((its, i) =>
        SMALL.some((job) => before.ids[i]?.startsWith(job)) ? looksOpen(its) : its,
      );
      const falls = !hasFallen && nowMs >= FALLS_BACK_MS;
      hasFallen ||= falls;
      const level = { level: 1, sinceMs: nowMs, judgedAtMs: nowMs, violationBefore: 9 } as const;
      const fallBack = falls ? { ...before.fallBack, ...level } : before.fallBack;
      const decided = adaptivePolicy.decide(input, { ...before, models, fallBack });
      given.push(...decided.limits.map((limit) => ({ ...limit, atMs: nowMs })));
      return decided;
    },
  };
  const jobs = [
    ...SMALL.map((id) => needing(id, 0.012, 200)),
    ...LARGE.map((id, i) => needing(id, 0.24, 300 + 50 * i)),
  ];
  const record = simulate({
    scenario: scenario(jobs, { durationMs: 180_000 }),
    policy: policy as Policy,
    judge: new Judge(),
  });
  return { given: given.filter(({ atMs }) => atMs >= FALLS_BACK_MS), record };
}

const isOf =
  (jobs: readonly string[]) =>
  ({ allocation }: LimitDecision): boolean =>
    jobs.some((job) => allocation.startsWith(`${job}-`) || allocation === job);

describe('closed loops that were taken for open arrivals, after a fall-back to weights', () => {
  const { given, record } = fallenBack();
  const coresOf = (jobs: readonly string[]): readonly number[] =>
    given.filter(isOf(jobs)).map(({ limit }) => guaranteedCores(limit));

  it('are not guaranteed the CPU that they take without a quota', () => {
    assert.ok(coresOf(SMALL).length > 0);
    assert.ok(Math.max(...coresOf(SMALL)) <= 0.1, `${coresOf(SMALL)}`);
  });

  it('leave the others what they had', () => {
    assert.ok(coresOf(LARGE).length > 0);
    assert.ok(Math.min(...coresOf(LARGE)) >= 0.12, `${coresOf(LARGE)}`);
  });

  it('are held at their targets once limits return, as the others are', () => {
    assert.equal(satisfiedIn(record.intervals.at(-1)).length, SMALL.length + LARGE.length);
  });
});

describe('what a fall-back shows of a band', () => {
  const BUSY = { elapsedSeconds: 10, waitingSeconds: 8 };
  const open = (ratePerSecond: number, change: MemberChange = {}) =>
    member('a-1', {
      goal: goal({ law: { workSeconds: 0.002, ratePerSecond }, seconds: 0.2 }),
      heldCores: 0.02,
      ...change,
      model: {
        isOpen: 1,
        arrivedCount: 10 * ratePerSecond,
        arrivedSeconds: 10,
        ...BUSY,
        ...change.model,
      },
    });
  const at = (nowMs: number, its: ReturnType<typeof open>, isAny = true, isOwn = isAny) => ({
    members: [its],
    isSuspended: isAny ? () => isOwn : null,
    nowMs,
  });
  const suspended = foldLoops(NO_LOOPS, at(1000, open(5)));
  const shown = foldLoops(suspended, at(2000, open(100)));
  const isLoop = (its: ReturnType<typeof open>, loops = shown, nowMs = 3000): boolean =>
    asLoops([its], loops, nowMs)[0]?.model[Field.isOpen] === 0;

  it('is that it is a closed loop, from twice of what it had or offered', () => {
    assert.equal(isLoop(open(100)), true);
    assert.equal(isLoop(open(19), foldLoops(suspended, at(2000, open(19)))), false);
    const offering = foldLoops(NO_LOOPS, at(1000, open(15)));
    assert.equal(isLoop(open(25), foldLoops(offering, at(2000, open(25)))), false);
  });

  it('is nothing of one that has its quota still', () => {
    const held = foldLoops(NO_LOOPS, at(1000, open(5), true, false));
    assert.deepEqual(foldLoops(held, at(2000, open(100), true, false)), NO_LOOPS);
  });

  it('holds for ten minutes, also when limits are back', () => {
    const back = foldLoops(shown, at(60_000, open(5), false));
    assert.equal(isLoop(open(5), back, 600_000), true);
    assert.equal(isLoop(open(5), back, 603_000), false);
    assert.deepEqual(foldLoops(back, at(700_000, open(5), false)), NO_LOOPS);
  });

  it('is refuted by a queue, which has many requests under way', () => {
    const queue = { model: { elapsedSeconds: 10, waitingSeconds: 60 } };
    const refuted = foldLoops(shown, at(4000, open(100, queue)));
    assert.equal(isLoop(open(100), refuted), false);
    assert.equal(isLoop(open(100), foldLoops(refuted, at(5000, open(100)))), false);
  });

  it('is nothing where no quota was suspended', () => {
    const limit = { cpuCores: null, periodUs: 100_000, guaranteeCores: 0.02, weightCores: 1 };
    const weighted = (rate: number) => open(rate, { allocation: { limit } });
    const before = foldLoops(NO_LOOPS, at(1000, weighted(5)));
    assert.equal(isLoop(weighted(100), foldLoops(before, at(2000, weighted(100)))), false);
    assert.equal(foldLoops(NO_LOOPS, at(1000, open(100), false)), NO_LOOPS);
  });
});
