import type { JobName, NodeId } from '../../shared/ids.js';
import { cutText } from '../../shared/text.js';

/**
 * Who asked last for what is wanted of each job and each node, as far as this leader was asked. It
 * goes into desired states, so that a host can say at whose word it did what.
 */
export interface Requesters {
  readonly jobs: ReadonlyMap<JobName, string>;
  readonly nodes: ReadonlyMap<NodeId, string>;
}
export const NO_REQUESTERS: Requesters = { jobs: new Map(), nodes: new Map() };

/** The newest ones are kept. */
export const MAX_REQUESTERS = 4096;
/** Names are cut to it: agents refuse a desired state with a longer one. */
const MAX_NAME = 128;

/** `by` undefined = it is not known who asked, so nobody is named any more. */
export function withRequester<K extends string>(
  known: ReadonlyMap<K, string>,
  about: readonly K[],
  by: string | undefined,
): ReadonlyMap<K, string> {
  if (by === undefined && !about.some((each) => known.has(each))) return known;
  const next = new Map(known);
  for (const each of about) {
    next.delete(each);
    if (by !== undefined) next.set(each, cutText(by, MAX_NAME));
  }
  for (const oldest of next.keys()) {
    if (next.size <= MAX_REQUESTERS) break;
    next.delete(oldest);
  }
  return next;
}
