import { connectNats, type NatsClient } from '../../proto/nats/connect.js';
import type { Log } from '../../shared/log.js';
import { silentLog } from '../../shared/log.js';

/**
 * A client of a test's own server, or of several, separated by commas; throws with the driver's
 * sentence when it cannot connect.
 */
export async function connectForTest(url: string, log: Log = silentLog): Promise<NatsClient> {
  const connected = await connectNats({ servers: url.split(','), name: 'test', log });
  if (!connected.ok) throw new Error(connected.error);
  return connected.value;
}
