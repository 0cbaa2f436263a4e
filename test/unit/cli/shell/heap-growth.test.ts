import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'mocha';
import { boundHeapGrowth } from '../../../../cli/shell/heap-growth.js';

const MODULE = fileURLToPath(new URL('../../../../cli/shell/heap-growth.js', import.meta.url));

// Keeps 30 MB, throws 450 MB away that have become old, and tells how large the old generation was
// at most. In a process of its own, because the flag stays set.
const PROGRAM = `
const { boundHeapGrowth } = await import(process.argv[1]);
const isBounded = boundHeapGrowth(process.execArgv);
const { getHeapSpaceStatistics } = await import('node:v8');
const kept = Array.from({ length: 40_000 }, (_, i) => new Array(92).fill(i));
const sizeOf = () =>
  getHeapSpaceStatistics().find(({ space_name }) => space_name === 'old_space').space_used_size;
let largest = 0;
for (let i = 0; i < 600_000; i += 1) {
  kept[i % kept.length] = new Array(92).fill(i);
  if (i % 1000 !== 0) continue;
  if (i > 100_000) largest = Math.max(largest, sizeOf());
  // The collector works in turns of its own, too.
  await new Promise((resolve) => setTimeout(resolve, 1));
}
console.log(JSON.stringify({ isBounded, largestMb: largest / 1e6 }));
`;

// Without the first, the engine lets it grow to hundreds of MB before the first full collection.
const SMALL = ['--initial-old-space-size=40', '--max-semi-space-size=1'];

function ran(flags: readonly string[]): {
  readonly isBounded: boolean;
  readonly largestMb: number;
} {
  const args = [...SMALL, ...flags, '--input-type=module', '--eval', PROGRAM, MODULE];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  assert.notEqual(stdout, '', stderr);
  return JSON.parse(stdout);
}

describe('the growth of the heap', () => {
  it('is left alone where a flag of the engine bounds it, or its size', () => {
    const flags = ['--max_old_space_size=2048', '--max-old-space-size 2048 --no-warnings'];
    for (const flag of flags) assert.equal(boundHeapGrowth([flag]), false, flag);
  });

  it('is bounded otherwise', () => {
    const bounded = ran([]);
    assert.equal(bounded.isBounded, true);
    const free = ran(['--heap-growing-percent=300']);
    assert.equal(free.isBounded, false);
    assert.ok(bounded.largestMb < 0.8 * free.largestMb, JSON.stringify([bounded, free]));
  });
});
