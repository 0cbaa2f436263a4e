import { dirname, join } from 'node:path';
import { withoutComments } from './source.mjs';

const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*['"](\.[^'"]+)['"]/g;

/**
 * Which file imports which, `import type` and re-exports included.
 * @param sources Map of path to text. @returns Map of path to a set of paths that are in `sources`.
 */
export function importsOf(sources) {
  const graph = new Map();
  for (const [file, text] of sources) {
    const targets = new Set();
    for (const [, specifier] of withoutComments(text).matchAll(IMPORT)) {
      const target = join(dirname(file), specifier).replaceAll('\\', '/').replace(/\.js$/, '.ts');
      if (target !== file && sources.has(target)) targets.add(target);
    }
    graph.set(file, targets);
  }
  return graph;
}

/** The same graph between rooms: a room imports another if one of its files does. */
export function between(graph, roomOf) {
  const rooms = new Map();
  for (const [file, targets] of graph) {
    const from = roomOf(file);
    if (!rooms.has(from)) rooms.set(from, new Set());
    for (const target of targets) if (roomOf(target) !== from) rooms.get(from).add(roomOf(target));
  }
  return rooms;
}

/**
 * Circles: the strongly connected components with more than one member (Tarjan), each sorted.
 * @param graph Map of a node to the nodes that it points to.
 */
export function circlesOf(graph) {
  const state = { index: new Map(), low: new Map(), stack: [], on: new Set(), found: [] };
  for (const node of graph.keys()) if (!state.index.has(node)) visit(graph, node, state);
  return state.found.filter((members) => members.length > 1);
}

function visit(graph, node, state) {
  const { index, low, stack, on } = state;
  index.set(node, index.size);
  low.set(node, index.get(node));
  stack.push(node);
  on.add(node);
  for (const next of graph.get(node) ?? []) {
    if (!index.has(next)) {
      visit(graph, next, state);
      low.set(node, Math.min(low.get(node), low.get(next)));
    } else if (on.has(next)) low.set(node, Math.min(low.get(node), index.get(next)));
  }
  if (low.get(node) !== index.get(node)) return;
  const members = stack.splice(stack.indexOf(node));
  for (const each of members) on.delete(each);
  state.found.push(members.sort());
}
