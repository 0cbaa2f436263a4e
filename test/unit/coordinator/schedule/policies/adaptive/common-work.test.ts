import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Field } from '../../../../../../coordinator/schedule/model/allocation-model.js';
import {
  type CommonWork,
  foldCommonWork,
  NO_COMMON_WORK,
  slowerBefore,
  withCommonChange,
} from '../../../../../../coordinator/schedule/policies/adaptive/common-work.js';
import { seededRandom } from '../../../../../../shared/random.js';
import { allocation, container, jobName, latency } from '../../../build.js';
import { type Fields, model, near, normal, read } from './build.js';

const WORK_SECONDS = 0.1;
const KNOWN_REQUESTS = 100;
/** Requests answered in a report. */
const REQUESTS = 20;
const LIFE = 'life-1';

interface Seen {
  /** What its requests cost now ÷ what the model says. */
  readonly ratio: number;
  readonly job?: string;
  readonly model?: Partial<Fields>;
  readonly lifeId?: string;
}

/** Folds one report of containers that all answered. */
function fold(seen: readonly Seen[], before: CommonWork = NO_COMMON_WORK): CommonWork {
  const ids = seen.map((_, i) => `a${i}-1`);
  const models = seen.map((its) =>
    model({
      seenAtMs: 1000,
      cpuSeconds: 50,
      count: KNOWN_REQUESTS,
      doneCount: KNOWN_REQUESTS,
      doneCpuSeconds: 50,
      workSeconds: WORK_SECONDS * KNOWN_REQUESTS,
      workCount: KNOWN_REQUESTS,
      noiseRatio: 0.05,
      ...its.model,
    }),
  );
  const allocations = seen.map(({ ratio, job, lifeId = LIFE }, i) =>
    allocation(ids[i] ?? '', {
      ...(job === undefined ? {} : { job: jobName(job) }),
      observedAtMs: 2000,
      report: container(ids[i] ?? '', {
        lifeId,
        cpu: {
          usageCores: 1,
          usageTotalSeconds: 50 + ratio * WORK_SECONDS * REQUESTS,
          throttledRatio: 0,
          pressureRatio: null,
        },
        latency: latency(100, { totalCount: KNOWN_REQUESTS + REQUESTS, newestAgeMs: 0 }),
      }),
    }),
  );
  return foldCommonWork(before, allocations, { ids, models, lives: ids.map(() => LIFE) });
}

const dearer = (ratio: number, count: number): Seen[] =>
  Array.from({ length: count }, () => ({ ratio }));

describe('adaptive work in common', () => {
  it('follows what all jobs of a host cost more, by its gain', () => {
    const { change, gain, innovation } = fold(dearer(1.2, 5));
    near(innovation, Math.log(1.2), 1e-6);
    near(change, gain * innovation, 1e-9);
    assert.ok(change > 0.06);
  });

  it('leaves alone what one job costs more', () => {
    const { change } = fold([...dearer(1, 6), { ratio: 3 }]);
    assert.ok(change > 0 && change < 0.012, `${change}`);
  });

  it('needs three jobs', () => {
    assert.equal(fold(dearer(1.2, 2)).change, 0);
    assert.ok(fold(dearer(1.2, 3)).change > 0);
  });

  it('counts the replicas of a job as one: their clients change together', () => {
    const replicas = dearer(1.3, 8).map((its) => ({ ...its, job: 'one' }));
    const { change } = fold([...replicas, ...dearer(1, 4)]);
    assert.ok(change < 0.03, `${change}`);
    assert.equal(fold([...replicas, ...dearer(1.3, 1)]).change, 0);
  });

  it('takes no host to change its speed by half within a report', () => {
    assert.equal(fold(dearer(1.5, 6)).change, 0);
    assert.equal(fold(dearer(0.6, 6)).change, 0);
  });

  it('forgets a change that was applied once', () => {
    const before = fold(dearer(1.2, 5));
    const after = fold(dearer(1.2, 1), before);
    assert.deepEqual([after.change, after.gain], [0, before.gain]);
  });

  it('does not count who says nothing of its requests', () => {
    const mute: readonly Partial<Seen>[] = [
      { lifeId: 'life-2' },
      { model: { seenAtMs: 2000 } },
      { model: { doneCount: 0 } },
      { model: { workCount: 4, workSeconds: 0.4 } },
      { model: { lentCores: 1 } },
      { model: { count: KNOWN_REQUESTS + REQUESTS } },
    ];
    for (const change of mute)
      assert.equal(
        fold([...dearer(1.2, 2), { ratio: 1.2, ...change }]).change,
        0,
        JSON.stringify(change),
      );
  });

  it('believes less where changes come and go, more where they last', () => {
    const random = seededRandom(5);
    // `lasts`: the cost walks; otherwise each report has a chance of its own.
    const gainAfter = (lasts: boolean): number => {
      let [state, cost, known] = [NO_COMMON_WORK, 0, 0];
      for (let i = 0; i < 300; i += 1) {
        cost = (lasts ? cost : 0) + 0.05 * normal(random);
        state = fold(dearer(Math.exp(cost - known), 5), state);
        known += state.change;
      }
      return state.gain;
    };
    assert.ok(gainAfter(true) > 0.5);
    assert.ok(gainAfter(false) < 0.3);
  });

  it('tells how much faster the host is than lately, while that is new', () => {
    let state = fold(dearer(0.85, 5));
    near(slowerBefore(state), 1 / 0.85 ** state.gain, 1e-6);
    for (let i = 0; i < 15; i += 1) state = fold(dearer(1, 5), state);
    assert.ok(slowerBefore(state) < 1.03 && slowerBefore(state) > 1.005);
    assert.equal(slowerBefore(fold(dearer(1.2, 5))), 1);
  });

  it('multiplies what a model knows of the work, and nothing else', () => {
    const before = model({ workSeconds: 2, workCount: 20, recentWork: 0.1, upSeconds: 1 });
    const after = read(withCommonChange(before, Math.log(1.1)));
    near(after.workSeconds, 2.2, 1e-9);
    near(after.recentWork, 0.11, 1e-9);
    near(after.upSeconds, 1.1, 1e-9);
    assert.equal(after.workCount, 20);
    assert.equal(before[Field.workSeconds], 2);
  });

  it('leaves a model as it is where there is nothing to change', () => {
    const [empty, known] = [model(), model({ workSeconds: 2, workCount: 20 })];
    assert.equal(withCommonChange(empty, 0.1), empty);
    assert.equal(withCommonChange(known, 0), known);
  });
});
