import { factorText } from './judge.js';
import type { StepRow } from './verdict.js';

/** The steps as a table. */
export function tableOf(rows: readonly StepRow[]): string {
  const cells = rows.map(({ what, upSeconds, phase }) => [
    what,
    upSeconds === null ? '' : upSeconds.toFixed(1),
    `${phase.looks}`,
    (phase.longestGapMs / 1000).toFixed(2),
    `${phase.meanAtTarget.toFixed(1)} (${phase.leastAtTarget})`,
    factorText(phase.largestStep),
    `${phase.breaches.length}`,
  ]);
  const table = [HEADS, ...cells];
  const widths = HEADS.map((_, column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  return table
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}

const HEADS = [
  'step',
  'up after, s',
  'looks',
  'longest gap, s',
  'at target (least)',
  'largest change of a limit',
  'breaches',
];
