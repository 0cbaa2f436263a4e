import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { ROOT } from './planted-tree.js';

interface Replay {
  replayOf(environment: Readonly<Record<string, string>>): object | undefined;
}
const { replayOf } = (await import(join(ROOT, 'tools/replay-seed.mjs'))) as Replay;

const FAILS = `import fc from '${import.meta.resolve('fast-check')}';
it('holds', () => fc.assert(fc.property(fc.array(fc.nat()), (list) => list.every((n) => n < 9))));
`;

/** What mocha prints of a property that fails, with these variables. */
function failure(environment: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'dqoes-replay-'));
  try {
    const file = join(folder, 'fails.test.mjs');
    writeFileSync(file, FAILS);
    const { DQOES_SEED, DQOES_SEED_PATH, ...others } = process.env;
    const mocha = join(ROOT, 'node_modules/mocha/bin/mocha.js');
    const env = { ...others, ...environment };
    return spawnSync(process.execPath, [mocha, file], { cwd: ROOT, env, encoding: 'utf8' }).stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const found = (pattern: RegExp, text: string): string =>
  pattern.exec(text)?.[1] ?? assert.fail(`no ${pattern} in ${text}`);
const counterexampleIn = (text: string): string => found(/Counterexample: (.*)/, text);

describe('tools: a property that failed', function () {
  this.timeout(60_000);

  it('fails at once and with the same value by the seed and the path that it printed', () => {
    const first = failure({});
    assert.match(first, /Shrunk [1-9]\d* time/);
    const again = failure({
      DQOES_SEED: found(/seed: (-?\d+)/, first),
      DQOES_SEED_PATH: found(/path: "([\d:]+)"/, first),
    });
    assert.match(again, /Property failed after 1 tests/);
    assert.match(again, /Shrunk 0 time/);
    assert.equal(counterexampleIn(again), counterexampleIn(first));
  });

  it('is made with the seed alone, too, and with nothing that is not meant', () => {
    assert.equal(replayOf({}), undefined);
    assert.deepEqual(replayOf({ DQOES_SEED: '-7' }), { seed: -7 });
    assert.throws(() => replayOf({ DQOES_SEED: 'x' }), /DQOES_SEED is "x": give a whole number/);
    assert.throws(() => replayOf({ DQOES_SEED: '' }), /DQOES_SEED is "": give a whole number/);
    assert.throws(() => replayOf({ DQOES_SEED_PATH: '1' }), /leads nowhere without DQOES_SEED/);
    const spoilt = { DQOES_SEED: '7', DQOES_SEED_PATH: '1:x' };
    assert.throws(() => replayOf(spoilt), /DQOES_SEED_PATH is "1:x": give it as printed/);
  });
});
