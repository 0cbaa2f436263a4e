import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { twoDigits } from '../../../../../../coordinator/schedule/policies/adaptive/limit-reason.js';

describe('numbers in the reasons of limits', () => {
  it('have two digits that count, and no exponent', () => {
    const shown = [0, 0.0018, 0.06, 8.1, 43, 99.4, 99.6, 218, 1234].map(twoDigits);
    const expected = ['0.0', '0.0018', '0.060', '8.1', '43', '99', '100', '218', '1234'];
    assert.deepEqual(shown, expected);
  });
});
