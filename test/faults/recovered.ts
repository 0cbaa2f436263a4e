import type { AllocationStatus } from '../../proto/schemas/status.js';
import { compareVersions } from '../../shared/command.js';
import type { ChangingJob } from './acknowledged.js';
import type { FaultCluster } from './cluster.js';
import type { Observer, Seen } from './observer.js';
import { COORDINATORS } from './programs.js';

/** Kernel quotas are whole microseconds and have a floor. */
const NEAR = 0.02;

/**
 * '' = all is as it should be: both coordinators lead or stand by, the node reports and obeys the
 * newest desired state, all jobs that were acknowledged run in their version and nothing else does,
 * all are within their bands, and the kernel holds each limit that is desired. Else what is not so
 * yet.
 */
export async function notRecovered(
  cluster: FaultCluster,
  observer: Observer,
  changing: ChangingJob,
): Promise<string> {
  const away = COORDINATORS.find((one) => !cluster.isAtWork(one));
  if (away !== undefined) return `${away} neither leads nor stands by`;
  const [node, listed, told] = [
    await cluster.node(),
    (await cluster.ask('job-list', {}))?.jobs,
    (await cluster.ask('allocation-list', {}))?.allocations,
  ];
  if (node === undefined || listed === undefined || told === undefined) return 'nobody answers';
  const seen = await observer.look();
  if (node.liveness !== 'ready') return `the node is ${node.liveness}`;
  if (node.desired === null || node.holds.incarnation !== node.desired.incarnation)
    return 'the node obeys another store';
  if (compareVersions(node.holds, node.desired) !== 0)
    return `the node holds ${JSON.stringify([node.holds, node.desired])}`;
  const known = listed.filter(({ origin }) => origin === 'dqoes');
  const its = known.find(({ spec }) => spec.name === changing.name);
  const latencyMs = its?.spec.target.latencyMs ?? null;
  if (!changing.isPossible(latencyMs))
    return `${changing.name} is ${latencyMs}, acknowledged was ${changing.possible.join(' or ')}`;
  const names = [...observer.stays, ...(its === undefined ? [] : [changing.name])].sort();
  const stored = known.map(({ spec }) => spec.name).sort();
  if (names.join() !== stored.join()) return `the jobs known are ${stored}`;
  const wrong = told.map((one) => notAsDesired(one, seen)).find((why) => why !== '');
  if (wrong !== undefined) return wrong;
  const running = seen.filter(({ job, state }) => job !== '' && state === 'running');
  if (
    running
      .map(({ job }) => job)
      .sort()
      .join() !== names.join()
  )
    return `what runs is ${running.map(({ job }) => job).sort()}`;
  const version = running.find(({ job }) => job === changing.name)?.version ?? '0';
  if (!changing.possible.includes(Number(version))) return `version ${version} runs`;
  changing.settle(latencyMs);
  return '';
}

function notAsDesired(
  { id, job, qoeClass, desired, container }: AllocationStatus,
  seen: readonly Seen[],
): string {
  if (container === null) return `${id} has no container`;
  const one = seen.find((each) => each.id === container.containerId);
  if (one === undefined) return `the container of ${id} is gone`;
  if (one.job !== '' && qoeClass !== 'within')
    return `${job} is ${qoeClass}: ${JSON.stringify(container)}`;
  const cores = desired?.cpuCores ?? null;
  if (cores === null || one.limitCores === null)
    return desired === null || cores === one.limitCores
      ? ''
      : `${one.name} has ${one.limitCores} cores, ${cores} are desired`;
  const isNear = Math.abs(one.limitCores - cores) <= Math.max(0.002, NEAR * cores);
  return isNear ? '' : `${one.name} has ${one.limitCores} cores, ${cores} are desired`;
}
