import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { edit } from '../../../../cli/commands/job-edit.js';
import { readCliConfig } from '../../../../cli/config.js';
import type { Session } from '../../../../cli/shell/session.js';
import { err, ok, type Result } from '../../../../shared/result.js';
import { testApp } from '../../../lib/cli-app.js';
import { job } from '../../coordinator/build.js';

type Answers = Readonly<Record<string, () => Result<unknown>>>;

const TAKEN: Answers = {
  'job-plan': () => ok({}),
  'job-submit': () => ok({ created: [], updated: ['face'], unchanged: [] }),
};
const refusal = (code: string): Result<never> =>
  err([{ code, field: 'job', message: 'it was refused' }]);

describe('dqoes job edit', () => {
  let folder = '';
  const tmpBefore = process.env.TMPDIR;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-job-edit-'));
    process.env.TMPDIR = folder;
  });
  afterEach(() => {
    if (tmpBefore === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = tmpBefore;
    rmSync(folder, { recursive: true, force: true });
  });

  /** Edits with this editor while the cluster answers so; what was printed, and the kept text. */
  async function edited(answers: Answers, editor = 'sed -i "s/^weight: .*/weight: 7/"') {
    const { app, out, problems } = testApp();
    const calls: Answers = {
      'job-status': () => ok({ job: { origin: 'dqoes', spec: job('face') } }),
      ...answers,
    };
    const session = { call: async (verb: string) => calls[verb]?.() } as unknown as Session;
    const config = readCliConfig({ HOME: '/nowhere', EDITOR: editor });
    const flags = { output: 'table', waitTimeout: 1000 } as const;
    const code = await edit({ ...app, config }, session, { name: 'face', flags });
    const said = /kept in (\S+): dqoes job run \1 submits it/.exec(problems.join('\n'));
    const path = said?.[1] ?? '';
    const kept = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
    return { code, out, problems, kept, left: readdirSync(folder).length };
  }

  it('leaves no file behind where the cluster takes the job', async () => {
    const { code, out, problems, left } = await edited(TAKEN);
    assert.deepEqual([code, out, problems, left], [0, ['face updated'], [], 0]);
  });

  it('keeps the text where the coordinator is away, and does not ask for another one', async () => {
    const away = { ...TAKEN, 'job-plan': () => refusal('service.unavailable') };
    const { code, kept, left } = await edited(away);
    assert.equal(code, 1);
    assert.match(kept ?? '', /^weight: 7$/m);
    assert.equal(left, 1);
  });

  it('keeps the text where the coordinator refuses it at last', async () => {
    const { code, kept } = await edited({ ...TAKEN, 'job-submit': () => refusal('service.full') });
    assert.equal(code, 1);
    assert.match(kept ?? '', /^weight: 7$/m);
  });

  it('keeps the text where faults are left in it', async () => {
    const { code, kept } = await edited(TAKEN, 'sed -i "s/^weight: .*/weight: much/"');
    assert.equal(code, 2);
    assert.match(kept ?? '', /^weight: much$/m);
  });

  it('keeps the text where the editor fails after saving, and nothing where before', async () => {
    const save = 'sed -i "s/^weight: .*/weight: 7/" "$1"';
    const saving = await edited(TAKEN, `f() { ${save}; exit 3; }; f`);
    assert.equal(saving.code, 2);
    assert.match(saving.kept ?? '', /^weight: 7$/m);
    const failing = await edited(TAKEN, 'false');
    assert.equal(failing.code, 2);
    assert.equal(failing.kept, undefined);
  });

  it('says why there can be no file', async () => {
    process.env.TMPDIR = join(folder, 'none');
    const { code, problems } = await edited(TAKEN);
    assert.equal(code, 2);
    assert.match(problems.join(), /no file can be made to edit .*set TMPDIR/);
  });
});
