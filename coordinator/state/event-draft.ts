import type { EventPayloads, EventType } from '../../proto/event.js';

/** An event before it is known when and by whom it is told. */
interface EventDraftOf<T extends EventType> {
  readonly type: T;
  readonly id: string;
  readonly data: EventPayloads[T];
}
export type EventDraft = { readonly [T in EventType]: EventDraftOf<T> }[EventType];
