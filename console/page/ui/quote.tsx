import { useState } from 'preact/hooks';
import type { JobQuote } from '../../../proto/schemas/quote.js';
import type { JobSpec } from '../../../shared/job.js';
import { isMissingRoute } from '../model/problem.js';
import { isQuoted, type QuoteChart, type QuotePoint, quoteChart } from '../model/quote.js';
import { sentence } from '../model/words.js';
import { Guarded } from './button.js';
import { useApp } from './context.js';
import { PlanLines } from './plan-result.js';
import { ProblemText } from './problem-text.js';
import { QuoteCurve } from './quote-curve.js';
import { useAction } from './use-action.js';

/** A quote is a ladder of plans. */
const QUOTE_MS = 15_000;

interface QuoteProps {
  readonly spec: JobSpec;
  /** Why it may not be asked; '' = it may. */
  readonly why: string;
  /** Takes a target over into the form that changes it. */
  readonly onTry: (targetMs: number) => void;
}

/** What other targets of a job would cost, and at whose expense. Nothing where it is not served. */
export function Quote({ spec, why, onTry }: QuoteProps) {
  const { client } = useApp();
  const { problem, isRunning, run } = useAction();
  const [quote, setQuote] = useState<JobQuote | null>(null);
  const of = (targetsMs: readonly number[]) =>
    client.ask<JobQuote>('/quote', {
      method: 'POST',
      json: { name: spec.name, ...(targetsMs.length === 0 ? {} : { targetsMs }) },
      timeoutMs: QUOTE_MS,
    });
  const ask = (): void =>
    run(async () => {
      const ladder = await of([]);
      if (!ladder.ok) return ladder;
      const nowMs = spec.target.latencyMs;
      const { steps } = ladder.value;
      if (steps.length === 0 || isQuoted(steps, nowMs)) return ladder;
      // The ladder has its own targets: the one of now is asked for beside them.
      const now = await of([nowMs]);
      if (!now.ok) return ladder;
      const asked = now.value.steps.filter(({ targetMs }) => targetMs === nowMs);
      const all = [...steps, ...asked].sort((a, b) => a.targetMs - b.targetMs);
      return { ok: true, value: { ...ladder.value, steps: all } };
    }, setQuote);
  if (problem !== null && isMissingRoute(problem)) return null;
  return (
    <section aria-labelledby="quote">
      <h2 id="quote">What other targets cost</h2>
      <Guarded why={why} kind="plain" onClick={ask}>
        {isRunning ? 'Asking…' : 'What would other targets cost?'}
      </Guarded>
      {problem === null ? null : <ProblemText problem={problem} />}
      <div role="status">{quote === null ? null : <QuoteSaid quote={quote} />}</div>
      {quote === null || quote.steps.length === 0 ? null : (
        <Curve chart={quoteChart(quote, spec)} onTry={onTry} />
      )}
    </section>
  );
}

function QuoteSaid({ quote: { steps, reason } }: { readonly quote: JobQuote }) {
  return steps.length === 0 ? (
    <p>{sentence(reason)}</p>
  ) : (
    <p class="hidden">{steps.length} targets were quoted.</p>
  );
}

interface CurveProps {
  readonly chart: QuoteChart;
  readonly onTry: (targetMs: number) => void;
}

function Curve({ chart, onTry }: CurveProps) {
  const [named, setNamed] = useState<QuotePoint | null>(null);
  const shown = named ?? chart.points.find(({ marks }) => marks.includes('now')) ?? null;
  return (
    <>
      <QuoteCurve chart={chart} onName={setNamed} onChoose={({ step }) => onTry(step.targetMs)} />
      {chart.note === '' ? null : <p class="quiet">{chart.note}</p>}
      <div class="quote-named">
        {shown === null ? (
          <p class="quiet">Point at a target, or go through them with Tab.</p>
        ) : (
          <>
            <p>{sentence(shown.sentence)}</p>
            <PlanLines lines={shown.expense} />
          </>
        )}
      </div>
      <details>
        <summary>As a table</summary>
        <QuoteTable chart={chart} />
      </details>
    </>
  );
}

function QuoteTable({ chart: { points, hasCosts } }: { readonly chart: QuoteChart }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <section class="table-box" aria-label="What targets cost, as a table" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Target</th>
            <th scope="col">Expected to be</th>
            <th scope="col">CPU</th>
            {hasCosts ? <th scope="col">Cost</th> : null}
            <th scope="col">At whose expense</th>
          </tr>
        </thead>
        <tbody>
          {points.map(({ targetText, verdictText, cpuText, costText, expense }) => (
            <tr key={targetText}>
              <th scope="row">{targetText}</th>
              <td>{verdictText}</td>
              <td>{cpuText}</td>
              {hasCosts ? <td>{costText === '' ? '–' : costText}</td> : null}
              <td class="wraps">{expense.map(({ text }) => text).join('; ') || 'nobody’s'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
