import type { Fault, Result } from '../shared/result.js';
import { readerOf } from './codec/check.js';
import { decodeJson, encodeJson } from './codec/json.js';
import { type AuditLine, auditLine } from './schemas/audit.js';

/** Cap of one line. */
export const AUDIT_MAX_BYTES = 16 * 1024;

const reader = readerOf(auditLine);

/** A line of the audit as JSON, the form in its stream. */
export const encodeAudit = (line: AuditLine): Uint8Array => encodeJson(line);

/** Never throws; the fault says what is wrong with the bytes. */
export const decodeAudit = (bytes: Uint8Array): Result<AuditLine, Fault> =>
  decodeJson({ reader, maxBytes: AUDIT_MAX_BYTES }, bytes);
