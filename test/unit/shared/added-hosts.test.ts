import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseAddedHosts } from '../../../shared/added-hosts.js';

describe('hosts that are added', () => {
  const read = (text: string) => {
    const parsed = parseAddedHosts(text);
    return parsed.ok ? parsed.value : parsed.error;
  };

  it('are a number, or a number of a size', () => {
    assert.deepEqual(read('3'), { hosts: 3 });
    assert.deepEqual(read('2x8'), { hosts: 2, cpuCores: 8 });
    assert.deepEqual(read('1x0.5'), { hosts: 1, cpuCores: 0.5 });
    assert.deepEqual(read('1000x4096'), { hosts: 1000, cpuCores: 4096 });
  });

  it('are refused with the value and the cure', () => {
    for (const bad of ['', 'x', 'many', '-1', '1.5', '2x', 'x8', '2 x 8', '1e3', '99999', '２'])
      assert.match(String(read(bad)), /is no number of hosts: write 3, or 3x8/, bad);
    assert.match(String(read('0')), /"0" adds 0 hosts: add 1 to 1000/);
    assert.match(String(read('1001')), /adds 1001 hosts/);
    assert.match(String(read('1x0')), /hosts of 0 CPU: write 0\.01 to 4096/);
    assert.match(String(read('1x9999')), /hosts of 9999 CPU/);
  });
});
