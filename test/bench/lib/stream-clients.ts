import { connect, type Socket } from 'node:net';

/** Clients of the stream of a console, all but the stuck one reading as fast as they can. */
export class StreamClients {
  /** From the moment an event was appended until each client had it, ms. */
  readonly delaysMs: number[] = [];
  received = 0;
  isStuckCut = false;
  readonly #sockets: Socket[] = [];

  /** Opens `count` streams; resolves when each has had its first bytes. */
  async open(url: string, count: number): Promise<void> {
    await Promise.all(Array.from({ length: count }, () => this.#reader(url)));
  }

  /** One more, which never reads. */
  openStuck(url: string): void {
    const socket = this.#connect(url);
    socket.pause();
    socket.once('close', () => {
      this.isStuckCut = true;
    });
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #connect(url: string): Socket {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port) });
    socket.on('error', () => {});
    socket.write('GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n');
    this.#sockets.push(socket);
    return socket;
  }

  #reader(url: string): Promise<void> {
    const socket = this.#connect(url);
    return new Promise((resolve) => {
      let text = '';
      socket.on('data', (chunk: Buffer) => {
        resolve();
        text += chunk.toString('latin1');
        const lines = text.split('\n');
        text = lines.pop() ?? '';
        for (const line of lines) this.#take(line);
      });
    });
  }

  #take(line: string): void {
    const [, sentAt] = /"sentAtMs":([\d.]+)/.exec(line) ?? [];
    if (sentAt === undefined) return;
    this.received += 1;
    this.delaysMs.push(performance.timeOrigin + performance.now() - Number(sentAt));
  }
}
