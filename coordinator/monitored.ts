import type { SampleSource } from '../shared/monitoring/samples.js';
import type { CoordinatorHandle } from './contract.js';
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
  const { jobs, nodes, atTarget } = leader.summary();
  return (
    `leads with epoch ${leader.epoch}: ${nodes.ready} of ${nodes.known} nodes ready, ` +
    (atTarget === undefined ? `${jobs} jobs` : `${atTarget} of ${jobs} jobs at target`)
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
      prepare: async () => {
        await leading?.refresh();
      },
      collect: (samples) => {
        meter.collect(samples);
        const before = samples.all.length;
        leading?.collect(samples, maxAllocations);
        samples.flag('dqoes_coordinator_leader', samples.all.length > before);
      },
    },
  };
}
