import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { poissonArrivals } from './arrivals.mjs';
import { pieceAt, piecesOf } from './changes.mjs';
import { runClosedLoop } from './closed-loop.mjs';
import { readInput, writeNetwork } from './files.mjs';
import { MODELS } from './models/index.mjs';
import { networkFile } from './models/network.mjs';
import { runOpenLoop, runOverlappingLoop } from './open-loop.mjs';
import { senderTo } from './push.mjs';
import { seededRandom } from './random.mjs';
import { startServer } from './server.mjs';
import { createService, rounded } from './service.mjs';

const MAX_TIMER_MS = 2 ** 31 - 1;

/** @param {object} line */
const print = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

/** @param {import('./options.mjs').Options} options */
async function load(options) {
  const { open, input } = MODELS[options.model];
  const bytes =
    input === undefined
      ? Buffer.alloc(0)
      : readInput(options.input ?? fileURLToPath(new URL(`../inputs/${input}`, import.meta.url)));
  const prepare = await open(options);
  return { prepare, prepared: prepare(bytes) };
}

/** @type {(model: string, prepared: import('./models/index.mjs').Prepared) => Promise<void>} */
async function check(model, prepared) {
  const results = [];
  for (let part = 0; part < prepared.count; part += 1) results.push(await prepared.infer(part));
  print({ check: true, model, results });
}

/** @type {(options: import('./options.mjs').Options, startMs: number) => object} */
const readyLine = (
  { model, mode, batch, threads, spin, port, rate, seed, wait, concurrency },
  startMs,
) => ({
  ready: true,
  model,
  mode,
  batch,
  threads,
  ...(spin ? { spin } : {}),
  ...(rate === undefined ? {} : { rate, seed }),
  ...(wait === 0 ? {} : { wait }),
  ...(concurrency === undefined ? {} : { concurrency }),
  ...(port === undefined ? {} : { port }),
  startMs: rounded(startMs),
});

/**
 * Prints a line when each piece begins.
 * @type {(pieces: readonly import('./changes.mjs').Piece[], mode: string) => void}
 */
function announceChanges(pieces, mode) {
  for (const { fromMs, rate, batch } of pieces) {
    if (fromMs < 0 || fromMs > MAX_TIMER_MS) continue;
    const line = {
      change: true,
      atMs: rounded(fromMs),
      ...(mode === 'open' ? { rate } : {}),
      batch,
    };
    setTimeout(() => print(line), fromMs).unref();
  }
}

/**
 * @type {(options: import('./options.mjs').Options, pieces: readonly
 *   import('./changes.mjs').Piece[], nowMs: () => number) =>
 *   import('./open-loop.mjs').OpenLoop}
 */
const openLoopOf = ({ requests, seed }, pieces, nowMs) => ({
  arrivals: poissonArrivals(pieces, seededRandom(seed)),
  requests,
  // Timers count whole milliseconds; an arrival may be served that much late, and its time then
  // says so.
  clock: { nowMs, sleepUntil: (ms) => pause(Math.max(1, Math.ceil(ms - nowMs()))) },
  onDropped: (dropped, waiting) =>
    console.error(`sample: ${dropped} arrivals dropped, as ${waiting} are waiting.`),
});

/**
 * Loads the model and does what the options ask for; returns while a server or the idle mode goes
 * on.
 * @param {import('./options.mjs').Options} options
 * @throws {InputFault} for an input or port which cannot be used
 */
export async function run(options) {
  const { model, mode, batch, port } = options;
  if (options.write !== undefined) {
    const name = /** @type {import('./networks/index.mjs').NetworkName} */ (model);
    return writeNetwork(options.write, await networkFile(name));
  }
  const { prepare, prepared } = await load(options);
  if (options.check) {
    await check(model, prepared);
    // A model may have threads that wait for more.
    process.exit(0);
  }
  // The first inference allocates and compiles; it is not the response time of a request.
  await prepared.infer(0);
  const start = { rate: options.rate ?? 0, batch };
  // Until it is ready, only the load at the start.
  /** @type {readonly import('./changes.mjs').Piece[]} */
  let pieces = piecesOf(start, [], 0);
  let readyAt = performance.now();
  const nowMs = () => performance.now() - readyAt;
  const sendTime = senderTo(options.statsd);
  const onAnswer = (/** @type {import('./service.mjs').Answer} */ answer) => {
    print(answer);
    sendTime(answer.ms);
  };
  const { wait, concurrency } = options;
  const batchNow = () => pieceAt(pieces, nowMs()).batch;
  const service = createService({ model, batchNow, waitMs: wait, concurrency });
  const handle = (/** @type {Buffer} */ body, /** @type {number} */ askedAt) =>
    service.offer(body.length === 0 ? prepared : prepare(body), askedAt);
  if (port !== undefined) await startServer(port, { handle, onAnswer });
  const ask = async (/** @type {number | undefined} */ askedAt) => {
    const reply = await service.ask(prepared, askedAt);
    onAnswer(reply.answer);
    return reply;
  };
  readyAt = performance.now();
  pieces = piecesOf(
    start,
    options.at,
    options.since === undefined ? 0 : options.since - Date.now(),
  );
  print(readyLine(options, readyAt));
  announceChanges(pieces, mode);
  if (mode === 'closed') {
    print(await runClosedLoop(() => ask(undefined), options));
    process.exit(0);
  }
  if (mode === 'open') {
    const serve = (/** @type {number} */ arrivedAtMs) => ask(readyAt + arrivedAtMs);
    const runLoop = wait > 0 ? runOverlappingLoop : runOpenLoop;
    print(await runLoop(serve, openLoopOf(options, pieces, nowMs)));
    process.exit(0);
  }
  // Nothing else keeps an idle process alive.
  if (mode === 'idle') setInterval(() => undefined, MAX_TIMER_MS);
}
