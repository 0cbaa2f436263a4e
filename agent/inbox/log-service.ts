import type { Bus, ServiceRequest, Subscription } from '../../proto/bus.js';
import { SERVICE_MAX_BYTES } from '../../proto/codec/limits.js';
import { isFollow, type LogFollowReply, readFollowRequest } from '../../proto/log-follow.js';
import { AGENT_SERVICE } from '../../proto/service-discovery.js';
import type { Subjects } from '../../proto/subjects.js';
import type { Clock } from '../../shared/clock.js';
import { FairQueue } from '../../shared/fair-queue.js';
import type { AllocationId, ContainerId, NodeId } from '../../shared/ids.js';
import { isSafeId } from '../../shared/ids.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import type { ContainerEngine } from '../ports/engine.js';
import { type FollowRefusal, LogFollows, MAX_FOLLOWS } from './log-follows.js';

/** A request for the log of one allocation. */
export interface LogRequest {
  readonly allocation: AllocationId;
  /** How many of the last lines, 1 to 1000. */
  readonly tail: number;
}
/**
 * JSON on `logs.<node>` and `logs.<node>.<key>`; the oldest lines are left out where the answer
 * would be over 256 KiB.
 */
export type LogReply = { readonly lines: readonly string[] } | { readonly fault: Fault };

/** What the log service answers from. */
export interface LogServiceDeps {
  readonly bus: Bus;
  readonly subjects: Subjects;
  readonly node: NodeId;
  readonly version: string;
  readonly engine: Pick<ContainerEngine, 'tailLogs' | 'openLog'>;
  readonly clock: Clock;
  /** The container of an allocation of this node. */
  readonly containerOf: (allocation: AllocationId) => ContainerId | undefined;
}

/** Reads of the Docker Engine for others that may run at once, and that may wait beside them. */
export const MAX_READS_IN_FLIGHT = 2;
export const MAX_READS_WAITING = 8;
const MAX_REQUEST_BYTES = 1024;
const MAX_TAIL = 1000;

/**
 * Answers requests for the last lines of a container of this node, and for what comes after a place
 * in its log (`LogFollows`). A few are read at once and a few wait, a few logs are kept open; more
 * are refused with `service.busy`. Where clients have keys, the keys take turns, and one that holds
 * many places gives them up to others.
 */
export async function serveLogs(deps: LogServiceDeps): Promise<Subscription> {
  const { bus, subjects, node } = deps;
  const reads = new FairQueue({ running: MAX_READS_IN_FLIGHT, waiting: MAX_READS_WAITING });
  const follows = new LogFollows(deps.engine, deps.clock);
  const handle = (request: ServiceRequest): void => {
    // Without a key of our own the server asks for none, and anybody may ask as anybody.
    const by = bus.publicKey === undefined ? '' : (subjects.logReaderOf(request.subject) ?? '');
    void answer({ data: request.data, by }, deps, { reads, follows }).then((reply) =>
      request.respond(encode(reply)),
    );
  };
  const serving = await bus.serve({
    name: AGENT_SERVICE,
    version: deps.version,
    description: `dqoes agent of node ${node}`,
    endpoints: [
      { name: 'logs', subject: subjects.logs(node), handle },
      { name: 'logs-by-key', subject: subjects.namedLogs(node), handle },
    ],
  });
  return {
    unsubscribe: () => {
      serving.unsubscribe();
      follows.close();
    },
  };
}

/** What is being read. */
interface Reading {
  readonly reads: FairQueue;
  readonly follows: LogFollows;
}

/** A request, and the key of who asks; '' = it is not known. */
interface Asked {
  readonly data: Uint8Array;
  readonly by: string;
}

async function answer(
  { data, by }: Asked,
  deps: LogServiceDeps,
  { reads, follows }: Reading,
): Promise<LogReply | LogFollowReply> {
  const value = parsed(data);
  if (isFollow(value)) return followed({ value, by }, deps, follows);
  const request = readRequest(value);
  if (!request.ok) return { fault: request.error };
  const { allocation, tail } = request.value;
  const container = deps.containerOf(allocation);
  if (container === undefined)
    return {
      fault: faultOf('service.not-found', `no container of ${allocation} is on ${deps.node}`),
    };
  const read = await reads.run({ key: by }, () => deps.engine.tailLogs(container, tail));
  if (!read.ok) return { fault: faultOf('service.busy', busy(deps.node)) };
  const lines = read.value;
  if (lines.ok) return { lines: newest(lines.value) };
  const code = `docker.${lines.error.kind}`;
  return {
    fault: faultOf(code, `the log of ${allocation} cannot be read: ${lines.error.message}`),
  };
}

async function followed(
  { value, by }: { readonly value: unknown; readonly by: string },
  deps: LogServiceDeps,
  follows: LogFollows,
): Promise<LogReply | LogFollowReply> {
  const request = readFollowRequest(value);
  if (!request.ok) return { fault: faultOf('service.bad-request', `expected ${request.error}`) };
  const { allocation, container } = request.value;
  if (request.value.stop !== true && deps.containerOf(allocation) !== container)
    return {
      fault: faultOf('service.not-found', `no such container of ${allocation} is on ${deps.node}`),
    };
  const next = await follows.next(request.value, by);
  return next.ok ? next.value : { fault: refusalFault(next.error, deps.node, allocation) };
}

function refusalFault(refusal: FollowRefusal, node: NodeId, allocation: AllocationId): Fault {
  if (refusal === 'full')
    return faultOf('service.busy', `${node} keeps ${MAX_FOLLOWS} logs open for readers already`);
  if (refusal === 'twice') return faultOf('service.busy', 'the request before is not answered yet');
  const message = `the log of ${allocation} cannot be read: ${refusal.message}`;
  return faultOf(`docker.${refusal.kind}`, message);
}

const busy = (node: NodeId): string =>
  `${node} reads ${MAX_READS_IN_FLIGHT} logs and ${MAX_READS_WAITING} more wait: ask again later`;

/** What the request says; undefined = nothing that can be read. */
function parsed(data: Uint8Array): unknown {
  if (data.length > MAX_REQUEST_BYTES) return undefined;
  try {
    return JSON.parse(Buffer.from(data).toString('utf8'));
  } catch {
    return undefined;
  }
}

function readRequest(value: unknown): Result<LogRequest, Fault> {
  const bad = err(
    faultOf('service.bad-request', 'expected {"allocation": NAME, "tail": 1 to 1000} as JSON'),
  );
  const { allocation, tail = 100 } = (value ?? {}) as Partial<Record<string, unknown>>;
  if (typeof allocation !== 'string' || !isSafeId(allocation)) return bad;
  if (typeof tail !== 'number' || !Number.isInteger(tail) || tail < 1 || tail > MAX_TAIL)
    return bad;
  return ok({ allocation: allocation as AllocationId, tail });
}

/** Room for the braces and quotes round the lines. */
const ENVELOPE_BYTES = 1024;

function newest(lines: readonly string[]): readonly string[] {
  let bytes = ENVELOPE_BYTES;
  let first = lines.length;
  while (first > 0) {
    bytes += Buffer.byteLength(JSON.stringify(lines[first - 1])) + 1;
    if (bytes > SERVICE_MAX_BYTES) break;
    first -= 1;
  }
  return lines.slice(first);
}

const encode = (reply: LogReply | LogFollowReply): Uint8Array => Buffer.from(JSON.stringify(reply));
const faultOf = (code: string, message: string): Fault => ({ code, field: 'allocation', message });
