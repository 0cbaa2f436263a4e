import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'mocha';
import { until } from '../../lib/until.js';

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

describe('a service whose log is on a full disk', function () {
  this.timeout(60_000);

  it('goes on, and ends when it is asked to', async () => {
    // A NATS server that is not there yet: each attempt is one connection.
    let attempts = 0;
    const server = createServer((socket) => {
      attempts += 1;
      socket.destroy();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `nats://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const full = openSync('/dev/full', 'w');
    const words = [main, 'coordinator', '--nats', url];
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'ignore', full] });
    const ended = once(child, 'exit');
    try {
      await until(() => attempts > 3 || child.exitCode !== null, 'it to try again', 30_000);
      assert.equal(child.exitCode, null, 'it ended by itself');
    } finally {
      child.kill('SIGTERM');
      await ended;
      closeSync(full);
      server.close();
    }
    assert.equal(child.exitCode, 0);
  });
});
