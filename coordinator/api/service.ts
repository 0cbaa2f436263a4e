import type { Bus, ServiceEndpoint, ServiceRequest, Subscription } from '../../proto/bus.js';
import type { ServiceCalls, ServiceReply } from '../../proto/schemas/service.js';
import { VERBS, type Verb } from '../../proto/schemas/service.js';
import { decodeRequest, encodeReply, formatOf, headersOf } from '../../proto/service-codec.js';
import { COORDINATOR_SERVICE } from '../../proto/service-discovery.js';
import type { Subjects } from '../../proto/subjects.js';
import { messageOf } from '../../shared/errors.js';
import type { Log } from '../../shared/log.js';
import type { Fault } from '../../shared/result.js';
import type { Pace } from '../pacing/pace.js';
import { Gate } from './gate.js';
import { internalFault, type VerbHandlers } from './verbs.js';

/** Where to serve and what answers. */
export interface ServiceOptions {
  readonly bus: Bus;
  readonly subjects: Subjects;
  readonly version: string;
  readonly handlers: VerbHandlers;
  readonly log: Log;
  /** Lets timers and messages have their turn between requests. */
  readonly pace: Pace;
}

/**
 * Serves every verb at `svc.<verb>` and registers it for `$SRV` discovery. The answer has the
 * format of the request, protobuf or JSON. Every request gets an answer: one that cannot be decoded
 * or fails gets faults with codes, one too many `service.busy`. Resolves when the service is
 * registered; `unsubscribe` ends it.
 */
export const serveApi = ({
  bus,
  subjects,
  version,
  handlers,
  log,
  pace,
}: ServiceOptions): Promise<Subscription> => {
  const gate = new Gate(pace);
  return bus.serve({
    name: COORDINATOR_SERVICE,
    version,
    description: 'Jobs, nodes, allocations and policy of a dqoes cluster',
    endpoints: VERBS.map((verb) =>
      endpoint(verb, { subject: subjects.service(verb), handlers, log, gate }),
    ),
  });
};

interface EndpointParts {
  readonly subject: string;
  readonly handlers: VerbHandlers;
  readonly log: Log;
  readonly gate: Gate;
}

const endpoint = (
  verb: Verb,
  { subject, handlers, log, gate }: EndpointParts,
): ServiceEndpoint => ({
  name: verb,
  subject,
  handle: (request) => {
    const answered = gate.run(verb, () => answer(verb, request, handlers));
    if (answered === undefined) reply(verb, request, { ok: false, faults: [BUSY] });
    void answered?.catch((cause: unknown) => {
      log.error('api: a call failed', { verb, cause: messageOf(cause) });
      reply(verb, request, { ok: false, faults: internalFault(verb) });
    });
  },
});

/** Said to a request beyond those that may wait. */
export const BUSY: Fault = {
  code: 'service.busy',
  field: '',
  message: 'too many requests wait at this coordinator already: ask again in a few seconds',
};

async function answer<V extends Verb>(
  verb: V,
  request: ServiceRequest,
  handlers: VerbHandlers,
): Promise<void> {
  const decoded = decodeRequest(verb, request.data, formatOf(request.headers));
  if (!decoded.ok) {
    const { code, field, message } = decoded.error;
    reply(verb, request, {
      ok: false,
      faults: [{ code: 'service.bad-request', field, message: `${message} (${code})` }],
    });
    return;
  }
  const result = await handlers[verb](decoded.value);
  reply(verb, request, result.ok ? result : { ok: false, faults: result.error });
}

function reply<V extends Verb>(
  verb: V,
  request: ServiceRequest,
  answered: ServiceReply<ServiceCalls[V]['response']>,
): void {
  const format = formatOf(request.headers);
  request.respond(encodeReply(verb, answered, format), headersOf(format));
}
