import { InvalidArgumentError } from 'commander';
import type { JobName } from '../../shared/ids.js';
import type { Fault } from '../../shared/result.js';
import { type ClusterEvent, eventLine, isAbout, readEvent } from '../events/event.js';
import { isOfType, type TypeFilter, typeFilter } from '../events/event-types.js';
import { recentEvents } from '../events/history.js';
import { EventIds } from '../events/live-events.js';
import { type EventAccess, followEvents, readEvents } from '../events/read-events.js';
import { type ExitCode, faultLine } from '../output/faults.js';
import { cutLine } from '../output/fit.js';
import { cutShort, orAborted } from '../shell/aborted.js';
import type { App, Registry } from '../shell/app.js';
import {
  appFor,
  type ShowFlags,
  timeBack,
  wholeNumber,
  withCluster,
  withFormat,
} from '../shell/options.js';
import { refuse, type Session, withSession } from '../shell/session.js';
import { listOptions, printAnswer } from '../shell/show.js';
import { jobNameText, unknownNames } from '../shell/unknown-names.js';
import { eachPastEvent } from './past-events.js';

/** Flags of `dqoes events`. */
export interface EventFlags extends ShowFlags {
  readonly follow?: boolean;
  readonly job?: JobName;
  /** Absent = the last 50, or all that `since` says. */
  readonly tail?: number;
  /** How far back to look, ms. */
  readonly since?: number;
  /** Number in the stream. */
  readonly from?: number;
  readonly type?: TypeFilter;
}

/** Adds `dqoes events`: the last events, and with `--follow` those to come. */
export function addEvents({ program, app, finish }: Registry): void {
  withFormat(withCluster(program.command('events')))
    .description('show what happened: submissions, placements, limits, classes, nodes')
    .option('-f, --follow', 'keep printing until Ctrl-C')
    .option('--job <name>', 'only events of this job', jobNameText)
    .option(
      '-n, --tail <count>',
      'number of past events (default: 50, or all of --since)',
      wholeNumber(0, 1000),
    )
    .option('--since <time>', 'events as far back, such as 1h or 7d', timeBack)
    .option(
      '--from <sequence>',
      'every event from this number of the stream on, in order and without gaps',
      wholeNumber(1, 999_999_999),
    )
    .option(
      '--type <types>',
      'only events of these types, or that begin so: node,job; --type=-allocation leaves out',
      typesIn,
    )
    .action(async (flags: EventFlags) => {
      const shown = appFor(app, flags);
      const beside = (['tail', 'since'] as const).filter((each) => flags[each] !== undefined);
      if (flags.from !== undefined && beside.length > 0)
        return finish(refuse(shown, beside.map(besideFrom)));
      finish(await withSession(shown, flags, (session) => showEvents(shown, session, flags)));
    });
}

function typesIn(text: string): TypeFilter {
  const read = typeFilter(text);
  if (read.ok) return read.value;
  throw new InvalidArgumentError(read.error);
}

const besideFrom = (option: string): Fault => ({
  code: 'cli.usage',
  field: `--${option}`,
  message: `--${option}: with --from every event from that number on is shown: leave one out`,
});

/** Prints the events asked for; refused where there are none of a job that nobody knows. */
export async function showEvents(app: App, session: Session, flags: EventFlags): Promise<ExitCode> {
  const wanted = (event: ClusterEvent): boolean =>
    (flags.job === undefined || isAbout(event, flags.job)) && isOfType(event.type, flags.type);
  if (flags.from !== undefined) return showFrom(app, session, { flags, wanted, from: flags.from });
  const shown = new EventIds();
  let [isNothing, isCut] = [true, false];
  const past = await eachPastEvent(app, session, {
    ...{ wanted, since: flags.since, tail: flags.tail },
    onCut: (looked) => {
      isCut = true;
      app.output.problem(`Only the newest ${looked} events were looked at: --since 7d has more.`);
    },
    onEvent: (event) => {
      isNothing = false;
      // Notes it: a leader may have stored one twice, the second time after the past was read.
      shown.isNew(event);
      print(app, event, flags);
    },
  });
  if (!past.ok) return refuse(app, past.error);
  if (flags.follow === true) {
    const from = past.value + 1;
    await follow(app, session, { flags, wanted, from, shown, isNothing });
    return 0;
  }
  if (app.signal.aborted) return cutShort(app);
  return isNothing ? nothingFound(app, session, { flags, isCut }) : 0;
}

