import type { CommandCodec } from '../../proto/command-codec.js';
import { encodeJob } from '../../proto/job.js';
import type { StoreFailure } from '../../proto/store.js';
import type { DesiredState } from '../../shared/command.js';
import { err, ok, type Result } from '../../shared/result.js';
import type { WorkloadProfiles } from '../schedule/workloads/profiles.js';
import type { ClusterState } from '../state/model.js';
import type { MarkedBucket } from './bucket-mark.js';
import type { StoredTokens } from './known-tokens.js';
import { encodeNode, encodePolicy, nodeKey, POLICY_KEY } from './node-codec.js';
import type { Stores } from './open-stores.js';
import { encodeProfile } from './profile-codec.js';
import { encodeSecret, secretKey } from './secret-codec.js';

/** What this process knew at the end of its last term: enough to refill a lost bucket. */
export interface LastKnown {
  readonly state: ClusterState;
  readonly knowledge: WorkloadProfiles;
  readonly tokens: StoredTokens;
}

/** What to write, and in whose name. */
export interface RefillOptions {
  readonly lastKnown: LastKnown;
  /** Epoch of the new term: desired states are written with it. */
  readonly epoch: number;
  readonly commands: CommandCodec;
  /** Asked before each write. */
  readonly leads: () => boolean;
}

type BucketEntry = readonly [key: string, value: Uint8Array];

/**
 * Writes the last known values of a bucket into one that was created again, replacing what it holds
 * under these keys now: a write that arrives late, after another leader wrote, changes nothing.
 * Resolves with the number of values, or with the failure of the first write that failed;
 * `conflict` where leadership was lost meanwhile.
 */
export async function refill(
  stores: Stores,
  bucket: MarkedBucket,
  { lastKnown, leads, ...term }: RefillOptions,
): Promise<Result<number, StoreFailure>> {
  const listed = await stores[bucket].list();
  if (!listed.ok) return listed;
  const revisions = new Map(listed.value.map(({ key, revision }) => [key, revision]));
  let values = 0;
  for (const [key, value] of ENTRIES[bucket](lastKnown, term)) {
    if (!leads()) return err('conflict');
    const put = await stores[bucket].put(key, value, revisions.get(key) ?? 0);
    if (!put.ok) return err(put.error);
    values += 1;
  }
  return ok(values);
}

// A stop is acknowledged once the job is gone; what its node was told then may not be known to have
// been stored when the bucket was lost.
const ofKnownJobs = (desired: DesiredState, { jobs }: ClusterState): DesiredState => ({
  ...desired,
  allocations: desired.allocations.filter(
    ({ job, containerId }) => containerId !== undefined || jobs.has(job),
  ),
});

// Generators, so that each value is encoded when it is written: thousands of jobs at once would
// keep the thread for long.
const ENTRIES: {
  readonly [Bucket in MarkedBucket]: (
    lastKnown: LastKnown,
    term: Pick<RefillOptions, 'epoch' | 'commands'>,
  ) => Iterable<BucketEntry>;
} = {
  *jobs({ state }) {
    for (const { spec, owner } of state.jobs.values()) yield [spec.name, encodeJob(spec, owner)];
  },
  *desired({ state }, { epoch, commands }) {
    for (const { id, desired } of state.nodes.values())
      if (desired !== null) yield [id, commands.encode({ ...ofKnownJobs(desired, state), epoch })];
  },
  *nodes({ state, tokens }) {
    yield [POLICY_KEY, encodePolicy(state.policy)];
    for (const node of state.nodes.values()) yield [nodeKey(node.id), encodeNode(node)];
    for (const secret of state.secrets.values())
      if (secret.box !== '') yield [secretKey(secret.name), encodeSecret(secret)];
    yield* tokens;
  },
  *profiles({ knowledge }) {
    for (const [key, profile] of knowledge.profiles) yield [key, encodeProfile(profile)];
  },
};
