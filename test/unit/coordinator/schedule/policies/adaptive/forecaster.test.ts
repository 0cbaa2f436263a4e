import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { NO_COMMON_WORK } from '../../../../../../coordinator/schedule/policies/adaptive/common-work.js';
import { forecaster } from '../../../../../../coordinator/schedule/policies/adaptive/forecaster.js';
import {
  type Memory,
  NO_MEMORY,
} from '../../../../../../coordinator/schedule/policies/adaptive/memory.js';
import { model, near } from './build.js';

describe('adaptive: what it foretells of a host', () => {
  const ratioAfter = (lead: number, isChosen: number): number => {
    const memory: Memory = {
      ...NO_MEMORY,
      ids: ['a-1'],
      models: [model({ isChosen })],
      commonWork: { ...NO_COMMON_WORK, lead },
    };
    return forecaster.forecast(memory).slowerRatio ?? 0;
  };

  it('says how much slower it was until now, while somebody is served there', () => {
    near(ratioAfter(-0.1, 1), Math.exp(0.1), 1e-12);
    assert.equal(ratioAfter(0.1, 1), 1);
    assert.equal(ratioAfter(-0.1, 0), 1);
  });
});
