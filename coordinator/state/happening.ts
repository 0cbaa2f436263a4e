import type { EventPayloads, EventType } from '../../proto/schemas/event.js';

/** An event before it is known when and by whom it is told. */
interface Happening<T extends EventType> {
  readonly type: T;
  readonly id: string;
  readonly data: EventPayloads[T];
}
export type AnyHappening = { readonly [T in EventType]: Happening<T> }[EventType];
