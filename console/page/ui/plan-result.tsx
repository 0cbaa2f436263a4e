import type { PlanText } from '../model/plan-text.js';

const SIGNS = { good: '●', bad: '▲', plain: '·' } as const;

/** What a plan answers: where, how fast, and at whose expense. */
export function PlanResult({ plan }: { readonly plan: PlanText }) {
  return (
    <section class="plan" aria-label="What would happen" role="status">
      <ul>
        {plan.lines.map(({ tone, text }) => (
          <li key={text} class={`line-${tone}`}>
            <span aria-hidden="true">{SIGNS[tone]}</span> {text}
          </li>
        ))}
      </ul>
      <h3>Who else changes</h3>
      {plan.others.length === 0 ? (
        <p>Nobody else changes class.</p>
      ) : (
        <ul>
          {plan.others.map(({ tone, text }) => (
            <li key={text} class={`line-${tone}`}>
              <span aria-hidden="true">{SIGNS[tone]}</span> {text}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
