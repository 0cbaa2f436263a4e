import { useMemo, useState } from 'preact/hooks';
import type { AllocationStatus, JobStatus } from '../../../proto/schemas/status.js';
import { driftText } from '../../../shared/drift.js';
import { aboutOf } from '../model/events.js';
import { hrefOf } from '../model/route.js';
import { type State, whyNot } from '../model/state.js';
import { troublesOf } from '../model/trouble.js';
import { allocationVerdict, jobVerdict, silentNodes } from '../model/verdict.js';
import {
  allocationName,
  counted,
  limitPhrase,
  nowText,
  sentence,
  targetText,
  visible,
} from '../model/words.js';
import { Guarded } from './button.js';
import { useApp } from './context.js';
import { EventList } from './event-list.js';
import { TargetGauge } from './gauge.js';
import { JobCharts } from './job-charts.js';
import { Link } from './link.js';
import { Older } from './older.js';
import { ProblemText } from './problem-text.js';
import { Quote } from './quote.js';
import { Statistics } from './statistics.js';
import { TargetChange } from './target-change.js';
import { momentText } from './time.js';
import { Troubles } from './troubles.js';
import { useAction } from './use-action.js';
import { type EventReader, useStoredEvents } from './use-events.js';
import { useFocusKept } from './use-focus.js';
import { VerdictMark } from './verdict.js';

const MAX_STORY = 100;

/** One job: what it asked for, what it gets, why, and what can be changed. */
export function JobView({ name, state }: { readonly name: string; readonly state: State }) {
  const { jobs, jobsProblem } = state;
  const job = jobs?.find(({ spec }) => spec.name === name);
  const reader = useStoredEvents();
  if (job === undefined)
    return (
      <>
        <h1 tabIndex={-1}>
          <bdi>{name}</bdi>
        </h1>
        {jobs === null ? (
          <p>
            {jobsProblem === null
              ? 'Reading the cluster…'
              : 'Jobs are not known: the coordinator does not answer.'}
          </p>
        ) : (
          <p>
            There is no such job now. What happened to it is among the{' '}
            <Link to={`/events?job=${name}`}>events</Link>; the other jobs are on the{' '}
            <Link to="/">overview</Link>.
          </p>
        )}
      </>
    );
  return <KnownJob job={job} state={state} reader={reader} />;
}

interface KnownJobProps {
  readonly job: JobStatus;
  readonly state: State;
  readonly reader: EventReader;
}

function KnownJob({ job, state, reader }: KnownJobProps) {
  const { spec, allocations, origin } = job;
  const nodes = state.nodes ?? [];
  const silent = useMemo(() => silentNodes(nodes), [nodes]);
  const { verdict, worst } = jobVerdict(job, silent);
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = allocations.find(({ id }) => id === chosen) ?? worst;
  const troubles = useMemo(() => {
    const places = new Set(allocations.map(({ node }) => node));
    return troublesOf(
      [job],
      nodes.filter(({ id }) => places.has(id)),
    );
  }, [job, nodes, allocations]);
  return (
    <>
      <p>
        <Link to="/">← Overview</Link>
      </p>
      <h1 tabIndex={-1}>
        <bdi>{spec.name}</bdi> <VerdictMark verdict={verdict} />
      </h1>
      <p>
        Asks for {targetText(shown?.target ?? spec.target)}.{' '}
        {origin === 'label'
          ? 'A container that somebody else started; it takes part by its labels.'
          : `${counted(spec.replicas, 'replica')} of ${visible(spec.image)}.`}
        {job.owner === undefined ? '' : ` Submitted by ${visible(job.owner)}.`}
      </p>
      <Troubles troubles={troubles} />
      <Allocations
        allocations={allocations}
        silent={silent}
        chosen={shown?.id ?? null}
        onChoose={setChosen}
        nowMs={state.nowMs}
      />
      <div class="columns-2">
        <div>
          {shown === null || shown.node === null ? null : (
            <JobCharts allocation={shown} events={state.events} nowMs={state.nowMs} />
          )}
          <Statistics container={shown?.container ?? null} />
        </div>
        <Story job={spec.name} state={state} reader={reader} />
      </div>
      <Changes job={job} state={state} />
    </>
  );
}

interface StoryProps {
  readonly job: string;
  readonly state: State;
  readonly reader: EventReader;
}

