import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import { DEFAULT_SOCKET } from '../../agent/drivers/docker-engine.js';

/**
 * How the Engine behaves: `pass` as it is; `slow`, an answer comes late; `hangs`, none comes;
 * `refuses`, every call is a 500; `lies`, changes are confirmed and not done; `cuts`, answers end
 * half-way and streams break; `gone`, nobody listens.
 */
export type DockerFault = 'pass' | 'slow' | 'hangs' | 'refuses' | 'lies' | 'cuts' | 'gone';

const CUT_AFTER_BYTES = 20;
const STREAMS = /\/(events|containers\/[^/]+\/logs)\b/;
const CHANGES = /\/containers\/[^/]+\/(update|start|stop|kill)\b/;

/** A socket in front of the Docker Engine that an agent is given, and that misbehaves as told. */
export class DockerProxy {
  readonly #path: string;
  readonly #server: Server;
  #fault: DockerFault = 'pass';
  /** Time before an answer while it is `slow`, ms. */
  delayMs = 1500;
  /** Calls that met a fault, since it began. */
  hits = 0;

  private constructor(path: string) {
    this.#path = path;
    this.#server = createServer((asked, answer) => this.#serve(asked, answer));
  }

  static async listen(path: string): Promise<DockerProxy> {
    const proxy = new DockerProxy(path);
    await proxy.#listen();
    return proxy;
  }

  /** Streams that are open break where the next fault is one of broken answers. */
  async become(fault: DockerFault): Promise<void> {
    const before = this.#fault;
    this.#fault = fault;
    this.hits = 0;
    if (fault === 'cuts' || fault === 'gone' || before === 'hangs')
      this.#server.closeAllConnections();
    if (fault === 'gone') await this.#close();
    if (before === 'gone') await this.#listen();
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    if (this.#fault !== 'gone') await this.#close();
  }

  async #listen(): Promise<void> {
    this.#server.listen(this.#path);
    await once(this.#server, 'listening');
  }
  async #close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    await closed;
  }

  #serve(asked: IncomingMessage, answer: ServerResponse): void {
    const url = asked.url ?? '';
    // A client that went away is no fault of the proxy.
    answer.on('error', () => {});
    asked.on('error', () => {});
    if (this.#fault !== 'pass') this.hits += 1;
    switch (this.#fault) {
      case 'hangs':
        asked.resume();
        return;
      case 'refuses':
        asked.resume();
        respond(answer, 500, { message: 'the test says so' });
        return;
      case 'lies':
        if (!CHANGES.test(url)) break;
        asked.resume();
        if (url.includes('/update')) respond(answer, 200, { Warnings: null });
        else answer.writeHead(204).end();
        return;
      case 'slow':
        if (!STREAMS.test(url)) {
          setTimeout(() => this.#forward(asked, answer), this.delayMs);
          return;
        }
        break;
      default:
    }
    this.#forward(asked, answer);
  }

  #forward(asked: IncomingMessage, answer: ServerResponse): void {
    const { method, url: path, headers } = asked;
    const inner = request({ socketPath: DEFAULT_SOCKET, method, path, headers }, (told) => {
      answer.writeHead(told.statusCode ?? 500, told.headers);
      answer.flushHeaders();
      if (this.#fault === 'cuts') cut(told, answer);
      else told.pipe(answer);
      told.on('error', () => answer.destroy());
    });
    inner.on('error', () => answer.destroy());
    answer.on('close', () => inner.destroy());
    asked.pipe(inner);
  }
}

function cut(told: IncomingMessage, answer: ServerResponse): void {
  told.once('data', (part: Buffer) => {
    answer.write(part.subarray(0, CUT_AFTER_BYTES), () => answer.destroy());
  });
  told.once('end', () => answer.destroy());
}

function respond(answer: ServerResponse, status: number, body: object): void {
  answer.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
}
