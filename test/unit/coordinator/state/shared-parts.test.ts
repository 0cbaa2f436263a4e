import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { emptyState } from '../../../../coordinator/state/model.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import { withPartsOf } from '../../../../coordinator/state/shared-parts.js';
import type { JobSpec } from '../../../../shared/job.js';
import { anyJobSpec } from '../../../lib/arbitraries/job.js';
import { job, jobName } from '../build.js';

const jobs = (...specs: readonly JobSpec[]) =>
  reduce(emptyState({ incarnation: 'inc', epoch: 1, policy: 'adaptive' }), {
    kind: 'jobs-stored',
    atMs: 0,
    jobs: specs.map((spec, i) => ({ spec, revision: i + 1 })),
  }).jobs;

describe('specifications that share their parts', () => {
  it('say what they said, and leave the other one as it was', () => {
    fc.assert(
      fc.property(anyJobSpec, anyJobSpec, (any, other) => {
        // Plain objects, whatever prototype they were made with.
        const spec = structuredClone(any);
        const like = structuredClone({ ...other, env: spec.env, ports: spec.ports });
        const copy = structuredClone(like);
        const shared = withPartsOf(spec, like);
        assert.deepEqual(shared, spec);
        assert.deepEqual(like, copy);
        assert.equal(shared.env, like.env);
        assert.equal(shared.ports, like.ports);
      }),
    );
  });

  it('are held once for all jobs that come together', () => {
    const all = jobs(job('a'), job('b'), job('c', { weight: 2 }));
    const [a, b, c] = ['a', 'b', 'c'].map((name) => all.get(jobName(name))?.spec);
    assert.equal(b?.resources, a?.resources);
    assert.equal(c?.target, a?.target);
    assert.deepEqual(c, job('c', { weight: 2 }));
  });

  it('are their own where nothing is alike', () => {
    const spec = job('a');
    assert.equal(withPartsOf(spec, undefined), spec);
    assert.equal(withPartsOf(spec, spec), spec);
  });
});
