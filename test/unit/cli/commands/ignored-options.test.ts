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
