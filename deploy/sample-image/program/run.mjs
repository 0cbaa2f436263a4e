import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { runClosedLoop } from './closed-loop.mjs';
import { MODELS } from './models/index.mjs';
import { readInput } from './options.mjs';
import { startServer } from './server.mjs';
import { createService, rounded } from './service.mjs';

/** @param {object} line */
const print = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

/** @param {import('./options.mjs').Options} options */
async function load(options) {
  const { open, input } = MODELS[options.model];
  const bytes = readInput(options.input ?? fileURLToPath(new URL(`../inputs/${input}`, import.meta.url)));
  const prepare = await open(options);
  return { prepare, prepared: prepare(bytes) };
}

/** @type {(model: string, prepared: import('./models/index.mjs').Prepared) => Promise<void>} */
async function check(model, prepared) {
  const results = [];
  for (let part = 0; part < prepared.count; part += 1) results.push(await prepared.infer(part));
  print({ check: true, model, results });
}

/**
 * Loads the model and does what the options ask for; returns while a server or the idle mode goes on.
 * @param {import('./options.mjs').Options} options
 * @throws {InputFault} for an input or port which cannot be used
 */
export async function run(options) {
  const { model, mode, batch, threads, port } = options;
  const { prepare, prepared } = await load(options);
  if (options.check) return check(model, prepared);
  // The first inference allocates and compiles; it is no response time of anybody.
  await prepared.infer(0);
  const ask = createService({ model, batch, onAnswer: print });
  if (port !== undefined) await startServer(port, (body) => ask(body.length === 0 ? prepared : prepare(body)));
  print({
    ready: true,
    model,
    mode,
    batch,
    threads,
    ...(port === undefined ? {} : { port }),
    startMs: rounded(performance.now()),
  });
  if (mode === 'closed') {
    print(await runClosedLoop(() => ask(prepared), options));
    process.exit(0);
  }
  // Nothing else keeps an idle process alive.
  if (mode === 'idle') setInterval(() => undefined, 2 ** 31 - 1);
}
