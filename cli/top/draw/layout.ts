import { textWidth } from '../../grid/glyphs.js';
import type { Row } from '../model/rows.js';
import { GAUGE_WIDTH } from './gauge.js';

/** Columns of the list of jobs, in their order. */
export type SlotName =
  | 'JOB'
  | 'TARGET'
  | 'TARGET BAND'
  | 'NOW'
  | 'CLASS'
  | 'LIMIT'
  | 'USE'
  | 'LAST'
  | 'NODE'
  | 'REASON';

/** A column on the screen. */
export interface Slot {
  readonly name: SlotName;
  readonly x: number;
  readonly width: number;
}

interface Wish {
  readonly name: SlotName;
  readonly min: number;
  readonly max: number;
}

/** The left edge holds the mark of the chosen row. */
const MARGIN = 2;
const GAP = 2;
/** What is left out first where there is no room. JOB, NOW and CLASS always stay. */
export const LEAVING: readonly SlotName[] = [
  ...(['REASON', 'TARGET', 'LAST', 'NODE', 'USE', 'LIMIT', 'TARGET BAND'] as const),
];
/** Which columns grow first where there is more room. */
const GROWING: readonly SlotName[] = ['JOB', 'NODE', 'LAST', 'TARGET BAND', 'REASON'];

/** The columns for these rows that fit into a width, and where each stands. */
export function slotsFor(rows: readonly Row[], columns: number): readonly Slot[] {
  const wishes = [...wishesOf(rows)];
  const leaving = [...LEAVING];
  const room = columns - MARGIN;
  while (neededBy(wishes) > room && leaving.length > 0) {
    const name = leaving.shift();
    const at = wishes.findIndex((each) => each.name === name);
    if (at >= 0) wishes.splice(at, 1);
  }
  const widths = grown(wishes, room - neededBy(wishes));
  let x = MARGIN;
  return wishes.map(({ name }) => {
    const width = widths.get(name) ?? 0;
    const slot = { name, x, width };
    x += width + GAP;
    return slot;
  });
}

const neededBy = (wishes: readonly Wish[]): number =>
  wishes.reduce((sum, { min }) => sum + min + GAP, -GAP);

function grown(wishes: readonly Wish[], extra: number): ReadonlyMap<SlotName, number> {
  const widths = new Map(wishes.map(({ name, min }) => [name, min]));
  let left = extra;
  for (const name of GROWING) {
    const wish = wishes.find((each) => each.name === name);
    if (wish === undefined || left <= 0) continue;
    const more = Math.min(left, wish.max - wish.min);
    widths.set(name, wish.min + more);
    left -= more;
  }
  return widths;
}

function wishesOf(rows: readonly Row[]): readonly Wish[] {
  const name = longest(rows, (row) => row.name);
  const node = longest(rows, ({ status }) => status.node ?? '');
  const fixed = (which: SlotName, width: number): Wish => ({
    name: which,
    min: width,
    max: width,
  });
  return [
    { name: 'JOB', min: clamp(name, 8, 12), max: clamp(name, 8, 40) },
    fixed('TARGET', 16),
    { name: 'TARGET BAND', ...GAUGE_WIDTH },
    fixed('NOW', 8),
    fixed('CLASS', 8),
    fixed('LIMIT', 6),
    fixed('USE', 5),
    { name: 'LAST', min: 10, max: 30 },
    { name: 'NODE', min: clamp(node, 4, 6), max: clamp(node, 4, 24) },
    { name: 'REASON', min: 24, max: 200 },
  ];
}

const longest = (rows: readonly Row[], text: (row: Row) => string): number =>
  rows.reduce((most, row) => Math.max(most, textWidth(text(row))), 0);
const clamp = (value: number, least: number, most: number): number =>
  Math.max(least, Math.min(value, most));
