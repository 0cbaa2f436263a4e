import type { Mark } from './series.js';

/** The mark that a key leads to from another one; undefined = the key leads nowhere. */
export function besideOf(marks: readonly Mark[], from: Mark, key: string): Mark | undefined {
  const at = marks.findIndex(({ sequence }) => sequence === from.sequence);
  if (at < 0) return undefined;
  if (key === 'ArrowLeft') return marks[Math.max(0, at - 1)];
  if (key === 'ArrowRight') return marks[Math.min(marks.length - 1, at + 1)];
  if (key === 'Home') return marks[0];
  if (key === 'End') return marks.at(-1);
  return undefined;
}
