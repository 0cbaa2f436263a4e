import type { JobSpec } from '../shared/job.js';
import { type Fault, ok, type Result } from '../shared/result.js';
import { readerOf } from './codec/check.js';
import { decodeProtobuf, encodeProtobuf } from './codec/protobuf.js';
import { objectOf, optional } from './codec/words.js';
import { dqoes } from './generated/dqoes.js';
import { jobOwner, jobSpec } from './schemas/job.js';

/** Cap of one stored job. */
export const JOB_MAX_BYTES = 64 * 1024;

/**
 * The owner of a job whose record was damaged, so that its owner is lost: nobody but operators. A
 * person of that name owns nothing.
 */
export const UNKNOWN_OWNER = 'unknown-rebuilt';

/** A job as it is stored. */
export interface StoredJob {
  readonly spec: JobSpec;
  /** Who submitted it first: a name, or a public key. Absent = not known. */
  readonly owner?: string;
}

const reader = readerOf(jobSpec);
const ownerReader = readerOf(objectOf({ owner: optional(jobOwner) }));
const { JobOwnership } = dqoes.v1;

/**
 * A job as protobuf, the form in the jobs bucket: the spec, and its owner behind it. A coordinator
 * that knows no owners reads the spec alone.
 */
export function encodeJob(spec: JobSpec, owner?: string): Uint8Array {
  const bytes = encodeProtobuf(dqoes.v1.JobSpec, spec);
  if (owner === undefined) return bytes;
  const behind = encodeProtobuf(JobOwnership, { owner });
  const joined = new Uint8Array(bytes.length + behind.length);
  joined.set(bytes);
  joined.set(behind, bytes.length);
  return joined;
}

/** Never throws; the fault says what is wrong with the bytes. */
export const decodeJob = (bytes: Uint8Array): Result<JobSpec, Fault> =>
  decodeProtobuf({ message: dqoes.v1.JobSpec, reader, maxBytes: JOB_MAX_BYTES }, bytes);

/** As `decodeJob`, with the owner; one that cannot be read is `UNKNOWN_OWNER`. */
export function decodeStoredJob(bytes: Uint8Array): Result<StoredJob, Fault> {
  const spec = decodeJob(bytes);
  if (!spec.ok) return spec;
  const form = { message: JobOwnership, reader: ownerReader, maxBytes: JOB_MAX_BYTES };
  const read = decodeProtobuf(form, bytes);
  const owner = read.ok ? read.value.owner : UNKNOWN_OWNER;
  return ok(owner === undefined ? { spec: spec.value } : { spec: spec.value, owner });
}
