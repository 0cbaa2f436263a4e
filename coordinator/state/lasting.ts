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
