import { openNetwork } from './network.mjs';
import { openDirection } from './ocr-cls.mjs';
import { openDetection } from './ocr-det.mjs';
import { openRecognition } from './ocr-rec.mjs';
import { openSpin } from './spin.mjs';
import { openVoice } from './vad.mjs';

/**
 * An input made ready: `infer` does all that a service would do with one part of it, from scaling
 * to reading the answer, and gives what it found. A part is a line of text, or the whole.
 * @typedef {{ readonly count: number, infer(index: number): Promise<object> }} Prepared
 */

/**
 * Reads a PNG or WAV. Throws InputFault when the model cannot use it.
 * @typedef {(bytes: Buffer) => Prepared} Prepare
 */

/** @typedef {(options: import('../options.mjs').Options) => Promise<Prepare>} Open */

/**
 * @type {Readonly<Record<import('../options.mjs').Options['model'], { open: Open, input?: string
 *   }>>} without `input`, nothing is read
 */
export const MODELS = Object.freeze({
  'ocr-det': { open: openDetection, input: 'page.png' },
  'ocr-rec': { open: openRecognition, input: 'page.png' },
  'ocr-cls': { open: openDirection, input: 'page.png' },
  vad: { open: openVoice, input: 'speech.wav' },
  'resnet-50': { open: openNetwork('resnet-50'), input: 'page.png' },
  'vgg-16': { open: openNetwork('vgg-16'), input: 'page.png' },
  'inception-v3': { open: openNetwork('inception-v3'), input: 'page.png' },
  xception: { open: openNetwork('xception'), input: 'page.png' },
  'mobilenet-v2': { open: openNetwork('mobilenet-v2'), input: 'page.png' },
  spin: { open: openSpin },
});
