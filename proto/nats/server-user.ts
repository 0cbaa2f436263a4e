/** The two ends of a connection to a server on this machine. */
export interface LoopbackPorts {
  /** Ours. */
  readonly own: number;
  readonly server: number;
}

/** Which user runs the server at the other end, as the kernel has it; undefined = not known. */
export type ServerUser = (ports: LoopbackPorts) => number | undefined;

const ROOT = 0;
const ESTABLISHED = '01';
/** IPv4, also inside IPv6: 127.0.0.0/8, the last byte first; and ::1. */
const LOOPBACK = /^(?:(?:0{16}FFFF0000)?[0-9A-F]{6}7F|0{24}01000000)$/;

/**
 * The user of the server's end of a connection in the text of `/proc/net/tcp` or `tcp6`;
 * undefined = it is not there, as where the server runs in another network namespace.
 */
export function serverUserIn(table: string, { own, server }: LoopbackPorts): number | undefined {
  for (const line of table.split('\n').slice(1)) {
    const [, local = '', remote = '', state, , , , user = ''] = line.trim().split(/\s+/);
    if (state !== ESTABLISHED) continue;
    if (isAt(local, server) && isAt(remote, own) && /^\d+$/.test(user)) return Number(user);
  }
  return undefined;
}

function isAt(place: string, port: number): boolean {
  const [address = '', hex = ''] = place.split(':');
  return Number.parseInt(hex, 16) === port && LOOPBACK.test(address);
}

/** What a connection shows of the server at its other end. */
export interface ServerSeen {
  /** undefined = it is no plain connection to this machine. */
  readonly ports: LoopbackPorts | undefined;
  readonly asksForKeys: boolean;
}

/** What is different of a server from the one that was met first. */
export type Stranger =
  | { readonly kind: 'keyless' }
  | { readonly kind: 'foreign'; readonly user: number; readonly expected: number | undefined };

/** What a log says of them. */
export const STRANGERS: Readonly<Record<Stranger['kind'], string>> = {
  foreign:
    'bus: a program of another user has the port of NATS: it is not used. End that program ' +
    '(ss -ltnp shows it) and start NATS again; if NATS runs as that user from now on, start this ' +
    'program again',
  keyless:
    'bus: the server asks for no key, and the one before did: it is not used. Start NATS with ' +
    'its settings for keys again (dqoes auth init names the file); if it needs none now, start ' +
    'this program again',
};

/** What the first server is to be; what is absent nobody knows before. */
export interface ExpectedServer {
  /** The client has a key of its own. */
  readonly asksForKeys?: boolean;
  /** Whether that user of this machine may run it. */
  readonly mayRun?: (user: number) => boolean;
}

/**
 * Remembers the server that was met first: whether it asks for keys, and which user runs it.
 * Without TLS nothing else tells it from another program that took its port; root may be the user
 * of any server.
 */
export class ServerPin {
  readonly #userOf: ServerUser | undefined;
  readonly #mayRun: (user: number) => boolean;
  #asksForKeys: boolean | undefined;
  #user: number | undefined;

  constructor(userOf: ServerUser | undefined, expected: ExpectedServer = {}) {
    this.#userOf = userOf;
    this.#mayRun = expected.mayRun ?? (() => true);
    if (expected.asksForKeys === true) this.#asksForKeys = true;
  }

  /** undefined = nothing speaks against it; what does is not remembered. */
  strangerIn({ ports, asksForKeys }: ServerSeen): Stranger | undefined {
    if (this.#asksForKeys === true && !asksForKeys) return { kind: 'keyless' };
    const user = ports === undefined ? undefined : this.#userOf?.(ports);
    const expected = this.#user;
    if (user !== undefined && user !== ROOT) {
      const isKnown = expected === undefined ? this.#mayRun(user) : user === expected;
      if (!isKnown) return { kind: 'foreign', user, expected };
    }
    this.#asksForKeys ??= asksForKeys;
    this.#user ??= user;
    return undefined;
  }
}

/** What is read of a socket. */
export interface SocketEnds {
  readonly remoteAddress?: string | undefined;
  readonly localPort?: number | undefined;
  readonly remotePort?: number | undefined;
  /** Of TLS: the certificate tells who serves. */
  readonly encrypted?: boolean | undefined;
}

/** The ports of a plain connection to this machine; undefined = it is another kind. */
export function loopbackPortsOf(socket: SocketEnds | undefined): LoopbackPorts | undefined {
  const { remoteAddress = '', localPort: own, remotePort: server, encrypted } = socket ?? {};
  if (encrypted === true || own === undefined || server === undefined) return undefined;
  return /^(::ffff:)?127\.|^::1$/i.test(remoteAddress) ? { own, server } : undefined;
}
