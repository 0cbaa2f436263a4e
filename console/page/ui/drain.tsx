import { useEffect, useState } from 'preact/hooks';
import type { DrainPlan } from '../../../proto/schemas/drain.js';
import type { AllocationStatus } from '../../../proto/schemas/status.js';
import { type DrainText, drainText, thereText } from '../model/drain-text.js';
import { Guarded } from './button.js';
import { useApp } from './context.js';
import { Others, PlanLines } from './plan-result.js';
import { ProblemText } from './problem-text.js';
import { PLAN_MS } from './target-change.js';
import { useAction } from './use-action.js';

interface DrainProps {
  readonly id: string;
  readonly here: readonly AllocationStatus[];
  /** Why nothing may be changed; '' = it may. */
  readonly why: string;
  readonly onDrain: () => void;
}

/** The dry run of a drain, which begins at once, and then the button that drains. */
export function DrainDryRun({ id, here, why, onDrain }: DrainProps) {
  const { client } = useApp();
  const { problem, isRunning, run } = useAction();
  const [plan, setPlan] = useState<DrainText | null>(null);
  const ask = (): void =>
    run(
      () =>
        client.ask<DrainPlan>(`/nodes/${id}/drain-plan`, { method: 'POST', timeoutMs: PLAN_MS }),
      (value) => setPlan(drainText(value)),
    );
  useEffect(() => {
    if (why === '') ask();
  }, [id]);
  return (
    <>
      <p>{thereText(here)}</p>
      <div role="status">
        {isRunning ? 'Asking the coordinator who would move where…' : null}
        {plan === null ? null : <DrainResult plan={plan} />}
      </div>
      {problem === null ? null : <ProblemText problem={problem} />}
      <p class="buttons">
        <Guarded why={why} kind={plan?.isGood === true ? 'main' : 'danger'} onClick={onDrain}>
          Drain {id} now
        </Guarded>
        <Guarded why={why} kind="plain" onClick={ask}>
          Ask again what would happen
        </Guarded>
      </p>
    </>
  );
}

function DrainResult({ plan }: { readonly plan: DrainText }) {
  const { summary, moves, stays, others } = plan;
  return (
    <section class="plan" aria-label="What draining would do">
      <p>{summary}</p>
      {moves.length === 0 ? null : (
        <>
          <h3>Who moves where</h3>
          <PlanLines lines={moves} />
        </>
      )}
      {stays.length === 0 ? null : (
        <>
          <h3>What stays</h3>
          <PlanLines lines={stays} />
        </>
      )}
      <Others lines={others} />
    </section>
  );
}
