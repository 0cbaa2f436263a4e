import { readFileSync } from 'node:fs';
import { InputFault } from './fault.mjs';

/**
 * @typedef {object} Options
 * @property {'ocr-det' | 'ocr-rec' | 'ocr-cls' | 'vad'} model
 * @property {'closed' | 'serve' | 'idle'} mode
 * @property {number} batch inferences per request
 * @property {number} threads threads inside one inference
 * @property {number} size side of the square which detection sees, in pixels
 * @property {number} think pause before the next request of the closed loop, in milliseconds
 * @property {number | undefined} requests requests until the closed loop ends
 * @property {number | undefined} port
 * @property {string | undefined} input path of a PNG or WAV
 * @property {boolean} check
 * @property {boolean} help
 */

export const HELP = `Usage: sample [--model NAME] [OPTION…]

Runs a real model on a real input and prints one JSON line per request, with "ms" as response time.

  --model NAME     ocr-det (find text), ocr-rec (read text), ocr-cls (is it upside down), vad (find speech);
                   default ocr-det
  --batch N        inferences per request, default 1
  --threads N      threads inside one inference, default 1
  --input FILE     PNG for the ocr models, WAV for vad; default: one baked into the image
  --size N         side of the square which ocr-det sees, a multiple of 32, default 320
  --mode MODE      closed: a client waits for each answer and asks again at once; default
                   serve: HTTP, POST /infer (body: empty, or a PNG or WAV) and GET /healthz
                   idle: load the model, do nothing
  --port N         port for HTTP, default 8080; with --mode closed the server runs beside the client
  --requests N     end the closed loop after N requests, with a summary line
  --think MS       pause between two requests of the closed loop, default 0
  --check          run the model once, print what it found, and end
  --help           print this
`;

const MODELS = /** @type {const} */ (['ocr-det', 'ocr-rec', 'ocr-cls', 'vad']);
const MODES = /** @type {const} */ (['closed', 'serve', 'idle']);
const DEFAULT_PORT = 8080;

/** @typedef {(text: string, name: string) => unknown} Reader */

/** @type {(words: readonly string[]) => Reader} */
const oneOf = (words) => (text, name) => {
  if (words.includes(text)) return text;
  throw new InputFault(`--${name} "${text}" is not known; use ${words.slice(0, -1).join(', ')} or ${words.at(-1)}.`);
};

/** @type {(low: number, high: number, step?: number) => Reader} */
const wholeNumber =
  (low, high, step = 1) =>
  (text, name) => {
    const value = Number(text);
    if (/^[0-9]+$/.test(text) && value >= low && value <= high && value % step === 0) return value;
    const kind = step === 1 ? 'a whole number' : `a multiple of ${step}`;
    throw new InputFault(`--${name} "${text}" is not possible; give ${kind} from ${low} to ${high}.`);
  };

/** @type {Reader} */
const path = (text) => text;

/** @type {ReadonlyMap<string, Reader>} */
const READERS = new Map([
  ['model', oneOf(MODELS)],
  ['mode', oneOf(MODES)],
  ['batch', wholeNumber(1, 10_000)],
  ['threads', wholeNumber(1, 256)],
  ['size', wholeNumber(32, 2048, 32)],
  ['think', wholeNumber(0, 3_600_000)],
  ['requests', wholeNumber(1, 1_000_000)],
  ['port', wholeNumber(1, 65_535)],
  ['input', path],
]);
const FLAGS = new Set(['check', 'help']);

/**
 * Reads `--name value`, `--name=value` and flags.
 * @param {readonly string[]} words
 * @returns {Map<string, unknown>}
 * @throws {InputFault}
 */
function readWords(words) {
  const given = new Map();
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const [, name = '', inline] = /^--([a-z]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (FLAGS.has(name) && inline === undefined) {
      given.set(name, true);
      continue;
    }
    const reader = READERS.get(name);
    if (reader === undefined) throw new InputFault(`"${word}" is not an argument of this program; --help lists them.`);
    if (given.has(name)) throw new InputFault(`--${name} "${inline ?? words[at + 1]}" is given twice; give it once.`);
    if (inline === undefined) at += 1;
    const text = inline ?? words[at];
    if (text === undefined || text === '') throw new InputFault(`--${name} has no value; --help tells which it takes.`);
    given.set(name, reader(text, name));
  }
  return given;
}

/**
 * Arguments which are right by themselves but do nothing together are refused, not ignored.
 * @param {Map<string, unknown>} given
 * @throws {InputFault}
 */
function refuseIdleArguments(given) {
  const model = given.get('model') ?? 'ocr-det';
  const mode = given.get('mode') ?? 'closed';
  if (given.has('size') && model !== 'ocr-det') {
    throw new InputFault(
      `--size ${given.get('size')} has no meaning for ${model}; only ocr-det takes it, so leave it out.`,
    );
  }
  for (const name of ['requests', 'think']) {
    if (!given.has(name) || mode === 'closed') continue;
    throw new InputFault(
      `--${name} ${given.get(name)} has no meaning with --mode ${mode}; use --mode closed or leave it out.`,
    );
  }
  if (given.has('port') && mode === 'idle') {
    throw new InputFault(
      `--port ${given.get('port')} has no meaning with --mode idle; use --mode serve or leave it out.`,
    );
  }
}

/**
 * @param {readonly string[]} words the command line after the program's name
 * @returns {Readonly<Options>}
 * @throws {InputFault}
 */
export function readOptions(words) {
  const given = readWords(words);
  refuseIdleArguments(given);
  const port = given.get('mode') === 'serve' ? DEFAULT_PORT : undefined;
  const defaults = {
    model: 'ocr-det',
    mode: 'closed',
    batch: 1,
    threads: 1,
    size: 320,
    think: 0,
    check: false,
    help: false,
  };
  const options = { ...defaults, port, requests: undefined, input: undefined, ...Object.fromEntries(given) };
  return Object.freeze(/** @type {Options} */ (options));
}

/**
 * @param {string} file
 * @returns {Buffer}
 * @throws {InputFault}
 */
export function readInput(file) {
  try {
    return readFileSync(file);
  } catch (error) {
    const reason = /** @type {NodeJS.ErrnoException} */ (error).code ?? String(error);
    throw new InputFault(`--input "${file}" cannot be read (${reason}); give a readable PNG or WAV file.`);
  }
}
