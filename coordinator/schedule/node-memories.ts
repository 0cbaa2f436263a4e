/**
 * What a policy remembers of nodes: two lists side by side. The ids are the same list for as long
 * as the nodes are the same, so that a plan makes only the list of what is remembered, and no table
 * of all nodes.
 */
export interface NodeMemories {
  readonly ids: readonly string[];
  readonly values: readonly unknown[];
}

/** Nothing is remembered. */
export const NO_NODE_MEMORIES: NodeMemories = { ids: [], values: [] };

// A list of ids never changes once it is made, and stays the same from plan to plan.
const knownPlaces = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

function placesOf(ids: readonly string[]): ReadonlyMap<string, number> {
  const known = knownPlaces.get(ids);
  if (known !== undefined) return known;
  const places = new Map(ids.map((id, place) => [id, place]));
  knownPlaces.set(ids, places);
  return places;
}

/** What is remembered of a node; undefined = nothing. */
export function memoryOf({ ids, values }: NodeMemories, id: string): unknown {
  const place = placesOf(ids).get(id);
  return place === undefined ? undefined : values[place];
}

/** The same, where the node nearly always stands at that place. */
export const memoryAt = (memories: NodeMemories, id: string, place: number): unknown =>
  memories.ids[place] === id ? memories.values[place] : memoryOf(memories, id);

/** The same with other memories of some nodes that are there already. */
export const withMemories = (
  { ids, values }: NodeMemories,
  changed: ReadonlyMap<string, unknown>,
): NodeMemories => ({
  ids,
  values: ids.map((id, place) => (changed.has(id) ? changed.get(id) : values[place])),
});

/** Those of different nodes in one. */
export const joinedMemories = (parts: readonly NodeMemories[]): NodeMemories => ({
  ids: parts.flatMap(({ ids }) => ids),
  values: parts.flatMap(({ values }) => values),
});
