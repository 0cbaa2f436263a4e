import { formatDurationMs } from '../../../shared/units.js';

/** Cores with three decimals, as in placement reasons. */
export const formatCores = (cores: number): string => cores.toFixed(3);
/** Milliseconds with a unit that fits their size. */
export const formatMs = (ms: number): string => formatDurationMs(ms);
