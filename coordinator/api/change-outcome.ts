import type { Result } from '../../shared/result.js';
import type { Change } from '../audit/audit-trail.js';

/**
 * What became of a call that changes something: its answer, and what it changed, also where it
 * failed half way. Each change is a line of the audit.
 */
export interface ChangeOutcome<T> {
  readonly result: Result<T>;
  readonly changes: readonly Change[];
}
