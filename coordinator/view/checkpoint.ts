import { packPlain, unpackPlain } from '../../proto/codec/messagepack.js';
import { indexByHash } from '../../shared/hash.js';
import { isSafeId, type NodeId } from '../../shared/ids.js';
import type { EnergyCounters } from './energy.js';
import type { OpenMinute } from './open-minute.js';
import { Tallies } from './tallies.js';
import { setValue, type Tally, tallyWith } from './tally.js';
import { mayBeUnknown, TALLY_FIELDS, type TallyField, valuesBetween } from './tally-fields.js';

/** Allocations in one stored value: about half of the megabyte that a message may have. */
const ALLOCATIONS_PER_VALUE = 2000;
const MAX_BYTES = 1024 * 1024;
const FORMAT = 1;
/** Fields of a tally in the first version of this format. */
const FIRST_FIELDS = 14;
/**
 * Fields of a tally in a row as 0.1.0 wrote it. It leaves out a node whose rows have more, so later
 * fields stand apart, at the end of the node.
 */
const ROW_FIELDS = 15;
const LATER_FIELDS = TALLY_FIELDS.slice(ROW_FIELDS);

type OpenMinutes = ReadonlyMap<NodeId, OpenMinute>;
type Row = readonly unknown[];

/** Who stores what is open: a leader, or one of its workers. */
export interface CheckpointWriter {
  /** Of the leader. */
  readonly epoch: number;
  /** 0-based. */
  readonly index: number;
  /** How many store, each for the nodes whose names hash to its index. */
  readonly of: number;
}

/**
 * The open minutes as values to store, one a step; each holds some of the nodes, when it was made
 * (Unix time, ms), and its writer.
 */
export function* checkpointValues(
  open: OpenMinutes,
  wallMs: number,
  writer?: CheckpointWriter,
): Generator<Uint8Array> {
  const by = writer === undefined ? [] : [[writer.epoch, writer.index, writer.of]];
  let rows: Row[] = [];
  let allocations = 0;
  for (const [node, minute] of open) {
    rows.push(nodeRow(node, minute));
    allocations += minute.allocations.size + 1;
    if (allocations < ALLOCATIONS_PER_VALUE) continue;
    yield packPlain([FORMAT, wallMs, rows, ...by]);
    rows = [];
    allocations = 0;
  }
  yield packPlain([FORMAT, wallMs, rows, ...by]);
}

function nodeRow(node: NodeId, open: OpenMinute): Row {
  const tallies: Row[] = [];
  const later: Row[] = [];
  for (const [id, { life, job, counted }] of open.allocations.entries()) {
    tallies.push([id, life, job, ...valuesBetween(counted, 0, ROW_FIELDS)]);
    const values = valuesBetween(counted, ROW_FIELDS);
    if (values.some((value) => value !== null)) later.push([id, ...values]);
  }
  return [
    node,
    ...[open.bootId, open.sequence, open.sentAtMs, open.minute, open.epoch],
    ...[open.seconds, open.partial],
    tallies,
    [...open.energy],
    open.allocatableCores,
    later,
  ];
}

/** An open minute, and when it was stored (Unix time, ms). */
export interface StoredMinute {
  readonly open: OpenMinute;
  readonly atMs: number;
}

/**
 * A longer round leaves values behind that later ones do not write over: what differs so much from
 * the newest one is of another round.
 */
const LEFT_BEHIND_MS = 30_000;

/**
 * What can be read of all values together, of each node what was stored last; nothing of what is
 * older than `sinceMs`, or was left behind. Workers store one after the other, and one that ends
 * stores no more: what it stored last counts, and where it stored nothing what was stored of its
 * nodes before. `values`: in the order in which they were stored, which their times do not say
 * where the clock was put back.
 */
export function readCheckpoints(
  values: readonly Uint8Array[],
  sinceMs: number,
): ReadonlyMap<NodeId, StoredMinute> {
  const rounds = values.map(readValue).filter((round) => round !== UNREADABLE);
  const newest = rounds.at(-1);
  const newestMs = new Map(rounds.map((round) => [writerOf(round), round.atMs]));
  const isSilent = silentIn(rounds, newest?.writer);
  const found = new Map<NodeId, StoredMinute>();
  for (const round of rounds) {
    const { atMs, rows, writer } = round;
    if (newest === undefined || atMs < sinceMs) continue;
    const isOfRound = isNear(atMs, newest.atMs);
    if (!isOfRound && !isNear(atMs, newestMs.get(writerOf(round)) ?? 0)) continue;
    const counts = isOfRound || writer?.epoch === newest.writer?.epoch;
    for (const [node, open] of openMinutes(rows))
      if (counts || isSilent(node)) found.set(node, { open, atMs });
  }
  return found;
}

const isNear = (atMs: number, newestMs: number): boolean =>
  Math.abs(atMs - newestMs) <= LEFT_BEHIND_MS;

const writerOf = ({ writer }: StoredValue): string =>
  writer === undefined ? '' : `${writer.epoch}.${writer.index}.${writer.of}`;

