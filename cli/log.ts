import type { Clock } from '../shared/clock.js';
import type { Log } from '../shared/log.js';
import { escaped } from '../shared/text.js';

/** Severity of a log record; `silent` drops all. */
export type LogLevel = 'info' | 'warn' | 'error' | 'silent';
/** All levels, from the lowest to the highest. */
export const LOG_LEVELS: readonly LogLevel[] = ['info', 'warn', 'error', 'silent'];

/** Where the records go, and which are kept. */
export interface LineLogOptions {
  readonly write: (line: string) => void;
  readonly clock: Clock;
  /** Records below this level are dropped. */
  readonly level: LogLevel;
}

/**
 * A log of one line per record: time, level, message, then `key=value`. Control characters, which
 * may come from other machines, are escaped: a log is read on terminals.
 */
export function lineLog(options: LineLogOptions): Log {
  const least = LOG_LEVELS.indexOf(options.level);
  const at =
    (level: LogLevel) =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}): void => {
      if (LOG_LEVELS.indexOf(level) < least) return;
      const time = new Date(options.clock.wall()).toISOString();
      const pairs = Object.entries(fields).map(([key, value]) => ` ${key}=${fieldText(value)}`);
      const line = `${time} ${level.toUpperCase().padEnd(5)} ${oneLine(message)}${pairs.join('')}`;
      options.write(escaped(line));
    };
  return { info: at('info'), warn: at('warn'), error: at('error') };
}

function fieldText(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text =
    value instanceof Error ? value.message : typeof value === 'string' ? value : safeJson(value);
  return /^[\w./:@%+-]+$/.test(text) ? text : JSON.stringify(text);
}

function safeJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return '[unprintable]';
  }
}

const oneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ');
