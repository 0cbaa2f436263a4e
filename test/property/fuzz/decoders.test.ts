import { describe, it } from 'mocha';
import { seededRandom } from '../../../shared/random.js';
import { keptCases } from '../../lib/fuzz/corpus.js';
import { caseFor } from '../../lib/fuzz/target.js';
import { FUZZ_TARGETS } from '../../lib/fuzz/targets.js';

/** A short form; npm run fuzz -- --cases 1000000 for the whole. */
const CASES = 300;

describe('decoders of input from outside', () => {
  const first = Date.now() % 1_000_000;
  for (const target of FUZZ_TARGETS) {
    const { name, corpus, run } = target;
    it(`${name}: never throws, and keeps its promises (seeds from ${first})`, async () => {
      for (const each of [...corpus, ...keptCases(name)]) await run(each);
      for (let seed = first; seed < first + CASES; seed += 1)
        try {
          await run(caseFor(target, seededRandom(seed)));
        } catch (cause) {
          throw new Error(`npm run fuzz -- --cases 1 --seed ${seed} --decoder ${name}`, { cause });
        }
    });
  }
});
