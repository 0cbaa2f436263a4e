import { err, type Fault, ok, type Result } from '../shared/result.js';
import type { Bus, RequestFailure } from './bus.js';
import { deniedFault, rolesFor } from './roles.js';
import type { ServiceCalls, Verb } from './schemas/service.js';
import { decodeReply, encodeRequest, headersOf } from './service-codec.js';
import { SERVICE_ERROR } from './service-discovery.js';
import type { Subjects } from './subjects.js';

/** Where calls go, and how long each may take. */
export interface ServiceTarget {
  readonly bus: Bus;
  readonly subjects: Subjects;
  readonly timeoutMs: number;
  /** Says who asks, in the place of the key of this connection. */
  readonly token?: string;
}

/** Header of a call that is made with a token. */
export const TOKEN_HEADER = 'dqoes-token';

/**
 * Calls the coordinator, under the key of the client where it has one. No answer, a broken one or a
 * refusal come back as faults; never throws.
 */
export async function callService<V extends Verb>(
  { bus, subjects, timeoutMs, token }: ServiceTarget,
  verb: V,
  request: ServiceCalls[V]['request'],
): Promise<Result<ServiceCalls[V]['response'], readonly Fault[]>> {
  const subject =
    token === undefined ? subjects.serviceFor(verb, bus.publicKey) : subjects.tokenCall(verb);
  const who = token === undefined ? {} : { [TOKEN_HEADER]: token };
  const sent = { timeoutMs, headers: { ...headersOf('protobuf'), ...who } };
  const answer = await bus.request(subject, encodeRequest(verb, request), sent);
  if (!answer.ok)
    return err([
      answer.error === 'denied'
        ? deniedFault(verb, rolesFor(verb))
        : unavailable(verb, reasons(timeoutMs)[answer.error]),
    ]);
  const failure = answer.value.headers[SERVICE_ERROR];
  if (failure !== undefined)
    return err([
      unavailable(verb, `the coordinator failed on this call (${failure}): see its log`),
    ]);
  const reply = decodeReply(verb, answer.value.data);
  if (!reply.ok) return err([reply.error]);
  return reply.value.ok ? ok(reply.value.value) : err(reply.value.faults);
}

const reasons = (
  timeoutMs: number,
): Readonly<Record<Exclude<RequestFailure, 'denied'>, string>> => ({
  'no-responders':
    'no coordinator serves this cluster: start one with `dqoes up` or `dqoes coordinator`, ' +
    'or check the cluster name',
  timeout: `the coordinator did not answer within ${timeoutMs} ms: see its log, or try again`,
  closed: 'the connection to NATS is closed: connect again',
});

const unavailable = (verb: Verb, why: string): Fault => ({
  code: 'service.unavailable',
  field: '',
  message: `${verb}: ${why}.`,
});
