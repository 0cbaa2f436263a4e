import fc from 'fast-check';
import { decodeAck, encodeAck } from '../../../proto/ack.js';
import { decodeAudit, encodeAudit } from '../../../proto/audit.js';
import { decodeCommand, encodeCommand } from '../../../proto/command.js';
import { decodeEvent, encodeEvent } from '../../../proto/event.js';
import { decodeJob, decodeStoredJob, encodeJob, type StoredJob } from '../../../proto/job.js';
import type { ServiceCalls, ServiceReply } from '../../../proto/schemas/service.js';
import { VERBS, type Verb } from '../../../proto/schemas/service.js';
import {
  decodeReply,
  decodeRequest,
  encodeReply,
  encodeRequest,
  type ServiceFormat,
} from '../../../proto/service-codec.js';
import { encodeReport } from '../../../proto/telemetry.js';
import { decodeReport } from '../../../proto/telemetry-reader.js';
import { anyAuditLine } from '../../lib/arbitraries/audit.js';
import { anyNodeId, plainly } from '../../lib/arbitraries/basic.js';
import { anyAck, anyDesiredState } from '../../lib/arbitraries/command.js';
import { anyEvent } from '../../lib/arbitraries/event.js';
import { anyJobSpec } from '../../lib/arbitraries/job.js';
import { anyNodeReport } from '../../lib/arbitraries/report.js';
import { anyCall, anyFault, plainReply } from '../../lib/arbitraries/service.js';
import { describeCodec } from '../../lib/wire-codec.js';

describeCodec('report', { encode: encodeReport, decode: decodeReport, any: anyNodeReport });
describeCodec('job', { encode: encodeJob, decode: decodeJob, any: anyJobSpec });
describeCodec<StoredJob>('job with its owner', {
  encode: ({ spec, owner }) => encodeJob(spec, owner),
  decode: decodeStoredJob,
  any: plainly(fc.record({ spec: anyJobSpec, owner: anyNodeId })),
});
describeCodec('line of the audit', {
  encode: encodeAudit,
  decode: decodeAudit,
  any: anyAuditLine,
});
describeCodec('desired state', {
  encode: encodeCommand,
  decode: decodeCommand,
  any: anyDesiredState,
});
describeCodec('ack', { encode: encodeAck, decode: decodeAck, any: anyAck });
describeCodec('event', { encode: encodeEvent, decode: decodeEvent, any: anyEvent });

function describeVerb<V extends Verb>(verb: V, format: ServiceFormat): void {
  const { request, response } = anyCall[verb];
  describeCodec<ServiceCalls[V]['request']>(`request of ${verb} as ${format}`, {
    encode: (value) => encodeRequest(verb, value, format),
    decode: (bytes) => decodeRequest(verb, bytes, format),
    any: request as fc.Arbitrary<ServiceCalls[V]['request']>,
  });
  describeCodec<ServiceReply<ServiceCalls[V]['response']>>(`reply of ${verb} as ${format}`, {
    encode: (value) => encodeReply(verb, value, format),
    decode: (bytes) => decodeReply(verb, bytes, format),
    any: plainReply(
      response as fc.Arbitrary<ServiceCalls[V]['response']>,
      fc.array(anyFault, { maxLength: 3 }),
    ),
  });
}
for (const verb of VERBS)
  for (const format of ['protobuf', 'json'] as const) describeVerb(verb, format);
