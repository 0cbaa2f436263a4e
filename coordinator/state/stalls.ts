import { RUNS_ON } from '../../shared/command.js';
import { cutText } from '../../shared/text.js';
import { STALL_MS } from '../schedule/placement/stalls.js';
import type { Rollout, Stall, StallKind } from '../schedule/plan-parts.js';
import type { EventDraft } from './event-draft.js';
import { reasonForEvent } from './event-reasons.js';
import type { ClusterState } from './model.js';
import type { NodesOfEvents } from './nodes-of-events.js';
import { isAskedInVain } from './waiting.js';

/** What is to be done about a change that stands still. */
const CURES: Readonly<Record<StallKind, (stall: Stall, job: string) => string>> = {
  silent: ({ node }) =>
    `start ${node} or its agent again; if it is gone for good: dqoes node remove ${node}`,
  refused: ({ node }, job) => `change ${job}, or the rules of ${node}`,
  fails: (_, job) => `dqoes job logs ${job} may say why; mend ${job}, or change it back`,
  'not-replaced': ({ node }) =>
    `look at the log of the agent of ${node}, and upgrade it where it is older than the others`,
  other: (_, job) => `mend what is named, or change ${job} back`,
};

const BEGIN = `nothing has changed for ${STALL_MS / 60_000} min`;

/** Characters of what is said of one stall, so that the cure is never cut off. */
const IN_STATUS = { reason: 1000, said: 300 } as const;
const IN_EVENT = { reason: 220, said: 80 } as const;

/** The same for the status of the job: what, where, why, and the cure; with its code. */
export function stallReason(state: ClusterState, rollout: Rollout, stall: Stall): string {
  const text = stallText(state, { rollout, stall, max: IN_STATUS });
  return `${rollout.job} ${RUNS_ON}${text} [schedule.stalled]`;
}

type KnownNodes = Pick<ClusterState, 'nodes' | 'jobs'>;

interface Told {
  readonly rollout: Rollout;
  readonly stall: Stall;
  readonly max: { readonly reason: number; readonly said: number };
}

function stallText(state: KnownNodes, { rollout, stall, max }: Told): string {
  const { job, reason } = rollout;
  const { said, kind } = agentSays(state, rollout, stall);
  const why = `${cutText(reason, max.reason)}${cutText(said, max.said)}`;
  return `${BEGIN}: ${why}; ${CURES[kind](stall, job)}`;
}

interface Said {
  /** In its agent's words; '' = nothing. */
  readonly said: string;
  /** What is to be done, with these. */
  readonly kind: StallKind;
}

/** Why its agent has not started it again. Where its node is not known here, nothing is said. */
function agentSays({ nodes, jobs }: KnownNodes, { job }: Rollout, stall: Stall): Said {
  const { allocation, node: id, kind } = stall;
  const [node, spec] = [nodes.get(id), jobs.get(job)?.spec];
  const ack = node?.ack?.allocations.find((each) => each.id === allocation);
  if (kind !== 'not-replaced' || node === undefined || ack === undefined) return { said: '', kind };
  if (!ack.ok && ack.reason !== '')
    return { said: `: ${ack.reason.replace(RUNS_ON, '')}`, kind: 'other' };
  if (!ack.ok || spec === undefined || !isAskedInVain(node, allocation, spec))
    return { said: '', kind };
  const version = node.report?.agentVersion ?? '';
  return { said: `, and its agent (${version}) says that it is done`, kind };
}

/**
 * Events for changes of jobs that stand still since this plan, or now for another reason: what has
 * to run is not started.
 */
export function stallEvents(
  before: ClusterState,
  after: ClusterState,
  { reports }: NodesOfEvents,
): EventDraft[] {
  return [...after.rollouts.values()].flatMap((rollout): EventDraft[] => {
    const { job, stall } = rollout;
    if (stall === undefined || isSameStall(before.rollouts.get(job)?.stall, stall)) return [];
    const { allocation, node } = stall;
    const revision = after.jobs.get(job)?.revision ?? 0;
    const id = `start-failed.${allocation}.stalled.${after.epoch}.${revision}.at-${reports}`;
    const reason = reasonForEvent(stallText(after, { rollout, stall, max: IN_EVENT }));
    return [{ type: 'dqoes.job.start-failed', id, data: { job, allocation, node, reason } }];
  });
}

const isSameStall = (a: Stall | undefined, b: Stall): boolean =>
  a?.allocation === b.allocation && a.node === b.node && a.kind === b.kind;
