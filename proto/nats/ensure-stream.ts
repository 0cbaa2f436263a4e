import type { JetStreamManager } from 'nats';
import { apiCode } from './listing.js';
import type { StreamPlan } from './streams.js';

/** Error codes of JetStream. */
export const STREAM_NOT_FOUND = 10059;
const NAME_IN_USE = 10058;
const NO_ROOM = 10047;

/**
 * Makes a stream that is missing; one that is there stays as an operator may have changed it.
 * Throws as the client does.
 */
export async function ensureStream(manager: JetStreamManager, plan: StreamPlan): Promise<void> {
  try {
    await manager.streams.add(plan);
  } catch (cause) {
    const code = apiCode(cause);
    // A server that has promised all its storage says so before it looks for the stream.
    const isThere = code === NAME_IN_USE || (code === NO_ROOM && (await isMade(manager, plan)));
    if (!isThere) throw cause;
    await bringUpToDate(manager, plan);
  }
}

async function isMade(manager: JetStreamManager, { name }: StreamPlan): Promise<boolean> {
  try {
    await manager.streams.info(name);
    return true;
  } catch (cause) {
    if (apiCode(cause) === STREAM_NOT_FOUND) return false;
    throw cause;
  }
}

// Streams of events that an earlier dqoes made cannot be read by direct get.
async function bringUpToDate(manager: JetStreamManager, plan: StreamPlan): Promise<void> {
  if (plan.republish !== undefined) return;
  const { config } = await manager.streams.info(plan.name);
  if (config.allow_direct !== true)
    await manager.streams.update(plan.name, { ...config, allow_direct: true });
}
