import { useMemo } from 'preact/hooks';
import type { AllocationStatus, NodeStatus } from '../../../proto/schemas/status.js';
import { MAX_ASKED } from '../model/recent.js';
import { stacked } from '../model/stack.js';
import { allocationName, coresText, numberText } from '../model/words.js';
import { Chart, type Line } from './chart.js';
import { useRecentTogether } from './use-recent.js';

const COLOURS = 6;

interface NodeChartProps {
  readonly node: NodeStatus;
  readonly allocations: readonly AllocationStatus[];
}

/** The limits of what runs on a host, on top of each other, under what is allocatable. */
export function NodeChart({ node, allocations }: NodeChartProps) {
  const ids = allocations.slice(0, MAX_ASKED).map(({ id }) => id);
  const recent = useRecentTogether(ids);
  const lines = useMemo<readonly Line[]>(() => {
    if (recent === null) return [];
    const names = new Map(allocations.map((each) => [each.id as string, allocationName(each)]));
    const layers = recent.allocations.map(({ allocation, reservedCores }) => ({
      name: names.get(allocation) ?? allocation,
      values: reservedCores,
    }));
    const edges = stacked(layers);
    return [
      ...layers.map(({ name }, i) => ({
        name,
        colour: `--chart-${(i % COLOURS) + 1}`,
        values: edges[i] ?? [],
        isFilled: true,
      })),
      {
        name: 'allocatable',
        colour: '--chart-limit',
        values: recent.allocations[0]?.reservedCores.map(() => node.host.allocatableCpuCores) ?? [],
        isDashed: true,
      },
    ];
  }, [recent, allocations, node.host.allocatableCpuCores]);
  if (recent === null || lines.length < 2) return null;
  const minutes = recent.allocations[0]?.reservedCores.length ?? 0;
  const { fromMs, stepMs } = recent;
  return (
    <section aria-labelledby="limits">
      <h2 id="limits">Limits in the last hour</h2>
      <Chart
        label={
          `Limits of ${lines.length - 1} allocations on top of each other, ` +
          `${coresText(node.host.allocatableCpuCores)} allocatable`
        }
        times={Array.from({ length: minutes }, (_, i) => (fromMs + i * stepMs) / 1000)}
        lines={lines}
        fromMs={fromMs}
        toMs={fromMs + (minutes - 1) * stepMs}
        valueText={numberText}
        height={220}
      />
      {allocations.length > MAX_ASKED ? (
        <p class="quiet">The first {MAX_ASKED} of them are drawn.</p>
      ) : null}
    </section>
  );
}
