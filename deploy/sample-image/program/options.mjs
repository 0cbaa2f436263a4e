import { checkedChanges, MAX_BATCH, MAX_RATE, readChange } from './changes.mjs';
import { InputFault } from './fault.mjs';

/**
 * @typedef {object} Options
 * @property {'ocr-det' | 'ocr-rec' | 'ocr-cls' | 'vad' | 'spin' |
 *   import('./networks/index.mjs').NetworkName} model
 * @property {'closed' | 'open' | 'serve' | 'idle'} mode
 * @property {number} batch inferences per request
 * @property {number | 'auto'} threads threads inside one inference; auto = as many as the runtime
 *   starts by itself
 * @property {boolean} spin threads of a network stay awake while they wait
 * @property {number} work CPU of an inference of `spin`, about, in milliseconds
 * @property {number} steps of an inference of `spin`, after each of which its threads wait for each
 *   other; 0 = one thread does it alone
 * @property {number} blocktime how long a thread of `spin` waits awake before it sleeps, in
 *   milliseconds
 * @property {number} size side of the square which detection sees, in pixels
 * @property {number} think pause before the next request of the closed loop, in milliseconds
 * @property {number | undefined} rate arrivals per second, with mode open
 * @property {number} wait time that each request waits for another service before it is inferred,
 *   in milliseconds
 * @property {number | undefined} concurrency requests that are begun and not answered at a time, at
 *   most, where they wait
 * @property {number} seed of the arrivals
 * @property {readonly import('./changes.mjs').Change[]} at changes of the load, by time
 * @property {number | undefined} since where the times of `at` count from, Unix time in
 *   milliseconds; else the ready line
 * @property {number | undefined} requests answers until the client ends
 * @property {number | undefined} port
 * @property {{ host: string, port: number } | undefined} statsd where to send response times
 * @property {string | undefined} input path of a PNG or WAV
 * @property {string | undefined} write path for the network as an ONNX file
 * @property {boolean} check
 * @property {boolean} help
 */

const TRAINED = /** @type {const} */ (['ocr-det', 'ocr-rec', 'ocr-cls', 'vad']);
const NETWORKS = /** @type {const} */ ([
  'resnet-50',
  'vgg-16',
  'inception-v3',
  'xception',
  'mobilenet-v2',
]);
const MODELS = [...TRAINED, ...NETWORKS, 'spin'];
const MODES = /** @type {const} */ (['closed', 'open', 'serve', 'idle']);
const MAX_CONCURRENCY = 10_000;
const DEFAULT_PORT = 8080;

/** @typedef {(text: string, name: string) => unknown} Reader */

/** @type {(words: readonly string[]) => string} a, b or c */
const orList = (words) =>
  [words.slice(0, -1).join(', '), words.at(-1)].filter((part) => part !== '').join(' or ');

/** @type {(words: readonly string[]) => Reader} */
const oneOf = (words) => (text, name) => {
  if (words.includes(text)) return text;
  throw new InputFault(`--${name} "${text}" is not known; use ${orList(words)}.`);
};

/** @type {(low: number, high: number, step?: number) => Reader} */
const wholeNumber =
  (low, high, step = 1) =>
  (text, name) => {
    const value = Number(text);
    if (/^[0-9]+$/.test(text) && value >= low && value <= high && value % step === 0) return value;
    const kind = step === 1 ? 'a whole number' : `a multiple of ${step}`;
    throw new InputFault(
      `--${name} "${text}" is not possible; give ${kind} from ${low} to ${high}.`,
    );
  };

/** @type {Reader} */
const threads = (text, name) => (text === 'auto' ? text : wholeNumber(1, 256)(text, name));

/** @type {Reader} */
const rate = (text, name) => {
  const value = Number(text);
  if (/^[0-9]+(\.[0-9]+)?$/.test(text) && value >= 0.001 && value <= MAX_RATE) return value;
  throw new InputFault(
    `--${name} "${text}" is not possible; give a number from 0.001 to ${MAX_RATE}, such as ` +
      '4 or 0.5.',
  );
};

/** @type {Reader} */
const address = (text, name) => {
  const [, host = '', port = '0'] = /^([A-Za-z0-9.-]+):([0-9]{1,5})$/.exec(text) ?? [];
  if (Number(port) >= 1 && Number(port) <= 65_535) return { host, port: Number(port) };
  throw new InputFault(
    `--${name} "${text}" is not possible; give host and port, such as 172.17.0.1:8125.`,
  );
};

/** @type {Reader} */
const path = (text) => text;

