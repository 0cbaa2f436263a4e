import type { Bus, ServiceEndpoint, ServiceRequest, Subscription } from '../../proto/bus.js';
import type { ServiceCalls, ServiceReply } from '../../proto/schemas/service.js';
import { TOKEN_VERBS, VERBS, type Verb } from '../../proto/schemas/service.js';
import { TOKEN_HEADER } from '../../proto/service-client.js';
import { decodeRequest, encodeReply, formatOf, headersOf } from '../../proto/service-codec.js';
import { COORDINATOR_SERVICE } from '../../proto/service-discovery.js';
import type { Subjects } from '../../proto/subjects.js';
import { messageOf } from '../../shared/errors.js';
import type { Log } from '../../shared/log.js';
import type { Fault } from '../../shared/result.js';
import type { Pace } from '../pacing/pace.js';
import { Gate } from './gate.js';
import type { TokenWriter } from './token-writer.js';
import { internalFault, type VerbHandlers } from './verbs.js';

/** Where to serve and what answers. */
export interface ServiceOptions {
  readonly bus: Bus;
  readonly subjects: Subjects;
  readonly version: string;
  readonly handlers: VerbHandlers;
  /** Says what a token may do. */
  readonly tokens: TokenWriter;
  readonly log: Log;
  /** Lets timers and messages have their turn between requests. */
  readonly pace: Pace;
}

/**
 * Serves every verb at `svc.<verb>`, those that a token may call at `tok.<verb>` too, and registers
 * them for `$SRV` discovery. NATS says who may call the first, the token who may call the second.
 * The answer has the format of the request, protobuf or JSON. Every request gets an answer: one
 * that cannot be decoded or fails gets faults with codes, one too many `service.busy`. Resolves
 * when the service is registered; `unsubscribe` ends it.
 */
export const serveApi = ({
  bus,
  subjects,
  version,
  handlers,
  tokens,
  log,
  pace,
}: ServiceOptions): Promise<Subscription> => {
  const gate = new Gate(pace);
  const parts = { handlers, log, gate };
  return bus.serve({
    name: COORDINATOR_SERVICE,
    version,
    description: 'Jobs, nodes, allocations and policy of a dqoes cluster',
    endpoints: [
      ...VERBS.map((verb) => endpoint(verb, { ...parts, subject: subjects.service(verb) })),
      ...TOKEN_VERBS.map((verb) =>
        endpoint(verb, { ...parts, subject: subjects.tokenCall(verb), tokens }),
      ),
    ],
  });
};

interface EndpointParts {
  readonly subject: string;
  /** Present = the caller is known by a token. */
  readonly tokens?: TokenWriter;
  readonly handlers: VerbHandlers;
  readonly log: Log;
  readonly gate: Gate;
}

const endpoint = (
  verb: Verb,
  { subject, handlers, tokens, log, gate }: EndpointParts,
): ServiceEndpoint => ({
  name: tokens === undefined ? verb : `token-call-${verb}`,
  subject,
  handle: (request) => {
    const answered = gate.run(verb, () =>
      tokens === undefined
        ? answer(verb, request, handlers)
        : answerToken(verb, request, { handlers, tokens }),
    );
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

async function answerToken(
  verb: Verb,
  request: ServiceRequest,
  { handlers, tokens }: { readonly handlers: VerbHandlers; readonly tokens: TokenWriter },
): Promise<void> {
  const checked = await tokens.check(request.headers[TOKEN_HEADER] ?? '', verb);
  if (!checked.ok) reply(verb, request, { ok: false, faults: [checked.error] });
  else if (verb === 'token-status') reply(verb, request, checked);
  else await answer(verb, request, handlers);
}

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
