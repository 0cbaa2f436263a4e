import type { SampleSource } from '../shared/monitoring/samples.js';
import type { CoordinatorHandle } from './contract.js';
import { isAtTarget } from './monitoring/cluster-samples.js';
import { CoordinatorMeter } from './monitoring/meter.js';

/** What makes a coordinator countable: its meter, its source of samples, and who leads. */
export interface MonitoredCoordinator {
  /** For `CoordinatorDeps.meter`. */
  readonly meter: CoordinatorMeter;
  /** For `LeaderElectionDeps.onLeading`. */
  readonly onLeading: (coordinator: CoordinatorHandle) => void;
  readonly source: SampleSource;
  /** How it goes, in one line. */
  readonly summary: () => string;
}

const STANDS_BY = 'stands by as follower';

function leaderSummary(leader: CoordinatorHandle): string {
  const { jobs, nodes } = leader.status();
  const ready = nodes.filter(({ liveness }) => liveness === 'ready').length;
  return (
    `leads with epoch ${leader.epoch}: ${ready} of ${nodes.length} nodes ready, ` +
    `${jobs.filter(isAtTarget).length} of ${jobs.length} jobs at target`
  );
}

/**
 * One process that leads now and then. It exports what it has done at any time, and the facts of
 * the cluster only while it leads. `maxAllocations`: see `CoordinatorHandle.collect`.
 */
export function monitorCoordinator(maxAllocations: number): MonitoredCoordinator {
  const meter = new CoordinatorMeter();
  let leading: CoordinatorHandle | undefined;
  return {
    meter,
    onLeading: (coordinator) => {
      leading = coordinator;
      void coordinator.ended.then(() => {
        if (leading === coordinator) leading = undefined;
      });
    },
    summary: () => (leading === undefined ? STANDS_BY : leaderSummary(leading)),
    source: {
      name: 'coordinator',
      collect: (samples) => {
        meter.collect(samples);
        const before = samples.all.length;
        leading?.collect(samples, maxAllocations);
        samples.flag('dqoes_coordinator_leader', samples.all.length > before);
      },
    },
  };
}
