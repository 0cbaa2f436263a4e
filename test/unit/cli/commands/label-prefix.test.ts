import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { runProgram } from '../../../../cli/program.js';
import { testApp } from '../../../lib/cli-app.js';

describe('--label-prefix', () => {
  for (const command of ['advise', 'doctor --container infer'])
    it(`is refused by dqoes ${command} where no agent could have it`, async () => {
      for (const prefix of ['shop', 'Shop.', '']) {
        const { app, out, problems } = testApp();
        const args = [...command.split(' '), '--docker-socket', '/nowhere/docker.sock'];
        assert.equal(await runProgram([...args, '--label-prefix', prefix], app), 2);
        assert.match(problems.join('\n'), /^--label-prefix: ".*" is not a label prefix: .*dqoes\./);
        assert.deepEqual(out, []);
      }
    });
});
