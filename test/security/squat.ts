import { connect, type Msg } from 'nats';
import { startNatsServer } from '../lib/nats-server.js';
import { text } from '../lib/utf8.js';

/** What nobody can read, so that who asks is told nothing, and need not wait for it. */
const JUNK = new Uint8Array([0xff]);

/**
 * A server that accepts the keys of others, and the thief who runs it hears all they say. Each
 * question is answered with junk.
 */
export async function squat(port: number, keys: readonly string[], uid?: number) {
  const users = keys.map((key) => `{ nkey: ${key} }`);
  const config = `authorization { users: [ { user: thief, password: thief }, ${users.join()} ] }`;
  const server = await startNatsServer({ port, config, ...(uid === undefined ? {} : { uid }) });
  const own = await connect({ servers: server.url, user: 'thief', pass: 'thief' });
  const heard: string[] = [];
  own.subscribe('>', {
    callback: (_, message) => {
      heard.push(`${message.subject} ${all(message)}`);
      message.respond(JUNK);
    },
  });
  await own.flush();
  return {
    heard,
    stop: async () => {
      await own.close();
      await server.stop();
    },
  };
}

const all = ({ data, headers }: Pick<Msg, 'data' | 'headers'>): string =>
  `${JSON.stringify([...(headers ?? [])])} ${text(data)}`;
