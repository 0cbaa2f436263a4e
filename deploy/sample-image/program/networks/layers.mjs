/**
 * Channels, rows and columns of a picture; a vector has one row and one column.
 * @typedef {{ readonly channels: number, readonly height: number, readonly width: number }} Shape
 */

/** @typedef {'none' | 'relu' | 'relu6'} Activation */

/**
 * Top, left, bottom and right.
 * @typedef {readonly [number, number, number, number]} Pads
 */

/**
 * @typedef {{ readonly size: readonly [number, number], readonly stride: number, readonly pads:
 *   Pads }} Window
 */

/**
 * Rows and columns of the weights as a matrix: one row for each output channel, one column for each
 * input it sums.
 * @typedef {{ readonly rows: number, readonly columns: number, readonly bias: boolean }} Weights
 */

/**
 * @typedef {object} Layer
 * @property {string} id
 * @property {'input' | 'conv' | 'dense' | 'maxPool' | 'averagePool' | 'globalPool' | 'concat' |
 *   'add' | 'relu' | 'softmax'} op
 * @property {readonly string[]} from ids of the layers whose outputs it takes
 * @property {Shape} shape of its output
 * @property {Window} [window] of conv and pools
 * @property {number} [groups] of conv
 * @property {Activation} [activation] of conv and dense
 * @property {Weights} [weights] of conv and dense
 * @property {number} parameters which training would set; a batch norm counts as two for each
 *   channel
 * @property {number} multiplyAdds for one picture; conv and dense only, as is usual
 */

/**
 * @typedef {object} Network
 * @property {string} name
 * @property {string} source where its table was published
 * @property {number} size side of the square picture it takes, in pixels
 * @property {readonly Readonly<Layer>[]} layers each after those it takes; the first is the input,
 *   the last the output
 */

/** @typedef {'valid' | 'same' | number} Padding */

/**
 * @typedef {object} ConvOptions
 * @property {number} out channels
 * @property {number | readonly [number, number]} kernel
 * @property {number} [stride]
 * @property {Padding} [pad] same (default): the output has input ÷ stride rows, rounded up
 * @property {number} [groups]
 * @property {Activation} [activation] default relu
 * @property {'norm' | 'bias' | 'none'} [shift] norm (default): a batch norm, folded into weights
 *   and bias
 */

const CHANNELS = 3;

/**
 * Draws a network layer by layer. Each function adds one layer and gives its id; shapes, parameters
 * and multiply-adds follow from the table.
 */
export class Drawing {
  /** @type {Map<string, Readonly<Layer>>} */
  #layers = new Map();

