import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { runProgram } from '../../../../cli/program.js';
import { createUserKey } from '../../../../proto/nats/user-key.js';
import { testApp } from '../../../lib/cli-app.js';

// cspell:ignore enfroce
describe('dqoes agent --check', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-agent-check-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const put = (name: string, text: string, mode = 0o600): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    chmodSync(path, mode);
    return path;
  };
  const check = async (...more: readonly string[]) => {
    const { app, out, messages, problems } = testApp();
    const config = ['--config', join(folder, 'agent.yaml')];
    const code = await runProgram(['agent', '--check', ...config, ...more], app);
    return { code, out, messages, problems };
  };
  const settings = (more = ''): void => {
    const key = put('agent.nk', `${createUserKey().seed}\n`);
    const nats = `nats: { url: "nats://10.0.0.5:4222", credentials: ${key} }`;
    put('agent.yaml', `node: h1\n${nats}\n${more}`);
  };

  it('takes settings by which an agent starts, and starts none', async () => {
    settings('control: observe\n');
    assert.deepEqual(await check(), {
      code: 0,
      out: [],
      messages: ['The settings of the agent are good.'],
      problems: [],
    });
    assert.deepEqual((await check('-q')).messages, []);
  });

  it('says by what a start would end, in the files, the policy and the key', async () => {
    settings('control: enfroce\n');
    const misspelt = await check();
    assert.equal(misspelt.code, 2);
    assert.match(misspelt.problems.join(), /agent\.yaml:3:10: control: "enfroce" is neither/);
    settings();
    mkdirSync(join(folder, 'agent.d'));
    put('agent.d/join.yaml', 'interval: soon\n');
    assert.match((await check()).problems.join(), /join\.yaml:1:11: interval: /);
    rmSync(join(folder, 'agent.d'), { recursive: true });
    settings(`policy-file: ${put('policy.yaml', 'jobs: perhaps\n')}\n`);
    assert.match((await check()).problems.join(), /policy\.yaml:1:7: jobs: /);
    settings();
    put('agent.nk', 'no key', 0o644);
    const open = await check();
    assert.equal(open.code, 2);
    assert.match(open.problems.join(), /agent\.nk \(from nats\.credentials\) has mode 0644/);
  });

  it('takes options as the service does', async () => {
    settings();
    assert.equal((await check('--log-level', 'warn')).code, 0);
    assert.equal((await check('--log-level', 'loud')).code, 2);
  });
});
