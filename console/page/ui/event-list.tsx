import { aboutOf, type PageEvent, shortType, type Tone, textOf } from '../model/events.js';
import { hrefOf } from '../model/route.js';
import { Link } from './link.js';
import { momentText } from './time.js';

/** A sign for each tone beside its colour. */
const SIGNS: Readonly<Record<Tone, string>> = { good: '●', bad: '▲', warn: '◆', plain: '·' };

interface EventListProps {
  readonly events: readonly PageEvent[];
  readonly nowMs: number;
  /** The event that was asked for, which is marked. */
  readonly chosen?: number | null;
}

/** Events as sentences, the newest first. */
export function EventList({ events, nowMs, chosen = null }: EventListProps) {
  return (
    <ol class="events">
      {[...events].reverse().map((event) => (
        <EventItem
          key={event.sequence}
          event={event}
          nowMs={nowMs}
          isChosen={event.sequence === chosen}
        />
      ))}
    </ol>
  );
}

interface EventItemProps {
  readonly event: PageEvent;
  readonly nowMs: number;
  readonly isChosen: boolean;
}

function EventItem({ event, nowMs, isChosen }: EventItemProps) {
  const { what, why, tone } = textOf(event);
  const { job, nodes } = aboutOf(event);
  return (
    <li class={`event event-${tone}${isChosen ? ' is-chosen' : ''}`}>
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
