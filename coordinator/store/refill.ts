import { encodeCommand } from '../../proto/command.js';
import { encodeJob } from '../../proto/job.js';
import type { StoreFailure } from '../../proto/store.js';
import { err, ok, type Result } from '../../shared/result.js';
import type { WorkloadProfiles } from '../schedule/workloads/profiles.js';
import type { ClusterState } from '../state/model.js';
import type { MarkedBucket } from './mark.js';
import { encodeNode, encodePolicy, nodeKey, POLICY_KEY } from './nodes.js';
import type { Stores } from './persistence.js';
import { encodeProfile } from './profiles.js';

/** What a coordinator knew when it led last: enough to fill a bucket again that was lost. */
export interface Remembered {
  readonly state: ClusterState;
  readonly knowledge: WorkloadProfiles;
}

export interface RefillOptions {
  readonly remembered: Remembered;
  readonly epoch: number;
  readonly leads: () => boolean;
}

type Entry = readonly [key: string, value: Uint8Array];

/**
 * Writes what is remembered of a bucket into one that was made anew, in the name of the epoch that
 * is led now; resolves with the number of values. Whatever it holds under these keys is replaced;
 * once `leads` says no, nothing is written any more: that is `conflict`.
 */
export async function refill(
  stores: Stores,
  bucket: MarkedBucket,
  { remembered, epoch, leads }: RefillOptions,
): Promise<Result<number, StoreFailure>> {
  let values = 0;
  for (const [key, value] of ENTRIES[bucket](remembered, epoch)) {
    if (!leads()) return err('conflict');
    const put = await stores[bucket].put(key, value);
    if (!put.ok) return err(put.error);
    values += 1;
  }
  return ok(values);
}

/** One by one as they are asked for: thousands of jobs are not encoded in one go. */
const ENTRIES: {
  readonly [Bucket in MarkedBucket]: (remembered: Remembered, epoch: number) => Iterable<Entry>;
} = {
  *jobs({ state }) {
    for (const { spec } of state.jobs.values()) yield [spec.name, encodeJob(spec)];
  },
  *desired({ state }, epoch) {
    for (const { id, desired } of state.nodes.values())
      if (desired !== null) yield [id, encodeCommand({ ...desired, epoch })];
  },
  *nodes({ state }) {
    yield [POLICY_KEY, encodePolicy(state.policy)];
    for (const node of state.nodes.values()) yield [nodeKey(node.id), encodeNode(node)];
  },
  *profiles({ knowledge }) {
    for (const [key, profile] of knowledge.profiles) yield [key, encodeProfile(profile)];
  },
};
