import { NO_MEMORY, type SchedulerMemory, schedule } from '../../coordinator/schedule/schedule.js';
import type { Decision, Policy, PolicyParams } from '../../coordinator/schedule/types.js';
import { type CpuLimit, sameLimit, weightedCores } from '../../shared/command.js';
import type { AllocationId, NodeId } from '../../shared/ids.js';
import type {
  DesiredLine,
  RecordedDesired,
  Recording,
  RecordingLine,
  ReportLine,
} from '../recording/types.js';
import { snapshotOf } from './snapshot.js';

/** A recording, and the policy that is asked again. */
export interface VerifyInput {
  readonly recording: Recording;
  /** The policy with this name; undefined = this version has none. */
  readonly policyNamed: (name: string) => Policy | undefined;
  /** Policy at the start; the recording may name others later. */
  readonly policy: string;
  readonly params: PolicyParams;
}

/** One change of a limit, recorded or repeated. */
export interface ReplayedChange {
  readonly atMs: number;
  readonly node: NodeId;
  readonly allocation: AllocationId;
  readonly to: CpuLimit;
  readonly reason: string;
}
/** A limit change that only one side made, or that both made differently. */
export interface Disagreement {
  /** null = not in the recording. */
  readonly recorded: ReplayedChange | null;
  /** null = not repeated. */
  readonly again: ReplayedChange | null;
}

/** How far the repeated decisions agree with the recorded ones. */
export interface Verified {
  /** Limit changes in the recording. */
  readonly recorded: number;
  /**
   * Changes that were repeated within about one report interval: to the same limit (0.5 %), and
   * exactly, with the same period.
   */
  readonly agreed: number;
  readonly exact: number;
  /** Repeated changes that are not in the recording. */
  readonly extra: number;
  /** agreed ÷ (recorded + extra); 1 where there were no decisions. */
  readonly share: number;
  readonly disagreements: readonly Disagreement[];
  /** Policies in the recording that this version does not have. */
  readonly unknownPolicies: readonly string[];
}

/** Policies take 0 for "never seen", so the recording starts later on their clock. */
const CLOCK_OFFSET_MS = 1_000_000;
const SAME_RATIO = 0.005;
/** Report intervals by which a decision and its repetition may differ in time. */
const NEAR_INTERVALS = 1.5;
const SLACKS_MS = [0, 25, 50] as const;
const UNKNOWN_INTERVAL_MS = 1000;

/**
 * Gives the recorded reports to `schedule()` again and compares its decisions with the recorded
 * ones. Each decision starts from the recorded state (reports and limits as they were), so that one
 * difference does not cause the next, except through the memory of the policy, which starts empty.
 * Placement is not repeated.
 */
export function verify(input: VerifyInput): Verified {
  const run = new Verification(input);
  for (const line of inOrder(input.recording)) run.take(line);
  return run.result();
}

const ORDER: Readonly<Record<RecordingLine['kind'], number>> = {
  event: 0,
  policy: 1,
  report: 2,
  desired: 3,
};

/** All lines by time. At equal times, what was known comes before what was decided from it. */
function inOrder({ reports, desired, policies, events }: Recording): readonly RecordingLine[] {
  const lines: readonly RecordingLine[] = [...events, ...policies, ...reports, ...desired];
  return [...lines].sort((a, b) => a.atMs - b.atMs || ORDER[a.kind] - ORDER[b.kind]);
}

interface NodeState {
  report: ReportLine | null;
  desired: DesiredLine | null;
  memory: SchedulerMemory;
}

interface NodeDecision {
  readonly changes: readonly ReplayedChange[];
  readonly memory: SchedulerMemory;
}

class Verification {
  #policy: Policy | undefined;
  readonly #nodes = new Map<NodeId, NodeState>();
  readonly #recorded: ReplayedChange[] = [];
  readonly #again: ReplayedChange[] = [];
  readonly #unknown = new Set<string>();

  readonly #input: VerifyInput;

  constructor(input: VerifyInput) {
    this.#input = input;
    this.#setPolicy(input.policy);
  }

  take(line: RecordingLine): void {
    if (line.kind === 'policy') this.#setPolicy(line.policy);
    else if (line.kind === 'report') this.#hear(line);
    else if (line.kind === 'desired') this.#desire(line);
    else if (line.type === 'dqoes.coordinator.elected')
      for (const node of this.#nodes.values()) node.memory = NO_MEMORY;
  }

  #setPolicy(name: string): void {
    this.#policy = this.#input.policyNamed(name);
    if (this.#policy === undefined) this.#unknown.add(name);
  }

  #nodeOf(id: NodeId): NodeState {
    const known = this.#nodes.get(id) ?? { report: null, desired: null, memory: NO_MEMORY };
    this.#nodes.set(id, known);
    return known;
  }

