import type { LastingFields } from './model.js';

/** Whether the same of a node is to outlive its coordinator: its parts are kept while they stay. */
export const hasSameLasting = (a: LastingFields | undefined, b: LastingFields): boolean =>
  a?.registration === b.registration &&
  a.refusals === b.refusals &&
  a.scheduling === b.scheduling &&
  a.isApproved === b.isApproved &&
  a.capacity === b.capacity &&
  a.sealingKey === b.sealingKey &&
  a.auditedAct === b.auditedAct;

/** What of a node outlives its coordinator, and nothing else of it. */
export function lastingFieldsOf(node: LastingFields): LastingFields {
  const { registration, scheduling, isApproved, capacity } = node;
  const { refusals, sealingKey, auditedAct } = node;
  return { registration, scheduling, isApproved, capacity, refusals, sealingKey, auditedAct };
}
