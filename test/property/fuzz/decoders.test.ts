import { describe, it } from 'mocha';
import { seededRandom } from '../../../shared/random.js';
import { mutated } from '../../lib/fuzz/mutate.js';
import { FUZZ_TARGETS } from '../../lib/fuzz/targets.js';

/** A short form; npm run fuzz -- --cases 1000000 for the whole. */
const CASES = 400;

describe('decoders of input from outside', () => {
  const first = Date.now() % 1_000_000;
  for (const { name, corpus, run } of FUZZ_TARGETS)
    it(`${name}: never throws, and keeps its promises (seeds from ${first})`, () => {
      for (const each of corpus) run(each);
      for (let seed = first; seed < first + CASES; seed += 1)
        try {
          run(mutated(corpus, seededRandom(seed)));
        } catch (cause) {
          throw new Error(`npm run fuzz -- --cases 1 --seed ${seed} --target ${name}`, { cause });
        }
    });
});
