import { hrefOf, type Route, titleOf } from './route.js';
import type { State } from './state.js';
import { jobVerdict, silentNodes, tallyOf } from './verdict.js';

/**
 * What the tab of the browser says: of the overview how many jobs are at target, so that it can be
 * read while one does something else.
 */
export function tabTitle(
  route: Route,
  { jobs, nodes, cluster, connection }: Pick<State, 'jobs' | 'nodes' | 'cluster' | 'connection'>,
): string {
  const mark = markOf(cluster, connection);
  const where = `dqoes ${cluster?.cluster ?? ''}`.trim();
  if (hrefOf(route) !== '/' || jobs === null || jobs.length === 0)
    return `${mark}${titleOf(route)} · ${where}`;
  const silent = silentNodes(nodes ?? []);
  const { by, counted } = tallyOf(jobs.map((job) => jobVerdict(job, silent).verdict));
  return `${mark}${by['at-target']} of ${counted} at target · ${where}`;
}

/** Why what is shown is old; '' = it is not. */
function markOf(cluster: State['cluster'], connection: State['connection']): string {
  if (connection === 'disconnected') return 'Disconnected: ';
  if (cluster === null || connection !== 'connected') return '';
  if (!cluster.connected) return 'NATS is away: ';
  return cluster.hasLeader ? '' : 'Nobody leads: ';
}
