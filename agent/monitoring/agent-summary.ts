import { classify, isSatisfied } from '../../shared/qoe.js';
import { type ContainerReport, isOutdated, type Seeing } from '../../shared/report.js';
import { statisticOf } from '../../shared/samples.js';

type Judged = Pick<ContainerReport, 'target' | 'latency' | 'state'>;

/** How an agent is set, and how it sees its containers. */
export interface SummaryContext<Container> {
  readonly control: string;
  readonly isConnected: boolean;
  readonly seeing: (container: Container) => Seeing;
}

/**
 * How an agent goes, in one line: `control enforce: 3 containers, 2 of 2 measured ones at target`.
 * `containers` undefined = not measured yet, or late.
 */
export function agentSummary<Container extends Judged>(
  containers: readonly Container[] | undefined,
  { control, isConnected, seeing }: SummaryContext<Container>,
): string {
  const cut = isConnected ? '' : '; NATS is away, limits hold';
  if (containers === undefined) return `control ${control}: not measured now${cut}`;
  const asked = containers.filter(({ target, state }) => target !== null && state === 'running');
  const measured = asked
    .map((each) => isAtTarget(each, () => seeing(each)))
    .filter((at) => at !== null);
  const atTarget = measured.filter((at) => at).length;
  return (
    `control ${control}: ${asked.length} containers with a target, ` +
    `${atTarget} of ${measured.length} measured ones at target${cut}`
  );
}

/** null = not measured: there is no answer, or the newest says nothing of now. */
function isAtTarget({ target, latency }: Judged, seeing: () => Seeing): boolean | null {
  if (target === null || latency === null) return null;
  const latencyMs = statisticOf(latency.window, target.statistic);
  if (latencyMs === null || isOutdated(latency, latencyMs, seeing)) return null;
  return isSatisfied(target, classify(target, latencyMs));
}
