import type { NatsClient } from '../../proto/nats/connect.js';
import type { Log } from '../../shared/log.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import type { NatsIdentity } from '../../shared/schema/nats-settings.js';
import type { TlsNames } from '../credentials.js';
import { serverUser } from '../server-user.js';
import { ruleOfSetting } from '../target/server-rule.js';
import { givenTarget, type NatsTarget } from '../target/target.js';
import { untilAborted } from './aborted.js';
import type { App } from './app.js';

const TLS_SETTINGS: TlsNames = {
  ca: 'nats.tls.ca',
  cert: 'nats.tls.cert',
  key: 'nats.tls.key',
};

/** Where a service finds NATS, and how it proves there who it is. */
export interface ServiceNats {
  readonly url: string;
  readonly identity: NatsIdentity;
  /** Name of the key to take of a `dqoes up` of this user. */
  readonly keyName: string;
}

/** The address with the key and the files of TLS, read; one fault for what cannot be used. */
export function natsTargetOf(
  { config }: Pick<App, 'config'>,
  place: ServiceNats,
): Result<NatsTarget> {
  const { credentials, tls: paths, serverUser: user } = place.identity;
  const rule = ruleOfSetting(user);
  if (!rule.ok) return rule;
  const target = givenTarget(
    config,
    { nats: place.url, ...(credentials === '' ? {} : { creds: credentials }) },
    {
      keyName: place.keyName,
      credsName: 'nats.credentials',
      ...(Object.values(paths).every((path) => path === '')
        ? {}
        : { tls: paths, tlsNames: TLS_SETTINGS }),
    },
  );
  if (!target.ok || rule.value === undefined) return target;
  return ok({ ...target.value, runBy: rule.value });
}

/**
 * Connects a service, and waits for a server that is not there yet: services start in any order.
 * Ends when the signal aborts.
 */
export async function connectService(
  app: Pick<App, 'config' | 'signal'>,
  where: ServiceNats & Connecting,
): Promise<Result<NatsClient>> {
  const target = natsTargetOf(app, where);
  return target.ok ? connectTo(target.value, where, app.signal) : target;
}

/** How a service is called on its connection. */
export interface Connecting {
  readonly name: string;
  readonly log: Log;
  /** Fail at once when the server refuses the credentials. */
  readonly endOnRefusal?: boolean;
}

/** The same where the address, the key and the files of TLS were found before. */
export async function connectTo(
  { url, auth, tls, runBy }: Pick<NatsTarget, 'url' | 'auth' | 'tls' | 'runBy'>,
  { name, log, endOnRefusal = false }: Connecting,
  signal: AbortSignal,
): Promise<Result<NatsClient>> {
  log.info('connecting to NATS', { name });
  const { connectNats } = await import('../../proto/nats/connect.js');
  const client = await Promise.race([
    connectNats({
      servers: url.split(',').map((server) => server.trim()),
      ...{ name, log, endOnRefusal, serverUser },
      waitOnFirstConnect: true,
      ...(runBy === undefined ? {} : { runBy }),
      ...(auth === undefined ? {} : { auth }),
      ...(tls === undefined ? {} : { tls }),
    }),
    untilAborted(signal),
  ]);
  if (client === undefined) return err([natsFault('Stopped while waiting for NATS.')]);
  return client.ok ? ok(client.value) : err([natsFault(client.error)]);
}

const natsFault = (message: string): Fault => ({
  code: 'nats.unavailable',
  field: 'nats',
  message,
});
