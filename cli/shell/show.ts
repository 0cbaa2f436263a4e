import type { Result } from '../../shared/result.js';
import type { ExitCode } from '../output/faults.js';
import { type Column, printable, type TableOptions, tableLines } from '../output/table.js';
import { wrapMessage } from '../output/wrap.js';
import { yamlOf } from './answer-pieces.js';
import type { App } from './app.js';
import type { OutputFormat, ShowFlags } from './options.js';
import { isPassing } from './passing.js';
import { refuse } from './session.js';

const WATCH_MS = 1000;
const CLEAR_SCREEN = '\u001b[H\u001b[2J';

/** A list in all its forms: rows for people, the answer for programs, names for `-q`. */
export interface ListView<Row> {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly answer: unknown;
  /** undefined = it is in no list of names: nothing could be done with it. */
  readonly nameOf: (row: Row) => string | undefined;
  /** What to do when the list is empty. */
  readonly whenEmpty: string;
  /**
   * What a reader should know of the rows, below them; absent = nothing. Asked only where people
   * read the list.
   */
  readonly notes?: () => Promise<readonly string[]>;
}

/**
 * Prints once, or every second with `--watch` until Ctrl-C. A watch that has begun goes on where
 * another coordinator takes over, and says once that it waits.
 */
export async function showListing<Row>(
  app: App,
  flags: ShowFlags,
  load: () => Promise<Result<ListView<Row>>>,
): Promise<ExitCode> {
  if (flags.watch === true) return watchListing(app, flags, load);
  const listing = await load();
  if (!listing.ok) return refuse(app, listing.error);
  await printListing(app, flags, listing.value);
  return 0;
}

async function watchListing<Row>(
  app: App,
  flags: ShowFlags,
  load: () => Promise<Result<ListView<Row>>>,
): Promise<ExitCode> {
  let state: 'begins' | 'shows' | 'waits' = 'begins';
  while (!app.signal.aborted) {
    const listing = await load();
    if (app.signal.aborted) break;
    if (listing.ok) {
      if (!isData(flags)) clearScreen(app);
      await printListing(app, flags, listing.value);
      state = 'shows';
    } else if (state === 'begins' || !isPassing(listing.error)) {
      return refuse(app, listing.error);
    } else {
      if (state === 'shows') refuse(app, listing.error);
      state = 'waits';
    }
    await app.clock.sleep(WATCH_MS, app.signal);
  }
  return 0;
}

/** Makes room for what is printed again; not where that would be a line of odd characters. */
export function clearScreen({ config, output }: App): void {
  if (output.terminal && !config.isDumb) output.data(CLEAR_SCREEN);
}

/** Lists fit the terminal; `-o wide` shows the whole texts. */
export const listOptions = (app: App, output: OutputFormat): TableOptions => ({
  wide: output === 'wide',
  colour: app.output.colour,
  width: output === 'wide' ? undefined : app.output.width,
});

/** A sentence of an answer: wrapped between words where lists fit the terminal, else one line. */
export const printSentence = (app: App, output: OutputFormat, line: string): void =>
  app.output.data(wrapMessage(printable(line), listOptions(app, output).width ?? 0));

const isData = (flags: ShowFlags): boolean => flags.output === 'json' || flags.output === 'yaml';

async function printListing<Row>(
  app: App,
  flags: ShowFlags,
  listing: ListView<Row>,
): Promise<void> {
  if (isData(flags)) {
    printAnswer(app, flags, listing.answer);
    return;
  }
  if (flags.quiet === true) {
    const names = listing.rows.flatMap((row) => listing.nameOf(row) ?? []);
    for (const name of names) app.output.data(printable(name));
    return;
  }
  for (const line of tableLines(listing.columns, listing.rows, listOptions(app, flags.output)))
    app.output.data(line);
  if (listing.rows.length === 0) app.output.message(listing.whenEmpty);
  for (const note of (await listing.notes?.()) ?? []) app.output.message(note);
}

/** Prints the answer as one JSON line with `--watch`, else as indented JSON or YAML. */
export function printAnswer(app: App, flags: ShowFlags, answer: unknown): void {
  if (flags.output === 'yaml') {
    if (flags.watch === true) app.output.data('---');
    app.output.data(yamlOf(answer).trimEnd());
    return;
  }
  app.output.data(JSON.stringify(answer, null, flags.watch === true ? 0 : 2));
}
