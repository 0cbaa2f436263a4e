import { type Command, Option } from 'commander';
import type { Fault } from '../../shared/result.js';
import { formatDurationMs } from '../../shared/units.js';
import { sortedRows } from '../output/choose-columns.js';
import type { App, Registry } from '../shell/app.js';
import { appFor, type ClusterFlags, duration, withCluster } from '../shell/options.js';
import { refuse, type Session, withSession } from '../shell/session.js';
import type { Terminal } from '../shell/terminal.js';
import { type UnusedRule, withoutUnused } from '../shell/unused-options.js';
import { TOP_COLUMNS } from '../top/model/columns.js';
import { DEFAULT_SORT } from '../top/model/order.js';

interface TopFlags extends ClusterFlags {
  readonly sort: string;
  readonly filter?: string;
  readonly once?: boolean;
  /** Time between two blocks of lines, ms. */
  readonly interval: number;
  readonly output: 'table' | 'json';
}

const DEFAULT_INTERVAL_MS = 2000;

/** Adds `dqoes top`. */
export function addTop({ program, app, finish }: Registry): void {
  withoutUnused(withCluster(program.command('top')), app, UNUSED)
    .description('watch the cluster live: jobs at target, CPU, each container against its target')
    .addOption(
      new Option(
        '--sort <column>',
        'sort by a column as s does; --sort=-use puts the largest first',
      ).default(DEFAULT_SORT),
    )
    .option('--filter <words>', 'only what holds all these words: job, node or class')
    .option('--once', 'print one block of lines and end')
    .addOption(
      new Option('--interval <duration>', 'time between two blocks of lines')
        .argParser(duration)
        .default(DEFAULT_INTERVAL_MS, formatDurationMs(DEFAULT_INTERVAL_MS)),
    )
    .addOption(
      new Option('-o, --output <format>', 'json: one object per line instead of a table')
        .choices(['table', 'json'])
        .default('table'),
    )
    .action(async (flags: TopFlags, command: Command) => {
      const shown = appFor(app, flags);
      const sorted = sortedRows(TOP_COLUMNS, [], flags.sort);
      if (!sorted.ok) return finish(refuse(shown, [badSort(sorted.error)]));
      const isLines = flags.once === true || flags.output === 'json' || flags.quiet === true;
      const terminal = isLines || shown.config.isDumb ? undefined : shown.terminal?.();
      if (terminal !== undefined && command.getOptionValueSource('interval') === 'cli')
        return finish(refuse(shown, [NO_BLOCKS]));
      const code =
        terminal === undefined
          ? await withSession(shown, flags, (session) => lines(shown, session, flags))
          : await live(shown, terminal, flags);
      finish(code);
    });
}

const UNUSED: readonly UnusedRule[] = [
  { options: ['interval'], beside: 'once', why: ', which prints one block' },
];

const NO_BLOCKS: Fault = {
  code: 'cli.usage',
  field: '--interval',
  message:
    '--interval: does nothing on a terminal, whose screen follows by itself: leave it out, or ' +
    'print lines with --output json or --quiet',
};

const badSort = (why: string): Fault => ({
  code: 'cli.usage',
  field: '--sort',
  message: `--sort: ${why}`,
});

async function live(app: App, terminal: Terminal, flags: TopFlags) {
  const { runTop } = await import('../top/run-top.js');
  const { sort, filter } = flags;
  let close = (): void => {};
  // What the session has to say would be lost on the other screen.
  const problem = (line: string): void => {
    close();
    app.output.problem(line);
  };
  return withSession({ ...app, output: { ...app.output, problem } }, flags, (session) =>
    runTop(app, session, {
      terminal,
      sort,
      ...(filter === undefined ? {} : { filter }),
      onOpen: (end) => {
        close = end;
      },
    }),
  );
}

async function lines(app: App, session: Session, flags: TopFlags) {
  const { printTop } = await import('../top/lines.js');
  const { sort, filter, once, interval, output } = flags;
  return printTop(app, session, {
    sort,
    isJson: output === 'json',
    isQuiet: flags.quiet === true,
    ...(filter === undefined ? {} : { filter }),
    ...(once === true ? {} : { intervalMs: interval }),
  });
}
