import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { userNumber } from '../../../../cli/server-user.js';
import { ruleOfSetting } from '../../../../cli/target/server-rule.js';

describe('who may run the NATS server of a service', () => {
  const numberOf = (name: string) => (name === 'nats' ? 112 : undefined);
  const rule = (name: string) => {
    const read = ruleOfSetting(name, undefined, numberOf);
    assert.ok(read.ok, JSON.stringify(read));
    return read.value;
  };

  it('is the user that the setting names, by name or number', () => {
    assert.equal(rule(''), undefined);
    for (const name of ['nats', '112'])
      assert.deepEqual(
        [112, 1000].map((user) => rule(name)?.mayRun(user)),
        [true, false],
      );
  });

  it('is known by the users of this machine, and what is none of them is a fault', () => {
    assert.equal(userNumber('root'), 0);
    assert.equal(userNumber('no-such-user'), undefined);
    const bad = ruleOfSetting('nts', 'NAME', numberOf);
    assert.match(
      bad.ok ? '' : (bad.error[0]?.message ?? ''),
      /^NAME: "nts" is no user .*: give the name/,
    );
  });
});
