import { defineNetwork } from './layers.mjs';

/** @typedef {import('./layers.mjs').Drawing} Drawing */
/**
 * @typedef {Partial<import('./layers.mjs').ConvOptions> & { out: number, kernel: number | readonly
 *   [number, number] }} Row
 */

/** @type {(out: number, kernel: Row['kernel'], more?: Partial<Row>) => Row} */
const conv = (out, kernel, more = {}) => ({ out, kernel, ...more });
const WIDE = /** @type {const} */ ([1, 7]);
const TALL = /** @type {const} */ ([7, 1]);
const HALVE = /** @type {const} */ ({ stride: 2, pad: 'valid' });

const STEM_BEFORE_POOL = [conv(32, 3, HALVE), conv(32, 3, { pad: 'valid' }), conv(64, 3)];
const STEM_AFTER_POOL = [conv(80, 1), conv(192, 3, { pad: 'valid' })];
/** Channels behind the pool of the blocks at 35 × 35. */
const POOLED_AT_35 = [32, 64, 64];
/** Channels inside the 7 × 1 and 1 × 7 pairs of the blocks at 17 × 17. */
const INSIDE_AT_17 = [128, 160, 160, 192];
const BLOCKS_AT_8 = 2;

/**
 * Szegedy and others 2015, table 1 and figures 5 to 7, without the auxiliary classifier, which only
 * training uses; widths inside the blocks as in the published model.
 */
export const inceptionV3 = () =>
  defineNetwork(
    { name: 'inception-v3', source: 'https://arxiv.org/abs/1512.00567', size: 299 },
    (net) => {
      let last = net.maxPool(chain(net, net.input, STEM_BEFORE_POOL), { kernel: 3, stride: 2 });
      last = net.maxPool(chain(net, last, STEM_AFTER_POOL), { kernel: 3, stride: 2 });
      for (const pooled of POOLED_AT_35) {
        last = block(net, last, {
          branches: [
            [conv(64, 1)],
            [conv(48, 1), conv(64, 5)],
            [conv(64, 1), conv(96, 3), conv(96, 3)],
          ],
          pooled,
        });
      }
      last = halving(net, last, [
        [conv(384, 3, HALVE)],
        [conv(64, 1), conv(96, 3), conv(96, 3, HALVE)],
      ]);
      for (const inside of INSIDE_AT_17)
        last = block(net, last, { branches: branchesAt17(inside), pooled: 192 });
      last = halving(net, last, [
        [conv(192, 1), conv(320, 3, HALVE)],
        [conv(192, 1), conv(192, WIDE), conv(192, TALL), conv(192, 3, HALVE)],
      ]);
      for (let done = 0; done < BLOCKS_AT_8; done += 1) last = blockAt8(net, last);
      return net.dense(net.globalPool(last), { out: 1000 });
    },
  );

/** @type {(inside: number) => readonly (readonly Row[])[]} */
const branchesAt17 = (inside) => [
  [conv(192, 1)],
  [conv(inside, 1), conv(inside, WIDE), conv(192, TALL)],
  [conv(inside, 1), conv(inside, TALL), conv(inside, WIDE), conv(inside, TALL), conv(192, WIDE)],
];

/** @type {(net: Drawing, from: string, rows: readonly Row[]) => string} */
const chain = (net, from, rows) => rows.reduce((last, row) => net.conv(last, row), from);

/**
 * @type {(net: Drawing, from: string, options: { branches: readonly (readonly Row[])[], pooled:
 *   number }) => string}
 */
const block = (net, from, { branches, pooled }) =>
  net.concat([...branches.map((rows) => chain(net, from, rows)), behindPool(net, from, pooled)]);

/** @type {(net: Drawing, from: string, out: number) => string} */
const behindPool = (net, from, out) =>
  net.conv(net.averagePool(from, { kernel: 3, stride: 1, pad: 'same' }), { out, kernel: 1 });

/** @type {(net: Drawing, from: string, branches: readonly (readonly Row[])[]) => string} */
const halving = (net, from, branches) =>
  net.concat([
    ...branches.map((rows) => chain(net, from, rows)),
    net.maxPool(from, { kernel: 3, stride: 2 }),
  ]);

/** @type {(net: Drawing, from: string) => string} */
function blockAt8(net, from) {
  const fork = (/** @type {readonly Row[]} */ rows) => {
    const last = chain(net, from, rows);
    return [net.conv(last, conv(384, [1, 3])), net.conv(last, conv(384, [3, 1]))];
  };
  return net.concat([
    net.conv(from, conv(320, 1)),
    ...fork([conv(384, 1)]),
    ...fork([conv(448, 1), conv(384, 3)]),
    behindPool(net, from, 192),
  ]);
}
