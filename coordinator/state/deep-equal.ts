/**
 * Deep equality of plain data (objects, arrays, primitives; no maps, no cycles). A key that is
 * absent equals one that is `undefined`; the order of keys does not matter.
 */
export function deepEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = definedEntries(a);
  const right = new Map(definedEntries(b));
  return (
    left.length === right.size &&
    left.every(([key, value]) => right.has(key) && deepEqual(value, right.get(key)))
  );
}

const definedEntries = (value: object): [string, unknown][] =>
  Object.entries(value).filter(([, item]) => item !== undefined);
