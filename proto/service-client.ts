import { err, type Fault, ok, type Result } from '../shared/result.js';
import type { Bus, BusMessage, RequestFailure } from './bus.js';
import { deniedFault, rolesFor } from './roles.js';
import type { ServiceCalls } from './schemas/service.js';
import { ACTIONS, VERBS_AFTER_0_1_0, type Verb } from './schemas/verbs.js';
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
  target: ServiceTarget,
  verb: V,
  request: ServiceCalls[V]['request'],
): Promise<Result<ServiceCalls[V]['response'], readonly Fault[]>> {
  const answer = await ask(target, verb, encodeRequest(verb, request));
  if (!answer.ok) return err([await noAnswer(target, verb, answer.error)]);
  const failure = answer.value.headers[SERVICE_ERROR];
  if (failure !== undefined)
    return err([
      unavailable(verb, `the coordinator failed on this call (${failure}): see its log`),
    ]);
  const reply = decodeReply(verb, answer.value.data);
  if (!reply.ok) return err([reply.error]);
  return reply.value.ok ? ok(reply.value.value) : err(reply.value.faults);
}

async function ask(
  { bus, subjects, timeoutMs, token }: ServiceTarget,
  verb: Verb,
  request: Uint8Array,
): Promise<Result<BusMessage, RequestFailure>> {
  const { publicKey } = bus;
  const who = token === undefined ? {} : { [TOKEN_HEADER]: token };
  const headers = { ...headersOf('protobuf'), ...who };
  const at = (subject: string) => bus.request(subject, request, { timeoutMs, headers });
  if (token === undefined) return at(subjects.serviceFor(verb, publicKey));
  const answer = await at(subjects.tokenCallFor(verb, publicKey));
  // Coordinators, and servers configured by 0.1.0, know these calls only without a key.
  const isUnheard = !answer.ok && UNHEARD.includes(answer.error);
  return isUnheard && publicKey !== undefined ? at(subjects.tokenCall(verb)) : answer;
}

const UNHEARD: readonly RequestFailure[] = ['no-responders', 'denied'];

async function noAnswer(
  target: ServiceTarget,
  verb: Verb,
  failure: RequestFailure,
): Promise<Fault> {
  const isLater = VERBS_AFTER_0_1_0.includes(verb);
  if (failure === 'denied') {
    const fault = deniedFault(ACTIONS[verb], rolesFor(verb));
    return isLater ? { ...fault, message: `${fault.message} ${LATER_THAN_SERVER}` } : fault;
  }
  if (failure === 'no-responders' && isLater && (await isServed(target)))
    return unavailable(verb, LATER_THAN_COORDINATOR);
  return unavailable(verb, reasons(target.timeoutMs)[failure]);
}

/** Whether some coordinator serves the cluster: each answers this call, and to every role. */
const isServed = async (target: ServiceTarget): Promise<boolean> =>
  (await ask(target, 'policy-get', encodeRequest('policy-get', {}))).ok;

const LATER_THAN_SERVER =
  'The call came after 0.1.0: where the keys were made by that release, run dqoes auth update ' +
  'there first.';
const LATER_THAN_COORDINATOR =
  'the coordinator that leads does not know this call, which came after 0.1.0: upgrade the ' +
  'coordinators; dqoes version shows who is behind';

const reasons = (
  timeoutMs: number,
): Readonly<Record<Exclude<RequestFailure, 'denied'>, string>> => ({
  'no-responders':
    'no coordinator serves this cluster now: one that stands by leads within some 10 s, so try ' +
    'again; where none runs, start one with `dqoes up` or `dqoes coordinator`, or check the ' +
    'cluster name',
  timeout: `the coordinator did not answer within ${timeoutMs} ms: see its log, or try again`,
  closed: 'the connection to NATS is closed: connect again',
});

const unavailable = (verb: Verb, why: string): Fault => ({
  code: 'service.unavailable',
  field: '',
  message: `Cannot ${ACTIONS[verb]}: ${why}.`,
});
