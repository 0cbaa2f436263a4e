import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { PullTally } from '../../../../agent/drivers/pull-tally.js';

const [A, B] = ['4abcf2066143', 'c6a83fedfae6'];
const MIB = 1024 ** 2;
const line = (id: string | undefined, status: string, current?: number, total?: number) => ({
  id,
  status,
  progressDetail: current === undefined ? {} : { current, total },
});
const textAfter = (...lines: readonly unknown[]): string => {
  const tally = new PullTally();
  for (const each of lines) tally.take(each);
  return tally.text;
};

describe('how far a pull is', () => {
  it('is bytes of those that the engine has named, and layers that are done', () => {
    const begun = [line('3.19', 'Pulling from library/alpine'), line(A, 'Pulling fs layer')];
    assert.equal(textAfter(...begun), '0 of 1 layers');
    const first = [...begun, line(B, 'Waiting'), line(A, 'Downloading', MIB, 4 * MIB)];
    assert.equal(textAfter(...first), '1MiB of at least 4MiB, 0 of 2 layers');
    const both = [...first, line(B, 'Downloading', MIB, 2 * MIB)];
    assert.equal(textAfter(...both), '2MiB of 6MiB, 0 of 2 layers');
    const extracting = [...both, line(A, 'Download complete'), line(A, 'Extracting', 9, 99)];
    assert.equal(textAfter(...extracting), '5MiB of 6MiB, 0 of 2 layers');
    assert.equal(
      textAfter(...extracting, line(A, 'Pull complete'), line(B, 'Pull complete')),
      '6MiB of 6MiB, 2 of 2 layers',
    );
  });

  it('counts layers that were there before, of which no bytes come', () => {
    assert.equal(textAfter(line(A, 'Already exists'), line(B, 'Waiting')), '1 of 2 layers');
  });

  it('says nothing of lines that name no layer, and is not misled by bad ones', () => {
    const bad = [null, 7, 'x', [], {}, { id: 1 }, { id: A }, { id: '../x', status: 'Waiting' }];
    assert.equal(textAfter(...bad, { status: 'Digest: sha256:0' }), '');
    assert.equal(
      textAfter(line(A, 'Downloading', -1, Number.NaN), line(A, 'Downloading', 9 * MIB, 4 * MIB), {
        id: A,
        status: 'Downloading',
        progressDetail: { current: '7', total: null },
      }),
      '4MiB of 4MiB, 0 of 1 layers',
    );
    const many = Array.from({ length: 3000 }, (_, at) =>
      line(at.toString(16).padStart(12, '0'), 'Waiting'),
    );
    assert.equal(textAfter(...many), '0 of 1000 layers');
  });
});
