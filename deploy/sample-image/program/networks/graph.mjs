import { seededRandom } from '../random.mjs';
import { biasOf, weightsOf } from './weights.mjs';

/** @typedef {import('./layers.mjs').Layer} Layer */
/** @typedef {import('./weights.mjs').Constant} Constant */

/**
 * Attributes are whole numbers or lists of them.
 * @typedef {{ readonly op: string, readonly inputs: readonly string[], readonly output: string,
 *   readonly attributes: Readonly<Record<string, number | readonly number[]>> }} Node
 */

/**
 * @typedef {object} Graph
 * @property {string} name
 * @property {string} source
 * @property {{ name: string, dims: readonly number[] }} input
 * @property {{ name: string, dims: readonly number[] }} output
 * @property {readonly Node[]} nodes
 * @property {readonly Constant[]} constants
 */

/**
 * What the numbers that a layer gives are like, by rule of thumb: their mean square, and whether
 * they spread around 0. With it each layer's weights are scaled so that numbers neither grow nor
 * fade through the network, as batch norms do it in training. Numbers that fade away become
 * denormal, and those take a processor many times as long.
 * @typedef {{ readonly square: number, readonly centred: boolean }} Spread
 */

/** @typedef {{ nodes: readonly Node[], constants: readonly Constant[], spread: Spread }} Part */

/** @typedef {{ layer: Layer, spreads: readonly Spread[], random: () => number }} Given */

/** The largest of nine is larger than most. */
const MAX_POOL_RAISES = 1.5;
/** @type {Spread} */
const UNIT = { square: 1, centred: true };

/**
 * @param {import('./layers.mjs').Network} network
 * @param {number} seed
 * @returns {Readonly<Graph>} the same for the same seed
 */
export function graphOf(network, seed) {
  const random = seededRandom(seed);
  /** @type {Map<string, Spread>} */
  const spreads = new Map();
  /** @type {Node[]} */
  const nodes = [];
  /** @type {Constant[]} */
  const constants = [];
  for (const layer of network.layers) {
    const part = PARTS[layer.op]({
      layer,
      spreads: layer.from.map((id) => spreads.get(id) ?? UNIT),
      random,
    });
    spreads.set(layer.id, part.spread);
    nodes.push(...part.nodes);
    constants.push(...part.constants);
  }
  const [first] = network.layers;
  const last = network.layers.at(-1);
  if (first === undefined || last === undefined) throw new Error(`${network.name} has no layers`);
  const { channels, height, width } = first.shape;
  return Object.freeze({
    name: network.name,
    source: network.source,
    input: { name: first.id, dims: [1, channels, height, width] },
    output: { name: last.id, dims: [1, last.shape.channels] },
    nodes,
    constants: [...constants, ...usedLimits(nodes)],
  });
}

/** @type {Readonly<Record<Layer['op'], (given: Given) => Part>>} */
const PARTS = {
  input: () => ({ nodes: [], constants: [], spread: UNIT }),
  conv: (given) => weighted(given),
  dense: (given) => weighted(given),
  maxPool: ({ layer, spreads }) =>
    plain(layer, {
      op: 'MaxPool',
      attributes: windowAttributes(layer),
      spread: raised(sumOf(spreads)),
    }),
  averagePool: ({ layer, spreads }) => {
    const attributes = { ...windowAttributes(layer), count_include_pad: 1 };
    return plain(layer, { op: 'AveragePool', attributes, spread: sumOf(spreads) });
  },
  globalPool: ({ layer, spreads }) =>
    plain(layer, { op: 'GlobalAveragePool', spread: sumOf(spreads) }),
  concat: ({ layer, spreads }) => {
    const { square, centred } = sumOf(spreads);
    const spread = { square: square / spreads.length, centred };
    return plain(layer, { op: 'Concat', attributes: { axis: 1 }, spread });
  },
  add: ({ layer, spreads }) => plain(layer, { op: 'Add', spread: sumOf(spreads) }),
  relu: ({ layer, spreads }) => plain(layer, { op: 'Relu', spread: rectified(sumOf(spreads)) }),
  softmax: ({ layer, spreads }) =>
    plain(layer, { op: 'Softmax', attributes: { axis: 1 }, spread: sumOf(spreads) }),
};

