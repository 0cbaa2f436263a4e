// Broken input for every decoder of input from outside: none may throw. Usage: npm run fuzz --
// [--cases N] [--seed S] [--decoder NAME] [--seconds N] [--state FILE] [--json FILE]. Each case has
// a seed of its own, so that one that fails can be run alone: --cases 1 --seed S --decoder NAME. It
// is kept in test/fixtures/fuzz and tried again in every run. `--state`: goes on where the last run
// with that file ended, until each decoder had those cases. `--seconds`: for each at most.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { seededRandom } from '../../shared/random.js';
import { keepCase, keptCases } from '../lib/fuzz/corpus.js';
import { caseFor, type FuzzTarget } from '../lib/fuzz/target.js';
import { FUZZ_TARGETS } from '../lib/fuzz/targets.js';

/** What one decoder was given in all runs with this state. */
interface Done {
  readonly decoder: string;
  readonly cases: number;
  readonly failed: number;
  readonly seconds: number;
  readonly slowestMs: number;
  readonly slowestSeed: number;
}

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    decoder: { type: 'string' },
    target: { type: 'string' },
    seconds: { type: 'string', default: '0' },
    state: { type: 'string', default: '' },
    json: { type: 'string', default: '' },
  },
});
const [cases, first, maxSeconds] = [values.cases, values.seed, values.seconds].map(Number) as [
  number,
  number,
  number,
];
const asked = values.decoder ?? values.target;
const targets = FUZZ_TARGETS.filter(({ name }) => asked === undefined || name === asked);
if (!(cases > 0 && maxSeconds >= 0) || !Number.isSafeInteger(first) || targets.length === 0) {
  const names = FUZZ_TARGETS.map(({ name }) => name).join(', ');
  console.error(
    `give --cases, --seconds and --seed as whole numbers, and as --decoder one of ${names}`,
  );
  process.exit(2);
}
const earlier: readonly Done[] =
  values.state !== '' && existsSync(values.state)
    ? (JSON.parse(readFileSync(values.state, 'utf8')) as readonly Done[])
    : [];
const all = new Map(earlier.map((done) => [done.decoder, done]));
for (const target of targets) {
  all.set(target.name, await fuzz(target, all.get(target.name)));
  for (const file of [values.state, values.json])
    if (file !== '') writeFileSync(file, `${JSON.stringify([...all.values()], null, 2)}\n`);
}
process.exitCode = [...all.values()].every(({ failed }) => failed === 0) ? 0 : 1;

/** Goes on after the cases that were done, and says what came of all. */
async function fuzz(target: FuzzTarget, before: Done | undefined): Promise<Done> {
  const { name, run } = target;
  const startedAt = performance.now();
  let { slowestMs, slowestSeed, failed } = before ?? {
    slowestMs: 0,
    slowestSeed: first,
    failed: 0,
  };
  let done = before?.cases ?? 0;
  for (const bytes of keptCases(name)) await run(bytes);
  while (done < cases) {
    const atMs = performance.now();
    if (maxSeconds > 0 && atMs - startedAt > 1000 * maxSeconds) break;
    const seed = first + done;
    const bytes = caseFor(target, seededRandom(seed));
    const runAt = performance.now();
    done += 1;
    try {
      const running = run(bytes);
      // To wait at each case would cost the fast ones more than their work.
      if (running !== undefined) await running;
    } catch (cause) {
      console.error(`${name}, seed ${seed}: ${String(cause)}`);
      console.error(`kept as ${keepCase(name, seed, bytes)}`);
      failed += 1;
      break;
    }
    const tookMs = performance.now() - runAt;
    if (tookMs > slowestMs) [slowestMs, slowestSeed] = [tookMs, seed];
  }
  const seconds = (performance.now() - startedAt) / 1000;
  const now = done - (before?.cases ?? 0);
  console.log(
    `${name.padEnd(15)} ${String(done).padStart(8)} cases, ${failed} failed; now ` +
      `${Math.round(now / seconds)} a second; the slowest took ${slowestMs.toFixed(1)} ms ` +
      `(seed ${slowestSeed})`,
  );
  const total = (before?.seconds ?? 0) + seconds;
  return { decoder: name, cases: done, failed, seconds: total, slowestMs, slowestSeed };
}
