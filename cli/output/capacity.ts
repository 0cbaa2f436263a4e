import type {
  Capacity,
  CapacityLimit,
  CapacityMiss,
  HostCpu,
  JobKind,
  KindRoom,
  TargetTrade,
} from '../../proto/schemas/capacity.js';
import type { NodeId } from '../../shared/ids.js';
import { tightestKind } from '../../shared/tightest-kind.js';
import { NAME_FIT, TEXT_FIT } from './fit.js';
import { coresText, latencyText, NO_VALUE } from './format.js';
import type { Column } from './table.js';

/** The hosts of `dqoes capacity`. */
export const HOST_COLUMNS: readonly Column<HostCpu>[] = [
  { title: 'NODE', ...NAME_FIT, cell: ({ node }) => node },
  {
    title: 'ALLOCATABLE',
    align: 'right',
    cell: ({ allocatableCores }) => coresText(allocatableCores),
  },
  { title: 'NEEDED', align: 'right', cell: ({ neededCores }) => coresText(neededCores) },
  { title: 'FREE', align: 'right', cell: ({ freeCores }) => coresText(freeCores) },
  { title: 'CONTAINERS', align: 'right', cell: ({ allocations }) => String(allocations) },
];

/** A kind of jobs and the room for more. */
export interface RoomRow {
  readonly kind: JobKind | undefined;
  readonly room: KindRoom;
}

/** The room for each kind of `dqoes capacity`. */
export const ROOM_COLUMNS: readonly Column<RoomRow>[] = [
  { title: 'ROOM FOR MORE LIKE', ...NAME_FIT, cell: ({ room }) => room.like },
  { title: 'TARGET', align: 'right', cell: ({ kind }) => latencyText(kind?.targetMs) },
  { title: 'CPU', align: 'right', cell: ({ kind }) => coresText(kind?.cpuCores) },
  { title: 'MORE', align: 'right', cell: ({ room }) => moreText(room) },
  {
    title: 'THEN',
    ...TEXT_FIT,
    cell: ({ room: { limit } }) => (limit === null ? NO_VALUE : limit.reason),
  },
];

const moreText = ({ more, atLeast }: KindRoom): string =>
  more === null ? 'not known' : atLeast ? `≥${more}` : String(more);

/** What keeps out the first kind of which no more has room, and which kind that is. */
export function bottleneckText({ reason }: CapacityLimit, room: readonly KindRoom[]): string {
  const kind = tightestKind(room);
  const like = kind === undefined ? '' : `, for more like ${kind.like}`;
  return `Next bottleneck${like}: ${reason}`;
}

const nameOf = ({ container, allocation }: CapacityMiss): string => container ?? allocation;
const namesOf = (misses: readonly CapacityMiss[]): string => misses.map(nameOf).join(', ');

/** One line each: who misses, where and why. */
export function missLines(misses: readonly CapacityMiss[], missing: number): readonly string[] {
  const lines = misses.map((miss) => {
    const where = miss.node === null ? '' : ` on ${miss.node}`;
    return `  ${nameOf(miss)}${where}: ${miss.reason}`;
  });
  const more = missing - misses.length;
  return more > 0 ? [...lines, `  and ${more} more`] : lines;
}

/** `1 container misses its target`. */
export const missText = (missing: number): string =>
  missing === 1 ? '1 container misses its target' : `${missing} containers miss their targets`;

/** `album 420ms → 460ms frees 0.21 CPU, enough for car-sign-1`. */
export function tradeText({ job, fromMs, toMs, freesCores, gains }: TargetTrade): string {
  const enough = gains.length === 0 ? '' : `, enough for ${namesOf(gains)}`;
  const change = `${latencyText(fromMs)} → ${latencyText(toMs)}`;
  return `${job} ${change} frees ${coresText(freesCores)} CPU${enough}`;
}

