import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { hasReadAgain, type Systemctl } from '../../../../cli/auth/read-again.js';

/** A systemd whose agent is in a state; `refused`: verbs that fail. */
function systemd(state: string, ...refused: readonly string[]) {
  const asked: string[] = [];
  const run: Systemctl = (...args) => {
    asked.push(args.join(' '));
    if (args[0] === 'is-active') return { code: state === 'active' ? 0 : 3, out: state };
    return { code: refused.some((verb) => args.includes(verb)) ? 1 : 0, out: '' };
  };
  return { run, asked };
}
const KILL = 'kill --signal=SIGUSR2 dqoes-agent.service';
const RELOAD = '--no-block reload-or-restart dqoes-agent.service';

describe('cli/auth/read-again', () => {
  it('reloads an agent that runs, and starts one that does not', () => {
    for (const state of ['active', 'inactive', 'failed']) {
      const { run, asked } = systemd(state);
      assert.equal(hasReadAgain(run), true);
      assert.deepEqual(asked.slice(1), [RELOAD], state);
    }
  });

  it('ends an agent that waits for NATS, which systemd takes for one that starts', () => {
    const { run, asked } = systemd('activating');
    assert.equal(hasReadAgain(run), true);
    assert.deepEqual(asked.slice(1), [KILL]);
  });

  it('starts one that has no process between two starts', () => {
    const { run, asked } = systemd('activating', 'kill');
    assert.equal(hasReadAgain(run), true);
    assert.deepEqual(asked.slice(1), [KILL, RELOAD]);
  });

  it('says where systemd refused', () => {
    assert.equal(hasReadAgain(systemd('active', 'reload-or-restart').run), false);
  });
});
