import { err, ok } from '../../shared/result.js';
import type { Steps } from '../../shared/steps.js';
import {
  clusterHistory,
  clusterInfo,
  MAX_TOGETHER,
  nodeHistory,
  recentHistory,
} from '../answers.js';
import type { Minutes } from '../history/day.js';
import { inSlices } from '../history/in-slices.js';
import { ID } from './parameters.js';
import type { Answer, Asked, Parameter, Route } from './route.js';

const HOUR_MINUTES = 60;
const minutes: Parameter = {
  name: 'minutes',
  in: 'query',
  pattern: /^(?:[1-9]\d{0,2}|1[0-3]\d\d|14[0-3]\d|1440)$/,
  expected: 'a whole number from 1 to 1440',
  about: `how many of the newest minutes; ${HOUR_MINUTES} where it is absent`,
};
const allocations: Parameter = {
  name: 'allocations',
  in: 'query',
  pattern: /^[A-Za-z0-9_-]{1,63}(?:,[A-Za-z0-9_-]{1,63}){0,49}$/,
  expected: `1 to ${MAX_TOGETHER} ids of allocations with commas between them`,
  about: `ids with commas between them, at most ${MAX_TOGETHER}`,
  required: true,
};

/** Requests for what the console makes of many allocations or nodes; any viewer may make them. */
export const SUMMARISING: readonly Route[] = [
  {
    method: 'GET',
    path: '/cluster',
    role: 'viewer',
    about: 'Name of the cluster, and whether the console hears its leader.',
    response: clusterInfo,
    run: async ({ cluster, about }) => {
      const { epoch, isConnected: connected, isWhole: complete, silentMs } = cluster.summary();
      const { hasLeader } = cluster;
      return ok({ ...about, connected, hasLeader, epoch, silentMs, complete });
    },
  },
  {
    method: 'GET',
    path: '/history/recent',
    role: 'viewer',
    costly: 'pages',
    about:
      'The newest minutes of some allocations side by side. A minute that is not known is null.',
    parameters: [allocations, minutes],
    response: recentHistory,
    run: async (asked) => {
      const { day } = asked;
      const range = rangeOf(asked);
      const allocations = await inSlices(sideBySide(asked, range), asked.clock);
      const from = { fromMs: range.from * 60_000, stepMs: 60_000 };
      return ok({ ...from, complete: day.isComplete, allocations });
    },
  },
  {
    method: 'GET',
    path: '/history/node',
    role: 'viewer',
    about:
      'The newest minutes of a node, at most 60: CPU of everything else, pressure, GPUs. Known ' +
      'since this console started; a minute that is not known is null.',
    parameters: [
      { ...ID, name: 'node', in: 'query', about: 'id of the node', required: true },
      {
        ...minutes,
        pattern: /^(?:[1-9]|[1-5]\d|60)$/,
        expected: 'a whole number from 1 to 60',
      },
    ],
    response: nodeHistory,
    run: async (asked) => nodeMinutes(asked),
  },
  {
    method: 'GET',
    path: '/history/cluster',
    role: 'viewer',
    costly: 'pages',
    about:
      'How many allocations were observed in each of the newest minutes, and how long they were ' +
      'at their targets. A minute in which none was observed is left out.',
    parameters: [minutes],
    response: clusterHistory,
    run: async (asked) => {
      const { day } = asked;
      const points = await inSlices(day.clusterMinutes(rangeOf(asked)), asked.clock);
      return ok({ complete: day.isComplete, points });
    },
  },
];

/** The minutes of each allocation that is asked for, in a step. */
function* sideBySide({ day, query }: Asked, range: Minutes): Steps<readonly RecentRow[]> {
  const rows: RecentRow[] = [];
  for (const allocation of new Set((query.allocations ?? '').split(','))) {
    const points = day.minutesOf(allocation, range);
    rows.push({
      allocation,
      latencyMs: points.map((point) => point?.latencyMs ?? null),
      reservedCores: points.map((point) => point?.reservedCores ?? null),
      usedCores: points.map((point) => point?.usedCores ?? null),
    });
    yield;
  }
  return rows;
}
interface RecentRow {
  readonly allocation: string;
  readonly latencyMs: readonly (number | null)[];
  readonly reservedCores: readonly (number | null)[];
  readonly usedCores: readonly (number | null)[];
}

function nodeMinutes({ nodeHours, query, about }: Asked): Answer {
  const { node = '' } = query;
  const to = Math.floor(about.nowMs / 60_000);
  const from = to + 1 - Number(query.minutes ?? HOUR_MINUTES);
  const found = nodeHours.minutesOf(node, from, to);
  if (found !== undefined) return ok({ node, fromMs: from * 60_000, stepMs: 60_000, ...found });
  const message = `nothing is remembered of ${node}: list nodes with GET /api/v1/nodes`;
  return err({ faults: [{ code: 'service.not-found', field: 'node', message }] });
}

/**
 * Up to the newest minute. One that a leader wrote while its clock was ahead is still to come: up
 * to it, nothing would be known for as long as that.
 */
function rangeOf({ day, query, about }: Pick<Asked, 'day' | 'query' | 'about'>): Minutes {
  const to = Math.min(day.newestMinute, Math.floor(about.nowMs / 60_000));
  return { from: Math.max(0, to + 1 - Number(query.minutes ?? HOUR_MINUTES)), to };
}
