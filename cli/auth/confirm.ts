import type { NatsAuth, NatsTls } from '../../proto/nats/auth.js';
import { connectNats } from '../../proto/nats/connect.js';
import { isRefusal } from '../../proto/nats/refusal.js';
import type { Clock } from '../../shared/clock.js';
import { silentLog } from '../../shared/log.js';

/** A key, and the server that should know it or not. */
export interface KeyCheck {
  readonly url: string;
  readonly auth: NatsAuth;
  readonly tls?: NatsTls;
  readonly clock: Clock;
}

/** How long a server may take to follow, ms. */
const PATIENCE_MS = 10_000;
/** A connection that is made while nats-server 2.10 reads its configuration again may hang. */
const ATTEMPT_MS = 1000;
const PAUSE_MS = 200;

/** Tries until the server accepts the key, or refuses it, as expected. False = not in time. */
export async function becomes(expected: 'accepted' | 'refused', check: KeyCheck): Promise<boolean> {
  const deadline = check.clock.now() + PATIENCE_MS;
  for (;;) {
    if ((await answerOf(check)) === expected) return true;
    if (check.clock.now() > deadline) return false;
    await check.clock.sleep(PAUSE_MS);
  }
}

async function answerOf({ url, auth, tls }: KeyCheck): Promise<'accepted' | 'refused' | 'none'> {
  const client = await connectNats({
    servers: url.split(',').map((server) => server.trim()),
    name: 'dqoes auth',
    log: silentLog,
    auth,
    timeoutMs: ATTEMPT_MS,
    ...(tls === undefined ? {} : { tls }),
  });
  if (!client.ok) return isRefusal(client.error) ? 'refused' : 'none';
  await client.value.bus.close();
  return 'accepted';
}
