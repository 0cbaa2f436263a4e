import { closeSync, openSync, writeSync } from 'node:fs';
import { err, ok, type Result } from '../../shared/result.js';

/** A number in a cgroup file that the engine does not manage, so that this driver writes it. */
export interface Knob {
  /** File names by cgroup version. */
  readonly v1: string;
  readonly v2: string;
  readonly unit: string;
  /** Inclusive; the kernel may take less. */
  readonly least: number;
  readonly most: number;
}

/** Names of the knobs. */
export type KnobName = 'burst';

/**
 * The knobs. `burst` (Linux 5.14, Documentation/scheduler/sched-bwc.rst): the kernel takes at most
 * the quota in force, and refuses a quota below the burst in force.
 */
export const KNOBS: Readonly<Record<KnobName, Knob>> = {
  burst: { v1: 'cpu.cfs_burst_us', v2: 'cpu.max.burst', unit: 'µs', least: 0, most: 1_000_000_000 },
};

/** The value again when it may be written; the error names the file and the range. */
export function checkKnob({ v2, unit, least, most }: Knob, value: number): Result<number, string> {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return ok(value);
  return err(`${value} is no value of ${v2}: whole ${unit} from ${least} to ${most}`);
}

/**
 * Writes into a file that exists; throws what the OS throws, EINVAL when the kernel does not take
 * the value.
 */
export function writeKnob(path: string, value: number): void {
  const file = openSync(path, 'r+');
  try {
    writeSync(file, `${value}`);
  } finally {
    closeSync(file);
  }
}