/** `isCut`: older events were not looked at, and that was said. */
async function nothingFound(
  app: App,
  session: Session,
  { flags, isCut }: { readonly flags: EventFlags; readonly isCut: boolean },
): Promise<ExitCode> {
  const unknown = await neverHeardOf(session, flags);
  if (unknown.length > 0) return refuse(app, unknown);
  if (!isCut) app.output.message(noEvents(flags));
  return 0;
}

function noEvents({ job, from, since, type }: EventFlags): string {
  const types = type === undefined ? '' : ' of these types';
  const about = job === undefined ? '' : ` of ${job}`;
  const when = from === undefined ? (since === undefined ? 'yet' : 'since then') : 'from there on';
  return `No events${types}${about} ${when}.`;
}

/** A job may be submitted while its events are followed; a slip of the name would wait for ever. */
async function sayWaiting(app: App, session: Session, flags: EventFlags): Promise<void> {
  const unknown = await neverHeardOf(session, flags);
  for (const fault of unknown) app.output.problem(faultLine(fault));
  if (unknown.length > 0) app.output.message('Waiting for events of it; Ctrl-C ends that.');
}

/** The fault of a job that neither the cluster nor the events know. */
async function neverHeardOf(
  session: Session,
  { job, from, since, tail, type }: EventFlags,
): Promise<readonly Fault[]> {
  if (job === undefined) return [];
  const unknown = await unknownNames(session, { job });
  const isNarrowed = [from, since, type].some((each) => each !== undefined) || tail === 0;
  if (unknown.length === 0 || !isNarrowed) return unknown;
  const wanted = (event: ClusterEvent): boolean => isAbout(event, job);
  const { bus, cluster } = session;
  const past = await recentEvents(bus, { cluster, count: 1, wanted });
  return past.ok && past.value.found.length > 0 ? [] : unknown;
}

/** From a number on: nothing is lost where the connection is, since the stream is read itself. */
async function showFrom(
  app: App,
  session: Session,
  { flags, wanted, from }: Following,
): Promise<ExitCode> {
  let isNothing = true;
  const read = await readEvents(accessOf(app, session), {
    from,
    follow: flags.follow === true,
    onEvent: ({ sequence, data }) => {
      const event = readEvent(data);
      if (event === undefined || !wanted(event)) return;
      isNothing = false;
      print(app, numbered(event, sequence), flags);
    },
    onCaughtUp: () => {
      if (isNothing) void sayWaiting(app, session, flags);
    },
    onNotStored: () => app.output.problem(NOT_STORED),
  });
  if (!read.ok) return refuse(app, read.error);
  if (flags.follow === true) return 0;
  if (app.signal.aborted) return cutShort(app);
  if (!isNothing) return 0;
  return nothingFound(app, session, { flags, isCut: false });
}

const accessOf = ({ clock, signal, output }: App, { bus, cluster }: Session): EventAccess => ({
  ...{ bus, cluster, clock, signal },
  ready: output.ready,
});

const NOT_STORED =
  'Events come that NATS does not store yet, as while its disk is full: they are shown once it ' +
  'does.';

/** With the number in the stream, as the extension `sequence` of CloudEvents has it: a text. */
const numbered = (event: ClusterEvent, sequence: number): ClusterEvent => ({
  ...event,
  raw: { ...(event.raw as object), sequence: String(sequence) },
});

interface Following {
  readonly flags: EventFlags;
  readonly wanted: (event: ClusterEvent) => boolean;
  /** Number of the first one in the stream. */
  readonly from: number;
}

/**
 * Prints the events to come until the command is to end. They are read from the stream, behind the
 * past: nothing has to be held meanwhile, and nothing is lost.
 */
async function follow(
  app: App,
  session: Session,
  {
    flags,
    wanted,
    from,
    shown,
    isNothing,
  }: Following & { readonly shown: EventIds; readonly isNothing: boolean },
): Promise<void> {
  const { signal } = app;
  if (signal.aborted) return;
  const saying = isNothing ? orAborted(sayWaiting(app, session, flags), signal) : undefined;
  await followEvents(accessOf(app, session), {
    from,
    onEvent: ({ data }) => {
      const event = readEvent(data);
      if (event !== undefined && wanted(event) && shown.isNew(event)) print(app, event, flags);
    },
    onNotStored: () => app.output.problem(NOT_STORED),
  });
  await saying;
}

function print(app: App, event: ClusterEvent, flags: EventFlags): void {
  if (flags.output === 'json' || flags.output === 'yaml')
    printAnswer(app, { ...flags, watch: true }, event.raw);
  else {
    const { width } = listOptions(app, flags.output);
    app.output.data(cutLine(eventLine(event, app.clock.wall()), width));
  }
}
