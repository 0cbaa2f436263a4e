import type { MachineInfo } from '../shell/machine.js';
import type { PhaseResult } from './measure.js';
import type { DemoOutcome } from './outcome.js';

/**
 * The value of `--json FILE`: latencies in ms measured over the last third of each phase, limits in
 * CPU cores.
 */
export function demoReport(
  outcome: DemoOutcome,
  machine: MachineInfo,
  intervalMs: number,
): unknown {
  return {
    machine,
    intervalMs,
    jobs: outcome.jobs.map((job) => {
      const before = outcome.before.jobs.get(job.name);
      const after = outcome.after.jobs.get(job.name);
      return {
        name: job.name,
        model: job.model,
        targetMs: outcome.targetsMs.get(job.name) ?? null,
        tolerance: 0.1,
        before: { latencyMs: before?.latencyMs ?? null, class: before?.qoeClass ?? null },
        after: {
          latencyMs: after?.latencyMs ?? null,
          class: after?.qoeClass ?? null,
          cpuLimit: after?.limitCores ?? null,
        },
      };
    }),
    before: phaseOf(outcome.before),
    after: phaseOf(outcome.after),
    secondsToSettle: outcome.secondsToSettle,
    demandRatio: outcome.demandRatio,
  };
}

const phaseOf = ({ atTarget, notSlower, othersCores }: PhaseResult) => ({
  atTarget,
  notSlower,
  othersCpuCores: othersCores,
});
