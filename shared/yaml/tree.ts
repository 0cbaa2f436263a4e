import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import { kindOf, textOf } from './place.js';

/**
 * A YAML document as plain values in which every scalar is its text as written (`007` stays `007`)
 * and YAML's null is null, together with the way back from a path to its node.
 */
export interface YamlTree {
  readonly value: unknown;
  /** The node at a path and the offset of its key; undefined = nothing stands there. */
  nodeAt(path: readonly string[]): NodeAt | undefined;
}
/** A node of the document, and where its key stands. */
export interface NodeAt {
  readonly node: Node | null;
  /** Of the key, where the node is a value of a mapping. */
  readonly keyOffset: number | undefined;
}

/** The tree of a document. An alias is the value it stands for: shared, not copied. */
export function treeOf(document: Document): YamlTree {
  const builder = new Builder();
  const root = document.contents as Node | null;
  return {
    value: builder.valueOf(root),
    nodeAt: (path) => builder.nodeAt(root, path),
  };
}

/** Longer than any name that a schema allows, so that no name is taken for a part of it. */
const MAX_KEY_LENGTH = 160;

const keyOf = (pair: Pair): string => {
  const key = pair.key as Node | null;
  return isScalar(key) ? textOf(key.value, key.source).slice(0, MAX_KEY_LENGTH) : kindOf(key);
};

class Builder {
  /** Latest node of each anchor while the document is walked; what each alias stands for. */
  readonly #anchors = new Map<string, Node>();
  readonly #targets = new Map<Node, Node | null>();
  readonly #values = new Map<Node, unknown>();
  /** Of each mapping its pairs by key, so that finding thousands of faults stays linear. */
  readonly #pairs = new Map<Node, ReadonlyMap<string, Pair>>();

  valueOf(node: Node | null): unknown {
    if (node === null) return null;
    if (isAlias(node)) {
      const target = this.#anchors.get(node.source) ?? null;
      this.#targets.set(node, target);
      return target === null ? null : this.valueOf(target);
    }
    if (this.#values.has(node)) return this.#values.get(node);
    if ('anchor' in node && node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    if (isScalar(node)) return node.value === null ? null : textOf(node.value, node.source);
    if (isSeq(node)) return this.#list(node, node.items as readonly (Node | null)[]);
    return isMap(node) ? this.#mapping(node, node.items as readonly Pair[]) : null;
  }

  // The value is known before its parts are: a part may be an alias of the whole.
  #list(node: Node, items: readonly (Node | null)[]): unknown {
    const list: unknown[] = [];
    this.#values.set(node, list);
    for (const item of items) list.push(this.valueOf(item));
    return list;
  }

  #mapping(node: Node, pairs: readonly Pair[]): unknown {
    const mapping = {};
    this.#values.set(node, mapping);
    this.#pairs.set(node, new Map(pairs.map((pair) => [keyOf(pair), pair])));
    for (const pair of pairs) {
      const value = this.valueOf((pair.value ?? null) as Node | null);
      // Defined, not assigned: a key may be called __proto__.
      const property = { value, enumerable: true, configurable: true, writable: true };
      Object.defineProperty(mapping, keyOf(pair), property);
    }
    return mapping;
  }

  nodeAt(root: Node | null, path: readonly string[]): NodeAt | undefined {
    let at: NodeAt | undefined = { node: root, keyOffset: undefined };
    for (const key of path) at = at === undefined ? undefined : this.#below(at.node, key);
    return at;
  }

  #below(parent: Node | null, key: string): NodeAt | undefined {
    const node = isAlias(parent) ? (this.#targets.get(parent) ?? null) : parent;
    if (isSeq(node)) {
      const item = (node.items as readonly (Node | null)[])[Number(key)];
      return item === undefined ? undefined : { node: item, keyOffset: node.range?.[0] };
    }
    const pair = node === null ? undefined : this.#pairs.get(node)?.get(key);
    if (pair === undefined) return undefined;
    const keyNode = pair.key as Node | null;
    return { node: (pair.value ?? null) as Node | null, keyOffset: keyNode?.range?.[0] };
  }
}
