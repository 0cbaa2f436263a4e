import { useEffect, useState } from 'preact/hooks';
import type { JobSpec } from '../../../shared/job.js';
import type { Statistic } from '../../../shared/qoe.js';
import { type PlanAnswer, type PlanText, planText } from '../model/plan-text.js';
import type { Problem } from '../model/problem.js';
import {
  fieldsOf,
  latencyField,
  STATISTICS,
  targetFrom,
  withTarget,
} from '../model/target-form.js';
import { Guarded } from './button.js';
import { useApp } from './context.js';
import { PlanResult } from './plan-result.js';
import { ProblemText } from './problem-text.js';
import { useAction } from './use-action.js';
import { useDraft } from './use-draft.js';
import { useFocusKept } from './use-focus.js';

/** A plan takes as long as a pass of the coordinator. */
export const PLAN_MS = 10_000;

interface TargetChangeProps {
  readonly spec: JobSpec;
  readonly why: string;
  /** A target that was chosen in the price curve, ms; null = none. */
  readonly triedMs?: number | null;
}

interface Planned {
  /** The job as it was then. */
  readonly from: JobSpec;
  readonly spec: JobSpec;
  readonly text: PlanText;
}

/** Another target for a job: what it would do first, then the button that does it. */
export function TargetChange({ spec, why, triedMs = null }: TargetChangeProps) {
  const { client, poller } = useApp();
  const [fields, setFields, forgetFields] = useDraft(`target/${spec.name}`, () =>
    fieldsOf(spec.target),
  );
  const [planned, setPlanned] = useState<Planned | null>(null);
  const [said, setSaid] = useState('');
  const planning = useAction();
  const applying = useAction();
  const outcome = useFocusKept<HTMLParagraphElement>(said);
  const target = targetFrom(fields, spec.target);
  const change = (part: Partial<Fields>): void => {
    setFields({ ...fields, ...part });
    // A plan that is on its way is that of other fields.
    if (planning.isRunning) planning.forget();
    setPlanned(null);
    setSaid('');
  };
  useEffect(() => {
    if (triedMs !== null) change({ latency: latencyField(triedMs) });
  }, [triedMs]);
  const plan = (): void => {
    if (!target.ok) return;
    const next = withTarget(spec, target.value);
    const asking = { method: 'POST', json: { jobs: [next] }, timeoutMs: PLAN_MS } as const;
    if (!applying.isRunning) applying.forget();
    planning.run(
      () => client.ask<PlanAnswer>('/plan', asking),
      (answer) => setPlanned({ from: spec, spec: next, text: planText(answer) }),
    );
  };
  const apply = ({ spec: json }: Planned): void =>
    applying.run(
      () => client.ask(`/jobs/${spec.name}`, { method: 'PUT', json, timeoutMs: PLAN_MS }),
      () => {
        setPlanned(null);
        forgetFields();
        setSaid('The target is changed. The limit follows within some passes.');
        poller.refresh();
      },
    );
  const problem = planning.problem ?? applying.problem;
  return (
    <section aria-labelledby="change-target">
      <h2 id="change-target">Change the target</h2>
      <TargetInputs fields={fields} onChange={change} />
      {target.ok ? null : <ProblemText problem={typed(target.error)} />}
      <Guarded why={why} onClick={plan}>
        {planning.isRunning ? 'Asking…' : 'What would happen?'}
      </Guarded>
      {problem === null ? null : <ProblemText problem={problem} />}
      {planned === null ? null : <Offer planned={planned} now={spec} why={why} onApply={apply} />}
      <p role="status" ref={outcome} tabIndex={-1}>
        {said}
      </p>
    </section>
  );
}

interface OfferProps {
  readonly planned: Planned;
  readonly now: JobSpec;
  readonly why: string;
  readonly onApply: (planned: Planned) => void;
}

/** The plan, and the button that does it; nothing of a job that others changed since. */
function Offer({ planned, now, why, onApply }: OfferProps) {
  // What is sent is the whole job: it would undo what they changed.
  if (JSON.stringify(planned.from) !== JSON.stringify(now))
    return <p role="status">The job was changed since: ask again what would happen.</p>;
  return (
    <>
      <PlanResult plan={planned.text} />
      <Guarded
        why={why}
        kind={planned.text.isGood ? 'main' : 'danger'}
        onClick={() => onApply(planned)}
      >
        Change the target
      </Guarded>
    </>
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
