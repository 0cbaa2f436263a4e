import type { JetStreamManager } from 'nats';
import { apiCode } from './listing.js';
import type { StreamPlan } from './streams.js';

/** Error code of JetStream. */
export const STREAM_NOT_FOUND = 10059;

/**
 * Makes a stream that is missing; one that is there stays as an operator may have changed it.
 * Asked for first: a server that has promised all its storage refuses to make any stream, also one
 * that is there. Throws as the client does.
 */
export async function ensureStream(manager: JetStreamManager, plan: StreamPlan): Promise<void> {
  try {
    await bringUpToDate(manager, plan);
  } catch (cause) {
    if (apiCode(cause) !== STREAM_NOT_FOUND) throw cause;
    await add(manager, plan);
  }
}

// Another coordinator may have made it meanwhile, and the server says first that it has no room.
async function add(manager: JetStreamManager, plan: StreamPlan): Promise<void> {
  try {
    await manager.streams.add(plan);
  } catch (cause) {
    const isThere = await manager.streams.info(plan.name).then(
      () => true,
      () => false,
    );
    if (!isThere) throw cause;
  }
}

// Streams of events that an earlier dqoes made cannot be read by direct get.
async function bringUpToDate(manager: JetStreamManager, plan: StreamPlan): Promise<void> {
  const { config } = await manager.streams.info(plan.name);
  if (plan.republish === undefined && config.allow_direct !== true)
    await manager.streams.update(plan.name, { ...config, allow_direct: true });
}
