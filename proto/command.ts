import {
  type DesiredAllocation,
  type DesiredState,
  type EndedAllocation,
  MAX_ENDED,
} from '../shared/command.js';
import type { AllocationId, JobName, NodeId } from '../shared/ids.js';
import type { Fault, Result } from '../shared/result.js';
import { MAX_JOB_SECRETS } from '../shared/secret.js';
import { readerOf } from './codec/check.js';
import { COMMAND_MAX_BYTES, MAX_CONTAINERS } from './codec/limits.js';
import { decodeProtobuf, encodeProtobuf, isReadable } from './codec/protobuf.js';
import {
  array,
  integer,
  listOrAbsent,
  object,
  optional,
  safeId,
  text,
  where,
} from './codec/words.js';
import { dqoes } from './generated/dqoes.js';
import { desiredGpu, gpuAssignment, MAX_GPUS } from './schemas/gpu.js';
import { containerId, cpuLimit, jobSpec, reason } from './schemas/job.js';
import { sealedSecret } from './schemas/secret.js';

/** A name for people: no state is refused for what somebody is called. */
const requester = text(200);

const allocation = where(
  object<DesiredAllocation>({
    id: safeId<AllocationId>(),
    job: safeId<JobName>(),
    spec: optional(jobSpec),
    containerId: optional(containerId),
    limit: cpuLimit,
    reason,
    replaces: optional(safeId<AllocationId>()),
    gpu: optional(gpuAssignment),
    secrets: listOrAbsent(sealedSecret, MAX_JOB_SECRETS),
    requestedBy: optional(requester),
  }),
  ({ spec, containerId: adopted }) => (spec === undefined) !== (adopted === undefined),
  'exactly one of spec and containerId',
);

const endedAllocation = object<EndedAllocation>({
  id: safeId<AllocationId>(),
  requestedBy: optional(requester),
  reason,
});

/** What `decodeCommand` accepts; exported for the test that holds it equal to typebox. */
export const desiredState = object<DesiredState>({
  incarnation: text(128),
  epoch: integer(0, Number.MAX_SAFE_INTEGER),
  revision: integer(0, Number.MAX_SAFE_INTEGER),
  node: safeId<NodeId>(),
  validForMs: integer(0, Number.MAX_SAFE_INTEGER),
  allocations: array(allocation, MAX_CONTAINERS),
  gpus: listOrAbsent(desiredGpu, MAX_GPUS),
  ended: listOrAbsent(endedAllocation, MAX_ENDED),
});

/**
 * Header of a message on a node's command subject: the start of an agent that is to end, because
 * another agent had the name first. The body is the signature (`CommandCodec.signLeave`), or empty.
 */
export const LEAVE_HEADER = 'dqoes-leave';

/** Which start of an agent is to end. */
export interface Leave {
  readonly node: NodeId;
  readonly bootId: string;
}

const reader = readerOf(desiredState);

/** Specifications without broken texts: each is in every desired state of its nodes. */
const readableSpecs = new WeakSet<object>();

/**
 * Desired state as protobuf: the value of the node's KV key and the nudge on its command subject.
 */
export function encodeCommand(state: DesiredState): Uint8Array {
  for (const { spec } of state.allocations)
    if (spec !== undefined && !readableSpecs.has(spec) && isReadable(spec)) readableSpecs.add(spec);
  return encodeProtobuf(dqoes.v1.DesiredState, state, readableSpecs);
}

/** Never throws; the fault says what is wrong with the bytes. */
export const decodeCommand = (bytes: Uint8Array): Result<DesiredState, Fault> =>
  decodeProtobuf({ message: dqoes.v1.DesiredState, reader, maxBytes: COMMAND_MAX_BYTES }, bytes);
