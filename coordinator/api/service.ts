import type { Bus, ServiceEndpoint, ServiceRequest, Subscription } from '../../proto/bus.js';
import type { ServiceCalls } from '../../proto/service.js';
import { decodeRequest, encodeReply, formatOf, headersOf } from '../../proto/service-codec.js';
import { type Subjects, VERBS, type Verb } from '../../proto/subjects.js';
import { messageOf } from '../../shared/errors.js';
import type { Log } from '../../shared/log.js';
import type { Result } from '../../shared/result.js';

/** What each verb does. Refusals are values; a handler that throws answers with `service.unavailable`. */
export type ServiceHandlers = {
  readonly [V in Verb]: (request: ServiceCalls[V]['request']) => Promise<Result<ServiceCalls[V]['response']>>;
};

export interface ServiceDeps {
  readonly bus: Bus;
  readonly subjects: Subjects;
  readonly handlers: ServiceHandlers;
  readonly version: string;
  readonly log: Log;
  /** Called once per request that could not be understood. */
  readonly onRejected: (code: string) => void;
}

/** Serves every verb as an endpoint of the NATS service `dqoes-coordinator`; answers in the format of the request. */
export function serveCoordinator(deps: ServiceDeps): Promise<Subscription> {
  return deps.bus.serve({
    name: 'dqoes-coordinator',
    version: deps.version,
    description: 'Jobs, nodes and policy of a dqoes cluster',
    endpoints: VERBS.map((verb) => endpointOf(verb, deps)),
  });
}

function endpointOf<V extends Verb>(verb: V, deps: ServiceDeps): ServiceEndpoint {
  return {
    name: verb,
    subject: deps.subjects.service(verb),
    handle: (request) => void answer(verb, request, deps),
  };
}

async function answer<V extends Verb>(verb: V, request: ServiceRequest, deps: ServiceDeps): Promise<void> {
  const format = formatOf(request.headers);
  const reply = await replyTo(verb, request, deps);
  request.respond(encodeReply(verb, reply, format), headersOf(format));
}

async function replyTo<V extends Verb>(verb: V, request: ServiceRequest, deps: ServiceDeps) {
  const decoded = decodeRequest(verb, request.data, formatOf(request.headers));
  if (!decoded.ok) {
    deps.onRejected(decoded.error.code);
    return { ok: false, faults: [decoded.error] } as const;
  }
  try {
    const done = await deps.handlers[verb](decoded.value);
    return done.ok ? ({ ok: true, value: done.value } as const) : ({ ok: false, faults: done.error } as const);
  } catch (cause) {
    deps.log.error('service: a call failed', { verb, cause: messageOf(cause) });
    const message = `${verb} failed at the coordinator: ${messageOf(cause)}. See its log.`;
    return { ok: false, faults: [{ code: 'service.unavailable', field: '', message }] } as const;
  }
}
