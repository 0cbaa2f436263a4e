import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { runProgram } from '../../../../cli/program.js';
import { testApp } from '../../../lib/cli-app.js';

describe('the help of a command', () => {
  const optionsIn = async (...argv: readonly string[]): Promise<readonly string[]> => {
    const { app, out } = testApp();
    assert.equal(await runProgram([...argv, '--help'], app), 0);
    return [...out.join('\n').matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(
      ([, name = '']) => name,
    );
  };

  it('begins with its own options, in their order, and ends with those of all', async () => {
    const options = await optionsIn('run');
    assert.deepEqual(options.slice(0, 3), ['--name', '--target', '--stat']);
    assert.deepEqual(options.slice(-4), ['--cluster', '--quiet', '--no-input', '--help']);
    assert.equal(new Set(options).size, options.length);
    assert.deepEqual((await optionsIn('job', 'set')).slice(0, 2), ['--target', '--stat']);
  });
});
