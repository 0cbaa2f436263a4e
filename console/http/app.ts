import { createHash } from 'node:crypto';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { readerOf } from '../../proto/codec/check.js';
import { decodeJson } from '../../proto/codec/json.js';
import { anything } from '../../proto/codec/words.js';
import type { Clock } from '../../shared/clock.js';
import { messageOf } from '../../shared/errors.js';
import type { Log } from '../../shared/log.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import type { ConsoleLimits, ConsoleSettings } from '../contract.js';
import { faultsOf } from './faults-of.js';
import { STATUS_CSS, statusPage } from './status-page.js';
import { Access, type Caller, roleFault } from './access.js';
import { TokenBuckets } from './buckets.js';
import { addOpenApi, openApiOf } from './openapi.js';
import { hostFault, isLoopback, siteFault } from './origin.js';
import { parameterFaults } from './parameters.js';
import { PROBLEM_TYPE, problemOf, statusOf } from './problem.js';
import { READING } from './reading.js';
import type { Answer, Refusal, Route, Sources } from './route.js';
import { EventStreams } from './stream.js';
import { WRITING } from './writing.js';

/** Every address of the API, below `/api/v1`. */
export const ROUTES: readonly Route[] = [...READING, ...WRITING];
export const BASE = '/api/v1';
const BODY_BYTES = 1024 * 1024;
const REQUEST_MS = 15_000;

/** What the server is made of. */
export interface AppOptions {
  readonly settings: Pick<ConsoleSettings, 'cluster' | 'host' | 'names' | 'requireToken'>;
  readonly limits: ConsoleLimits;
  readonly sources: Sources;
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
}

/** Of every answer; nothing may be framed, and no script runs, whatever a name holds. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; " +
    "frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** The HTTP server with all its addresses; nothing listens yet. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: BODY_BYTES,
    requestTimeout: REQUEST_MS,
    exposeHeadRoutes: false,
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 200 },
    return503OnClosing: false,
    forceCloseConnections: true,
  });
  // What arrives is checked by the readers of the wire, and answers are made by our own code.
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  readBodies(app);
  const guard = new Guard(options);
  app.addHook('onRequest', (request, reply) => guard.check(request, reply));
  app.setErrorHandler((cause, _request, reply) => failed(cause, reply, options.log));
  app.setNotFoundHandler((request, reply) => noRoute(request, reply));
  await addOpenApi(app, options.version);
  for (const route of ROUTES) addRoute(app, route, { options, guard });
  addStream(app, { options, guard });
  addPages(app, options);
  return app;
}

type Parts = { readonly options: AppOptions; readonly guard: Guard };

function readBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  // Read as bytes: depth and the names of keys are looked at before anything is made of them.
  for (const type of ['application/json', 'application/yaml'])
    app.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, body, done) => {
      done(null, body);
    });
}

/** What every request has to pass, and who makes it. */
class Guard {
  readonly #options: AppOptions;
  readonly #access: Access;
  readonly #buckets: TokenBuckets;

  constructor(options: AppOptions) {
    const { requestsPerSecond, requestsAtOnce } = options.limits;
    this.#options = options;
    this.#access = new Access(options.sources.cluster, options.clock);
    this.#buckets = new TokenBuckets({ perSecond: requestsPerSecond, atOnce: requestsAtOnce });
  }

  async check(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
    const { settings, clock } = this.#options;
    reply.headers(HEADERS);
    const why = hostFault(request.headers.host, settings.names ?? []);
    if (why !== undefined) return refuse(reply, { faults: [refused('host', why)] });
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    const site = isReading ? undefined : siteFault(request.headers);
    if (site !== undefined) return refuse(reply, { faults: [refused('origin', site)] });
    const waitS = this.#buckets.take(this.#clientOf(request), clock.now());
    if (waitS === 0) return undefined;
    reply.header('retry-after', String(waitS));
    return refuse(reply, { faults: [tooMany(waitS)] });
  }

