import type { DqoesEvent, EventPayloads } from '../proto/schemas/event.js';
import type { Clock } from '../shared/clock.js';
import type { EventPublisher } from './dispatch/event-publisher.js';
import type { Lease } from './store/lease.js';

/** Events that a coordinator publishes about itself rather than derives from the state. */
export type OwnEventType =
  | 'dqoes.coordinator.elected'
  | 'dqoes.coordinator.audit-failed'
  | 'dqoes.coordinator.store-lost'
  | 'dqoes.coordinator.store-refilled';

/** CloudEvents `source` of all events of a cluster's coordinator. */
export const eventSourceOf = (cluster: string): string => `/dqoes/${cluster}/coordinator`;

/** What the events of the coordinator itself need. */
export interface OwnEventsOptions {
  readonly publisher: EventPublisher;
  readonly clock: Clock;
  /** Names the coordinator and the incarnation of the store in each event. */
  readonly lease: Pick<Lease, 'incarnation' | 'holder' | 'epoch'>;
  /** CloudEvents source. */
  readonly source: string;
}

/** Publishes what happens to the coordinator itself: elected, store lost, store refilled. */
export class OwnEvents {
  readonly #options: OwnEventsOptions;

  constructor(options: OwnEventsOptions) {
    this.#options = options;
  }

  /**
   * Queues one event; never throws. `subject` keeps two events of one type and one epoch apart,
   * such as the name of a bucket; '' where there is one event of the type in an epoch.
   */
  publish<T extends OwnEventType>(
    type: T,
    subject: string,
    data: Omit<EventPayloads[T], 'coordinator'>,
  ): void {
    const { publisher, clock, lease, source } = this.#options;
    const kind = type.replace(/^dqoes\./, '').replace('.', '-');
    const suffix = subject === '' ? '' : `.${subject}`;
    publisher.add([
      {
        type,
        id: `${kind}.${lease.incarnation}.${lease.epoch}${suffix}`,
        source,
        timeMs: clock.wall(),
        data: { ...data, coordinator: lease.holder },
      } as unknown as DqoesEvent,
    ]);
  }
}
