import { MAX_EVENTS } from '../model/events.js';
import type { EventReader } from './use-events.js';

interface OlderProps {
  readonly reader: EventReader;
  /** Events that the page holds now. */
  readonly held: number;
}

/** Reads events older than those that are there, or says where they are to be had. */
export function Older({ reader: { isAll, isReading, readOlder }, held }: OlderProps) {
  if (held >= MAX_EVENTS)
    return (
      <p class="quiet">
        This page holds the newest {MAX_EVENTS} events. Older ones: dqoes events --from 1.
      </p>
    );
  if (isAll) return <p class="quiet">Nothing older is kept.</p>;
  // It works once at a time by itself; disabled meanwhile, it would lose the focus.
  return (
    <button type="button" class="plain" onClick={readOlder} aria-disabled={isReading}>
      {isReading ? 'Reading…' : 'Read older ones'}
    </button>
  );
}
