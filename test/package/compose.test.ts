import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'mocha';
import { quotaFileOf } from '../bench/lib/containers.js';
import { until } from '../lib/until.js';
import { ROOT } from './debian-root.js';
import { packages } from './packages.js';

const PROJECT = `dqoes-test-${process.pid}`;
const SAMPLE = `${PROJECT}-sample`;
const TARGET_MS = 400;
const TOLERANCE = 0.25;
const ORIGINAL_QUOTA_US = 150_000;
const PATIENCE_MS = 180_000;

/** A port that nobody listens on now. */
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });

const docker = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  spawnSync('docker', [...args], { encoding: 'utf8', env: { ...process.env, ...env } });

const isThere = (): boolean =>
  docker(['info']).status === 0 &&
  docker(['compose', 'version']).status === 0 &&
  docker(['image', 'inspect', 'dqoes/sample:1', 'dqoes/nats:1']).status === 0;

describe('package: compose.yaml on this Engine', function () {
  this.timeout(600_000);
  let env: Readonly<Record<string, string>> = {};
  const compose = (...args: readonly string[]) =>
    docker(['compose', '-p', PROJECT, '-f', join(ROOT, 'deploy/compose.yaml'), ...args], env);
  const logs = (): string => compose('logs', '--tail', '20').stdout;

  before(async function () {
    if (!isThere()) this.skip();
    const { folder, archive } = packages();
    const image = spawnSync('bash', [join(ROOT, 'deploy/images/build.sh')], {
      encoding: 'utf8',
      env: { ...process.env, DQOES_PACKAGES: folder },
    });
    assert.equal(image.status, 0, image.stderr);
    env = {
      DQOES_VERSION: /dqoes-(.+)-linux-/.exec(archive)?.[1] ?? '',
      DQOES_NATS_IMAGE: 'dqoes/nats:1',
      DQOES_NATS_PORT: String(await freePort()),
    };
  });
  after(() => {
    if (Object.keys(env).length === 0) return;
    docker(['rm', '--force', SAMPLE]);
    compose('down', '--volumes', '--timeout', '30');
  });

  it('is a compose file without faults', () => {
    const checked = compose('config', '--quiet');
    assert.equal(checked.status, 0, checked.stderr);
  });

  it('starts everything healthy, without root but for the agent', async () => {
    // Not --wait: it takes the end of the container that makes the keys for a fault.
    const started = compose('up', '--detach');
    assert.equal(started.status, 0, `${started.stderr}${logs()}`);
    const saysOf = (service: string, format: string): string => {
      const id = compose('ps', '--quiet', service).stdout.trim();
      return docker(['inspect', '--format', format, id]).stdout.trim();
    };
    const isHealthy = (): boolean =>
      ['coordinator', 'console', 'agent'].every(
        (service) => saysOf(service, '{{.State.Health.Status}}') === 'healthy',
      );
    await until(slowly(isHealthy), () => `all to be healthy: ${logs()}`, PATIENCE_MS);
    const users = ['nats', 'coordinator', 'console', 'agent'].map((service) =>
      saysOf(service, '{{.Config.User}}'),
    );
    assert.deepEqual(users, ['65532:65532', '65532:65532', '65533:65533', '0:0']);
    const mounts = saysOf('nats', '{{range .Mounts}}{{.Destination}} {{end}}').trim().split(' ');
    assert.deepEqual(mounts.sort(), ['/data', '/server']);
  });

  it('lets the console read its own key and no other', () => {
    const reads = (service: string, path: string): boolean =>
      compose('exec', '--no-TTY', service, '/bin/sh', '-c', `read -r line <${path}`).status === 0;
    const coordinator = '/keys/auth/keys/coordinator.nk';
    assert.ok(reads('coordinator', coordinator));
    assert.ok(reads('console', '/console/console.nk'));
    for (const path of [coordinator, '/keys/auth/keys/console.nk', '/keys/signing.pem'])
      assert.ok(!reads('console', path), path);
  });

  it('brings a container that opted in by labels to its target', async () => {
    const labels = [
      'dqoes.enable=true',
      `dqoes.target=${TARGET_MS}ms`,
      'dqoes.latency.source=log',
      'dqoes.latency.pattern="ms":(?<value>[0-9.]+)',
      'dqoes.latency.unit=ms',
    ].flatMap((label) => ['--label', label]);
    const quota = ['--cpu-period', '100000', '--cpu-quota', String(ORIGINAL_QUOTA_US)];
    const started = docker([
      ...['run', '--detach', '--name', SAMPLE, ...quota, ...labels],
      ...['dqoes/sample:1', '--model', 'ocr-rec', '--batch', '4'],
    ]);
    assert.equal(started.status, 0, started.stderr);
    let seen = '';
    const isAtTarget = (): boolean => {
      seen = compose('run', '--rm', '--no-TTY', 'cli', 'ps', '-o', 'json').stdout;
      const ms = lastLatencyMs(seen);
      return ms !== undefined && Math.abs(ms / TARGET_MS - 1) <= TOLERANCE;
    };
    const what = (): string => `the sample at its target: ${seen}\n${logs()}`;
    await until(slowly(isAtTarget), what, PATIENCE_MS);
    assert.notEqual(quotaUs(), ORIGINAL_QUOTA_US);
  });

  it('puts the limit back before it goes', () => {
    const down = compose('down', '--volumes');
    assert.equal(down.status, 0, down.stderr);
    assert.equal(quotaUs(), ORIGINAL_QUOTA_US);
    const left = docker(['ps', '--all', '--quiet', '--filter', `name=^${PROJECT}-`]).stdout;
    const sample = docker(['ps', '--all', '--quiet', '--filter', `name=^${SAMPLE}$`]).stdout;
    assert.equal(left, sample);
  });
});

/** Programs are asked, and take the CPU that the sample needs: not every 10 ms. */
const slowly = (condition: () => boolean) => async (): Promise<boolean> => {
  if (condition()) return true;
  await sleep(1000);
  return false;
};

/** As the kernel has it, µs. */
const quotaUs = (): number =>
  Number(readFileSync(quotaFileOf(SAMPLE), 'utf8').trim().split(' ')[0]);

/** The response time of the one allocation in the answer of `dqoes ps`; undefined = none yet. */
function lastLatencyMs(json: string): number | undefined {
  if (!json.startsWith('{')) return undefined;
  const { allocations } = JSON.parse(json) as {
    readonly allocations: readonly { readonly latencyMs: number | null }[];
  };
  return allocations[0]?.latencyMs ?? undefined;
}
