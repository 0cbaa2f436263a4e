import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A client at one end, the server at the other. */
interface Line {
  readonly client: Socket;
  readonly server: Socket;
  /** As the client calls its connection; undefined = it has not said. */
  name: string | undefined;
}

/**
 * A way to a NATS server on which clients can be cut off one by one, by the names of their
 * connections: nothing passes any more, and nobody is told.
 */
export class NatsCable {
  readonly #server: Server;
  readonly #lines = new Set<Line>();
  readonly #cut = new Set<string>();

  private constructor(port: number) {
    this.#server = createServer((client) => this.#join(client, port));
  }

  /** `port`: of the server, on this machine. */
  static async to(port: number): Promise<NatsCable> {
    const cable = new NatsCable(port);
    cable.#server.listen(0, '127.0.0.1');
    await once(cable.#server, 'listening');
    return cable;
  }

  get url(): string {
    return `nats://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  cut(name: string): void {
    this.#cut.add(name);
  }

  /** Its connections are dropped, so that it makes new ones. */
  mend(name: string): void {
    this.#cut.delete(name);
    for (const line of this.#lines) if (line.name === name) line.client.destroy();
  }

  async close(): Promise<void> {
    for (const { client } of this.#lines) client.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(client: Socket, port: number): void {
    const line: Line = { client, server: connect(port, '127.0.0.1'), name: undefined };
    const { server } = line;
    this.#lines.add(line);
    client.on('data', (data: Buffer) => {
      line.name ??= /"name":"([^"]*)"/.exec(data.toString('latin1'))?.[1];
      if (!this.#isCut(line)) server.write(data);
    });
    server.on('data', (data: Buffer) => {
      if (!this.#isCut(line)) client.write(data);
    });
    const end = (): void => {
      client.destroy();
      server.destroy();
      this.#lines.delete(line);
    };
    for (const socket of [client, server]) socket.on('error', end).on('close', end);
  }

  #isCut({ name }: Line): boolean {
    return name !== undefined && this.#cut.has(name);
  }
}