/** The whole cluster in one line. */
export function freeText({ freeCores, allocatableCores, hosts, missing, note }: Capacity): string {
  const where = hosts.length === 1 ? '1 host' : `${hosts.length} hosts`;
  const all = `${coresText(allocatableCores)} CPU`;
  const free =
    freeCores === null
      ? `What is free of ${all} on ${where} is not known`
      : `${coresText(freeCores)} of ${all} are free on ${where}`;
  if (missing > 0) return `${free}; ${missText(missing)}:`;
  // A policy that knows nothing of targets names nobody who misses one.
  return note === '' ? `${free}; nobody misses a target` : `${free}, nor who misses a target`;
}

/** Whether it is known that nobody would miss a target without the hosts that were asked about. */
export const isSafeWithout = (
  { without, note }: Pick<Capacity, 'without' | 'note'>,
  asked: readonly NodeId[],
): boolean => asked.length === 0 || (without?.missing === 0 && note === '');

/**
 * What other hosts would change, in sentences and lists. `asked`: the hosts without which it was
 * asked; there may have been no time for an answer.
 */
export function changeLines(
  { without, added, packed, note }: Capacity,
  asked: readonly NodeId[] = [],
): readonly string[] {
  // A policy that knows nothing of targets names nobody who misses one.
  const isKnown = note === '';
  return [
    ...(without === undefined ? unansweredLines(asked) : withoutLines(without, isKnown)),
    ...(added === undefined ? [] : addedLines(added, isKnown)),
    ...(packed === undefined ? [] : packedLines(packed)),
  ];
}

const UNKNOWN_MISSES = 'who would miss a target is not known';

const unansweredLines = (asked: readonly NodeId[]): readonly string[] =>
  asked.length === 0
    ? []
    : [`Without ${asked.join(', ')}: ${UNKNOWN_MISSES}: there was no time to search it`];

function withoutLines(
  without: NonNullable<Capacity['without']>,
  isKnown: boolean,
): readonly string[] {
  const { nodes, missing, misses, gains, freeCores, note } = without;
  const free = thenFree(freeCores, 'would be free');
  const nobody = isKnown ? `nobody would miss a target; ${free}` : UNKNOWN_MISSES;
  const head = `Without ${nodes.join(', ')}: `;
  return [
    missing === 0 ? `${head}${nobody}` : `${head}${wouldMiss(missing)}:`,
    ...missLines(misses, missing),
    ...(gains.length === 0 ? [] : [`  ${namesOf(gains)} would then meet the target`]),
    ...(note === '' ? [] : [`  ${note}`]),
  ];
}

const thenFree = (cores: number | null, words: string): string =>
  cores === null ? 'what would be free is not known' : `${coresText(cores)} CPU ${words}`;

const wouldMiss = (missing: number): string =>
  missing === 1
    ? '1 container would miss its target'
    : `${missing} containers would miss their targets`;

function addedLines(added: NonNullable<Capacity['added']>, isKnown: boolean): readonly string[] {
  const { hosts, cpuCores, gains, missing, misses, freeCores, room } = added;
  const what = hosts === 1 ? 'one more host' : `${hosts} more hosts`;
  const none = isKnown ? 'no target is won' : 'which targets are won is not known';
  const won = gains.length === 0 ? none : `met then: ${namesOf(gains)}`;
  const rooms = room
    .filter(({ more }) => more !== null)
    .map((each) => `${moreText(each)} like ${each.like}`)
    .join(', ');
  return [
    `With ${what} of ${coresText(cpuCores)} CPU: ${won}; ${thenFree(freeCores, 'free')}`,
    ...(missing === 0 ? [] : [`  ${wouldMiss(missing)}:`, ...missLines(misses, missing)]),
    ...(rooms === '' ? [] : [`  room for more, of one kind: ${rooms}`]),
  ];
}

function packedLines(packed: NonNullable<Capacity['packed']>): readonly string[] {
  const { keep, empty, pinned, proven } = packed;
  const all = keep.length + empty.length;
  const sure = proven ? 'no fewer would do' : 'fewer may do: not all sets were tried';
  return [
    `${keep.length} of ${all} hosts would do (${sure})`,
    ...(empty.length === 0 ? [] : [`  may be emptied: ${empty.join(', ')} (dqoes node drain)`]),
    ...(pinned.length === 0
      ? []
      : [`  hold containers that cannot be moved: ${pinned.join(', ')}`]),
  ];
}