/** @type {ReadonlyMap<string, Reader>} */
const READERS = new Map([
  ['model', oneOf(MODELS)],
  ['mode', oneOf(MODES)],
  ['batch', wholeNumber(1, MAX_BATCH)],
  ['threads', threads],
  ['work', wholeNumber(1, 1000)],
  ['steps', wholeNumber(0, 1000)],
  ['blocktime', wholeNumber(0, 3_600_000)],
  ['size', wholeNumber(32, 2048, 32)],
  ['think', wholeNumber(0, 3_600_000)],
  ['rate', rate],
  ['wait', wholeNumber(0, 3_600_000)],
  ['concurrency', wholeNumber(1, MAX_CONCURRENCY)],
  ['seed', wholeNumber(0, 2 ** 32 - 1)],
  ['at', readChange],
  // From 2001 on, so that a time in seconds is not taken for one.
  ['since', wholeNumber(1e12, 1e13)],
  ['requests', wholeNumber(1, 1_000_000)],
  ['port', wholeNumber(1, 65_535)],
  ['statsd', address],
  ['input', path],
  ['write', path],
]);
const FLAGS = new Set(['spin', 'check', 'help']);
/** May be given many times; the values come as a list. */
const LISTS = new Set(['at']);
/** Which modes an argument means something to; those not here mean something to all. */
const MODES_OF = new Map([
  ['requests', ['closed', 'open']],
  ['think', ['closed']],
  ['rate', ['open']],
  ['wait', ['open', 'serve']],
  ['concurrency', ['open', 'serve']],
  ['seed', ['open']],
  ['at', ['closed', 'open', 'serve']],
  ['since', ['closed', 'open', 'serve']],
  ['port', ['serve', 'closed', 'open']],
]);

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
    if (reader === undefined)
      throw new InputFault(`"${word}" is not an argument of this program; --help lists them.`);
    if (given.has(name) && !LISTS.has(name)) {
      throw new InputFault(`--${name} "${inline ?? words[at + 1]}" is given twice; give it once.`);
    }
    if (inline === undefined) at += 1;
    const text = inline ?? words[at];
    if (text === undefined || text === '')
      throw new InputFault(`--${name} has no value; --help tells which it takes.`);
    const value = reader(text, name);
    given.set(name, LISTS.has(name) ? [...(given.get(name) ?? []), value] : value);
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
  const mode = String(given.get('mode') ?? 'closed');
  if (given.has('size') && model !== 'ocr-det') {
    throw new InputFault(
      `--size ${given.get('size')} has no meaning for ${model}; only ocr-det takes it, so ` +
        'leave it out.',
    );
  }
  refuseOfOtherKind(given, model === 'spin');
  if (given.has('write') && !NETWORKS.some((name) => name === model)) {
    throw new InputFault(
      `--write ${given.get('write')} has no meaning for ${model}; use --model ${orList(NETWORKS)}.`,
    );
  }
  for (const [name, modes] of MODES_OF) {
    if (!given.has(name) || modes.includes(mode)) continue;
    const value = LISTS.has(name) ? '' : ` ${given.get(name)}`;
    throw new InputFault(
      `--${name}${value} has no meaning with --mode ${mode}; use --mode ${orList(modes)}, ` +
        'or leave it out.',
    );
  }
  if (given.has('since') && !given.has('at')) {
    throw new InputFault(
      `--since ${given.get('since')} has no meaning without --at; leave it out.`,
    );
  }
  if (given.has('concurrency') && !(Number(given.get('wait')) > 0)) {
    throw new InputFault(
      `--concurrency ${given.get('concurrency')} has no meaning without --wait, as inferences ` +
        'are made one after the other; give --wait 200, or leave it out.',
    );
  }
  if (mode === 'open' && !given.has('rate')) {
    throw new InputFault('--mode open has no rate; give arrivals per second, such as --rate 4.');
  }
}

const OF_SPIN = ['work', 'steps', 'blocktime'];
const OF_NETWORKS = ['spin', 'input'];

/**
 * @param {Map<string, unknown>} given
 * @param {boolean} isSpin
 * @throws {InputFault}
 */
function refuseOfOtherKind(given, isSpin) {
  const name = (isSpin ? OF_NETWORKS : OF_SPIN).find((each) => given.has(each));
  if (name === undefined) return;
  throw new InputFault(
    `--${name} has no meaning ${isSpin ? 'with' : 'without'} --model spin, so leave it out.`,
  );
}

/**
 * @param {Options} options
 * @returns {Options['at']}
 * @throws {InputFault}
 */
function readChanges({ at, mode, rate, batch }) {
  if (mode !== 'open' && at.some(({ rateFactor }) => rateFactor !== undefined)) {
    throw new InputFault(
      `--at changes the rate, which --mode ${mode} has not; use --mode open or leave it out.`,
    );
  }
  return checkedChanges(at, { rate: rate ?? 0, batch });
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
    spin: false,
    work: 40,
    steps: 1,
    blocktime: 1000,
    size: 320,
    think: 0,
    wait: 0,
    seed: 1,
    at: [],
    check: false,
    help: false,
  };
  const absent = {
    port,
    statsd: undefined,
    rate: undefined,
    concurrency: undefined,
    since: undefined,
    requests: undefined,
    input: undefined,
    write: undefined,
  };
  const options = /** @type {Options} */ ({ ...defaults, ...absent, ...Object.fromEntries(given) });
  return Object.freeze({ ...options, at: readChanges(options) });
}