  /** Who asks; on loopback a viewer needs no token, unless it was said otherwise. */
  callerOf(request: FastifyRequest): Promise<Result<Caller>> {
    const { host, requireToken = false } = this.#options.settings;
    const mayBeNobody = !requireToken && isLoopback(host) && isLoopback(request.ip);
    return this.#access.callerOf(request.headers.authorization, mayBeNobody);
  }

  #clientOf({ ip, headers: { authorization } }: FastifyRequest): string {
    // Tokens that are not known must not make a client new each time.
    const [, id = ''] = /^Bearer +[A-Za-z0-9]+_([a-z0-9]{8,16})_/.exec(authorization ?? '') ?? [];
    return isLoopback(ip) ? `${ip} ${id}`.slice(0, 64) : ip;
  }
}

function addRoute(app: FastifyInstance, route: Route, { options, guard }: Parts): void {
  const { sources } = options;
  app.route({
    method: route.method,
    url: `${BASE}${route.path}`,
    schema: openApiOf(route),
    handler: async (request, reply) => {
      const caller = await guard.callerOf(request);
      if (!caller.ok) return refuse(reply, { faults: caller.error });
      const denied = roleFault(caller.value, route.role);
      if (denied !== undefined) return refuse(reply, { faults: [denied] });
      const [params, query] = [recordOf(request.params), recordOf(request.query)];
      const given = { path: params, query };
      const faults = parameterFaults(route.parameters ?? [], given);
      const body = bodyOf(route, request, sources);
      if (faults.length > 0 || !body.ok) {
        const wrong = body.ok ? [] : body.error;
        return refuse(reply, { faults: [...faults, ...wrong] });
      }
      const asked = { ...sources, caller: caller.value, params, query, body: body.value };
      return send(request, reply, await route.run(asked));
    },
  });
}

const recordOf = (value: unknown): Readonly<Record<string, string>> =>
  Object.assign({}, value as Readonly<Record<string, string>>);

function bodyOf(route: Route, request: FastifyRequest, { readJobs }: Sources): Result<unknown> {
  const { body } = request;
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  if (route.body === undefined) return bytes.length === 0 ? ok(undefined) : err([NO_BODY]);
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('application/yaml')) {
    if (route.takesJobFile !== true) return err([NO_YAML]);
    const jobs = readJobs(bytes.toString('utf8'));
    return jobs.ok ? ok({ jobs: jobs.value }) : jobs;
  }
  const read = decodeJson({ reader: ANY, maxBytes: BODY_BYTES }, bytes);
  if (!read.ok) return err([{ ...read.error, code: 'http.bad-request', field: 'body' }]);
  const faults = faultsOf(route.body, read.value);
  return faults.length === 0 ? read : err(faults);
}

const ANY = readerOf(anything('JSON'));

const NO_BODY: Fault = {
  code: 'http.bad-request',
  field: 'body',
  message: 'this takes no body: leave it out',
};
const NO_YAML: Fault = {
  code: 'http.bad-request',
  field: 'content-type',
  message: 'a job file is taken by POST /jobs and POST /plan: send application/json here',
};

/** The answer; a list that has not changed is not sent again. */
function send(request: FastifyRequest, reply: FastifyReply, answer: Answer): FastifyReply {
  if (!answer.ok) return refuse(reply, answer.error);
  const text = JSON.stringify(answer.value);
  reply.type('application/json; charset=utf-8');
  if (request.method !== 'GET') return reply.send(text);
  const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
  reply.header('etag', tag).header('cache-control', 'private, no-cache');
  const known = request.headers['if-none-match'];
  if (known?.split(',').some((each) => each.trim() === tag)) return reply.code(304).send();
  return reply.send(text);
}

/** Answers with what is wrong. */
function refuse(reply: FastifyReply, { faults, status = statusOf(faults) }: Refusal): FastifyReply {
  if (status === 401) reply.header('www-authenticate', 'Bearer realm="dqoes"');
  if (status === 503) reply.header('retry-after', '2');
  return reply.code(status).type(PROBLEM_TYPE).send(JSON.stringify(problemOf(faults, status)));
}

