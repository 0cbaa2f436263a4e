export { FOREIGN_LEVELS, type ForeignLevel } from '../../lab/foreign/levels.js';

/** Names of simulated machines: an even one, or one like a real one that is judged like it. */
export const MACHINE_NAMES = ['even', 'real'] as const;
export type MachineName = (typeof MACHINE_NAMES)[number];
