import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { RevisionCoverage } from '../../../../coordinator/store/revision-coverage.js';

describe('RevisionCoverage', () => {
  it('covers a revision only if each write up to it was read or announced', () => {
    const steps = fc.array(fc.constantFrom('heard', 'lost', 'heard', 'heard', 'read'), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(steps, (taken) => {
        const heard = new RevisionCoverage();
        let revision = 0;
        let known = -1;
        for (const step of taken) {
          if (step === 'read') heard.noteFullRead(revision);
          else revision += 1;
          if (step === 'heard') heard.noteWrite(revision);
          if (step === 'read') known = revision;
          else if (step === 'heard' && known === revision - 1) known = revision;
          assert.equal(heard.covers(revision), known === revision);
        }
      }),
    );
  });

  it('covers nothing after a reset, or when the bucket went back', () => {
    const heard = new RevisionCoverage();
    heard.noteFullRead(5);
    heard.noteWrite(6);
    assert.deepEqual([heard.covers(6), heard.covers(4)], [true, false]);
    heard.reset();
    assert.equal(heard.covers(6), false);
  });
});
