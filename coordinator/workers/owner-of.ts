import { indexByHash } from '../../shared/hash.js';
import type { NodeId } from '../../shared/ids.js';

/** Which of `of` workers owns a node, from 0: the same one at all times. */
export const ownerOf = (node: NodeId, of: number): number => indexByHash(node, of);
