import type { Bus, BusMessage, RequestFailure } from '../../proto/bus.js';
import {
  LOG_WAIT_MS,
  type LogFollowReply,
  type LogFollowRequest,
  readFollowReply,
} from '../../proto/log-follow.js';
import { deniedFault } from '../../proto/roles.js';
import type { Subjects } from '../../proto/subjects.js';
import type { NodeId } from '../../shared/ids.js';
import type { Fault, Result } from '../../shared/result.js';

/** What came of a request to the agent of a node. */
export type Asked =
  | { readonly kind: 'reply'; readonly reply: LogFollowReply }
  /** Nobody answers; it may be tried again. */
  | { readonly kind: 'silent'; readonly why: string }
  /** The node has no such container, or knows none yet. */
  | { readonly kind: 'gone'; readonly fault: Fault }
  /** Others read; it may be tried again. */
  | { readonly kind: 'busy'; readonly fault: Fault }
  | { readonly kind: 'refused'; readonly fault: Fault };

/** Who is asked. */
export interface AskDeps {
  readonly bus: Bus;
  readonly subjects: Subjects;
  readonly node: NodeId;
}

const TIMEOUT_MS = LOG_WAIT_MS + 5000;
const STOP_MS = 300;

/** Asks for the next lines. */
export async function askLog(deps: AskDeps, request: LogFollowRequest): Promise<Asked> {
  const answer = await requestLog(deps, encoded(request), TIMEOUT_MS);
  return answer.ok ? readAnswer(answer.value, deps.node) : failed(answer, deps.bus);
}

/** Tells the node that nobody reads any more; nothing is waited for. */
export function endLog(deps: AskDeps, request: LogFollowRequest): void {
  void requestLog(deps, encoded({ ...request, stop: true }), STOP_MS);
}

/**
 * Asks the agent of a node under the key of this client, so that it has places of its own there.
 * Agents of 0.1.0 do not hear that, and servers configured by 0.1.0 do not allow it: there it asks
 * without.
 */
export async function requestLog(
  { bus, subjects, node }: AskDeps,
  request: Uint8Array,
  timeoutMs: number,
): Promise<Result<BusMessage, RequestFailure>> {
  const { publicKey } = bus;
  const plain = () => bus.request(subjects.logs(node), request, { timeoutMs });
  if (publicKey === undefined) return plain();
  const answer = await bus.request(subjects.logsFor(node, publicKey), request, { timeoutMs });
  if (answer.ok || !UNHEARD.includes(answer.error)) return answer;
  return plain();
}

const UNHEARD: readonly RequestFailure[] = ['no-responders', 'denied'];

const encoded = (request: LogFollowRequest): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(request));

function failed(answer: Result<never, RequestFailure>, bus: Bus): Asked {
  const failure = answer.ok ? 'timeout' : answer.error;
  if (failure === 'denied')
    return { kind: 'refused', fault: deniedFault('read logs', ['submitter', 'operator']) };
  if (bus.state !== 'connected') return { kind: 'silent', why: 'the connection to NATS is lost' };
  return { kind: 'silent', why: `its agent does not answer (${failure})` };
}

const GONE = new Set(['service.not-found', 'docker.gone']);
const PASSING = new Set(['docker.timeout', 'docker.unavailable']);

function readAnswer({ data }: BusMessage, node: NodeId): Asked {
  const reply = readFollowReply(data);
  if (reply === undefined) return { kind: 'refused', fault: otherVersion(node) };
  if (reply.ok) return { kind: 'reply', reply: reply.value };
  const fault = reply.error;
  if (GONE.has(fault.code)) return { kind: 'gone', fault };
  if (fault.code === 'service.busy') return { kind: 'busy', fault };
  return PASSING.has(fault.code)
    ? { kind: 'silent', why: fault.message }
    : { kind: 'refused', fault };
}

const otherVersion = (node: NodeId): Fault => ({
  code: 'service.unavailable',
  field: node,
  message:
    `the agent of node ${node} cannot read a log from a place on: it is of an earlier version of ` +
    'dqoes, update it',
});
