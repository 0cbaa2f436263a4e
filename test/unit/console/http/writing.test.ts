import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Asked } from '../../../../console/http/route.js';
import { WRITING } from '../../../../console/http/writing.js';
import { ok } from '../../../../shared/result.js';
import { job } from '../../coordinator/build.js';

describe('http: what is asked of jobs', () => {
  it('is forgotten after changes, and not after plans, which change nothing', async () => {
    let forgotten = 0;
    const asked = {
      cluster: {
        call: async () => ok({}),
        forgetJobs: () => {
          forgotten += 1;
        },
      },
      caller: {},
      params: { id: 'h1', name: 'a' },
      query: {},
      body: { ...job('a'), jobs: [job('a')], scheduling: 'open', policy: 'adaptive' },
    } as unknown as Asked;
    const changes: string[] = [];
    for (const { method, path, run } of WRITING) {
      forgotten = 0;
      await run(asked);
      if (forgotten > 0) changes.push(`${method} ${path}`);
    }
    const plans = WRITING.filter(({ path }) => path.endsWith('plan')).map(
      ({ method, path }) => `${method} ${path}`,
    );
    assert.equal(plans.length, 2);
    assert.deepEqual(
      changes,
      WRITING.map(({ method, path }) => `${method} ${path}`).filter(
        (each) => !plans.includes(each),
      ),
    );
  });
});
