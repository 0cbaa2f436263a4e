import { useMemo, useRef } from 'preact/hooks';
import {
  aboutOf,
  eventsBefore,
  type PageEvent,
  shortType,
  type Tone,
  textOf,
} from '../model/events.js';
import { hrefOf } from '../model/route.js';
import { Link } from './link.js';
import { dayText, momentText } from './time.js';
import { useHand } from './use-hand.js';

/** A sign for each tone beside its colour. */
const SIGNS: Readonly<Record<Tone, string>> = { good: '●', bad: '▲', warn: '◆', plain: '·' };

interface EventListProps {
  readonly events: readonly PageEvent[];
  readonly nowMs: number;
}

/** Events as sentences, the newest first. */
export function EventList({ events, nowMs }: EventListProps) {
  const shown = useSteadyEvents(events, nowMs);
  // Each says the time of its day, which is another text only on another day.
  const today = dayText(nowMs);
  return useMemo(
    () => (
      <ol class="events">
        {[...shown].reverse().map((event) => (
          <EventItem key={event.sequence} event={event} nowMs={nowMs} />
        ))}
      </ol>
    ),
    [shown, today],
  );
}

/** While somebody is about to click, what happens meanwhile waits. */
function useSteadyEvents(events: readonly PageEvent[], nowMs: number): readonly PageEvent[] {
  const isHeld = useHand();
  const sinceMs = useRef(0);
  // Before anything was read there is nothing that could be pushed away.
  if (!isHeld || sinceMs.current === 0) sinceMs.current = Math.max(nowMs, events.at(-1)?.atMs ?? 0);
  return useMemo(() => (isHeld ? eventsBefore(events, sinceMs.current) : events), [events, isHeld]);
}

interface EventItemProps {
  readonly event: PageEvent;
  readonly nowMs: number;
}

function EventItem({ event, nowMs }: EventItemProps) {
  const { what, why, tone } = textOf(event);
  const { job, nodes } = aboutOf(event);
  return (
    <li class={`event event-${tone}`}>
      <time dateTime={new Date(event.atMs).toISOString()}>{momentText(event.atMs, nowMs)}</time>
      <span class="event-sign" aria-hidden="true">
        {SIGNS[tone]}
      </span>
      <div>
        <p>
          {what}
          {why === '' ? '.' : ': '}
          {why}
        </p>
        <p class="quiet">
          {shortType(event.type)}
          {job === '' ? null : (
            <>
              {' · '}
              <Link to={hrefOf({ page: 'job', name: job })}>{job}</Link>
            </>
          )}
          {nodes.map((node) => (
            <span key={node}>
              {' · '}
              <Link to={hrefOf({ page: 'node', id: node })}>{node}</Link>
            </span>
          ))}
        </p>
      </div>
    </li>
  );
}
