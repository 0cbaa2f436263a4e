import { readFileSync } from 'node:fs';
import { POLICIES } from '../../../../coordinator/schedule/policies/index.js';
import type { Policy, PolicyInput } from '../../../../coordinator/schedule/types.js';
import { type ForeignLevel, withForeign } from '../../../../lab/foreign/levels.js';
import type { MachineModel } from '../../../../lab/host/machine.js';
import { readScenario } from '../../../../lab/scenario/read.js';
import { Judge } from '../../../../lab/sim/judge.js';
import { type SimulateInput, simulate } from '../../../../lab/sim/simulate.js';
import type { Scenario } from '../../../../lab/types.js';

// The tests run in dist; scenario files are not built.
const FILES = new URL('../../../../../lab/scenarios/', import.meta.url);
const judge = new Judge();

/** A shipped scenario beside other programs, with another seed. */
export function shipped(name: string, level: ForeignLevel, seed: number): Scenario {
  const read = readScenario(readFileSync(new URL(`${name}.yaml`, FILES), 'utf8'), name);
  if (!read.ok) throw new Error(`${name} cannot be read`);
  return { ...withForeign(read.value.scenario, level), seed };
}

/** What `adaptive` is shown, and makes of it, at each report. */
export type OnDecision = (input: PolicyInput, memory: unknown) => void;

/** How a watched run is simulated. */
export interface WatchedRun extends Pick<SimulateInput, 'onSample'> {
  readonly scenario: Scenario;
  readonly machine: MachineModel;
}

/** A run under `adaptive`; `onDecision` gets each input, and the memory after it. */
export function watch({ scenario, machine, onSample }: WatchedRun, onDecision: OnDecision): void {
  const policy: Policy = {
    ...POLICIES.adaptive,
    decide: (input, memory) => {
      const decided = POLICIES.adaptive.decide(input, memory);
      onDecision(input, decided.memory);
      return decided;
    },
  };
  const seen = onSample === undefined ? {} : { onSample };
  simulate({ scenario, policy, judge, machine, bySamples: true, ...seen });
}

interface LastEnd {
  readonly count: number;
  readonly totalMs: number;
  readonly atMs: number;
}

/**
 * How far the time between the newest answers of two reports is from the response times between
 * them, ms: for closed loops nothing but what was noted late. Ascending, without sign.
 */
export function endErrorsMs(run: WatchedRun): readonly number[] {
  const last = new Map<string, LastEnd>();
  const errors: number[] = [];
  watch(run, ({ node }) => {
    for (const { observedAtMs, report } of node.allocations) {
      if (report?.latency == null) continue;
      const { totalCount: count, totalMs, newestAgeMs } = report.latency;
      const before = last.get(report.lifeId);
      if (before?.count === count) continue;
      const atMs = observedAtMs - newestAgeMs;
      last.set(report.lifeId, { count, totalMs, atMs });
      if (before !== undefined)
        errors.push(Math.abs(atMs - before.atMs - (totalMs - before.totalMs)));
    }
  });
  return errors.sort((a, b) => a - b);
}

/** The value below which a share of an ascending list lies. */
export const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
