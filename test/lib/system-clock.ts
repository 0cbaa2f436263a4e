/** The real clock, for tests against real parts. */
export { realClock as systemClock } from '../../cli/clock.js';
