import { setTimeout as sleep } from 'node:timers/promises';
import type { JobSpec } from '../../../shared/job.js';
import { seededRandom } from '../../../shared/random.js';
import { randomJob } from '../lib/random-job.js';
import { chosenSteps } from './choose.js';
import { type QuoteCluster, untilAnswering, untilGone } from './cluster.js';
import { deliveredOf } from './delivered.js';
import { type Conditions, nameOf } from './file.js';
import { CHOICES, type Choice, type Outcome, type Quoted } from './outcome.js';

/** What a group of jobs is played with. */
export interface PlayInput extends Conditions {
  readonly cluster: QuoteCluster;
  readonly signal: AbortSignal;
}

/** The same job for the same number and seed, whichever others run. */
export const jobNumbered = (number: number, seed: number): JobSpec =>
  randomJob(nameOf(number), seededRandom(seed * 1_000_003 + number));

/**
 * Runs some jobs side by side; three times each gets another target of its own quote, and all are
 * measured after they have settled. So each job has each choice once, and never have all the
 * fastest at once. The jobs are stopped afterwards, whatever happens.
 */
export async function playGroup(
  numbers: readonly number[],
  input: PlayInput,
): Promise<readonly Outcome[]> {
  const { cluster, seed, settleMs, signal } = input;
  const specs = numbers.map((number) => jobNumbered(number, seed));
  const names = specs.map(({ name }) => name);
  const outcomes: Outcome[] = [];
  try {
    for (const spec of specs) {
      await cluster.call('job-submit', { jobs: [spec] });
      await untilAnswering(cluster, [spec.name]);
      signal.throwIfAborted();
    }
    await sleep(settleMs, undefined, { signal });
    for (let round = 0; round < CHOICES.length; round += 1)
      outcomes.push(...(await playRound(specs, round, input)));
    return outcomes;
  } finally {
    for (const name of names)
      if (cluster.look(name) !== undefined) await cluster.call('job-stop', { name });
    await untilGone(cluster, names);
  }
}

/** The choice of a job in a round: each comes once, and neighbours have others. */
export const choiceIn = (round: number, index: number): Choice =>
  CHOICES[(round + index) % CHOICES.length] ?? 'fastest';

/** Those who need least come first, so that what they leave can be quoted to the fastest. */
const CHEAPEST_FIRST: readonly Choice[] = [...CHOICES].reverse();

async function playRound(
  specs: readonly JobSpec[],
  round: number,
  { cluster, settleMs, measureMs, signal }: PlayInput,
): Promise<readonly Outcome[]> {
  const asked = specs
    .map((spec, index) => ({ spec, choice: choiceIn(round, index) }))
    .sort((a, b) => CHEAPEST_FIRST.indexOf(a.choice) - CHEAPEST_FIRST.indexOf(b.choice));
  const set: { readonly spec: JobSpec; readonly choice: Choice; readonly quoted: Quoted | null }[] =
    [];
  for (const { spec, choice } of asked) {
    const { steps } = await cluster.call('job-quote', { name: spec.name, targetsMs: [] });
    const quoted = chosenSteps(steps)[choice] ?? null;
    if (quoted !== null) {
      const target = { ...spec.target, latencyMs: quoted.targetMs };
      await cluster.call('job-submit', { jobs: [{ ...spec, target }] });
    }
    set.push({ spec, choice, quoted });
  }
  await sleep(settleMs, undefined, { signal });
  const looks = await cluster.watch(
    specs.map(({ name }) => name),
    measureMs,
    signal,
  );
  return set.map(({ spec, choice, quoted }) => ({
    job: spec.name,
    workload: spec.command.join(' '),
    statistic: spec.target.statistic,
    choice,
    beside: specs.length - 1,
    quoted,
    delivered: quoted === null ? null : deliveredOf(looks.get(spec.name) ?? [], quoted),
  }));
}
