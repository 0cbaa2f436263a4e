import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { err, type Result } from '../../shared/result.js';
import { type PushedBatch, parseObservations, tokenOf } from '../observe/push/observations.js';
import { readMetricsRequest } from '../observe/push/otlp/otlp.js';
import { decodeMetricsRequest } from '../observe/push/otlp/protobuf.js';

/** Larger bodies are refused without being read to the end, bytes. */
export const BODY_MAX_BYTES = 64 * 1024;
/** OpenTelemetry sends all of a program's metrics at once. */
export const METRICS_MAX_BYTES = 1024 * 1024;
/** Bodies that are being read may have so much together, bytes: senders may be many, and slow. */
export const BODIES_MAX_BYTES = 32 * 1024 * 1024;
const PROTOBUF = 'application/x-protobuf';

/** What is done with pushed data. */
export interface PushHandlers {
  /** Returns how many observations and histograms were taken. */
  accept(address: string, batch: PushedBatch): number;
  /** Whether the sender may have that number of bytes read now: it costs, whatever is in them. */
  mayRead(address: string, bytes: number): boolean;
  /** A request that held nothing usable. */
  reject(): void;
}

interface PushAnswer {
  readonly status: number;
  /** Absent = no body. */
  readonly body?: Readonly<Record<string, unknown>>;
  readonly type?: string;
}

/** A path that accepts pushed data: how its body is read, and how that is answered. */
interface Route {
  readonly maxBytes: number;
  read(request: IncomingMessage, body: Buffer): Result<PushedBatch, string>;
  taken(
    request: IncomingMessage,
    counts: { readonly accepted: number; readonly rejected: number },
  ): PushAnswer;
}

const ROUTES: Readonly<Record<string, Route>> = {
  '/v1/observations': {
    maxBytes: BODY_MAX_BYTES,
    read: (_, body) => parseObservations(body.toString('utf8')),
    taken: (_, counts) => ({ status: 202, body: { ...counts } }),
  },
  '/v1/metrics': {
    maxBytes: METRICS_MAX_BYTES,
    read: readOtlp,
    taken: (request, { rejected }) =>
      isProtobuf(request)
        ? { status: 200, type: PROTOBUF }
        : {
            status: 200,
            body:
              rejected === 0 ? {} : { partialSuccess: { rejectedDataPoints: String(rejected) } },
          },
  },
};

/**
 * `POST /v1/observations`: 202 `{accepted, rejected}`; `POST /v1/metrics`: OTLP/HTTP, JSON or
 * protobuf. Else 400, 404, 405, 413, 415, 429 or 503 with `{error}`. Not yet listening.
 */
export function createPushServer(handlers: PushHandlers): Server {
  const held: HeldBodies = { bytes: 0 };
  const server = createServer(
    { headersTimeout: 5000, requestTimeout: 10_000, keepAliveTimeout: 5000 },
    (request, response) => serve(request, response, { handlers, held }),
  );
  server.maxConnections = 512;
  server.on('clientError', (_, socket) => {
    handlers.reject();
    socket.destroy();
  });
  return server;
}

/** Of all bodies that are being read. */
interface HeldBodies {
  bytes: number;
}
interface Serving {
  readonly handlers: PushHandlers;
  readonly held: HeldBodies;
}

function serve(
  request: IncomingMessage,
  response: ServerResponse,
  { handlers, held }: Serving,
): void {
  const route = routeOf(request);
  const refused = route === undefined ? NOTHING_HERE : refusalOf(request, route);
  if (refused !== undefined || route === undefined) {
    handlers.reject();
    answer(request, response, refused ?? NOTHING_HERE);
    return;
  }
  const chunks: Buffer[] = [];
  let size = 0;
  const release = (): void => {
    held.bytes -= size;
    size = 0;
    chunks.length = 0;
  };
  request.on('data', (chunk: Buffer) => {
    if (response.writableEnded) return;
    held.bytes += chunk.length;
    size += chunk.length;
    chunks.push(chunk);
    const fault =
      size > route.maxBytes ? tooLarge(route) : held.bytes > BODIES_MAX_BYTES ? BUSY : undefined;
    if (fault === undefined) return;
    release();
    handlers.reject();
    answer(request, response, fault);
  });
  response.once('close', release);
  request.on('end', () => {
    if (!response.writableEnded)
      answer(request, response, take(request, { route, body: Buffer.concat(chunks), handlers }));
  });
  // A sender that goes away mid-body leaves nothing behind.
  request.on('error', () => handlers.reject());
}

