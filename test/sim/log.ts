import { type Log, silentLog } from '../../shared/log.js';
import type { Process } from './process.js';

/** Warnings and errors become part of the story. */
export const logOf = (process: Process, node: string): Log => ({
  ...silentLog,
  warn: (message) =>
    process.isAlive && process.world.tell(node, `${process.name} warns: ${message.slice(0, 160)}`),
  error: (message, fields) =>
    process.isAlive &&
    process.world.tell(
      node,
      `${process.name} error: ${message} ${JSON.stringify(fields ?? {}).slice(0, 160)}`,
    ),
});
