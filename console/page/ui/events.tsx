import { useMemo } from 'preact/hooks';
import { filterOf, jsonLinesOf, KNOWN_TYPES, matches, shortType } from '../model/events.js';
import { isLiveNow, type State } from '../model/state.js';
import { counted } from '../model/words.js';
import { useApp } from './context.js';
import { EventList } from './event-list.js';
import { Older } from './older.js';
import { ProblemText } from './problem-text.js';
import { save } from './save.js';
import { useStoredEvents } from './use-events.js';

/** Shown at once; a longer list is narrowed by the filter, or exported. */
const MAX_SHOWN = 300;

/** What happened, as it happens. */
export function EventsView({ state }: { readonly state: State }) {
  const { query } = useApp();
  const reader = useStoredEvents();
  const { isReading, problem } = reader;
  const filter = useMemo(() => filterOf(query), [query]);
  const found = useMemo(
    () => state.events.filter((event) => matches(event, filter)),
    [state.events, filter],
  );
  const shown = useMemo(() => found.slice(-MAX_SHOWN), [found]);
  return (
    <>
      <h1 tabIndex={-1}>Events</h1>
      <Filter {...filter} />
      {/* The counts change with each event: those who listen are not told each of them. */}
      <p class="quiet">
        <span role="status">
          {isLiveNow(state) ? 'Live: new ones appear by themselves.' : 'Not live now.'}
        </span>{' '}
        {shown.length < found.length
          ? `The newest ${shown.length} of ${found.length} that are like this.`
          : `${counted(found.length, 'event')} of the ${state.events.length} that were read.`}
      </p>
      {problem === null ? null : <ProblemText problem={problem} />}
      <p>
        <button
          type="button"
          onClick={() =>
            save(
              new Blob([jsonLinesOf(found)], { type: 'application/x-ndjson' }),
              'dqoes-events.jsonl',
            )
          }
          disabled={found.length === 0}
        >
          Export as JSON lines
        </button>
      </p>
      {found.length > 0 || isReading ? null : (
        <p>
          {state.events.length === 0
            ? 'Nothing is stored yet. What happens from now on appears here.'
            : 'None of the events that were read is like that. Older ones may be.'}
        </p>
      )}
      <EventList events={shown} nowMs={state.nowMs} />
      <Older reader={reader} held={state.events.length} />
    </>
  );
}

function Filter({
  type,
  job,
  node,
}: {
  readonly type: string;
  readonly job: string;
  readonly node: string;
}) {
  const { setQuery } = useApp();
  return (
    <div class="tools">
      <label>
        <span>Type</span>
        <select value={type} onChange={(event) => setQuery({ type: event.currentTarget.value })}>
          <option value="">all</option>
          {KNOWN_TYPES.map((each) => (
            <option key={each} value={each}>
              {shortType(each)}
            </option>
          ))}
          {type === '' || KNOWN_TYPES.includes(type) ? null : (
            // An address may ask for all that begin like this.
            <option value={type}>{shortType(type)}…</option>
          )}
        </select>
      </label>
      <label>
        <span>Job</span>
        <input
          value={job}
          onInput={(event) => setQuery({ job: event.currentTarget.value.trim() })}
        />
      </label>
      <label>
        <span>Host</span>
        <input
          value={node}
          onInput={(event) => setQuery({ node: event.currentTarget.value.trim() })}
        />
      </label>
    </div>
  );
}
