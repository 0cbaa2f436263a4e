import { OPERATOR_NAME } from '../../cli/auth/users.js';
import { upKey } from '../../cli/up/up-key.js';
import type { NatsAuth } from '../../proto/nats/auth.js';
import { connectNats, type NatsClient } from '../../proto/nats/connect.js';
import type { Log } from '../../shared/log.js';
import { silentLog } from '../../shared/log.js';

/**
 * A client of a test's own server, or of several, separated by commas; throws with the driver's
 * sentence when it cannot connect.
 */
export async function connectForTest(
  url: string,
  log: Log = silentLog,
  auth?: NatsAuth,
): Promise<NatsClient> {
  const connected = await connectNats({
    servers: url.split(','),
    name: 'test',
    log,
    ...(auth === undefined ? {} : { auth }),
  });
  if (!connected.ok) throw new Error(connected.error);
  return connected.value;
}

/** A client with a key of the `dqoes up` that has this state folder. */
export function connectToUp(
  url: string,
  stateDir: string,
  key = OPERATOR_NAME,
): Promise<NatsClient> {
  const auth = upKey(stateDir, key);
  if (!auth.ok) throw new Error(JSON.stringify(auth.error));
  return connectForTest(url, silentLog, auth.value);
}
