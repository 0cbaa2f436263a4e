import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { plan } from '../../../../cli/commands/job-plan.js';
import type { OutputFormat } from '../../../../cli/shell/options.js';
import type { Session } from '../../../../cli/shell/session.js';
import { ok } from '../../../../shared/result.js';
import { testApp } from '../../../lib/cli-app.js';
import { job } from '../../coordinator/build.js';

const WHY = 'sue would have 4 jobs at a time, and may have 3 here: stop jobs that are not needed';
const REFUSED = { refusals: [{ code: 'auth.quota', field: 'jobs', message: WHY }] };

/** Exit code and what was printed, of a plan that fits and has this beside. */
async function planned(beside: object, output: OutputFormat = 'table') {
  const { app, out, messages, problems } = testApp();
  const call = async () => ok({ plans: [], effects: [], ...beside });
  const session = { call } as unknown as Session;
  const code = await plan(app, session, { specs: [job('a')], flags: { output } });
  return { code, out, messages, problems };
}

describe('dqoes job plan', () => {
  it('says what a submission would be refused for, and ends with 3', async () => {
    const { code, messages, problems } = await planned(REFUSED);
    assert.deepEqual([code, messages], [3, ['Nothing was changed.']]);
    assert.deepEqual(problems, [`Submitting this would be refused: ${WHY} [auth.quota]`]);
  });

  it('has it in the answer for programs', async () => {
    const { code, out } = await planned(REFUSED, 'json');
    assert.equal(code, 3);
    assert.deepEqual(JSON.parse(out.join('\n')), { plans: [], effects: [], ...REFUSED });
  });

  it('says nothing where it would be taken', async () => {
    const { code, problems } = await planned({});
    assert.deepEqual([code, problems], [0, []]);
  });
});
