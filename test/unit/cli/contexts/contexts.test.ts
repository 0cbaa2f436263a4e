import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { contextAuth, shownUrl } from '../../../../cli/contexts/context.js';
import {
  findContext,
  isContextName,
  knownContexts,
  selectContext,
  selectedName,
  writeContext,
} from '../../../../cli/contexts/contexts.js';
import { parseContext } from '../../../../cli/contexts/read.js';
import { contextText } from '../../../../cli/contexts/text.js';
import { faultLine } from '../../../../cli/output/faults.js';
import type { Result } from '../../../../shared/result.js';
import { type ContextHome, contextHome, SEED } from './home.js';

describe('contexts', () => {
  let at: ContextHome;
  beforeEach(() => {
    at = contextHome();
  });
  afterEach(() => at.remove());

  const faultsOf = (found: Result<unknown>): readonly string[] =>
    found.ok ? [] : found.error.map((fault) => faultLine(fault).replaceAll(at.home, '~'));
  const find = (name: string) => findContext(at.places, name);

  it('say address, key, cluster, TLS and console', () => {
    at.write('lena.nk', `${SEED}\n`);
    const path = at.context(
      'prod',
      [
        'description: the team',
        'nats: { url: "nats://a, tls://b:4223", credentials: ~/lena.nk, tls: { ca: /ca.pem } }',
        'cluster: main',
        'console: https://dqoes.example/',
      ].join('\n'),
    );
    const found = find('prod');
    assert.ok(found.ok, faultsOf(found).join('\n'));
    assert.deepEqual(found.value, {
      ...{ name: 'prod', kind: 'dqoes', path, description: 'the team', cluster: 'main' },
      url: 'nats://a,tls://b:4223',
      login: { kind: 'file', path: join(at.home, 'lena.nk') },
      tls: { ca: '/ca.pem', cert: '', key: '' },
      console: 'https://dqoes.example/',
    });
    assert.deepEqual(contextAuth(found.value), { ok: true, value: { kind: 'nkey', seed: SEED } });
  });

  it('read a password from its file, which nobody else may read', () => {
    const text = 'nats: { url: a, user: lena, password-file: ~/pw }';
    at.context('c', text);
    at.write('pw', 'hunter2\n');
    const found = find('c');
    assert.ok(found.ok);
    const expected = { kind: 'password', user: 'lena', password: 'hunter2' };
    assert.deepEqual(contextAuth(found.value), { ok: true, value: expected });
    at.write('pw', 'hunter2\n', 0o644);
    assert.match(faultsOf(contextAuth(found.value)).join(), /~\/pw .*mode 0644.*chmod 600/);
    at.write('pw', '\n');
    assert.match(faultsOf(contextAuth(found.value)).join(), /is empty: write the password/);
  });

  it('have all their faults said at once, with file, line, field and cure', () => {
    at.context(
      'bad',
      [
        'nats:',
        '  url: "not an address"',
        '  credentials: lena.nk',
        '  user: lena',
        '  tls: { cert: /c.pem }',
        'cluster: a.b',
        'console: ftp://x',
        'secret: hunter2',
      ].join('\n'),
    );
    const file = '~/.config/dqoes/contexts/bad.yaml';
    const lines = faultsOf(find('bad'));
    for (const expected of [
      `${file}:2:8: nats.url: "not an address" is no address: write nats://HOST:PORT`,
      `${file}:3:16: nats.credentials: "lena.nk" is not an absolute path: begin it with / or ~/`,
      `${file}:4:9: nats.user: needs nats.password-file beside it`,
      `${file}:4:9: nats.user: does not go with nats.credentials`,
      `${file}:5:16: nats.tls.cert: needs nats.tls.key beside it`,
      `${file}:6:10: cluster: "a.b" may hold 1 to 63 of A-Z a-z 0-9 _ - only`,
      `${file}:7:10: console: "ftp://x" is no address of a page`,
      `${file}:8:1: secret: is not known: use one of`,
    ])
      assert.ok(
        lines.some((line) => line.startsWith(expected)),
        `${expected}\n${lines.join('\n')}`,
      );
    assert.equal(lines.length, 8);
    assert.doesNotMatch(lines.join(), /hunter2/);
  });

  it('need an address', () => {
    at.context('empty', '');
    assert.match(faultsOf(find('empty')).join(), /empty\.yaml:1:1: nats\.url: is missing: write/);
  });

  it('that hold a secret, or that others may write, are refused', () => {
    at.context('a', 'nats: { url: "nats://u:hunter2@host" }', 0o644);
    assert.match(faultsOf(find('a')).join(), /has mode 0644.*chmod 600/);
    at.context('a', 'nats: { url: "nats://u:hunter2@host" }');
    assert.ok(find('a').ok);
    at.context('b', 'nats: { url: host }', 0o644);
    assert.ok(find('b').ok);
    at.context('b', 'nats: { url: host }', 0o666);
    assert.match(faultsOf(find('b')).join(), /anybody may write it.*chmod 600/);
    assert.equal(shownUrl('nats://u:hunter2@host,tok@b'), 'nats://(hidden)@host,(hidden)@b');
  });

  it('do not stop a program, whatever their files hold', () => {
    const texts = [
      '[[[[',
      '\0',
      '- a',
      'nats: *x',
      'a: &a [*a, *a]',
      '"',
      `${'['.repeat(5000)}`,
      '\u{1F600}: 1',
      'nats: { url: [a, [b]] }',
      'nats: { url: { a: b } }',
      '__proto__: { url: a }',
      'a: b\n---\nc: d',
      'nats: { url: a }\nnats: { url: b }',
      '\t',
      `nats: { url: ${'a'.repeat(60_000)} }`,
    ];
    for (const text of texts) {
      const read = parseContext(text, { name: 'x', path: '/x.yaml', home: '/' });
      assert.ok(!read.ok && read.error.length > 0, JSON.stringify(text.slice(0, 40)));
    }
    at.context('long', `# ${'x'.repeat(70_000)}\n`);
    assert.match(faultsOf(find('long')).join(), /at most 65536/);
    execFileSync('mkfifo', [join(at.home, '.config/dqoes/contexts/pipe.yaml')]);
    assert.match(faultsOf(find('pipe')).join(), /is no ordinary file/);
    mkdirSync(join(at.home, '.config/dqoes/contexts/folder.yaml'));
    assert.match(faultsOf(find('folder')).join(), /is no ordinary file/);
  });

  it('are refused where they are not UTF-8, in which a value would be another one', () => {
    const path = at.context('latin', '');
    writeFileSync(path, 'nats: { url: a }\ndescription: für alle\n', 'latin1');
    const said = '~/.config/dqoes/contexts/latin.yaml:2:1: the file: is not UTF-8: save it as that';
    const [line = '', ...others] = faultsOf(find('latin'));
    assert.deepEqual([line.startsWith(said), others], [true, []], line);
    at.context('whole', '\ufeffnats: { url: a }\ndescription: für alle\n');
    const whole = find('whole');
    assert.equal(whole.ok && whole.value.description, 'für alle');
  });

  it('are found by name alone, never outside their folder', () => {
    at.write('.config/dqoes/secret.yaml', 'nats: { url: host }');
    for (const name of ['../secret', '..', '', 'a/b', '/etc/passwd', 'a\0b', '-x', '.hidden'])
      assert.match(faultsOf(find(name)).join(), /is no context/, name);
    assert.deepEqual(['a', 'a.b-c_9', '..', 'a..b', ''].map(isContextName), [
      ...[true, true, false, false, false],
    ]);
  });

  it('names those there are where one is not', () => {
    assert.match(faultsOf(find('x')).join(), /there is none yet, dqoes context save makes one/);
    at.context('a', '');
    at.write('.config/nats/context/b.json', '{}');
    const [line = ''] = faultsOf(findContext(at.places, 'x', 'DQOES_CONTEXT'));
    assert.match(line, /^"x" \(DQOES_CONTEXT\) is no context: use one of a, b\. \[config\.bad\]$/);
  });

  it('lists ours first, and of two with one name ours alone', () => {
    at.context('b', '');
    at.context('a', '');
    at.write('.config/dqoes/contexts/notes.txt', '');
    at.write('.config/nats/context/a.json', '{}');
    at.write('.config/nats/context/c.json', '{}');
    const names = knownContexts(at.places).map(({ name, kind }) => `${kind} ${name}`);
    assert.deepEqual(names, ['dqoes a', 'dqoes b', 'nats c']);
  });

  it('writes what it reads, for the owner alone', () => {
    const values = { 'nats.url': 'nats://h', 'nats.tls.ca': '/ca', description: "it's: #1 {x}" };
    assert.ok(writeContext(at.places, 'w', contextText(values)).ok);
    const found = find('w');
    assert.ok(found.ok, faultsOf(found).join('\n'));
    assert.deepEqual([found.value.url, found.value.description], ['nats://h', "it's: #1 {x}"]);
    assert.equal(statSync(found.value.path).mode & 0o777, 0o600);
  });

  it('remembers the selected one, and refuses a selection that is no name', () => {
    assert.deepEqual(selectedName(at.places), { ok: true, value: undefined });
    assert.ok(selectContext(at.places, 'prod').ok);
    assert.deepEqual(selectedName(at.places), { ok: true, value: 'prod' });
    assert.ok(selectContext(at.places, undefined).ok);
    assert.deepEqual(selectedName(at.places), { ok: true, value: undefined });
    at.write('.config/dqoes/current-context', '../../etc/passwd\n');
    assert.match(faultsOf(selectedName(at.places)).join(), /holds no name of a context/);
  });
});
