import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { FLOOR_CORES, type OracleJob, oracle } from '../../../../lab/oracle/oracle.js';

const jobsOf = fc.array(
  fc.record({
    demandCores: fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 1, max: 250 }).map((cents) => cents / 100) },
      { weight: 1, arbitrary: fc.constant(Number.POSITIVE_INFINITY) },
    ),
    weight: fc.integer({ min: 1, max: 20 }),
  }),
  { maxLength: 12 },
);
const named = (jobs: readonly Omit<OracleJob, 'id'>[]): OracleJob[] =>
  jobs.map((job, i) => ({ ...job, id: `j${i}` }));

interface Best {
  readonly count: number;
  readonly weight: number;
}

// Every subset: chosen jobs hold their demand, the others their floor.
function bruteForce(jobs: readonly OracleJob[], capacityCores: number): Best {
  let best: Best = { count: 0, weight: 0 };
  for (let mask = 0; mask < 1 << jobs.length; mask += 1) {
    let cores = 0;
    let count = 0;
    let weight = 0;
    for (const [i, job] of jobs.entries()) {
      const isChosen = ((mask >> i) & 1) === 1;
      cores += isChosen ? Math.max(FLOOR_CORES, job.demandCores) : FLOOR_CORES;
      count += isChosen ? 1 : 0;
      weight += isChosen ? job.weight : 0;
    }
    if (cores <= capacityCores + 1e-6)
      best = { count: Math.max(best.count, count), weight: Math.max(best.weight, weight) };
  }
  return best;
}

const costOf = (jobs: readonly OracleJob[], ids: readonly string[]): number =>
  jobs.reduce(
    (total, job) =>
      total + (ids.includes(job.id) ? Math.max(FLOOR_CORES, job.demandCores) : FLOOR_CORES),
    0,
  );

describe('laws of the oracle', () => {
  it('is the best of all subsets, by count and by weight', () => {
    fc.assert(
      fc.property(jobsOf, fc.integer({ min: 20, max: 600 }), (shapes, cents) => {
        const jobs = named(shapes);
        const capacity = cents / 100;
        const answer = oracle({ jobs, capacitiesCores: [capacity] });
        const best = bruteForce(jobs, capacity);
        assert.equal(answer.mostJobs, best.count);
        assert.equal(answer.mostWeight, best.weight);
      }),
      { numRuns: 60 },
    );
  });

  it('chooses what fits and says whom', () => {
    fc.assert(
      fc.property(jobsOf, fc.integer({ min: 20, max: 600 }), (shapes, cents) => {
        const jobs = named(shapes);
        const answer = oracle({ jobs, capacitiesCores: [cents / 100] });
        assert.equal(answer.mostJobsIds.length, answer.mostJobs);
        assert.ok(costOf(jobs, answer.mostJobsIds) <= cents / 100 + 1e-6);
        assert.ok(costOf(jobs, answer.mostWeightIds) <= cents / 100 + 1e-6);
      }),
      { numRuns: 200 },
    );
  });

  it('never loses by more capacity', () => {
    fc.assert(
      fc.property(
        jobsOf,
        fc.integer({ min: 20, max: 600 }),
        fc.integer({ min: 0, max: 300 }),
        (shapes, cents, more) => {
          const jobs = named(shapes);
          const less = oracle({ jobs, capacitiesCores: [cents / 100] });
          const richer = oracle({ jobs, capacitiesCores: [(cents + more) / 100] });
          assert.ok(richer.mostJobs >= less.mostJobs);
          assert.ok(richer.mostWeight >= less.mostWeight);
        },
      ),
      { numRuns: 200 },
    );
  });
});
