import { brightness, crop } from './image.mjs';

/** @typedef {import('./image.mjs').Picture} Picture */

const CONTRAST = 64;
const MIN_HEIGHT = 6;
/** Dots and accents stand apart from their letters by less than this share of a line. */
const MAX_GAP_RATIO = 0.25;
const MARGIN_RATIO = 0.15;

/**
 * The lines of text on a page with a plain ground, from top to bottom; the whole picture when none
 * is found.
 * @param {Picture} picture
 * @returns {Picture[]}
 */
export function textLines(picture) {
  const ink = inkOf(picture);
  const bands = joinBands(runs(picture.height, (row) => rowHasInk(ink, picture.width, row)));
  const lines = bands
    .filter(([top, end]) => end - top >= MIN_HEIGHT)
    .map(([top, end]) => crop(picture, boxOf(picture, ink, top, end)));
  return lines.length === 0 ? [picture] : lines;
}

/**
 * 1 where a pixel stands out from the ground; the ground is the brightness most pixels have.
 * @param {Picture} picture
 */
function inkOf(picture) {
  const pixels = picture.width * picture.height;
  const counts = new Uint32Array(256);
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    const level = Math.round(brightness(picture, pixel));
    counts[level] = (counts[level] ?? 0) + 1;
  }
  const ground = counts.indexOf(Math.max(...counts));
  const ink = new Uint8Array(pixels);
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    ink[pixel] = Math.abs(brightness(picture, pixel) - ground) > CONTRAST ? 1 : 0;
  }
  return ink;
}

/** @type {(ink: Uint8Array, width: number, row: number) => boolean} */
const rowHasInk = (ink, width, row) => ink.subarray(row * width, (row + 1) * width).includes(1);

/**
 * @param {number} length
 * @param {(at: number) => boolean} holds
 * @returns {[number, number][]} half-open ranges where it holds
 */
function runs(length, holds) {
  /** @type {[number, number][]} */
  const found = [];
  let start = -1;
  for (let at = 0; at <= length; at += 1) {
    const inside = at < length && holds(at);
    if (inside && start < 0) start = at;
    if (!inside && start >= 0) {
      found.push([start, at]);
      start = -1;
    }
  }
  return found;
}

/** @param {[number, number][]} bands */
function joinBands(bands) {
  const tallest = Math.max(0, ...bands.map(([top, end]) => end - top));
  /** @type {[number, number][]} */
  const joined = [];
  for (const [top, end] of bands) {
    const last = joined.at(-1);
    if (last !== undefined && top - last[1] < tallest * MAX_GAP_RATIO) last[1] = end;
    else joined.push([top, end]);
  }
  return joined;
}

/**
 * The band narrowed to its ink, with a margin.
 * @param {Picture} picture
 * @param {Uint8Array} ink
 * @param {number} top
 * @param {number} end
 */
function boxOf({ width, height }, ink, top, end) {
  const columns = runs(width, (column) => {
    for (let row = top; row < end; row += 1) if (ink[row * width + column] === 1) return true;
    return false;
  });
  const margin = Math.round((end - top) * MARGIN_RATIO);
  const left = Math.max(0, (columns[0]?.[0] ?? 0) - margin);
  const right = Math.min(width, (columns.at(-1)?.[1] ?? width) + margin);
  const upper = Math.max(0, top - margin);
  const lower = Math.min(height, end + margin);
  return { left, top: upper, width: right - left, height: lower - upper };
}
