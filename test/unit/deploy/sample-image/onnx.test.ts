import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type Chance, programModule } from './program.js';

interface Constant {
  readonly name: string;
  readonly dims: readonly number[];
  readonly data: Float32Array | BigInt64Array;
}

interface Graph {
  readonly name: string;
  readonly source: string;
  readonly input: { readonly name: string; readonly dims: readonly number[] };
  readonly output: { readonly name: string; readonly dims: readonly number[] };
  readonly nodes: readonly {
    readonly op: string;
    readonly inputs: readonly string[];
    readonly output: string;
    readonly attributes: Readonly<Record<string, number | readonly number[]>>;
  }[];
  readonly constants: readonly Constant[];
}

const { NETWORKS } = await programModule<{
  readonly NETWORKS: Readonly<Record<string, () => object>>;
}>('networks/index.mjs');
const { graphOf } = await programModule<{ graphOf(network: object, seed: number): Graph }>(
  'networks/graph.mjs',
);
const { encodeOnnx } = await programModule<{ encodeOnnx(graph: Graph): Uint8Array }>(
  'networks/onnx.mjs',
);
const { weightsOf } = await programModule<{
  weightsOf(
    id: string,
    options: { dims: readonly number[]; deviation: number; random: () => number },
  ): Pick<Graph, 'nodes' | 'constants'> & { readonly output: string };
}>('networks/weights.mjs');
const { seededRandom } = await programModule<Chance>('random.mjs');

type Value = bigint | Uint8Array;

/**
 * The protobuf wire format by hand, so that the schema's numbers are held against those of
 * onnx.proto, not against itself.
 */
function fieldsOf(bytes: Uint8Array): ReadonlyMap<number, readonly Value[]> {
  const fields = new Map<number, Value[]>();
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at] ?? 0;
      at += 1;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = Number(varint());
    const number = tag >> 3;
    assert.ok((tag & 7) === 0 || (tag & 7) === 2, `field ${number} has wire type ${tag & 7}`);
    const short = varint();
    const value = (tag & 7) === 0 ? short : bytes.subarray(at, at + Number(short));
    if (value instanceof Uint8Array) at += value.length;
    fields.set(number, [...(fields.get(number) ?? []), value]);
  }
  return fields;
}

const GRAPH: Graph = {
  name: 'tiny',
  source: 'nowhere',
  input: { name: 'in', dims: [1, 3] },
  output: { name: 'out', dims: [1, 2] },
  nodes: [
    { op: 'Conv', inputs: ['in', 'w'], output: 'out', attributes: { group: 3, strides: [2, 5] } },
  ],
  constants: [{ name: 'w', dims: [2], data: Float32Array.of(1, -2) }],
};

