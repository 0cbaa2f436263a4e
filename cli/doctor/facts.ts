import { printable } from '../output/table.js';

/** A name and its value. */
export type Fact = readonly [name: string, value: string];

/** `name   value` lines with aligned values. Control characters are replaced. */
export function factLines(facts: readonly Fact[]): readonly string[] {
  const width = Math.max(0, ...facts.map(([name]) => name.length));
  return facts.map(([name, value]) => `${name.padEnd(width)}  ${printable(value)}`.trimEnd());
}
