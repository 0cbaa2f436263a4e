import { indexByHash } from '../../shared/hash.js';
import type { NodeId } from '../../shared/ids.js';

/** Which of `of` workers owns a node, from 0: always the same one, whoever asks. */
export const ownerOf = (node: NodeId, of: number): number => indexByHash(node, of);
