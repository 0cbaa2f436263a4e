import { defineNetwork } from './layers.mjs';

// Widening, channels given, blocks, stride of the first block: t, c, n and s of the paper.
const STAGES = /** @type {const} */ ([
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
]);

/** Sandler and others 2018, table 2. */
export const mobilenetV2 = () =>
  defineNetwork(
    { name: 'mobilenet-v2', source: 'https://arxiv.org/abs/1801.04381', size: 224 },
    (net) => {
      let last = net.conv(net.input, {
        out: 32,
        kernel: 3,
        stride: 2,
        pad: 1,
        activation: 'relu6',
      });
      for (const [widening, out, blocks, firstStride] of STAGES) {
        for (let block = 0; block < blocks; block += 1) {
          last = invertedResidual(net, last, {
            widening,
            out,
            stride: block === 0 ? firstStride : 1,
          });
        }
      }
      last = net.conv(last, { out: 1280, kernel: 1, activation: 'relu6' });
      return net.dense(net.globalPool(last), { out: 1000 });
    },
  );

/**
 * @type {(net: import('./layers.mjs').Drawing, from: string, options: { widening: number, out:
 *   number, stride: number }) => string}
 */
function invertedResidual(net, from, { widening, out, stride }) {
  const { channels } = net.shapeOf(from);
  const wide =
    widening === 1
      ? from
      : net.conv(from, { out: channels * widening, kernel: 1, activation: 'relu6' });
  const seen = net.depthwise(wide, { kernel: 3, stride, pad: 1, activation: 'relu6' });
  const narrow = net.conv(seen, { out, kernel: 1, activation: 'none' });
  return stride === 1 && channels === out ? net.add(narrow, from) : narrow;
}
