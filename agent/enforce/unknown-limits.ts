import type { ContainerId } from '../../shared/ids.js';
import { ok, type Result } from '../../shared/result.js';
import { hasOwnName, OWN_CONTAINER_LABELS } from '../containers/host-config.js';
import { isEnabled } from '../discover/labels.js';
import type { ContainerEngine, EngineContainer, EngineFailure } from '../ports/engine.js';
import type { KernelLimits } from './kernel-limits.js';
import { isLimited, showSettings } from './put-back.js';
import { lifeOf } from './restore.js';

/**
 * A limit that no journal or record knows, on a container that opted in or on a job whose agent
 * does not run.
 */
export interface UnknownLimit {
  readonly name: string;
  readonly now: string;
  /** Node and cluster whose job it is; '' = it opted in by label. */
  readonly jobOf: string;
}
/** Where to look for limits that nothing knows. */
export interface LimitSearch {
  readonly engine: ContainerEngine;
  readonly kernel: KernelLimits;
  readonly labelPrefix: string;
  /** Containers whose original is known. */
  readonly known: ReadonlySet<ContainerId>;
  readonly isAgentRunning: (owner: {
    readonly cluster: string;
    readonly node: string;
  }) => Promise<boolean>;
}

/** Finds limits that dqoes may have left and that no journal or record knows. */
export async function findUnknownLimits(
  search: LimitSearch,
): Promise<Result<readonly UnknownLimit[], EngineFailure>> {
  const listed = await search.engine.list();
  if (!listed.ok) return listed;
  const found: UnknownLimit[] = [];
  for (const container of listed.value) {
    if (search.known.has(container.id) || !(await isCandidate(container, search))) continue;
    const read = await search.kernel.read(lifeOf(container));
    const seen = read.ok ? read.value : null;
    if (!isLimited(container, seen)) continue;
    found.push({
      name: container.name,
      now: showSettings(container, seen),
      jobOf: jobOf(container),
    });
  }
  return ok(found);
}

async function isCandidate(container: EngineContainer, search: LimitSearch): Promise<boolean> {
  const { allocation, cluster, node } = OWN_CONTAINER_LABELS;
  const { labels } = container;
  if (labels[allocation] === undefined) return isEnabled(labels, search.labelPrefix);
  // A copy of a job's container came with its limit.
  if (!hasOwnName(container)) return true;
  return !(await search.isAgentRunning({
    cluster: labels[cluster] ?? '',
    node: labels[node] ?? '',
  }));
}

const jobOf = (container: EngineContainer): string => {
  const { node, cluster } = OWN_CONTAINER_LABELS;
  const { labels } = container;
  return hasOwnName(container) ? `node ${labels[node]} in cluster ${labels[cluster]}` : '';
};
