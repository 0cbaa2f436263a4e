import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { dqoes, startDqoes } from '../e2e/cli-program.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { until } from '../lib/until.js';

describe('TLS', function () {
  this.timeout(60_000);
  let folder = '';
  let server: TestNatsServer;
  const at = (name: string): string => join(folder, name);

  // cspell:ignore pkeyopt paramgen addext keyout
  /** A key and a certificate, signed by `ca` or by itself. */
  const certificate = (name: string, extension: string, ca?: string): void => {
    const signer = ca === undefined ? [] : ['-CA', at(`${ca}.pem`), '-CAkey', at(`${ca}.key`)];
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
        ...['-days', '2', '-subj', `/CN=${name}`, '-addext', extension, ...signer],
        ...['-keyout', at(`${name}.key`), '-out', at(`${name}.pem`)],
      ],
      { stdio: 'pipe' },
    );
    chmodSync(at(`${name}.key`), 0o600);
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dqoes-tls-'));
    certificate('ca', 'basicConstraints=critical,CA:TRUE');
    certificate('other', 'basicConstraints=critical,CA:TRUE');
    certificate('server', 'subjectAltName=IP:127.0.0.1', 'ca');
    certificate('client', 'extendedKeyUsage=clientAuth', 'ca');
    const config = [
      `jetstream { store_dir: "${folder}/js" }`,
      `tls { cert_file: "${at('server.pem')}", key_file: "${at('server.key')}"`,
      `  ca_file: "${at('ca.pem')}", verify: true }`,
    ];
    await writeFile(at('nats.conf'), config.join('\n'));
    server = await startNatsServer({ configFile: at('nats.conf') });
  });
  after(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('is met by a host that knows the authority by its token alone', async () => {
    const keys = at('keys');
    const pidFile = at('own.pid');
    const init = ['auth', 'init', '--dir', keys, '--nats-pid', pidFile];
    assert.equal((await dqoes(init)).code, 0);
    const config = [
      `pid_file: "${pidFile}"`,
      `jetstream { store_dir: "${folder}/own-js" }`,
      `tls { cert_file: "${at('server.pem')}", key_file: "${at('server.key')}" }`,
      'include "keys/server/nats.conf"',
    ];
    await writeFile(at('own.conf'), config.join('\n'));
    const own = await startNatsServer({ configFile: at('own.conf') });
    try {
      const asked = ['auth', 'add-agent', 'h1', '--token', '--nats', own.url, '--dir', keys];
      const waiting = startDqoes(asked, { env: { DQOES_NATS_TLS_CA: at('ca.pem') } });
      await until(
        () => waiting.err.includes('Waiting…'),
        () => waiting.err,
        20_000,
      );
      const out = at('h1.nk');
      const joined = await dqoes(['join', '-', '--out', out], { stdin: waiting.out.trim() });
      assert.equal(joined.code, 0, joined.err);
      assert.match(joined.err, /ca: ".*h1\.ca\.pem"/);
      assert.equal((await waiting.end('SIGINT')).code, 0, 'no coordinator is waited for');
    } finally {
      await own.stop();
    }
  });

  const ps = async (more: Record<string, string>): Promise<string> => {
    const env = { DQOES_NATS_URL: server.url, HOME: folder, XDG_RUNTIME_DIR: folder, ...more };
    return (await dqoes(['ps'], { env })).err;
  };
  const certified = () => ({
    DQOES_NATS_TLS_CERT: at('client.pem'),
    DQOES_NATS_TLS_KEY: at('client.key'),
  });

  it('reaches a server whose certificate the given authority signed', async () => {
    const said = await ps({ ...certified(), DQOES_NATS_TLS_CA: at('ca.pem') });
    assert.match(said, /no coordinator serves this cluster/);
  });

  it('refuses a server of another authority, and says what to check', async () => {
    const said = await ps({ ...certified(), DQOES_NATS_TLS_CA: at('other.pem') });
    assert.match(said, /cannot be reached.*: check nats\.tls\.ca, nats\.tls\.cert/);
  });

  it('reaches none without TLS', async () => {
    assert.match(await ps({}), /cannot be reached/);
  });

  it('does not fall back to a connection without TLS', async () => {
    const plain = await startNatsServer();
    try {
      const said = await ps({ DQOES_NATS_URL: plain.url, DQOES_NATS_TLS_CA: at('ca.pem') });
      assert.match(said, /cannot be reached/);
    } finally {
      await plain.stop();
    }
  });
});
