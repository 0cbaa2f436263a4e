import Fastify, { type FastifyInstance } from 'fastify';
import { DEFAULT_LIMITS } from '../contract.js';
import { roleFault } from './access.js';
import { failed, noRoute, refuse, send, sendCsv, wantsCsv } from './answers.js';
import { bodyOf, readBodies } from './body.js';
import { refuseBroken } from './broken.js';
import { addStream, STREAM } from './event-route.js';
import { Guard, type Parts } from './guard.js';
import { addOpenApi, openApiOf } from './openapi.js';
import { Outgoing } from './outgoing.js';
import { addPages } from './page-routes.js';
import { parameterFaults } from './parameters.js';
import { type AppOptions, BASE, BODY_BYTES, HEADERS } from './parts.js';
import { QUOTING } from './quoting.js';
import { READING } from './reading.js';
import type { Route } from './route.js';
import { SUMMARISING } from './summarising.js';
import { Turns } from './turns.js';
import { REPORTING } from './usage-route.js';
import { WRITING } from './writing.js';

/** Every address of the API, below `/api/v1`. */
export const ROUTES: readonly Route[] = [
  ...READING,
  ...SUMMARISING,
  ...REPORTING,
  ...QUOTING,
  ...WRITING,
];
const REQUEST_MS = 15_000;

/** The HTTP server with all its addresses; nothing listens yet. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: BODY_BYTES,
    requestTimeout: REQUEST_MS,
    exposeHeadRoutes: true,
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 200 },
    return503OnClosing: false,
    frameworkErrors: (cause, _request, reply) => {
      failed(cause, reply.headers(HEADERS), options.log);
    },
    // Without a Host it is refused here, in our words.
    http: { requireHostHeader: false },
    clientErrorHandler: (cause, socket) => refuseBroken(cause, socket),
    forceCloseConnections: true,
  });
  // What arrives is checked by the readers of the wire, and answers are made by our own code.
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  readBodies(app);
  const guard = new Guard(options);
  app.addHook('onRequest', (request, reply) => guard.check(request, reply));
  app.addHook('onResponse', async (request, reply) => {
    const isStream = request.routeOptions.url === STREAM && reply.statusCode === 200;
    if (!isStream) options.meter?.request(reply.statusCode, reply.elapsedTime / 1000);
  });
  countUnsent(app, new Outgoing(options.limits.unsentBytes));
  app.setErrorHandler((cause, _request, reply) => failed(cause, reply, options.log));
  await addOpenApi(app, options.version);
  const parts = { options, guard, turns: new Turns() };
  for (const route of ROUTES) addRoute(app, route, parts);
  addStream(app, parts);
  const noPage = addPages(app, options);
  app.setNotFoundHandler((request, reply) => noPage(request, reply) ?? noRoute(request, reply));
  return app;
}

/** Streams are none of these: each of their messages waits for the one before. */
function countUnsent(app: FastifyInstance, outgoing: Outgoing): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    const isBytes = typeof payload === 'string' || Buffer.isBuffer(payload);
    const bytes = request.method !== 'HEAD' && isBytes ? Buffer.byteLength(payload) : 0;
    reply.raw.once('finish', outgoing.add(request.raw.socket, bytes));
    done(null, payload);
  });
}

function addRoute(app: FastifyInstance, route: Route, { options, guard, turns }: Parts): void {
  const { sources, settings, version } = options;
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
      const about = { cluster: settings.cluster, version, nowMs: options.clock.wall() };
      const checked = { params, query, body: body.value };
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      const { signal } = gone;
      const { clock } = options;
      const asked = { ...sources, clock, about, caller: caller.value, signal, ...checked };
      const key = guard.clientOf(request, caller.value);
      const answer = await turns.take(route, { key, signal }, () => route.run(asked));
      const { csv } = route;
      if (csv !== undefined) reply.header('vary', 'accept, accept-encoding');
      return csv !== undefined && wantsCsv(request, query)
        ? sendCsv(request, reply, { answer, linesOf: csv })
        : send(request, reply, answer);
    },
  });
}

/** With each key as its own: assigned, `__proto__` would vanish instead of being refused. */
const recordOf = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(value as Readonly<Record<string, string>>));

/** The OpenAPI document of all routes, without anything that runs. */
export async function openApiDocument(version: string): Promise<object> {
  const nothing = {} as never;
  const settings = { cluster: 'main', host: '127.0.0.1' };
  const limits = DEFAULT_LIMITS;
  const known = { cluster: nothing, events: nothing, day: nothing, nodeHours: nothing };
  const sources = { ...known, reports: nothing, readJobs: nothing };
  const parts = { settings, limits, sources, version, clock: nothing, log: nothing };
  const app = await buildApp(parts);
  await app.ready();
  return JSON.parse(JSON.stringify(app.swagger())) as object;
}
