import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { dqoes } from './cli-program.js';

describe('cli: bad input', function () {
  this.timeout(30_000);

  it('lists every fault of a bad file with line and column, and exits with 2', async () => {
    const stdin = 'name: a\ntarget: { latency: .nan, tolerances: 10% }\nreplica: 2\n';
    const run = await dqoes(['job', 'run', '-'], { stdin });
    assert.deepEqual([run.code, run.out], [2, '']);
    assert.deepEqual(
      run.err
        .trim()
        .split('\n')
        .map((line) => line.split(': ')[0]),
      ['stdin:1:1', 'stdin:2:20', 'stdin:2:26', 'stdin:3:1'],
    );
  });

  it('names the flag that is wrong', async () => {
    const run = await dqoes(['run', 'dqoes/tiny:1', '--nothing']);
    assert.equal(run.code, 2);
    assert.match(run.err, /^--target: is missing/);
    const bad = await dqoes(['run', '--target', '5', '--env', 'X', 'dqoes/tiny:1']);
    assert.equal(bad.code, 2);
    assert.match(bad.err, /--env "X" has no value: write NAME=VALUE/);
    assert.match(bad.err, /--target: "5" is not a duration/);
  });

  it('exits with 2 on an unknown command, option or value, and says so on stderr', async () => {
    for (const args of [
      ['jobs'],
      ['ps', '--nope'],
      ['ps', '-o', 'xml'],
      ['job', 'logs', 'a', '-n', 'x'],
      [],
    ]) {
      const run = await dqoes(args);
      assert.deepEqual([run.code, run.out], [2, ''], args.join(' '));
      assert.notEqual(run.err, '');
    }
  });

  it('is one sentence and exit 1 when there is no NATS', async () => {
    const run = await dqoes(['ps', '--nats', 'nats://127.0.0.1:1']);
    assert.deepEqual([run.code, run.out], [1, '']);
    assert.match(
      run.err,
      /^NATS at nats:\/\/127\.0\.0\.1:1 cannot be reached .*\[nats\.unavailable\]\n$/,
    );
  });

  it('prints its version and its help on stdout', async () => {
    const version = await dqoes(['--version']);
    assert.deepEqual([version.code, version.err], [0, '']);
    assert.match(version.out, /^\d+\.\d+\.\d+\nbuild \S+\n$/);
    const help = await dqoes(['job', '--help']);
    assert.equal(help.code, 0);
    assert.match(help.out, /run .*<file>/);
  });
});
