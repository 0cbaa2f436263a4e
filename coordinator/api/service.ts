import type { Bus, ServiceEndpoint, ServiceRequest, Subscription } from '../../proto/bus.js';
import {
  type Requester,
  requesterName,
  requesterOf,
  UNKNOWN_REQUESTER,
} from '../../proto/requester.js';
import type { ServiceCalls, ServiceReply } from '../../proto/schemas/service.js';
import { isChanging, TOKEN_VERBS, VERBS, type Verb } from '../../proto/schemas/service.js';
import { TOKEN_HEADER } from '../../proto/service-client.js';
import { decodeRequest, encodeReply, formatOf, headersOf } from '../../proto/service-codec.js';
import { COORDINATOR_SERVICE } from '../../proto/service-discovery.js';
import type { Subjects } from '../../proto/subjects.js';
import { messageOf } from '../../shared/errors.js';
import type { Log } from '../../shared/log.js';
import type { Fault, Result } from '../../shared/result.js';
import type { AuditTrail, Subject } from '../audit/audit-trail.js';
import type { Pace } from '../pacing/pace.js';
import type { ChangeOutcome } from './change-outcome.js';
import { Gate } from './gate.js';
import { welcomingFaults } from './ownership.js';
import type { TokenWriter } from './token-writer.js';
import { internalFault, SUBJECT_OF, type VerbHandlers } from './verbs.js';

/** Where to serve and what answers. */
export interface ServiceOptions {
  readonly bus: Bus;
  readonly subjects: Subjects;
  readonly version: string;
  readonly handlers: VerbHandlers;
  /** Says whose a token is, and what it may do. */
  readonly tokens: Pick<TokenWriter, 'check'>;
  /** Where changes and refusals are written down. */
  readonly audit: Pick<AuditTrail, 'done' | 'refused'>;
  readonly log: Log;
  /** Lets timers and messages have their turn between requests. */
  readonly pace: Pace;
}

/** A service that answers. */
export interface Served extends Subscription {
  /** Resolves when each call that changes something and has begun is answered and audited. */
  readonly settled: () => Promise<void>;
}

/**
 * Serves every verb at `svc.<verb>`, and where clients have keys at the subjects that say who calls
 * (`proto/requester`); those that a token may call at `tok.<verb>` too, or `tok.<verb>.<key>`.
 * Registers all for `$SRV` discovery. NATS says who calls the first, the token who calls the
 * second. The answer has the format of the request, protobuf or JSON. Every request gets an answer:
 * one that cannot be decoded or fails gets faults with codes, one too many `service.busy`. Resolves
 * when the service is registered; `unsubscribe` ends it.
 */
export const serveApi = async (options: ServiceOptions): Promise<Served> => {
  const { bus, version, pace } = options;
  const api = new Api(options, new Gate(pace));
  const served = await bus.serve({
    name: COORDINATOR_SERVICE,
    version,
    description: 'Jobs, nodes, allocations and policy of a dqoes cluster',
    endpoints: endpointsOf(options.subjects, api),
  });
  return { unsubscribe: () => served.unsubscribe(), settled: () => api.settled() };
};

const endpointsOf = (subjects: Subjects, api: Api): readonly ServiceEndpoint[] => [
  ...VERBS.flatMap((verb): readonly ServiceEndpoint[] => {
    const handle = (request: ServiceRequest): void => api.handle(verb, request);
    return [
      { name: verb, subject: subjects.service(verb), handle },
      { name: `${verb}-by-key`, subject: subjects.namedService(verb), handle },
    ];
  }),
  ...TOKEN_VERBS.flatMap((verb): readonly ServiceEndpoint[] => {
    const handle = (request: ServiceRequest): void => api.handleToken(verb, request);
    return [
      { name: `${verb}-by-token`, subject: subjects.tokenCall(verb), handle },
      { name: `${verb}-by-token-and-key`, subject: subjects.tokenCallFor(verb, '*'), handle },
    ];
  }),
];

/** Said to a request beyond those that may wait. */
export const BUSY: Fault = {
  code: 'service.busy',
  field: '',
  message:
    'too many requests wait at this coordinator already, yours or those of others: ask again in ' +
    'a few seconds',
};

type Reply<V extends Verb> = ServiceReply<ServiceCalls[V]['response']>;
/** The tables are typed verb by verb; a generic verb needs the correlation spelled out. */
type Reader<V extends Verb> = (
  request: ServiceCalls[V]['request'],
  by: Requester,
) => Promise<Result<ServiceCalls[V]['response']>>;
type Changer<V extends Verb> = (
  request: ServiceCalls[V]['request'],
  by: Requester,
) => Promise<ChangeOutcome<ServiceCalls[V]['response']>>;

class Api {
  readonly #options: ServiceOptions;
  readonly #gate: Gate;
  readonly #changes = new Set<Promise<void>>();

  constructor(options: ServiceOptions, gate: Gate) {
    this.#options = options;
    this.#gate = gate;
  }

