import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'mocha';
import { BUILD } from '../../shared/build.js';
import { until } from '../lib/until.js';
import { ROOT } from './debian-root.js';
import { packages } from './packages.js';

const NAME = `dqoes-test-dockerfile-${process.pid}`;
const IMAGE = `${NAME}:1`;
const [NATS, COORDINATOR] = [`${NAME}-nats`, `${NAME}-coordinator`];
const PATIENCE_MS = 60_000;
/** One that can be told from the time of the commit. */
const BUILT_AT_SECONDS = 1_700_000_000;

const docker = (...args: readonly string[]) =>
  spawnSync('docker', args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    // The builder that takes bases of this Engine, and asks no registry for them.
    env: { ...process.env, DOCKER_BUILDKIT: '0' },
  });
const done = (...args: readonly string[]): string => {
  const { status, stdout, stderr } = docker(...args);
  assert.equal(status, 0, `docker ${args.join(' ')}: ${stdout.slice(-4000)}${stderr.slice(-4000)}`);
  return stdout.trim();
};

const isThere = (): boolean =>
  process.getuid?.() === 0 && docker('image', 'inspect', 'dqoes/nats:1').status === 0;

/** The files below a folder of an image, links with their targets. */
function filesIn(image: string, folder: string): readonly string[] {
  const id = done('create', image);
  try {
    const list = `docker export ${id} | tar --list --verbose --file - ${folder}`;
    const { stdout } = spawnSync('sh', ['-c', list], { encoding: 'utf8' });
    const rows = stdout.split('\n').filter((row) => row !== '' && !row.startsWith('d'));
    return rows.map((row) => row.replace(/^(\S+) .* (?=\S+(?: -> \S+)?$)/, '$1 ')).sort();
  } finally {
    done('rm', id);
  }
}

describe('package: deploy/Dockerfile on this Engine', function () {
  this.timeout(600_000);
  let isBuilt = false;

  before(function () {
    if (!isThere()) this.skip();
    const bases = spawnSync('bash', [join(ROOT, 'deploy/base-images/build.sh')], {
      encoding: 'utf8',
    });
    assert.equal(bases.status, 0, bases.stderr);
    done(
      ...['build', '--network', 'none', '--file', join(ROOT, 'deploy/Dockerfile'), '--tag', IMAGE],
      ...['--build-arg', 'BUILDER=dqoes/builder:1', '--build-arg', 'BASE=dqoes/base:1'],
      ...[
        '--build-arg',
        `SOURCE_DATE_EPOCH=${BUILT_AT_SECONDS}`,
        '--build-arg',
        // As the packages: names of bundled files follow from what is in them.
        `DQOES_BUILD=${BUILD}`,
      ],
      ROOT,
    );
    isBuilt = true;
  });
  after(() => {
    docker('rm', '--force', COORDINATOR, NATS);
    if (isBuilt) docker('image', 'rm', IMAGE);
  });

  const dqoes = (...args: readonly string[]): string => done('run', '--rm', IMAGE, ...args);

  it('makes an image that runs the program of these sources, without root', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      readonly version: string;
    };
    assert.equal(dqoes('--version'), `${version}\nbuild ${BUILD}`);
    assert.match(dqoes(), /^Usage: dqoes /);
    const config = '{{.Config.User}} {{index .Config.Labels "org.opencontainers.image.version"}}';
    assert.equal(done('inspect', '--format', config, IMAGE), `65532:65532 ${version}`);
  });

  it('puts the same files together as the image that is made without a registry', () => {
    const { folder, archive } = packages();
    const other = spawnSync('bash', [join(ROOT, 'deploy/images/build.sh')], {
      encoding: 'utf8',
      env: { ...process.env, DQOES_PACKAGES: folder },
    });
    assert.equal(other.status, 0, other.stderr);
    const image = `dqoes/dqoes:${/dqoes-(.+)-linux-/.exec(archive)?.[1]}`;
    for (const place of ['usr/lib/dqoes', 'usr/bin/dqoes'])
      assert.deepEqual(filesIn(IMAGE, place), filesIn(image, place), place);
  });

  it('leads a cluster on a NATS server, and is healthy', async () => {
    // They share a loopback of their own: no port of this machine is taken.
    done('run', '--detach', '--name', NATS, '--network', 'none', 'dqoes/nats:1');
    const beside = ['--network', `container:${NATS}`];
    done('run', '--detach', '--name', COORDINATOR, ...beside, IMAGE, 'coordinator', '--install');
    const logs = (): string => docker('logs', '--tail', '20', COORDINATOR).stderr;
    let said = '';
    const isLeading = async (): Promise<boolean> => {
      said = docker('run', '--rm', ...beside, IMAGE, 'policy', '-o', 'json').stdout;
      if (said.includes('"policy": "adaptive"')) return true;
      await sleep(500);
      return false;
    };
    await until(isLeading, () => `the coordinator to answer: ${said}${logs()}`, PATIENCE_MS);
    const health = (): string =>
      done('inspect', '--format', '{{.State.Health.Status}}', COORDINATOR);
    const isHealthy = async (): Promise<boolean> => {
      if (health() === 'healthy') return true;
      await sleep(500);
      return false;
    };
    await until(
      isHealthy,
      () => `the coordinator to be healthy: ${health()}${logs()}`,
      PATIENCE_MS,
    );
    done('stop', '--time', '20', COORDINATOR);
    const code = '{{.State.ExitCode}}';
    assert.equal(done('inspect', '--format', code, COORDINATOR), '0', logs());
  });

  it('has folders that its programs may write, and no settings of a host', () => {
    const script =
      'echo key >/keys/x && echo key >/server/x && echo data >/data/x && ls /etc/dqoes';
    const ran = docker('run', '--rm', '--entrypoint', '/bin/sh', IMAGE, '-c', script);
    assert.notEqual(ran.status, 0);
    assert.match(ran.stderr, /\/etc\/dqoes/);
    assert.doesNotMatch(ran.stderr, /Permission denied/);
  });
});
