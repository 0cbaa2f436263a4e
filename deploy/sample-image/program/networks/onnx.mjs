import { fileURLToPath } from 'node:url';
import protobuf from 'protobufjs';

const IR_VERSION = 7;
const OPSET_VERSION = 13;
const INT = 2;
const INTS = 7;
const FLOAT_DATA = 1;
const INT64_DATA = 7;

/**
 * @param {import('./graph.mjs').Graph} graph
 * @returns {Uint8Array} an ONNX file, IR version 7 with operator set 13
 */
export function encodeOnnx(graph) {
  const Model = protobuf
    .loadSync(fileURLToPath(new URL('onnx.proto', import.meta.url)))
    .lookupType('onnx.ModelProto');
  const message = {
    irVersion: IR_VERSION,
    producerName: 'dqoes sample image',
    opsetImport: [{ domain: '', version: OPSET_VERSION }],
    graph: {
      name: graph.name,
      docString: `layers: ${graph.source}; weights: random`,
      node: graph.nodes.map(nodeMessage),
      initializer: graph.constants.map(tensorMessage),
      input: [valueMessage(graph.input)],
      output: [valueMessage(graph.output)],
    },
  };
  const fault = Model.verify(message);
  if (fault !== null) throw new Error(`${graph.name} does not fit the ONNX schema: ${fault}`);
  return Model.encode(message).finish();
}

/** @param {import('./graph.mjs').Node} node */
const nodeMessage = ({ op, inputs, output, attributes }) => ({
  name: output,
  opType: op,
  input: inputs,
  output: [output],
  attribute: Object.entries(attributes).map(([name, value]) =>
    typeof value === 'number' ? { name, type: INT, i: value } : { name, type: INTS, ints: value },
  ),
});

/** @param {import('./weights.mjs').Constant} constant */
const tensorMessage = ({ name, dims, data }) => ({
  name,
  dims,
  dataType: data instanceof Float32Array ? FLOAT_DATA : INT64_DATA,
  rawData: littleEndian(data),
});

/**
 * As ONNX wants it, which is as the machines that this image runs on (x64 and arm64) have it.
 * @param {Float32Array | BigInt64Array} data
 */
const littleEndian = (data) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/** @param {{ name: string, dims: readonly number[] }} value */
const valueMessage = ({ name, dims }) => ({
  name,
  type: {
    tensorType: {
      elemType: FLOAT_DATA,
      shape: { dim: dims.map((length) => ({ dimValue: length })) },
    },
  },
});