/** What fastify itself refuses, and bugs; the cause of a bug is in the log only. */
function failed(cause: unknown, reply: FastifyReply, log: Log): FastifyReply {
  const { statusCode = 500 } = cause as { readonly statusCode?: number };
  if (statusCode >= 400 && statusCode < 500) {
    const field = statusCode === 415 ? 'content-type' : 'body';
    const message = `${messageOf(cause).slice(0, 300)}${CURES[statusCode] ?? ''}`;
    const code = statusCode === 413 ? 'wire.too-large' : 'http.bad-request';
    return refuse(reply, { faults: [{ code, field, message }], status: statusCode });
  }
  log.error('console: a request failed', { cause: messageOf(cause) });
  return refuse(reply, { faults: [BUG], status: 500 });
}

const CURES: Readonly<Record<number, string>> = {
  413: `: at most ${BODY_BYTES} bytes are read`,
  415: ': send application/json, or a job file as application/yaml',
};
const BUG: Fault = {
  code: 'service.unavailable',
  field: '',
  message: 'the console failed to answer: see its log',
};

function noRoute(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = request.url.split('?')[0]?.slice(0, 200) ?? '';
  const message = `there is no ${request.method} ${path}: see /openapi.json`;
  return refuse(reply, { faults: [{ code: 'http.no-route', field: 'path', message }] });
}

const refused = (field: string, why: string): Fault => ({
  code: 'http.refused',
  field,
  message: `the request is refused: ${why}`,
});

const tooMany = (waitS: number): Fault => ({
  code: 'http.too-many',
  field: '',
  message: `too many requests of one client: ask again in ${waitS} s`,
});

function addStream(app: FastifyInstance, { options, guard }: Parts): void {
  const { sources, clock, limits } = options;
  const streams = new EventStreams({ feed: sources.events, clock, limits });
  app.addHook('preClose', async () => streams.stop());
  app.get(`${BASE}/stream`, { schema: STREAM_SCHEMA }, async (request, reply) => {
    const caller = await guard.callerOf(request);
    if (!caller.ok) return refuse(reply, { faults: caller.error });
    const last = request.headers['last-event-id'];
    const isNumber = typeof last === 'string' && /^\d{1,15}$/.test(last);
    if (last !== undefined && last !== '' && !isNumber)
      return refuse(reply, { faults: [BAD_LAST_ID] });
    if (streams.isFull) {
      reply.header('retry-after', '10');
      return refuse(reply, { faults: [TOO_MANY_STREAMS] });
    }
    reply.hijack();
    await streams.serve(reply.raw, isNumber ? Number(last) : undefined, HEADERS);
    return reply;
  });
}

const STREAM_SCHEMA = {
  operationId: 'getStream',
  summary: 'Events as they come, as server-sent events; resumed by Last-Event-ID.',
  headers: {
    type: 'object',
    properties: { 'last-event-id': { type: 'string', pattern: '^\\d{1,15}$' } },
  },
  produces: ['text/event-stream'],
};

const BAD_LAST_ID: Fault = {
  code: 'http.bad-request',
  field: 'last-event-id',
  message: 'last-event-id is not a sequence of ours: send the id of the last event, unchanged',
};
const TOO_MANY_STREAMS: Fault = {
  code: 'http.too-many',
  field: '',
  message: 'this console has as many streams open as it may: ask again later, or start another',
};

function addPages(app: FastifyInstance, { settings, sources, version }: AppOptions): void {
  app.get('/status.css', { schema: { hide: true } as object }, (_request, reply) =>
    reply.type('text/css; charset=utf-8').send(STATUS_CSS),
  );
  app.get('/', { schema: { hide: true } as object }, async (_request, reply) => {
    if (settings.requireToken === true || !isLoopback(settings.host) || !isLoopback(_request.ip))
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
    return reply.header('refresh', '5').type('text/html; charset=utf-8').send(html);
  });
}

const NO_PAGE: Fault = {
  code: 'auth.bad-token',
  field: 'authorization',
  message: 'the page is shown on the machine of the console only: use the API with a token here',
};
