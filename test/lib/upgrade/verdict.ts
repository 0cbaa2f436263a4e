import { seededRandom } from '../../../shared/random.js';
import { factorText, type Phase } from './judge.js';

/**
 * What was seen in one stretch of time: while nothing happened (`control`), while a program was
 * replaced (`replacement`; again under the same name where it was tried again), or while a job got
 * another target (`target`), which may cost that job its target.
 */
export interface StepRow {
  readonly kind: 'control' | 'replacement' | 'target';
  readonly what: string;
  /** Until the other build was up, s; null = nothing was replaced. */
  readonly upSeconds: number | null;
  readonly phase: Phase;
}

/** A replacement may cost one job its target for the while. */
const JOBS_OFF_TARGET = 1;
/** A limit that moves by no more than this factor makes a normal step, whatever controls show. */
const NORMAL_STEP_RATIO = 2;
/** Fewer stretches in which nothing happens do not show how much chance there is. */
const MIN_CONTROLS = 5;
/** Chance of a false alarm of the test over all replacements. */
const SIGNIFICANCE = 0.01;
/** A run in which the loss of as many jobs to all replacements would not be seen shows nothing. */
const MUST_SEE_JOBS = 3;
const SHUFFLES = 10_000;
const SEED = 21;

/**
 * What looks worse in a replacement than in every control, in sentences: more than one job fewer at
 * target than in the worst of them, or a limit that moved by more than a normal step and more than
 * in any of them. Also chance does that now and then: what does not happen again when the program
 * is replaced once more was not the replacement's doing.
 */
export function doubtsOf(row: StepRow, controls: readonly StepRow[]): readonly string[] {
  const { meanAtTarget, largestStep } = row.phase;
  const leastAtTarget = Math.min(...controls.map(({ phase }) => phase.meanAtTarget));
  const mostStep = Math.max(NORMAL_STEP_RATIO, ...controls.map(({ phase }) => phase.largestStep));
  return [
    ...(meanAtTarget >= leastAtTarget - JOBS_OFF_TARGET
      ? []
      : [
          `${meanAtTarget.toFixed(1)} jobs at target, ` +
            `at least ${leastAtTarget.toFixed(1)} while nothing was replaced`,
        ]),
    ...(largestStep <= mostStep
      ? []
      : [`a limit moved by ${factorText(largestStep)}, a normal step is ${factorText(mostStep)}`]),
  ];
}

/**
 * What is wrong with an upgrade, in sentences; none = it kept what is promised. Each breach of a
 * promise that chance cannot break (a job lost, restarted, elsewhere; a limit past the bound of one
 * decision) is one, whenever it was seen. What chance can do, jobs off their targets, is held
 * against stretches of the same length in which nothing happened: each replacement must be no worse
 * than the worst of these, or else no worse when it is tried again, and all of them together must
 * not cost more than a job, by a permutation test (Fisher 1935, Pitman 1937), which assumes nothing
 * of how the noise is distributed. A run so noisy that the test could not see three jobs lost is a
 * fault itself.
 */
export function faultsOf(rows: readonly StepRow[]): readonly string[] {
  const controls = rows.filter(({ kind }) => kind === 'control');
  const replacements = rows.filter(({ kind }) => kind === 'replacement');
  return [...promisesBroken(rows), ...judged(controls, replacements)];
}

const promisesBroken = (rows: readonly StepRow[]): readonly string[] =>
  rows.flatMap(({ what, phase }) => [
    ...phase.breaches.map((breach) => `${what}: ${breach}`),
    ...(phase.looks === 0 ? [`${what}: nobody looked`] : []),
  ]);

function judged(controls: readonly StepRow[], replacements: readonly StepRow[]): readonly string[] {
  if (controls.length < MIN_CONTROLS)
    return [`nothing happened in ${controls.length} stretches, ${MIN_CONTROLS} are needed`];
  if (replacements.length === 0) return ['nothing was replaced'];
  return [...againAndAgain(controls, replacements), ...together(controls, replacements)];
}

/** Replacements that were doubtful each time they were tried. */
function againAndAgain(
  controls: readonly StepRow[],
  replacements: readonly StepRow[],
): readonly string[] {
  const names = [...new Set(replacements.map(({ what }) => what))];
  return names.flatMap((name) => {
    const tries = replacements.filter(({ what }) => what === name);
    const doubts = tries.map((row) => doubtsOf(row, controls));
    if (doubts.some((found) => found.length === 0)) return [];
    const times = tries.length === 1 ? 'the only time' : `each of ${tries.length} times`;
    return [`${name}, ${times}: ${doubts.map((found) => found.join(', ')).join('; ')}`];
  });
}

/** What all replacements cost together, and whether that could have been seen. */
function together(
  controls: readonly StepRow[],
  replacements: readonly StepRow[],
): readonly string[] {
  const quiet = controls.map(({ phase }) => phase.meanAtTarget);
  const busy = replacements.map(({ phase }) => phase.meanAtTarget);
  const spoilt = busy.map((share) => Math.max(0, share - MUST_SEE_JOBS));
  const [chance, blindness] = [chanceOfLoss(quiet, busy), chanceOfLoss(quiet, spoilt)];
  const means = `${mean(busy).toFixed(1)} jobs at target, ${mean(quiet).toFixed(1)}`;
  return [
    ...(chance >= SIGNIFICANCE
      ? []
      : [
          `all replacements together: ${means} while nothing was replaced, ` +
            `by chance in ${(100 * chance).toFixed(2)} % of runs`,
        ]),
    ...(blindness < SIGNIFICANCE
      ? []
      : [
          `jobs at target vary too much while nothing is replaced ` +
            `(${quiet.map((share) => share.toFixed(1)).join(', ')}): ${MUST_SEE_JOBS} jobs lost ` +
            'in each replacement would not be seen; repeat it on a quieter machine',
        ]),
  ];
}

/**
 * Chance that shares which differ by no more than the job that is allowed look as far apart as
 * these: the part of random divisions of all of them in which the mean of the controls exceeds that
 * of the others by as much.
 */
export function chanceOfLoss(quiet: readonly number[], busy: readonly number[]): number {
  const allowed = busy.map((share) => share + JOBS_OFF_TARGET);
  const all = [...quiet, ...allowed];
  const seen = mean(quiet) - mean(allowed);
  const random = seededRandom(SEED);
  let asFar = 0;
  for (let round = 0; round < SHUFFLES; round += 1) {
    const drawn = shuffled(all, random);
    if (mean(drawn.slice(0, quiet.length)) - mean(drawn.slice(quiet.length)) >= seen - 1e-9)
      asFar += 1;
  }
  return (1 + asFar) / (1 + SHUFFLES);
}

/** Fisher and Yates. */
function shuffled(values: readonly number[], random: () => number): readonly number[] {
  const drawn = [...values];
  for (let last = drawn.length - 1; last > 0; last -= 1) {
    const at = Math.floor(random() * (last + 1));
    [drawn[last], drawn[at]] = [drawn[at] ?? 0, drawn[last] ?? 0];
  }
  return drawn;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
