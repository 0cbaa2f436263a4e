import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { runProgram } from '../../../../cli/program.js';
import { testApp } from '../../../lib/cli-app.js';

describe('options that exclude each other', () => {
  it('are refused by dqoes events before it connects', async () => {
    const { app, out, problems } = testApp();
    assert.equal(await runProgram(['events', '--from', '7', '--tail', '2'], app), 2);
    assert.match(
      problems.join('\n'),
      /^--tail: with --from .*: leave one of them out \[cli\.usage/,
    );
    assert.deepEqual(out, []);
  });
});

describe('options that would do nothing', () => {
  const problemsOf = async (...argv: readonly string[]): Promise<string> => {
    const { app, out, problems } = testApp();
    assert.equal(await runProgram(argv, app), 2, argv.join(' '));
    assert.deepEqual(out, []);
    return problems.join('\n');
  };

  it('are refused beside a key, which hands nothing on to its agent', async () => {
    const options = ['--nats', 'nats://n1:4222', '--coordinator-keys', 'KEY'];
    assert.match(
      await problemsOf('auth', 'add-agent', 'h1', ...options),
      /^--nats: .* add --token, or .*\[cli\.usage\]\n--coordinator-keys: .*\[cli\.usage\]$/,
    );
  });

  it('are refused as the first of two values that dqoes run is given for one name', async () => {
    // Without its target each is refused, and nothing is connected to.
    const run = (option: string, ...pairs: readonly string[]): Promise<string> =>
      problemsOf('run', ...pairs.flatMap((pair) => [option, pair]), 'web');
    assert.match(
      await run('--constraint', 'zone=a', 'disk=ssd', 'zone=b'),
      /^--constraint zone is given two values: .*\[cli\.usage\]\n/,
    );
    assert.match(await run('--secret', 'KEY=a', 'KEY=b'), /^--secret KEY is given two values: /);
    assert.doesNotMatch(await run('--constraint', 'zone=a', 'zone=a'), /two values/);
    assert.doesNotMatch(await run('--env', 'A=1', 'A=2'), /two values/);
  });
});
