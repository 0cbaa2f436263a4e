import type { JobSpec } from '../shared/job.js';
import type { Fault, Result } from '../shared/result.js';
import { readerOf } from './codec/check.js';
import { decodeProtobuf, encodeProtobuf } from './codec/protobuf.js';
import { dqoes } from './generated/dqoes.js';
import { jobSpec } from './schemas/job.js';

/** Cap of one stored job. */
export const JOB_MAX_BYTES = 64 * 1024;

const reader = readerOf(jobSpec);

/** `JobSpec` as protobuf, the form in the jobs bucket. */
export const encodeJob = (job: JobSpec): Uint8Array => encodeProtobuf(dqoes.v1.JobSpec, job);

/** Never throws; the fault says what is wrong with the bytes. */
export const decodeJob = (bytes: Uint8Array): Result<JobSpec, Fault> =>
  decodeProtobuf({ message: dqoes.v1.JobSpec, reader, maxBytes: JOB_MAX_BYTES }, bytes);
