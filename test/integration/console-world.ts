import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { parseJobFile } from '../../cli/job-file/parse.js';
import { startConsole } from '../../console/console.js';
import type { ConsoleHandle, ConsoleSettings } from '../../console/contract.js';
import type { UserRole } from '../../proto/roles.js';
import { silentLog } from '../../shared/log.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';
import { ClusterOnNats } from './cluster-on-nats.js';

/** An answer of the console. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** undefined = it is no JSON. */
  readonly json: Readonly<Record<string, never>> | undefined;
}

/** A request; `path` below /api/v1 where it does not begin with a slash. */
export interface Sent {
  readonly method?: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A console before a cluster on a real nats-server, with a token of each role. */
export class ConsoleWorld {
  readonly tokens: Record<UserRole, string> = { viewer: '', submitter: '', operator: '' };
  readonly #consoles: ConsoleHandle[] = [];
  url = '';

  private constructor(
    readonly server: TestNatsServer,
    readonly cluster: ClusterOnNats,
  ) {}

  static async make(settings: Partial<ConsoleSettings> = {}): Promise<ConsoleWorld> {
    const server = await startNatsServer();
    const world = new ConsoleWorld(server, await ClusterOnNats.make(server.url, 'web'));
    await world.cluster.agent('h1');
    await world.cluster.start('c1');
    for (const role of ['viewer', 'submitter', 'operator'] as const)
      world.tokens[role] = await world.token(role);
    world.url = await world.open(settings);
    await until(async () => (await world.ask('nodes')).text.includes('"h1"'), 'the node');
    return world;
  }

  /** Another console of the same cluster; returns its address. */
  async open(settings: Partial<ConsoleSettings> = {}): Promise<string> {
    const { bus } = await this.cluster.connect();
    const started = await startConsole(
      {
        cluster: 'web',
        host: '127.0.0.1',
        port: 0,
        ...settings,
        limits: { requestsPerSecond: 1e6, requestsAtOnce: 1e6, ...settings.limits },
      },
      { bus, clock: systemClock, log: silentLog, version: '1', readJobs: parseJobFile },
    );
    assert.ok(started.ok, JSON.stringify(started));
    this.#consoles.push(started.value);
    return started.value.url;
  }

  async token(
    role: UserRole,
    change: { readonly expiresAtMs?: number; readonly name?: string } = {},
  ): Promise<string> {
    const id = randomBytes(5).toString('hex');
    const token = `dqoes_${id}_${randomBytes(32).toString('base64url')}`;
    const hash = createHash('sha256').update(token).digest('hex');
    await this.cluster.call('token-create', { id, name: role, role, hash, ...change });
    return token;
  }

  async ask(
    path: string,
    { method = 'GET', token, body, headers = {} }: Sent = {},
    url = this.url,
  ): Promise<Answered> {
    const isBytes = typeof body === 'string' || body === undefined;
    const response = await fetch(`${url}${path.startsWith('/') ? path : `/api/v1/${path}`}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isBytes ? (body as string) : JSON.stringify(body) }),
    });
    const text = await response.text();
    let json: Answered['json'];
    try {
      json = JSON.parse(text);
    } catch {
      json = undefined;
    }
    return { status: response.status, headers: response.headers, text, json };
  }

  async close(): Promise<void> {
    for (const each of this.#consoles) await each.stop();
    await this.cluster.close();
    await this.server.stop();
  }
}
