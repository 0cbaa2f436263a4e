import { createServer } from 'node:http';
import { performance } from 'node:perf_hooks';
import { InputFault } from './fault.mjs';
import { createHistogram } from './histogram.mjs';
import { QueueFull, rounded } from './service.mjs';

const MAX_BODY_BYTES = 8 * 1024 * 1024;
const BODY_DEADLINE_MS = 30_000;

/**
 * @typedef {(body: Buffer, askedAt: number) => Promise<import('./service.mjs').Reply>} Handle
 *   askedAt: when the request came, as of performance.now()
 */

/**
 * POST /infer, GET /metrics (a histogram of the response times of /infer, as a client sees them)
 * and GET /healthz. An empty body asks for the default input.
 * @param {number} port
 * @param {{ handle: Handle, onAnswer: (answer: import('./service.mjs').Answer) => void }} inference
 *   handle throws InputFault for a body it cannot use; onAnswer is told of each answer when it
 *   has been sent, as access logs are
 * @returns {Promise<void>} settled once it listens
 */
export function startServer(port, { handle, onAnswer }) {
  const histogram = createHistogram();
  const server = createServer({ requestTimeout: BODY_DEADLINE_MS }, (request, response) => {
    const startedAt = performance.now();
    if (pathOf(request) === '/infer')
      response.once('finish', () =>
        histogram.observe((performance.now() - startedAt) / 1000, response.statusCode),
      );
    if (pathOf(request) === '/metrics' && request.method === 'GET') {
      response
        .writeHead(200, { 'content-type': 'text/plain; version=0.0.4' })
        .end(histogram.page());
      return;
    }
    const handleNow = async (/** @type {Buffer} */ body) => {
      const reply = await handle(body, startedAt);
      response.once('finish', () =>
        onAnswer({ ...reply.answer, ms: rounded(performance.now() - startedAt) }),
      );
      return reply;
    };
    answer(request, response, handleNow).catch((error) => {
      const status = statusOf(error);
      if (status === 500) console.error(String(error));
      send(response, status, {
        error: status === 500 ? 'the inference failed; see the log.' : error.message,
      });
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      reject(new InputFault(`--port ${port} cannot be opened (${error.code}); give a free one.`));
    });
    server.listen(port, () => resolve());
  });
}

/** @param {import('node:http').IncomingMessage} request */
const pathOf = (request) => (request.url ?? '/').split('?')[0];

/** @param {unknown} error */
function statusOf(error) {
  if (error instanceof InputFault) return 400;
  return error instanceof QueueFull ? 503 : 500;
}

/**
 * @type {(request: import('node:http').IncomingMessage, response:
 *   import('node:http').ServerResponse, handle: (body: Buffer) => ReturnType<Handle>) =>
 *   Promise<void>}
 */
async function answer(request, response, handle) {
  const pathname = pathOf(request);
  if (pathname === '/healthz' && request.method === 'GET')
    return send(response, 200, { status: 'ok' });
  if (pathname !== '/infer')
    return send(response, 404, {
      error: 'not found; use POST /infer, GET /metrics or GET /healthz.',
    });
  if (request.method !== 'POST')
    return send(response, 405, { error: `${request.method} is not possible; use POST.` });
  const body = await readBody(request);
  if (body === undefined) {
    response.setHeader('connection', 'close');
    return send(response, 413, {
      error: `the body is larger than ${MAX_BODY_BYTES} bytes; send a smaller one.`,
    });
  }
  const reply = await handle(body);
  send(response, 200, { ...reply.answer, results: reply.results });
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @returns {Promise<Buffer | undefined>} undefined when it is too large
 */
async function readBody(request) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** @type {(response: import('node:http').ServerResponse, status: number, body: object) => void} */
function send(response, status, body) {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(body)}\n`);
}
