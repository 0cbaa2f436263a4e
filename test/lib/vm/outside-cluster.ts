import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dqoes, type Program, type Run, startDqoes } from '../../e2e/cli-program.js';
import { startNatsServer, type TestNatsServer } from '../nats-server.js';
import { until } from '../until.js';

/** A token, and the command that waits for the host that uses it. */
export interface WaitingToken {
  readonly text: string;
  /** Resolves when the host has joined, or nobody did. */
  readonly ended: Promise<Run>;
}

interface Parts {
  readonly folder: string;
  readonly nats: TestNatsServer;
  readonly coordinator: Program;
  /** Public key of the coordinator; '' = it does not sign. */
  readonly coordinatorKey: string;
}

/** Every job gets a limit without measuring: the question is whether limits hold. */
const POLICY = 'policy: equal\n';

/** NATS and a coordinator on this machine's loopback, for a host in an emulated machine. */
export class OutsideCluster {
  readonly #parts: Parts;
  #waiting: Program | undefined;

  private constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** `isGuarded`: NATS asks for the keys that `dqoes auth` makes, and the coordinator signs. */
  static async start(isGuarded: boolean): Promise<OutsideCluster> {
    const folder = mkdtempSync(join(tmpdir(), 'dqoes-worker-'));
    const config = join(folder, 'coordinator.yaml');
    const nats = await (isGuarded ? guardedServer(folder) : startNatsServer());
    const credentials = isGuarded ? `, credentials: ${keyFile(folder, 'coordinator')}` : '';
    const signing = isGuarded ? `signing-key: ${folder}/signing.pem\n` : '';
    writeFileSync(config, `${POLICY}${signing}nats: { url: "${nats.url}"${credentials} }\n`);
    const coordinatorKey = isGuarded
      ? await done(['coordinator', 'key', '--make', '--config', config])
      : '';
    const coordinator = startDqoes(['coordinator', '--install', '--config', config]);
    return new OutsideCluster({ folder, nats, coordinator, coordinatorKey });
  }

  get port(): number {
    return this.#parts.nats.port;
  }

  /** Of the command line; as its operator where the cluster asks for keys. */
  get env(): Readonly<Record<string, string>> {
    const { folder, nats, coordinatorKey } = this.#parts;
    const creds = coordinatorKey === '' ? {} : { DQOES_NATS_CREDS: keyFile(folder, 'operator') };
    return { DQOES_NATS_URL: nats.url, ...creds };
  }

  /** `url`: of NATS, as the host sees it. */
  async token(node: string, url: string): Promise<WaitingToken> {
    const { folder, coordinatorKey } = this.#parts;
    const to = ['--nats', url, '--dir', keysFolder(folder), '--coordinator-keys', coordinatorKey];
    const waiting = startDqoes(['auth', 'add-agent', node, '--token', ...to], { env: this.env });
    this.#waiting = waiting;
    await until(
      () => waiting.err.includes('Waiting…'),
      () => `a token: ${waiting.err}`,
      20_000,
    );
    return { text: waiting.out.trim(), ended: waiting.ended };
  }

  async close(): Promise<void> {
    const { folder, nats, coordinator } = this.#parts;
    await this.#waiting?.end('SIGTERM');
    await coordinator.end('SIGTERM');
    await nats.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const keysFolder = (folder: string): string => join(folder, 'keys');
const keyFile = (folder: string, name: string): string =>
  join(keysFolder(folder), 'keys', `${name}.nk`);

async function guardedServer(folder: string): Promise<TestNatsServer> {
  const pidFile = join(folder, 'nats.pid');
  await done(['auth', 'init', '--dir', keysFolder(folder), '--nats-pid', pidFile]);
  const configFile = join(folder, 'nats.conf');
  writeFileSync(
    configFile,
    `pid_file: "${pidFile}"\njetstream { store_dir: "${folder}/js" }\n` +
      'include "keys/server/nats.conf"\n',
  );
  return startNatsServer({ configFile });
}

/** What a command printed; rejects with what it said where it failed. */
async function done(args: readonly string[]): Promise<string> {
  const { code, out, err } = await dqoes(args);
  if (code !== 0) throw new Error(`dqoes ${args.join(' ')}: ${err}`);
  return out.trim();
}
