import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { chooseSetting } from '../../../../../coordinator/schedule/gpu/choose.js';

describe('gpu clock', () => {
  const asker = (least: number, most = Number.POSITIVE_INFINITY, weight = 1) => ({
    aim: least,
    least,
    most,
    weight,
  });
  const range = { min: 210, max: 1410 };

  it('is the lowest that serves all, where one does', () => {
    assert.equal(
      chooseSetting([asker(700, 1100), asker(900, 1300), asker(400)], range)?.value,
      900,
    );
    assert.equal(chooseSetting([asker(100)], range)?.value, 210);
    assert.equal(chooseSetting([], range), null);
  });

  it('serves the most weight where none serves all', () => {
    const askers = [asker(600, 700), asker(620, 720), asker(1200, 1400)];
    assert.equal(chooseSetting(askers, range)?.value, 620);
    assert.equal(chooseSetting([asker(600, 700), asker(1200, 1400, 3)], range)?.value, 1200);
  });

  it('lets nobody be too slow where that serves as many', () => {
    assert.equal(chooseSetting([asker(600, 700), asker(1200, 1400)], range)?.value, 1200);
  });

  it('is the lowest of clocks that serve the same', () => {
    const aims = [950, 900, 980].map((aim) => ({ ...asker(850), aim }));
    assert.equal(chooseSetting(aims, range)?.value, 900);
  });

  it('lies where bands overlap, though nobody aims there', () => {
    const two = [
      { ...asker(560, 640), aim: 600 },
      { ...asker(620, 760), aim: 700 },
    ];
    assert.deepEqual(chooseSetting(two, range), { value: 630, metWeight: 2, decidedBy: 1 });
  });

  it('is the highest for whom that just serves', () => {
    assert.equal(chooseSetting([asker(700), { ...asker(1400), aim: 1450 }], range)?.value, 1410);
  });

  it('is decided by whom a lower one would leave first, not by whom none serves', () => {
    assert.equal(
      chooseSetting([asker(1500), asker(400), asker(700), asker(600)], range)?.decidedBy,
      2,
    );
  });

  it('leaves out whom no clock serves, and is the highest where it serves nobody', () => {
    assert.equal(chooseSetting([asker(1500), asker(700, 900)], range)?.value, 700);
    assert.equal(chooseSetting([asker(1500)], range)?.value, 1410);
  });
});