  /** @param {number} size */
  constructor(size) {
    this.input = this.#add('input', [], {
      shape: { channels: CHANNELS, height: size, width: size },
    });
  }

  get layers() {
    return Object.freeze([...this.#layers.values()]);
  }

  /** @param {string} from @param {ConvOptions} options */
  conv(
    from,
    { out, kernel, stride = 1, pad = 'same', groups = 1, activation = 'relu', shift = 'norm' },
  ) {
    const shape = this.shapeOf(from);
    if (shape.channels % groups !== 0 || out % groups !== 0) {
      throw new Error(`${shape.channels} to ${out} channels do not part into ${groups} groups`);
    }
    const window = windowOf(shape, { kernel, stride, pad });
    const output = slide(shape, window, out);
    const weights = {
      rows: out,
      columns: (shape.channels / groups) * window.size[0] * window.size[1],
      bias: shift !== 'none',
    };
    const matrix = weights.rows * weights.columns;
    return this.#add('conv', [from], {
      shape: output,
      window,
      groups,
      activation,
      weights,
      parameters: matrix + { norm: 2, bias: 1, none: 0 }[shift] * out,
      multiplyAdds: matrix * output.height * output.width,
    });
  }

  /**
   * One filter for each channel.
   * @param {string} from
   * @param {Omit<ConvOptions, 'out' | 'groups'>} options
   */
  depthwise(from, options) {
    const { channels } = this.shapeOf(from);
    return this.conv(from, { ...options, out: channels, groups: channels });
  }

  /** @param {string} from @param {{ out: number, activation?: Activation }} options */
  dense(from, { out, activation = 'none' }) {
    const { channels, height, width } = this.shapeOf(from);
    const columns = channels * height * width;
    return this.#add('dense', [from], {
      shape: { channels: out, height: 1, width: 1 },
      activation,
      weights: { rows: out, columns, bias: true },
      parameters: out * columns + out,
      multiplyAdds: out * columns,
    });
  }

  /** @param {string} from @param {{ kernel: number, stride: number, pad?: Padding }} options */
  maxPool(from, options) {
    return this.#pool('maxPool', from, options);
  }

  /** @param {string} from @param {{ kernel: number, stride: number, pad?: Padding }} options */
  averagePool(from, options) {
    return this.#pool('averagePool', from, options);
  }

  /** @param {string} from */
  globalPool(from) {
    return this.#add('globalPool', [from], {
      shape: { ...this.shapeOf(from), height: 1, width: 1 },
    });
  }

  /** @param {readonly string[]} from */
  concat(from) {
    const shapes = from.map((id) => this.shapeOf(id));
    const [first] = shapes;
    if (
      first === undefined ||
      shapes.some(({ height, width }) => height !== first.height || width !== first.width)
    ) {
      throw new Error(`${from.join(', ')} differ in size and cannot lie side by side`);
    }
    const channels = shapes.reduce((sum, shape) => sum + shape.channels, 0);
    return this.#add('concat', from, { shape: { ...first, channels } });
  }

  /** @param {string} one @param {string} other */
  add(one, other) {
    const shape = this.shapeOf(one);
    if (JSON.stringify(shape) !== JSON.stringify(this.shapeOf(other))) {
      throw new Error(`${one} and ${other} differ in shape and cannot be added`);
    }
    return this.#add('add', [one, other], { shape });
  }

  /** @param {string} from */
  relu(from) {
    return this.#add('relu', [from], { shape: this.shapeOf(from) });
  }

  /** @param {string} from */
  softmax(from) {
    return this.#add('softmax', [from], { shape: this.shapeOf(from) });
  }

  /** @param {string} id @returns {Shape} */
  shapeOf(id) {
    const layer = this.#layers.get(id);
    if (layer === undefined) throw new Error(`there is no layer ${id}`);
    return layer.shape;
  }

  /**
   * @type {(op: 'maxPool' | 'averagePool', from: string, options: { kernel: number, stride: number,
   *   pad?: Padding }) => string}
   */
  #pool(op, from, { kernel, stride, pad = 'valid' }) {
    const shape = this.shapeOf(from);
    const window = windowOf(shape, { kernel, stride, pad });
    return this.#add(op, [from], { shape: slide(shape, window, shape.channels), window });
  }

  /**
   * @type {(op: Layer['op'], from: readonly string[], rest: Omit<Layer, 'id' | 'op' | 'from' |
   *   'parameters' | 'multiplyAdds'> & Partial<Layer>) => string}
   */
  #add(op, from, rest) {
    const id = `${op}${this.#layers.size}`;
    this.#layers.set(id, Object.freeze({ id, op, from, parameters: 0, multiplyAdds: 0, ...rest }));
    return id;
  }
}

/**
 * @param {Omit<Network, 'layers'>} about
 * @param {(drawing: Drawing) => string} draw gives the output
 * @returns {Readonly<Network>}
 */
export function defineNetwork(about, draw) {
  const drawing = new Drawing(about.size);
  drawing.softmax(draw(drawing));
  return Object.freeze({ ...about, layers: drawing.layers });
}

/**
 * @type {(shape: Shape, options: { kernel: number | readonly [number, number], stride: number, pad:
 *   Padding }) => Window}
 */
function windowOf({ height, width }, { kernel, stride, pad }) {
  /** @type {readonly [number, number]} */
  const size = typeof kernel === 'number' ? [kernel, kernel] : kernel;
  const [top, bottom] = padsAlong(height, size[0], { stride, pad });
  const [left, right] = padsAlong(width, size[1], { stride, pad });
  return { size, stride, pads: [top, left, bottom, right] };
}

/**
 * Where an odd number of rows is missing, the last side gets one more (the SAME of TensorFlow, in
 * which these tables with "same" were published).
 * @type {(length: number, kernel: number, options: { stride: number, pad: Padding }) => readonly
 *   [number, number]}
 */
function padsAlong(length, kernel, { stride, pad }) {
  if (pad === 'valid') return [0, 0];
  if (typeof pad === 'number') return [pad, pad];
  const missing = Math.max(0, (Math.ceil(length / stride) - 1) * stride + kernel - length);
  return [Math.floor(missing / 2), Math.ceil(missing / 2)];
}

/** @type {(shape: Shape, window: Window, channels: number) => Shape} */
function slide({ height, width }, { size, stride, pads }, channels) {
  const along = (/** @type {number} */ length, /** @type {number} */ kernel) =>
    Math.floor((length - kernel) / stride) + 1;
  const shape = {
    channels,
    height: along(height + pads[0] + pads[2], size[0]),
    width: along(width + pads[1] + pads[3], size[1]),
  };
  if (shape.height < 1 || shape.width < 1)
    throw new Error(`${height} × ${width} is smaller than the window ${size}`);
  return shape;
}
