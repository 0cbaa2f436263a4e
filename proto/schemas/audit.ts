import type { Static } from 'typebox';
import type { JobName, NodeId, SecretName } from '../../shared/ids.js';
import { integer, objectOf, oneOf, optional, safeId, text } from '../codec/words.js';
import { MAX_MS, reason } from './job.js';
import { VERBS } from './service.js';

/**
 * What a line of the audit is about, beside the verbs of the service. `leader`: a coordinator began
 * to lead; `host-refusal`: the rules of a host forbid a job; `host-act`: what somebody did on a
 * host beside NATS, as the host says; `refusals`: how many more were refused and have no line of
 * their own; `lost`: lines that could not be kept.
 */
export const AUDIT_VERBS: readonly string[] = [
  ...VERBS,
  'leader',
  'host-refusal',
  'host-act',
  'refusals',
  'lost',
];

const short = text(256);

/** One line of the audit. Fields are permanent; new ones may be added. */
export const auditLine = objectOf({
  /** The same for the same fact: the stream drops repeats by it. */
  id: text(256),
  /** Unix time, ms. */
  timeMs: integer(0, MAX_MS),
  /** Who wrote it, and in which epoch it led. */
  coordinator: text(200),
  epoch: integer(0, Number.MAX_SAFE_INTEGER),
  /**
   * A person, else a public key, a token (`token:ci`), a node (`agent-h1`) or a coordinator;
   * `unknown` without keys, or where the token is not known.
   */
  who: text(200),
  /** Role of the key or token. */
  role: optional(text(32)),
  /** Public key of the caller, or the id of its token. */
  key: optional(text(64)),
  /** One of `AUDIT_VERBS`; a newer coordinator may know more. */
  verb: text(64),
  job: optional(safeId<JobName>()),
  node: optional(safeId<NodeId>()),
  secret: optional(safeId<SecretName>()),
  /** Id of the token that was made or revoked. */
  token: optional(text(16)),
  outcome: oneOf(['done', 'refused']),
  /** Short forms, of jobs with a hash; no value of an environment variable. */
  before: optional(short),
  after: optional(short),
  /** Why it was refused. */
  code: optional(text(64)),
  reason: optional(reason),
  /** How many requests the line stands for; absent = one. */
  count: optional(integer(1, Number.MAX_SAFE_INTEGER)),
});
export type AuditLine = Static<typeof auditLine>;
