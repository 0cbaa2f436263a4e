import { useMemo, useRef, useState } from 'preact/hooks';
import type { Fault } from '../../../shared/result.js';
import { type PlanText, planText } from '../model/plan-text.js';
import { type State, whyNot } from '../model/state.js';
import { counted, sentence } from '../model/words.js';
import { Guarded } from './button.js';
import { useApp } from './context.js';
import { Link } from './link.js';
import { PlanResult } from './plan-result.js';
import { ProblemText } from './problem-text.js';
import { PLAN_MS, type Plans } from './target-change.js';
import { useAction } from './use-action.js';

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

/** A job file: what it would do first, then the button that does it. */
export function SubmitView({ state }: { readonly state: State }) {
  const { client, poller } = useApp();
  const [text, setText] = useState(EXAMPLE);
  const [plan, setPlan] = useState<PlanText | null>(null);
  const [done, setDone] = useState<Submitted | null>(null);
  const planning = useAction();
  const submitting = useAction();
  const why = whyNot(state, 'submitter');
  const send = { method: 'POST', yaml: text, timeoutMs: PLAN_MS } as const;
  const onPlan = (): void =>
    planning.run(
      () => client.ask<Plans>('/plan', send),
      ({ plans, effects }) => setPlan(planText(plans, effects)),
    );
  const onSubmit = (): void =>
    submitting.run(
      () => client.ask<Submitted>('/jobs', send),
      (value) => {
        setDone(value);
        setPlan(null);
        poller.refresh();
      },
    );
  const problem = planning.problem ?? submitting.problem;
  return (
    <>
      <h1 tabIndex={-1}>Plan and submit</h1>
      <p>
        Write a job file. The plan says where it would run, how fast, and at whose expense; nothing
        happens before you submit.
      </p>
      <Editor
        text={text}
        faults={problem?.faults ?? []}
        onText={(next) => {
          setText(next);
          setPlan(null);
          setDone(null);
        }}
      />
      <p>
        <Guarded why={why} onClick={onPlan}>
          {planning.isRunning ? 'Planning…' : 'What would happen?'}
        </Guarded>
      </p>
      {problem === null ? null : <ProblemText problem={problem} />}
      {plan === null ? null : (
        <>
          <PlanResult plan={plan} />
          <Guarded why={why} kind={plan.isGood ? 'main' : 'danger'} onClick={onSubmit}>
            {plan.isGood ? 'Submit' : 'Submit all the same'}
          </Guarded>
        </>
      )}
      <div role="status">{done === null ? null : <Done done={done} />}</div>
    </>
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

interface EditorProps {
  readonly text: string;
  readonly faults: readonly Fault[];
  readonly onText: (text: string) => void;
}

const LINE_EM = 1.5;

/** A text with the numbers of its lines, and what is wrong at them. */
function Editor({ text, faults, onText }: EditorProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const lines = text.split('\n').length;
  const byLine = useMemo(
    () => faults.filter(({ line }) => line !== undefined && line > 0),
    [faults],
  );
  const isFaulty = (line: number): boolean => byLine.some((fault) => fault.line === line);
  const goTo = (line: number): void => {
    const start =
      text
        .split('\n')
        .slice(0, line - 1)
        .join('\n').length + (line > 1 ? 1 : 0);
    const end = text.indexOf('\n', start);
    field.current?.focus();
    field.current?.setSelectionRange(start, end < 0 ? text.length : end);
  };
  return (
    <>
      <div class="editor">
        <div class="gutter" aria-hidden="true">
          <div style={{ transform: `translateY(${-scrollTop}px)` }}>
            {Array.from({ length: lines }, (_, i) => (
              <div
                key={i}
                class={isFaulty(i + 1) ? 'is-faulty' : ''}
                style={{ height: `${LINE_EM}em` }}
              >
                {i + 1}
              </div>
            ))}
          </div>
        </div>
        <textarea
          ref={field}
          value={text}
          rows={18}
          wrap="off"
          spellcheck={false}
          aria-label="Job file"
          aria-invalid={faults.length > 0}
          onInput={(event) => onText(event.currentTarget.value)}
          onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
        />
      </div>
      {byLine.length === 0 ? null : (
        <ul class="faults">
          {byLine.map(({ line = 1, column, message }) => (
            <li key={`${line}:${column}:${message}`}>
              <button type="button" class="plain" onClick={() => goTo(line)}>
                Line {line}
                {column === undefined ? '' : `, column ${column}`}
              </button>
              : {sentence(message)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
