import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  type CommonWork,
  foldCommonWork,
  NO_COMMON_WORK,
  slowerBefore,
} from '../../../../../../coordinator/schedule/policies/adaptive/common-work.js';
import { seededRandom } from '../../../../../../shared/random.js';
import { allocation, container, jobName, latency } from '../../../build.js';
import { type Fields, model, near, normal } from './build.js';

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
  /** Answered in the report. */
  readonly requests?: number;
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
  const allocations = seen.map(({ ratio, job, lifeId = LIFE, requests = REQUESTS }, i) =>
    allocation(ids[i] ?? '', {
      ...(job === undefined ? {} : { job: jobName(job) }),
      observedAtMs: 2000,
      report: container(ids[i] ?? '', {
        lifeId,
        cpu: {
          usageCores: 1,
          usageTotalSeconds: 50 + ratio * WORK_SECONDS * requests,
          throttledRatio: 0,
          pressureRatio: null,
        },
        latency: latency(100, { totalCount: KNOWN_REQUESTS + requests, newestAgeMs: 0 }),
      }),
    }),
  );
  const lives = ids.map(() => LIFE);
  return foldCommonWork(before, allocations, { ids, models, lives, isNews: true });
}

const dearer = (ratio: number, count: number): Seen[] =>
  Array.from({ length: count }, () => ({ ratio }));

describe('adaptive work in common', () => {
  it('follows what all jobs of a host cost more, by its gain', () => {
    const { change, gain, innovation } = fold(dearer(1.2, 5));
    near(innovation, Math.log(1.2), 1e-3);
    near(change, gain * innovation, 1e-9);
    assert.ok(change > 0.06);
  });

  it('leaves alone what one job costs more', () => {
    const { change } = fold([...dearer(1, 6), { ratio: 3 }]);
    assert.ok(change > 0 && change < 0.012, `${change}`);
  });

  it('counts replicas as one wherever they stand', () => {
    const of = (...jobs: readonly string[]): number =>
      fold(jobs.map((job) => ({ job, ratio: job === 'b' ? 1.2 : 1.1 }))).innovation;
    const sorted = of('a', 'a', 'b', 'b', 'c');
    near(of('b', 'a', 'b', 'a', 'c'), sorted, 1e-12);
    near(of('c', 'a', 'b', 'a', 'b'), sorted, 1e-12);
    near(of('b', 'c', 'b', 'a', 'a'), sorted, 1e-12);
    assert.notEqual(sorted, of('a', 'b', 'b', 'b', 'c'));
    assert.equal(of('a', 'b', 'a', 'b', 'a'), 0, 'two jobs cannot tell what they have in common');
  });

  it('takes one job with many answers for no host', () => {
    const rare = { model: { noiseRatio: 1 } };
    const seen = [
      { ratio: 1.3, model: { noiseRatio: 0.02 } },
      { ratio: 1, ...rare },
      { ratio: 1, ...rare },
    ];
    assert.ok(Math.abs(fold(seen).innovation) < 0.15, `${fold(seen).innovation}`);
  });

  it('has no leaning where the work of single requests is uneven', () => {
    const random = seededRandom(7);
    const [noiseRatio, reports] = [1, 400];
    let total = 0;
    for (let i = 0; i < reports; i += 1) {
      const seen = Array.from({ length: 10 }, () => {
        const factors = Array.from({ length: REQUESTS }, () => -Math.log(1 - random()));
        return { ratio: factors.reduce((a, b) => a + b, 0) / REQUESTS, model: { noiseRatio } };
      });
      total += fold(seen).innovation;
    }
    assert.ok(Math.abs(total / reports) < 0.01, `${total / reports}`);
  });

  it('learns nothing of services with a request or two in a report, nor of uneven work', () => {
    const open = (requests: number): Seen => ({ ratio: 1, requests, model: { isOpen: 1 } });
    const even = { ratio: 1, model: { noiseRatio: 0.02 } };
    assert.equal(fold([open(1), open(1), open(2)]).innovation, 0);
    assert.equal(fold([even, open(1), open(1)]).innovation, 0);
    const uneven = { ratio: 1.3, requests: 4, model: { noiseRatio: 0.7 } };
    assert.equal(fold([uneven, uneven, uneven]).innovation, 0);
    assert.ok(fold([open(10), open(10), even]).innovation < 0.005);
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
    assert.deepEqual([after.change, after.innovation, after.gain], [0, 0, before.gain]);
  });

  it('does not count who says nothing of its requests', () => {
    const mute: readonly Partial<Seen>[] = [
      { lifeId: 'life-2' },
      { model: { seenAtMs: 2000 } },
      { model: { doneCount: 0 } },
      { model: { workCount: 4, workSeconds: 0.4 } },
      { model: { lentCores: 1 } },
      { model: { count: KNOWN_REQUESTS + REQUESTS } },
      { model: { totalMs: 1e6 } },
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
    near(slowerBefore(state), 1 / 0.85 ** state.gain, 1e-3);
    for (let i = 0; i < 15; i += 1) state = fold(dearer(1, 5), state);
    assert.ok(slowerBefore(state) < 1.03 && slowerBefore(state) > 1.005);
    assert.equal(slowerBefore(fold(dearer(1.2, 5))), 1);
    // Also where nobody answers any more.
    state = fold(dearer(0.85, 5));
    for (let i = 0; i < 200; i += 1) state = fold([], state);
    assert.equal(slowerBefore(state), 1);
  });
});
