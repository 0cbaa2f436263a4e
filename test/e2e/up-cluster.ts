import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../lib/until.js';
import { type Program, startDqoes } from './cli-program.js';

/** `dqoes up` as a running program; end it and remove its folder. */
export interface UpCluster {
  readonly folder: string;
  readonly stateDir: string;
  readonly up: Program;
  /** The environment in which other commands reach it. */
  readonly env: Record<string, string>;
}

/**
 * Starts `dqoes up` for a cluster whose node has the same name, and waits until it is up. Throws
 * what it wrote to stderr where it ends before.
 */
export async function startUpCluster(cluster: string): Promise<UpCluster> {
  const folder = await mkdtemp(join(tmpdir(), 'dqoes-cli-e2e-'));
  const stateDir = join(folder, 'state');
  const agentConfig = join(folder, 'agent.yaml');
  // Other tests on this engine must not be touched: own label prefix, any free ports.
  await writeFile(
    agentConfig,
    `node: ${cluster}\nlabel-prefix: e2e${process.pid}.\nrecords-dir: ` +
      `${folder}/engines\npush: { http-port: 0, udp-port: 0 }\ndocker: { parent-weight: off }\n`,
  );
  const where = ['--state', stateDir, '--nats-port', '0', '--cluster', cluster];
  const up = startDqoes(['up', ...where, '--agent-config', agentConfig], {
    env: { XDG_RUNTIME_DIR: folder },
  });
  const address = (): string | undefined => /nats:\/\/127\.0\.0\.1:\d+/.exec(up.err)?.[0];
  try {
    await until(
      () => address() !== undefined || up.child.exitCode !== null,
      'dqoes up to say that it is up',
      30_000,
    );
    const url = address();
    if (url === undefined) throw new Error(`dqoes up ended: ${up.err}`);
    const env = { DQOES_NATS_URL: url, DQOES_CLUSTER: cluster, XDG_RUNTIME_DIR: folder };
    return { folder, stateDir, up, env };
  } catch (cause) {
    await up.end('SIGINT');
    await rm(folder, { recursive: true, force: true });
    throw cause;
  }
}

/** Ids of the job containers of a cluster, running or not, one a line; '' = none. */
export const containersOf = (cluster: string): string =>
  spawnSync('docker', ['ps', '-aq', '--filter', `label=dqoes.cluster=${cluster}`], {
    encoding: 'utf8',
  }).stdout.trim();

/** A job whose log says that every answer took 12.5 ms. */
export const loggingJobFile = (name: string): string => `name: ${name}
image: dqoes/tiny:1
command: [sh, -c, 'while :; do echo "{\\"ms\\": 12.5}"; sleep 0.1; done']
target: { latency: 12ms, tolerance: 20% }
resources: { cpu: { min: 0.05, max: 0.5 }, memory: 32MiB }
`;
