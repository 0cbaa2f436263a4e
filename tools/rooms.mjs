// Which room each source file lies in, and what each room may import. docs/architecture.md prints
// this table (`node tools/arrows.mjs --table`), and a test holds the two equal.
import { AGENT } from './rooms/agent.mjs';
import { CLI } from './rooms/cli.mjs';
import { CONSOLE } from './rooms/console.mjs';
import { COORDINATOR } from './rooms/coordinator.mjs';
import { LAB } from './rooms/lab.mjs';
import { room } from './rooms/room.mjs';
import { WIRE } from './rooms/wire.mjs';

/**
 * First match wins. `may`: the rooms it may import beside itself and shared/; `x/*` stands for the
 * room x and all below it. `packages`: npm packages. `node`: true = any built-in, else the list.
 * `pure`: no clock, chance, IO, timers or async. `only`: files of a room that may be imported.
 */
export const ROOMS = [
  ...WIRE,
  ...AGENT,
  ...COORDINATOR,
  ...LAB,
  ...CONSOLE,
  ...CLI,
  room('test', /^test\//, ['*'], { packages: ['*'], node: true }),
];
