import { defineNetwork } from './layers.mjs';

/** @typedef {import('./layers.mjs').Drawing} Drawing */

const ENTRY = [128, 256, 728];
const MIDDLE_BLOCKS = 8;
const MIDDLE = [728, 728, 728];
const EXIT = [728, 1024];
const LAST = [1536, 2048];

/**
 * Chollet 2016, figure 5; one layer for each convolution, nothing between depthwise and pointwise.
 */
export const xception = () =>
  defineNetwork(
    { name: 'xception', source: 'https://arxiv.org/abs/1610.02357', size: 299 },
    (net) => {
      let last = net.conv(net.input, { out: 32, kernel: 3, stride: 2, pad: 'valid' });
      last = net.conv(last, { out: 64, kernel: 3, pad: 'valid' });
      for (const [index, out] of ENTRY.entries())
        last = halving(net, last, { widths: [out, out], reluFirst: index > 0 });
      for (let block = 0; block < MIDDLE_BLOCKS; block += 1) {
        last = net.add(separableLayers(net, last, { widths: MIDDLE, reluFirst: true }), last);
      }
      last = halving(net, last, { widths: EXIT, reluFirst: true });
      for (const out of LAST) last = separable(net, last, { out, activation: 'relu' });
      return net.dense(net.globalPool(last), { out: 1000 });
    },
  );

/**
 * @type {(net: Drawing, from: string, options: { widths: readonly number[], reluFirst: boolean })
 *   => string}
 */
function halving(net, from, options) {
  const out = options.widths.at(-1) ?? 0;
  const shortcut = net.conv(from, { out, kernel: 1, stride: 2, activation: 'none' });
  const seen = separableLayers(net, from, options);
  return net.add(net.maxPool(seen, { kernel: 3, stride: 2, pad: 'same' }), shortcut);
}

/**
 * @type {(net: Drawing, from: string, options: { widths: readonly number[], reluFirst: boolean })
 *   => string}
 */
function separableLayers(net, from, { widths, reluFirst }) {
  let last = from;
  for (const [index, out] of widths.entries()) {
    const given = reluFirst || index > 0 ? net.relu(last) : last;
    last = separable(net, given, { out, activation: 'none' });
  }
  return last;
}

/**
 * @type {(net: Drawing, from: string, options: { out: number, activation:
 *   import('./layers.mjs').Activation }) => string}
 */
function separable(net, from, { out, activation }) {
  const seen = net.depthwise(from, { kernel: 3, activation: 'none', shift: 'none' });
  return net.conv(seen, { out, kernel: 1, activation });
}
