import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { docker } from '../lib/docker-command.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { until } from '../lib/until.js';
import { dqoes, type Program, startDqoes } from './cli-program.js';

const NAME = `ceilings-${process.pid}`;
const PREFIX = `ceilings${process.pid}.`;
const DEFAULT_SHARES = 1024;

interface Settings {
  readonly CpuQuota: number;
  readonly CpuShares: number;
}

describe('cli: a service with a ceiling beside a job in a band', function () {
  this.timeout(120_000);
  let folder = '';
  let nats: TestNatsServer;
  let coordinator: Program;
  let agent: Program;

  const run = (
    id: string,
    labels: Readonly<Record<string, string>>,
    words: readonly string[],
  ): Promise<string> => {
    const flags = Object.entries({ enable: 'true', job: id, ...labels });
    const all = flags.flatMap(([key, value]) => ['--label', `${PREFIX}${key}=${value}`]);
    return docker(
      'run',
      '-d',
      '--stop-timeout',
      '0',
      '--name',
      `${NAME}-${id}`,
      ...all,
      'dqoes/sample:1',
      ...words,
    );
  };
  const settings = async (id: string): Promise<Settings> =>
    JSON.parse(await docker('inspect', '-f', '{{json .HostConfig}}', `${NAME}-${id}`)) as Settings;
  const ask = (...args: readonly string[]): Promise<string> =>
    dqoes([...args, '--nats', nats.url, '--cluster', NAME]).then(({ out }) => out);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dqoes-ceilings-'));
    nats = await startNatsServer();
    await writeFile(join(folder, 'coordinator.yaml'), `cluster: ${NAME}\n`);
    const config = [
      `cluster: ${NAME}`,
      `node: ${NAME}`,
      `state-dir: ${folder}`,
      `records-dir: ${folder}/engines`,
      'docker: { parent-weight: off }',
      `label-prefix: ${PREFIX}`,
    ];
    await writeFile(join(folder, 'agent.yaml'), `${config.join('\n')}\npush: { enable: false }\n`);
    // A percentile without a mode is a ceiling.
    await run('service', { target: '400ms', statistic: 'p95' }, [
      '--model',
      'vad',
      '--mode',
      'open',
      '--rate',
      '5',
    ]);
    await run('band', { target: '300ms' }, ['--model', 'ocr-det']);
    const install = [
      'coordinator',
      '--install',
      '--config',
      join(folder, 'coordinator.yaml'),
      '--nats',
      nats.url,
    ];
    coordinator = startDqoes(install);
    agent = startDqoes(['agent', '--config', join(folder, 'agent.yaml'), '--nats', nats.url]);
  });
  after(async () => {
    await agent?.end('SIGKILL');
    await coordinator?.end('SIGKILL');
    await nats?.stop();
    await docker('rm', '-f', `${NAME}-service`, `${NAME}-band`);
    await rm(folder, { recursive: true, force: true });
  });

  const told = () => `${agent.err}\n${coordinator.err}`;
  const hasWeight = async (): Promise<boolean> =>
    (await settings('service')).CpuShares > DEFAULT_SHARES;

  it('has a weight and no quota; the band has a quota', async () => {
    await until(hasWeight, () => `a weight for the service: ${told()}`, 40_000);
    await until(
      async () => (await settings('band')).CpuQuota > 0,
      () => `a quota for the band: ${told()}`,
      40_000,
    );
    assert.ok((await settings('service')).CpuQuota <= 0);
  });

  it('is shown with what it is guaranteed, and why', async () => {
    await until(
      async () => /^service\s.*≥\d\.\d\d/m.test(await ask('ps')),
      () => `the guarantee in ps: ${told()}`,
    );
    await until(
      async () =>
        /no quota \(ceiling 400ms\); \d\.\d\d CPU guaranteed/.test(
          await ask('job', 'explain', 'service'),
        ),
      () => `the reason: ${told()}`,
    );
  });

  it('gets its weight back when somebody else changes it', async () => {
    await docker('update', '--cpu-shares', '2', `${NAME}-service`);
    await until(hasWeight, () => `the weight again: ${told()}`, 20_000);
  });

  it('is as it was before when the agent stops', async () => {
    const { code, err } = await agent.end('SIGTERM');
    assert.equal(code, 0, err);
    const [service, band] = [await settings('service'), await settings('band')];
    assert.deepEqual([service.CpuQuota <= 0, band.CpuQuota], [true, -1]);
    assert.ok([0, DEFAULT_SHARES].includes(service.CpuShares), `${service.CpuShares}`);
  });
});
