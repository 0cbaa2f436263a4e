import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { faultsOf } from '../../../../console/http/faults-of.js';
import { readerOf, readWhole } from '../../../../proto/codec/check.js';
import { jobSpec } from '../../../../proto/schemas/job.js';
import { requestSchemas } from '../../../../proto/schemas/service.js';
import { job } from '../../coordinator/build.js';

describe('faults of a body', () => {
  it('a good one has none', () => {
    assert.deepEqual(faultsOf(requestSchemas['job-submit'], { jobs: [job('a')] }), []);
  });

  it('all of them are told, each with its field, what was found and what was expected', () => {
    const bad = {
      ...job('a'),
      image: 3,
      env: { A: 1 },
      latency: { source: 'probe', port: 0 },
      ports: [{}],
    };
    const faults = faultsOf(requestSchemas['job-submit'], { jobs: [bad] });
    assert.deepEqual(
      faults.map(({ field }) => field),
      ['jobs[0].image', 'jobs[0].env.A', 'jobs[0].latency.port', 'jobs[0].ports[0].containerPort'],
    );
    assert.equal(faults[0]?.message, 'jobs[0].image is 3: expected an image reference');
  });

  it('unknown keys are faults: they are often misspelt', () => {
    const [first] = faultsOf(jobSpec, { ...job('a'), 'replica-count': 2 });
    assert.match(first?.message ?? '', /^replica-count is not known: use name, image/);
  });

  for (const value of [undefined, null, 3, 'x', [], {}, { jobs: 3 }, { jobs: [null] }])
    it(`${JSON.stringify(value)} is wrong, and the field is named where there is one`, () => {
      const faults = faultsOf(requestSchemas['job-submit'], value);
      assert.ok(faults.length > 0);
      assert.ok(faults.every(({ message }) => message.length > 0));
    });

  it('none exactly where the reader of the wire takes the value, unknown keys aside', () => {
    const reader = readerOf(jobSpec);
    const keys = Object.keys(job('a'));
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.jsonValue(), (key, value) => {
        const changed = { ...job('a'), [key]: value };
        const faults = faultsOf(jobSpec, changed).filter(
          ({ message }) => !message.includes('is not known'),
        );
        assert.equal(faults.length === 0, readWhole(reader, changed).ok, JSON.stringify(faults));
      }),
      { numRuns: 500 },
    );
  });

  it('at most a hundred are told', () => {
    const jobs = Array.from({ length: 300 }, () => ({}));
    assert.equal(faultsOf(requestSchemas['job-submit'], { jobs }).length, 100);
  });
});
