import type { Fault } from '../../shared/result.js';

/**
 * Whether who waits may ask again: no coordinator leads just now, as while another one takes over,
 * or it has too much to do.
 */
export const isPassing = (faults: readonly Fault[]): boolean =>
  faults.every(({ code }) => code === 'service.unavailable' || code === 'service.busy');

/** What the line at the bottom says meanwhile. */
export const NO_ANSWER = 'the coordinator does not answer; it is asked again';
