import { slowerBefore } from './common-work.js';
import type { HostKnowledge } from './memory.js';
import { worstRatio } from './worst-lately.js';

/**
 * What all jobs took of a host lately ÷ now, at least 1: on average of the last 15 reports, or, up
 * to a twentieth more, when it was at its worst.
 */
export const slowerLately = (
  { commonWork, worstLately }: Pick<HostKnowledge, 'commonWork' | 'worstLately'>,
  capacityCores: number,
): number => Math.max(slowerBefore(commonWork), worstRatio(worstLately, capacityCores));
