import type { Day } from '../../../console/history/day.js';
import type { NodeHours } from '../../../console/history/node-hour.js';
import type { AllocationMinute } from '../../../proto/schemas/view.js';
import type { Scene } from './scenes.js';

/** An hour of each node. */
export function rememberNodes(nodeHours: NodeHours, { nodes }: Scene): void {
  const step = Math.floor(Date.now() / 10_000);
  for (const [at, status] of nodes.entries())
    for (let i = 0; i < 360; i += 1) {
      const wave = 1 + 0.4 * Math.sin((i + at * 40) / 30);
      const host = {
        ...status.host,
        cpuUtilisationRatio: 0.4 * wave,
        cpuPressureRatio: 0.1 * wave,
      };
      nodeHours.takeChange({
        ...{ schema: 1, incarnation: 'i', epoch: 3, node: status.id, sequence: i + 1 },
        atMs: (step - i) * 10_000,
        full: false,
        status: { ...status, liveness: 'ready', host, othersCpuCores: 0.3 * wave },
        ...{ figures: [], facts: [], gone: [] },
      });
    }
}

/** Fills the rings: each allocation wanders around what it does now. */
export function remember(day: Day, { jobs }: Scene, minutes: number): void {
  const last = Math.floor(Date.now() / 60_000);
  const all = jobs.flatMap(({ allocations }) => allocations).filter(({ node }) => node !== null);
  for (let minute = last - minutes + 1; minute <= last; minute += 1)
    day.takeMinute({
      schema: 1,
      node: 'h1' as never,
      minute,
      epoch: 3,
      seconds: 60,
      allocations: all.map((each, i): AllocationMinute => {
        const wave = 1 + 0.25 * Math.sin((minute + i) / 5);
        const limit = each.desired?.cpuCores ?? 0.1;
        const isGood = each.qoeClass === 'within' && wave < 1.2;
        return {
          id: each.id,
          job: each.job,
          requests: 100,
          meanMs: each.latencyMs === null ? null : each.latencyMs * wave,
          worstMs: each.latencyMs === null ? null : each.latencyMs * 2,
          seconds: 60,
          observedSeconds: each.latencyMs === null ? 0 : 60,
          atTargetSeconds: isGood ? 60 : 0,
          notSlowerSeconds: each.qoeClass === 'slower' ? 0 : 60,
          reservedCpuSeconds: limit * 60,
          usedCpuSeconds: limit * 40 * wave,
          throttledRatio: 0.1,
          energyJoules: null,
        };
      }),
    });
  day.noteLoaded();
}
