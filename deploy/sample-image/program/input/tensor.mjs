import ort from 'onnxruntime-node';

/** @typedef {import('./image.mjs').Picture} Picture */

/**
 * How one channel becomes a number for the model: (byte / 255 - mean) / deviation.
 * @typedef {{ readonly mean: readonly number[], readonly deviation: readonly number[] }} Scale
 */

/**
 * The picture inside a frame of `width` × `height`, in the order [1, 3, height, width], channels
 * blue, green, red as PP-OCR was trained. It keeps its proportions and lies at the top left; the
 * rest is 0.
 *
 * @param {Picture} picture
 * @param {{ readonly width: number, readonly height: number }} frame
 * @param {Scale} scale
 * @returns {{ tensor: ort.Tensor, width: number, height: number }} the size is that of the scaled
 *   picture
 */
export function pictureTensor(picture, frame, scale) {
  const ratio = Math.min(frame.width / picture.width, frame.height / picture.height);
  const width = Math.max(1, Math.min(frame.width, Math.round(picture.width * ratio)));
  const height = Math.max(1, Math.min(frame.height, Math.round(picture.height * ratio)));
  const plane = frame.width * frame.height;
  const data = new Float32Array(3 * plane);
  const columns = taps(picture.width, width);
  const rows = taps(picture.height, height);
  for (let channel = 0; channel < 3; channel += 1) {
    const gain = 1 / (255 * (scale.deviation[channel] ?? 1));
    const offset = -(scale.mean[channel] ?? 0) / (scale.deviation[channel] ?? 1);
    const target = data.subarray(channel * plane, (channel + 1) * plane);
    resample(
      picture,
      { channel: 2 - channel, columns, rows, gain, offset, stride: frame.width },
      target,
    );
  }
  return {
    tensor: new ort.Tensor('float32', data, [1, 3, frame.height, frame.width]),
    width,
    height,
  };
}

/**
 * For each target position: the two source positions around it and the share of the second.
 * @param {number} source
 * @param {number} target
 */
function taps(source, target) {
  const first = new Int32Array(target);
  const second = new Int32Array(target);
  const share = new Float32Array(target);
  for (let at = 0; at < target; at += 1) {
    const position = Math.min(source - 1, Math.max(0, ((at + 0.5) * source) / target - 0.5));
    first[at] = Math.floor(position);
    second[at] = Math.min(source - 1, Math.floor(position) + 1);
    share[at] = position - Math.floor(position);
  }
  return { first, second, share };
}

/**
 * Bilinear, one channel.
 * @param {Picture} picture
 * @param {{ channel: number, columns: ReturnType<typeof taps>, rows: ReturnType<typeof taps>, gain:
 *   number, offset: number, stride: number }} plan
 * @param {Float32Array} target
 */
function resample({ width, rgb }, { channel, columns, rows, gain, offset, stride }, target) {
  for (let y = 0; y < rows.first.length; y += 1) {
    const upper = Number(rows.first[y]) * width;
    const lower = Number(rows.second[y]) * width;
    const down = Number(rows.share[y]);
    for (let x = 0; x < columns.first.length; x += 1) {
      const left = Number(columns.first[x]);
      const right = Number(columns.second[x]);
      const along = Number(columns.share[x]);
      const top = mix(
        Number(rgb[(upper + left) * 3 + channel]),
        Number(rgb[(upper + right) * 3 + channel]),
        along,
      );
      const bottom = mix(
        Number(rgb[(lower + left) * 3 + channel]),
        Number(rgb[(lower + right) * 3 + channel]),
        along,
      );
      target[y * stride + x] = mix(top, bottom, down) * gain + offset;
    }
  }
}

/** @type {(from: number, to: number, share: number) => number} */
const mix = (from, to, share) => from + (to - from) * share;
