import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { loginFor, registryOf } from '../../../../agent/containers/registry.js';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('the registry of an image', () => {
  it('is the one that Docker asks', () => {
    assert.deepEqual(
      ['web', 'me/web:1', 'localhost/web', 'r.example/a/b', 'r:5000/web@sha256:0'].map(registryOf),
      ['docker.io', 'docker.io', 'localhost', 'r.example', 'r:5000'],
    );
    // Docker asks the host EVIL for the one, and its own registry for the other.
    assert.deepEqual(['EVIL/web', 'index.docker.io/a/b'].map(registryOf), ['EVIL', 'docker.io']);
  });

  it('has the login that docker login wrote', () => {
    const text = JSON.stringify({
      auths: {
        'https://index.docker.io/v1/': { auth: base64('me:hub:pass') },
        'r:5000': { auth: base64('team:secret') },
        'https://ghcr.example/v2/': { auth: base64('x:y'), identitytoken: 'tok' },
      },
      credsStore: 'desktop',
    });
    const of = (image: string): unknown => {
      const login = loginFor(image, text);
      return login.ok ? login.value : login.error;
    };
    const hub = { registry: 'https://index.docker.io/v1/', user: 'me', password: 'hub:pass' };
    for (const image of ['web', 'me/web:1', 'docker.io/me/web', 'index.docker.io/me/web'])
      assert.deepEqual(of(image), hub, image);
    assert.deepEqual(of('r:5000/a/web:2'), {
      registry: 'r:5000',
      user: 'team',
      password: 'secret',
    });
    const token = { registry: 'https://ghcr.example/v2/', identityToken: 'tok' };
    assert.deepEqual(of('ghcr.example/web'), token);
    for (const other of ['r/web', 'r:5001/web', 'r:5000.evil.example/web', 'evil.example/r:5000'])
      assert.notDeepEqual(of(other), of('r:5000/web'), other);
    assert.equal(of('evil.example/r:5000/web'), undefined);
  });

  it('has none that is not in the file, and says so where one is only hinted at', () => {
    const kept = loginFor('r.example/web', JSON.stringify({ auths: { 'r.example': {} } }));
    assert.ok(!kept.ok && /no login for r\.example .*credential helper/.test(kept.error));
    for (const text of ['', 'null', '[]', '{"auths": []}', '{"credsStore": "x"}', '{'])
      assert.equal(loginFor('web', text).ok, false, text);
    for (const auth of ['', base64('none'), base64(':x'), 7, null])
      assert.equal(loginFor('r/web', JSON.stringify({ auths: { r: { auth } } })).ok, true);
    const empty = JSON.stringify({ auths: { 'r.example': null } });
    assert.equal(loginFor('r.example/web', empty).ok, false);
  });

  it('never tells a password in a fault', () => {
    for (const text of ['{"auths": {"r": {"auth": hunter2}}}', '{"auths": {"r": "hunter2']) {
      const broken = loginFor('r/web', text);
      assert.deepEqual(broken, { ok: false, error: 'is no JSON' });
    }
  });
});
