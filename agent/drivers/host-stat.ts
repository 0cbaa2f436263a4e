import { type FileBytes, numberAt } from './cgroup-parse.js';

/** Time of all CPUs since boot, in ticks. */
export interface CpuTicks {
  readonly total: number;
  /** Idle and waiting for disks. */
  readonly idle: number;
}

/** user nice system idle iowait irq softirq steal; guest time is inside user (proc_stat(5)). */
const FIELDS = 8;
const IDLE = 3;
const IO_WAIT = 4;

/** First line of `/proc/stat`; null when it is not as expected. */
export function parseCpuTicks(file: FileBytes): CpuTicks | null {
  if (file.bytes.toString('latin1', 0, Math.min(4, file.length)) !== 'cpu ') return null;
  let total = 0;
  let idle = 0;
  let at = 4;
  for (let field = 0; field < FIELDS; field += 1) {
    while (file.bytes[at] === 0x20) at += 1;
    const value = numberAt(file, at);
    if (Number.isNaN(value)) return null;
    total += value;
    if (field === IDLE || field === IO_WAIT) idle += value;
    while (at < file.length && (file.bytes[at] ?? 0) > 0x20) at += 1;
  }
  return { total, idle };
}

/**
 * Share of time the CPUs were busy or stolen between two readings, 0..1; null when no time passed
 * or a counter fell.
 */
export function busyTicks(before: CpuTicks, after: CpuTicks): number | null {
  const total = after.total - before.total;
  const idle = after.idle - before.idle;
  if (total <= 0 || idle < 0) return null;
  return Math.min(1, Math.max(0, (total - idle) / total));
}
