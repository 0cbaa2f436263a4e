import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { keyPath } from '../../../cli/auth/folder.js';
import { readCliConfig } from '../../../cli/config.js';
import { natsTarget } from '../../../cli/target/nats-target.js';
import { prepareAuth } from '../../../cli/up/auth.js';
import { publishAddress } from '../../../cli/up/running-stacks.js';
import type { NodeId } from '../../../shared/ids.js';

describe('cli config', () => {
  let home = '';
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'dqoes-config-'));
    mkdirSync(join(home, '.config', 'nats', 'context'), { recursive: true });
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const write = (path: string, text: string): string => {
    writeFileSync(join(home, path), text);
    return join(home, path);
  };
  const secret = (path: string, text: string, mode = 0o600): string => {
    const file = write(path, text);
    chmodSync(file, mode);
    return file;
  };
  const select = (context: unknown): void => {
    write('.config/nats/context.txt', 'prod\n');
    secret(
      '.config/nats/context/prod.json',
      typeof context === 'string' ? context : JSON.stringify(context),
    );
  };
  it('knows from the environment what a terminal can show', () => {
    const shown = (env: Record<string, string>) => {
      const { isDumb, isUtf8, noColour } = readCliConfig({ HOME: home, ...env });
      return [isDumb, isUtf8, noColour];
    };
    assert.deepEqual(shown({ TERM: 'xterm', LANG: 'de_DE.UTF-8' }), [false, true, false]);
    assert.deepEqual(shown({ TERM: 'dumb', LANG: 'C.utf8', NO_COLOR: '1' }), [true, true, true]);
    assert.deepEqual(shown({ LANG: 'C.UTF-8', LC_ALL: 'C' }), [true, false, false]);
    assert.deepEqual(shown({ TERM: 'vt100', LC_CTYPE: 'C.UTF-8', LC_ALL: '' })[1], true);
  });

  it('keeps nothing in the folder it is called in where HOME is empty', () => {
    const relative = { HOME: 'me', XDG_STATE_HOME: 'state', XDG_CONFIG_HOME: './config' };
    for (const env of [{ HOME: '' }, {}, relative]) {
      const { home: found, configHome } = readCliConfig(env);
      assert.ok(isAbsolute(found) && isAbsolute(configHome), `${found} ${configHome}`);
    }
  });

  const target = (env: Record<string, string>, flags = {}) =>
    natsTarget(readCliConfig({ HOME: home, XDG_RUNTIME_DIR: join(home, 'run'), ...env }), flags);

  it('falls back to this machine', () => {
    const found = target({});
    assert.ok(found.ok);
    assert.equal(found.value.url, 'nats://127.0.0.1:4222');
  });

  it('prefers the command line, then the environment, then the nats context', () => {
    select({ url: 'nats://context', user: 'u', password: 'p' });
    const context = target({});
    const env = target({ DQOES_NATS_URL: 'nats://env' });
    const flag = target({ DQOES_NATS_URL: 'nats://env' }, { nats: 'nats://flag' });
    assert.ok(context.ok && env.ok && flag.ok);
    assert.deepEqual(
      [context.value.url, context.value.from],
      ['nats://context', 'the nats context prod'],
    );
    assert.deepEqual(context.value.auth, { kind: 'password', user: 'u', password: 'p' });
    assert.deepEqual([env.value.url, env.value.auth], ['nats://env', undefined]);
    assert.equal(flag.value.url, 'nats://flag');
  });

  const SEED = `SU${'A'.repeat(56)}`;
  const CREDS = `-----BEGIN NATS USER JWT-----\ne.y.J\n-----\n${SEED}\n`;
  it('reads credentials from the file named by the flag, the environment or the context', () => {
    const creds = secret('a.creds', CREDS, 0o640);
    select({ url: 'nats://context', creds });
    for (const found of [target({}), target({ DQOES_NATS_CREDS: creds }), target({}, { creds })]) {
      assert.ok(found.ok);
      assert.deepEqual(found.value.auth, { kind: 'creds', creds: CREDS });
    }
    const nkey = secret('a.nk', `# mine\n${SEED}\n`, 0o400);
    select({ url: 'nats://context', nkey });
    for (const found of [target({}), target({}, { creds: nkey })]) {
      assert.ok(found.ok);
      assert.deepEqual(found.value.auth, { kind: 'nkey', seed: SEED });
    }
    select({ url: 'nats://context', token: 't' });
    const token = target({});
    assert.ok(token.ok);
    assert.deepEqual(token.value.auth, { kind: 'token', token: 't' });
  });

  it('refuses a secret that others may read, and a file that holds none', () => {
    const open = target({}, { creds: secret('open.nk', SEED, 0o644) });
    assert.ok(!open.ok);
    assert.match(
      open.error[0]?.message ?? '',
      /open\.nk \(from --creds\) has mode 0644.*: chmod 600 /,
    );
    const other = target({ DQOES_NATS_CREDS: secret('other', 'hunter2') });
    assert.ok(!other.ok);
    assert.match(other.error[0]?.message ?? '', /other \(from DQOES_NATS_CREDS\) holds neither/);
    assert.doesNotMatch(other.error[0]?.message ?? '', /hunter2/);
  });

  it('refuses a key that cannot be read by the name of the variable, the path and the cure', () => {
    // As in a folder of somebody else: not even its mode can be asked for.
    symlinkSync('loop.nk', join(home, 'loop.nk'));
    for (const name of ['none.nk', 'loop.nk']) {
      const found = target({ DQOES_NATS_CREDS: join(home, name) });
      assert.match(
        found.ok ? '' : (found.error[0]?.message ?? ''),
        new RegExp(`${name} \\(from DQOES_NATS_CREDS\\) cannot be read .*: check the path`),
      );
    }
  });

  it('checks the files of TLS', () => {
    const pem = (part: string): string => `of us\n-----BEGIN ${part}-----\n`;
    const [ca, cert] = [write('ca.pem', pem('CERTIFICATE')), write('c.pem', pem('CERTIFICATE'))];
    const key = secret('key.pem', pem('EC PRIVATE KEY'));
    const all = target({
      DQOES_NATS_TLS_CA: ca,
      DQOES_NATS_TLS_CERT: cert,
      DQOES_NATS_TLS_KEY: key,
    });
    assert.ok(all.ok);
    assert.deepEqual(all.value.tls, { caFile: ca, certFile: cert, keyFile: key });
    select({ url: 'nats://context', ca });
    const context = target({});
    assert.ok(context.ok);
    assert.deepEqual(context.value.tls, { caFile: ca });
    const faultOf = (env: Record<string, string>): string => {
      const found = target(env);
      return found.ok ? '' : found.error.map(({ message }) => message).join('\n');
    };
    assert.match(faultOf({ DQOES_NATS_TLS_CERT: cert }), /^DQOES_NATS_TLS_KEY is missing/);
    assert.match(faultOf({ DQOES_NATS_TLS_CA: join(home, 'no.pem') }), /no\.pem .*cannot be read/);
    const open = { DQOES_NATS_TLS_CERT: cert, DQOES_NATS_TLS_KEY: secret('k', 'K', 0o644) };
    assert.match(faultOf(open), /\(from DQOES_NATS_TLS_KEY\) has mode 0644/);
    // Each handshake would fail by such a file.
    for (const text of ['', '0\x82\x03', pem('PRIVATE KEY')]) {
      const said = faultOf({ DQOES_NATS_TLS_CA: write('bad.pem', text) });
      assert.match(said, /bad\.pem \(from DQOES_NATS_TLS_CA\) holds no CERTIFICATE .*: give one/);
    }
    const swapped = { DQOES_NATS_TLS_CERT: key, DQOES_NATS_TLS_KEY: key };
    assert.match(faultOf(swapped), /holds no CERTIFICATE in PEM/);
  });

  it('takes the key that a running dqoes up keeps for the program that asks', () => {
    const stateDir = join(home, 'state');
    const auth = prepareAuth({
      stateDir,
      cluster: 'toy',
      nodes: ['h1' as NodeId],
      inContainer: false,
    });
    assert.ok(auth.ok);
    const url = 'nats://127.0.0.1:4999';
    const withdraw = publishAddress(join(home, 'run', 'dqoes'), { url, cluster: 'toy', stateDir });
    const seedOf = (name: string): string =>
      /^SU\w+$/m.exec(readFileSync(keyPath(join(stateDir, 'auth'), name), 'utf8'))?.[0] ?? '';
    const config = readCliConfig({ HOME: home, XDG_RUNTIME_DIR: join(home, 'run') });
    for (const [flags, keyName] of [
      [{}, 'operator'],
      [{ nats: url }, 'coordinator'],
      [{ nats: 'localhost:4999' }, 'operator'],
      [{ nats: url }, 'agent-h1'],
    ] as const) {
      const found = natsTarget(config, flags, { keyName });
      assert.ok(found.ok);
      assert.deepEqual(found.value.auth, { kind: 'nkey', seed: seedOf(keyName) });
    }
    const elsewhere = natsTarget(config, { nats: 'nats://elsewhere' });
    assert.ok(elsewhere.ok);
    assert.equal(elsewhere.value.auth, undefined);
    const unknown = natsTarget(config, {}, { keyName: 'agent-h2' });
    assert.ok(!unknown.ok);
    assert.equal(unknown.error[0]?.code, 'auth.denied');
    assert.match(unknown.error[0]?.message ?? '', /dqoes auth add-agent h2/);
    withdraw();
  });

  it('says which file cannot be read, and exits with 2 by its code', () => {
    const missing = target({}, { creds: join(home, 'none.creds') });
    assert.ok(!missing.ok);
    assert.equal(missing.error[0]?.code, 'config.bad');
    assert.match(missing.error[0]?.message ?? '', /none\.creds \(from --creds\) cannot be read/);
    select('{ broken');
    const broken = target({});
    assert.ok(!broken.ok);
    assert.match(broken.error[0]?.message ?? '', /not a JSON object/);
  });

  it('finds a dqoes up that runs here, unless something else was said', () => {
    const folder = join(home, 'dqoes');
    const env = { XDG_RUNTIME_DIR: home };
    const withdraw = publishAddress(folder, {
      url: 'nats://127.0.0.1:4999',
      cluster: 'toy',
      stateDir: home,
    });
    const place = (more: Record<string, string> = {}, flags = {}) => {
      const found = target({ ...env, ...more }, flags);
      assert.ok(found.ok);
      return [found.value.url, found.value.cluster];
    };
    assert.deepEqual(place(), ['nats://127.0.0.1:4999', 'toy']);
    assert.deepEqual(place({}, { nats: 'nats://flag' }), ['nats://flag', 'main']);
    assert.deepEqual(place({ DQOES_NATS_URL: 'nats://env', DQOES_CLUSTER: 'c' }), [
      'nats://env',
      'c',
    ]);
    assert.deepEqual(place({ DQOES_CLUSTER: 'toy' }), ['nats://127.0.0.1:4999', 'toy']);
    assert.deepEqual(place({}, { cluster: 'other' }), ['nats://127.0.0.1:4222', 'other']);
    select({ url: 'nats://context' });
    assert.deepEqual(place(), ['nats://context', 'main']);
    rmSync(join(home, '.config'), { recursive: true });
    withdraw();
    assert.deepEqual(place(), ['nats://127.0.0.1:4222', 'main']);
  });

  it('says which cluster is here where another is asked for', () => {
    const folder = join(home, 'dqoes');
    const asked = (port: number) => {
      const url = `nats://127.0.0.1:${port}`;
      const withdraw = publishAddress(folder, { url, cluster: 'toy', stateDir: home });
      const found = target({ XDG_RUNTIME_DIR: home }, { cluster: 'other' });
      withdraw();
      return found;
    };
    const said =
      /^No cluster other runs on this machine, but toy \(--cluster toy, nats:.*--nats URL/;
    const usual = asked(4222);
    assert.ok(!usual.ok);
    assert.equal(usual.error[0]?.code, 'service.unavailable');
    assert.match(usual.error[0]?.message ?? '', said);
    // Something else may listen at the usual address.
    const elsewhere = asked(4999);
    assert.ok(elsewhere.ok);
    assert.match(elsewhere.value.hint ?? '', said);
  });

  it('asks to choose where several run, and is not misled by one that is gone', () => {
    const folder = join(home, 'dqoes');
    const withdraw = publishAddress(folder, {
      url: 'nats://127.0.0.1:4999',
      cluster: 'toy',
      stateDir: home,
    });
    const [own = ''] = readdirSync(folder);
    const text = readFileSync(join(folder, own), 'utf8');
    writeFileSync(
      join(folder, 'up-999.json'),
      text.replace('4999', '4998').replace('toy', 'second'),
    );
    const several = target({ XDG_RUNTIME_DIR: home });
    assert.ok(!several.ok);
    assert.match(
      several.error[0]?.message ?? '',
      /^2 instances of dqoes up run .*4998 --cluster second or --nats .*4999 --cluster toy$/,
    );
    const chosen = target({ XDG_RUNTIME_DIR: home }, { cluster: 'toy' });
    assert.ok(chosen.ok);
    const otherLife = text.replace(
      /"startTicks":(\d+)/,
      (_, ticks: string) => `"startTicks":${Number(ticks) + 1}`,
    );
    writeFileSync(join(folder, 'up-999.json'), otherLife);
    writeFileSync(join(folder, 'up-998.json'), 'torn');
    const left = target({ XDG_RUNTIME_DIR: home });
    assert.ok(left.ok);
    assert.equal(left.value.cluster, 'toy');
    withdraw();
  });

  it('treats empty variables as absent', () => {
    const config = readCliConfig({ HOME: home, NO_COLOR: '', DQOES_NATS_URL: '', PATH: '' });
    assert.deepEqual([config.noColour, config.natsUrl], [false, undefined]);
    assert.equal(readCliConfig({ NO_COLOR: '1' }).noColour, true);
    assert.equal(config.which('no-such-program-here'), undefined);
  });
});
