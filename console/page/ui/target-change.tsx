import { useState } from 'preact/hooks';
import type { JobPlan, PlannedEffect } from '../../../proto/schemas/plan.js';
import type { JobSpec } from '../../../shared/job.js';
import type { Statistic } from '../../../shared/qoe.js';
import { type PlanText, planText } from '../model/plan-text.js';
import type { Problem } from '../model/problem.js';
import { fieldsOf, STATISTICS, targetFrom, withTarget } from '../model/target-form.js';
import { Guarded } from './button.js';
import { useApp } from './context.js';
import { PlanResult } from './plan-result.js';
import { ProblemText } from './problem-text.js';

export interface Plans {
  readonly plans: readonly JobPlan[];
  readonly effects: readonly PlannedEffect[];
}

/** A plan takes as long as a pass of the coordinator. */
export const PLAN_MS = 10_000;

interface TargetChangeProps {
  readonly spec: JobSpec;
  readonly why: string;
}

interface Planned {
  readonly spec: JobSpec;
  readonly text: PlanText;
}

/** Another target for a job: what it would do first, then the button that does it. */
export function TargetChange({ spec, why }: TargetChangeProps) {
  const { client, poller } = useApp();
  const [fields, setFields] = useState(() => fieldsOf(spec.target));
  const [planned, setPlanned] = useState<Planned | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [said, setSaid] = useState('');
  const target = targetFrom(fields, spec.target);
  const change = (part: Partial<typeof fields>): void => {
    setFields({ ...fields, ...part });
    setPlanned(null);
    setSaid('');
  };
  const plan = async (): Promise<void> => {
    if (!target.ok) return;
    const next = withTarget(spec, target.value);
    const answer = await client.ask<Plans>('/plan', {
      method: 'POST',
      json: { jobs: [next] },
      timeoutMs: PLAN_MS,
    });
    setProblem(answer.ok ? null : answer.error);
    if (!answer.ok) return setPlanned(null);
    setPlanned({ spec: next, text: planText(answer.value.plans, answer.value.effects) });
  };
  const apply = async (): Promise<void> => {
    if (planned === null) return;
    const answer = await client.ask(`/jobs/${spec.name}`, {
      method: 'PUT',
      json: planned.spec,
      timeoutMs: PLAN_MS,
    });
    setProblem(answer.ok ? null : answer.error);
    if (!answer.ok) return;
    setPlanned(null);
    setSaid('The target is changed. The limit follows within some passes.');
    poller.refresh();
  };
  return (
    <section aria-labelledby="change-target">
      <h2 id="change-target">Change the target</h2>
      <TargetInputs fields={fields} onChange={change} />
      {target.ok ? null : <ProblemText problem={typed(target.error)} />}
      <Guarded why={why} onClick={() => void plan()}>
        What would happen?
      </Guarded>
      {problem === null ? null : <ProblemText problem={problem} />}
      {planned === null ? null : (
        <>
          <PlanResult plan={planned.text} />
          <Guarded
            why={why}
            kind={planned.text.isGood ? 'main' : 'danger'}
            onClick={() => void apply()}
          >
            Change the target
          </Guarded>
        </>
      )}
      <p role="status">{said}</p>
    </section>
  );
}

const typed = (messages: readonly string[]): Problem => ({
  status: 400,
  code: 'http.bad-request',
  messages,
  faults: [],
});

type Fields = ReturnType<typeof fieldsOf>;

function TargetInputs({
  fields,
  onChange,
}: {
  readonly fields: Fields;
  readonly onChange: (part: Partial<Fields>) => void;
}) {
  return (
    <div class="fields">
      <label>
        Response time
        <input
          value={fields.latency}
          onInput={(event) => onChange({ latency: event.currentTarget.value })}
        />
      </label>
      <label>
        Statistic
        <select
          value={fields.statistic}
          onChange={(event) => onChange({ statistic: event.currentTarget.value as Statistic })}
        >
          {STATISTICS.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
      </label>
      <label>
        Tolerance
        <input
          value={fields.tolerance}
          onInput={(event) => onChange({ tolerance: event.currentTarget.value })}
        />
      </label>
    </div>
  );
}
