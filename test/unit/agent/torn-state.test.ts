import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { leaveRegistries, notForgottenFault, tornFault } from '../../../agent/torn-state.js';
import { exitCodeOf } from '../../../cli/output/faults.js';

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

const STATE = '/var/lib/dqoes';

describe('a state folder whose limits are back', () => {
  it('leaves every registry', async () => {
    const left: string[] = [];
    const place = { registry: { leave: async (folder: string) => void left.push(folder) } };
    assert.equal(await leaveRegistries([place, place], STATE), undefined);
    assert.deepEqual(left, [STATE, STATE]);
  });

  it('is one fault, with the cure, where a disk that may only be read keeps it there', async () => {
    const left: string[] = [];
    const readOnly = { registry: { leave: async () => Promise.reject(new Error('EROFS')) } };
    const place = { registry: { leave: async (folder: string) => void left.push(folder) } };
    const fault = await leaveRegistries([readOnly, readOnly, place], STATE);
    assert.deepEqual(left, [STATE], 'the others are left all the same');
    assert.equal(fault?.code, 'journal.disk');
    assert.match(fault.message, /^\/var\/lib\/dqoes stays registered .*EROFS.*mend the disk/);
    assert.equal(exitCodeOf([fault]), 1);
  });
});
