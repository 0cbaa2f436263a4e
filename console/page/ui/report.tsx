import { useEffect, useMemo, useState } from 'preact/hooks';
import type { UsageReport, UsageRow } from '../../../proto/schemas/usage.js';
import { isMissingRoute, type Problem } from '../model/problem.js';
import {
  reportColumns,
  reportPath,
  reportSentence,
  reportViewOf,
  type ReportView as View,
} from '../model/report.js';
import { hrefOf } from '../model/route.js';
import type { State } from '../model/state.js';
import { sentence, visible } from '../model/words.js';
import { useApp } from './context.js';
import { Link } from './link.js';
import { ProblemText } from './problem-text.js';
import { ReportTools } from './report-tools.js';
import { save } from './save.js';
import { momentText } from './time.js';

const TIMEOUT_MS = 30_000;

/** What jobs had of the time and of the machines: by job, day, label or host. */
export function ReportPage({ state }: { readonly state: State }) {
  const { query } = useApp();
  const view = useMemo(() => reportViewOf(query), [query]);
  // By the time at which it was asked for: a table that changes while it is read helps nobody.
  const isKnown = state.nowMs > 0;
  const [asked, setAsked] = useState(0);
  const path = useMemo(() => reportPath(view, state.nowMs), [view, isKnown, asked]);
  const { report, problem, isReading } = useReport(isKnown ? path : null, asked);
  return (
    <>
      <h1 tabIndex={-1}>Report</h1>
      <ReportTools view={view} />
      {path === null ? <p role="status">{whatIsMissing(view)}</p> : null}
      <div role="status">{isReading ? 'Reading the stored minutes…' : null}</div>
      {problem === null ? null : isMissingRoute(problem) ? (
        <p>This console makes no reports.</p>
      ) : (
        <ProblemText problem={problem} />
      )}
      {report === null || path === null ? null : (
        <Report report={report} path={path} nowMs={state.nowMs} />
      )}
      {path === null ? null : (
        <button
          type="button"
          class="plain"
          aria-disabled={isReading}
          onClick={() => {
            if (!isReading) setAsked(asked + 1);
          }}
        >
          Read again, up to now
        </button>
      )}
    </>
  );
}

const whatIsMissing = ({ by, label }: View): string =>
  by === 'label' && label === ''
    ? 'Type the label of hosts that it is to be by, such as zone.'
    : 'Choose the first day and the last one, not after it.';

interface Read {
  readonly report: UsageReport | null;
  readonly problem: Problem | null;
  readonly isReading: boolean;
}
const NOTHING: Read = { report: null, problem: null, isReading: false };

function useReport(path: string | null, asked: number): Read {
  const { client } = useApp();
  const [read, setRead] = useState<Read>(NOTHING);
  useEffect(() => {
    if (path === null) return setRead(NOTHING);
    let isOver = false;
    // The console reads a few reports at a time: one that nobody waits for keeps out the next.
    const ending = new AbortController();
    const { signal } = ending;
    setRead((before) => ({ ...before, problem: null, isReading: true }));
    const late = setTimeout(() => ending.abort(), TIMEOUT_MS);
    // While one types, the address changes with each letter.
    const soon = setTimeout(async () => {
      const answer = await client.ask<UsageReport>(path, { signal });
      clearTimeout(late);
      if (isOver) return;
      setRead({
        report: answer.ok ? answer.value : null,
        problem: answer.ok ? null : answer.error,
        isReading: false,
      });
    }, 250);
    return () => {
      isOver = true;
      clearTimeout(soon);
      clearTimeout(late);
      ending.abort();
    };
  }, [client, path, asked]);
  return read;
}

interface ReportProps {
  /** While another one is read, that of before. */
  readonly report: UsageReport;
  readonly path: string;
  readonly nowMs: number;
}

function Report({ report, path, nowMs }: ReportProps) {
  const { fromMs, toMs, storedSinceMs, warnings } = report;
  const isShort = storedSinceMs !== null && storedSinceMs > fromMs;
  return (
    <>
      <p>{reportSentence(report)}</p>
      <p class="quiet">
        {momentText(fromMs, nowMs)} to {momentText(toMs, nowMs)}.
        {isShort ? ` Stored since ${momentText(storedSinceMs, nowMs)}.` : ''}{' '}
        {warnings.map((each) => `${sentence(each)} `)}
      </p>
      <p>
        <Csv path={path} />
      </p>
      {report.rows.length === 0 ? null : <ReportTable report={report} />}
    </>
  );
}

/** The same as CSV. With a token it is fetched: a link alone would send none. */
function Csv({ path }: { readonly path: string }) {
  const { client } = useApp();
  const [problem, setProblem] = useState<Problem | null>(null);
  const onClick = async (event: MouseEvent): Promise<void> => {
    if (!client.isSignedIn) return;
    event.preventDefault();
    const answer = await client.read(`${path}&format=csv`, TIMEOUT_MS);
    setProblem(answer.ok ? null : answer.error);
    if (answer.ok) save(new Blob([answer.value], { type: 'text/csv' }), NAME);
  };
  return (
    <>
      <a
        href={`/api/v1${path}&format=csv`}
        download={NAME}
        onClick={(event) => void onClick(event)}
      >
        Download as CSV
      </a>
      {problem === null ? null : <ProblemText problem={problem} />}
    </>
  );
}
const NAME = 'dqoes-report.csv';

function ReportTable({ report }: Pick<ReportProps, 'report'>) {
  const columns = useMemo(() => reportColumns(report), [report]);
  const cells = (row: UsageRow) =>
    columns.map(({ title, text }) => <td key={title}>{text(row)}</td>);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <section class="table-box report" aria-label="Report, as a table" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{TITLES[report.by]}</th>
            {columns.map(({ title, about }) => (
              <th key={title} scope="col" title={about}>
                {title}
                <span class="hidden">: {about}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {report.rows.map((row) => (
            <tr key={row.key ?? ''}>
              <th scope="row">
                <Key name={row.key} by={report.by} />
              </th>
              {cells(row)}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All</th>
            {cells(report.total)}
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

const TITLES = { job: 'Job', day: 'Day (UTC)', label: 'Label', node: 'Host' } as const;

function Key({ name, by }: { readonly name: string | null; readonly by: UsageReport['by'] }) {
  if (name === null) return <span class="quiet">without</span>;
  const route =
    by === 'job'
      ? ({ page: 'job', name } as const)
      : by === 'node'
        ? ({ page: 'node', id: name } as const)
        : null;
  const text = <bdi>{visible(name)}</bdi>;
  return route === null ? text : <Link to={hrefOf(route)}>{text}</Link>;
}
