import { useState } from 'preact/hooks';
import type { AllocationStatus, NodeStatus } from '../../../proto/schemas/status.js';
import { cordonText } from '../model/drain-text.js';
import { type State, whyNot } from '../model/state.js';
import { Guarded } from './button.js';
import { useApp } from './context.js';
import { DrainDryRun } from './drain.js';
import { ProblemText } from './problem-text.js';
import { useAction } from './use-action.js';
import { useFocusKept } from './use-focus.js';

type Next = 'open' | 'cordoned' | 'draining';
const ABOUT: Readonly<Record<Next, string>> = {
  open: 'It takes new jobs again.',
  cordoned: 'It takes nothing new; what runs there goes on.',
  draining:
    'It takes nothing new, and what can run elsewhere is moved there, one after the other. What ' +
    'finds no other host stays.',
};
const VERBS: Readonly<Record<Next, string>> = {
  open: 'Open',
  cordoned: 'Cordon',
  draining: 'Drain',
};

interface SchedulingProps {
  readonly node: NodeStatus;
  readonly here: readonly AllocationStatus[];
  readonly state: State;
}

/** Approves a host, and takes it out of use or back; asks once more before it does. */
export function Scheduling({ node, here, state }: SchedulingProps) {
  const { client, poller } = useApp();
  const { problem, run } = useAction();
  const [next, setNext] = useState<Next | null>(null);
  // The button that was pressed gives way to the question, and the question to the buttons.
  const heading = useFocusKept<HTMLHeadingElement>(next);
  const why = whyNot(state, 'operator');
  const done = (): void => {
    setNext(null);
    poller.refresh();
  };
  const approve = (): void =>
    run(() => client.ask(`/nodes/${node.id}/approve`, { method: 'POST' }), done);
  const set = (scheduling: Next): void =>
    run(() => client.ask(`/nodes/${node.id}`, { method: 'PUT', json: { scheduling } }), done);
  const others = (Object.keys(VERBS) as Next[]).filter(
    (each) => each !== (node.scheduling ?? 'open'),
  );
  return (
    <section aria-labelledby="scheduling">
      <h2 id="scheduling" ref={heading} tabIndex={-1}>
        Whether it takes jobs
      </h2>
      {node.isWaiting === true ? (
        <p>
          <Guarded why={why} onClick={approve}>
            Approve {node.id}
          </Guarded>
        </p>
      ) : null}
      {next === null ? (
        <p class="buttons">
          {others.map((each) => (
            <Guarded key={each} why={why} kind="plain" onClick={() => setNext(each)}>
              {VERBS[each]}…
            </Guarded>
          ))}
        </p>
      ) : (
        <>
          <Question id={node.id} here={here} next={next} why={why} onSet={() => set(next)} />
          <button type="button" class="plain" onClick={() => setNext(null)}>
            Leave it
          </button>
        </>
      )}
      {problem === null ? null : <ProblemText problem={problem} />}
    </section>
  );
}

interface QuestionProps {
  readonly id: string;
  readonly here: readonly AllocationStatus[];
  readonly next: Next;
  readonly why: string;
  readonly onSet: () => void;
}

/** What it would do, and the button that does it. */
function Question({ id, here, next, why, onSet }: QuestionProps) {
  return (
    <>
      <p role="status">{ABOUT[next]}</p>
      {next === 'draining' ? (
        <DrainDryRun id={id} here={here} why={why} onDrain={onSet} />
      ) : (
        <>
          {next === 'cordoned' ? <p>{cordonText(here)}</p> : null}
          <Guarded why={why} kind={next === 'open' ? 'main' : 'danger'} onClick={onSet}>
            {VERBS[next]} {id} now
          </Guarded>{' '}
        </>
      )}
    </>
  );
}
