import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { timeBack } from '../../../../cli/shell/options.js';

describe('how long ago', () => {
  it('is a duration, or days, of which an audit keeps many', () => {
    assert.equal(timeBack('90m'), 5_400_000);
    assert.equal(timeBack('30d'), 30 * 86_400_000);
    for (const text of ['0d', '-1d', '7', '1d12h', '48h', ''])
      assert.throws(() => timeBack(text), /such as 12h or 1h30m, or days such as 7d/, text);
  });
});