  #hear(report: ReportLine): void {
    const node = this.#nodeOf(report.node);
    node.report = report;
    const decided = this.#decide(node, report.atMs, node.desired?.allocations ?? []);
    if (decided !== undefined) this.#accept(node, decided);
  }

  // The coordinator decided at that moment too, not only at reports: on a timer, or because a job
  // came or went.
  #desire(line: DesiredLine): void {
    const node = this.#nodeOf(line.node);
    const isBaseline = node.desired === null && line.revision !== 1;
    if (!isBaseline) {
      const changes = changesOf(node.desired, line);
      const intervalMs = node.report?.intervalMs ?? UNKNOWN_INTERVAL_MS;
      const isKnown =
        askedOf(line) === askedOf(node.desired) &&
        changes.every((change) => this.#wasMadeAgain(change, intervalMs));
      if (!isKnown) this.#decideLike(node, line, changes);
      this.#recorded.push(...changes);
    }
    node.desired = line;
  }

  // This decision and the last one of the policy were made some ms before their lines, so what was
  // just due may need a little more time here.
  #decideLike(
    node: NodeState,
    { atMs, allocations }: DesiredLine,
    changes: readonly ReplayedChange[],
  ): void {
    let best: NodeDecision | undefined;
    let most = -1;
    for (const slackMs of SLACKS_MS) {
      const decided = this.#decide(node, atMs + slackMs, allocations);
      if (decided === undefined) return;
      const same = changes.filter((change) =>
        decided.changes.some((made) => isSame(made, change)),
      ).length;
      if (same > most) [best, most] = [decided, same];
      if (most === changes.length) break;
    }
    if (best !== undefined) this.#accept(node, best);
  }

  #wasMadeAgain(change: ReplayedChange, intervalMs: number): boolean {
    for (let i = this.#again.length - 1; i >= 0; i -= 1) {
      const made = this.#again[i];
      if (made === undefined || made.atMs < change.atMs - NEAR_INTERVALS * intervalMs) return false;
      if (isSame(made, change)) return true;
    }
    return false;
  }

  #decide(
    node: NodeState,
    atMs: number,
    wanted: readonly RecordedDesired[],
  ): NodeDecision | undefined {
    const policy = this.#policy;
    const { report, desired } = node;
    if (policy === undefined || report === null) return undefined;
    const snapshot = snapshotOf({
      report,
      heardAtMs: report.atMs + CLOCK_OFFSET_MS,
      desired,
      wanted,
    });
    const { params } = this.#input;
    const { plan, memory } = schedule(
      { snapshot, nowMs: atMs + CLOCK_OFFSET_MS, params, policy },
      node.memory,
    );
    return { changes: plan.decisions.flatMap((decision) => changeOf(decision, atMs)), memory };
  }

  #accept(node: NodeState, { changes, memory }: NodeDecision): void {
    node.memory = memory;
    this.#again.push(...changes);
  }

  result(): Verified {
    const intervals = new Map(
      [...this.#nodes].map(([id, { report }]) => [id, report?.intervalMs ?? UNKNOWN_INTERVAL_MS]),
    );
    const unmatched = new Map<string, ReplayedChange[]>();
    for (const change of this.#again) {
      const known = unmatched.get(keyOf(change)) ?? [];
      unmatched.set(keyOf(change), known);
      known.push(change);
    }
    let [agreed, exact] = [0, 0];
    const disagreements: Disagreement[] = [];
    for (const change of this.#recorded) {
      const candidates = unmatched.get(keyOf(change)) ?? [];
      const near = (intervals.get(change.node) ?? UNKNOWN_INTERVAL_MS) * NEAR_INTERVALS;
      const within = candidates.filter(({ atMs }) => Math.abs(atMs - change.atMs) <= near);
      const found =
        within.find(({ to }) => sameLimit(to, change.to)) ??
        within.find(({ to }) => isNear(to, change.to));
      const other = found ?? within[0];
      if (other !== undefined) candidates.splice(candidates.indexOf(other), 1);
      if (found === undefined) disagreements.push({ recorded: change, again: other ?? null });
      else agreed += 1;
      if (found !== undefined && sameLimit(found.to, change.to)) exact += 1;
    }
    const left = [...unmatched.values()].flat();
    disagreements.push(...left.map((again) => ({ recorded: null, again })));
    disagreements.sort((a, b) => atOf(a) - atOf(b));
    const recorded = this.#recorded.length;
    const all = recorded + left.length;
    const share = all === 0 ? 1 : agreed / all;
    return {
      recorded,
      agreed,
      exact,
      extra: left.length,
      share,
      disagreements,
      unknownPolicies: [...this.#unknown],
    };
  }
}

/** What jobs ask for on a node; a different text means that a job came, went or changed. */
const askedOf = (line: DesiredLine | null): string =>
  JSON.stringify(
    (line?.allocations ?? []).flatMap(({ id, spec }) => (spec === null ? [] : [[id, spec]])),
  );
const keyOf = ({ node, allocation }: ReplayedChange): string => `${node} ${allocation}`;
const atOf = ({ recorded, again }: Disagreement): number => recorded?.atMs ?? again?.atMs ?? 0;

const isSame = (a: ReplayedChange, b: ReplayedChange): boolean =>
  keyOf(a) === keyOf(b) && isNear(a.to, b.to);

const isNear = (a: CpuLimit, b: CpuLimit): boolean =>
  isNearAmount(a.cpuCores, b.cpuCores) && isNearAmount(weightedCores(a), weightedCores(b));

function isNearAmount(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a === b;
  return Math.abs(a - b) <= SAME_RATIO * b;
}

const changeOf = (decision: Decision, atMs: number): readonly ReplayedChange[] =>
  decision.kind === 'limit'
    ? [
        {
          atMs,
          node: decision.node,
          allocation: decision.allocation,
          to: decision.to,
          reason: decision.reason,
        },
      ]
    : [];

function changesOf(before: DesiredLine | null, after: DesiredLine): readonly ReplayedChange[] {
  const limits = new Map(before?.allocations.map(({ id, limit }) => [id, limit]));
  return after.allocations.flatMap(({ id, limit, reason }) =>
    sameLimit(limits.get(id) ?? null, limit)
      ? []
      : [{ atMs: after.atMs, node: after.node, allocation: id, to: limit, reason }],
  );
}
