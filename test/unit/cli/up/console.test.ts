import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { startUpConsole } from '../../../../cli/up/console.js';
import { silentLog } from '../../../../shared/log.js';
import { ok } from '../../../../shared/result.js';
import { testApp } from '../../../lib/cli-app.js';

describe('the console of dqoes up', () => {
  it('names the options of dqoes up where its port cannot be had', async () => {
    const { clock } = testApp().app;
    const wanted = { console: { port: 65_536, version: '0' }, cluster: 'main' };
    const client = async () => ok({ bus: {} } as never);
    const started = await startUpConsole({ ...wanted, clock, log: silentLog }, client);
    assert.ok(!started.ok);
    assert.match(started.error[0]?.message ?? '', /65536 cannot be .*--console-port, or .*--no-c/);
  });
});
