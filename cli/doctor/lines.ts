import { cutText, textWidth, wrapText } from '../output/fit.js';
import {
  type Column,
  coloured,
  printable,
  type TableOptions,
  type Tone,
  tableLines,
  toned,
} from '../output/table.js';
import type { DoctorFinding, DoctorState } from './section.js';

const TONES: Readonly<Record<DoctorState, Tone>> = {
  works: 'good',
  limited: 'warn',
  missing: 'bad',
};
const COLUMNS: readonly Column<DoctorFinding>[] = [
  { title: 'WHAT', cell: ({ what }) => what },
  { title: 'STATE', cell: ({ state }) => toned(state, TONES[state]) },
  { title: 'DETAIL', cell: ({ detail }) => detail },
  { title: 'WHAT TO DO', cell: ({ cure }) => cure },
];
const GAP = '  ';
const STATE_WIDTH = 'limited'.length;
/** What a line says must have this room, or the name before it gives way. */
const LEAST_DETAIL = 24;

/**
 * Findings as a table. Where the terminal is too narrow for it, details and cures go on in lines of
 * their own below, so that nothing that helps is cut off.
 */
export function findingLines(
  findings: readonly DoctorFinding[],
  options: TableOptions,
): readonly string[] {
  const { width } = options;
  const table = tableLines(COLUMNS, findings, { ...options, width: undefined });
  const natural = tableLines(COLUMNS, findings, { wide: false, colour: false });
  if (width === undefined || natural.every((line) => textWidth(line) <= width)) return table;
  const longest = Math.max(4, ...findings.map(({ what }) => textWidth(what)));
  const fixed = STATE_WIDTH + 2 * GAP.length;
  const whatWidth = Math.min(longest, Math.max(8, width - fixed - LEAST_DETAIL));
  const indent = whatWidth + fixed;
  const head = `${'WHAT'.padEnd(whatWidth)}${GAP}${'STATE'.padEnd(STATE_WIDTH)}${GAP}DETAIL`;
  return [
    cutText(head, width),
    ...findings.flatMap((finding) => block(finding, { ...options, width, whatWidth, indent })),
  ];
}

interface Layout {
  readonly colour: boolean;
  readonly width: number;
  readonly whatWidth: number;
  readonly indent: number;
}

function block(
  { what, state, detail, cure }: DoctorFinding,
  { colour, width, whatWidth, indent }: Layout,
): readonly string[] {
  const room = Math.max(8, width - indent);
  const [first = '', ...more] = wrapText(printable(detail), room);
  const cures = cure === '' ? [] : wrapText(printable(cure), Math.max(8, room - 2));
  const name = cutText(printable(what), whatWidth, 'middle');
  const shown = coloured(toned(state.padEnd(STATE_WIDTH), TONES[state]), colour);
  const pad = ' '.repeat(indent);
  return [
    `${name}${' '.repeat(whatWidth - textWidth(name))}${GAP}${shown}${GAP}${first}`.trimEnd(),
    ...more.map((line) => pad + line),
    ...cures.map((line, at) => `${pad}${at === 0 ? '→ ' : '  '}${line}`),
  ];
}
