import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type NatsConnection, nkeyAuthenticator } from 'nats';
import { keyPath, serverConfigPath } from '../../cli/auth/folder.js';
import { addUser, ensureUsers, removeUser } from '../../cli/auth/keys.js';
import type { AuthRecord, NewUser } from '../../cli/auth/users.js';
import { readCredentials } from '../../cli/credentials.js';
import type { NatsAuth } from '../../proto/nats/auth.js';
import type { NatsClient } from '../../proto/nats/connect.js';
import { publicKeyOfAuth } from '../../proto/nats/user-key.js';
import { inboxPrefixOf } from '../../proto/subjects.js';
import type { NodeId } from '../../shared/ids.js';
import { type Log, silentLog } from '../../shared/log.js';
import type { Result } from '../../shared/result.js';
import { connectForTest } from '../lib/nats-client.js';
import { startNatsServer, type TestNatsServer } from '../lib/nats-server.js';

export const CLUSTER = 'main';
/** Names of the keys that a guarded server knows at first. */
export const NAMES = [
  'coordinator',
  'operator',
  'sue-submitter',
  'vic-viewer',
  'agent-h1',
  'agent-h2',
] as const;
export type Name = (typeof NAMES)[number];

const USERS: readonly NewUser[] = [
  { role: 'coordinator', name: 'coordinator' },
  { role: 'operator', name: 'operator' },
  { role: 'submitter', name: 'sue-submitter' },
  { role: 'viewer', name: 'vic-viewer' },
  { role: 'agent', node: 'h1' as NodeId },
  { role: 'agent', node: 'h2' as NodeId },
];

/** What a server guards. */
export interface Guarded {
  readonly cluster: string;
  readonly users: readonly NewUser[];
  readonly storeDir: string;
  /** Default: one that is free. */
  readonly port: number;
  /** Somebody changes its configuration by hand before it starts. */
  readonly change: (config: string) => string;
}

/** A real nats-server with the configuration that dqoes makes, and clients with its keys. */
export class GuardedServer {
  readonly #folder: string;
  #record: AuthRecord;
  readonly #closing: (() => Promise<unknown>)[] = [];

  private constructor(
    readonly server: TestNatsServer,
    folder: string,
    record: AuthRecord,
  ) {
    this.#folder = folder;
    this.#record = record;
  }

  /** `where`: what differs from a cluster `main` with a key for each of `NAMES`. */
  static async start(where: Partial<Guarded> = {}): Promise<GuardedServer> {
    const folder = await mkdtemp(join(tmpdir(), 'dqoes-security-'));
    const { cluster = CLUSTER, users = USERS, storeDir = join(folder, 'js'), port } = where;
    const path = serverConfigPath(folder);
    const store = { storeDir, maxFileBytes: 1e9, maxMemoryBytes: 1e8 };
    const record = must(ensureUsers(folder, { cluster, users: [], store }, users));
    if (where.change !== undefined) writeFileSync(path, where.change(readFileSync(path, 'utf8')));
    const server = await startNatsServer({
      configFile: path,
      ...(port === undefined ? {} : { port }),
    });
    return new GuardedServer(server, folder, record);
  }

  get url(): string {
    return this.server.url;
  }

  /** Path of the file that holds a key. */
  keyFile(name: string): string {
    return keyPath(this.#folder, name);
  }
  authOf(name: string): NatsAuth {
    return must(readCredentials(this.keyFile(name), 'test'));
  }

  publicKeyOf(name: string): string {
    return publicKeyOfAuth(this.authOf(name)) ?? '';
  }

  /** As the programs connect. */
  async client(name: string, log: Log = silentLog): Promise<NatsClient> {
    const client = await connectForTest(this.url, log, this.authOf(name));
    this.#closing.push(() => client.bus.close());
    return client;
  }

  /** As an attacker connects who holds the key. */
  async raw(name: string): Promise<NatsConnection> {
    const auth = this.authOf(name);
    if (auth.kind !== 'nkey') throw new Error('no nkey');
    const connection = await connect({
      servers: this.url,
      authenticator: nkeyAuthenticator(new TextEncoder().encode(auth.seed)),
      inboxPrefix: inboxPrefixOf(publicKeyOfAuth(auth) ?? ''),
      maxReconnectAttempts: 0,
      timeout: 3000,
    });
    this.#closing.push(() => connection.close());
    return connection;
  }

  /** The server is to know one more key. */
  add(asked: NewUser): void {
    this.#record = must(addUser(this.#folder, this.#record, asked)).record;
    this.server.reload();
  }

  /** The server is to forget a key. */
  revoke(name: string): void {
    this.#record = must(removeUser(this.#folder, this.#record, name));
    this.server.reload();
  }

  /** Somebody changes the configuration of the server by hand. */
  edit(change: (config: string) => string): void {
    const path = serverConfigPath(this.#folder);
    writeFileSync(path, change(readFileSync(path, 'utf8')));
    this.server.reload();
  }

  async stop(): Promise<void> {
    await Promise.all(this.#closing.map((close) => close()));
    await this.server.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

export function must<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** What the server refuses of a list, by asking it for each. */
export async function refusedOf(
  connection: NatsConnection,
  asked: { readonly publish?: readonly string[]; readonly subscribe?: readonly string[] },
): Promise<readonly string[]> {
  const refused = new Set<string>();
  const statuses = connection.status();
  const reading = (async () => {
    for await (const { permissionContext } of statuses)
      if (permissionContext !== undefined)
        refused.add(`${permissionContext.operation} ${permissionContext.subject}`);
  })();
  const subscriptions = (asked.subscribe ?? []).map((subject) =>
    connection.subscribe(subject, { callback: () => {} }),
  );
  for (const subject of asked.publish ?? []) connection.publish(subject, new Uint8Array());
  await connection.flush();
  await connection.flush();
  for (const subscription of subscriptions) subscription.unsubscribe();
  (statuses as unknown as { stop(): void }).stop();
  await reading;
  return [...refused].sort();
}
