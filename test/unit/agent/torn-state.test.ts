import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { notForgottenFault, tornFault } from '../../../agent/torn-state.js';

describe('a torn file of the agent', () => {
  it('asks people to check what it knew of, and nothing else', () => {
    const what = 'a journal in /var/lib/dqoes (now gpus.torn)';
    const gpus = tornFault({ what, knew: 'gpus' });
    assert.match(gpus.message, /^a journal in .* was torn and set aside: check the clocks .* GPUs/);
    assert.doesNotMatch(gpus.message, /containers/);
    const containers = tornFault({ what, knew: 'containers' });
    assert.match(containers.message, /: check the limits of all containers$/);
    assert.deepEqual([gpus.code, containers.code], ['journal.torn', 'journal.torn']);
  });

  it('is no bad setting where the disk is full: the limits are back', () => {
    const { code, message } = notForgottenFault('ENOSPC: no space left on device');
    assert.equal(code, 'journal.disk');
    assert.match(message, /^what was put back is still noted .*ENOSPC.*make room/);
  });
});
