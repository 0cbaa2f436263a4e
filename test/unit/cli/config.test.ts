import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { natsTarget, readCliConfig } from '../../../cli/config.js';
import { publishAddress } from '../../../cli/up/running-stacks.js';

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
  const select = (context: unknown): void => {
    write('.config/nats/context.txt', 'prod\n');
    write(
      '.config/nats/context/prod.json',
      typeof context === 'string' ? context : JSON.stringify(context),
    );
  };
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

  it('reads credentials from the file named by the flag, the environment or the context', () => {
    const creds = write('a.creds', 'SECRET');
    select({ url: 'nats://context', creds });
    for (const found of [target({}), target({ DQOES_NATS_CREDS: creds }), target({}, { creds })]) {
      assert.ok(found.ok);
      assert.deepEqual(found.value.auth, { kind: 'creds', creds: 'SECRET' });
    }
    select({ url: 'nats://context', token: 't' });
    const token = target({});
    assert.ok(token.ok);
    assert.deepEqual(token.value.auth, { kind: 'token', token: 't' });
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
