import { fileURLToPath } from 'node:url';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Fault } from '../../shared/result.js';
import { refuse } from './answers.js';
import { chosenEncoding, type Encoding, sendEncoded } from './encoding.js';
import { isHeld } from './etag.js';
import { isLoopback } from './origin.js';
import { type AppOptions, PAGE_HEADERS } from './parts.js';
import { readSite, type SiteFile } from './site.js';
import { STATUS_CSS, statusPage } from './status-page.js';

/** Where `tools/page.mjs` puts the page. */
const SITE = fileURLToPath(new URL('../page/site', import.meta.url));
/** Addresses of the page; the page itself finds out which one it was opened at. */
const VIEWS = ['/', '/jobs/:name', '/nodes/:id', '/events', '/submit', '/report'];
const hidden = { schema: { hide: true } as object };

/** Answers a browser that was led to an address that there is not; undefined = it is none. */
export type NoPage = (request: FastifyRequest, reply: FastifyReply) => FastifyReply | undefined;

/** Adds what people look at: the page, and the status page, which runs no script. */
export function addPages(app: FastifyInstance, options: AppOptions): NoPage {
  const site = readSite(SITE);
  const page = site.get('/index.html');
  for (const [address, file] of site)
    if (file !== page) app.get(address, hidden, (request, reply) => sendFile(request, reply, file));
  for (const view of page === undefined ? [] : VIEWS)
    app.get(view, hidden, (request, reply) => sendFile(request, reply, page as SiteFile));
  app.get('/status.css', hidden, (_request, reply) =>
    reply.type('text/css; charset=utf-8').send(STATUS_CSS),
  );
  for (const address of page === undefined ? ['/', '/status'] : ['/status'])
    app.get(address, hidden, (request, reply) => sendStatus(request, reply, options));
  // The page says that there is no such page, and leads on.
  return (request, reply) =>
    page !== undefined && isOpened(request) ? sendBytes(request, reply.code(404), page) : undefined;
}

/** A person opened the address in a browser: what programs ask for is no HTML. */
const isOpened = ({ method, url, headers }: FastifyRequest): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  !url.startsWith('/api/') &&
  /\btext\/html\b/.test(headers.accept ?? '');

/** The page holds nothing of the cluster: what it shows, it asks the API for. */
function sendFile(request: FastifyRequest, reply: FastifyReply, file: SiteFile): FastifyReply {
  const { etag, isLasting } = file;
  reply
    .header('cache-control', isLasting ? 'public, max-age=31536000, immutable' : 'no-cache')
    .header('etag', etag);
  const { method, headers } = request;
  if (method === 'GET' && isHeld(headers['if-none-match'], etag))
    return reply.headers(PAGE_HEADERS).code(304).send();
  return sendBytes(request, reply, file);
}

function sendBytes(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  { type, bytes, encoded }: SiteFile,
): FastifyReply {
  reply.headers(PAGE_HEADERS);
  const encoding = chosenEncoding(headers['accept-encoding'], Object.keys(encoded) as Encoding[]);
  if (encoding !== undefined) reply.header('content-encoding', encoding);
  return reply.type(type).send(encoding === undefined ? bytes : encoded[encoding]);
}

async function sendStatus(
  request: FastifyRequest,
  reply: FastifyReply,
  { settings, sources, version }: AppOptions,
): Promise<FastifyReply> {
  if (settings.requireToken === true || !isLoopback(settings.host) || !isLoopback(request.ip))
    return refuse(reply, { faults: [NO_PAGE] });
  const { cluster } = sources;
  const jobs = await cluster.jobs();
  const html = statusPage({
    cluster: settings.cluster,
    version,
    summary: cluster.summary(),
    hasLeader: cluster.hasLeader,
    nodes: cluster.nodes(),
    jobs: jobs.ok ? jobs.value : null,
  });
  return sendEncoded(request, reply.header('refresh', '5').type('text/html; charset=utf-8'), html);
}

const NO_PAGE: Fault = {
  code: 'auth.bad-token',
  field: 'authorization',
  message:
    'the status page is shown on the machine of the console only: open / here, and sign in with ' +
    'a token',
};
