import { check } from '../../proto/codec/check.js';
import {
  array,
  flag,
  integer,
  nullable,
  number,
  object,
  oneOf,
  optional,
  safeId,
  text,
} from '../../proto/codec/words.js';
import { labels, MAX_BYTES_VALUE, MAX_CORES, reason } from '../../proto/schemas/job.js';
import { bootOrder, hostReport } from '../../proto/schemas/report.js';
import { sealingKey } from '../../proto/schemas/secret.js';
import { POLICY_NAMES } from '../../proto/schemas/service.js';
import type { StoredValue } from '../../proto/store.js';
import type { JobName, NodeId } from '../../shared/ids.js';
import { parseNodeId } from '../../shared/ids.js';
import { cutText } from '../../shared/text.js';
import { MAX_REFUSAL_REASON, NO_REFUSALS } from '../state/host-refusals.js';
import type {
  AgentStart,
  HostRefusal,
  HostRefusals,
  LastingFields,
  NodeScheduling,
  PolicyName,
  RegisteredCapacity,
  Registration,
  RegistrationMode,
} from '../state/model.js';

/** What the `nodes` bucket holds under `node.<id>`, as JSON. */
export interface StoredNode {
  readonly cordoned: boolean;
  /** Implies `cordoned`. Absent = no. */
  readonly draining?: boolean;
  /** Absent = it is. */
  readonly approved?: boolean;
  /** What it was approved with; absent = as it reports. */
  readonly capacity?: RegisteredCapacity;
  /** The key to which its secrets are sealed; absent = it has reported none. */
  readonly sealingKey?: string;
  /** Number of the newest act of its host that has a line in the audit; absent = none has. */
  readonly auditedAct?: number;
  readonly registration: Registration | null;
  /** Absent = none. */
  readonly refusals?: readonly StoredRefusal[];
}

interface StoredRefusal extends HostRefusal {
  readonly job: JobName;
}

/** More are found out again by a new leader: one trial for each. */
const MAX_STORED_REFUSALS = 200;
/** As JSON, where one character may take six bytes: the record has to fit a message of 1 MiB. */
const MAX_REFUSALS_BYTES = 64 * 1024;

/** Key of the policy in the `nodes` bucket. Node ids hold no dots, so it is never a node's key. */
export const POLICY_KEY = 'setting.policy';

/** Key of a node in the `nodes` bucket. */
export const nodeKey = (id: NodeId): string => `node.${id}`;

/** The node whose key it is; undefined for keys of settings, and for what is no node id. */
export function nodeOfKey(key: string): NodeId | undefined {
  const parsed = key.startsWith('node.') ? parseNodeId(key.slice('node.'.length)) : undefined;
  return parsed?.ok === true ? parsed.value : undefined;
}

const registration = object<Registration>({
  host: hostReport,
  labels,
  agentVersion: text(64),
  intervalMs: number(0, Number.MAX_SAFE_INTEGER),
  start: optional(object<AgentStart>({ bootId: text(128), boot: optional(bootOrder) })),
});
const storedNode = object<StoredNode>({
  cordoned: flag,
  draining: optional(flag),
  approved: optional(flag),
  capacity: optional(
    object<RegisteredCapacity>({
      capacityCpuCores: number(0, MAX_CORES),
      capacityMemoryBytes: integer(0, MAX_BYTES_VALUE),
    }),
  ),
  sealingKey: optional(sealingKey),
  auditedAct: optional(integer(1, Number.MAX_SAFE_INTEGER)),
  registration: nullable(registration),
  refusals: optional(
    array(
      object<StoredRefusal>({
        job: safeId<JobName>(),
        specHash: text(64),
        bootId: text(128),
        reason,
      }),
      MAX_STORED_REFUSALS,
    ),
  ),
});
const storedPolicy = object<{ policy: PolicyName }>({ policy: oneOf(POLICY_NAMES) });

const encode = (value: StoredNode | StoredRefusal | { readonly policy: PolicyName }): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(value));

/** The stored form of the policy, as JSON. */
export const encodePolicy = (policy: PolicyName): Uint8Array => encode({ policy });
/** The stored form of a node (`StoredNode`), as JSON. */
export const encodeNode = ({
  scheduling,
  registration,
  isApproved,
  capacity,
  refusals,
  sealingKey: key,
  auditedAct,
}: LastingFields): Uint8Array =>
  encode({
    cordoned: scheduling !== 'open',
    draining: scheduling === 'draining',
    approved: isApproved,
    ...(capacity === null ? {} : { capacity }),
    ...(key === null ? {} : { sealingKey: key }),
    ...(auditedAct === 0 ? {} : { auditedAct }),
    registration,
    ...(refusals.size === 0 ? {} : { refusals: storedRefusals(refusals) }),
  });

/** The newest ones that fit. */
function storedRefusals(refusals: HostRefusals): readonly StoredRefusal[] {
  const kept: StoredRefusal[] = [];
  let bytes = 0;
  for (const [job, refusal] of [...refusals].slice(-MAX_STORED_REFUSALS).reverse()) {
    const one = { job, ...refusal, reason: cutText(refusal.reason, MAX_REFUSAL_REASON) };
    bytes += encode(one).length;
    if (bytes > MAX_REFUSALS_BYTES) break;
    kept.push(one);
  }
  return kept.reverse();
}

/** What the host refused when the node was stored. */
export const refusalsIn = ({ refusals = [] }: StoredNode): HostRefusals =>
  new Map(refusals.map(({ job, ...refusal }) => [job, refusal]));

/** The scheduling that the two stored flags mean. */
export const schedulingOf = ({ cordoned, draining }: StoredNode): NodeScheduling =>
  draining === true ? 'draining' : cordoned ? 'cordoned' : 'open';

/** The fields that a stored node means. */
export const lastingOf = (stored: StoredNode): LastingFields => ({
  scheduling: schedulingOf(stored),
  registration: stored.registration,
  isApproved: stored.approved !== false,
  capacity: stored.capacity ?? null,
  refusals: refusalsIn(stored),
  sealingKey: stored.sealingKey ?? null,
  auditedAct: stored.auditedAct ?? 0,
});

/**
 * What counts of a node whose record cannot be read: it may have held a decision of an operator
 * against the node, so the node is not trusted with more than it runs.
 */
export const unreadableNode = (registration: RegistrationMode): LastingFields => ({
  scheduling: 'cordoned',
  registration: null,
  isApproved: registration === 'open',
  capacity: null,
  refusals: NO_REFUSALS,
  sealingKey: null,
  auditedAct: 0,
});

/** A stored node; undefined where the value is not readable. */
export const decodeNode = (stored: StoredValue): StoredNode | undefined =>
  readValue(check(storedNode, parse(stored)));
/** A stored policy; undefined where the value is not readable. */
export const decodePolicy = (stored: StoredValue): PolicyName | undefined =>
  readValue(check(storedPolicy, parse(stored)))?.policy;

const readValue = <T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false },
): T | undefined => (result.ok ? result.value : undefined);

function parse(stored: StoredValue): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(stored.value));
  } catch {
    return undefined;
  }
}
