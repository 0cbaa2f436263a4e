import { createHash } from 'node:crypto';
import { connect, createServer, type Server } from 'node:net';
import type { Clock } from '../../shared/clock.js';
import { err, ok, type Result } from '../../shared/result.js';
import type { EngineHolder } from '../ports/engine.js';

/** A lock that is held until it is released or the process dies, however it dies. */
export interface HeldLock {
  release(): Promise<void>;
}
/** Which names to take, and how long to wait for them. */
export interface LockRequest {
  /**
   * Names of what only one agent may manage; two agents that share one of them exclude each other.
   */
  readonly names: readonly string[];
  /** Sent to processes that ask for the lock while it is held. */
  readonly holder: EngineHolder;
  /** How long to wait for another holder, ms; 0 = not at all. */
  readonly waitMs: number;
  readonly clock: Clock;
}

const RETRY_MS = 200;
const ANSWER_MS = 1000;
const MAX_ANSWER_BYTES = 8192;

/**
 * Takes every name, or none. A name is an abstract Unix socket: the kernel frees it with the
 * process, so a crash leaves nothing behind. All processes of one network namespace see it. The
 * error is the holder; null = it does not answer. Rejects when sockets cannot be made.
 */
export async function holdLock(
  request: LockRequest,
): Promise<Result<HeldLock, EngineHolder | null>> {
  const { clock, waitMs } = request;
  const deadlineMs = clock.now() + waitMs;
  for (;;) {
    const taken = await takeAll(request);
    if (taken.ok) return taken;
    if (clock.now() >= deadlineMs) return err(await askHolder(taken.error));
    await clock.sleep(RETRY_MS);
  }
}

/** The error is the name that is taken. */
async function takeAll({ names, holder }: LockRequest): Promise<Result<HeldLock, string>> {
  const servers: Server[] = [];
  const release = async (): Promise<void> => {
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  };
  for (const name of names) {
    const server = await listen(name, holder);
    if (server === null) {
      await release();
      return err(name);
    }
    servers.push(server);
  }
  return ok({ release });
}

const pathOf = (name: string): string => {
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 32);
  return `\0dqoes-engine-${hash}`;
};

/** null = another process has it. */
function listen(name: string, holder: EngineHolder): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      // A client that asks and does not read must not keep the socket open.
      socket.setTimeout(ANSWER_MS, () => socket.destroy());
      socket.end(`${JSON.stringify(holder)}\n`);
    });
    server.once('error', (cause: NodeJS.ErrnoException) =>
      cause.code === 'EADDRINUSE' ? resolve(null) : reject(cause),
    );
    server.listen(pathOf(name), () => {
      server.unref();
      resolve(server);
    });
  });
}

function askHolder(name: string): Promise<EngineHolder | null> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(pathOf(name));
    socket.setTimeout(ANSWER_MS, () => socket.destroy());
    socket.on('data', (chunk) => {
      text += chunk.toString();
      if (text.length > MAX_ANSWER_BYTES) socket.destroy();
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(holderIn(text)));
  });
}

function holderIn(text: string): EngineHolder | null {
  try {
    const { pid, stateDir, sinceMs, cluster, node } = JSON.parse(text) as Partial<EngineHolder>;
    if (!Number.isSafeInteger(pid) || !Number.isFinite(sinceMs)) return null;
    const texts = [stateDir, cluster, node].map((value) =>
      typeof value === 'string' ? value : 'unknown',
    );
    const [dir = '', ofCluster = '', ofNode = ''] = texts;
    return {
      pid: Number(pid),
      sinceMs: Number(sinceMs),
      stateDir: dir,
      cluster: ofCluster,
      node: ofNode,
    };
  } catch {
    return null;
  }
}
