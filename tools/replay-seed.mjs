// Plays properties again with the values that failed. fast-check prints `seed` and `path`;
// DQOES_SEED and DQOES_SEED_PATH give them to all properties that mocha then runs, as mocha loads
// this first (its settings say so). A path leads to one value of one property: choose its test by
// `npm run test:one -- FILE -- -g TITLE`.

const SEED = /^-?\d+$/;
const PATH = /^\d+(:\d+)*$/;

/** What fast-check is to be told; undefined = nothing. Throws where a variable cannot be meant. */
export function replayOf({ DQOES_SEED: seed, DQOES_SEED_PATH: path }) {
  if (seed === undefined) {
    if (path === undefined) return undefined;
    throw new Error('DQOES_SEED_PATH leads nowhere without DQOES_SEED: fast-check prints both');
  }
  if (!SEED.test(seed))
    throw new Error(`DQOES_SEED is ${JSON.stringify(seed)}: give a whole number, as in -968907940`);
  if (path === undefined) return { seed: Number(seed) };
  if (!PATH.test(path))
    throw new Error(`DQOES_SEED_PATH is ${JSON.stringify(path)}: give it as printed, as in 11:1:3`);
  return { seed: Number(seed), path, endOnFailure: true };
}

const parameters = replayOf(process.env);
if (parameters !== undefined) {
  const { default: fc } = await import('fast-check');
  fc.configureGlobal({ ...fc.readConfigureGlobal(), ...parameters });
}
