import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { describe, it } from 'mocha';
import { childSignal } from '../../../shared/child-signal.js';

describe('a child signal', () => {
  it('aborts with its parent, before or after it was made', () => {
    const parent = new AbortController();
    const child = childSignal(parent.signal);
    assert.equal(child.signal.aborted, false);
    parent.abort();
    assert.equal(child.signal.aborted, true);
    assert.equal(childSignal(parent.signal).signal.aborted, true);
  });

  it('passes on why', () => {
    const why = new Error('the system died');
    const [parent, child] = [new AbortController(), childSignal(new AbortController().signal)];
    const heir = childSignal(parent.signal);
    parent.abort(why);
    child.abort(why);
    assert.deepEqual([heir.signal.reason, child.signal.reason], [why, why]);
  });

  it('aborts alone, and leaves nothing on a parent that lives on', () => {
    const parent = new AbortController();
    for (let i = 0; i < 1000; i += 1) {
      const child = childSignal(parent.signal);
      child.abort();
      assert.equal(child.signal.aborted, true);
    }
    assert.equal(parent.signal.aborted, false);
    assert.equal(getEventListeners(parent.signal, 'abort').length, 0);
  });
});
