import pngjs from 'pngjs';
import { InputFault } from '../fault.mjs';

/**
 * Red, green and blue, one byte each, row by row.
 * @typedef {object} Picture
 * @property {number} width
 * @property {number} height
 * @property {Uint8Array} rgb
 */

/**
 * @typedef {{ readonly left: number, readonly top: number, readonly width: number, readonly height:
 *   number }} Box
 */

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const HEADER_BYTES = 24;
const MAX_PIXELS = 16_000_000;

/**
 * @param {Buffer} bytes
 * @returns {Picture}
 * @throws {InputFault} no PNG, broken, or too large
 */
export function decodePng(bytes) {
  if (bytes.length < HEADER_BYTES || !bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE)) {
    throw new InputFault('the input is not a PNG; this model reads a PNG picture.');
  }
  // Before decoding, since a few bytes can unpack to gigabytes.
  const pixels = bytes.readUInt32BE(16) * bytes.readUInt32BE(20);
  if (pixels > MAX_PIXELS)
    throw new InputFault(`the PNG has ${pixels} pixels; give one of at most ${MAX_PIXELS}.`);
  return withoutAlpha(unpack(bytes));
}

/** @param {Buffer} bytes */
function unpack(bytes) {
  try {
    return pngjs.PNG.sync.read(bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputFault(`the PNG is broken (${reason}); give a whole one.`);
  }
}

/**
 * Transparent pixels show white, as on a page.
 * @param {{ width: number, height: number, data: Uint8Array }} png
 * @returns {Picture}
 */
function withoutAlpha({ width, height, data }) {
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const alpha = (data[pixel * 4 + 3] ?? 255) / 255;
    for (let channel = 0; channel < 3; channel += 1) {
      rgb[pixel * 3 + channel] = Math.round(
        (data[pixel * 4 + channel] ?? 0) * alpha + 255 * (1 - alpha),
      );
    }
  }
  return { width, height, rgb };
}

/**
 * @param {Picture} picture
 * @param {Box} box inside the picture
 * @returns {Picture}
 */
export function crop(picture, box) {
  const rgb = new Uint8Array(box.width * box.height * 3);
  for (let row = 0; row < box.height; row += 1) {
    const from = ((box.top + row) * picture.width + box.left) * 3;
    rgb.set(picture.rgb.subarray(from, from + box.width * 3), row * box.width * 3);
  }
  return { width: box.width, height: box.height, rgb };
}

/**
 * @param {Picture} picture
 * @returns {Picture} turned by 180°
 */
export function turnedAround(picture) {
  const rgb = new Uint8Array(picture.rgb.length);
  const pixels = picture.width * picture.height;
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    const from = (pixels - 1 - pixel) * 3;
    rgb.set(picture.rgb.subarray(from, from + 3), pixel * 3);
  }
  return { ...picture, rgb };
}

/**
 * @param {Picture} picture
 * @param {number} pixel
 * @returns {number} brightness, 0 to 255 (ITU-R BT.601)
 */
export const brightness = ({ rgb }, pixel) =>
  0.299 * (rgb[pixel * 3] ?? 0) +
  0.587 * (rgb[pixel * 3 + 1] ?? 0) +
  0.114 * (rgb[pixel * 3 + 2] ?? 0);
