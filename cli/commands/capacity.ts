import type { Capacity } from '../../proto/schemas/capacity.js';
import { MAX_NODES_ASKED } from '../../proto/schemas/capacity.js';
import { parseAddedHosts } from '../../shared/added-hosts.js';
import { type NodeId, parseNodeId } from '../../shared/ids.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import {
  bottleneckText,
  changeLines,
  freeText,
  HOST_COLUMNS,
  isSafeWithout,
  missLines,
  ROOM_COLUMNS,
  tradeText,
} from '../output/capacity.js';
import type { ExitCode } from '../output/faults.js';
import { tableLines } from '../output/table.js';
import { type CapacityAsked, searchCapacity } from '../services/capacity.js';
import type { App, Registry } from '../shell/app.js';
import { appFor, type ShowFlags, withCluster, withFormat } from '../shell/options.js';
import { refuse, withSession } from '../shell/session.js';
import { listOptions, printAnswer, printSentence } from '../shell/show.js';

interface CapacityFlags extends ShowFlags {
  readonly without?: string;
  readonly add?: string;
  readonly pack?: boolean;
}

/** More are listed with `-o wide` only. */
const LISTED_HOSTS = 20;
const LISTED_TRADES = 3;

/** Adds `dqoes capacity`, which changes nothing. */
export function addCapacity({ program, app, finish }: Registry): void {
  withFormat(withCluster(program.command('capacity')))
    .description('say how much is free, what would fit, and what other hosts would change')
    .option('--without <hosts>', 'who would miss if these stopped, comma-separated, as in h3,h4')
    .option('--add <hosts>', 'what more hosts would win: 2, or 2x8 for two of 8 CPU each')
    .option('--pack', 'how few hosts would do, and which may be emptied')
    .action(async (flags: CapacityFlags) => {
      const shown = appFor(app, flags);
      const asked = askedBy(flags);
      if (!asked.ok) return finish(refuse(shown, asked.error));
      finish(
        await withSession(shown, flags, async (session) => {
          const answer = await searchCapacity(shown, session, asked.value);
          if (!answer.ok) return refuse(shown, answer.error);
          return print(shown, { ...flags, asked: asked.value }, answer.value);
        }),
      );
    });
}

function askedBy({ without: list, add: text, pack = false }: CapacityFlags): Result<CapacityAsked> {
  const faults: Fault[] = [];
  const without = list === undefined ? [] : hostsIn(list, faults);
  const add = text === undefined ? undefined : parseAddedHosts(text);
  if (add?.ok === false) faults.push(usage('--add', add.error));
  if (faults.length > 0) return err(faults);
  return ok({ without, pack, ...(add?.ok === true ? { add: add.value } : {}) });
}

function hostsIn(list: string, faults: Fault[]): readonly NodeId[] {
  const names = [...new Set(list.split(',').map((name) => name.trim()))];
  if (names.length > MAX_NODES_ASKED)
    faults.push(usage('--without', `${names.length} are too many: ${MAX_NODES_ASKED} at most`));
  return names.flatMap((name) => {
    const id = parseNodeId(name);
    if (!id.ok) faults.push(usage('--without', id.error));
    return id.ok ? [id.value] : [];
  });
}

const usage = (option: string, message: string): Fault => ({
  code: 'cli.usage',
  field: option,
  message: `${option}: ${message}`,
});

interface Shown extends ShowFlags {
  readonly asked: CapacityAsked;
}

function print(app: App, flags: Shown, answer: Capacity): ExitCode {
  const { output } = flags;
  if (output === 'json' || output === 'yaml') printAnswer(app, flags, answer);
  else if (answer.hosts.length === 0)
    app.output.problem('No host reports: start dqoes agent on one, or dqoes up on this one.');
  else printText(app, flags, answer);
  const isSafe = isSafeWithout(answer, flags.asked.without);
  return isSafe && answer.hosts.length > 0 ? 0 : 3;
}

function printText(app: App, { output, asked }: Shown, answer: Capacity): void {
  const options = listOptions(app, output);
  const say = (line: string): void => printSentence(app, output, line);
  const { hosts, misses, missing, kinds, room, trades, bottleneck, note } = answer;
  if (hosts.length <= LISTED_HOSTS || output === 'wide')
    for (const line of tableLines(HOST_COLUMNS, hosts, options)) app.output.data(line);
  else app.output.message(`${hosts.length} hosts: -o wide lists them.`);
  say(freeText(answer));
  for (const line of missLines(misses, missing)) say(line);
  if (room.length > 0) {
    app.output.data('');
    const byName = new Map(kinds.map((kind) => [kind.like, kind]));
    const rows = room.map((each) => ({ kind: byName.get(each.like), room: each }));
    for (const line of tableLines(ROOM_COLUMNS, rows, options)) app.output.data(line);
  }
  if (bottleneck !== undefined) say(bottleneckText(bottleneck, room));
  for (const trade of trades.slice(0, LISTED_TRADES)) say(`Slower: ${tradeText(trade)}`);
  for (const line of changeLines(answer, asked.without)) say(line);
  if (note !== '') app.output.message(note);
  if (!answer.complete) app.output.message(INCOMPLETE);
  app.output.message('Nothing was changed.');
}

const INCOMPLETE = 'Not everything was searched: this is the best that was found in the time.';
