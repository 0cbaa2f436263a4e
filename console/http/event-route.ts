import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Fault } from '../../shared/result.js';
import { refuse } from './answers.js';
import type { Guard, Parts } from './guard.js';
import { REFUSED } from './openapi.js';
import { BASE, HEADERS } from './parts.js';
import { EventStreams } from './stream.js';

/** The address of the stream. */
export const STREAM = `${BASE}/stream`;

/** Adds `/stream`: events as they come. */
export function addStream(app: FastifyInstance, { options, guard }: Parts): void {
  const { sources, clock, limits, meter } = options;
  const streams = new EventStreams({ feed: sources.events, clock, limits, meter });
  app.addHook('preClose', async () => streams.stop());
  // Never compressed: an event that waits for more of its block is one that comes late.
  app.get(STREAM, { schema: STREAM_SCHEMA, exposeHeadRoute: false }, async (request, reply) => {
    const caller = await guard.callerOf(request);
    if (!caller.ok) return refuse(reply, { faults: caller.error });
    const last = request.headers['last-event-id'];
    const isNumber = typeof last === 'string' && /^\d{1,15}$/.test(last);
    if (last !== undefined && last !== '' && !isNumber)
      return refuse(reply, { faults: [BAD_LAST_ID] });
    const key = guard.clientOf(request, caller.value);
    if (!streams.makeRoomFor(key)) {
      reply.header('retry-after', '10');
      return refuse(reply, { faults: [TOO_MANY_STREAMS] });
    }
    reply.hijack();
    await streams.serve(reply.raw, {
      key,
      after: isNumber ? Number(last) : undefined,
      headers: HEADERS,
      ...(caller.value.token === null ? {} : { mayRead: () => isStillGood(guard, request) }),
    });
    return reply;
  });
}

/** A token that was revoked, or has expired, ends its streams; a coordinator that is away none. */
async function isStillGood(guard: Guard, request: FastifyRequest): Promise<boolean> {
  const caller = await guard.callerOf(request);
  return caller.ok || caller.error.some(({ code }) => code !== 'auth.bad-token');
}

const STREAM_SCHEMA = {
  operationId: 'getStream',
  summary: 'Events as they come, as server-sent events; resumed by Last-Event-ID.',
  headers: {
    type: 'object',
    properties: { 'last-event-id': { type: 'string', pattern: '^\\d{1,15}$' } },
  },
  response: {
    200: {
      description: 'Events, until either side ends it.',
      content: { 'text/event-stream': { schema: { type: 'string' } } },
    },
    ...REFUSED,
  },
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
