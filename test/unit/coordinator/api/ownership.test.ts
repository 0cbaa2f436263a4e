import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  foreignSecretFaults,
  newSecretFaults,
  ownerFaults,
  ownerOf,
  secretOwnerFaults,
  weightFaults,
  welcomingFaults,
} from '../../../../coordinator/api/ownership.js';
import type { JobRecord, SecretRecord } from '../../../../coordinator/state/model.js';
import { UNKNOWN_OWNER } from '../../../../proto/job.js';
import type { Requester } from '../../../../proto/requester.js';
import type { UserRole } from '../../../../proto/roles.js';
import type { SecretName } from '../../../../shared/ids.js';
import { job, jobName, nodeId } from '../build.js';

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

describe('whose secret it is', () => {
  const DB = 'db' as SecretName;
  const secretOf = (owner?: string, isShared = false): SecretRecord =>
    ({ name: DB, isShared, ...(owner === undefined ? {} : { owner }) }) as SecretRecord;
  const usesDb = job('a', { secretEnv: { PASSWORD: DB } });
  const sue = user('sue', 'submitter');
  const tom = user('tom', 'submitter');

  it('a submitter may change and remove its own, and those without an owner', () => {
    assert.deepEqual(secretOwnerFaults(secretOf('sue'), sue), []);
    assert.deepEqual(secretOwnerFaults(secretOf(), tom), []);
    assert.deepEqual(secretOwnerFaults(undefined, tom), []);
    assert.deepEqual(secretOwnerFaults(secretOf('sue'), user('olga', 'operator')), []);
    const shared = secretOwnerFaults(secretOf('sue', true), tom);
    assert.deepEqual(
      shared.map(({ code, message }) => [code, message]),
      [
        [
          'auth.not-owner',
          'secret db belongs to sue, not to tom: ask sue or an operator to change or remove it, ' +
            'or give yours another name',
        ],
      ],
    );
  });

  it('its jobs may name its own, shared ones, and those without an owner', () => {
    const faults = (secret: SecretRecord | undefined, by: Requester) =>
      foreignSecretFaults([usesDb], new Map(secret === undefined ? [] : [[DB, secret]]), by);
    for (const allowed of [secretOf('tom'), secretOf('sue', true), secretOf(), undefined])
      assert.deepEqual(faults(allowed, tom), []);
    assert.deepEqual(faults(secretOf('sue'), user('olga', 'operator')), []);
    assert.deepEqual(faults(secretOf('sue'), { kind: 'unknown' }), []);
    const [refused] = faults(secretOf('sue'), tom);
    assert.deepEqual([refused?.code, refused?.field], ['auth.not-owner', 'env.PASSWORD']);
    assert.deepEqual(faults(secretOf('sue'), token('sue', 'submitter')).length, 1);
  });

  it('a new one does not reach jobs of others that waited for its name', () => {
    const jobs = [{ spec: usesDb, owner: 'tom' } as JobRecord];
    assert.match(newSecretFaults(DB, jobs, sue)[0]?.message ?? '', /named already by a of tom:/);
    assert.deepEqual(newSecretFaults(DB, jobs, tom), []);
    assert.deepEqual(newSecretFaults(DB, jobs, user('olga', 'operator')), []);
    assert.deepEqual(newSecretFaults(DB, [{ spec: usesDb } as JobRecord], sue), []);
    assert.deepEqual(newSecretFaults('other' as SecretName, jobs, sue), []);
  });
});

describe('the weight of a job', () => {
  const heavy = [job('a', { weight: 10 })];
  const rule = (by: Requester, weightMax?: number) => ({ by, weightMax });

  it('is bounded for a submitter, person or token, and for nobody else', () => {
    for (const by of [user('sue', 'submitter'), token('ci', 'submitter')]) {
      const [fault, ...others] = weightFaults(heavy, new Map(), rule(by, 5));
      assert.deepEqual(
        [fault?.code, fault?.field, others.length],
        ['auth.weight', 'jobs[0].weight', 0],
      );
      assert.match(fault?.message ?? '', /job a has weight 10, and a submitter may give at most 5/);
      assert.deepEqual(weightFaults(heavy, new Map(), rule(by, 10)), []);
      assert.deepEqual(weightFaults(heavy, new Map(), rule(by)), []);
    }
    for (const by of [user('tom', 'operator'), { kind: 'unknown' } as const])
      assert.deepEqual(weightFaults(heavy, new Map(), rule(by, 5)), []);
  });

  it('that an operator gave may stay or fall, not grow', () => {
    const by = user('sue', 'submitter');
    const has = (weight: number) => new Map([[A as never, { spec: job('a', { weight }) }]]);
    assert.deepEqual(weightFaults(heavy, has(10), rule(by, 5)), []);
    assert.deepEqual(weightFaults(heavy, has(20), rule(by, 5)), []);
    assert.equal(weightFaults(heavy, has(9), rule(by, 5)).length, 1);
  });
});

describe('who answers a join token, or revokes the key of an agent', () => {
  const by: Requester = { kind: 'welcoming', node: nodeId('h1'), publicKey: 'U1' };
  it('may say whether its node is approved, and do nothing else', () => {
    assert.deepEqual(welcomingFaults(by, 'node-approve', { id: 'h1' }), []);
    assert.deepEqual(welcomingFaults(by, 'node-unapprove', { id: 'h1' }), []);
    for (const [verb, asked] of [
      ['node-approve', { id: 'h2' }],
      ['node-approve', {}],
      ['node-unapprove', { id: 'h2' }],
      ['node-remove', { id: 'h1' }],
      ['node-list', {}],
    ] as const)
      assert.deepEqual(
        welcomingFaults(by, verb, asked).map(({ code }) => code),
        ['auth.denied'],
        verb,
      );
    assert.deepEqual(welcomingFaults(user('sue', 'viewer'), 'node-list', {}), []);
  });

  it('may neither change jobs of others nor name their secrets, were it asked', () => {
    assert.equal(ownerFaults([A], known, by).length, 1);
  });
});
