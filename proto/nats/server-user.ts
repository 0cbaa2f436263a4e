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

/**
 * Remembers which user runs the server that was met first. Without TLS nothing else tells it from
 * another user's program that took its port; root may be that of any server.
 */
export class ServerPin {
  readonly #userOf: ServerUser;
  #known: number | undefined;

  constructor(userOf: ServerUser) {
    this.#userOf = userOf;
  }

  /** The user of the server that was met first; undefined = not known. */
  get known(): number | undefined {
    return this.#known;
  }

  /** The other user at this end; undefined = it is the same, root, or cannot be told. */
  foreignAt(ports: LoopbackPorts | undefined): number | undefined {
    const user = ports === undefined ? undefined : this.#userOf(ports);
    if (user === undefined) return undefined;
    this.#known ??= user;
    return user === this.#known || user === ROOT ? undefined : user;
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
