import type { Fault, Result } from '../shared/result.js';
import { type Reader, readerOf } from './codec/check.js';
import { decodeJson, encodeJson } from './codec/json.js';
import { SERVICE_MAX_BYTES } from './codec/limits.js';
import { decodeProtobuf, encodeProtobuf, type MessageType } from './codec/protobuf.js';
import { array, flag, object, objectOf, type Schema } from './codec/words.js';
import { dqoes } from './generated/service.js';
import type { ServiceCalls, ServiceReply, Verb } from './schemas/service.js';
import { fault, requestSchemas, responseSchemas } from './schemas/service.js';

/** How a call is written. A reply comes in the form of its request. */
export type ServiceFormat = 'protobuf' | 'json';
export const CONTENT_TYPE = 'content-type';
export const JSON_TYPE = 'application/json';
export const PROTOBUF_TYPE = 'application/protobuf';

/**
 * JSON where the header `content-type` says so (parameters and case do not matter), else protobuf.
 */
export function formatOf(headers: Readonly<Record<string, string>>): ServiceFormat {
  for (const [name, value] of Object.entries(headers)) {
    if (name.toLowerCase() === CONTENT_TYPE && value.trim().toLowerCase().startsWith(JSON_TYPE))
      return 'json';
  }
  return 'protobuf';
}

/** The headers that say how a call is written. */
export const headersOf = (format: ServiceFormat): Readonly<Record<string, string>> => ({
  [CONTENT_TYPE]: format === 'json' ? JSON_TYPE : PROTOBUF_TYPE,
});

const v1 = dqoes.v1;
const requestMessages: Readonly<Record<Verb, MessageType>> = {
  'job-submit': v1.JobSubmitRequest,
  'job-plan': v1.JobPlanRequest,
  'job-quote': v1.JobQuoteRequest,
  capacity: v1.CapacityRequest,
  'job-stop': v1.JobStopRequest,
  'job-list': v1.JobListRequest,
  'job-status': v1.JobStatusRequest,
  'node-list': v1.NodeListRequest,
  'node-status': v1.NodeStatusRequest,
  'node-set': v1.NodeSetRequest,
  'node-drain-plan': v1.NodeDrainPlanRequest,
  'node-approve': v1.NodeApproveRequest,
  'node-unapprove': v1.NodeUnapproveRequest,
  'node-remove': v1.NodeRemoveRequest,
  'allocation-list': v1.AllocationListRequest,
  'policy-get': v1.PolicyGetRequest,
  'policy-set': v1.PolicySetRequest,
  'secret-key': v1.SecretKeyRequest,
  'secret-set': v1.SecretSetRequest,
  'secret-list': v1.SecretListRequest,
  'secret-remove': v1.SecretRemoveRequest,
  'view-get': v1.ViewGetRequest,
  'token-create': v1.TokenCreateRequest,
  'token-list': v1.TokenListRequest,
  'token-revoke': v1.TokenRevokeRequest,
  'token-status': v1.TokenStatusRequest,
};

type Request<V extends Verb> = ServiceCalls[V]['request'];
type Response<V extends Verb> = ServiceCalls[V]['response'];
/** The tables are typed verb by verb; a generic verb needs the correlation spelled out. */
const requestReader = <V extends Verb>(verb: V): Reader<Request<V>> =>
  readerOf(requestSchemas[verb] as unknown as Schema<Request<V>>);
const responseSchema = <V extends Verb>(verb: V): Schema<Response<V>> =>
  responseSchemas[verb] as unknown as Schema<Response<V>>;

/** A request as bytes, in protobuf unless `format` says JSON. */
export function encodeRequest<V extends Verb>(
  verb: V,
  request: Request<V>,
  format: ServiceFormat = 'protobuf',
): Uint8Array {
  return format === 'json' ? encodeJson(request) : encodeProtobuf(requestMessages[verb], request);
}

/** Never throws. An empty message in JSON form counts as `{}`. */
export function decodeRequest<V extends Verb>(
  verb: V,
  bytes: Uint8Array,
  format: ServiceFormat = 'protobuf',
): Result<Request<V>, Fault> {
  const form = { reader: requestReader(verb), maxBytes: SERVICE_MAX_BYTES };
  if (format === 'json') return decodeJson(form, bytes.length === 0 ? encodeJson({}) : bytes);
  return decodeProtobuf({ ...form, message: requestMessages[verb] }, bytes);
}

/** A reply that would be over the cap becomes one with the fault `wire.too-large`. */
export function encodeReply<V extends Verb>(
  verb: V,
  reply: ServiceReply<Response<V>>,
  format: ServiceFormat = 'protobuf',
): Uint8Array {
  const bytes = writeReply(verb, reply, format);
  if (bytes.length <= SERVICE_MAX_BYTES) return bytes;
  const message =
    `the answer has ${bytes.length} bytes, more than the ${SERVICE_MAX_BYTES} a message may ` +
    'have: ask for less, with a smaller limit, or for one job or node';
  return writeReply(
    verb,
    { ok: false, faults: [{ code: 'wire.too-large', field: '', message }] },
    format,
  );
}

function writeReply(
  verb: Verb,
  reply: ServiceReply<Response<Verb>>,
  format: ServiceFormat,
): Uint8Array {
  const answer = reply.ok ? reply : { ok: false, faults: reply.faults.slice(0, MAX_FAULTS) };
  if (format === 'json') return encodeJson(answer);
  const wire = reply.ok ? { ok: true, [memberOf(verb)]: reply.value } : answer;
  return encodeProtobuf(v1.ServiceReply, wire);
}

/** Never throws; a reply of another verb is a fault. */
export function decodeReply<V extends Verb>(
  verb: V,
  bytes: Uint8Array,
  format: ServiceFormat = 'protobuf',
): Result<ServiceReply<Response<V>>, Fault> {
  const member = format === 'json' ? 'value' : memberOf(verb);
  const form = { reader: replyReader(member, responseSchema(verb)), maxBytes: SERVICE_MAX_BYTES };
  return format === 'json'
    ? decodeJson(form, bytes)
    : decodeProtobuf({ ...form, message: v1.ServiceReply }, bytes);
}

/** Name of the verb's member in the `value` oneof of the schema: `job-submit` → `jobSubmit`. */
const memberOf = (verb: Verb): string =>
  verb.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** A submission may have several for each of its jobs: nobody reads more. */
const MAX_FAULTS = 1000;
const outcome = readerOf(object<{ ok: boolean }>({ ok: flag }));
const refusal = readerOf(
  object<{ faults: readonly Fault[] }>({ faults: array(fault, MAX_FAULTS) }),
);

/** A reply whose value stands under `member`. */
function replyReader<T>(member: string, value: Schema<T>): Reader<ServiceReply<T>> {
  const answer = readerOf(objectOf({ [member]: value }));
  return {
    read: (given, path) => {
      const isOk = outcome.read(given, path)?.ok;
      if (isOk === undefined) return undefined;
      if (!isOk) {
        const read = refusal.read(given, path);
        return read === undefined ? undefined : { ok: false, faults: read.faults };
      }
      const read = answer.read(given, path)?.[member];
      return read === undefined ? undefined : { ok: true, value: read };
    },
  };
}
