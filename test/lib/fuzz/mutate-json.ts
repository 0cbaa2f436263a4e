import type { Random } from '../../../shared/random.js';
import { mutated } from './mutate.js';

/** What stands where something else is expected. */
const VALUES: readonly unknown[] = [
  ...[null, true, false, 0, -1, 0.5, 1e300, 2 ** 53 + 2, -(2 ** 31)],
  ...['', '0', 'x'.repeat(300), '\ud800', '\u0000', '9'.repeat(40), '-1', 'true', '__proto__'],
  ...[[], {}, [null], { length: 3 }, [[]], { toString: 'no' }],
];

/**
 * JSON of one of the corpus in which a few values, of any depth, were replaced, left out or put
 * under another key; now and then its bytes are broken instead.
 */
export function mutatedJson(corpus: readonly Uint8Array[], random: Random): Uint8Array {
  if (random() < 0.2) return mutated(corpus, random);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const junk = (): unknown => structuredClone(pick(VALUES));
  let value: unknown = JSON.parse(new TextDecoder().decode(pick(corpus)));
  for (let left = 1 + Math.floor(random() * 4); left > 0; left -= 1) {
    const places = placesIn(value);
    if (places.length === 0) {
      value = junk();
      continue;
    }
    const { holder, key } = pick(places);
    const other = pick(places);
    const how = random();
    if (how < 0.6) set(holder, key, junk());
    else if (how < 0.75) set(holder, key, structuredClone(other.holder[other.key]));
    else if (how < 0.9) delete holder[key];
    else set(holder, pick(['__proto__', 'constructor', '', 'a'.repeat(99)]), junk());
  }
  return new TextEncoder().encode(JSON.stringify(value));
}

type Holder = Record<string, unknown>;
interface Place {
  readonly holder: Holder;
  readonly key: string;
}

// As JSON.parse does, where `__proto__` is a key like any other.
function set(holder: Holder, key: string, value: unknown): void {
  Object.defineProperty(holder, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

function placesIn(value: unknown, found: Place[] = []): readonly Place[] {
  if (typeof value !== 'object' || value === null) return found;
  const holder = value as Holder;
  for (const key of Object.keys(holder)) {
    found.push({ holder, key });
    placesIn(holder[key], found);
  }
  return found;
}
