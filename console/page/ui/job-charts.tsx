import { useMemo, useState } from 'preact/hooks';
import type { AllocationStatus } from '../../../proto/schemas/status.js';
import type { PageEvent } from '../model/events.js';
import { type Columns, columnsOf, type Mark, marksOf, rangeText } from '../model/series.js';
import {
  allocationName,
  bandOf,
  coresText,
  msText,
  numberText,
  targetText,
} from '../model/words.js';
import { Chart, type Line } from './chart.js';
import { Marks } from './marks.js';
import { ProblemText } from './problem-text.js';
import { momentText } from './time.js';
import { SPANS, type Span, useHistory } from './use-history.js';

interface JobChartsProps {
  readonly allocation: AllocationStatus;
  readonly events: readonly PageEvent[];
  readonly nowMs: number;
}

const NOTHING = { points: [] } as const;

/** Response time, and below it limit, use and throttling on the same axis of time. */
export function JobCharts({ allocation, events, nowMs }: JobChartsProps) {
  const [span, setSpan] = useState<Span>('hour');
  const { history, problem } = useHistory(allocation.id, span);
  // Of this allocation: a mark of another one says nothing here.
  const [choice, setChoice] = useState<{ readonly of: string; readonly mark: Mark } | null>(null);
  const chosen = choice?.of === allocation.id ? choice.mark : null;
  const { ms, stepMs } = SPANS[span];
  const toMs = Math.ceil(nowMs / stepMs) * stepMs;
  const range = useMemo(() => ({ fromMs: toMs - ms, toMs, stepMs }), [toMs, ms, stepMs]);
  const columns = useMemo(() => columnsOf(history ?? NOTHING, range), [history, range]);
  const marks = useMemo(
    () => marksOf(events, allocation.id, range),
    [events, allocation.id, range],
  );
  const lines = useMemo(
    () => [{ name: 'response time', colour: '--chart-latency', values: columns.latencyMs }],
    [columns],
  );
  const { target } = allocation;
  const name = allocationName(allocation);
  const band = target === null ? undefined : bandOf(target);
  return (
    <section aria-labelledby="over-time">
      <h2 id="over-time">Over time</h2>
      <SpanChoice span={span} onChange={setSpan} isComplete={history?.complete !== false} />
      {problem === null ? null : <ProblemText problem={problem} />}
      <Chart
        label={
          `Response time of ${name}: ${rangeText(columns.latencyMs, msText)}; ` +
          `${targetText(target)}`
        }
        times={columns.times}
        lines={lines}
        {...(band === undefined ? {} : { band: { from: band.fromMs, to: band.toMs } })}
        {...range}
        valueText={msText}
        height={220}
      />
      <Marks
        marks={marks}
        chosen={chosen}
        onChoose={(mark) => setChoice({ of: allocation.id, mark })}
      />
      <p class="mark-text" role="status">
        {chosen === null
          ? marks.length === 0
            ? 'The limit has not changed in this time, or it is not known any more.'
            : 'Each mark is a change of the limit: choose one to read why.'
          : `${momentText(chosen.atMs, nowMs)}: ${chosen.what}: ${chosen.why}`}
      </p>
      <CpuCharts name={name} columns={columns} range={range} />
    </section>
  );
}

interface CpuChartsProps {
  readonly name: string;
  readonly columns: Columns;
  readonly range: { readonly fromMs: number; readonly toMs: number };
}

const cpuLinesOf = ({ limitCores, usedCores }: Columns): readonly Line[] => [
  { name: 'limit', colour: '--chart-limit', values: limitCores, isStepped: true },
  { name: 'use', colour: '--chart-use', values: usedCores, isDashed: true },
];
const throttledLinesOf = ({ throttledPercent }: Columns): readonly Line[] => [
  { name: 'throttled', colour: '--chart-throttled', values: throttledPercent },
];
const percentOf = (value: number): string => `${numberText(value)} %`;

/** Limit and use, and how often it ran out of its quota. */
function CpuCharts({ name, columns, range: { fromMs, toMs } }: CpuChartsProps) {
  const { times, limitCores, usedCores, throttledPercent } = columns;
  const axis = { times, fromMs, toMs };
  // The charts are given other data only where there is other data.
  const lines = useMemo(() => cpuLinesOf(columns), [columns]);
  const throttled = useMemo(() => throttledLinesOf(columns), [columns]);
  const limit = rangeText(limitCores, coresText);
  return (
    <>
      <Chart
        label={`CPU of ${name}: limit ${limit}; use ${rangeText(usedCores, coresText)}`}
        lines={lines}
        {...axis}
        valueText={coresText}
        height={160}
      />
      <Chart
        label={`Throttled periods of ${name}: ${rangeText(throttledPercent, percentOf)}`}
        lines={throttled}
        {...axis}
        valueText={percentOf}
        height={110}
      />
    </>
  );
}

interface SpanChoiceProps {
  readonly span: Span;
  readonly onChange: (span: Span) => void;
  readonly isComplete: boolean;
}

function SpanChoice({ span, onChange, isComplete }: SpanChoiceProps) {
  return (
    <fieldset class="spans">
      <legend class="hidden">How far back</legend>
      {(Object.keys(SPANS) as Span[]).map((each) => (
        <label key={each}>
          <input type="radio" name="span" checked={span === each} onChange={() => onChange(each)} />
          last {each}
        </label>
      ))}
      {isComplete ? null : <span class="quiet">What is stored is still being read.</span>}
    </fieldset>
  );
}
