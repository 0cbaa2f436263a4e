import {
  DEFAULT_PARAMS,
  type LimitDecision,
  type Policy,
  type SnapshotNode,
} from '../../../../coordinator/schedule/types.js';
import { LAB_POLICIES } from '../../../../lab/policies/index.js';
import { desiredLine, lineText, reportLine } from '../../../../lab/recording/lines.js';
import { type ReadRecording, readRecording } from '../../../../lab/recording/read.js';
import type { RecordingHeader, RecordingLine } from '../../../../lab/recording/types.js';
import { Judge } from '../../../../lab/sim/judge.js';
import { simulate } from '../../../../lab/sim/simulate.js';
import { simulatedSpecOf } from '../../../../lab/sim/spec.js';
import type { RunRecord, Scenario } from '../../../../lab/types.js';
import type { DesiredAllocation } from '../../../../shared/command.js';
import { report as nodeReport } from '../../coordinator/build.js';

export const header = (change: Partial<RecordingHeader> = {}): RecordingHeader => ({
  kind: 'header',
  format: 'dqoes-recording',
  version: 1,
  cluster: 'main',
  startedAt: '2026-01-31T12:00:00.000Z',
  policy: 'adaptive',
  params: null,
  recorder: '0',
  ...change,
});

export interface Recorded {
  readonly text: string;
  readonly truth: RunRecord;
}

export const policyNamed = (name: string): Policy => {
  const policy = LAB_POLICIES[name];
  if (policy === undefined) throw new Error(`there is no policy ${name}`);
  return policy;
};

/**
 * Runs a scenario in the simulator and records it as `dqoes lab record` would: what agents report,
 * and what is decided.
 */
export function recordSimulation(
  scenario: Scenario,
  policy: Policy,
  judge = new Judge(),
): Recorded {
  const { intervalMs, seed } = scenario;
  const params = {
    ...DEFAULT_PARAMS,
    intervalMs,
    maxIntervalMs: Math.max(intervalMs, DEFAULT_PARAMS.maxIntervalMs),
    seed,
  };
  const lines: RecordingLine[] = [];
  const revisions = new Map<string, { readonly key: string; readonly revision: number }>();
  let sequence = 0;
  const taped: Policy = {
    name: policy.name,
    start: policy.start,
    decide: (input, memory) => {
      sequence += 1;
      // The scheduler looks also when nothing was heard.
      const isNews = input.node.allocations.every(
        ({ report, observedAtMs }) => report === null || observedAtMs === input.nowMs,
      );
      if (isNews)
        lines.push(
          lineOf(input.node, { nowMs: input.nowMs, sequence, intervalMs: intervalMs / 5 }),
        );
      const output = policy.decide(input, memory);
      const allocations = desiredOf(scenario, input.node, output.limits);
      const key = JSON.stringify(
        allocations.map(({ id, limit, spec }) => [id, limit, spec?.target]),
      );
      const before = revisions.get(input.node.id);
      if (before?.key !== key) {
        const revision = (before?.revision ?? 0) + 1;
        revisions.set(input.node.id, { key, revision });
        const version = { incarnation: 'i', epoch: 1, revision, validForMs: 120_000 };
        lines.push(desiredLine(input.nowMs, { ...version, node: input.node.id, allocations }));
      }
      return output;
    },
  };
  const truth = simulate({ scenario, policy: taped, judge });
  const text = [header({ policy: policy.name, params }), ...lines].map(lineText).join('');
  return { text, truth };
}

function lineOf(
  node: SnapshotNode,
  at: { readonly nowMs: number; readonly sequence: number; readonly intervalMs: number },
) {
  const capacityCpuCores = node.allocatableCpuCores;
  const { host } = nodeReport('h1');
  return reportLine(
    at.nowMs,
    nodeReport(node.id, {
      sequence: at.sequence,
      intervalMs: at.intervalMs,
      host: {
        ...host,
        capacityCpuCores,
        allocatableCpuCores: capacityCpuCores,
        cpuUtilisationRatio:
          node.idleCpuCores === null ? null : Math.min(1, 1 - node.idleCpuCores / capacityCpuCores),
      },
      containers: node.allocations.flatMap(({ report }) => (report === null ? [] : [report])),
    }),
  );
}

function desiredOf(
  { jobs }: Scenario,
  node: SnapshotNode,
  limits: readonly LimitDecision[],
): readonly DesiredAllocation[] {
  const decided = new Map(limits.map((each) => [each.allocation, each]));
  return node.allocations.flatMap(({ id, job, limit, target }) => {
    const of = jobs.find((each) => each.id === job);
    if (of === undefined) return [];
    const next = decided.get(id);
    return [
      {
        id,
        job,
        spec: simulatedSpecOf(of, target?.latencyMs ?? of.targetMs),
        limit: next?.limit ?? limit ?? { cpuCores: null, periodUs: 100_000 },
        reason: next?.reason ?? 'unchanged',
      },
    ];
  });
}

export function readGood(text: string): ReadRecording {
  const read = readRecording(text);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}
