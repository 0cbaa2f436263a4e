import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { editDistance, nameMeant, nearestOf } from '../../../shared/nearest.js';

// cspell:ignore faec fcae fece ghijkl iamge seorch serch

describe('words that may be meant', () => {
  it('are as far as the edits between them, or only said to be further than asked', () => {
    assert.deepEqual(
      [editDistance('image', 'iamge'), editDistance('', 'abc'), editDistance('face', 'fece-1')],
      [1, 3, 3],
    );
    assert.equal(editDistance('image', 'iamge', 1), 1, 'a swap goes over one row');
    assert.equal(editDistance('abcdef', 'ghijkl', 2), 3);
    assert.equal(editDistance('abcdef', 'abcdefgh', 1), 2);
  });

  it('are the nearest, the first of equal ones, and never far', () => {
    assert.equal(nearestOf('serch', ['sketch', 'search', 'seorch']), 'search');
    assert.equal(nearestOf('SEARCH', ['search']), 'search');
    assert.equal(nearestOf('vad', ['llm', 'ocr']), undefined);
    assert.equal(nearestOf('vad', []), undefined);
    assert.equal(nearestOf('', ['s', 'ms']), undefined, 'nothing was written');
  });
});

describe('names of things that may be meant', () => {
  const meant = (name: string, ...known: readonly string[]): string => nameMeant(name, known);

  it('are near, and are no other of a row', () => {
    assert.equal(meant('fcae', 'search', 'face'), ' (did you mean face?)');
    assert.equal(meant('gpu-hots-1', 'gpu-host-1'), ' (did you mean gpu-host-1?)');
    assert.equal(meant('gpu-7', 'gpu-1', 'gpu-2'), '', 'that may be one which is gone');
    assert.equal(meant('h9', 'h1'), '');
    assert.equal(meant('nobody', 'face'), '');
  });

  it('are the job whose container is named', () => {
    assert.equal(meant('vad-1', 'vad', 'vad-x'), ' (did you mean vad?)');
    assert.equal(meant('face-12', 'face-2', 'face'), ' (did you mean face?)');
    assert.equal(meant('faec-1', 'search', 'face'), ' (did you mean face?)', 'with a slip');
    assert.equal(meant('gpu-host-7', 'gpu-host-1', 'gpu-hosts'), ' (did you mean gpu-hosts?)');
  });
});
