import { type Command, Option } from 'commander';
import type { Fault } from '../../shared/result.js';
import { formatDurationMs } from '../../shared/units.js';
import { type JobNow, STORY_MS, tellStory } from '../explain/read-story.js';
import {
  StoryAnswer,
  type StoryPrinter,
  type StoryPrinting,
  StoryText,
} from '../explain/story-printer.js';
import type { ExitCode } from '../output/faults.js';
import { cutShort } from '../shell/aborted.js';
import type { App, Registry } from '../shell/app.js';
import { jobAsked } from '../shell/names-asked.js';
import { appFor, duration, type ShowFlags, withCluster, withFormat } from '../shell/options.js';
import { refuse, type Session, withChecked } from '../shell/session.js';
import { printSentence } from '../shell/show.js';

/** Flags of `dqoes job explain`. */
export interface ExplainFlags extends ShowFlags {
  /** How far back to look, ms. */
  readonly since: number;
}

/** Adds `dqoes job explain NAME`: why its containers have the CPU they have. */
export function addJobExplain({ program, app, finish }: Registry): void {
  withSince(withFormat(withCluster(program.command('explain <name>'))))
    .description(
      "explain the CPU of the job's containers: every decision with its reason, then the " +
        'present state',
    )
    .action(async (name: string, flags: ExplainFlags) => {
      const shown = appFor(app, flags);
      const checked = jobAsked(name);
      finish(
        await withChecked(shown, { flags, checked }, (session) =>
          explainJob(shown, session, { name, flags }),
        ),
      );
    });
}

const withSince = (command: Command): Command =>
  command.addOption(
    new Option('--since <duration>', 'how far back to look, at most 24h')
      .argParser(duration)
      .default(STORY_MS, formatDurationMs(STORY_MS)),
  );

/** Prints the story as it is read, then the present; refused where nobody knows the job. */
export async function explainJob(
  app: App,
  session: Session,
  { name, flags }: { readonly name: string; readonly flags: ExplainFlags },
): Promise<ExitCode> {
  const { signal, output } = app;
  const wallMs = app.clock.wall();
  const fromMs = wallMs - flags.since;
  const story = printerFor(app, flags, { job: name, fromMs, wallMs });
  let [present, isQuiet]: [JobNow, boolean] = [{ now: undefined, reasons: [] }, true];
  const read = await tellStory(
    session,
    { name, fromMs },
    {
      signal,
      ready: async () => {
        story.partRead();
        await output.ready?.();
      },
      onNow: (now) => {
        present = now;
        story.begin(now);
      },
      onEntry: (entry) => {
        isQuiet = false;
        story.add(entry);
      },
    },
  );
  if (!read.ok) return refuse(app, read.error);
  if (read.value === 'ended') {
    story.cut();
    return cutShort(app);
  }
  story.end();
  const isWhole = read.value === 'whole';
  if (!isData(flags)) printWhatIsMissing(app, flags, { present, isQuiet: isQuiet && isWhole });
  return isWhole ? 0 : refuse(app, [NOT_WHOLE]);
}

const NOT_WHOLE: Fault = {
  code: 'service.unavailable',
  field: 'events',
  message: 'The event stream stopped answering before all events were read: run this again.',
};

const isData = ({ output }: ShowFlags): boolean => output === 'json' || output === 'yaml';

function printerFor(
  app: App,
  { output }: ShowFlags,
  asked: Omit<StoryPrinting, 'print'>,
): StoryPrinter {
  if (output === 'json' || output === 'yaml')
    return new StoryAnswer(output, { ...asked, print: (line) => app.output.data(line) });
  return new StoryText({ ...asked, print: (line) => printSentence(app, output, line) });
}

function printWhatIsMissing(
  app: App,
  flags: ExplainFlags,
  { present: { now }, isQuiet }: { readonly present: JobNow; readonly isQuiet: boolean },
): void {
  if (isQuiet)
    app.output.message(
      `No decisions in the last ${formatDurationMs(flags.since)}: look further back with --since.`,
    );
  if (now?.some(({ isStopping }) => isStopping !== true)) return;
  app.output.message(
    now === undefined
      ? 'The job no longer exists.'
      : 'The job was stopped: its hosts still have these containers.',
  );
}
