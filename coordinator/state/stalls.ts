import { RUNS_ON } from '../../shared/command.js';
import { cutText } from '../../shared/text.js';
import { STALL_MS } from '../schedule/placement/stalls.js';
import type { Rollout, Stall, StallKind } from '../schedule/plan-parts.js';
import type { AgentWords } from './agent-words.js';
import type { EventDraft } from './event-draft.js';
import { reasonForEvent } from './event-reasons.js';
import type { ClusterState } from './model.js';
import { type NodesOfEvents, nodesIn } from './nodes-of-events.js';

/** What is to be done about a change that stands still. */
const CURES: Readonly<Record<StallKind, (stall: Stall, job: string) => string>> = {
  silent: ({ node }) =>
    `start ${node} or its agent again; if it is gone for good: dqoes node remove ${node}`,
  refused: ({ node }, job) => `change ${job}, or the rules of ${node}`,
  fails: (_, job) => `dqoes job logs ${job} may say why; mend ${job}, or change it back`,
  'not-replaced': ({ node }) =>
    `look at the log of the agent of ${node}, and upgrade it where it is older than the others`,
  'not-stored': ({ node }, job) =>
    'the log of the coordinator says why: stop jobs that are not needed, on ' +
    `${node} or elsewhere, or ask for less in ${job}`,
  other: (_, job) => `mend what is named, or change ${job} back`,
};

const BEGIN = `nothing has changed for ${STALL_MS / 60_000} min`;

/** Characters of what is said of one stall, so that the cure is never cut off. */
const IN_STATUS = { reason: 1000, said: 300 } as const;
const IN_EVENT = { reason: 220, said: 80 } as const;

/** The same for the status of the job: what, where, why, and the cure; with its code. */
export function stallReason(state: ClusterState, rollout: Rollout, stall: Stall): string {
  const words = nodesIn(state).wordsOf(stall.node, stall.allocation);
  const text = stallText({ rollout, stall, words, max: IN_STATUS });
  return `${rollout.job} ${RUNS_ON}${text} [schedule.stalled]`;
}

interface Told {
  readonly rollout: Rollout;
  readonly stall: Stall;
  /** What its agent says; undefined = nothing that is known. */
  readonly words: AgentWords | undefined;
  readonly max: { readonly reason: number; readonly said: number };
}

function stallText({ rollout, stall, words, max }: Told): string {
  const { job, reason } = rollout;
  // Of what waits for something else an agent has nothing to say.
  const told = stall.kind === 'not-replaced' ? words : undefined;
  const why = `${cutText(reason, max.reason)}${cutText(told?.said ?? '', max.said)}`;
  return `${BEGIN}: ${why}; ${CURES[told?.kind ?? stall.kind](stall, job)}`;
}

/**
 * Events for changes of jobs that stand still since this plan, or now for another reason: what has
 * to run is not started.
 */
export function stallEvents(
  before: ClusterState,
  after: ClusterState,
  { reports, wordsOf }: NodesOfEvents,
): EventDraft[] {
  return [...after.rollouts.values()].flatMap((rollout): EventDraft[] => {
    const { job, stall } = rollout;
    if (stall === undefined || isSameStall(before.rollouts.get(job)?.stall, stall)) return [];
    const { allocation, node } = stall;
    const revision = after.jobs.get(job)?.revision ?? 0;
    const id = `start-failed.${allocation}.stalled.${after.epoch}.${revision}.at-${reports}`;
    const words = wordsOf(node, allocation);
    const reason = reasonForEvent(stallText({ rollout, stall, words, max: IN_EVENT }));
    return [{ type: 'dqoes.job.start-failed', id, data: { job, allocation, node, reason } }];
  });
}

const isSameStall = (a: Stall | undefined, b: Stall): boolean =>
  a?.allocation === b.allocation && a.node === b.node && a.kind === b.kind;
