export type { RecentHistory } from '../../answers.js';

/** Allocations whose hour is asked for at once: what the API takes (`MAX_TOGETHER`). */
export const MAX_ASKED = 50;
