import type { PlanLine, PlanText } from '../model/plan-text.js';
import { visible } from '../model/words.js';

const SIGNS = { good: '●', bad: '▲', plain: '·' } as const;

/** What a plan answers: where, how fast, at whose expense, and what it costs. */
export function PlanResult({ plan }: { readonly plan: PlanText }) {
  return (
    <section class="plan" aria-label="What would happen" role="status">
      <PlanLines lines={plan.lines} />
      <Others lines={plan.others} />
      {plan.costs.length === 0 ? null : (
        <>
          <h3>What it costs</h3>
          <PlanLines lines={plan.costs} />
        </>
      )}
    </section>
  );
}

/** Who else changes. */
export function Others({ lines }: { readonly lines: readonly PlanLine[] }) {
  return (
    <>
      <h3>Who else changes</h3>
      {lines.length === 0 ? (
        <p>Nobody else gains or loses a target.</p>
      ) : (
        <PlanLines lines={lines} />
      )}
    </>
  );
}

/** Sentences of a plan, each with the sign of its tone. */
export function PlanLines({ lines }: { readonly lines: readonly PlanLine[] }) {
  return (
    <ul>
      {lines.map(({ tone, text }) => (
        <li key={text} class={`line-${tone}`}>
          <span aria-hidden="true">{SIGNS[tone]}</span> {visible(text)}
        </li>
      ))}
    </ul>
  );
}
