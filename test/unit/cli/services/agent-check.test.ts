import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { CheckedService } from '../../../lib/checked-service.js';

// cspell:ignore enfroce
describe('dqoes agent --check', () => {
  let service: CheckedService;
  beforeEach(() => {
    service = new CheckedService('agent', 'node: h1');
  });
  afterEach(() => service.remove());

  it('takes settings by which an agent starts, and starts none', async () => {
    service.settings('control: observe\n');
    assert.deepEqual(await service.check(), {
      code: 0,
      out: [],
      messages: ['The settings of the agent are good.'],
      problems: [],
    });
    assert.deepEqual((await service.check('-q')).messages, []);
  });

  it('says by what a start would end, in the files, the policy and the key', async () => {
    service.settings('control: enfroce\n');
    const misspelt = await service.check();
    assert.equal(misspelt.code, 2);
    assert.match(misspelt.problems.join(), /agent\.yaml:3:10: control: "enfroce" is neither/);
    service.settings();
    mkdirSync(join(service.folder, 'agent.d'));
    service.put('agent.d/join.yaml', 'interval: soon\n');
    assert.match((await service.check()).problems.join(), /join\.yaml:1:11: interval: /);
    rmSync(join(service.folder, 'agent.d'), { recursive: true });
    service.settings(`policy-file: ${service.put('policy.yaml', 'jobs: perhaps\n')}\n`);
    assert.match((await service.check()).problems.join(), /policy\.yaml:1:7: jobs: /);
    service.settings();
    service.put('agent.nk', 'no key', 0o644);
    const open = await service.check();
    assert.equal(open.code, 2);
    assert.match(open.problems.join(), /agent\.nk \(from nats\.credentials\) has mode 0644/);
  });

  it('takes options as the service does', async () => {
    service.settings();
    assert.equal((await service.check('--log-level', 'warn')).code, 0);
    assert.equal((await service.check('--log-level', 'loud')).code, 2);
  });
});
