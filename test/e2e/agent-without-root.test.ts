import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { docker } from '../lib/docker-command.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { DEFAULT_PARENT_WEIGHT, OwnParent } from '../lib/own-parent.js';
import { until } from '../lib/until.js';
import { dqoes, type Program, type RunOptions, startDqoes } from './cli-program.js';

const NAME = `rootless-${process.pid}`;
const PREFIX = `rootless${process.pid}.`;
const NOBODY = 65_534;
/** The group that may use the Docker Engine. */
const DOCKER_GROUP = statSync('/var/run/docker.sock', { throwIfNoEntry: false })?.gid ?? NOBODY;
const WHY_NOT = process.getuid?.() === 0 ? '' : ': skipped, only root may start other users';

describe(`cli: an agent without root${WHY_NOT}`, function () {
  this.timeout(90_000);
  const parent = new OwnParent('rootless');
  let folder = '';
  let container = '';
  let nats: TestNatsServer;
  let coordinator: Program;
  let agent: Program | undefined;

  const settings = (stateDir: string): string =>
    [
      `cluster: ${NAME}`,
      `node: ${NAME}`,
      `state-dir: ${stateDir}`,
      `label-prefix: ${PREFIX}`,
      'interval: 200ms',
      'push: { enable: false }',
      `docker: { cgroup-parent: "/${parent.name}" }`,
      '',
    ].join('\n');
  const asNobody = (gid: number): RunOptions => ({ uid: NOBODY, gid, env: { HOME: folder } });
  const startAgent = (file: string, gid = DOCKER_GROUP): Program => {
    const path = join(folder, file);
    agent = startDqoes(['agent', '--config', path, '--nats', nats.url], asNobody(gid));
    return agent;
  };
  const quotaUs = async (): Promise<number> =>
    Number(await docker('inspect', '-f', '{{.HostConfig.CpuQuota}}', container));

  before(async function () {
    if (WHY_NOT !== '') this.skip();
    folder = await mkdtemp(join(tmpdir(), 'dqoes-rootless-'));
    nats = await startNatsServer();
    await writeFile(join(folder, 'coordinator.yaml'), `cluster: ${NAME}\npolicy: equal\n`);
    await writeFile(join(folder, 'agent.yaml'), settings(join(folder, 'state')));
    const roots = join(folder, 'roots');
    await mkdir(roots, { mode: 0o700 });
    await writeFile(join(folder, 'roots.yaml'), settings(join(roots, 'state')));
    await chmod(folder, 0o755);
    await chown(folder, NOBODY, NOBODY);
    const labels = ['enable=true', 'target=100ms'].flatMap((label) => ['--label', PREFIX + label]);
    const place = ['--name', NAME, '--cgroup-parent', parent.name];
    container = await docker('run', '-d', ...place, ...labels, 'dqoes/tiny:1');
    const config = join(folder, 'coordinator.yaml');
    coordinator = startDqoes(['coordinator', '--install', '--config', config, '--nats', nats.url]);
  });
  after(async () => {
    await agent?.end('SIGKILL');
    await coordinator?.end('SIGKILL');
    await nats?.stop();
    if (container !== '') await docker('rm', '-f', container);
    parent.remove();
    if (folder !== '') await rm(folder, { recursive: true, force: true });
  });

  it('limits by the group docker, says what it leaves out, and puts limits back', async () => {
    const running = startAgent('agent.yaml');
    await until(
      async () => (await quotaUs()) > 0,
      () => `the container to be limited; the agent says: ${running.err}`,
      30_000,
    );
    await until(
      () => /WARN {2}the CPU weight of a cgroup of containers .*EACCES/.test(running.err),
      () => `the weight to be said to stay: ${running.err}`,
      30_000,
    );
    assert.equal(parent.weight, DEFAULT_PARENT_WEIGHT);
    const { code, err } = await running.end('SIGTERM');
    assert.equal(code, 0, err);
    assert.equal(await quotaUs(), -1, err);
  });

  it('is told by dqoes doctor what it leaves out', async () => {
    const asked = ['doctor', '--config', join(folder, 'agent.yaml'), '-o', 'json'];
    const { out, err } = await dqoes([...asked, '--nats', nats.url], asNobody(DOCKER_GROUP));
    const { sections } = JSON.parse(out) as {
      readonly sections: readonly { readonly findings: readonly Record<string, string>[] }[];
    };
    const findings = sections.flatMap((section) => section.findings);
    const found = findings.find(({ what }) => what === 'cgroup files');
    assert.equal(found?.state, 'limited', out + err);
    assert.match(found?.detail ?? '', /^not for this user to write \(EACCES\): limits go through/);
  });

  it('ends with what it lacks: the group docker, a folder for its state', async () => {
    const outsider = await startAgent('agent.yaml', NOBODY).ended;
    assert.equal(outsider.code, 1, outsider.err);
    assert.match(outsider.err, /root or as a member of the group docker.*\[docker\.unavailable\]/);
    const stateless = await startAgent('roots.yaml').ended;
    assert.equal(stateless.code, 2, stateless.err);
    assert.match(stateless.err, /roots\/state.* \(EACCES.*your rights, or set state-dir \[config/);
  });
});
