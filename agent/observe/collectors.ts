import type { ContainerReport } from '../../shared/report.js';
import { cpuBetween, type StampedCounters } from './container-cpu.js';
import { type LatencyView, latencyIn } from './container-latency.js';
import { limitIn } from './container-limit.js';
import { memoryIn } from './container-memory.js';
import { collectSafely, dataOf, type Reading } from './reading.js';

/** What the collectors of one container look at. */
export interface ContainerView {
  readonly before: StampedCounters | null;
  readonly after: StampedCounters | null;
  readonly latency: LatencyView;
}

/** The fields of a container report that are measured: one collector, one file, one line. */
export type ContainerMeasurements = Pick<
  ContainerReport,
  'cpu' | 'memory' | 'observed' | 'latency'
>;
type Collectors = {
  readonly [Field in keyof ContainerMeasurements]: (
    view: ContainerView,
  ) => Reading<NonNullable<ContainerMeasurements[Field]>>;
};

/** The collector of each measured field. */
export const COLLECTORS: Collectors = {
  cpu: ({ before, after }) => cpuBetween(before, after),
  memory: ({ after }) => memoryIn(after),
  observed: ({ after }) => limitIn(after),
  latency: ({ latency }) => latencyIn(latency),
};

/** Runs every collector; what yields no data is null. `collectors` is for tests. */
export function measure(
  view: ContainerView,
  collectors: Collectors = COLLECTORS,
): ContainerMeasurements {
  return {
    cpu: dataOf(collectSafely(() => collectors.cpu(view))),
    memory: dataOf(collectSafely(() => collectors.memory(view))),
    observed: dataOf(collectSafely(() => collectors.observed(view))),
    latency: dataOf(collectSafely(() => collectors.latency(view))),
  };
}
