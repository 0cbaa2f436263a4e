import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { programModule } from './program.js';

interface Layer {
  readonly id: string;
  readonly op: string;
  readonly from: readonly string[];
  readonly shape: { readonly channels: number; readonly height: number; readonly width: number };
}

interface Network {
  readonly name: string;
  readonly size: number;
  readonly source: string;
  readonly layers: readonly Layer[];
}

const { NETWORKS, sizeOf } = await programModule<{
  readonly NETWORKS: Readonly<Record<string, () => Network>>;
  sizeOf(network: Network): { readonly parameters: number; readonly multiplyAdds: number };
}>('networks/index.mjs');
const { HELP } = await programModule<{ readonly HELP: string }>('help.mjs');
const { readOptions } = await programModule<{
  readOptions(words: readonly string[]): { readonly model: string };
}>('options.mjs');

const networkOf = (name: string): Network => {
  const draw = NETWORKS[name];
  assert.ok(draw !== undefined, name);
  return draw();
};

/**
 * Trainable parameters as the published models count them (torchvision: resnet50, vgg16,
 * mobilenet_v2, inception_v3 without its auxiliary classifier; Keras: Xception), and multiply-adds
 * for one picture as their papers and model pages round them.
 */
const PUBLISHED: readonly (readonly [
  name: string,
  parameters: number,
  billions: number,
  size: number,
])[] = [
  ['resnet-50', 25_557_032, 4.09, 224],
  ['vgg-16', 138_357_544, 15.47, 224],
  ['inception-v3', 23_834_568, 5.71, 299],
  ['xception', 22_855_952, 8.36, 299],
  ['mobilenet-v2', 3_504_872, 0.3, 224],
];

/**
 * Channels × side of what each network sees last before its pooled vector, and how often it sees
 * each side.
 */
const INSIDE: readonly (readonly [name: string, shapes: readonly string[]])[] = [
  ['resnet-50', ['64×56', '256×56', '512×28', '1024×14', '2048×7']],
  ['vgg-16', ['64×224', '128×112', '256×56', '512×28', '512×14', '512×7']],
  ['inception-v3', ['32×149', '64×147', '192×35', '288×35', '768×17', '1280×8', '2048×8']],
  ['xception', ['64×147', '128×74', '256×37', '728×19', '1024×10', '2048×10']],
  [
    'mobilenet-v2',
    ['32×112', '16×112', '24×56', '32×28', '64×14', '96×14', '160×7', '320×7', '1280×7'],
  ],
];

describe('sample image: networks', () => {
  for (const [name, parameters, billions, size] of PUBLISHED) {
    it(`${name} has the published parameters and multiply-adds`, () => {
      const network = networkOf(name);
      const counted = sizeOf(network);
      assert.equal(network.size, size);
      assert.equal(counted.parameters, parameters);
      assert.equal(Number((counted.multiplyAdds / 1e9).toFixed(2)), billions);
    });
  }

  for (const [name, shapes] of INSIDE) {
    it(`${name} passes through the shapes of its table, in order`, () => {
      const seen = networkOf(name).layers.map(({ shape }) => `${shape.channels}×${shape.height}`);
      let at = 0;
      for (const shape of shapes) {
        const found = seen.indexOf(shape, at);
        assert.notEqual(
          found,
          -1,
          `${shape} after ${shapes.slice(0, shapes.indexOf(shape)).join(', ')}`,
        );
        at = found + 1;
      }
      assert.ok(networkOf(name).layers.every(({ shape }) => shape.height === shape.width));
      assert.equal(seen.at(-1), '1000×1');
    });
  }

  it('gives layers in an order in which they can be worked out, with a source each', () => {
    for (const draw of Object.values(NETWORKS)) {
      const { layers, source } = draw();
      const known = new Set<string>();
      for (const { id, from } of layers) {
        assert.ok(from.every((name) => known.has(name)));
        assert.ok(!known.has(id));
        known.add(id);
      }
      assert.match(source, /^https:\/\/arxiv\.org\/abs\//);
      assert.equal(layers[0]?.op, 'input');
      assert.equal(layers.at(-1)?.op, 'softmax');
    }
  });

  it('is offered by name, as its file says it', () => {
    for (const [name, draw] of Object.entries(NETWORKS)) {
      assert.equal(readOptions(['--model', name]).model, name);
      assert.equal(draw().name, name);
      assert.ok(HELP.includes(name));
    }
    assert.deepEqual(Object.keys(NETWORKS).sort(), PUBLISHED.map(([name]) => name).sort());
  });
});

interface Drawing {
  readonly input: string;
  readonly layers: readonly (Layer & {
    readonly multiplyAdds: number;
    readonly window?: { readonly pads: readonly number[] };
  })[];
  conv(from: string, options: object): string;
  depthwise(from: string, options: object): string;
  maxPool(from: string, options: object): string;
  concat(from: readonly string[]): string;
  add(one: string, other: string): string;
  shapeOf(id: string): Layer['shape'];
}

const { Drawing: makeDrawing } = await programModule<{
  readonly Drawing: new (size: number) => Drawing;
}>('networks/layers.mjs');

describe('sample image: layers', () => {
  const draw = (size: number): Drawing => new makeDrawing(size);
  const lastOf = ({ layers }: Drawing) => layers.at(-1);

  it('keeps the size with "same", and gives the odd row to the end', () => {
    const net = draw(74);
    net.maxPool(net.input, { kernel: 3, stride: 2, pad: 'same' });
    assert.deepEqual(lastOf(net)?.window?.pads, [0, 0, 1, 1]);
    assert.equal(lastOf(net)?.shape.height, 37);
    net.conv(net.input, { out: 8, kernel: [1, 7] });
    assert.deepEqual(lastOf(net)?.shape, { channels: 8, height: 74, width: 74 });
    assert.deepEqual(lastOf(net)?.window?.pads, [0, 3, 0, 3]);
  });

  it('counts one filter for each channel of a depthwise convolution', () => {
    const net = draw(10);
    net.depthwise(net.conv(net.input, { out: 8, kernel: 1 }), { kernel: 3 });
    assert.equal(lastOf(net)?.multiplyAdds, 8 * 9 * 100);
  });

  it('refuses what does not fit', () => {
    const net = draw(10);
    const half = net.conv(net.input, { out: 3, kernel: 1, stride: 2 });
    assert.throws(() => net.add(net.input, half), /differ in shape/);
    assert.throws(() => net.concat([net.input, half]), /differ in size/);
    assert.throws(
      () => net.conv(net.input, { out: 4, kernel: 1, groups: 3 }),
      /do not part into 3 groups/,
    );
    assert.throws(() => net.maxPool(half, { kernel: 7, stride: 1 }), /smaller than the window/);
    assert.throws(() => net.shapeOf('nothing'), /there is no layer nothing/);
  });
});
