import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ROUTES } from '../../../console/http/app.js';
import { runRequests } from '../../lib/api/run.js';

/** `DQOES_REQUESTS=100000` makes more; `DQOES_SEED` makes others. */
const REQUESTS = Number(process.env.DQOES_REQUESTS ?? 10_000);
const SEED = Number(process.env.DQOES_SEED ?? 19);

describe(`the HTTP API under ${REQUESTS} random requests (seed ${SEED})`, function () {
  this.timeout(60_000 + REQUESTS * 50);

  it('none fails, each refusal says why, and no refused one changes anything', async () => {
    const { statuses, done } = await runRequests(SEED, REQUESTS);
    for (const status of [200, 400, 401, 403, 404, 413, 415])
      assert.ok((statuses[status] ?? 0) > 0, `no ${status} in ${JSON.stringify(statuses)}`);
    const never = ROUTES.map(({ method, path }) => `${method} ${path}`).filter(
      (name) => done[name] === undefined,
    );
    assert.deepEqual(never, [], 'these were never done');
  });
});
