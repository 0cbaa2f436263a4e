import type { Samples } from '../../shared/monitoring/samples.js';
import type { DispatchCounters } from '../dispatch/dispatcher.js';
import type { EventPublisher } from '../dispatch/event-publisher.js';
import type { IngestCounters } from '../ingest/ingest.js';
import { type ClusterSampling, clusterSamples } from './cluster-samples.js';
import { nodeSamples } from './node-samples.js';

/** What a coordinator that leads has to say at one scrape. */
export interface LeaderSampling extends ClusterSampling {
  readonly epoch: number;
  readonly counters: {
    readonly ingest: IngestCounters;
    readonly dispatch: DispatchCounters;
    readonly events: EventPublisher['counters'];
    readonly audit: Pick<EventPublisher['counters'], 'dropped'>;
    readonly minutes: Pick<EventPublisher['counters'], 'dropped'>;
  };
}

/** Adds the facts of the cluster and what was done in this leadership. */
export function leaderSamples(samples: Samples, sampling: LeaderSampling): void {
  const { state, nowMs, epoch, counters } = sampling;
  const { ingest, dispatch, events, audit, minutes } = counters;
  clusterSamples(samples, sampling);
  nodeSamples(samples, state, nowMs);
  samples.add('dqoes_coordinator_epoch', epoch);
  for (const outcome of ['accepted', 'superseded', 'waiting'] as const)
    samples.add('dqoes_coordinator_messages_total', ingest[outcome], { outcome });
  for (const [code, count] of ingest.rejected)
    samples.add('dqoes_coordinator_messages_rejected_total', count, { code });
  const writes = { written: 'written', conflict: 'conflicts', failed: 'failed' } as const;
  for (const [outcome, field] of Object.entries(writes))
    samples.add('dqoes_coordinator_desired_writes_total', dispatch[field], { outcome });
  samples.add('dqoes_coordinator_nudges_total', dispatch.nudged);
  samples.add('dqoes_coordinator_events_published_total', events.published);
  samples.add('dqoes_coordinator_events_dropped_total', events.dropped);
  samples.add('dqoes_coordinator_events_waiting', events.waiting);
  samples.add('dqoes_coordinator_audit_dropped_total', audit.dropped);
  samples.add('dqoes_coordinator_history_dropped_total', minutes.dropped);
}
