import type { EventPayloads, EventType } from '../../proto/schemas/event.js';

/** An event of one type without its time and source. */
interface EventDraftOf<T extends EventType> {
  readonly type: T;
  readonly id: string;
  readonly data: EventPayloads[T];
}

/** An event of any type without its time and source, which `deriveEvents` adds. */
export type EventDraft = { readonly [T in EventType]: EventDraftOf<T> }[EventType];
