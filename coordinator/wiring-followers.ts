import type { NodeId } from '../shared/ids.js';
import type { CoordinatorDeps } from './contract.js';
import { BucketFollower } from './store/bucket-follower.js';
import { JobFollower } from './store/job-follower.js';
import type { KnownTokens } from './store/known-tokens.js';
import type { LoadedState } from './store/load-state.js';
import { MarkerClearer } from './store/marker-clearer.js';
import { NodeFollower } from './store/node-follower.js';
import type { NodeRecords } from './store/node-records.js';
import type { Stores } from './store/open-stores.js';
import { withoutKey } from './store/secret-codec.js';
import { SecretFollower } from './store/secret-follower.js';
import type { StateAccess } from './wiring-calls.js';

/** The buckets that are followed, and what is known of them. */
export interface FollowersInput {
  readonly stores: Stores;
  readonly loaded: LoadedState;
  readonly records: NodeRecords;
  /** The record of a node is not stored as it should be. */
  readonly writeAgain: (node: NodeId) => void;
  readonly knownTokens: KnownTokens;
  readonly access: StateAccess;
  readonly deps: Pick<CoordinatorDeps, 'vault' | 'log'>;
}

/** What makes the state follow the buckets. */
export interface Followers {
  readonly jobs: JobFollower;
  readonly secrets: SecretFollower;
  readonly nodes: NodeFollower;
  /** The bucket of secrets, nodes and tokens. */
  readonly nodesBucket: BucketFollower;
  readonly markers: MarkerClearer;
}

/** Joins the followers to their buckets. */
export function wireFollowers(input: FollowersInput): Followers {
  const { stores, loaded, records, writeAgain, knownTokens, access, deps } = input;
  const { log, vault } = deps;
  const jobs = new JobFollower({ store: stores.jobs, log, ...access });
  const troubleOf = vault === undefined ? withoutKey : vault.troubleOf;
  const secrets = new SecretFollower({ store: stores.nodes, troubleOf, ...access });
  const { upToDate } = access;
  const nodes = new NodeFollower({
    ...{ store: stores.nodes, records, log, ...access, writeAgain },
    // What a worker cannot say any more ends the term.
    ...(upToDate === undefined ? {} : { upToDate: () => upToDate().catch(() => undefined) }),
  });
  const nodesBucket = new BucketFollower({
    store: stores.nodes,
    parts: [secrets, nodes, knownTokens],
    loadedAt: loaded.nodesRevision,
    isKnown: (first, last) => {
      const isKnown = records.wroteAll(first, last);
      records.forgetOwn(last);
      return isKnown;
    },
  });
  const markers = new MarkerClearer({ stores, log, leads: access.mayWrite });
  return { jobs, secrets, nodes, nodesBucket, markers };
}
