import { type Command, Option } from 'commander';
import type { AllocationStatus } from '../../proto/schemas/status.js';
import { parseJobName } from '../../shared/ids.js';
import { err, ok, type Result } from '../../shared/result.js';
import { formatDurationMs } from '../../shared/units.js';
import { isAbout } from '../events/event.js';
import { eventsSince } from '../events/since.js';
import { entriesOf, type StoryEntry } from '../explain/entries.js';
import { presentLines, storyLines } from '../explain/story.js';
import type { ExitCode } from '../output/faults.js';
import type { App, Registry } from '../shell/app.js';
import { appFor, duration, type ShowFlags, withCluster, withFormat } from '../shell/options.js';
import { refuse, type Session, withSession } from '../shell/session.js';
import { printAnswer } from '../shell/show.js';

interface ExplainFlags extends ShowFlags {
  /** How far back to look, ms. */
  readonly since: number;
}

const DEFAULT_SINCE_MS = 3_600_000;

/** Adds `dqoes job explain NAME`: why its containers have the CPU they have. */
export function addJobExplain({ program, app, finish }: Registry): void {
  withSince(withFormat(withCluster(program.command('explain <name>'))))
    .description(
      "explain the CPU of the job's containers: every decision with its reason, then the " +
        'present state',
    )
    .action(async (name: string, flags: ExplainFlags) => {
      const shown = appFor(app, flags);
      finish(
        await withSession(shown, flags, (session) => explain(shown, session, { name, flags })),
      );
    });
}

const withSince = (command: Command): Command =>
  command.addOption(
    new Option('--since <duration>', 'how far back to look, at most 24h')
      .argParser(duration)
      .default(DEFAULT_SINCE_MS, formatDurationMs(DEFAULT_SINCE_MS)),
  );

async function explain(
  app: App,
  session: Session,
  { name, flags }: { readonly name: string; readonly flags: ExplainFlags },
): Promise<ExitCode> {
  const wallMs = app.clock.wall();
  const fromMs = wallMs - flags.since;
  const [now, past] = await Promise.all([present(session, name), story(session, { name, fromMs })]);
  if (!now.ok) return refuse(app, now.error);
  if (!past.ok) return refuse(app, past.error);
  const { entries, complete } = past.value;
  if (now.value === undefined && entries.length === 0) return refuse(app, [unknownJob(name)]);
  if (!complete)
    app.output.problem(
      'The event stream stopped answering before all events were read: run this again.',
    );
  if (flags.output === 'json' || flags.output === 'yaml') {
    const answer = {
      job: name,
      since: new Date(fromMs).toISOString(),
      entries,
      now: now.value ?? [],
    };
    printAnswer(app, flags, answer);
    return complete ? 0 : 1;
  }
  for (const line of storyLines(entries, wallMs)) app.output.data(line);
  if (entries.length > 0 && now.value !== undefined) app.output.data('');
  for (const line of (now.value ?? []).flatMap(presentLines)) app.output.data(line);
  printWhatIsMissing(app, flags, {
    isGone: now.value === undefined,
    isQuiet: entries.length === 0,
  });
  return complete ? 0 : 1;
}

function printWhatIsMissing(
  app: App,
  flags: ExplainFlags,
  story: { isGone: boolean; isQuiet: boolean },
): void {
  if (story.isQuiet)
    app.output.message(
      `No decisions in the last ${formatDurationMs(flags.since)}: look further back with --since.`,
    );
  if (story.isGone) app.output.message('The job no longer exists.');
}

/** The job's allocations now; `undefined` when there is no job of that name. */
async function present(
  session: Session,
  name: string,
): Promise<Result<readonly AllocationStatus[] | undefined>> {
  const parsed = parseJobName(name);
  if (!parsed.ok) return err([{ code: 'cli.usage', field: 'name', message: parsed.error }]);
  const status = await session.call('job-status', { name: parsed.value });
  if (status.ok) return ok(status.value.job.allocations);
  if (!status.error.some(({ code }) => code === 'service.not-found')) return status;
  // An adopted container whose labels name no good target belongs to no job that has a status.
  const listed = await session.call('allocation-list', {});
  if (!listed.ok) return listed;
  const adopted = listed.value.allocations.filter(({ job }) => job === name);
  return ok(adopted.length === 0 ? undefined : adopted);
}

interface Story {
  readonly entries: readonly StoryEntry[];
  readonly complete: boolean;
}

async function story(
  { bus, cluster, subjects }: Session,
  { name, fromMs }: { readonly name: string; readonly fromMs: number },
): Promise<Result<Story>> {
  const past = await eventsSince(bus, {
    cluster,
    subjects: [subjects.event('job', '*'), subjects.event('allocation', '*')],
    fromMs,
    wanted: (event) => isAbout(event, name),
  });
  if (!past.ok) return past;
  const entries = past.value.events.flatMap(({ known }) =>
    known === undefined ? [] : entriesOf(known),
  );
  return ok({ entries, complete: past.value.complete });
}

const unknownJob = (name: string) => ({
  code: 'service.not-found',
  field: 'name',
  message: `there is no job ${name} and no decision about one: list the jobs with dqoes job ls`,
});
