import { formatDurationMs } from '../../../shared/units.js';

/** Numbers as they stand in reasons. */
export const formatCores = (cores: number): string => cores.toFixed(3);
export const formatMs = (ms: number): string => formatDurationMs(ms);
