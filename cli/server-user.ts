import { readFileSync } from 'node:fs';
import type { ServerRule } from '../proto/nats/connect.js';
import { type ServerUser, serverUserIn } from '../proto/nats/server-user.js';

/** Of this process; undefined = the system has no such numbers. */
export const ownUser = (): number | undefined => process.getuid?.();

/** A server that this process started itself, or has the Docker Engine run. */
export const OWN_CHILD: ServerRule = {
  mayRun: (user) => user === ownUser(),
  cure: 'end it, and start dqoes up again',
};

/** As the kernel of this machine says. */
export const serverUser: ServerUser = (ports) => {
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const user = serverUserIn(textOf(table), ports);
    if (user !== undefined) return user;
  }
  return undefined;
};

/** Of a user of this machine; undefined = there is none of that name. */
export function userNumber(name: string): number | undefined {
  const lines = textOf('/etc/passwd').split('\n');
  const [, , number] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
  return number === undefined ? undefined : Number(number);
}

/** Empty where it is hidden, or IPv6 is switched off. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
