import type { Bus } from '../../proto/bus.js';
import type { NatsAuth, NatsTls } from '../../proto/nats/auth.js';
import {
  connectNats,
  type NatsClient,
  type ServerRule,
  withoutSecrets,
} from '../../proto/nats/connect.js';
import { isRefusal } from '../../proto/nats/refusal.js';
import { silentLog } from '../../shared/log.js';
import { parseAddresses } from '../../shared/nats-addresses.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { serverUser } from '../server-user.js';
import { orAborted } from '../shell/aborted.js';
import type { App } from '../shell/app.js';

/** Where the two sides of a token meet, and the key of one of them. */
export interface MeetingServer {
  /** One address, or several with commas. */
  readonly url: string;
  readonly seed: string;
  readonly tls?: NatsTls;
  /** Who may run it, where it is on this machine; absent = it is not known. */
  readonly runBy?: ServerRule;
}

/**
 * Connects one side. Ends at once on Ctrl-C; the fault says what the server said. A connection
 * closes whose key the server knows no more: such a key is never good again.
 */
export async function connected(
  app: App,
  { url, seed, tls, runBy }: MeetingServer,
): Promise<Result<NatsClient>> {
  const auth: NatsAuth = { kind: 'nkey', seed };
  const servers = url.split(',').map((server) => server.trim());
  let bus: Bus | undefined;
  const onKeyRefused = (): void => void bus?.close();
  const named = { servers, name: 'dqoes join', log: silentLog, auth, onKeyRefused, serverUser };
  const connecting = connectNats({
    ...named,
    ...(runBy === undefined ? {} : { runBy }),
    ...(tls === undefined ? {} : { tls }),
  });
  const client = await orAborted(connecting, app.signal);
  if (client === undefined) return err([unavailable('stopped before the token was used')]);
  if (client.ok) {
    ({ bus } = client.value);
    return ok(client.value);
  }
  const where = servers.map(withoutSecrets).join(', ');
  const isUnknown = isRefusal(client.error);
  return err([unavailable(isUnknown ? `NATS at ${where} ${UNKNOWN_TOKEN}` : client.error)]);
}

/** Of a key that the server refuses. */
export const UNKNOWN_TOKEN = 'does not know this token';

/** The fault of a token that cannot be used now. */
export const unavailable = (message: string): Fault => ({
  code: 'auth.denied',
  field: 'token',
  message: `join: ${message.replace(/\.$/, '')}.`,
});

/** The fault of an address that was given and is none; undefined = there is nothing wrong. */
export function addressFault(nats: string | undefined): Fault | undefined {
  const read = nats === undefined ? undefined : parseAddresses(nats);
  return read?.ok === false ? usage('nats', `--nats ${read.error}`) : undefined;
}

/** The fault of a word or a file that was given. */
export const usage = (field: string, message: string): Fault => ({
  code: 'cli.usage',
  field,
  message,
});
