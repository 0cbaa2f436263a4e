export { FOREIGN_LEVELS, type ForeignLevel } from '../../lab/foreign/levels.js';