describe('sample image: ONNX files', () => {
  it('put everything under the number it has in onnx.proto', () => {
    const text = (value: Value | undefined): string =>
      Buffer.from(value as Uint8Array).toString('latin1');
    const inside = (value: Value | undefined) => fieldsOf(value as Uint8Array);
    const numbers = (value: Value | undefined): readonly number[] =>
      Array.from(value as Uint8Array);
    const model = fieldsOf(encodeOnnx(GRAPH));
    assert.deepEqual(model.get(1), [7n]);
    assert.deepEqual(inside(model.get(8)?.[0]).get(2), [13n]);
    const graph = inside(model.get(7)?.[0]);
    assert.equal(text(graph.get(2)?.[0]), 'tiny');
    const node = inside(graph.get(1)?.[0]);
    assert.deepEqual(node.get(1)?.map(text), ['in', 'w']);
    assert.deepEqual(node.get(2)?.map(text), ['out']);
    assert.equal(text(node.get(4)?.[0]), 'Conv');
    const [group, strides] = (node.get(5) ?? []).map(inside);
    assert.equal(text(group?.get(1)?.[0]), 'group');
    assert.deepEqual([group?.get(3), group?.get(20)], [[3n], [2n]]);
    assert.deepEqual(numbers(strides?.get(8)?.[0]), [2, 5]);
    assert.deepEqual(strides?.get(20), [7n]);
    const tensor = inside(graph.get(5)?.[0]);
    assert.deepEqual(numbers(tensor.get(1)?.[0]), [2]);
    assert.deepEqual(tensor.get(2), [1n]);
    assert.equal(text(tensor.get(8)?.[0]), 'w');
    assert.equal(Buffer.from(tensor.get(9)?.[0] as Uint8Array).toString('hex'), '0000803f000000c0');
    for (const [field, name, length] of [
      [11, 'in', 3n],
      [12, 'out', 2n],
    ] as const) {
      const value = inside(graph.get(field)?.[0]);
      assert.equal(text(value.get(1)?.[0]), name);
      const tensorType = inside(inside(value.get(2)?.[0]).get(1)?.[0]);
      assert.deepEqual(tensorType.get(1), [1n]);
      assert.deepEqual(inside(inside(tensorType.get(2)?.[0]).get(1)?.[1]).get(1), [length]);
    }
  });

  for (const [name, draw] of Object.entries(NETWORKS)) {
    it(`of ${name} name nothing that is not there, and nothing twice`, () => {
      const { input, output, nodes, constants } = graphOf(draw(), 1);
      const known = new Set([input.name, ...constants.map((constant) => constant.name)]);
      assert.equal(known.size, 1 + constants.length);
      for (const node of nodes) {
        for (const one of node.inputs) assert.ok(known.has(one), `${node.output} takes ${one}`);
        assert.ok(!known.has(node.output), node.output);
        known.add(node.output);
      }
      assert.equal(nodes.at(-1)?.output, output.name);
      assert.deepEqual(output.dims, [1, 1000]);
      const bytes = constants.reduce((sum, { data }) => sum + data.byteLength, 0);
      assert.ok(bytes < 9e6, `${bytes} bytes`);
    });
  }

  it('are the same for the same seed, and others for another', () => {
    const network = NETWORKS['mobilenet-v2']?.() ?? {};
    const [once, again, other] = [1, 1, 2].map((seed) =>
      Buffer.from(encodeOnnx(graphOf(network, seed))),
    );
    assert.ok(once !== undefined && again !== undefined && other !== undefined);
    assert.ok(once.equals(again));
    assert.ok(!once.equals(other));
  });
});

describe('sample image: random weights', () => {
  const deviationOf = (values: ArrayLike<number>): number =>
    Math.sqrt(Array.from(values).reduce((sum, value) => sum + value * value, 0) / values.length);

  it('are given one by one in small layers, with the deviation asked for', () => {
    const { constants, nodes } = weightsOf('a', {
      dims: [100, 20, 3, 3],
      deviation: 0.2,
      random: seededRandom(1),
    });
    assert.deepEqual(nodes, []);
    assert.deepEqual(constants[0]?.dims, [100, 20, 3, 3]);
    assert.ok(Math.abs(deviationOf(constants[0]?.data as Float32Array) / 0.2 - 1) < 0.02);
  });

  it('are a product in large ones, with the same deviation and no row like another', () => {
    const { constants, nodes, output } = weightsOf('a', {
      dims: [200, 64, 3, 3],
      deviation: 0.2,
      random: seededRandom(1),
    });
    assert.deepEqual(
      nodes.map(({ op }) => op),
      ['MatMul', 'Reshape'],
    );
    assert.equal(nodes.at(-1)?.output, output);
    assert.deepEqual(constants[2]?.data, BigInt64Array.of(200n, 64n, 3n, 3n));
    const [left, right] = constants as [Constant, Constant];
    const rank = left.dims[1] ?? 0;
    assert.deepEqual(
      [left.dims, right.dims],
      [
        [200, rank],
        [rank, 576],
      ],
    );
    const product = Array.from({ length: 200 * 576 }, (_, at) => {
      const [row, column] = [Math.floor(at / 576), at % 576];
      let sum = 0;
      for (let k = 0; k < rank; k += 1)
        sum += Number(left.data[row * rank + k]) * Number(right.data[k * 576 + column]);
      return sum;
    });
    assert.ok(Math.abs(deviationOf(product) / 0.2 - 1) < 0.1, `deviation ${deviationOf(product)}`);
    assert.equal(new Set(Array.from({ length: 200 }, (_, row) => product[row * 576])).size, 200);
  });
});
