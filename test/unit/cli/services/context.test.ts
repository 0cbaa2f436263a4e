import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { runProgram } from '../../../../cli/program.js';
import { type ContextHome, contextHome, SEED } from '../contexts/home.js';

describe('dqoes context', () => {
  let at: ContextHome;
  beforeEach(() => {
    at = contextHome();
  });
  afterEach(() => at.remove());

  const run = async (words: string, env: Record<string, string> = {}) => {
    const made = at.app(env);
    const code = await runProgram(['context', ...words.split(' ')], made.app);
    const shown = (lines: readonly string[]): string => lines.join('\n').replaceAll(at.home, '~');
    const { out, messages, problems } = made;
    return { code, out: shown(out), messages: shown(messages), problems: shown(problems) };
  };
  const fileOf = (name: string): string => join(at.home, `.config/dqoes/contexts/${name}.yaml`);

  it('saves, lists, shows, selects and removes', async () => {
    const key = at.write('lena.nk', SEED);
    const saved = await run(`save prod --nats nats://n1:4222 --creds ${key} --cluster main --use`);
    assert.deepEqual(saved, {
      ...{ code: 0, out: '~/.config/dqoes/contexts/prod.yaml', problems: '' },
      messages: 'Now in use: prod',
    });
    assert.equal(
      readFileSync(fileOf('prod'), 'utf8'),
      `nats:\n  url: nats://n1:4222\n  credentials: ${key}\ncluster: main\n`,
    );
    at.write('.config/nats/context/lab.json', '{"url": "nats://u:pw@lab"}');
    const { out } = await run('ls');
    assert.match(out, /^\* {8}prod {2}dqoes {2}nats:\/\/n1:4222 {7}main {5}key$/m);
    assert.match(out, /^ {9}lab {3}nats {3}nats:\/\/\(hidden\)@lab {2}- {8}-$/m);
    const shown = await run('show -o json');
    assert.deepEqual(JSON.parse(shown.out), {
      ...{ name: 'prod', kind: 'dqoes', isCurrent: true, nats: 'nats://n1:4222' },
      ...{ path: '~/.config/dqoes/contexts/prod.yaml', cluster: 'main', login: 'key' },
      loginFile: '~/lena.nk',
    });
    assert.equal((await run('use lab')).code, 0);
    assert.match((await run('show')).out, /^name +lab$/m);
    assert.equal((await run('rm prod')).out, 'prod removed');
    assert.ok(!existsSync(fileOf('prod')));
    assert.ok(existsSync(key));
  });

  it('takes no empty text, as of a variable that is not set', async () => {
    const options = ['--nats', '--user', '--server-user', '--console', '--coordinator-keys'];
    for (const option of options) {
      const made = at.app({ DQOES_NATS_URL: 'nats://e' });
      assert.equal(await runProgram(['context', 'save', 'e', option, ''], made.app), 2, option);
      assert.match(made.problems.join('\n'), /argument '' is invalid\. it is empty: give /);
      assert.ok(!existsSync(fileOf('e')));
    }
  });

  it('takes what is not given from the environment, and copies no secret', async () => {
    const key = at.write('a.nk', SEED);
    const env = { DQOES_NATS_URL: 'nats://e', DQOES_NATS_CREDS: key, DQOES_CLUSTER: 'c' };
    assert.equal((await run('save e', env)).code, 0);
    const text = readFileSync(fileOf('e'), 'utf8');
    assert.match(text, /url: nats:\/\/e\n/);
    assert.doesNotMatch(text, new RegExp(SEED));
  });

  it('writes nothing that it could not read', async () => {
    for (const [words, said] of [
      ['save x', /nats\.url: is missing/],
      ['save x --nats nats://h --creds none.nk', /none\.nk .*cannot be read/],
      ['save x --nats nats://h --tls-ca none.pem', /none\.pem \(from --tls-ca\) cannot be read/],
      ['save x --nats nats://h --user u', /nats\.user: needs nats\.password-file/],
      ['save x --nats nats://h --console ftp:x', /console: .*no address of a page/],
      ['save ../x --nats nats://h', /is no name of a context/],
      ['save x --nats nats://h --coordinator-keys zz', /no public key/],
    ] as const) {
      const { code, problems } = await run(words);
      assert.equal(code, 2, words);
      assert.match(problems, said);
      assert.ok(!existsSync(fileOf('x')), words);
    }
  });

  it('does not write over another one without being told', async () => {
    assert.equal((await run('save x --nats nats://h')).code, 0);
    const again = await run('save x --nats nats://g');
    assert.equal(again.code, 2);
    assert.match(again.problems, /x is there already .*--replace/);
    assert.equal((await run('save x --nats nats://g --replace')).code, 0);
    assert.match(readFileSync(fileOf('x'), 'utf8'), /nats:\/\/g/);
  });

  it('lists one with faults, and goes on', async () => {
    at.context('bad', 'nats: { url: a b }\n');
    at.context('good', 'nats: { url: h }\n');
    const { code, out } = await run('ls -o json');
    assert.equal(code, 0);
    const { contexts } = JSON.parse(out) as { contexts: { name: string; problem?: string }[] };
    assert.deepEqual(
      contexts.map(({ name, problem = '' }) => [name, /bad\.yaml:1:14: nats\.url/.test(problem)]),
      [
        ['bad', true],
        ['good', false],
      ],
    );
  });

  it('says what goes before a selection, and that one is gone', async () => {
    at.context('x', 'nats: { url: h }\n');
    const used = await run('use x', { DQOES_NATS_URL: 'nats://e' });
    assert.match(used.messages, /DQOES_NATS_URL is set and goes before it/);
    assert.equal((await run('use nope')).code, 2);
    assert.equal((await run('use')).code, 2);
    assert.equal((await run('rm x')).code, 0);
    assert.match((await run('show')).problems, /No context is selected/);
    assert.equal((await run('use --none')).code, 0);
  });

  it('leaves the contexts of the nats program to that', async () => {
    at.write('.config/nats/context/lab.json', '{}');
    const { code, problems } = await run('rm lab');
    assert.equal(code, 2);
    assert.match(problems, /the nats context lab is not ours: .*nats context rm/);
  });

  it('completes their names', async () => {
    at.context('prod', 'nats: { url: h }\n');
    at.write('.config/nats/context/play.json', '{}');
    const { app, out } = at.app();
    await runProgram(['__complete', '--', 'ps', '--context', 'p'], app);
    await runProgram(['__complete', '--', 'context', 'use', 'pr'], app);
    assert.deepEqual(out, ['prod\t', 'play\t', 'prod\t']);
  });
});
