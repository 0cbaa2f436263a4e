import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { realClock } from '../../../../cli/clock.js';
import { dockerSection } from '../../../../cli/doctor/docker.js';
import { testApp } from '../../../lib/cli-app.js';

const CONTAINER = {
  Id: 'c'.repeat(64),
  Name: '/infer',
  Image: 'sha256:1',
  State: { Running: true, Pid: 7, StartedAt: '2026-11-26T14:00:00Z', ExitCode: 0 },
  Config: { Image: 'infer:1', Labels: { 'shop.enable': 'true', 'shop.target': '300ms' } },
  HostConfig: {},
  NetworkSettings: {},
};

/** It means to join, and its labels say something else. */
const MISTAKEN = {
  ...CONTAINER,
  Id: 'd'.repeat(64),
  Name: '/typo',
  Config: { Image: 'infer:1', Labels: { 'yard.enabled': 'true', 'yard.target': '300ms' } },
};

/** What an Engine answers at a path; lists know the labels that are asked for. */
function answerTo(path: string): unknown {
  const { pathname, searchParams } = new URL(path, 'http://engine');
  const what = pathname.replace(/^\/v[\d.]+/, '');
  if (what === '/version') return { Version: '28.1.1', ApiVersion: '1.45', MinAPIVersion: '1.24' };
  if (what === '/info') return { ID: 'engine', NCPU: 2, CgroupDriver: 'cgroupfs', Runtimes: {} };
  if (what.startsWith('/images/')) return { Id: 'sha256:1', Config: { Labels: {} } };
  if (what !== '/containers/json') return what.includes(MISTAKEN.Id) ? MISTAKEN : CONTAINER;
  const { label } = JSON.parse(searchParams.get('filters') ?? '{}') as { label?: string[] };
  return [CONTAINER, MISTAKEN]
    .filter(
      ({ Config: { Labels } }) => label?.every((each) => Object.hasOwn(Labels, each)) !== false,
    )
    .map(({ Id, Config: { Labels } }) => ({
      ...{ Id, Labels, State: 'running', Status: 'Up 3 minutes' },
    }));
}

describe('dqoes doctor, of the Docker Engine', () => {
  let folder = '';
  let server: Server;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-engine-'));
    server = createServer((request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answerTo(request.url ?? '/')));
    });
    server.listen(join(folder, 'docker.sock'));
    await once(server, 'listening');
  });
  afterEach(() => {
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true, force: true });
  });

  const containersWith = async (labelPrefix: string) => {
    const dockerSocket = join(folder, 'docker.sock');
    const host = { dockerSocket, cgroupParent: '', labelPrefix, registryAuthFile: '' };
    const app = { ...testApp().app, clock: realClock };
    const findings = await dockerSection.look({ app, host } as never);
    const found = findings.find(({ what }) => what === 'containers');
    assert.ok(found !== undefined, JSON.stringify(findings));
    return found;
  };

  it('counts the containers that opted in by the labels of its agent', async () => {
    assert.equal((await containersWith('shop.')).detail, '1 under control');
    const none = await containersWith('infer.');
    assert.equal(none.detail, '0 under control');
    assert.match(none.cure, /--container NAME --label-prefix infer\.$/);
    assert.match((await containersWith('dqoes.')).cure, /--container NAME$/);
  });

  it('names those whose labels do nothing, and says where to read why', async () => {
    const { state, detail, cure } = await containersWith('yard.');
    assert.equal(state, 'limited');
    assert.equal(detail, '0 under control; something is wrong with labels of typo');
    assert.equal(cure, 'see what: dqoes doctor --container typo --label-prefix yard.');
  });
});
