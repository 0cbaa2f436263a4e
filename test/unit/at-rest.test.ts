import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'mocha';

const REST = fileURLToPath(new URL('../bench/rest.js', import.meta.url));

// In a process of its own, whose heap nothing else fills.
const rest = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['--expose-gc', REST, ...args], { encoding: 'utf8' });

describe('an agent and a coordinator while nothing changes', function () {
  this.timeout(240_000);

  // What is too little to be seen in this time, npm run bench:rest finds in a day.
  it('hold after eighteen minutes what they held before', () => {
    const { status, stdout, stderr } = rest('--hours', '0.3', '--points', '9');
    assert.equal(status, 0, `${stdout}${stderr}`);
  });

  it('are found to grow where they do', () => {
    const { status, stdout, stderr } = rest('--hours', '0.1', '--points', '6', '--leak');
    assert.equal(status, 1, `${stdout}${stderr}`);
    assert.match(stdout, /jobs; from the first third on/, stderr);
  });
});
