import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { loadAgentConfig } from '../../../../agent/config.js';
import {
  endAfterStop,
  endBeforeStart,
  isHandover,
  readAgentConfig,
} from '../../../../cli/services/agent-end.js';
import { HANDOVER } from '../../../../cli/shell/app.js';
import { silentLog } from '../../../../shared/log.js';
import { testApp } from '../../../lib/cli-app.js';

describe('an agent that hands over', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-agent-end-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** No Engine is there: who puts limits back says so. */
  const ending = () => {
    const config = loadAgentConfig({
      overrides: {
        'docker.socket': join(folder, 'none.sock'),
        'state-dir': folder,
        'records-dir': join(folder, 'records'),
      },
    });
    assert.ok(config.ok);
    return { config: config.value, flags: { logLevel: 'info' as const }, log: silentLog };
  };
  const handingOver = (isEndAsked: boolean) => {
    const { app, problems } = testApp();
    const signal = AbortSignal.abort(HANDOVER);
    return { app: { ...app, signal, isEndAsked: () => isEndAsked }, problems };
  };

  it('leaves its limits to the next one', async () => {
    assert.ok(readAgentConfig(ending().flags).ok);
    const { app, problems } = handingOver(false);
    assert.equal(isHandover(app), true);
    assert.equal(await endBeforeStart(app, ending()), 0);
    assert.equal(await endAfterStop(app, ending(), 1), 1);
    assert.deepEqual(problems, []);
  });

  it('puts them back where it is stopped meanwhile, since there will be none', async () => {
    for (const end of [endBeforeStart, endAfterStop]) {
      const { app, problems } = handingOver(true);
      assert.equal(isHandover(app), false);
      assert.notEqual(await end(app, ending(), 0), 0);
      assert.match(problems.join(), /none\.sock/);
    }
  });

  it('hears of it also by a signal that waited for a processor', async () => {
    const { app, problems } = handingOver(false);
    let isEndAsked = false;
    // It comes while the agent waits for it.
    const sleep = async (): Promise<void> => {
      isEndAsked = true;
    };
    const late = { ...app, clock: { ...app.clock, sleep }, isEndAsked: () => isEndAsked };
    assert.notEqual(await endAfterStop(late, ending(), 0), 0);
    assert.match(problems.join(), /none\.sock/);
  });
});
