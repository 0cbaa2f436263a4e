import { RUNS_ON } from '../../shared/command.js';
import type { AllocationId } from '../../shared/ids.js';
import { cutText } from '../../shared/text.js';
import type { StallKind } from '../schedule/plan-parts.js';
import { deepEqual } from './deep-equal.js';
import { isMadeFor } from './made-for.js';
import type { ClusterState, NodeRecord } from './model.js';
import { containersOf } from './targets.js';
import { isAskedInVain } from './waiting.js';

/** What the agent of a node says of a container that it is to start again as its job is now. */
export interface AgentWords {
  readonly allocation: AllocationId;
  /** To be put behind what is waited for. */
  readonly said: string;
  /** What is to be done, with these. */
  readonly kind: StallKind;
}

/** Nearly always. */
const NO_WORDS: readonly AgentWords[] = [];
const MAX_SAID = 300;

/** A node, and the jobs of its cluster. */
export interface SpeakingNode {
  readonly cluster: Pick<ClusterState, 'jobs'>;
  readonly record: NodeRecord;
}

/** Why the agent has not started it again, by its newest answer; undefined = it says nothing. */
export function agentWordsOf(
  { cluster: { jobs }, record }: SpeakingNode,
  allocation: AllocationId,
): AgentWords | undefined {
  const { ack, desired, report } = record;
  const said = ack?.allocations.find(({ id }) => id === allocation);
  if (said === undefined) return undefined;
  if (!said.ok) {
    const words = cutText(`: ${said.reason.replace(RUNS_ON, '')}`, MAX_SAID);
    return said.reason === '' ? undefined : { allocation, said: words, kind: 'other' };
  }
  const want = desired?.allocations.find(({ id }) => id === allocation);
  const spec = want === undefined ? undefined : jobs.get(want.job)?.spec;
  if (spec === undefined || !isAskedInVain(record, allocation, spec)) return undefined;
  const words = `, and its agent (${report?.agentVersion ?? ''}) says that it is done`;
  return { allocation, said: words, kind: 'not-replaced' };
}

/** The same of all on a node of which something runs that may be what is to be replaced. */
export function agentWordsOn(node: SpeakingNode): readonly AgentWords[] {
  const { record } = node;
  const { ack, desired } = record;
  if (ack === null || desired === null) return NO_WORDS;
  const undone = new Set(ack.allocations.flatMap(({ id, ok }) => (ok ? [] : id)));
  const asked = desired.allocations.filter(
    ({ id, spec }) =>
      spec !== undefined && (undone.has(id) || isMadeFor(record, id, spec) === false),
  );
  if (asked.length === 0) return NO_WORDS;
  const there = containersOf(record);
  return asked.flatMap(({ id }) =>
    there.get(id)?.state === 'running' ? (agentWordsOf(node, id) ?? []) : [],
  );
}

/** Whether the same is said of the node in two states. What runs is looked at when that changes. */
export function hasSameWords(a: SpeakingNode, b: SpeakingNode): boolean {
  const [was, now] = [a.record, b.record];
  const isAsBefore =
    was.ack === now.ack &&
    was.desired === now.desired &&
    was.report?.specHashes === now.report?.specHashes &&
    hasSameJobs(a, b);
  return isAsBefore || deepEqual(agentWordsOn(a), agentWordsOn(b));
}

const hasSameJobs = (
  { cluster: { jobs } }: SpeakingNode,
  { cluster, record }: SpeakingNode,
): boolean =>
  jobs === cluster.jobs ||
  (record.desired?.allocations ?? []).every(({ job }) => jobs.get(job) === cluster.jobs.get(job));
