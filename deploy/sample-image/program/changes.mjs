import { InputFault } from './fault.mjs';

/**
 * A change of the load; what it leaves out stays as it was. Factors are of the load at the start.
 * @typedef {object} Change
 * @property {number} atMs
 * @property {number | undefined} rateFactor
 * @property {number | undefined} batchFactor
 */

/**
 * The load from one moment to the next piece.
 * @typedef {object} Piece
 * @property {number} fromMs since the `ready` line
 * @property {number} rate requests per second
 * @property {number} batch inferences per request
 */

export const MAX_BATCH = 10_000;
export const MAX_RATE = 10_000;
const MAX_AT_MS = 7 * 24 * 3_600_000;
const MIN_FACTOR = 0.001;
const MAX_FACTOR = 1000;
const UNIT_MS = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

/**
 * Reads `90s:rate=2x,batch=1.5x`.
 * @param {string} text
 * @returns {Readonly<Change>}
 * @throws {InputFault}
 */
export function readChange(text) {
  const [, amount = '', unit = '', list = ''] =
    /^([0-9]+(?:\.[0-9]+)?)(ms|s|m|h):(.+)$/s.exec(text) ?? [];
  if (amount === '') refuse(text, 'give TIME:CHANGE, such as 90s:rate=2x or 2m:rate=1x,batch=1.5x');
  const atMs = Math.round(Number(amount) * (UNIT_MS.get(unit) ?? 1));
  if (atMs > MAX_AT_MS) refuse(text, 'give a time of at most 168h');
  /** @type {Map<string, number>} */
  const factors = new Map();
  for (const part of list.split(',')) {
    const [, name = '', factor = ''] = /^(rate|batch)=([0-9]+(?:\.[0-9]+)?)x$/.exec(part) ?? [];
    if (name === '') refuse(text, `"${part}" is no change; give rate=2x or batch=1.5x`);
    if (factors.has(name)) refuse(text, `it changes the ${name} twice; give one factor`);
    const value = Number(factor);
    if (value < MIN_FACTOR || value > MAX_FACTOR) {
      refuse(text, `give factors from ${MIN_FACTOR}x to ${MAX_FACTOR}x`);
    }
    factors.set(name, value);
  }
  return Object.freeze({
    atMs,
    rateFactor: factors.get('rate'),
    batchFactor: factors.get('batch'),
  });
}

/** @type {(text: string, cure: string) => never} */
function refuse(text, cure) {
  throw new InputFault(`--at "${text}" is not possible; ${cure}.`);
}

/**
 * @param {readonly Change[]} changes in any order
 * @param {{ rate: number, batch: number }} start
 * @returns {readonly Readonly<Change>[]} by time
 * @throws {InputFault} two at the same time, or a load out of reach
 */
export function checkedChanges(changes, { rate, batch }) {
  const sorted = changes.toSorted((a, b) => a.atMs - b.atMs);
  for (const [index, { atMs, rateFactor = 1, batchFactor = 1 }] of sorted.entries()) {
    if (sorted[index + 1]?.atMs === atMs) {
      throw new InputFault(
        `--at ${atMs}ms is given twice; put both changes in one, such as ` +
          `${atMs}ms:rate=2x,batch=2x.`,
      );
    }
    if (rate * rateFactor > MAX_RATE) {
      throw new InputFault(
        `--at ${atMs}ms:rate=${rateFactor}x means ${rate * rateFactor} requests per ` +
          `second; stay at ${MAX_RATE} or below.`,
      );
    }
    if (Math.round(batch * batchFactor) > MAX_BATCH) {
      throw new InputFault(
        `--at ${atMs}ms:batch=${batchFactor}x means ${Math.round(batch * batchFactor)} ` +
          `inferences; stay at ${MAX_BATCH} or below.`,
      );
    }
  }
  return Object.freeze(sorted);
}

/**
 * The load over time. A piece begins at each change, the first one at the beginning of time.
 * @param {{ rate: number, batch: number }} start
 * @param {readonly Change[]} changes by time
 * @param {number} originMs where the times of the changes count from, in ms since the `ready` line
 * @returns {readonly Readonly<Piece>[]} never empty; whole batches, at least 1
 */
export function piecesOf(start, changes, originMs) {
  const pieces = [Object.freeze({ fromMs: Number.NEGATIVE_INFINITY, ...start })];
  let rateFactor = 1;
  let batchFactor = 1;
  for (const change of changes) {
    rateFactor = change.rateFactor ?? rateFactor;
    batchFactor = change.batchFactor ?? batchFactor;
    const batch = Math.max(1, Math.round(start.batch * batchFactor));
    pieces.push(
      Object.freeze({ fromMs: originMs + change.atMs, rate: start.rate * rateFactor, batch }),
    );
  }
  return Object.freeze(pieces);
}

/**
 * @param {readonly Piece[]} pieces
 * @param {number} ms since the `ready` line
 * @returns {Piece} in force then
 */
export function pieceAt(pieces, ms) {
  const piece = pieces.findLast(({ fromMs }) => fromMs <= ms);
  if (piece === undefined)
    throw new Error('the first piece does not begin at the beginning of time');
  return piece;
}
