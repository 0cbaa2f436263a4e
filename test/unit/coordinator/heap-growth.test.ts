import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'mocha';

const MODULE = fileURLToPath(new URL('../../../coordinator/heap-growth.js', import.meta.url));

// Keeps 30 MB, throws 360 MB of what has become old away, and tells by how much the old generation
// grew in between. In a process of its own: the flag stays set.
const PROGRAM = `
const { boundHeapGrowth } = await import(process.argv[1]);
const isBounded = boundHeapGrowth();
const { getHeapSpaceStatistics } = await import('node:v8');
const kept = Array.from({ length: 40_000 }, (_, i) => new Array(92).fill(i));
const sizeOf = () =>
  getHeapSpaceStatistics().find(({ space_name }) => space_name === 'old_space').space_used_size;
let largest = 0;
for (let i = 0; i < 600_000; i += 1) {
  kept[i % kept.length] = new Array(92).fill(i);
  if (i % 1000 === 0) largest = Math.max(largest, sizeOf());
}
console.log(JSON.stringify({ isBounded, largestMb: largest / 1e6 }));
`;

function ran(flags: readonly string[]): {
  readonly isBounded: boolean;
  readonly largestMb: number;
} {
  const args = [...flags, '--input-type=module', '--eval', PROGRAM, MODULE];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  assert.notEqual(stdout, '', stderr);
  return JSON.parse(stdout);
}

describe('the growth of the heap', () => {
  it('is bounded, and left alone where a flag of the engine says otherwise', () => {
    const bounded = ran([]);
    assert.equal(bounded.isBounded, true);
    for (const flag of ['--heap-growing-percent=300', '--max_old_space_size=2048']) {
      const chosen = ran([flag]);
      assert.equal(chosen.isBounded, false, flag);
    }
    const free = ran(['--heap-growing-percent=300']);
    assert.ok(bounded.largestMb < 0.8 * free.largestMb, JSON.stringify([bounded, free]));
  });
});
