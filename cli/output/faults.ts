import type { Fault, FileFault } from '../../shared/result.js';
import { printable } from './table.js';

/** What the exit codes mean; `docs/cli.md` and the man pages say the same. */
export const EXIT_CODES = {
  0: 'done',
  1: 'failed',
  2: 'wrong usage or bad file',
  3: 'understood but not possible as asked',
} as const;
/** 0 done, 1 failed, 2 wrong usage or bad file, 3 understood but not possible as asked. */
export type ExitCode = keyof typeof EXIT_CODES;

/**
 * `FILE:LINE:COLUMN: message [code]`, without the parts that are not known. A file in the fault
 * takes precedence over `named`.
 */
export function faultLine(fault: FileFault, named?: string): string {
  const file = fault.file ?? named;
  const position = fault.line === undefined ? '' : `:${fault.line}:${fault.column ?? 1}`;
  const place =
    file === undefined
      ? position === ''
        ? ''
        : `line ${position.slice(1)}: `
      : `${file}${position}: `;
  return printable(`${place}${fault.message} [${fault.code}]`);
}

const NOT_POSSIBLE: readonly string[] = [
  'schedule.no-node',
  'service.no-prices',
  'service.over-budget',
];
const USAGE = /^(job|scenario|recording|config|label|cli)\./;

/** The exit code for the faults of one refusal. */
export function exitCodeOf(faults: readonly Fault[]): ExitCode {
  if (faults.some(({ code }) => NOT_POSSIBLE.includes(code))) return 3;
  if (faults.length === 0) return 0;
  return faults.every(({ code }) => USAGE.test(code)) ? 2 : 1;
}
