import type { NatsConnection } from 'nats';
import { loopbackPortsOf, type ServerSeen, type SocketEnds } from './server-user.js';

/**
 * Lets go of a connection on which pings are not answered. The client itself first waits until the
 * kernel has taken what was written: for a quarter of an hour, where the way to the server is cut
 * and more was written than fits into the socket's buffer.
 */
export const dropSocket = (connection: NatsConnection): void => socketOf(connection)?.destroy();

/** The socket of a connection; undefined = there is none just now. */
function socketOf(connection: NatsConnection): Socket | undefined {
  const { protocol } = connection as unknown as ConnectionInside;
  return protocol?.transport?.socket;
}
/** What tells the server that a connection is made to just now. */
export const serverSeenBy = (connection: NatsConnection): ServerSeen => ({
  ports: loopbackPortsOf(socketOf(connection)),
  asksForKeys: connection.info?.auth_required === true,
});

type Socket = SocketEnds & { destroy(): void };
interface ConnectionInside {
  readonly protocol?: { readonly transport?: { readonly socket?: Socket } };
}
