import type { Capacity } from '../../../proto/schemas/capacity.js';
import type { UserRole } from '../../../proto/schemas/service.js';
import type { JobStatus, NodeStatus } from '../../../proto/schemas/status.js';
import type { ClusterHistory, ClusterInfo } from '../../answers.js';
import { mergedEvents, type PageEvent } from './events.js';
import { needsToken, type Problem } from './problem.js';
import { ageText, sentence, visible } from './words.js';

/** Whether the console answers. */
export type Connection = 'opening' | 'connected' | 'disconnected' | 'signed-out';

/** Everything that the page knows. */
export interface State {
  readonly connection: Connection;
  /** Since the last good answer, requests that failed one after the other. */
  readonly failures: number;
  /** Why the last one failed; null = it did not. */
  readonly problem: Problem | null;
  readonly cluster: ClusterInfo | null;
  readonly role: UserRole | null;
  /** null = not read yet. */
  readonly jobs: readonly JobStatus[] | null;
  readonly nodes: readonly NodeStatus[] | null;
  /** The coordinator did not answer when jobs were asked for; they are those known last. */
  readonly jobsProblem: Problem | null;
  /** Why hosts were not read the last time; they are those known last. */
  readonly nodesProblem: Problem | null;
  readonly hour: ClusterHistory | null;
  /** What room there was, and when that was asked; `value` null = it was not said. */
  readonly capacity: { readonly value: Capacity | null; readonly atMs: number } | null;
  readonly events: readonly PageEvent[];
  /** The stream of events is open; see `isLiveNow`. */
  readonly isLive: boolean;
  /** Unix time of the last good answer, ms, as all times here by the clock of the console. */
  readonly heardAtMs: number | null;
  readonly nowMs: number;
  /** By how much the clock of the console is before that of the browser, ms. */
  readonly aheadMs: number;
}

export const START: State = {
  connection: 'opening',
  failures: 0,
  problem: null,
  cluster: null,
  role: null,
  jobs: null,
  nodes: null,
  jobsProblem: null,
  nodesProblem: null,
  hour: null,
  capacity: null,
  events: [],
  isLive: false,
  heardAtMs: null,
  nowMs: 0,
  aheadMs: 0,
};

/** What can happen to the page; `nowMs` is the time of the browser. */
export type Action =
  | { readonly type: 'cluster'; readonly value: ClusterInfo; readonly nowMs: number }
  | { readonly type: 'jobs'; readonly value: readonly JobStatus[] }
  | { readonly type: 'jobs-failed'; readonly problem: Problem }
  | { readonly type: 'nodes'; readonly value: readonly NodeStatus[] }
  | { readonly type: 'nodes-failed'; readonly problem: Problem }
  | { readonly type: 'hour'; readonly value: ClusterHistory }
  | { readonly type: 'capacity'; readonly value: Capacity | null; readonly atMs: number }
  | { readonly type: 'role'; readonly value: UserRole }
  | { readonly type: 'events'; readonly value: readonly PageEvent[] }
  | { readonly type: 'live'; readonly value: boolean }
  | { readonly type: 'failed'; readonly problem: Problem; readonly nowMs: number }
  | { readonly type: 'signed'; readonly isIn: boolean }
  | { readonly type: 'now'; readonly nowMs: number };

/** Failures in a row from which the page says that it is disconnected. */
export const MAX_FAILURES = 2;
/** Without a good answer for so long, one failure is enough, ms. */
const MAX_SILENT_MS = 4000;

/** The state after something happened. */
export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'cluster':
      return {
        ...state,
        cluster: action.value,
        connection: 'connected',
        failures: 0,
        problem: null,
        heardAtMs: action.value.nowMs,
        nowMs: action.value.nowMs,
        aheadMs: action.value.nowMs - action.nowMs,
      };
    case 'failed':
      return failed(state, action.problem, action.nowMs + state.aheadMs);
    case 'jobs':
      return { ...state, jobs: action.value, jobsProblem: null };
    case 'jobs-failed':
      return { ...state, jobsProblem: action.problem };
    case 'nodes':
      return { ...state, nodes: action.value, nodesProblem: null };
    case 'nodes-failed':
      return { ...state, nodesProblem: action.problem };
    case 'hour':
      return { ...state, hour: action.value };
    case 'capacity':
      return { ...state, capacity: { value: action.value, atMs: action.atMs } };
    case 'role':
      return { ...state, role: action.value };
    case 'events':
      return { ...state, events: mergedEvents(state.events, action.value) };
    case 'live':
      return state.isLive === action.value ? state : { ...state, isLive: action.value };
    case 'signed':
      // Another caller may see other things: nothing of the one before is kept.
      return { ...START, connection: action.isIn ? 'opening' : 'signed-out' };
    case 'now':
      return { ...state, nowMs: action.nowMs + state.aheadMs };
  }
}

