import { Component } from 'preact';
import type { Column, JobRow } from '../model/jobs-table.js';
import { hrefOf } from '../model/route.js';
import { coresText, NONE, nowText, targetText } from '../model/words.js';
import { Sparkline, TargetGauge } from './gauge.js';
import { Link } from './link.js';
import type { Recent } from './use-recent.js';
import { VerdictMark } from './verdict.js';

interface RowProps {
  readonly row: JobRow;
  readonly index: number;
  readonly columns: readonly Column[];
  readonly recent: Recent | undefined;
}

/**
 * A job: its name, and a cell for each column that is shown. Drawn again only with other figures:
 * not each time that the table is scrolled.
 */
export class JobRowView extends Component<RowProps> {
  override shouldComponentUpdate({ row, index, columns, recent }: RowProps): boolean {
    const now = this.props;
    return (
      row !== now.row || index !== now.index || columns !== now.columns || recent !== now.recent
    );
  }

  override render({ row, index, columns, recent }: RowProps) {
    return <Row row={row} index={index} columns={columns} recent={recent} />;
  }
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
  const { verdict, worst, target, latencyMs, limitCores, usedCores, nodes } = row;
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
          {worst === null ? NONE : nowText(worst)}{' '}
          <span class="quiet of-target">{targetText(target)}</span>
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
