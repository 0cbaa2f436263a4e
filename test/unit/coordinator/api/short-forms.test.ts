import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { shortJob } from '../../../../coordinator/api/short-forms.js';
import { job } from '../build.js';

describe('a job in short', () => {
  const imageOf = (image: string): string => shortJob({ ...job('a'), image }).split(', ')[0] ?? '';

  it('names its image, of a very long one the end, with a sign for what is left out', () => {
    assert.equal(imageOf('registry.example/face:1.4'), '1 x registry.example/face:1.4');
    const long = `registry.example.org/team/face@sha256:${'0123456789abcdef'.repeat(4)}`;
    const named = imageOf(long).slice('1 x '.length);
    assert.deepEqual([named.length, named[0], long.endsWith(named.slice(1))], [100, '…', true]);
  });
});