  handle(verb: Verb, request: ServiceRequest): void {
    const { bus, subjects } = this.#options;
    // Without a key of our own the server asks for none, and anybody may call as anybody.
    const by =
      bus.publicKey === undefined
        ? UNKNOWN_REQUESTER
        : requesterOf(subjects, verb, request.subject);
    this.#track(verb, request, { by, answer: () => this.#inTurn(verb, request, by) });
  }

  /** A call whose caller is known by a token. */
  handleToken(verb: Verb, request: ServiceRequest): void {
    const by = UNKNOWN_REQUESTER;
    this.#track(verb, request, { by, answer: () => this.#byToken(verb, request) });
  }

  async #byToken(verb: Verb, request: ServiceRequest): Promise<void> {
    const { bus, subjects, tokens } = this.#options;
    const token = request.headers[TOKEN_HEADER] ?? '';
    // Nobody is known by a token before it is looked up; the key is, through which it comes.
    const bearer = bus.publicKey === undefined ? '' : subjects.tokenBearerOf(request.subject);
    const checked = await this.#gate.check(bearer ?? '', () => tokens.check(token, verb));
    if (!checked.ok) {
      this.#refuse(verb, request, { by: UNKNOWN_REQUESTER, faults: [BUSY] });
      return;
    }
    const { by, answer } = checked.value;
    if (!answer.ok) this.#refuse(verb, request, { by, faults: answer.error });
    else if (verb === 'token-status') reply(verb, request, answer);
    else await this.#inTurn(verb, request, by);
  }

  /** Answers once it is the turn of who calls, or says that too many wait. */
  async #inTurn(verb: Verb, request: ServiceRequest, by: Requester): Promise<void> {
    const call = { verb, by: requesterName(by), bytes: request.data.length };
    const ran = await this.#gate.run(call, () => this.#answer(verb, request, by));
    if (!ran.ok) this.#refuse(verb, request, { by, faults: [BUSY] });
  }

  /** `by`: who is written down where the call fails before it is answered. */
  #track(
    verb: Verb,
    request: ServiceRequest,
    { by, answer }: { readonly by: Requester; readonly answer: () => Promise<void> },
  ): void {
    const settled = answer().catch((cause: unknown) => {
      this.#logFailure(verb, cause);
      this.#refuse(verb, request, { by, faults: internalFault(verb) });
    });
    if (!isChanging(verb)) return;
    this.#changes.add(settled);
    void settled.finally(() => this.#changes.delete(settled));
  }

  async settled(): Promise<void> {
    await Promise.allSettled(this.#changes);
  }

  async #answer<V extends Verb>(verb: V, request: ServiceRequest, by: Requester): Promise<void> {
    const decoded = decodeRequest(verb, request.data, formatOf(request.headers));
    if (!decoded.ok) {
      const { code, field, message } = decoded.error;
      const fault = { code: 'service.bad-request', field, message: `${message} (${code})` };
      this.#refuse(verb, request, { by, faults: [fault] });
      return;
    }
    const { handlers, audit } = this.#options;
    const asked = decoded.value;
    const forbidden = welcomingFaults(by, verb, asked);
    if (forbidden.length > 0) {
      this.#refuse(verb, request, { by, faults: forbidden });
      return;
    }
    if (!isChanging(verb)) {
      const result = await (handlers[verb] as unknown as Reader<V>)(asked, by);
      if (result.ok) return reply<V>(verb, request, result);
      if (result.error.some(isNotOwner)) this.#refuse(verb, request, { by, faults: result.error });
      else reply<V>(verb, request, { ok: false, faults: result.error });
      return;
    }
    const outcome = await (handlers[verb] as unknown as Changer<V>)(asked, by);
    const { result, changes, cause } = outcome;
    audit.done(by, verb, changes);
    if (result.ok) return reply<V>(verb, request, result);
    if (cause !== undefined) this.#logFailure(verb, cause);
    const faults = cause === undefined ? result.error : internalFault(verb);
    const about = (SUBJECT_OF[verb] as (asked: unknown) => Subject)(asked);
    this.#refuse(verb, request, { by, faults, about });
  }

  #logFailure(verb: Verb, cause: unknown): void {
    this.#options.log.error('api: a call failed', { verb, cause: messageOf(cause) });
  }

  /** Answers with faults, and writes that down. */
  #refuse(verb: Verb, request: ServiceRequest, refusal: Refusal): void {
    const { by, faults, about = {} } = refusal;
    this.#options.audit.refused(by, verb, faults, about);
    reply(verb, request, { ok: false, faults });
  }
}

/** Who asks for what is another's stands in the audit, though it changes nothing. */
const isNotOwner = ({ code }: Fault): boolean => code === 'auth.not-owner';

interface Refusal {
  readonly by: Requester;
  readonly faults: readonly Fault[];
  readonly about?: Subject;
}

function reply<V extends Verb>(verb: V, request: ServiceRequest, answered: Reply<V>): void {
  const format = formatOf(request.headers);
  request.respond(encodeReply(verb, answered, format), headersOf(format));
}
