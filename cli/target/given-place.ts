import { isSafeId } from '../../shared/ids.js';
import { parseAddresses } from '../../shared/nats-addresses.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { type CliConfig, DEFAULT_CLUSTER } from '../config.js';
import type { Context } from '../contexts/context.js';

/** Where a cluster is, and who said so. */
export interface Place {
  readonly url: string;
  readonly cluster: string;
  /** Where the address came from, for messages. */
  readonly from: string;
  /** The person named no address. Absent = it was named. */
  readonly isGuess?: boolean;
  readonly hint?: string;
  /** The context that says it; absent = none. */
  readonly context?: Context;
  /** The context was named on the command line, and so goes before the environment. */
  readonly isNamed?: boolean;
}

/** The cluster that is asked for, else the usual one. */
export function clusterOf(
  config: Pick<CliConfig, 'cluster'>,
  asked: string | undefined,
): Result<string> {
  const cluster = asked ?? config.cluster ?? DEFAULT_CLUSTER;
  // It becomes a part of subjects, where `*` and `>` mean other clusters, too.
  return isSafeId(cluster) ? ok(cluster) : err([badName(cluster)]);
}

/** An empty address would be this machine's own, which is hardly what a script meant. */
export function givenPlace(url: string, cluster: string, from: string): Result<Place> {
  const read = parseAddresses(url);
  if (read.ok) return ok({ url, cluster, from });
  return err([{ code: 'cli.usage', field: 'nats', message: `${from} ${read.error}.` }]);
}

const badName = (cluster: string): Fault => ({
  code: 'cli.usage',
  field: 'cluster',
  message:
    `DQOES_CLUSTER ${JSON.stringify(cluster.slice(0, 80))} is no name of a cluster: use 1 to 63 ` +
    'of A-Z a-z 0-9 _ -.',
});
