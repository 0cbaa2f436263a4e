import type { Ack, AckOutcome, AllocationAck } from '../shared/command.js';
import type { AllocationId, NodeId } from '../shared/ids.js';
import { err, type Fault, ok, type Result } from '../shared/result.js';
import { readerOf } from './codec/check.js';
import { ACK_MAX_BYTES, MAX_CONTAINERS } from './codec/limits.js';
import { decodeProtobuf, encodeProtobuf } from './codec/protobuf.js';
import {
  array,
  flag,
  nullable,
  number,
  object,
  oneOf,
  optional,
  safeId,
  text,
} from './codec/words.js';
import { dqoes } from './generated/dqoes.js';
import { MAX_CORES, reason, stateVersion } from './schemas/job.js';

const OUTCOMES: readonly AckOutcome[] = ['applied', 'already', 'stale', 'refused', 'partial'];

/** On the wire "not known" and "unlimited" need a message around the number. */
interface WireAllocation extends Omit<AllocationAck, 'observedCpuCores'> {
  readonly observed?: { readonly cpuCores: number | null };
}
type WireAck = Omit<Ack, 'allocations'> & { readonly allocations: readonly WireAllocation[] };

const wireAck = object<WireAck>({
  node: safeId<NodeId>(),
  bootId: text(128),
  outcome: oneOf(OUTCOMES),
  asked: stateVersion,
  holds: stateVersion,
  allocations: array(
    object<WireAllocation>({
      id: safeId<AllocationId>(),
      ok: flag,
      observed: optional(
        object<{ cpuCores: number | null }>({ cpuCores: nullable(number(0, MAX_CORES)) }),
      ),
      reason,
      refused: optional(flag),
    }),
    MAX_CONTAINERS,
  ),
  reason,
});

const reader = readerOf(wireAck);

/** The acknowledgement of a desired state as protobuf. */
export function encodeAck(ack: Ack): Uint8Array {
  const allocations = ack.allocations.map(({ observedCpuCores, ...rest }) =>
    observedCpuCores === undefined ? rest : { ...rest, observed: { cpuCores: observedCpuCores } },
  );
  return encodeProtobuf(dqoes.v1.Ack, { ...ack, allocations });
}

/** Never throws; the fault says what is wrong with the bytes. */
export function decodeAck(bytes: Uint8Array): Result<Ack, Fault> {
  const decoded = decodeProtobuf({ message: dqoes.v1.Ack, reader, maxBytes: ACK_MAX_BYTES }, bytes);
  if (!decoded.ok) return err(decoded.error);
  const allocations = decoded.value.allocations.map(({ observed, ...rest }) =>
    observed === undefined ? rest : { ...rest, observedCpuCores: observed.cpuCores },
  );
  return ok({ ...decoded.value, allocations });
}
