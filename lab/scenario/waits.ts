import { optional } from '../../shared/yaml/shape.js';
import type { ArrivalProcess } from '../types.js';
import { timeMs, wholeTo } from './values.js';

const MAX_CONCURRENCY = 10_000;

/** How requests wait beside the work of others: keys of models and of workloads. */
export const waitFields = {
  wait: optional(timeMs, 0),
  concurrency: optional<number | undefined>(
    wholeTo(MAX_CONCURRENCY, 'a number of requests'),
    undefined,
  ),
};

/** What decides whether such a wait means anything. */
interface WaitRead {
  readonly wait: number;
  readonly concurrency: number | undefined;
  readonly arrivals: ArrivalProcess;
}

/**
 * Refuses what would change nothing: one client that waits for its answer has one request under
 * way, and work alone is done in order however many may wait.
 */
export function waitFault({ wait, concurrency, arrivals }: WaitRead) {
  if (wait > 0 && arrivals.kind === 'closed')
    return {
      field: 'wait',
      message:
        'requests wait beside each other with open arrivals only: write arrivals: { rate: 4 }',
    };
  if (concurrency === undefined || wait > 0) return undefined;
  return {
    field: 'concurrency',
    message:
      `concurrency ${concurrency} changes nothing without wait: write wait: 200ms beside it, or ` +
      'leave it out',
  };
}
