import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { JobWriter, type JobWriterOptions } from '../../../../coordinator/api/job-writer.js';
import { type Quota, quotaFaults } from '../../../../coordinator/api/quota.js';
import { type VerbContext, verbHandlers } from '../../../../coordinator/api/verbs.js';
import type { JobRecord } from '../../../../coordinator/state/model.js';
import type { Requester } from '../../../../proto/requester.js';
import type { JobName } from '../../../../shared/ids.js';
import type { JobSpec } from '../../../../shared/job.js';
import { job } from '../build.js';

const person = (name: string, role: 'submitter' | 'operator' = 'submitter'): Requester => ({
  ...{ kind: 'user', name, role },
  publicKey: `U-${name}`,
});
const token: Requester = { kind: 'token', id: 't1', name: 'ci', role: 'submitter' };
const SUE = person('sue');

/** Jobs as `owner: replicas`, by name. */
const holding = (
  owned: Readonly<Record<string, readonly [owner: string | undefined, replicas: number]>>,
): ReadonlyMap<JobName, Pick<JobRecord, 'spec' | 'owner'>> =>
  new Map(
    Object.entries(owned).map(([name, [owner, replicas]]) => [
      name as JobName,
      { spec: job(name, { replicas }), ...(owner === undefined ? {} : { owner }) },
    ]),
  );
const bound = (max: number, maxOf: Readonly<Record<string, number>> = {}) => ({
  max,
  maxOf: new Map(Object.entries(maxOf)),
});
const quotaOf = (jobs: number, replicas: number, jobsOf: Record<string, number> = {}): Quota => ({
  jobs: bound(jobs, jobsOf),
  replicas: bound(replicas),
});
const asks = (...named: readonly (readonly [name: string, replicas: number])[]) =>
  named.map(([name, replicas]) => job(name, { replicas }));
const fields = (...asked: Parameters<typeof quotaFaults>): readonly (string | undefined)[] =>
  quotaFaults(...asked).map(({ field }) => field);

describe('what one submitter may have at a time', () => {
  const two = holding({
    a: ['sue', 1],
    b: ['sue', 3],
    theirs: ['tom', 50],
    without: [undefined, 9],
  });

  it('is so many jobs, and replicas of them all, with the name, the numbers and the cure', () => {
    const rule = { by: SUE, quota: quotaOf(3, 5) };
    assert.deepEqual(fields(asks(['c', 1]), two, rule), []);
    assert.deepEqual(fields(asks(['c', 2]), two, rule), ['replicas']);
    assert.deepEqual(fields(asks(['c', 1], ['d', 0]), two, rule), ['jobs']);
    const [fault] = quotaFaults(asks(['c', 1], ['d', 0]), two, rule);
    assert.equal(fault?.code, 'auth.quota');
    assert.match(
      fault?.message ?? '',
      /^sue would have 4 jobs at a time, and may have 3 here: stop .*submitter\.jobs-max in coord/,
    );
  });

  it('counts what is changed once, and as it will be', () => {
    const rule = { by: SUE, quota: quotaOf(2, 4) };
    assert.deepEqual(fields(asks(['a', 1], ['b', 3]), two, rule), []);
    assert.deepEqual(fields(asks(['a', 2]), two, rule), ['replicas']);
    assert.deepEqual(fields(asks(['a', 3], ['b', 1]), two, rule), []);
  });

  it('may stay above a bound that was lowered, and shrink, and not grow', () => {
    const rule = { by: SUE, quota: quotaOf(1, 2) };
    assert.deepEqual(fields(asks(['a', 1], ['b', 3]), two, rule), []);
    assert.deepEqual(fields(asks(['b', 2]), two, rule), []);
    assert.deepEqual(fields(asks(['b', 4]), two, rule), ['replicas']);
    assert.deepEqual(fields(asks(['c', 1], ['b', 2]), two, rule), ['jobs']);
  });

  it('is another number for who is named: a person, a token, or the key of one', () => {
    const known = holding({ a: ['sue', 1], b: ['U-sue', 1], c: ['token:ci', 1] });
    const quota = quotaOf(2, 100, { sue: 3, 'token:ci': 1 });
    assert.deepEqual(fields(asks(['d', 1]), known, { by: SUE, quota }), []);
    assert.deepEqual(fields(asks(['d', 1], ['e', 1]), known, { by: SUE, quota }), ['jobs']);
    assert.deepEqual(fields(asks(['d', 1]), known, { by: token, quota }), ['jobs']);
    const tom = { by: person('tom'), quota };
    assert.deepEqual(fields(asks(['d', 1], ['e', 1]), known, tom), []);
    assert.deepEqual(fields(asks(['d', 1], ['e', 1], ['f', 1]), known, tom), ['jobs']);
  });

  it('is any number for an operator, where nobody is known, and where none is set', () => {
    const many = asks(['c', 500], ['d', 500]);
    for (const by of [person('olga', 'operator'), { kind: 'unknown' } as const])
      assert.deepEqual(fields(many, two, { by, quota: quotaOf(0, 0) }), []);
    assert.deepEqual(fields(many, two, { by: SUE, quota: undefined }), []);
  });
});

describe('a plan of jobs that this caller may not submit', () => {
  const jobs = holding({ a: ['sue', 1], theirs: ['tom', 50] });
  const state = () => ({ jobs, secrets: new Map() });
  const bounds = { state, quota: quotaOf(2, 100), weightMax: 5 };
  const writer = new JobWriter(bounds as unknown as JobWriterOptions);
  const handlers = verbHandlers({
    ...{ writer, state: async () => state() },
    forecast: async () => ({ plans: [], effects: [] }),
  } as unknown as VerbContext);
  const refusals = async (by: Requester, ...asked: readonly JobSpec[]) => {
    const answer = await handlers['job-plan']({ jobs: asked }, by);
    assert.ok(answer.ok, JSON.stringify(answer));
    return answer.value.refusals?.map(({ code }) => code);
  };

  it('is made all the same, and says why a submission would be refused', async () => {
    assert.deepEqual(await refusals(SUE, job('b'), job('c')), ['auth.quota']);
    assert.deepEqual(await refusals(SUE, job('b', { weight: 9 })), ['auth.weight']);
    assert.deepEqual(await refusals(SUE, job('theirs')), ['auth.not-owner']);
  });

  it('says nothing of what may be submitted, nor to who may submit all', async () => {
    assert.equal(await refusals(SUE, job('b')), undefined);
    assert.equal(await refusals(person('olga', 'operator'), job('b'), job('theirs')), undefined);
  });
});
