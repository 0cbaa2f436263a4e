/**
 * How often a test kills at a random moment: as `--rounds N` of tools/test.mjs says, else `short`.
 */
export const roundsOr = (short: number): number => Number(process.env.DQOES_TEST_ROUNDS ?? short);
