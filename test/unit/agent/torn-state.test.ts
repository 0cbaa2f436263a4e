import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  leaveRegistries,
  notForgottenFault,
  notListedFault,
  tornFault,
  unlistedFault,
} from '../../../agent/torn-state.js';
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

  it('stays on a disk that may only be read, and people are told what to do', () => {
    const what = 'an entry of the registry of state folders (0a1b)';
    const { message } = tornFault({ what, knew: 'folders', stays: 'EROFS: read-only' });
    assert.match(message, /^an entry .* cannot be read and stays there \(EROFS: read-only\): mend/);
    assert.match(message, /restore again; until then .* with --state and the state folder of that/);
    assert.match(unlistedFault('EACCES: scandir').message, /cannot be listed \(EACCES.*: mend the/);
    const faults = [unlistedFault('EIO'), notListedFault('busy')];
    assert.equal(exitCodeOf(faults), 1);
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
