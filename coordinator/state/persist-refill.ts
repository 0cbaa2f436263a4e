import { encodeCommand } from '../../proto/command.js';
import { encodeJob } from '../../proto/job.js';
import type { StoreFailure } from '../../proto/store.js';
import { err, ok, type Result } from '../../shared/result.js';
import type { Knowledge } from '../schedule/profiles.js';
import type { ClusterState } from './model.js';
import type { MarkedBucket } from './persist-mark.js';
import { encodeNode, encodePolicy, nodeKey, POLICY_KEY } from './persist-nodes.js';
import { encodeProfile } from './persist-profiles.js';
import type { Stores } from './persistence.js';

/** What a coordinator knew when it led last: enough to fill a bucket again that was lost. */
export interface Remembered {
  readonly state: ClusterState;
  readonly knowledge: Knowledge;
}

export interface RefillOptions {
  readonly remembered: Remembered;
  readonly epoch: number;
  readonly leads: () => boolean;
}

type Entry = readonly [key: string, value: Uint8Array];

/**
 * Writes what is remembered of a bucket into one that was made anew, in the name of the epoch that is led now; resolves with the number of values. Whatever it holds under these keys is
 * replaced; once `leads` says no, nothing is written any more: that is `conflict`.
 */
export async function refill(
  stores: Stores,
  bucket: MarkedBucket,
  { remembered, epoch, leads }: RefillOptions,
): Promise<Result<number, StoreFailure>> {
  const entries = ENTRIES[bucket](remembered, epoch);
  for (const [key, value] of entries) {
    if (!leads()) return err('conflict');
    const put = await stores[bucket].put(key, value);
    if (!put.ok) return err(put.error);
  }
  return ok(entries.length);
}

const ENTRIES: { readonly [Bucket in MarkedBucket]: (remembered: Remembered, epoch: number) => readonly Entry[] } = {
  jobs: ({ state }) => [...state.jobs.values()].map(({ spec }) => [spec.name, encodeJob(spec)]),
  desired: ({ state }, epoch) =>
    [...state.nodes.values()].flatMap(({ id, desired }): Entry[] =>
      desired === null ? [] : [[id, encodeCommand({ ...desired, epoch })]],
    ),
  nodes: ({ state }) => [
    [POLICY_KEY, encodePolicy(state.policy)],
    ...[...state.nodes.values()].map((node): Entry => [nodeKey(node.id), encodeNode(node)]),
  ],
  profiles: ({ knowledge }) => [...knowledge.profiles].map(([key, profile]) => [key, encodeProfile(profile)]),
};
