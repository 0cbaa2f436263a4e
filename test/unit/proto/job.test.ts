import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { decodeJob, decodeStoredJob, encodeJob, UNKNOWN_OWNER } from '../../../proto/job.js';
import { job } from '../coordinator/build.js';

describe('a stored job', () => {
  const spec = job('a', { env: { TOKEN: 'x' } });

  it('keeps its owner, and one that was stored before has none', () => {
    const stored = decodeStoredJob(encodeJob(spec, 'sue'));
    assert.deepEqual(stored, { ok: true, value: { spec, owner: 'sue' } });
    assert.deepEqual(decodeStoredJob(encodeJob(spec)), { ok: true, value: { spec } });
  });

  it('can be read by an earlier coordinator, which knows no owners', () => {
    assert.deepEqual(decodeJob(encodeJob(spec, 'sue')), { ok: true, value: spec });
  });

  it("with an owner that cannot be one is nobody's, not everybody's", () => {
    const stored = decodeStoredJob(encodeJob(spec, 'a b'));
    assert.deepEqual(stored, { ok: true, value: { spec, owner: UNKNOWN_OWNER } });
  });
});
