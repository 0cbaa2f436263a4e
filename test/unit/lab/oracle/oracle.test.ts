import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type OracleJob, oracle } from '../../../../lab/oracle/oracle.js';

const job = (id: string, demandCores: number, weight = 1): OracleJob => ({
  id,
  demandCores,
  weight,
});

describe('oracle', () => {
  it('satisfies the cheapest first when it counts, the heaviest worth it when it weighs', () => {
    const answer = oracle({
      jobs: [job('big', 1.5, 9), job('s1', 0.6), job('s2', 0.6), job('s3', 0.6)],
      capacitiesCores: [2],
    });
    assert.deepEqual(answer.mostJobsIds, ['s1', 's2', 's3']);
    assert.equal(answer.mostJobs, 3);
    assert.deepEqual(answer.mostWeightIds, ['big']);
    assert.equal(answer.mostWeight, 9);
  });

  it('keeps a floor for those that are not chosen', () => {
    const jobs = [job('a', 1), job('b', 0.995)];
    assert.equal(oracle({ jobs, capacitiesCores: [2] }).mostJobs, 2);
    assert.equal(oracle({ jobs: [...jobs, job('c', 5)], capacitiesCores: [2] }).mostJobs, 1);
  });

  it('never chooses the unreachable', () => {
    const answer = oracle({
      jobs: [job('never', Number.POSITIVE_INFINITY, 100), job('a', 1)],
      capacitiesCores: [4],
    });
    assert.deepEqual(answer.mostJobsIds, ['a']);
    assert.deepEqual(answer.mostWeightIds, ['a']);
  });

  it('pools nodes, but no job is larger than a node', () => {
    const answer = oracle({
      jobs: [job('wide', 3), job('a', 1.4), job('b', 1.4), job('c', 1.1)],
      capacitiesCores: [2, 2],
    });
    assert.deepEqual(answer.mostJobsIds, ['a', 'b', 'c']);
  });

  it('leaves a job larger than any node out even where nothing else wants the CPU', () => {
    const answer = oracle({ jobs: [job('wide', 3), job('a', 0.5)], capacitiesCores: [2, 2] });
    assert.deepEqual([answer.mostJobsIds, answer.mostWeightIds], [['a'], ['a']]);
  });

  it('lets everybody in where the demands sum to the capacity exactly', () => {
    const jobs = Array.from({ length: 10 }, (_, i) => job(`j${i}`, 0.1));
    assert.equal(oracle({ jobs, capacitiesCores: [1] }).mostJobs, 10);
    assert.equal(oracle({ jobs, capacitiesCores: [1] }).mostWeight, 10);
    // A sum of tenths that is not a round double.
    assert.equal(oracle({ jobs: jobs.slice(0, 6), capacitiesCores: [0.1 * 6] }).mostJobs, 6);
  });

  it('answers nothing for no jobs, no node, and more floors than cores', () => {
    assert.equal(oracle({ jobs: [], capacitiesCores: [1] }).mostJobs, 0);
    assert.equal(oracle({ jobs: [job('a', 0.5)], capacitiesCores: [] }).mostJobs, 0);
    const crowd = Array.from({ length: 5 }, (_, i) => job(`j${i}`, 0.5));
    assert.equal(oracle({ jobs: crowd, capacitiesCores: [0.02] }).mostJobs, 0);
    const modest = Array.from({ length: 5 }, (_, i) => job(`j${i}`, 0.008));
    assert.equal(
      oracle({ jobs: modest, capacitiesCores: [0.02] }).mostJobs,
      0,
      'floors shrink to what there is',
    );
  });
});
