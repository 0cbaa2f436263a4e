import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { READING } from '../../../../console/http/reading.js';

describe('what is asked for and is not there', () => {
  it('is named by the parameter that asked for it', async () => {
    const route = READING.find(({ path }) => path === '/nodes/:id');
    const asked = { cluster: { nodes: () => [] }, params: { id: 'h9' } };
    const answer = await route?.run(asked as never);
    assert.ok(answer?.ok === false);
    assert.deepEqual(
      answer.error.faults.map(({ field }) => field),
      ['id'],
    );
    assert.match(answer.error.faults[0]?.message ?? '', /there is no node h9.*\/api\/v1\/nodes/);
    const near = { nodes: () => [{ id: 'gpu-host-1' }] };
    const meant = await route?.run({ cluster: near, params: { id: 'gpu-hots-1' } } as never);
    assert.match(JSON.stringify(meant), /no node gpu-hots-1 \(did you mean gpu-host-1\?\): list/);
  });
});
