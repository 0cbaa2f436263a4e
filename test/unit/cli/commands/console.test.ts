import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { runProgram } from '../../../../cli/program.js';
import { testApp } from '../../../lib/cli-app.js';

describe('dqoes console', () => {
  for (const name of ['https://dqoes.example', 'dqoes.example:8470', ''])
    it(`refuses a name that no browser would send: ${JSON.stringify(name)}`, async () => {
      const { app, problems } = testApp();
      const args = ['console', '--name', 'a.example', '--name', name, '--listen', 'nowhere'];
      assert.equal(await runProgram(args, app), 2);
      assert.match(problems.join('\n'), /--name <host>.*write a name alone, such as dqoes/);
    });
});
