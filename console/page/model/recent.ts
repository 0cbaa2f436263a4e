export type { RecentHistory } from '../../answers.js';

/** Allocations whose hour is asked for at once: what the API takes (`MAX_TOGETHER`). */
export const MAX_ASKED = 50;

/** Allocations whose hour is kept while others are shown; of those read first it is dropped. */
export const MAX_REMEMBERED = 400;
