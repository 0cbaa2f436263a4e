import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import {
  COLUMN_WORDS,
  COLUMNS,
  type Column,
  inOrderOf,
  type JobRow,
  orderOf,
  SORTS,
  type Sort,
  shownRows,
  sortedBy,
  type TableView,
  viewOf,
  withColumn,
} from '../model/jobs-table.js';
import { VERDICT_WORDS, VERDICTS } from '../model/verdict.js';
import { windowOf } from '../model/virtual.js';
import { counted } from '../model/words.js';
import { useApp } from './context.js';
import { JobRowView } from './job-row.js';
import { useFocusKept } from './use-focus.js';
import { useHand } from './use-hand.js';
import { useRecent } from './use-recent.js';

/** Height of a row, px, as in the style: rows that are not made are known by it. */
const ROW_PX = 44;
/** From here on only the rows in sight are made. */
const MANY_ROWS = 50;
const SIGHT_PX = 640;

/** All jobs, sorted, searched and filtered by what stands in the address. */
export function Jobs({ rows }: { readonly rows: readonly JobRow[] }) {
  const { query } = useApp();
  const view = useMemo(() => viewOf(query), [query]);
  const found = useMemo(() => shownRows(rows, view), [rows, view]);
  const shown = useSteadyOrder(found, view);
  const isNothing = shown.length === 0 && rows.length > 0;
  const heading = useFocusKept<HTMLHeadingElement>(isNothing);
  return (
    <section
      // On a phone some columns are left out, unless somebody chose them.
      class={query.columns === undefined ? 'jobs usual-columns' : 'jobs'}
      aria-labelledby="jobs"
    >
      <h2 id="jobs" ref={heading} tabIndex={-1}>
        Jobs
      </h2>
      <Tools view={view} />
      <p class="quiet" role="status">
        {shown.length === rows.length
          ? counted(rows.length, 'job')
          : `${shown.length} of ${counted(rows.length, 'job')}`}
      </p>
      <Table rows={shown} view={view} />
      {isNothing ? <NothingFound /> : null}
    </section>
  );
}

interface Order {
  readonly view: TableView;
  readonly names: readonly string[];
}

/** While somebody is about to click a row, no other one takes its place; figures go on. */
function useSteadyOrder(rows: readonly JobRow[], view: TableView): readonly JobRow[] {
  const isHeld = useHand();
  const before = useRef<Order | undefined>(undefined);
  const kept = isHeld && before.current?.view === view ? before.current.names : undefined;
  const shown = useMemo(() => (kept === undefined ? rows : inOrderOf(rows, kept)), [rows, kept]);
  before.current = { view, names: kept ?? shown.map(({ name }) => name) };
  return shown;
}

function NothingFound() {
  const { setQuery } = useApp();
  return (
    <p>
      No job is like that.{' '}
      <button type="button" class="plain" onClick={() => setQuery({ q: '', only: '' })}>
        Show all
      </button>
    </p>
  );
}

function Tools({ view }: { readonly view: TableView }) {
  const { setQuery } = useApp();
  const only = view.only.join(',');
  return (
    <div class="tools">
      <label class="search">
        <span>Search</span>
        <input
          id="search"
          type="search"
          value={view.search}
          placeholder="name, host, image ( / )"
          onInput={(event) => setQuery({ q: event.currentTarget.value })}
        />
      </label>
      <label>
        <span>Show</span>
        <select value={only} onChange={(event) => setQuery({ only: event.currentTarget.value })}>
          <option value="">all</option>
          {VERDICTS.map((each) => (
            <option key={each} value={each}>
              {VERDICT_WORDS[each]}
            </option>
          ))}
          {view.only.length < 2 ? null : (
            // An address may ask for several: they are not all.
            <option value={only}>{view.only.map((each) => VERDICT_WORDS[each]).join(', ')}</option>
          )}
        </select>
      </label>
      <details class="columns">
        <summary>Columns</summary>
        {COLUMNS.map((column) => (
          <label key={column}>
            <input
              type="checkbox"
              checked={view.columns.includes(column)}
              onChange={() => setQuery(withColumn(view, column))}
            />
            {COLUMN_WORDS[column]}
          </label>
        ))}
      </details>
    </div>
  );
}

function Table({ rows, view }: { readonly rows: readonly JobRow[]; readonly view: TableView }) {
  const box = useRef<HTMLElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const isLong = rows.length > MANY_ROWS;
  useEffect(() => {
    // Fewer rows than one had scrolled past: the browser scrolls back, and says so late.
    if (!isLong) setScrollTop(0);
  }, [isLong]);
  const { from, to, above, below } = isLong
    ? windowOf({ count: rows.length, rowHeight: ROW_PX, scrollTop, height: SIGHT_PX })
    : { from: 0, to: rows.length, above: 0, below: 0 };
  const made = rows.slice(from, to);
  const ids = made.flatMap(({ worst }) => (worst === null ? [] : [worst.id]));
  const recent = useRecent(view.columns.includes('hour') ? ids : []);
  const width = view.columns.length + 1;
  return (
    <section
      ref={box}
      class={`table-box${isLong ? ' table-long' : ''}`}
      onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
      // A region that scrolls must be reachable by the keyboard.
      tabIndex={isLong ? 0 : undefined}
      aria-label="Jobs, as a table"
    >
      <table aria-rowcount={rows.length + 1}>
        <Head view={view} />
        <tbody>
          {above === 0 ? null : <Space height={above} width={width} />}
          {made.map((row, i) => (
            <JobRowView
              key={row.name}
              row={row}
              index={from + i + 2}
              columns={view.columns}
              recent={row.worst === null ? undefined : recent.get(row.worst.id)}
            />
          ))}
          {below === 0 ? null : <Space height={below} width={width} />}
        </tbody>
      </table>
    </section>
  );
}

function Space({ height, width }: { readonly height: number; readonly width: number }) {
  return (
    <tr class="space" style={{ height: `${height}px` }}>
      <td colSpan={width} />
    </tr>
  );
}

/** What a column is sorted by; absent = by nothing. */
const SORT_OF: Readonly<Partial<Record<Column, Sort>>> = {
  state: 'state',
  latency: 'latency',
  limit: 'limit',
  use: 'use',
  node: 'node',
};

function Head({ view }: { readonly view: TableView }) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        <HeadCell name="Job" sort="job" view={view} column="job" />
        {view.columns.map((column) => (
          <HeadCell
            key={column}
            name={COLUMN_WORDS[column]}
            sort={SORT_OF[column]}
            view={view}
            column={column}
          />
        ))}
      </tr>
    </thead>
  );
}

const SORT_SIGNS = { ascending: ' ▴', descending: ' ▾', none: '' } as const;

interface HeadProps {
  readonly name: string;
  readonly sort: Sort | undefined;
  readonly view: TableView;
  readonly column: string;
}

function HeadCell({ name, sort, view, column }: HeadProps) {
  const { setQuery } = useApp();
  if (sort === undefined || !SORTS.includes(sort))
    return (
      <th scope="col" class={`col-${column}`}>
        {name}
      </th>
    );
  const isSorted = view.sort === sort;
  const order = isSorted ? orderOf(view) : 'none';
  return (
    <th scope="col" class={`col-${column}`} aria-sort={order}>
      <button type="button" class="sort" onClick={() => setQuery(sortedBy(view, sort))}>
        {name}
        <span aria-hidden="true">{SORT_SIGNS[order]}</span>
      </button>
    </th>
  );
}
