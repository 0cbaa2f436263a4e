import { Agent, type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { performance } from 'node:perf_hooks';
import { messageOf } from '../../shared/errors.js';
import { err, ok, type Result } from '../../shared/result.js';
import type { HttpAnswer, HttpClient, HttpRequest } from '../ports/http.js';

/** Makes a client with at most one connection, which is kept between requests. */
export function createHttpClient(): HttpClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 1, maxFreeSockets: 1 });
  return {
    ask: (request, onText) =>
      new Promise((resolve) => new Exchange(agent, request, onText, resolve)),
    close: () => agent.destroy(),
  };
}

type Settle = (answer: Result<HttpAnswer, string>) => void;

/** One request and its answer; settles exactly once, whatever the other side does. */
class Exchange {
  readonly #startedAt = performance.now();
  readonly #request: HttpRequest;
  readonly #onText: (chunk: string) => void;
  readonly #settle: Settle;
  readonly #decoder = new TextDecoder();
  readonly #timer: NodeJS.Timeout;
  #outgoing: ClientRequest | undefined;
  #bytes = 0;
  #isSecond = false;
  #isOver = false;

  constructor(agent: Agent, request: HttpRequest, onText: (chunk: string) => void, settle: Settle) {
    this.#request = request;
    this.#onText = onText;
    this.#settle = settle;
    this.#timer = setTimeout(
      () => this.#fail(`no answer within ${request.deadlineMs} ms`),
      request.deadlineMs,
    );
    try {
      this.#outgoing = this.#send(agent);
    } catch (cause) {
      this.#fail(messageOf(cause));
    }
  }

  #send(agent: Agent): ClientRequest {
    const { host, port, path, method, body, accept = '*/*' } = this.#request;
    const payload =
      body === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const headers = { accept, 'user-agent': 'dqoes', ...payload };
    const outgoing = httpRequest({ agent, host, port, path, method, headers }, (response) =>
      this.#answered(response),
    );
    outgoing.on('error', (cause) => this.#lost(agent, outgoing, cause));
    outgoing.end(body);
    return outgoing;
  }

  // A server may close a kept connection just as it is used again: nothing was asked yet, so the
  // client asks once more.
  #lost(agent: Agent, outgoing: ClientRequest, cause: Error): void {
    const wasClosed =
      outgoing.reusedSocket && (cause as NodeJS.ErrnoException).code === 'ECONNRESET';
    if (this.#isOver || this.#isSecond || !wasClosed || this.#request.method !== 'GET') {
      this.#fail(messageOf(cause));
      return;
    }
    this.#isSecond = true;
    this.#outgoing = this.#send(agent);
  }

  #answered(response: IncomingMessage): void {
    response.on('data', (chunk: Buffer) => this.#take(response, chunk));
    response.on('error', (cause) => this.#fail(messageOf(cause)));
    response.on('end', () => this.#end(response));
    response.on('close', () => this.#fail('the answer was cut short'));
  }

  #take(response: IncomingMessage, chunk: Buffer): void {
    if (this.#isOver) return;
    this.#bytes += chunk.length;
    if (this.#bytes > this.#request.maxBytes)
      this.#fail(`the answer is over ${this.#request.maxBytes} bytes`);
    else if (response.statusCode === 200) this.#hand(this.#decoder.decode(chunk, { stream: true }));
  }

  // A listener that throws is a bug of ours; the exchange ends all the same.
  #hand(text: string): void {
    try {
      if (text !== '') this.#onText(text);
    } catch (cause) {
      this.#fail(messageOf(cause));
    }
  }

  #end(response: IncomingMessage): void {
    if (this.#isOver) return;
    if (response.statusCode === 200) this.#hand(this.#decoder.decode());
    const elapsedMs = performance.now() - this.#startedAt;
    this.#finish(ok({ status: response.statusCode ?? 0, elapsedMs, bytes: this.#bytes }));
  }

  #fail(why: string): void {
    if (this.#isOver) return;
    const { host, port, path } = this.#request;
    this.#finish(err(`http://${host.includes(':') ? `[${host}]` : host}:${port}${path}: ${why}`));
    this.#outgoing?.destroy();
  }

  #finish(answer: Result<HttpAnswer, string>): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#settle(answer);
  }
}