function failed(state: State, problem: Problem, nowMs: number): State {
  if (needsToken(problem)) return { ...START, problem, connection: 'signed-out' };
  const failures = state.failures + 1;
  const silentMs = state.heardAtMs === null ? Number.POSITIVE_INFINITY : nowMs - state.heardAtMs;
  const isGone = failures >= MAX_FAILURES || silentMs >= MAX_SILENT_MS;
  return {
    ...state,
    failures,
    problem,
    nowMs,
    connection: isGone ? 'disconnected' : state.connection,
  };
}

/** Events come as they happen. A question that was lost does not end the stream. */
export const isLiveNow = ({ isLive, connection }: State): boolean =>
  isLive && connection === 'connected';

/** A banner above everything; null = nothing is wrong with what is shown. */
export interface Banner {
  readonly title: string;
  readonly text: string;
  /** For how long, in a sentence; it changes each second, so it is not announced. '' = none. */
  readonly age: string;
}

/** Says when what is shown is old, and why. */
export function bannerOf(state: State): Banner | null {
  const { connection, cluster, jobsProblem, nodesProblem } = state;
  if (connection === 'disconnected') return brokenBanner(state);
  if (cluster === null || connection !== 'connected') return null;
  if (!cluster.connected)
    return {
      title: 'The console is not connected to NATS',
      text: 'What is shown is what was known last. Limits on the hosts stay as they are.',
      age: '',
    };
  if (!cluster.hasLeader)
    return { title: 'Nobody leads', text: NO_LEADER, age: leaderAge(cluster) };
  if (jobsProblem !== null) return listBanner('jobs', jobsProblem, state.jobs !== null);
  return nodesProblem === null ? null : listBanner('hosts', nodesProblem, state.nodes !== null);
}

/** A list that does not come. The console has hosts itself; for jobs it asks the coordinator. */
function listBanner(
  what: 'jobs' | 'hosts',
  { status, messages }: Problem,
  isKnown: boolean,
): Banner {
  const title =
    status === 0
      ? `The list of ${what} does not come in time`
      : what === 'jobs' && status === 503
        ? 'The coordinator does not answer'
        : `The console refuses the list of ${what}`;
  const are = `${capital(what)} are ${isKnown ? 'those known last' : 'not known'}`;
  return { title, text: withReason(are, messages[0] ?? ''), age: '' };
}

/** The reason may begin with a name, in small letters: it begins no sentence. */
const withReason = (what: string, reason: string): string =>
  sentence(`${what}${reason === '' ? '' : ` (${visible(reason.trim())})`}`);

/** The console does not answer; or it does, and says why this page gets nothing from it. */
function brokenBanner({ nowMs, heardAtMs, problem }: State): Banner {
  const silentMs = heardAtMs === null ? null : Math.max(0, nowMs - heardAtMs);
  const shown = silentMs === null ? '' : 'What is shown is what was known last. ';
  const lasting = (what: string): string =>
    silentMs === null ? '' : `The console ${what} for ${ageText(silentMs)}.`;
  const why = sentence(problem?.messages[0] ?? '');
  if (problem !== null && problem.status >= 400)
    return {
      title: 'The console refuses to answer this page',
      text: `It says: ${why} ${shown}${TRIES_AGAIN}`,
      age: lasting('has refused'),
    };
  if (problem !== null && problem.status > 0)
    return {
      title: 'Something else answers in the place of the console',
      text: `${capital(why)} ${shown}${TRIES_AGAIN}`,
      age: lasting('has not answered'),
    };
  const silence = silentMs === null ? 'The console does not answer. ' : '';
  return {
    title: 'Disconnected',
    text: `${silence}${shown}${TRIES_AGAIN}`,
    age: lasting('has not answered'),
  };
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const TRIES_AGAIN = 'This page tries again by itself.';

const NO_LEADER =
  'What is shown is what was known last. Limits stay as they are and nothing is decided until ' +
  'one leads: see that dqoes coordinator (or dqoes up) runs.';

const leaderAge = ({ silentMs }: ClusterInfo): string =>
  silentMs === null
    ? 'No coordinator has been heard yet.'
    : `No coordinator has been heard for ${ageText(silentMs)}.`;

const RANKS: readonly UserRole[] = ['viewer', 'submitter', 'operator'];

/** Why a button does nothing for this caller; '' = it does. */
export function whyNot(state: State, needed: UserRole): string {
  const { connection, cluster, role } = state;
  if (connection === 'opening') return 'not before the cluster was read';
  if (connection !== 'connected') return 'not while the page is disconnected';
  if (cluster?.hasLeader !== true) return 'not while nobody leads';
  if (RANKS.indexOf(role ?? 'viewer') >= RANKS.indexOf(needed)) return '';
  return (
    `that takes a token of the role ${needed}: dqoes token create NAME --role ${needed}, ` +
    'then sign in'
  );
}
