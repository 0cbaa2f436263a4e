import assert from 'node:assert/strict';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { tokenText } from '../../../../cli/auth/join.js';
import { certificatesIn } from '../../../../cli/auth/token-ca.js';
import { readCliConfig } from '../../../../cli/config.js';
import { joinCluster } from '../../../../cli/services/join.js';
import { createUserKey } from '../../../../proto/nats/user-key.js';
import type { NodeId } from '../../../../shared/ids.js';
import { testApp } from '../../../lib/cli-app.js';

const tokenFor = (url: string): string =>
  tokenText({ url, cluster: 'main', node: 'h1' as NodeId, seed: createUserKey().seed });

/** A NATS server by which the first that connects joins; it knows no key after that. */
function meetingServer(): Server {
  let connections = 0;
  const joined = '{"joined":true}';
  return createServer((socket) => {
    connections += 1;
    const isFirst = connections === 1;
    socket.on('error', () => {});
    const info = { server_id: 'x', version: '2.10.0', proto: 1, max_payload: 1024, nonce: 'n' };
    socket.write(`INFO ${JSON.stringify({ ...info, auth_required: true })}\r\n`);
    socket.on('data', (chunk) => {
      const text = chunk.toString('latin1');
      if (!isFirst) socket.end("-ERR 'Authorization Violation'\r\n");
      else if (/^PING$/m.test(text)) socket.write('PONG\r\n');
      const [, reply] = /^PUB \S+ (\S+) \d+$/m.exec(text) ?? [];
      if (reply !== undefined) socket.write(`MSG ${reply} 1 ${joined.length}\r\n${joined}\r\n`);
    });
  });
}

