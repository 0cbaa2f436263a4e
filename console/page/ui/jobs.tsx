import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import {
  COLUMN_WORDS,
  COLUMNS,
  type Column,
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
import { hrefOf } from '../model/route.js';
import { VERDICT_WORDS, VERDICTS } from '../model/verdict.js';
import { windowOf } from '../model/virtual.js';
import { coresText, counted, msText, targetText } from '../model/words.js';
import { useApp } from './context.js';
import { Sparkline, TargetGauge } from './gauge.js';
import { Link } from './link.js';
import { type Recent, useRecent } from './use-recent.js';
import { VerdictMark } from './verdict.js';

/** Height of a row, px, as in the style: rows that are not made are known by it. */
const ROW_PX = 44;
/** From here on only the rows in sight are made. */
const MANY_ROWS = 50;
const SIGHT_PX = 640;

/** All jobs, sorted, searched and filtered by what stands in the address. */
export function Jobs({ rows }: { readonly rows: readonly JobRow[] }) {
  const { query } = useApp();
  const view = useMemo(() => viewOf(query), [query]);
  const shown = useMemo(() => shownRows(rows, view), [rows, view]);
  return (
    <section
      // On a phone some columns are left out, unless somebody chose them.
      class={query.columns === undefined ? 'jobs usual-columns' : 'jobs'}
      aria-labelledby="jobs"
    >
      <h2 id="jobs" tabIndex={-1}>
        Jobs
      </h2>
      <Tools view={view} />
      <p class="quiet" role="status">
        {shown.length === rows.length
          ? counted(rows.length, 'job')
          : `${shown.length} of ${counted(rows.length, 'job')}`}
      </p>
      <Table rows={shown} view={view} />
      {shown.length === 0 && rows.length > 0 ? <NothingFound /> : null}
    </section>
  );
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
        <select
          value={view.only.length === 1 ? view.only[0] : ''}
          onChange={(event) => setQuery({ only: event.currentTarget.value })}
        >
          <option value="">all</option>
          {VERDICTS.map((each) => (
            <option key={each} value={each}>
              {VERDICT_WORDS[each]}
            </option>
          ))}
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
            <Row
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
      <tr>
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

interface RowProps {
  readonly row: JobRow;
  readonly index: number;
  readonly columns: readonly Column[];
  readonly recent: Recent | undefined;
}

function Row({ row, index, columns, recent }: RowProps) {
  const { name, allocations, isStale } = row;
  return (
    <tr class={isStale ? 'stale' : ''} aria-rowindex={index}>
      <th scope="row" class="col-job">
        <Link to={hrefOf({ page: 'job', name })} title={name}>
          <bdi>{name}</bdi>
        </Link>
        {allocations > 1 ? <span class="quiet"> ×{allocations}</span> : null}
      </th>
      {columns.map((column) => (
        <td
          key={column}
          class={`col-${column}`}
          title={column === 'state' ? row.reason : undefined}
        >
          <Cell row={row} column={column} recent={recent} />
        </td>
      ))}
    </tr>
  );
}

function Cell({ row, column, recent }: Pick<RowProps, 'row' | 'recent'> & { column: Column }) {
  const { verdict, target, latencyMs, limitCores, usedCores, nodes } = row;
  switch (column) {
    case 'state':
      return <VerdictMark verdict={verdict} />;
    case 'now':
      return target === null ? (
        <span class="quiet">no target</span>
      ) : (
        <TargetGauge target={target} latencyMs={latencyMs} />
      );
    case 'hour':
      return target === null ? null : <Sparkline target={target} values={recent?.latencyMs} />;
    case 'latency':
      return (
        <>
          {msText(latencyMs)} <span class="quiet of-target">{targetText(target)}</span>
        </>
      );
    case 'limit':
      return <>{coresText(limitCores)}</>;
    case 'use':
      return <>{coresText(usedCores)}</>;
    case 'node':
      return <NodeNames nodes={nodes} />;
  }
}

function NodeNames({ nodes }: { readonly nodes: readonly string[] }) {
  const [first, ...rest] = nodes;
  if (first === undefined) return <span class="quiet">none</span>;
  return (
    <>
      <Link to={hrefOf({ page: 'node', id: first })}>{first}</Link>
      {rest.length === 0 ? null : <span class="quiet"> and {rest.length} more</span>}
    </>
  );
}
