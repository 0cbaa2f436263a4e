import { decodePng } from '../input/image.mjs';
import { pictureTensor } from '../input/tensor.mjs';
import { graphOf } from '../networks/graph.mjs';
import { NETWORKS } from '../networks/index.mjs';
import { openSession, runOnce } from './session.mjs';

const SCALE = { mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] };
const WEIGHTS_SEED = 1;

/**
 * @param {import('../networks/index.mjs').NetworkName} name
 * @returns {Promise<Uint8Array>} the network with random weights as an ONNX file
 */
export async function networkFile(name) {
  // Only here, so that models which come as files need not wait for the library behind it.
  const { encodeOnnx } = await import('../networks/onnx.mjs');
  return encodeOnnx(graphOf(NETWORKS[name](), WEIGHTS_SEED));
}

/**
 * A network with its published layers and random weights: which of 1000 classes is the picture? The
 * answer means nothing; the arithmetic, hence the time, is that of the trained network.
 * @param {import('../networks/index.mjs').NetworkName} name
 * @returns {import('./index.mjs').Open}
 */
export const openNetwork = (name) => async (options) => {
  const { size } = NETWORKS[name]();
  const session = await openSession(await networkFile(name), options);
  return (bytes) => {
    const picture = decodePng(bytes);
    return { count: 1, infer: () => classify(session, picture, size) };
  };
};

/**
 * @type {(session: import('onnxruntime-node').InferenceSession, picture:
 *   import('../input/image.mjs').Picture, side: number) => Promise<object>}
 */
async function classify(session, picture, side) {
  const { tensor } = pictureTensor(picture, { width: side, height: side }, SCALE);
  const { data, dims } = await runOnce(session, { [session.inputNames[0] ?? '']: tensor });
  let best = 0;
  for (let at = 1; at < data.length; at += 1) if (Number(data[at]) > Number(data[best])) best = at;
  return {
    input: tensor.dims,
    output: dims,
    finite: data.every(Number.isFinite),
    class: best,
    probability: Number(Number(data[best]).toFixed(5)),
  };
}