const NOTHING_HERE: PushAnswer = {
  status: 404,
  body: { error: `nothing here: POST to ${Object.keys(ROUTES).join(' or ')}` },
};

function routeOf(request: IncomingMessage): Route | undefined {
  const path = (request.url ?? '').split('?')[0] ?? '';
  return Object.hasOwn(ROUTES, path) ? ROUTES[path] : undefined;
}

function refusalOf(request: IncomingMessage, route: Route): PushAnswer | undefined {
  if (request.method !== 'POST')
    return { status: 405, body: { error: `use POST on ${(request.url ?? '').split('?')[0]}` } };
  const coding = request.headers['content-encoding'] ?? 'identity';
  if (coding !== 'identity')
    return { status: 415, body: { error: `${coding} is not read: send without compression` } };
  return Number(request.headers['content-length'] ?? 0) > route.maxBytes
    ? tooLarge(route)
    : undefined;
}

const tooLarge = ({ maxBytes }: Route): PushAnswer => ({
  status: 413,
  body: { error: `the body is over ${maxBytes} bytes: send less at a time` },
});

const BUSY: PushAnswer = {
  status: 503,
  body: { error: 'too much is being sent at once: send it again later' },
};

const TOO_MUCH: PushAnswer = {
  status: 429,
  body: { error: 'too many bytes in this second: send less' },
};

interface Taking {
  readonly route: Route;
  readonly body: Buffer;
  readonly handlers: PushHandlers;
}

function take(request: IncomingMessage, { route, body, handlers }: Taking): PushAnswer {
  const address = request.socket.remoteAddress ?? '';
  if (!handlers.mayRead(address, body.length)) {
    handlers.reject();
    return TOO_MUCH;
  }
  const parsed = readSafely(route, request, body);
  if (!parsed.ok) {
    handlers.reject();
    return { status: 400, body: { error: parsed.error } };
  }
  const token = bearerOf(request) ?? parsed.value.token;
  const { token: _, ...pushed } = parsed.value;
  const offered = pushed.observations.length + (pushed.histograms?.length ?? 0);
  const batch: PushedBatch = token === undefined ? pushed : { ...pushed, token };
  const accepted = handlers.accept(address, batch);
  if (accepted === 0 && offered > 0)
    return { status: 429, body: { error: 'too many observations in this second: send fewer' } };
  return route.taken(request, { accepted, rejected: pushed.rejected + offered - accepted });
}

/** Nothing that a sender writes may end the agent. */
function readSafely(
  route: Route,
  request: IncomingMessage,
  body: Buffer,
): Result<PushedBatch, string> {
  try {
    return route.read(request, body);
  } catch {
    return err('the body cannot be read');
  }
}

const isProtobuf = (request: IncomingMessage): boolean =>
  (request.headers['content-type'] ?? '').startsWith(PROTOBUF);

function readOtlp(request: IncomingMessage, body: Buffer): Result<PushedBatch, string> {
  const decoded = isProtobuf(request)
    ? decodeMetricsRequest(body)
    : parseJson(body.toString('utf8'));
  if (!decoded.ok) return decoded;
  const read = readMetricsRequest(decoded.value);
  return read.ok ? { ok: true, value: { observations: [], ...read.value } } : read;
}

function parseJson(text: string): Result<unknown, string> {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return err('the body is not JSON: send an OTLP ExportMetricsServiceRequest');
  }
}

const bearerOf = (request: IncomingMessage): string | undefined =>
  tokenOf(/^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]);

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { status, body, type }: PushAnswer,
): void {
  // An unread body would keep the connection; close it instead of reading on.
  if (!request.complete) response.setHeader('connection', 'close');
  response.writeHead(status, { 'content-type': type ?? 'application/json' });
  response.end(body === undefined ? undefined : `${JSON.stringify(body)}\n`, () => {
    if (!request.complete) request.destroy();
  });
}
