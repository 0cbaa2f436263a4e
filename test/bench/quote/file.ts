import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { machine } from '../ceilings/file.js';
import { CHOICES, type Outcome } from './outcome.js';

/** What figures must have in common to be figures of one bench. */
export interface Conditions {
  readonly seed: number;
  /** Jobs that run side by side. */
  readonly together: number;
  readonly settleMs: number;
  readonly measureMs: number;
}

/** What the file of the bench holds. */
export interface QuoteFigures extends Conditions {
  readonly bench: 'quote';
  readonly machine: string;
  readonly outcomes: readonly Outcome[];
}

const CONDITIONS = ['seed', 'together', 'settleMs', 'measureMs'] as const;

/**
 * The figures of a file, so that the bench goes on with them; without a file none.
 * @throws with a sentence where it is of something else
 */
export function readFigures(file: string, conditions: Conditions): QuoteFigures {
  const none: QuoteFigures = { bench: 'quote', machine: machine(), ...conditions, outcomes: [] };
  if (!existsSync(file)) return none;
  const held = JSON.parse(readFileSync(file, 'utf8')) as Partial<QuoteFigures> | null;
  if (held?.bench !== 'quote' || !Array.isArray(held.outcomes))
    throw new Error(`${file} is not a file of this bench: name another one.`);
  if (held.machine !== machine())
    throw new Error(`${file} is of another machine (${held.machine}): name another file.`);
  const other = CONDITIONS.find((field) => held[field] !== conditions[field]);
  if (other !== undefined)
    throw new Error(
      `${file} was measured with ${other} ${held[other]}, not ${conditions[other]}: give the ` +
        'same, or another file.',
    );
  return { ...none, outcomes: held.outcomes };
}

/** Whole or not at all: a bench that is killed while it writes loses nothing. */
export function writeFigures(file: string, figures: QuoteFigures): void {
  writeFileSync(`${file}.part`, `${JSON.stringify(figures, null, 1)}\n`);
  renameSync(`${file}.part`, file);
}

/** Numbers of jobs in groups that run side by side, those that the outcomes hold left out. */
export function openGroups(
  jobs: number,
  together: number,
  outcomes: readonly Outcome[],
): readonly (readonly number[])[] {
  const held = new Map<string, number>();
  for (const { job } of outcomes) held.set(job, (held.get(job) ?? 0) + 1);
  const isOpen = (number: number): boolean => held.get(nameOf(number)) !== CHOICES.length;
  return Array.from({ length: Math.ceil(jobs / together) }, (_, group) =>
    Array.from(
      { length: Math.min(together, jobs - group * together) },
      (_unused, i) => group * together + i + 1,
    ),
  ).filter((group) => group.some(isOpen));
}

/** The name of a job of the bench. */
export const nameOf = (number: number): string => `quote-${number}`;
