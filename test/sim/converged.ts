import { OWN_CONTAINER_LABELS } from '../../agent/containers/host-config.js';
import { coresOf } from '../../agent/containers/limits.js';
import { compareVersions, type DesiredAllocation } from '../../shared/command.js';
import type { FakeContainer } from '../lib/fake-container.js';
import type { Cluster } from './cluster.js';
import { same } from './explain.js';
import { type Host, ownOf } from './host.js';
import { whyNotKnobs } from './promised.js';

/**
 * '' = desired, applied and observed are one, and each job has what it asked for; else what is not
 * so yet.
 */
export function whyNotConverged(cluster: Cluster): string {
  const { operator, hosts } = cluster;
  if (!operator.isContent) return 'the operator still asks';
  for (const host of hosts) {
    const why = whyNotOn(cluster, host);
    if (why !== '') return `${host.node}: ${why}`;
  }
  return whyNotJobs(cluster);
}

function whyNotOn({ observer, agents }: Cluster, host: Host): string {
  const state = observer.desired.get(host.node);
  if (agents.some((each) => each.host === host && !each.runner.isAlive)) return 'the agent is down';
  if (state === undefined)
    return ownOf(host).length > 0 ? 'containers run that nobody desires' : '';
  const holds = host.state.ledger?.holds ?? null;
  if (
    holds === null ||
    holds.incarnation !== state.incarnation ||
    compareVersions(holds, state) !== 0
  )
    return `the agent does not obey ${state.epoch}.${state.revision} yet`;
  const strays = ownOf(host).filter(
    ({ labels }) =>
      !state.allocations.some(({ id }) => id === labels[OWN_CONTAINER_LABELS.allocation]),
  );
  if (strays.length > 0) return `${strays[0]?.name} runs but is not desired`;
  for (const want of state.allocations) {
    const why = whyNotApplied(want, host);
    if (why !== '') return `${want.id}: ${why}`;
  }
  return '';
}

function whyNotApplied(want: DesiredAllocation, host: Host): string {
  const isIt = (one: FakeContainer): boolean =>
    want.containerId === undefined
      ? one.labels[OWN_CONTAINER_LABELS.allocation] === want.id
      : one.id === want.containerId;
  const found = [...host.engine.containers.values()].filter(isIt);
  const [container] = found;
  if (container === undefined) return 'no container';
  if (found.length > 1) return `${found.length} containers`;
  // It ended, and says so: that is an answer.
  if (container.state !== 'running')
    return want.spec === undefined ? 'the container is not running' : '';
  const original = host.originals.get(container.id);
  const expected = want.limit.cpuCores ?? (original === undefined ? null : coresOf(original));
  const cores = host.engine.kernelCores(container.id);
  const isRounded = expected !== null && cores !== null && Math.abs(expected - cores) <= 0.0101;
  return same(expected, cores) || isRounded
    ? whyNotKnobs(want, container)
    : `${expected ?? 'no limit'} is desired, the kernel holds ${cores ?? 'no limit'}`;
}

function whyNotJobs({ observer, operator }: Cluster): string {
  const placed = new Map<string, DesiredAllocation[]>();
  for (const { allocations } of observer.desired.values())
    for (const each of allocations)
      if (each.spec !== undefined) placed.set(each.job, [...(placed.get(each.job) ?? []), each]);
  for (const job of placed.keys())
    if (!operator.wanted.has(job as never)) return `${job} was stopped but has a place`;
  for (const [name, { replicas }] of operator.wanted) {
    const its = placed.get(name) ?? [];
    if (its.length !== replicas)
      return `${name} has ${its.length} places, ${replicas} are asked for`;
    if (new Set(its.map(({ id }) => id)).size !== its.length)
      return `${name} has two places of one name`;
  }
  return '';
}
