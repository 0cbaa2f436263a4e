import { defineNetwork } from './layers.mjs';

// Channels inside the block, blocks, stride of the first block. A block gives four times its
// channels.
const STAGES = /** @type {const} */ ([
  [64, 3, 1],
  [128, 4, 2],
  [256, 6, 2],
  [512, 3, 2],
]);

/**
 * He and others 2015, table 1, with the stride in the 3 × 3 convolution as common implementations
 * have it ("v1.5").
 */
export const resnet50 = () =>
  defineNetwork(
    { name: 'resnet-50', source: 'https://arxiv.org/abs/1512.03385', size: 224 },
    (net) => {
      let last = net.conv(net.input, { out: 64, kernel: 7, stride: 2, pad: 3 });
      last = net.maxPool(last, { kernel: 3, stride: 2, pad: 1 });
      for (const [channels, blocks, firstStride] of STAGES) {
        for (let block = 0; block < blocks; block += 1) {
          last = bottleneck(net, last, {
            channels,
            stride: block === 0 ? firstStride : 1,
            project: block === 0,
          });
        }
      }
      return net.dense(net.globalPool(last), { out: 1000 });
    },
  );

/**
 * @type {(net: import('./layers.mjs').Drawing, from: string, options: { channels: number, stride:
 *   number, project: boolean }) => string}
 */
function bottleneck(net, from, { channels, stride, project }) {
  const out = 4 * channels;
  const reduced = net.conv(from, { out: channels, kernel: 1 });
  const seen = net.conv(reduced, { out: channels, kernel: 3, stride, pad: 1 });
  const widened = net.conv(seen, { out, kernel: 1, activation: 'none' });
  const shortcut = project ? net.conv(from, { out, kernel: 1, stride, activation: 'none' }) : from;
  return net.relu(net.add(widened, shortcut));
}