describe('dqoes join', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-join-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('asks each of several servers', async () => {
    const { app, problems } = testApp();
    const out = join(folder, 'h1.nk');
    // Nobody listens on either of these ports.
    const token = tokenFor('nats://127.0.0.1:1, 127.0.0.1:2');
    assert.equal(await joinCluster(app, token, { out }), 1);
    assert.match(problems.join('\n'), /127\.0\.0\.1:1, 127\.0\.0\.1:2 .*REFUSED/);
    assert.equal(existsSync(out), false);
  });

  it('takes no address that the agent could not use, and leaves the token as it was', async () => {
    const { app, problems } = testApp();
    const out = join(folder, 'h1.nk');
    const asked = { out, nats: 'http://127.0.0.1:1' };
    assert.equal(await joinCluster(app, tokenFor('nats://127.0.0.1:1'), asked), 2);
    assert.match(problems.join('\n'), /^--nats "http.*" is no address: write nats:\/\/HOST:PORT/);
    assert.equal(existsSync(out), false);
  });

  it('ends at once on Ctrl-C while a server is silent, and leaves no key behind', async () => {
    const mute = createServer();
    mute.listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const interrupted = new AbortController();
    mute.on('connection', () => interrupted.abort());
    try {
      const { app, problems } = testApp();
      const out = join(folder, 'h1.nk');
      const token = tokenFor(`nats://127.0.0.1:${(mute.address() as AddressInfo).port}`);
      const stopped = { ...app, signal: interrupted.signal };
      assert.equal(await joinCluster(stopped, token, { out }), 1);
      assert.match(problems.join('\n'), /stopped before the token was used/);
      assert.equal(existsSync(out), false);
    } finally {
      mute.close();
    }
  });

  it('says what to do where the server does not learn of its key by itself', async () => {
    const server = meetingServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const { app, problems } = testApp();
      const out = join(folder, 'h1.nk');
      let nowMs = 0;
      const sleep = async (ms: number) => {
        nowMs += 10 * ms;
      };
      const clock = { ...app.clock, now: () => nowMs, sleep };
      const token = tokenFor(`nats://127.0.0.1:${(server.address() as AddressInfo).port}`);
      assert.equal(await joinCluster({ ...app, clock }, token, { out }), 1);
      const cure = /not accepted the key.* revoke agent-h1, .* add-agent h1 without --token/;
      assert.match(problems.join('\n'), cure);
      assert.equal(existsSync(out), false);
    } finally {
      server.close();
    }
  });

  it('takes no file that is there, and leaves none behind that it could not write', async () => {
    const { app, problems } = testApp();
    const out = join(folder, 'h1.nk');
    const token = tokenFor('nats://127.0.0.1:1');
    writeFileSync(out, 'the key of an agent');
    assert.equal(await joinCluster(app, token, { out }), 2);
    assert.match(problems.join('\n'), /h1\.nk is there already: remove it if no agent uses it/);
    assert.equal(readFileSync(out, 'utf8'), 'the key of an agent');
    assert.deepEqual(readdirSync(folder), ['h1.nk']);
    rmSync(out);
    // What is in the way here stands for a disk that is full.
    mkdirSync(`${out}.${process.pid}.next`);
    assert.equal(await joinCluster(app, token, { out }), 2);
    assert.match(problems.at(-1) ?? '', /h1\.nk cannot be made .*make room there.* good as before/);
    assert.equal(existsSync(out), false);
  });

  it('has not used the token where the settings cannot be written', async () => {
    const { app, problems } = testApp();
    const config = join(folder, 'agent.yaml');
    const token = tokenFor('nats://127.0.0.1:1');
    assert.equal(await joinCluster(app, token, { config }), 2);
    assert.match(problems.at(-1) ?? '', /agent\.yaml is not there/);
    writeFileSync(config, '');
    writeFileSync(join(folder, 'agent.d'), '');
    assert.equal(await joinCluster(app, token, { config }), 2);
    assert.match(problems.at(-1) ?? '', /join\.yaml cannot be written .*make room/);
    assert.deepEqual(readdirSync(folder).sort(), ['agent.d', 'agent.yaml']);
  });

  it('has not used the token where no agent could start with its settings', async () => {
    const { app, problems } = testApp();
    const config = join(folder, 'agent.yaml');
    writeFileSync(config, 'control: yes\n');
    assert.equal(await joinCluster(app, tokenFor('nats://127.0.0.1:1'), { config }), 2);
    assert.match(problems.join('\n'), /agent\.yaml:1:10: control: "yes" is neither enforce nor/);
    assert.deepEqual(readdirSync(folder).sort(), ['agent.d', 'agent.yaml']);
    assert.deepEqual(readdirSync(join(folder, 'agent.d')), []);
  });

  it('takes settings whose faults are in what it replaces', async () => {
    const { app, problems } = testApp();
    const config = join(folder, 'agent.yaml');
    // As a template has it that names hosts in full.
    writeFileSync(config, 'node: h1.example.com\ncluster: my cluster\nnats: { url: "" }\n');
    assert.equal(await joinCluster(app, tokenFor('nats://127.0.0.1:1'), { config }), 1);
    assert.match(problems.join('\n'), /127\.0\.0\.1:1 .*REFUSED/);
  });

  it('has not used the token where a file of TLS cannot be read', async () => {
    const { app, problems } = testApp();
    const ca = join(folder, 'ca.pem');
    const config = readCliConfig({ HOME: '/nowhere', DQOES_NATS_TLS_CA: ca });
    const out = join(folder, 'h1.nk');
    const token = tokenFor('nats://127.0.0.1:1');
    assert.equal(await joinCluster({ ...app, config }, token, { out }), 2);
    assert.match(problems.join('\n'), /ca\.pem \(from DQOES_NATS_TLS_CA\) cannot be read/);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('has not used the token where no such user of this machine can run NATS', async () => {
    const { app, problems } = testApp();
    const config = readCliConfig({ HOME: '/nowhere', DQOES_NATS_SERVER_USER: 'no-such-user' });
    const out = join(folder, 'h1.nk');
    const token = tokenFor('nats://127.0.0.1:1');
    assert.equal(await joinCluster({ ...app, config }, token, { out }), 2);
    assert.match(problems.join('\n'), /^DQOES_NATS_SERVER_USER: "no-such-user" is no user of this/);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('uses the certificates of the token, and keeps none where it has not joined', async () => {
    const plain = createServer((socket) => {
      socket.on('error', () => {});
      socket.write('INFO {"server_id":"x","version":"2.10.0","proto":1,"max_payload":1024}\r\n');
    });
    plain.listen(0, '127.0.0.1');
    await once(plain, 'listening');
    try {
      const { app, problems } = testApp();
      const { port } = plain.address() as AddressInfo;
      const url = `nats://127.0.0.1:${port}`;
      const ca = certificatesIn(rootCertificates[0] ?? '');
      const out = join(folder, 'h1.nk');
      const token = { url, cluster: 'main', node: 'h1' as NodeId, seed: createUserKey().seed };
      assert.equal(await joinCluster(app, tokenText({ ...token, ca }), { out }), 1);
      // One that speaks no TLS is not the server of the token.
      assert.match(problems.join('\n'), /check nats\.tls\.ca/);
      assert.deepEqual(readdirSync(folder), []);
      writeFileSync(join(folder, 'h1.ca.pem'), 'of another cluster');
      assert.equal(await joinCluster(app, tokenText({ ...token, ca }), { out }), 2);
      assert.match(problems.at(-1) ?? '', /h1\.ca\.pem is there already, with other certificates/);
      assert.deepEqual(readdirSync(folder), ['h1.ca.pem']);
    } finally {
      plain.close();
    }
  });

  it('speaks TLS or not at all, also where the key of the environment is not there', async () => {
    const plain = createServer();
    plain.listen(0, '127.0.0.1');
    await once(plain, 'listening');
    let heard = '';
    plain.on('connection', (socket) => {
      socket.on('error', () => {});
      socket.on('data', (chunk) => {
        heard += chunk.toString('latin1');
      });
      socket.write('INFO {"server_id":"x","version":"2.10.0","proto":1,"max_payload":1024}\r\n');
    });
    try {
      const { app, problems } = testApp();
      const ca = join(folder, 'ca.pem');
      writeFileSync(ca, '-----BEGIN CERTIFICATE-----\n');
      // As on a host whose agent is to get this key by joining.
      const config = readCliConfig({
        ...{ HOME: '/nowhere', DQOES_NATS_TLS_CA: ca },
        DQOES_NATS_CREDS: join(folder, 'none.nk'),
      });
      const token = tokenFor(`nats://127.0.0.1:${(plain.address() as AddressInfo).port}`);
      const out = join(folder, 'h1.nk');
      assert.equal(await joinCluster({ ...app, config }, token, { out }), 1);
      assert.match(problems.join('\n'), /check nats\.tls\.ca/);
      assert.equal(heard, '');
    } finally {
      plain.close();
    }
  });
});
