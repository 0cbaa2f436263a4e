import { formatDurationMs } from '../../shared/units.js';
import { printable } from './table.js';

/** Work that goes on, as far as it is known. */
export interface ProgressState {
  readonly label: string;
  readonly done: number;
  readonly total: number;
  /** After the numbers, such as `runs`; '' = none. */
  readonly unit: string;
  /** Time left, by what was measured, ms; absent = nothing was. */
  readonly leftMs?: number | undefined;
}

const BAR_WIDTH = 20;

/** `[#####...............]`, no fuller than what is done. */
export function barOf(done: number, total: number): string {
  const ratio = done > 0 && total > 0 ? Math.min(1, done / total) : 0;
  const filled = Math.floor(ratio * BAR_WIDTH);
  return `[${'#'.repeat(filled)}${'.'.repeat(BAR_WIDTH - filled)}]`;
}

/** `bench [#####...............] 5 of 20 runs, about 12m left` */
export function progressText({ label, done, total, unit, leftMs }: ProgressState): string {
  const left =
    leftMs === undefined
      ? ''
      : `, about ${formatDurationMs(Math.max(1000, Math.round(leftMs / 1000) * 1000))} left`;
  const counted = `${done} of ${total}${unit === '' ? '' : ` ${unit}`}`;
  return printable(`${label} ${barOf(done, total)} ${counted}${left}`);
}
