import { Session } from 'node:inspector';
import { types } from 'node:util';

/** What is reachable from an object. */
export interface Held {
  readonly objects: number;
  /**
   * Entries of each list, map, set and plain object, by the fields that lead there; of several
   * with the same way the largest.
   */
  readonly sizes: ReadonlyMap<string, number>;
}

type Part = readonly [name: string, value: unknown];

/**
 * Walks through fields, private ones too, and through entries. What only a closure, a promise or a
 * weak map holds is not seen. `leaveOut`: not entered.
 */
export function heldBy(root: object, leaveOut: Iterable<object>): Held {
  const privates = new PrivateFields();
  const seen = new Set<object>(leaveOut).add(root);
  const sizes = new Map<string, number>();
  // The shortest way first, so that what is reached by several has the same name each time.
  const all: { readonly holder: object; readonly way: string }[] = [{ holder: root, way: '' }];
  for (const { holder, way } of all) {
    const isOwn = !isCollection(holder);
    const parts = isOwn ? [...fieldsOf(holder), ...privates.of(holder)] : entriesOf(holder);
    if (!isOwn) sizes.set(way, Math.max(sizes.get(way) ?? 0, parts.length));
    for (const [name, value] of parts) {
      if (typeof value !== 'object' || value === null || seen.has(value)) continue;
      seen.add(value);
      all.push({ holder: value, way: way.endsWith(`.${name}`) ? way : `${way}.${name}` });
    }
  }
  privates.close();
  return { objects: all.length, sizes };
}

function isCollection(value: object): boolean {
  if (types.isMap(value) || types.isSet(value) || Array.isArray(value)) return true;
  const made: unknown = Object.getPrototypeOf(value);
  return made === Object.prototype || made === null;
}

function entriesOf(holder: object): readonly Part[] {
  if (types.isMap(holder))
    return [...Map.prototype.entries.call(holder)].map(([key, value]): Part => {
      const isNamed = typeof key !== 'object' || key === null;
      return ['*', isNamed ? value : [key, value]];
    });
  const all: readonly unknown[] | undefined = types.isSet(holder)
    ? [...Set.prototype.values.call(holder)]
    : Array.isArray(holder)
      ? // One may have holes.
        [...holder]
      : undefined;
  return all === undefined ? fieldsOf(holder) : all.map((each): Part => ['*', each]);
}

function fieldsOf(holder: object): readonly Part[] {
  if (ArrayBuffer.isView(holder) || types.isAnyArrayBuffer(holder)) return [];
  return Reflect.ownKeys(holder).map(
    (key): Part => [String(key), Object.getOwnPropertyDescriptor(holder, key)?.value as unknown],
  );
}

const BOX = 'heldByBox';
const box = globalThis as unknown as { [BOX]?: unknown };

interface Remote {
  readonly objectId?: string;
}
interface Answer {
  readonly result?: Remote;
  readonly privateProperties?: readonly { readonly name: string; readonly value?: Remote }[];
}

/** Private fields that hold objects: only the inspector of the engine shows them. */
class PrivateFields {
  readonly #session = new Session();

  constructor() {
    this.#session.connect();
  }

  of(holder: object): readonly Part[] {
    box[BOX] = holder;
    const objectGroup = BOX;
    const { result } = this.#ask('Runtime.evaluate', { expression: BOX, objectGroup });
    const objectId = result?.objectId;
    const asked = { objectId, ownProperties: true };
    const { privateProperties = [] } = this.#ask('Runtime.getProperties', asked);
    const fields = privateProperties.filter(({ value }) => value?.objectId !== undefined);
    this.#ask('Runtime.callFunctionOn', {
      objectId,
      functionDeclaration: `function (...values) { globalThis.${BOX} = values; }`,
      arguments: fields.map(({ value }) => ({ objectId: value?.objectId })),
    });
    const values = box[BOX] as readonly unknown[];
    this.#ask('Runtime.releaseObjectGroup', { objectGroup });
    return fields.map(({ name }, i) => [name, values[i]]);
  }

  close(): void {
    box[BOX] = undefined;
    this.#session.disconnect();
  }

  /** It answers before it returns: it is of this thread. */
  #ask(method: string, params: object): Answer {
    let answer: Answer = {};
    this.#session.post(method, params, (error, found) => {
      if (error !== null) throw new Error(`${method}: ${error.message}`);
      answer = found as Answer;
    });
    return answer;
  }
}
