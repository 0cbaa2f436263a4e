import { defineNetwork } from './layers.mjs';

// Channels and number of the 3 × 3 convolutions before each halving of the picture.
const STAGES = /** @type {const} */ ([
  [64, 2],
  [128, 2],
  [256, 3],
  [512, 3],
  [512, 3],
]);
const DENSE = [4096, 4096];

/** Simonyan and Zisserman 2014, table 1, column D. */
export const vgg16 = () =>
  defineNetwork({ name: 'vgg-16', source: 'https://arxiv.org/abs/1409.1556', size: 224 }, (net) => {
    let last = net.input;
    for (const [out, convolutions] of STAGES) {
      for (let done = 0; done < convolutions; done += 1)
        last = net.conv(last, { out, kernel: 3, shift: 'bias' });
      last = net.maxPool(last, { kernel: 2, stride: 2 });
    }
    for (const out of DENSE) last = net.dense(last, { out, activation: 'relu' });
    return net.dense(last, { out: 1000 });
  });
