import { childSignal } from '../../shared/child-signal.js';
import type { Fault } from '../../shared/result.js';
import { asciiText } from '../grid/ascii.js';
import type { ExitCode } from '../output/faults.js';
import { ageText } from '../output/format.js';
import { printable, tableLines } from '../output/table.js';
import { wrapMessage } from '../output/wrap.js';
import type { App } from '../shell/app.js';
import { refuse, type Session } from '../shell/session.js';
import { cpuText, jobsText } from './draw/header.js';
import { Feed } from './feed.js';
import { TOP_COLUMNS } from './model/columns.js';
import { DEFAULT_SORT, shownRows } from './model/order.js';
import type { ClusterData, Totals } from './model/rows.js';
import { isCutOff, type Link } from './model/state.js';

/** What lines show, and how often. */
export interface LineOptions {
  readonly sort?: string;
  readonly filter?: string;
  /** Time between two blocks, ms; absent = one block, then the end. */
  readonly intervalMs?: number;
  /** One JSON object a block instead of a table. */
  readonly isJson: boolean;
  /** Names of allocations alone. */
  readonly isQuiet: boolean;
}

/** So long the cluster may take to answer, ms. */
const ANSWER_MS = 5000;
/** So long the first block waits for the name of the leader, ms. */
const LEADER_MS = 1000;
const LOOK_MS = 50;

/** Prints the cluster as a block of lines each interval until the end, or once. */
export async function printTop(
  app: App,
  session: Session,
  options: LineOptions,
): Promise<ExitCode> {
  const feed = new Feed({ session, clock: app.clock, onNews: () => {} });
  feed.start();
  try {
    let data = await firstData(app, feed);
    if (data === null) return app.signal.aborted ? 0 : refuse(app, [NO_ANSWER]);
    for (;;) {
      printBlock(app, { data, link: feed.link(), options });
      if (options.intervalMs === undefined) return 0;
      await untilNext(app, session, options.intervalMs);
      if (app.signal.aborted || session.bus.state === 'closed') return 0;
      data = feed.take() ?? data;
    }
  } finally {
    // A question that nobody answers ends with the connection.
    void feed.stop();
  }
}

const NO_ANSWER: Fault = {
  code: 'service.unavailable',
  field: 'cluster',
  message:
    'The coordinator does not answer: is one running, and is --cluster right? dqoes up starts one.',
};

/** What waits is part of it: the jobs are read once as well. */
async function firstData({ clock, signal }: App, feed: Feed): Promise<ClusterData | null> {
  const beganMs = clock.now();
  while (!signal.aborted && clock.now() - beganMs < ANSWER_MS) {
    // Asks who leads, so that it is known with the first block.
    const { leader } = feed.link();
    const isLate = clock.now() - beganMs > LEADER_MS;
    const data = feed.hasJobs && (leader !== null || isLate) ? feed.take() : null;
    if (data !== null) return data;
    await clock.sleep(LOOK_MS, signal);
  }
  return null;
}

async function untilNext({ clock, signal }: App, { bus }: Session, ms: number): Promise<void> {
  const over = childSignal(signal);
  const closed = bus.onState((state) => state === 'closed' && over.abort());
  await clock.sleep(ms, over.signal);
  closed.unsubscribe();
  over.abort();
}

interface Block {
  readonly data: ClusterData;
  readonly link: Link;
  readonly options: LineOptions;
}

function printBlock(app: App, { data, link, options }: Block): void {
  const { sort = DEFAULT_SORT, filter = '' } = options;
  const rows = shownRows(data.rows, { sort, filter });
  if (options.isJson) {
    const { totals, nodes } = data;
    const { cluster, epoch, leader, isConnected, hasLeader } = link;
    const allocations = rows.map(({ status }) => status);
    const time = new Date(app.clock.wall()).toISOString();
    const answer = { time, cluster, isConnected, hasLeader, epoch, leader, totals };
    app.output.data(JSON.stringify({ ...answer, nodes, allocations }));
    return;
  }
  if (options.isQuiet) {
    for (const { status } of rows) app.output.data(printable(status.id));
    return;
  }
  const { colour, width } = app.output;
  const isOld = isCutOff(link);
  const shown = isOld ? rows.map((row) => ({ ...row, isStale: true })) : rows;
  const table = tableLines(TOP_COLUMNS, shown, { wide: false, colour, width });
  const head = headLines(data.totals, { link, width });
  const lines = [...head, ...(rows.length === 0 ? [NO_ROWS] : table)];
  const more = options.intervalMs === undefined ? [] : [''];
  for (const line of [...lines, ...more])
    app.output.data(app.config.isUtf8 ? line : asciiText(line));
}

const NO_ROWS = 'No jobs to show: dqoes run --target 250ms IMAGE starts one.';

/** The totals in a sentence, wrapped where a terminal of `width` columns is too narrow for it. */
export const headLines = (
  totals: Totals,
  { link, width = 0 }: { readonly link: Link; readonly width?: number | undefined },
): readonly string[] =>
  wrapMessage(`${jobsText(totals)}; ${cpuText(totals)}; ${linkText(link)}`, width).split('\n');

function linkText({ isConnected, hasLeader, leader, epoch, silentMs }: Link): string {
  if (!isConnected) return 'disconnected: the last known values (?)';
  if (!hasLeader) return `nobody leads for ${ageText(silentMs)}: the last known values (?)`;
  if (epoch === 0) return 'no view yet';
  return `leader ${leader ?? ''}${leader === null ? '' : ', '}epoch ${epoch}`;
}
