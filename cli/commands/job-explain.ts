import { type Command, Option } from 'commander';
import { formatDurationMs } from '../../shared/units.js';
import { readStory, STORY_MS, storyTexts } from '../explain/read-story.js';
import type { ExitCode } from '../output/faults.js';
import type { App, Registry } from '../shell/app.js';
import { jobAsked } from '../shell/names-asked.js';
import { appFor, duration, type ShowFlags, withCluster, withFormat } from '../shell/options.js';
import { refuse, type Session, withChecked } from '../shell/session.js';
import { printAnswer, printSentence } from '../shell/show.js';

interface ExplainFlags extends ShowFlags {
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
          explain(shown, session, { name, flags }),
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

async function explain(
  app: App,
  session: Session,
  { name, flags }: { readonly name: string; readonly flags: ExplainFlags },
): Promise<ExitCode> {
  const wallMs = app.clock.wall();
  const fromMs = wallMs - flags.since;
  const story = await readStory(session, { name, fromMs });
  if (!story.ok) return refuse(app, story.error);
  const { entries, complete, now } = story.value;
  if (!complete)
    app.output.problem(
      'The event stream stopped answering before all events were read: run this again.',
    );
  if (flags.output === 'json' || flags.output === 'yaml') {
    const answer = {
      job: name,
      since: new Date(fromMs).toISOString(),
      entries,
      now: now ?? [],
    };
    printAnswer(app, flags, answer);
    return complete ? 0 : 1;
  }
  for (const line of storyTexts(story.value, wallMs)) printSentence(app, flags.output, line);
  printWhatIsMissing(app, flags, {
    isGone: now === undefined || now.every(({ isStopping }) => isStopping === true),
    isLeft: now !== undefined,
    isQuiet: entries.length === 0,
  });
  return complete ? 0 : 1;
}

function printWhatIsMissing(
  app: App,
  flags: ExplainFlags,
  story: { isGone: boolean; isLeft: boolean; isQuiet: boolean },
): void {
  if (story.isQuiet)
    app.output.message(
      `No decisions in the last ${formatDurationMs(flags.since)}: look further back with --since.`,
    );
  if (story.isGone)
    app.output.message(
      story.isLeft
        ? 'The job was stopped: its hosts still have these containers.'
        : 'The job no longer exists.',
    );
}
