import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { connectDocker, type DockerEngine } from '../../agent/drivers/docker-engine.js';
import { systemClock } from '../lib/system-clock.js';
import { job } from '../unit/coordinator/build.js';

const ID = 'a'.repeat(64);
/** Longer than what is shown of an error. */
const [VALUE, EARLIER] = [`k${'e'.repeat(600)}y`, `o${'l'.repeat(600)}d`];

describe('Docker driver with an engine that quotes the environment in its errors', () => {
  let folder: string;
  let server: Server;
  let engine: DockerEngine;
  /** Where set, the container is there already, with this environment. */
  let present: readonly string[] | undefined;
  let quoted: readonly string[] = [];
  const answerTo = (url: string, body: string): [status: number, body: unknown] => {
    if (url.endsWith('/version')) return [200, { ApiVersion: '1.41', MinAPIVersion: '1.24' }];
    if (url.endsWith('/info')) return [200, { NCPU: 2, InitBinary: '' }];
    if (url.endsWith(`/${ID}/start`)) {
      quoted = present ?? [];
      return [400, { message: `cannot start: ${JSON.stringify(quoted)}` }];
    }
    if (url.endsWith('/json'))
      return [200, { Id: ID, State: { Running: false }, Config: { Labels: {}, Env: present } }];
    if (!url.includes('/create')) return [200, {}];
    if (present !== undefined) return [409, { message: 'the name is taken' }];
    quoted = (JSON.parse(body) as { Env: string[] }).Env;
    return [400, { message: `bad environment: ${JSON.stringify(quoted)}` }];
  };
  const bodyOf = async (request: IncomingMessage): Promise<string> => {
    let body = '';
    for await (const part of request) body += String(part);
    return body;
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dqoes-engine-'));
    present = undefined;
    server = createServer(async (request, response) => {
      const [status, body] = answerTo(request.url ?? '', await bodyOf(request));
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    server.listen(join(folder, 'engine.sock'));
    await once(server, 'listening');
    const options = { labelPrefix: 'dqoes.', defaultMemoryBytes: 1e9, pidsLimit: 9 };
    const connected = await connectDocker({
      ...{ ...options, socketPath: join(folder, 'engine.sock'), weightRule: 'off' },
      clock: systemClock,
    });
    assert.ok(connected.ok);
    engine = connected.value;
  });
  afterEach(async () => {
    engine.close();
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  });
  const saidOf = async (): Promise<string> => {
    const started = await engine.run({
      ...{ name: 'dqoes-a-1', spec: job('a'), labels: {}, secretEnv: { PASSWORD: VALUE } },
      limit: { cpuCores: 1, periodUs: 1e5 },
    });
    assert.ok(!started.ok);
    return started.error.message;
  };

  it('says nothing of a secret where the container is created', async () => {
    const said = await saidOf();
    assert.ok(quoted.includes(`PASSWORD=${VALUE}`));
    assert.match(said, /PASSWORD=\(hidden\)/);
    assert.equal(said.includes('eee'), false, said);
  });

  it('nor of its earlier value where one that was made before is started', async () => {
    present = [`PASSWORD=${EARLIER}`, 'DQOES_PUSH_TOKEN=tok-tok-tok', 'PATH=/bin'];
    const said = await saidOf();
    assert.deepEqual(quoted, present);
    assert.match(said, /PASSWORD=\(hidden\)","DQOES_PUSH_TOKEN=\(hidden\)","PATH=\/bin"/);
  });
});
