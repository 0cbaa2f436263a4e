import assert from 'node:assert/strict';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { contextAuth } from '../../../../cli/contexts/context.js';
import { readNatsContext } from '../../../../cli/contexts/nats.js';
import { faultLine } from '../../../../cli/output/faults.js';
import type { Result } from '../../../../shared/result.js';
import { type ContextHome, contextHome, SEED } from './home.js';

/** As `nats context save` writes it: every key, empty where nothing was given. */
const SAVED = {
  ...{ description: '', url: 'nats://demo:4222', socks_proxy: '', token: '', user: '' },
  ...{ password: '', creds: '', nkey: '', cert: '', key: '', ca: '', nsc: '' },
  ...{ jetstream_domain: '', jetstream_api_prefix: '', jetstream_event_prefix: '' },
  ...{ inbox_prefix: '', user_jwt: '', color_scheme: '', tls_first: false },
};

describe('contexts of the nats program', () => {
  let at: ContextHome;
  beforeEach(() => {
    at = contextHome();
  });
  afterEach(() => at.remove());

  const read = (values: unknown, mode = 0o600) => {
    const text = typeof values === 'string' ? values : JSON.stringify(values, null, 2);
    at.write('.config/nats/context/demo.json', text, mode);
    return readNatsContext(at.places, 'demo');
  };
  const faultsOf = (found: Result<unknown>): readonly string[] =>
    found.ok ? [] : found.error.map((fault) => faultLine(fault).replaceAll(at.home, '~'));

  it('are read as the program writes them', () => {
    const found = read({ ...SAVED, description: 'Demo', nkey: '~/a.nk', ca: '/ca.pem' });
    assert.ok(found.ok && found.value !== undefined);
    const { path, ...rest } = found.value;
    assert.match(path, /demo\.json$/);
    assert.deepEqual(rest, {
      ...{ name: 'demo', kind: 'nats', description: 'Demo', url: 'nats://demo:4222' },
      login: { kind: 'file', path: join(at.home, 'a.nk') },
      tls: { ca: '/ca.pem', cert: '', key: '' },
    });
    at.write('a.nk', SEED);
    assert.deepEqual(contextAuth(found.value), { ok: true, value: { kind: 'nkey', seed: SEED } });
  });

  it('with a secret that others may read are refused', () => {
    for (const secret of [{ password: 'p', user: 'u' }, { token: 't' }, { url: 'nats://u:p@h' }]) {
      assert.match(faultsOf(read({ ...SAVED, ...secret }, 0o644)).join(), /mode 0644.*chmod 600/);
      assert.ok(read({ ...SAVED, ...secret }).ok);
    }
    assert.ok(read(SAVED, 0o644).ok);
  });

  it('that need what we cannot do say which key, where, and the cure', () => {
    const lines = faultsOf(read({ ...SAVED, nsc: 'nsc://o/a/u', socks_proxy: 'socks5://x' }));
    assert.equal(lines.length, 2);
    assert.match(
      lines[0] ?? '',
      /demo\.json:13:3: .*nsc is not supported by dqoes: have nsc write/,
    );
  });

  it('that are broken say where', () => {
    assert.match(faultsOf(read('{\n  "url": oops }')).join(), /demo\.json:2:10: .*not a JSON obj/);
    assert.match(faultsOf(read({ ...SAVED, url: 5 })).join(), /demo\.json:3:3: .*url is no text/);
    for (const text of ['[]', 'null', '7', '', '{"url": {"a": 1}}', '{"__proto__": {"url": "x"}'])
      assert.doesNotThrow(() => read(text));
  });

  it('are not there where the name leads elsewhere', () => {
    at.write('.config/secret.json', '{"url": "nats://x"}');
    for (const name of ['../../secret', '', 'a/b', 'none'])
      assert.deepEqual(readNatsContext(at.places, name), { ok: true, value: undefined });
  });
});
