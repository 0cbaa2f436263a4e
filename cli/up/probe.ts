import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/**
 * What listens on a loopback port: nothing, a NATS server (it greets with INFO), or another
 * program.
 */
export type PortListener = 'nobody' | 'nats' | 'other';

const GREETING_MS = 1000;

/** Connects to 127.0.0.1:port and waits up to a second for a NATS greeting. */
export function portListener(port: number): Promise<PortListener> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    let connected = false;
    let greeting = '';
    const end = (answer: PortListener): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(GREETING_MS, () => end(connected ? 'other' : 'nobody'));
    socket.once('connect', () => {
      connected = true;
    });
    socket.on('data', (chunk: Buffer) => {
      greeting += chunk.toString('latin1');
      if (greeting.length >= 5) end(greeting.startsWith('INFO ') ? 'nats' : 'other');
    });
    socket.once('error', () => end(connected ? 'other' : 'nobody'));
    socket.once('close', () => end(connected ? 'other' : 'nobody'));
  });
}

/** A loopback port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return address === null || typeof address === 'string' ? 0 : address.port;
}
