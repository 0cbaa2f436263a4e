import { useEffect, useState } from 'preact/hooks';
import type { Schema } from '../model/completion.js';
import { type PlanAnswer, type PlanText, planText } from '../model/plan-text.js';
import type { Problem } from '../model/problem.js';
import { type State, whyNot } from '../model/state.js';
import { counted } from '../model/words.js';
import { Guarded } from './button.js';
import { useApp } from './context.js';
import { Editor } from './editor.js';
import { Link } from './link.js';
import { PlanResult } from './plan-result.js';
import { ProblemText } from './problem-text.js';
import { PLAN_MS } from './target-change.js';
import { useAction } from './use-action.js';
import { useDraft } from './use-draft.js';
import { useFocusKept } from './use-focus.js';

const EXAMPLE = `# One job; several are parted by ---
name: web
image: IMAGE
target: { latency: 250ms, statistic: p95 }
resources: { cpu: { min: 0.1, max: 2 }, memory: 256MiB }
`;

interface Submitted {
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly unchanged: readonly string[];
}

interface JobFile {
  readonly text: string;
  readonly plan: PlanText | null;
  readonly done: Submitted | null;
  readonly problem: Problem | null;
  readonly isPlanning: boolean;
  onText(next: string): void;
  onPlan(): void;
  onSubmit(): void;
}

/** The file as it is written, what it would do, and what became of it. */
function useJobFile(): JobFile {
  const { client, poller } = useApp();
  const [text, setText, forgetText] = useDraft('submit', () => EXAMPLE);
  const [plan, setPlan] = useState<PlanText | null>(null);
  const [done, setDone] = useState<Submitted | null>(null);
  const planning = useAction();
  const submitting = useAction();
  const send = { method: 'POST', yaml: text, timeoutMs: PLAN_MS } as const;
  return {
    ...{ text, plan, done, isPlanning: planning.isRunning },
    problem: planning.problem ?? submitting.problem,
    onText: (next) => {
      setText(next);
      // A plan that is on its way is that of another text. Faults stay while they are mended.
      if (planning.isRunning) planning.forget();
      setPlan(null);
      setDone(null);
    },
    onPlan: () => {
      if (!submitting.isRunning) submitting.forget();
      planning.run(
        () => client.ask<PlanAnswer>('/plan', send),
        (answer) => setPlan(planText(answer)),
      );
    },
    onSubmit: () =>
      submitting.run(
        () => client.ask<Submitted>('/jobs', send),
        (value) => {
          setDone(value);
          setPlan(null);
          forgetText();
          poller.refresh();
        },
      ),
  };
}

/** A job file: what it would do first, then the button that does it. */
export function SubmitView({ state }: { readonly state: State }) {
  const { text, plan, done, problem, isPlanning, onText, onPlan, onSubmit } = useJobFile();
  const schema = useJobFileSchema();
  const why = whyNot(state, 'submitter');
  return (
    <>
      <h1 tabIndex={-1}>Plan and submit</h1>
      <p>
        Write a job file. The plan says where it would run, how fast, at whose expense, and what it
        costs; nothing happens before you submit.
      </p>
      <Editor text={text} faults={problem?.faults ?? []} schema={schema} onText={onText} />
      <p>
        <Guarded why={why} onClick={onPlan}>
          {isPlanning ? 'Planning…' : 'What would happen?'}
        </Guarded>
      </p>
      {problem === null ? null : <Faults problem={problem} />}
      {plan === null ? null : (
        <>
          <PlanResult plan={plan} />
          <Guarded why={why} kind={plan.isGood ? 'main' : 'danger'} onClick={onSubmit}>
            {plan.isGood ? 'Submit' : 'Submit all the same'}
          </Guarded>
        </>
      )}
      <Outcome done={done} />
    </>
  );
}

/** What is wrong; what has a line is said there, so it is only counted here. */
function Faults({ problem }: { readonly problem: Problem }) {
  const placed = problem.faults.filter(({ line }) => line !== undefined && line > 0).length;
  if (placed === 0 || placed < problem.messages.length) return <ProblemText problem={problem} />;
  return (
    <p class="problem" role="alert">
      {counted(placed, 'fault')} in the job file: each stands above with its line.
    </p>
  );
}

/** The schema of a job file, which lies beside the page; null = not read yet. */
function useJobFileSchema(): Schema | null {
  const { client } = useApp();
  const [schema, setSchema] = useState<Schema | null>(null);
  useEffect(() => {
    void client.asset<Schema>('/job-file.schema.json').then(setSchema);
  }, [client]);
  return schema;
}

/** What was done. It takes the focus of the button that did it, which is gone by then. */
function Outcome({ done }: { readonly done: Submitted | null }) {
  const place = useFocusKept<HTMLDivElement>(done);
  return (
    <div role="status" ref={place} tabIndex={-1}>
      {done === null ? null : <Done done={done} />}
    </div>
  );
}

function Done({ done }: { readonly done: Submitted }) {
  const names = [...done.created, ...done.updated, ...done.unchanged];
  return (
    <p>
      {counted(done.created.length, 'job')} created, {done.updated.length} updated,{' '}
      {done.unchanged.length} unchanged:{' '}
      {names.map((name) => (
        <span key={name}>
          <Link to={`/jobs/${name}`}>{name}</Link>{' '}
        </span>
      ))}
    </p>
  );
}
