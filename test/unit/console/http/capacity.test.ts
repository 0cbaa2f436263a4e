import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { CAPACITY_PARAMETERS, capacityAsked } from '../../../../console/http/capacity.js';
import { parameterFaults } from '../../../../console/http/parameters.js';

describe('http: capacity', () => {
  it('asks for room and trades, and for what the query names', () => {
    assert.deepEqual(capacityAsked({}), { ok: true, value: { parts: ['room', 'trades'] } });
    assert.deepEqual(capacityAsked({ without: 'h3,h4,h3', add: '2x8', pack: 'true' }), {
      ok: true,
      value: {
        parts: ['room', 'trades', 'pack'],
        without: ['h3', 'h4'],
        add: { hosts: 2, cpuCores: 8 },
      },
    });
  });

  it('refuses what it does not understand', () => {
    for (const query of [
      { without: 'h3,' },
      { add: 'many' },
      { add: '0' },
      { pack: 'yes' },
      { other: '1' },
    ])
      assert.equal(parameterFaults(CAPACITY_PARAMETERS, { path: {}, query }).length, 1);
    for (const add of ['1', '99', '2x0.5', '3x999.125'])
      assert.deepEqual(parameterFaults(CAPACITY_PARAMETERS, { path: {}, query: { add } }), []);
    const asked = capacityAsked({ add: '0' });
    assert.match(asked.ok ? '' : (asked.error[0]?.message ?? ''), /add: "0" adds 0 hosts/);
  });
});
