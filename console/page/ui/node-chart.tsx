import { useMemo } from 'preact/hooks';
import type { AllocationStatus, NodeStatus } from '../../../proto/schemas/status.js';
import type { NodeHistory } from '../../answers.js';
import { type HostHour, hostHour } from '../model/node-series.js';
import { MAX_ASKED } from '../model/recent.js';
import { allocationName, coresText } from '../model/words.js';
import { Chart, type Line } from './chart.js';
import { useRecentTogether } from './use-recent.js';

const COLOURS = 6;

interface NodeChartProps {
  readonly node: NodeStatus;
  readonly allocations: readonly AllocationStatus[];
  readonly history: NodeHistory | null;
}

/**
 * The limits of what runs on a host, on top of each other, under what is allocatable; and what is
 * not ours as one grey band on top of them.
 */
export function NodeChart({ node, allocations, history }: NodeChartProps) {
  const ids = allocations.slice(0, MAX_ASKED).map(({ id }) => id);
  const recent = useRecentTogether(ids);
  const hour = useMemo(() => {
    const names = new Map(allocations.map((each) => [each.id as string, allocationName(each)]));
    const limits = ids.length === 0 ? null : recent;
    return hostHour(limits, history, (id) => names.get(id) ?? id);
  }, [recent, history, allocations]);
  const { allocatableCpuCores } = node.host;
  const lines = useMemo(
    () => (hour === null ? [] : linesOf(hour, allocatableCpuCores)),
    [hour, allocatableCpuCores],
  );
  if (hour === null || lines.length < 2) return null;
  const others = hour.others === null ? '' : ', what is not ours above them';
  return (
    <section aria-labelledby="limits">
      <h2 id="limits">Limits in the last hour</h2>
      <Chart
        label={
          `Limits of ${hour.limits.length} allocations on top of each other${others}, ` +
          `${coresText(allocatableCpuCores)} allocatable`
        }
        times={hour.times}
        lines={lines}
        fromMs={hour.fromMs}
        toMs={hour.toMs}
        valueText={coresText}
        height={220}
      />
      {hour.others === null ? null : (
        <p class="quiet">
          The grey band is what everything else uses: containers that are not ours, and programs of
          the host. It is known since this console started.
        </p>
      )}
      {allocations.length > MAX_ASKED ? (
        <p class="quiet">The first {MAX_ASKED} of them are drawn.</p>
      ) : null}
    </section>
  );
}

function linesOf({ limits, others, times }: HostHour, allocatable: number): readonly Line[] {
  return [
    ...limits.map(({ name, values }, i) => ({
      name,
      colour: `--chart-${(i % COLOURS) + 1}`,
      values,
      isFilled: true,
    })),
    ...(others === null
      ? []
      : [{ name: 'not ours', colour: '--chart-others', values: others, isFilled: true }]),
    {
      name: 'allocatable',
      colour: '--chart-limit',
      values: times.map(() => allocatable),
      isDashed: true,
    },
  ];
}
