import { performance } from 'node:perf_hooks';
import { seededRandom } from '../../shared/random.js';
import { fuzzCase } from '../lib/metric-fuzz.js';

// Usage: fuzz-metrics.js [CASES] [SEED]. Each case has a seed of its own, so one that fails can be
// run alone.
const cases = Number(process.argv[2] ?? 1_000_000);
const first = Number(process.argv[3] ?? 1);
const startedAt = performance.now();
let slowestMs = 0;
for (let seed = first; seed < first + cases; seed += 1) {
  const at = performance.now();
  try {
    fuzzCase(seededRandom(seed));
  } catch (cause) {
    console.error(`seed ${seed}: ${String(cause)}`);
    process.exit(1);
  }
  slowestMs = Math.max(slowestMs, performance.now() - at);
}
const seconds = (performance.now() - startedAt) / 1000;
console.log(
  `${cases} cases (seeds ${first} to ${first + cases - 1}) in ${seconds.toFixed(1)} s, ` +
    `none failed; the slowest took ${slowestMs.toFixed(1)} ms`,
);