/**
 * @type {(spreads: readonly Spread[]) => Spread} of one, or of the sum of several which know
 *   nothing of each other
 */
const sumOf = (spreads) => ({
  square: spreads.reduce((sum, { square }) => sum + square, 0),
  centred: spreads.every(({ centred }) => centred),
});

/**
 * @type {(spread: Spread) => Spread} half of what spreads around 0 goes away, and next to nothing
 *   of the rest
 */
const rectified = ({ square, centred }) => ({
  square: centred ? square / 2 : square,
  centred: false,
});

/** @type {(spread: Spread) => Spread} */
const raised = ({ square, centred }) => ({ square: square * MAX_POOL_RAISES, centred });

/**
 * @type {(layer: Layer, options: { op: string, attributes?: Node['attributes'], spread: Spread })
 *   => Part}
 */
const plain = (layer, { op, attributes = {}, spread }) => ({
  nodes: [{ op, inputs: layer.from, output: layer.id, attributes }],
  constants: [],
  spread,
});

/** @type {(layer: Layer) => Node['attributes']} */
const windowAttributes = ({ window }) =>
  window === undefined
    ? {}
    : { kernel_shape: window.size, strides: [window.stride, window.stride], pads: window.pads };

/** @type {(given: Given) => Part} */
function weighted({ layer, spreads, random }) {
  const { id, op, weights, activation = 'none', window, groups = 1 } = layer;
  if (weights === undefined) throw new Error(`${id} has no weights`);
  const { rows, columns, bias } = weights;
  const deviation = 1 / Math.sqrt(columns * sumOf(spreads).square);
  const dims =
    window === undefined
      ? [rows, columns]
      : [rows, columns / (window.size[0] * window.size[1]), ...window.size];
  const made = weightsOf(id, { dims, deviation, random });
  const biases = bias ? [biasOf(id, { rows, random })] : [];
  const linear = activation === 'none' ? id : `${id}/linear`;
  const flat = op === 'dense' ? `${id}/flat` : (layer.from[0] ?? '');
  const flatten = { op: 'Flatten', inputs: layer.from, output: flat, attributes: { axis: 1 } };
  const main = {
    op: op === 'dense' ? 'Gemm' : 'Conv',
    inputs: [flat, made.output, ...biases.map(({ name }) => name)],
    output: linear,
    attributes: op === 'dense' ? { transB: 1 } : { ...windowAttributes(layer), group: groups },
  };
  return {
    nodes: [
      ...made.nodes,
      ...(op === 'dense' ? [flatten] : []),
      main,
      ...activate(linear, { id, activation }),
    ],
    constants: [...made.constants, ...biases],
    spread: activation === 'none' ? UNIT : rectified(UNIT),
  };
}

/**
 * @type {(input: string, options: { id: string, activation: import('./layers.mjs').Activation }) =>
 *   readonly Node[]}
 */
function activate(input, { id, activation }) {
  if (activation === 'none') return [];
  if (activation === 'relu') return [{ op: 'Relu', inputs: [input], output: id, attributes: {} }];
  return [{ op: 'Clip', inputs: [input, 'zero', 'six'], output: id, attributes: {} }];
}

/** @type {(nodes: readonly Node[]) => readonly Constant[]} */
const usedLimits = (nodes) =>
  nodes.some(({ op }) => op === 'Clip')
    ? [
        { name: 'zero', dims: [], data: Float32Array.of(0) },
        { name: 'six', dims: [], data: Float32Array.of(6) },
      ]
    : [];
