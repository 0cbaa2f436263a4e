import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { storyTexts } from '../../../../cli/explain/read-story.js';
import { presentLines } from '../../../../cli/explain/story.js';
import { allocationStatus, containerReport } from '../builders.js';

const ADOPTED = 'adopted under its name by their labels, and not counted here: face on h2';
const unreachable = { targetMs: 50, reachableMs: 120, neededCores: 1.4, reason: 'why' };

describe('job explain: what is said of the whole job', () => {
  const saidOf = (reasons: readonly string[], change: object = {}): readonly string[] => {
    const now = [allocationStatus(change)];
    const texts = storyTexts({ entries: [], complete: true, now, reasons }, 0);
    return texts.slice(now.flatMap(presentLines).length);
  };

  it('stands below its containers, as the adopted ones under its name', () => {
    assert.deepEqual(saidOf([ADOPTED]), [ADOPTED]);
    assert.deepEqual(saidOf(['a-0: runs on as it was: no image']), [
      'a-0: runs on as it was: no image',
    ]);
  });

  it('is not what is said of one of its containers already', () => {
    const far = 'a-0: the target 50ms cannot be met on h1: why';
    assert.deepEqual(saidOf([far, ADOPTED], { unreachable }), [ADOPTED]);
    const ended = containerReport({ state: 'failed', reason: 'exit code 1' });
    assert.deepEqual(saidOf(['a-0: exit code 1'], { container: ended }), []);
  });
});
