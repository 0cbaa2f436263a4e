/** @typedef {import('../input/image.mjs').Box} Box */

export const TEXT_PROBABILITY = 0.3;
const MIN_MEAN_PROBABILITY = 0.6;
const MIN_SIDE = 3;
/** The map shows text shrunk by about this share of its height, so that neighbours stay apart. */
const GROW_RATIO = 0.4;

/**
 * Upright boxes around connected text pixels, from top to bottom.
 * @param {Float32Array} map probability of text for each pixel, row by row
 * @param {{ readonly width: number, readonly height: number }} size
 * @returns {Box[]} in pixels of the map
 */
export function boxesOf(map, { width, height }) {
  const seen = new Uint8Array(map.length);
  /** @type {Box[]} */
  const boxes = [];
  for (let pixel = 0; pixel < map.length; pixel += 1) {
    if (seen[pixel] === 1 || Number(map[pixel]) <= TEXT_PROBABILITY) continue;
    const patch = flood(map, seen, { start: pixel, width });
    const box = {
      left: patch.left,
      top: patch.top,
      width: patch.right - patch.left + 1,
      height: patch.bottom - patch.top + 1,
    };
    if (
      Math.min(box.width, box.height) < MIN_SIDE ||
      patch.sum / patch.count < MIN_MEAN_PROBABILITY
    )
      continue;
    boxes.push(grown(box, width, height));
  }
  return boxes.sort((a, b) => a.top - b.top || a.left - b.left);
}

/**
 * @param {Float32Array} map
 * @param {Uint8Array} seen
 * @param {{ readonly start: number, readonly width: number }} from
 */
function flood(map, seen, { start, width }) {
  const patch = { left: width, right: 0, top: map.length, bottom: 0, sum: 0, count: 0 };
  const open = [start];
  seen[start] = 1;
  for (let pixel = open.pop(); pixel !== undefined; pixel = open.pop()) {
    const x = pixel % width;
    const y = (pixel - x) / width;
    patch.left = Math.min(patch.left, x);
    patch.right = Math.max(patch.right, x);
    patch.top = Math.min(patch.top, y);
    patch.bottom = Math.max(patch.bottom, y);
    patch.sum += Number(map[pixel]);
    patch.count += 1;
    for (const next of [
      x > 0 ? pixel - 1 : -1,
      x < width - 1 ? pixel + 1 : -1,
      pixel - width,
      pixel + width,
    ]) {
      if (
        next < 0 ||
        next >= map.length ||
        seen[next] === 1 ||
        Number(map[next]) <= TEXT_PROBABILITY
      )
        continue;
      seen[next] = 1;
      open.push(next);
    }
  }
  return patch;
}

/** @type {(box: Box, width: number, height: number) => Box} */
function grown(box, width, height) {
  const by = Math.round(box.height * GROW_RATIO);
  const left = Math.max(0, box.left - by);
  const top = Math.max(0, box.top - by);
  return {
    left,
    top,
    width: Math.min(width, box.left + box.width + by) - left,
    height: Math.min(height, box.top + box.height + by) - top,
  };
}
