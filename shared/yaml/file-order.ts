import type { Fault } from '../result.js';

/** More are not listed: nobody reads thousands. */
const MAX_FAULTS = 100;

/** The faults in the order of the file; of very many the first, and how many more there are. */
export function inFileOrder(faults: readonly Fault[]): readonly Fault[] {
  const ordered = [...faults].sort(
    (a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
  const [next] = ordered.slice(MAX_FAULTS);
  if (next === undefined) return ordered;
  const more = `and ${ordered.length - MAX_FAULTS} more faults from here on`;
  return [...ordered.slice(0, MAX_FAULTS), { ...next, message: more }];
}
