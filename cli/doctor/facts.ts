import { printable } from '../output/table.js';

/** A name and what is known of it. */
export type Fact = readonly [name: string, value: string];

/** `name   value` lines, values aligned; nothing in them may drive the terminal. */
export function factLines(facts: readonly Fact[]): readonly string[] {
  const width = Math.max(0, ...facts.map(([name]) => name.length));
  return facts.map(([name, value]) => `${name.padEnd(width)}  ${printable(value)}`.trimEnd());
}
