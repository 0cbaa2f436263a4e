import type { NodeReport } from '../../../../shared/report.js';
import { container, latency, report, target } from '../build.js';

/** A node that reports every 5 s: ten requests of 100 ms each, half a core used of one reserved. */
export function reportAt(
  second: number,
  change: Partial<NodeReport> = {},
  meanMs = 100,
): NodeReport {
  return report('h1', {
    sequence: second,
    sentAtMs: second * 1000,
    intervalMs: 5000,
    containers: [
      container('a-1', {
        target: target(100),
        applied: { cpuCores: 1, periodUs: 100_000 },
        latency: latency(meanMs, { totalCount: second * 2, totalMs: second * 2 * meanMs }),
        cpu: {
          usageCores: 0.5,
          usageTotalSeconds: second / 2,
          throttledRatio: 0.25,
          pressureRatio: null,
        },
      }),
    ],
    ...change,
  });
}
