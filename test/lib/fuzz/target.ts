import type { Random } from '../../../shared/random.js';
import { mutated } from './mutate.js';
import { mutatedJson } from './mutate-json.js';

/** A decoder of input from outside, and what it is fed with before that is changed. */
export interface FuzzTarget {
  readonly name: string;
  readonly corpus: readonly Uint8Array[];
  /** How the corpus is changed: bytes, or values within JSON. Default bytes. */
  readonly kind?: 'json';
  /** Makes a case itself. */
  readonly make?: (random: Random) => Uint8Array;
  /** Throws, or rejects, where the decoder throws or breaks its promise. */
  readonly run: (bytes: Uint8Array) => void | Promise<void>;
}

/** One case for a decoder; the same chance gives the same. */
export function caseFor({ corpus, kind, make }: FuzzTarget, random: Random): Uint8Array {
  if (make !== undefined) return make(random);
  return kind === 'json' ? mutatedJson(corpus, random) : mutated(corpus, random);
}
