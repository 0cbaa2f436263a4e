import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { runProgram } from '../../../../cli/program.js';
import { testApp } from '../../../lib/cli-app.js';

describe('an option whose path is empty, as of a variable that is not set', () => {
  for (const args of [
    ['up', '--state', '', '--nats-port', 'x'],
    ['agent', 'restore', '--state', ''],
    ['agent', 'reset-epoch', '--state', ''],
    ['auth', 'init', '--dir', ''],
    ['auth', 'init', '--nats-pid', ''],
    ['auth', 'list', '--dir', ''],
    ['join', 'TOKEN', '--out', ''],
  ])
    it(`does not mean the folder it is called in: ${args.join(' ')}`, async () => {
      const { app, problems } = testApp();
      assert.equal(await runProgram(args, app), 2);
      assert.match(problems.join('\n'), /argument '' is invalid\. it is empty: give a path/);
    });
});
