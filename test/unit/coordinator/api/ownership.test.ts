import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ownerFaults, ownerOf } from '../../../../coordinator/api/ownership.js';
import type { JobRecord } from '../../../../coordinator/state/model.js';
import { UNKNOWN_OWNER } from '../../../../proto/job.js';
import type { Requester } from '../../../../proto/requester.js';
import type { UserRole } from '../../../../proto/roles.js';
import { jobName } from '../build.js';

const user = (name: string, role: UserRole): Requester => ({
  kind: 'user',
  name,
  role,
  publicKey: `key-${name}`,
});
const token = (name: string, role: UserRole): Requester => ({
  kind: 'token',
  id: 'abcdefgh01',
  name,
  role,
});
const [A, B, C, D, E] = ['a', 'b', 'c', 'd', 'e'].map(jobName) as [
  never,
  never,
  never,
  never,
  never,
];
const owned = (owner?: string) => (owner === undefined ? {} : { owner }) as JobRecord;
const known = new Map([
  [A, owned('sue')],
  [B, owned('olga')],
  [C, owned()],
  [D, owned('key-sue')],
  [E, owned('token:sue')],
]);
const refusedTo = (by: Requester) =>
  [A, B, C, D, E, jobName('new')].filter((name) => ownerFaults([name], known, by).length > 0);

describe('whose job it is', () => {
  it('a submitter may change its own, those without an owner, and new ones', () => {
    assert.deepEqual(refusedTo(user('sue', 'submitter')), ['b', 'e']);
    assert.deepEqual(refusedTo(user('tom', 'submitter')), ['a', 'b', 'd', 'e']);
  });

  it('a token may change those of its name, and none of a person of that name', () => {
    assert.deepEqual(refusedTo(token('sue', 'submitter')), ['a', 'b', 'd']);
    assert.deepEqual(refusedTo(token('', 'submitter')), ['a', 'b', 'd', 'e']);
  });

  it('an operator may change all', () => {
    assert.deepEqual(refusedTo(user('tom', 'operator')), []);
    assert.deepEqual(refusedTo(token('tom', 'operator')), []);
  });

  it('nothing is refused where NATS does not say who asks', () => {
    assert.deepEqual(refusedTo({ kind: 'unknown' }), []);
    assert.deepEqual(refusedTo({ kind: 'key', publicKey: 'U' }), []);
  });

  it('the refusal names the job, the owner and the cure, once for each job', () => {
    const faults = ownerFaults([A, A, B], known, user('tom', 'submitter'));
    assert.deepEqual(
      faults.map(({ code }) => code),
      ['auth.not-owner', 'auth.not-owner'],
    );
    assert.equal(
      faults[0]?.message,
      'job a belongs to sue, not to tom: ask sue or an operator to change or stop it, or give ' +
        'yours another name',
    );
  });

  it('a job whose owner was lost with its record is for operators alone', () => {
    const rebuilt = new Map([[A, owned(UNKNOWN_OWNER)]]);
    const [fault] = ownerFaults([A], rebuilt, user(UNKNOWN_OWNER, 'submitter'));
    assert.equal(fault?.code, 'auth.not-owner');
    assert.match(fault?.message ?? '', /rebuilt after damage.*ask an operator/);
    assert.deepEqual(ownerFaults([A], rebuilt, user('tom', 'operator')), []);
  });

  it('is that of who submits it first: a name, else a key', () => {
    assert.equal(ownerOf(user('sue', 'submitter')), 'sue');
    assert.equal(ownerOf({ kind: 'key', publicKey: 'UK' }), 'UK');
    assert.equal(ownerOf({ kind: 'unknown' }), undefined);
    assert.equal(ownerOf(token('ci', 'submitter')), 'token:ci');
    assert.equal(ownerOf(token('', 'submitter')), 'token:abcdefgh01');
  });
});
