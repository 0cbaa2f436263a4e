import { classify, isSatisfied } from '../../shared/qoe.js';
import type { ContainerReport } from '../../shared/report.js';
import { statisticOf } from '../../shared/samples.js';

type Judged = Pick<ContainerReport, 'target' | 'latency' | 'state'>;

/**
 * How an agent goes, in one line: `control enforce: 3 containers, 2 of 2 measured ones at target`.
 * `containers` undefined = not measured yet, or late.
 */
export function agentSummary(
  containers: readonly Judged[] | undefined,
  control: string,
  isConnected: boolean,
): string {
  const cut = isConnected ? '' : '; NATS is away, limits hold';
  if (containers === undefined) return `control ${control}: not measured now${cut}`;
  const asked = containers.filter(({ target, state }) => target !== null && state === 'running');
  const measured = asked.map(isAtTarget).filter((at) => at !== null);
  const atTarget = measured.filter((at) => at).length;
  return (
    `control ${control}: ${asked.length} containers with a target, ` +
    `${atTarget} of ${measured.length} measured ones at target${cut}`
  );
}

/** null = not measured. */
function isAtTarget({ target, latency }: Judged): boolean | null {
  if (target === null || latency === null) return null;
  const latencyMs = statisticOf(latency.window, target.statistic);
  return latencyMs === null ? null : isSatisfied(target, classify(target, latencyMs));
}
