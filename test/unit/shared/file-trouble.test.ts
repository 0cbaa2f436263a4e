import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { fileTrouble } from '../../../shared/errors.js';

const troubleOf = (read: () => unknown): string => {
  try {
    read();
  } catch (cause) {
    return fileTrouble(cause);
  }
  return '';
};

describe('why a file cannot be read', () => {
  it('is said in plain words, without the call that failed', () => {
    assert.equal(
      troubleOf(() => readFileSync('/nowhere/jobs.yaml')),
      'ENOENT: there is no such file or folder',
    );
    assert.equal(
      troubleOf(() => readFileSync('/proc')),
      'EISDIR: it is a folder',
    );
    assert.equal(
      troubleOf(() => readFileSync('/proc/version/jobs.yaml')),
      'ENOTDIR: a part of the path is a file',
    );
  });

  it('is told as it was thrown where there are no words for it', () => {
    assert.equal(fileTrouble(new Error('odd')), 'odd');
    assert.equal(
      fileTrouble(Object.assign(new Error('EIO: i/o error'), { code: 'EIO' })),
      'EIO: i/o error',
    );
    assert.equal(fileTrouble('torn'), 'torn');
  });
});
