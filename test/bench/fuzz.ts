// Feeds every decoder of input from outside with changed and random bytes. Usage: npm run fuzz --
// [--cases N] [--seed S] [--target NAME]. Each case has a seed of its own, so that one that fails
// can be run alone: --cases 1 --seed S --target NAME.
import { parseArgs } from 'node:util';
import { seededRandom } from '../../shared/random.js';
import { mutated } from '../lib/fuzz/mutate.js';
import { FUZZ_TARGETS, type FuzzTarget } from '../lib/fuzz/targets.js';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    target: { type: 'string' },
  },
});
const [cases, first] = [Number(values.cases), Number(values.seed)];
const targets = FUZZ_TARGETS.filter(
  ({ name }) => values.target === undefined || name === values.target,
);
if (!(cases > 0) || !Number.isSafeInteger(first) || targets.length === 0) {
  const names = FUZZ_TARGETS.map(({ name }) => name).join(', ');
  console.error(`give --cases and --seed as whole numbers, and as --target one of ${names}`);
  process.exit(2);
}
process.exitCode = targets.map(fuzz).every(Boolean) ? 0 : 1;

function fuzz({ name, corpus, run }: FuzzTarget): boolean {
  const startedAt = performance.now();
  let [slowestMs, slowestSeed] = [0, first];
  for (let seed = first; seed < first + cases; seed += 1) {
    const bytes = mutated(corpus, seededRandom(seed));
    const at = performance.now();
    try {
      run(bytes);
    } catch (cause) {
      console.error(`${name}, seed ${seed}: ${String(cause)}`);
      console.error(`bytes, base64: ${Buffer.from(bytes).toString('base64').slice(0, 2000)}`);
      return false;
    }
    const tookMs = performance.now() - at;
    if (tookMs > slowestMs) [slowestMs, slowestSeed] = [tookMs, seed];
  }
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(
    `${name.padEnd(12)} ${cases} cases in ${seconds.toFixed(1)} s, none failed; the slowest took ` +
      `${slowestMs.toFixed(1)} ms (seed ${slowestSeed})`,
  );
  return true;
}
