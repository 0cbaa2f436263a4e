import { createSocket } from 'node:dgram';

/**
 * Sends response times as StatsD timers over UDP; does nothing without an address. What is lost is
 * lost, as is usual there.
 * @param {{ host: string, port: number } | undefined} to
 * @returns {(ms: number) => void}
 */
export function senderTo(to) {
  if (to === undefined) return () => undefined;
  const socket = createSocket('udp4');
  socket.on('error', () => undefined);
  socket.unref();
  return (ms) => socket.send(`infer:${ms}|ms`, to.port, to.host);
}