const nothingRead = (job: string): string =>
  `Nothing among the events that were read. dqoes job explain ${job} tells the last hour.`;

function Story({ job, state, reader }: StoryProps) {
  const story = useMemo(
    () => state.events.filter((event) => aboutOf(event).job === job).slice(-MAX_STORY),
    [state.events, job],
  );
  return (
    <section aria-labelledby="story">
      <h2 id="story">What happened</h2>
      {story.length === 0 ? (
        <p class="quiet">{reader.isReading ? 'Reading…' : nothingRead(job)}</p>
      ) : (
        <EventList events={story} nowMs={state.nowMs} />
      )}
      <p class="buttons">
        <Link to={`/events?job=${job}`}>All its events</Link>
        <Older reader={reader} held={state.events.length} />
      </p>
    </section>
  );
}

function Changes({ job, state }: { readonly job: JobStatus; readonly state: State }) {
  const { spec, origin } = job;
  const { client, poller, go } = useApp();
  const [isSure, setSure] = useState(false);
  const [triedMs, setTriedMs] = useState<number | null>(null);
  const { problem, run } = useAction();
  const stopHeading = useFocusKept<HTMLHeadingElement>(isSure);
  if (origin === 'label')
    return (
      <p class="quiet">
        Its target is a label of the container: start it again with another
        <code> dqoes.target</code> to change it.
      </p>
    );
  const why = whyNot(state, 'submitter');
  const stop = (): void =>
    run(
      () => client.ask(`/jobs/${spec.name}`, { method: 'DELETE' }),
      () => {
        poller.refresh();
        go('/');
      },
    );
  return (
    <>
      <Quote key={`quote-${spec.name}`} spec={spec} why={why} onTry={setTriedMs} />
      <TargetChange key={spec.name} spec={spec} why={why} triedMs={triedMs} />
      <section aria-labelledby="stop-job">
        <h2 id="stop-job" ref={stopHeading} tabIndex={-1}>
          Stop it
        </h2>
        {isSure ? (
          <>
            <p role="status">
              Its containers are stopped and removed, and the job is forgotten. Its CPU goes to the
              others.
            </p>
            <Guarded why={why} kind="danger" onClick={stop}>
              Stop {spec.name} now
            </Guarded>{' '}
            <button type="button" class="plain" onClick={() => setSure(false)}>
              Keep it
            </button>
          </>
        ) : (
          <Guarded why={why} kind="danger" onClick={() => setSure(true)}>
            Stop {spec.name}…
          </Guarded>
        )}
        {problem === null ? null : <ProblemText problem={problem} />}
      </section>
    </>
  );
}

interface AllocationsProps {
  readonly allocations: readonly AllocationStatus[];
  readonly silent: ReadonlySet<string>;
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
  readonly nowMs: number;
}

function Allocations({ allocations, silent, chosen, onChoose, nowMs }: AllocationsProps) {
  if (allocations.length === 0) return null;
  return (
    <section aria-labelledby="allocations">
      <h2 id="allocations">{counted(allocations.length, 'allocation')}</h2>
      <ul class="allocations">
        {allocations.map((each) => (
          <li key={each.id} class={each.id === chosen ? 'is-chosen' : ''}>
            {allocations.length === 1 ? (
              <strong>
                <bdi>{allocationName(each)}</bdi>
              </strong>
            ) : (
              <button
                type="button"
                class="plain"
                aria-pressed={each.id === chosen}
                onClick={() => onChoose(each.id)}
              >
                <bdi>{allocationName(each)}</bdi>
              </button>
            )}{' '}
            <VerdictMark verdict={allocationVerdict(each, silent)} />
            {each.target === null ? null : (
              <TargetGauge target={each.target} latencyMs={each.latencyMs} />
            )}
            <span>
              {nowText(each)}; {limitPhrase(each.desired)}
              {each.node === null ? '; on no host' : '; on '}
              {each.node === null ? null : (
                <Link to={hrefOf({ page: 'node', id: each.node })}>{each.node}</Link>
              )}
            </span>
            <p class="quiet">{sentence(each.reason)}</p>
            {each.container?.drift === undefined ? null : (
              <p class="quiet">
                {sentence(driftText(each.container.drift, (ms) => momentText(ms, nowMs)))}
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
