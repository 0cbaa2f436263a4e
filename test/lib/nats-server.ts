import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NATS_GARBAGE_PERCENT } from '../../cli/up/nats-launch.js';
import { until } from './until.js';

/** A real nats-server with JetStream on a random loopback port, in its own temporary store. */
export interface TestNatsServer {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** SIGKILL, as a crash would, or another signal; resolves when it has ended. The store stays. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Starts again on the same port and store after `kill`. */
  start(): Promise<void>;
  /** Reads its configuration again. */
  reload(): void;
  /** SIGSTOP; resolves when every thread stands still, so that nothing is answered any more. */
  pause(): Promise<void>;
  resume(): void;
  /** Kills the process and removes the store. Safe to call twice. */
  stop(): Promise<void>;
}

/** What differs from a plain server. */
export interface TestNatsOptions {
  readonly args?: readonly string[];
  /**
   * Text of a configuration file, e.g. users and permissions; address, port and store are given on
   * the command line.
   */
  readonly config?: string;
  /** Path of a configuration that also says where the server stores; instead of `config`. */
  readonly configFile?: string;
  /** Default 127.0.0.1; else one of the run's own test hosts. */
  readonly address?: string;
  /** Default: one that is free. */
  readonly port?: number;
  /** User and group that it runs as; takes root. Default: those of this process. */
  readonly uid?: number;
}

/**
 * Starts `nats-server` from PATH; rejects with its own output when it does not listen within ten
 * seconds.
 */
export async function startNatsServer(options: TestNatsOptions = {}): Promise<TestNatsServer> {
  const store = await mkdtemp(join(tmpdir(), 'dqoes-nats-'));
  const port = options.port ?? (await freePort());
  const address = options.address ?? '127.0.0.1';
  const own = options.configFile === undefined ? ['-js', '-sd', store] : ['-c', options.configFile];
  const args = ['-a', address, '-p', String(port), ...own, ...(options.args ?? [])];
  if (options.config !== undefined) {
    await writeFile(join(store, 'server.conf'), options.config);
    args.push('-c', join(store, 'server.conf'));
  }
  const { uid } = options;
  if (uid !== undefined) await chown(store, uid, uid);
  const place = { port, address, ...(uid === undefined ? {} : { uid, gid: uid }) };
  let child = await launch(args, place);
  const kill = async (signal: NodeJS.Signals = 'SIGKILL'): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  const killNow = (): void => void child.kill('SIGKILL');
  process.once('exit', killNow);
  return {
    url: `nats://${address}:${port}`,
    port,
    get pid() {
      return child.pid ?? 0;
    },
    kill,
    start: async () => {
      child = await launch(args, place);
    },
    reload: () => void child.kill('SIGHUP'),
    pause: async () => {
      child.kill('SIGSTOP');
      await until(() => standsStill(child.pid ?? 0), 'nats-server to stand still');
    },
    resume: () => void child.kill('SIGCONT'),
    stop: async () => {
      process.removeListener('exit', killNow);
      await kill();
      await rm(store, { recursive: true, force: true });
    },
  };
}

interface Place {
  readonly address: string;
  readonly port: number;
}
interface Launch extends Place {
  readonly uid?: number;
  readonly gid?: number;
}

async function launch(
  args: readonly string[],
  { address, port, ...user }: Launch,
): Promise<ChildProcess> {
  // As `dqoes up` starts its own.
  const env = { GOGC: String(NATS_GARBAGE_PERCENT), ...process.env };
  const child = spawn('nats-server', [...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env,
    ...user,
  });
  let output = '';
  let failure = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    output = (output + chunk.toString('utf8')).slice(-4000);
  });
  child.once('error', (cause) => {
    failure = cause.message;
  });
  const deadline = Date.now() + 10_000;
  while (!(await answers({ address, port }))) {
    if (failure !== '' || child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`nats-server did not start on port ${port}: ${failure}${output}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return child;
}

async function standsStill(pid: number): Promise<boolean> {
  const tasks = await readdir(`/proc/${pid}/task`);
  const stats = await Promise.all(
    tasks.map((task) => readFile(`/proc/${pid}/task/${task}/stat`, 'utf8')),
  );
  return stats.every((stat) => /\) T /.test(stat));
}

/** True when something accepts connections on the port. */
function answers({ address, port }: Place): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const end = (value: boolean): void => {
      socket.destroy();
      resolve(value);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

/** Below those that the kernel gives to connections and to who asks for any, 32768 to 60999. */
const [FIRST_PORT, PORTS] = [18_000, 14_000];

/** A loopback port that is free now and that nobody is given unasked; nothing holds it. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = FIRST_PORT + Math.floor(Math.random() * PORTS);
    if (await isFree(port)) return port;
  }
  throw new Error('no loopback port is free');
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const listening = new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false)).once('listening', () => resolve(true));
  });
  server.listen(port, '127.0.0.1');
  if (!(await listening)) return false;
  server.close();
  await once(server, 'close');
  return true;
}
