import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  APPROVAL_VERBS,
  approvalsOf,
  callsOf,
  requesterName,
  requesterOf,
} from '../../../proto/requester.js';
import { subjectMatches } from '../../../proto/subject-match.js';
import { subjectsOf } from '../../../proto/subjects.js';
import { isSafeId, type NodeId } from '../../../shared/ids.js';

const subjects = subjectsOf('main');
const KEY = `U${'A'.repeat(55)}`;
const at = (tail: string) => requesterOf(subjects, 'job-stop', `dqoes.v1.main.svc.job-stop${tail}`);

describe('who made a call', () => {
  it('is what the subject says: nobody, a key, or a person with a role', () => {
    assert.deepEqual(at(''), { kind: 'unknown' });
    assert.deepEqual(at(`.${KEY}`), { kind: 'key', publicKey: KEY });
    const olga = { kind: 'user', role: 'operator', name: 'olga', publicKey: KEY } as const;
    assert.deepEqual(at(`.operator.olga.${KEY}`), olga);
    assert.deepEqual(['unknown', KEY, 'olga'], [at(''), at(`.${KEY}`), olga].map(requesterName));
  });

  it('is a token by a name that no person can have, by its id where it has none', () => {
    const token = { kind: 'token', id: 'abcdefgh01', name: 'olga', role: 'operator' } as const;
    assert.equal(requesterName(token), 'token:olga');
    assert.equal(requesterName({ ...token, name: '' }), 'token:abcdefgh01');
    assert.equal(isSafeId(requesterName(token)), false);
  });

  it('is who answers the join token of a node, by a name that no person can have', () => {
    const node = 'h1' as NodeId;
    const calls = approvalsOf(subjects, { node, publicKey: KEY });
    assert.equal(calls.length, APPROVAL_VERBS.length);
    for (const [at, verb] of APPROVAL_VERBS.entries()) {
      const { from = '', to = '' } = calls[at] ?? {};
      assert.equal(from, subjects.serviceFor(verb, KEY));
      const by = requesterOf(subjects, verb, to);
      assert.deepEqual(by, { kind: 'welcoming', node, publicKey: KEY });
      assert.equal(requesterName(by), 'welcoming-h1');
    }
  });

  it('is nobody where the subject is of another form', () => {
    for (const tail of [
      `.welcoming.${KEY}`,
      `.welcoming..${KEY}`,
      `.welcoming.h:1.${KEY}`,
      '.olga',
      `.operator.${KEY}`,
      `.root.olga.${KEY}`,
      `.coordinator.olga.${KEY}`,
      `.operator..${KEY}`,
      `.operator.a.b.${KEY}`,
      '.operator.olga.',
    ])
      assert.deepEqual(at(tail), { kind: 'unknown' }, tail);
  });

  it('is written by the server: what a client sends becomes what a coordinator reads', () => {
    const { from, to } = callsOf(subjects, { name: 'olga', role: 'operator', publicKey: KEY });
    assert.ok(subjectMatches(from, subjects.serviceFor('job-stop', KEY)));
    assert.equal(at(`.operator.olga.${KEY}`).kind, 'user');
    assert.ok(subjectMatches(to, `${subjects.service('job-stop')}.operator.olga.${KEY}`));
  });
});
