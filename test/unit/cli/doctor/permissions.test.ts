import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { nearestRole, type Trial, trialKey, trialsOf } from '../../../../cli/doctor/permissions.js';
import { USER_ROLES } from '../../../../proto/roles.js';
import type { NodeId } from '../../../../shared/ids.js';

const publicKey = 'U1';
const roles = USER_ROLES.map((role) => ({ role, trials: trialsOf({ role, publicKey }, 'main') }));
const allowedOf = (trials: readonly Trial[]) => {
  const keys = new Set(trials.map(trialKey));
  return (trial: Trial): boolean => keys.has(trialKey(trial));
};

describe('rights that are tried', () => {
  it('are those of the role, on subjects that nobody has where it may use many', () => {
    const trials = trialsOf({ role: 'agent', node: 'h1' as NodeId, publicKey }, 'main');
    const published = trials.filter(({ does }) => does === 'publish').map(({ subject }) => subject);
    assert.ok(published.includes('dqoes.v1.main.tm.h1'));
    assert.ok(published.includes('_INBOX.dqoes-doctor'));
    assert.ok(published.every((subject) => !/[*>]/.test(subject)));
    const heard = trials.filter(({ does }) => does === 'subscribe').map(({ subject }) => subject);
    assert.ok(heard.includes('dqoes.v1.main.cmd.h1'));
    assert.ok(heard.includes('_INBOX.U1.>'));
  });

  for (const { role, trials } of roles) {
    it(`show that a key is a ${role}'s, also where one is missing`, () => {
      assert.deepEqual(nearestRole(roles, allowedOf(trials)), {
        ...{ role, missing: [], needed: trials.length },
      });
      const [first, ...others] = trials;
      assert.deepEqual(nearestRole(roles, allowedOf(others)), {
        ...{ role, missing: [first], needed: trials.length },
      });
    });
  }

  it('of a key without any are held against the least role', () => {
    assert.equal(nearestRole(roles, () => false)?.role, 'viewer');
  });
});
