import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { emptyState } from '../../../../coordinator/state/model.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import { withPartsOf } from '../../../../coordinator/state/shared-parts.js';
import type { JobSpec } from '../../../../shared/job.js';
import { anyJobSpec } from '../../../lib/arbitraries/job.js';
import { container, job, jobName, report } from '../build.js';

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

  it('have the command of their workload, whoever comes between', () => {
    const [one, other] = [
      ['serve', 'a'],
      ['serve', 'b'],
    ];
    const all = jobs(
      job('a', { command: one }),
      job('b', { command: other }),
      job('c', { command: [...one] }),
    );
    const [a, b, c] = ['a', 'b', 'c'].map((name) => all.get(jobName(name)));
    assert.equal(c?.spec.command, a?.spec.command);
    assert.equal(c?.workload, a?.workload);
    assert.deepEqual(b?.spec, job('b', { command: other }));
  });

  it('stand in what is reported of their containers', () => {
    const start = reduce(emptyState({ incarnation: 'inc', epoch: 1, policy: 'adaptive' }), {
      kind: 'jobs-stored',
      atMs: 0,
      jobs: [{ spec: job('a'), revision: 1 }],
    });
    const spec = start.jobs.get(jobName('a'))?.spec;
    const own = container('a-1', { target: structuredClone(spec?.target ?? null) });
    const other = container('b-1', {});
    const sent = report('h1', { containers: [own, other] });
    const copy = structuredClone(sent);
    const reports = [{ atMs: 0, report: sent }];
    const heard = reduce(start, { kind: 'reports', atMs: 0, reports });
    const held = heard.nodes.get(sent.node)?.report;
    assert.equal(held?.containers[0]?.target, spec?.target);
    assert.equal(held?.containers[1], other);
    assert.deepEqual(held, copy);
    assert.deepEqual(sent, copy);
  });

  it('are their own where nothing is alike', () => {
    const spec = job('a');
    assert.equal(withPartsOf(spec, undefined), spec);
    assert.equal(withPartsOf(spec, spec), spec);
  });
});
