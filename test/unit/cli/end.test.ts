import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'mocha';

// The tests run in dist/test/unit/cli, beside the built program.
const main = fileURLToPath(new URL('../../../cli/main.js', import.meta.url));

describe('the end of the command line', function () {
  this.timeout(60_000);

  for (const words of [['completion', 'bash'], ['--version'], ['-V']])
    it(`is a failure where what it prints cannot be written: ${words.join(' ')}`, () => {
      // Every write there fails as on a full disk.
      const full = openSync('/dev/full', 'w');
      try {
        const { status, stderr } = spawnSync(process.execPath, [main, ...words], {
          stdio: ['ignore', full, 'pipe'],
          encoding: 'utf8',
        });
        assert.match(stderr, /^The output could not be written \(.*ENOSPC.*\)\.\n$/);
        assert.equal(status, 1);
      } finally {
        closeSync(full);
      }
    });
});
