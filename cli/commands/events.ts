import { InvalidArgumentError } from 'commander';
import type { Fault } from '../../shared/result.js';
import { type ClusterEvent, eventLine, isAbout, readEvent } from '../events/event.js';
import { isOfType, type TypeFilter, typeFilter } from '../events/event-types.js';
import { recentEvents } from '../events/history.js';
import { readEvents } from '../events/read-events.js';
import type { ExitCode } from '../output/faults.js';
import { cutLine } from '../output/fit.js';
import { printable } from '../output/table.js';
import { untilAborted } from '../shell/aborted.js';
import type { App, Registry } from '../shell/app.js';
import { appFor, type ShowFlags, wholeNumber, withCluster, withFormat } from '../shell/options.js';
import { refuse, type Session, withSession } from '../shell/session.js';
import { listOptions, printAnswer } from '../shell/show.js';

interface EventFlags extends ShowFlags {
  readonly follow?: boolean;
  readonly job?: string;
  /** Absent = the last 50. */
  readonly tail?: number;
  /** Number in the stream. */
  readonly from?: number;
  readonly type?: TypeFilter;
}

const USUAL_TAIL = 50;

/** Adds `dqoes events`: the last events, and with `--follow` those to come. */
export function addEvents({ program, app, finish }: Registry): void {
  withFormat(withCluster(program.command('events')))
    .description('show what happened: submissions, placements, limits, classes, nodes')
    .option('-f, --follow', 'keep printing until Ctrl-C')
    .option('--job <name>', 'only events of this job')
    .option('-n, --tail <count>', 'number of past events (default: 50)', wholeNumber(0, 1000))
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
      if (flags.from !== undefined && flags.tail !== undefined)
        return finish(refuse(shown, [BOTH]));
      finish(await withSession(shown, flags, (session) => show(shown, session, flags)));
    });
}

function typesIn(text: string): TypeFilter {
  const read = typeFilter(text);
  if (read.ok) return read.value;
  throw new InvalidArgumentError(read.error);
}

const BOTH: Fault = {
  code: 'cli.usage',
  field: '--tail',
  message: '--tail: with --from every event from that number on is shown: leave one of them out',
};

async function show(app: App, session: Session, flags: EventFlags): Promise<ExitCode> {
  const wanted = (event: ClusterEvent): boolean =>
    (flags.job === undefined || isAbout(event, flags.job)) && isOfType(event.type, flags.type);
  if (flags.from !== undefined) return showFrom(app, session, { flags, wanted, from: flags.from });
  const follower = flags.follow === true ? follow(app, session, { flags, wanted }) : undefined;
  let isCut = false;
  const onCut = (looked: number): void => {
    isCut = true;
    app.output.problem(`Only the newest ${looked} events were looked at: --from 1 looks at all.`);
  };
  const count = flags.tail ?? USUAL_TAIL;
  const asked = { cluster: session.cluster, count, wanted, onCut };
  const past = await recentEvents(session.bus, asked);
  if (!past.ok) {
    follower?.stop();
    return refuse(app, past.error);
  }
  for (const event of past.value) print(app, event, flags);
  if (follower === undefined) {
    if (past.value.length === 0 && !isCut) app.output.message(noEvents(flags));
    return 0;
  }
  follower.begin(new Set(past.value.map(({ id }) => id)));
  await untilAborted(app.signal);
  follower.stop();
  return 0;
}

const noEvents = ({ job }: EventFlags): string =>
  job === undefined ? 'No events yet.' : `No events of ${printable(job)}: dqoes job ls has names.`;

/** From a number on: nothing is lost where the connection is, since the stream is read itself. */
async function showFrom(
  app: App,
  { bus, cluster }: Session,
  { flags, wanted, from }: Following & { readonly from: number },
): Promise<ExitCode> {
  const { clock, signal } = app;
  const read = await readEvents(
    { bus, cluster, clock, signal },
    {
      from,
      follow: flags.follow === true,
      onEvent: ({ sequence, data }) => {
        const event = readEvent(data);
        if (event !== undefined && wanted(event)) print(app, numbered(event, sequence), flags);
      },
    },
  );
  return read.ok ? 0 : refuse(app, read.error);
}

/** With the number in the stream, as the extension `sequence` of CloudEvents has it: a text. */
const numbered = (event: ClusterEvent, sequence: number): ClusterEvent => ({
  ...event,
  raw: { ...(event.raw as object), sequence: String(sequence) },
});

interface Following {
  readonly flags: EventFlags;
  readonly wanted: (event: ClusterEvent) => boolean;
}

/**
 * Subscribes before the past is read, so that no event in between is lost. `begin` prints what came
 * meanwhile and was not shown yet.
 */
function follow(app: App, session: Session, { flags, wanted }: Following) {
  let waiting: ClusterEvent[] | undefined = [];
  const subscription = session.bus.subscribe(session.subjects.allEvents, ({ data }) => {
    const event = readEvent(data);
    if (event === undefined || !wanted(event)) return;
    if (waiting === undefined) print(app, event, flags);
    else waiting.push(event);
  });
  return {
    begin: (shown: ReadonlySet<string>): void => {
      for (const event of waiting ?? []) if (!shown.has(event.id)) print(app, event, flags);
      waiting = undefined;
    },
    stop: (): void => subscription.unsubscribe(),
  };
}

function print(app: App, event: ClusterEvent, flags: EventFlags): void {
  if (flags.output === 'json' || flags.output === 'yaml')
    printAnswer(app, { ...flags, watch: true }, event.raw);
  else {
    const { width } = listOptions(app, flags.output);
    app.output.data(cutLine(eventLine(event, app.clock.wall()), width));
  }
}
