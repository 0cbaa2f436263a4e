import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type PushedBatch, parseObservations, tokenOf } from '../observe/observations.js';

/** Larger bodies are refused without being read to the end, bytes. */
export const BODY_MAX_BYTES = 64 * 1024;
const PATH = '/v1/observations';

export interface PushHandlers {
  /** Returns how many observations were taken. */
  accept(address: string, batch: PushedBatch): number;
  /** A request that held nothing usable. */
  reject(): void;
}

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** `POST /v1/observations`: 202 `{accepted, rejected}`, 400, 404, 405, 413 or 429 with `{error}`. Not yet listening. */
export function createPushServer(handlers: PushHandlers): Server {
  const server = createServer(
    { headersTimeout: 5000, requestTimeout: 10_000, keepAliveTimeout: 5000 },
    (request, response) => serve(request, response, handlers),
  );
  server.maxConnections = 512;
  server.on('clientError', (_, socket) => {
    handlers.reject();
    socket.destroy();
  });
  return server;
}

function serve(request: IncomingMessage, response: ServerResponse, handlers: PushHandlers): void {
  const refused = refusalOf(request);
  if (refused !== undefined) {
    handlers.reject();
    answer(request, response, refused);
    return;
  }
  const chunks: Buffer[] = [];
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > BODY_MAX_BYTES && !response.writableEnded) {
      handlers.reject();
      answer(request, response, tooLarge());
    } else if (!response.writableEnded) chunks.push(chunk);
  });
  request.on('end', () => {
    if (!response.writableEnded)
      answer(request, response, take(request, Buffer.concat(chunks).toString('utf8'), handlers));
  });
  // A sender that goes away mid-body leaves nothing behind.
  request.on('error', () => handlers.reject());
}

function refusalOf(request: IncomingMessage): Answer | undefined {
  const path = (request.url ?? '').split('?')[0];
  if (path !== PATH) return { status: 404, body: { error: `nothing here: POST to ${PATH}` } };
  if (request.method !== 'POST') return { status: 405, body: { error: `use POST on ${PATH}` } };
  return Number(request.headers['content-length'] ?? 0) > BODY_MAX_BYTES ? tooLarge() : undefined;
}

const tooLarge = (): Answer => ({
  status: 413,
  body: { error: `the body is over ${BODY_MAX_BYTES} bytes: send less at a time` },
});

function take(request: IncomingMessage, text: string, handlers: PushHandlers): Answer {
  const parsed = parseObservations(text);
  if (!parsed.ok) {
    handlers.reject();
    return { status: 400, body: { error: parsed.error } };
  }
  const token = bearerOf(request) ?? parsed.value.token;
  const { observations, rejected } = parsed.value;
  const batch: PushedBatch = token === undefined ? { observations, rejected } : { observations, rejected, token };
  const accepted = handlers.accept(request.socket.remoteAddress ?? '', batch);
  if (accepted === 0) return { status: 429, body: { error: 'too many observations in this second: send fewer' } };
  return { status: 202, body: { accepted, rejected: rejected + observations.length - accepted } };
}

const bearerOf = (request: IncomingMessage): string | undefined =>
  tokenOf(/^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]);

function answer(request: IncomingMessage, response: ServerResponse, { status, body }: Answer): void {
  // An unread body would keep the connection; close it instead of reading on.
  if (!request.complete) response.setHeader('connection', 'close');
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(body)}\n`, () => {
    if (!request.complete) request.destroy();
  });
}