/** Whether a node is of a worker of the newest leader that stored nothing. */
function silentIn(
  rounds: readonly StoredValue[],
  newest: CheckpointWriter | undefined,
): (node: NodeId) => boolean {
  if (newest === undefined) return () => false;
  const { epoch, of } = newest;
  const heard = new Set(
    rounds.flatMap(({ writer }) => (writer?.epoch === epoch ? [writer.index] : [])),
  );
  return (node) => !heard.has(indexByHash(node, of));
}

/**
 * What can be read of a value that was stored after `sinceMs`; anything else of it is left out:
 * then less is known.
 */
export function readCheckpoint(bytes: Uint8Array, sinceMs: number): OpenMinutes {
  const { atMs, rows } = readValue(bytes);
  return openMinutes(atMs < sinceMs ? [] : rows);
}

interface StoredValue {
  readonly atMs: number;
  readonly rows: readonly unknown[];
  /** undefined = an earlier version did not say. */
  readonly writer: CheckpointWriter | undefined;
}
/** What cannot be read was stored long ago, and holds nothing. */
const UNREADABLE: StoredValue = { atMs: 0, rows: [], writer: undefined };

function readValue(bytes: Uint8Array): StoredValue {
  const plain = unpackPlain(bytes, MAX_BYTES);
  if (!plain.ok || !Array.isArray(plain.value)) return UNREADABLE;
  const [format, atMs, rows, writer] = plain.value as Row;
  if (format !== FORMAT || !isNumber(atMs) || !Array.isArray(rows)) return UNREADABLE;
  return { atMs: atMs as number, rows, writer: writerIn(writer) };
}

function writerIn(said: unknown): CheckpointWriter | undefined {
  if (!Array.isArray(said)) return undefined;
  const [epoch, index, of] = said as Row;
  if (!isNumber(epoch) || !isNumber(index) || !isNumber(of) || of === 0) return undefined;
  return { epoch: epoch as number, index: index as number, of: of as number };
}

function openMinutes(rows: readonly unknown[]): OpenMinutes {
  const found = new Map<NodeId, OpenMinute>();
  for (const row of rows) {
    const open = Array.isArray(row) ? openMinute(row) : undefined;
    if (open !== undefined) found.set((row as Row)[0] as NodeId, open);
  }
  return found;
}

function openMinute(row: Row): OpenMinute | undefined {
  const [node, bootId, sequence, sentAtMs, minute, epoch, seconds, partial, tallies, energy] = row;
  const [allocatableCores, later] = row.slice(10);
  const numbers = [sequence, sentAtMs, minute, epoch, seconds];
  if (!isId(node) || typeof bootId !== 'string' || !numbers.every(isNumber)) return undefined;
  if (!Array.isArray(tallies)) return undefined;
  const allocations = new Map<string, Tally>();
  for (const each of tallies) {
    const tally = Array.isArray(each) ? tallyOf(each) : undefined;
    if (tally === undefined) return undefined;
    allocations.set((each as Row)[0] as string, tally);
  }
  addLater(allocations, later);
  return {
    bootId,
    sequence: sequence as number,
    sentAtMs: sentAtMs as number,
    minute: minute as number,
    epoch: epoch as number,
    seconds: seconds as number,
    partial: partial === true,
    allocations: new Tallies(allocations),
    energy: energyIn(energy),
    // An earlier version stored none.
    allocatableCores: isNumber(allocatableCores) ? (allocatableCores as number) : null,
  };
}

/** An earlier version stored none. */
function energyIn(rows: unknown): EnergyCounters {
  const pairs = Array.isArray(rows) ? rows.filter(isPair) : [];
  return new Map(pairs);
}

const isPair = (row: unknown): row is [string, number] =>
  Array.isArray(row) && typeof row[0] === 'string' && isNumber(row[1]);

// What an earlier version did not count yet is missing at the end; what a later one counts besides
// stands apart, or is left out.
function tallyOf([id, life, job, ...stored]: Row): Tally | undefined {
  if (!isId(id) || !isId(job) || typeof life !== 'string') return undefined;
  const values = stored.slice(0, ROW_FIELDS);
  if (values.length < FIRST_FIELDS) return undefined;
  const fields = values.map((value, index) => [TALLY_FIELDS[index], value] as const);
  if (!fields.every(([field, value]) => isField(field, value))) return undefined;
  return tallyWith({ life, job }, Object.fromEntries(fields));
}

/** The fields that stand apart; an earlier version stored none. */
function addLater(allocations: ReadonlyMap<string, Tally>, rows: unknown): void {
  if (!Array.isArray(rows)) return;
  for (const row of rows.filter(Array.isArray) as readonly Row[]) {
    const [id, ...values] = row;
    const tally = typeof id === 'string' ? allocations.get(id) : undefined;
    if (tally === undefined) continue;
    LATER_FIELDS.forEach((field, index) => {
      const value = values[index];
      if (isField(field, value)) setValue(tally, field, value);
    });
  }
}

const isField = (field: TallyField | undefined, value: unknown): value is number | null =>
  isNumber(value) || (value === null && field !== undefined && mayBeUnknown(field));

const isId = (value: unknown): value is string => typeof value === 'string' && isSafeId(value);
const isNumber = (value: unknown): boolean =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0;
