import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { DockerCalls } from '../../../../agent/drivers/docker-calls.js';
import { DockerPulls } from '../../../../agent/drivers/docker-pulls.js';
import { clientOf } from '../../../../agent/drivers/docker-version.js';
import { registryLogins } from '../../../../agent/drivers/registry-logins.js';

describe('a pull', () => {
  let folder = '';
  const asked: { readonly url: string; readonly auth: unknown }[] = [];
  let answer = '{"status":"Pulling"}\n';
  const server = createServer((request, response) => {
    asked.push({ url: request.url ?? '', auth: authIn(request) });
    response.end(answer);
  });
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-pulls-'));
    server.listen(join(folder, 'engine.sock'));
    await once(server, 'listening');
    asked.length = 0;
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
    rmSync(folder, { recursive: true, force: true });
  });

  const file = (): string => join(folder, 'config.json');
  const write = (text: string, mode = 0o600): void => {
    writeFileSync(file(), text);
    chmodSync(file(), mode);
  };
  const pull = async (image: string, path = file()) => {
    const pulls = new DockerPulls(
      clientOf(join(folder, 'engine.sock')),
      new DockerCalls(),
      registryLogins(path),
    );
    return pulls.pull(image, {});
  };

  it('logs in to the registry of the image, and to no other', async () => {
    answer = '{"status":"Pulling"}\n';
    const auth = Buffer.from('team:open/sesame+1').toString('base64');
    write(JSON.stringify({ auths: { 'r.example:5000': { auth } } }));
    for (const image of ['r.example:5000/web:2', 'other.example/web', 'web'])
      assert.ok((await pull(image)).ok, image);
    const login = { serveraddress: 'r.example:5000', username: 'team', password: 'open/sesame+1' };
    assert.deepEqual(
      asked.map((each) => each.auth),
      [login, undefined, undefined],
    );
    assert.doesNotMatch(asked.map(({ url }) => url).join(), /sesame|auth/);
    // What is logged in later counts at once.
    write(JSON.stringify({ auths: { 'other.example': { identitytoken: 'tok' } } }));
    await pull('other.example/web');
    const token = { serveraddress: 'other.example', identitytoken: 'tok' };
    assert.deepEqual(asked.at(-1)?.auth, token);
  });

  it('says what to do where the registry asks for a login', async () => {
    answer = '{"error":"pull access denied for web, may require \'docker login\'"}\n';
    const failed = await pull('web', '');
    assert.ok(!failed.ok);
    assert.match(failed.error.message, /access denied.*docker\.registry-auth in agent\.yaml/);
    answer = '{"error":"manifest unknown"}\n';
    const unknown = await pull('web', '');
    assert.ok(!unknown.ok && /load it with "docker load"$/.test(unknown.error.message));
  });

  it('goes on without a login that cannot be read, and says why where it then fails', async () => {
    answer = '{"status":"Pulling"}\n';
    write('{"auths": {}}', 0o644);
    assert.ok((await pull('web')).ok);
    assert.deepEqual(asked.at(-1)?.auth, undefined);
    answer = '{"error":"unauthorized"}\n';
    for (const [path, why] of [
      [file(), /others may read or change .*chmod 600/],
      [join(folder, 'none.json'), /none\.json cannot be read/],
    ] as const) {
      const failed = await pull('web', path);
      assert.ok(!failed.ok && why.test(failed.error.message), JSON.stringify(failed));
    }
    write('{');
    const broken = await pull('web');
    assert.ok(!broken.ok && /the file \S+ is no JSON/.test(broken.error.message));
  });

  it('tells no password, whatever the registry says', async () => {
    const auth = Buffer.from('team:open-sesame').toString('base64');
    write(JSON.stringify({ auths: { 'r.example': { auth } } }));
    answer = '{"error":"unauthorized: open-sesame is wrong"}\n';
    const failed = await pull('r.example/web');
    assert.ok(!failed.ok && !failed.error.message.includes('open-sesame'), JSON.stringify(failed));
  });
});

function authIn({ headers }: IncomingMessage): unknown {
  const text = headers['x-registry-auth'];
  if (typeof text !== 'string') return undefined;
  return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
}
