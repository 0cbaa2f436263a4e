import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { cpus, release } from 'node:os';
import type { RunKey } from './plan.js';
import type { Played } from './play.js';
import type { Calibration } from './work.js';

/** What the file of a bench holds. */
export interface Figures<Run> {
  readonly bench: string;
  readonly machine: string;
  readonly settleMs: number;
  readonly measureMs: number;
  readonly calibration: Calibration;
  readonly runs: readonly Run[];
}
/** A run of `bench:ceilings`. */
export interface FiguresRun extends RunKey, Played {
  /** When it ended, ISO 8601. */
  readonly endedAt: string;
  readonly rates: Readonly<Record<string, number>>;
}

/** Figures of other times do not compare. */
export type Times = Pick<Figures<never>, 'bench' | 'settleMs' | 'measureMs'>;

/** The CPU and the kernel that figures were measured on. */
export const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, Linux ${release()}`;

/**
 * What a file holds, so that the bench goes on; undefined = there is none yet.
 * @throws with a sentence where it is of something else: figures of other times or machines do not
 *   compare
 */
export function readFigures<Run>(file: string, times: Times): Figures<Run> | undefined {
  if (!existsSync(file)) return undefined;
  const held: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isFigures<Run>(held, times.bench))
    throw new Error(`${file} is not a file of this bench: name another one.`);
  if (held.settleMs !== times.settleMs || held.measureMs !== times.measureMs)
    throw new Error(
      `${file} holds runs with --settle ${held.settleMs}ms --measure ${held.measureMs}ms: ` +
        'give the same, or another file.',
    );
  if (held.machine !== machine())
    throw new Error(`${file} is of another machine (${held.machine}): name another file.`);
  return held;
}

const isFigures = <Run>(value: unknown, bench: string): value is Figures<Run> =>
  typeof value === 'object' &&
  value !== null &&
  'bench' in value &&
  value.bench === bench &&
  'runs' in value;

/** Whole or not at all: a bench that is killed while it writes loses nothing. */
export function writeFigures<Run>(file: string, figures: Figures<Run>): void {
  const part = `${file}.part`;
  writeFileSync(part, `${JSON.stringify(figures, null, 1)}\n`);
  renameSync(part, file);
}
