import fc from 'fast-check';
import { AUDIT_VERBS, type AuditLine } from '../../../proto/schemas/audit.js';
import { anyJobName, anyNodeId, anyText, plainly } from './basic.js';

/** Lines of the audit, of every verb. */
export const anyAuditLine: fc.Arbitrary<AuditLine> = plainly(
  fc.record(
    {
      id: fc.uuid(),
      timeMs: fc.nat(2_000_000_000_000),
      coordinator: anyText,
      epoch: fc.nat(),
      who: anyText,
      verb: fc.constantFrom(...AUDIT_VERBS),
      outcome: fc.constantFrom('done' as const, 'refused'),
      role: fc.constantFrom('viewer', 'submitter', 'operator'),
      key: anyNodeId,
      job: anyJobName,
      node: anyNodeId,
      before: anyText,
      after: anyText,
      code: fc.constantFrom('auth.not-owner', 'service.busy'),
      reason: anyText,
      count: fc.integer({ min: 1 }),
    },
    { requiredKeys: ['id', 'timeMs', 'coordinator', 'epoch', 'who', 'verb', 'outcome'] },
  ),
);
