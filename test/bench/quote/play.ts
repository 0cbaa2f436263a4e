import type { JobSpec } from '../../../shared/job.js';
import { seededRandom } from '../../../shared/random.js';
import { randomJob } from '../lib/random-job.js';
import { chosenSteps, quotedOf } from './choose.js';
import type { QuoteCluster } from './cluster.js';
import { deliveredOf } from './delivered.js';
import { type Conditions, nameOf } from './file.js';
import { CHOICES, type Choice, type Outcome, type Quoted } from './outcome.js';
import { silentOf, stillThere, watch } from './waiting.js';

/** What a group of jobs is played with. */
export interface PlayInput extends Conditions {
  readonly cluster: QuoteCluster;
  readonly signal: AbortSignal;
  /** Called with the outcomes of each round as soon as it has ended. */
  readonly onRound?: (outcomes: readonly Outcome[]) => void;
}

/** The same job for the same number and seed, whichever others run. */
export const jobNumbered = (number: number, seed: number): JobSpec =>
  randomJob(nameOf(number), seededRandom(seed * 1_000_003 + number));

/** A job of a group, and why it takes no part; '' = it does. */
interface Player {
  readonly spec: JobSpec;
  readonly fault: string;
}

/**
 * Runs some jobs side by side; three times each gets another target of its own quote, and all are
 * measured after they have settled. So each job has each choice once, and never have all the
 * fastest at once. A job that is refused or does not answer is left out, and its outcomes say why.
 * The jobs are stopped afterwards, whatever happens.
 */
export async function playGroup(
  numbers: readonly number[],
  input: PlayInput,
): Promise<readonly Outcome[]> {
  const { cluster, seed, settleMs, signal } = input;
  const specs = numbers.map((number) => jobNumbered(number, seed));
  const outcomes: Outcome[] = [];
  try {
    const players = await startedPlayers(specs, input);
    await cluster.pass(settleMs, signal);
    for (let round = 0; round < CHOICES.length; round += 1) {
      const played = await playRound(players, round, input);
      input.onRound?.(played);
      outcomes.push(...played);
    }
    return outcomes;
  } finally {
    await stopJobs(
      cluster,
      specs.map(({ name }) => name),
    );
  }
}

// All start at the same time: each takes seconds in which it needs little.
async function startedPlayers(
  specs: readonly JobSpec[],
  { cluster, signal }: PlayInput,
): Promise<readonly Player[]> {
  const submitted: Player[] = [];
  for (const spec of specs) {
    const fault = await faultOf(() => cluster.call('job-submit', { jobs: [spec] }));
    submitted.push({ spec, fault });
  }
  const asked = submitted.filter(({ fault }) => fault === '').map(({ spec }) => spec.name);
  const silent = new Set(await silentOf(cluster, asked, signal));
  for (const name of silent)
    if (cluster.look(name) !== undefined)
      await faultOf(() => cluster.call('job-stop', { name: name as JobSpec['name'] }));
  return submitted.map((each) =>
    silent.has(each.spec.name) ? { ...each, fault: NOT_ANSWERING } : each,
  );
}

const NOT_ANSWERING = 'it did not answer within a minute';

/** The sentence of what fails; '' = nothing does. */
async function faultOf(doing: () => Promise<unknown>): Promise<string> {
  try {
    await doing();
    return '';
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}

// What cannot be stopped is removed: the next group is to be measured without it.
async function stopJobs(cluster: QuoteCluster, names: readonly JobSpec['name'][]): Promise<void> {
  for (const name of names)
    if (cluster.look(name) !== undefined) await faultOf(() => cluster.call('job-stop', { name }));
  if ((await stillThere(cluster, names)).length === 0) return;
  await cluster.clear();
  const left = await stillThere(cluster, names);
  if (left.length > 0) throw new Error(`${left.join(', ')} cannot be stopped`);
}

/** The choice of a job in a round: each comes once, and neighbours have others. */
export const choiceIn = (round: number, index: number): Choice =>
  CHOICES[(round + index) % CHOICES.length] ?? 'fastest';

/** Those who need least come first, so that what they leave can be quoted to the fastest. */
const CHEAPEST_FIRST: readonly Choice[] = [...CHOICES].reverse();

interface Asked extends Player {
  readonly choice: Choice;
}
interface Given extends Asked {
  readonly quoted: Quoted | null;
}

async function playRound(
  players: readonly Player[],
  round: number,
  { cluster, settleMs, measureMs, signal }: PlayInput,
): Promise<readonly Outcome[]> {
  const asked = players
    .map((player, index): Asked => ({ ...player, choice: choiceIn(round, index) }))
    .sort((a, b) => CHEAPEST_FIRST.indexOf(a.choice) - CHEAPEST_FIRST.indexOf(b.choice));
  const given: Given[] = [];
  for (const each of asked) given.push(await giveTarget(each, cluster));
  for (const [i, each] of given.entries()) given[i] = await quotedAgain(each, cluster);
  await cluster.pass(settleMs, signal);
  const playing = players.filter(({ fault }) => fault === '').map(({ spec }) => spec.name);
  const looks = await watch(cluster, playing, { forMs: measureMs, signal });
  return given.map(({ spec, choice, quoted, fault }) => ({
    job: spec.name,
    workload: spec.command.join(' '),
    statistic: spec.target.statistic,
    choice,
    beside: playing.length - 1,
    quoted,
    delivered: quoted === null ? null : deliveredOf(looks.get(spec.name) ?? [], quoted),
    ...(fault === '' ? {} : { fault }),
  }));
}

/** Quotes a job and sets the target of its choice. */
async function giveTarget(each: Asked, cluster: QuoteCluster): Promise<Given> {
  const { spec, choice } = each;
  let quoted: Quoted | null = null;
  if (each.fault !== '') return { ...each, quoted };
  const fault = await faultOf(async () => {
    const { steps } = await cluster.call('job-quote', { name: spec.name, targetsMs: [] });
    const chosen = chosenSteps(steps)[choice] ?? null;
    if (chosen === null) return;
    const target = { ...spec.target, latencyMs: chosen.targetMs };
    await cluster.call('job-submit', { jobs: [{ ...spec, target }] });
    quoted = chosen;
  });
  return { ...each, quoted, fault };
}

/**
 * What is quoted of the target once the others have theirs: those that were set later may have
 * made a job slower within its band. The first quote counts where the target is not met any more.
 */
async function quotedAgain(each: Given, cluster: QuoteCluster): Promise<Given> {
  const { spec, quoted } = each;
  if (quoted === null) return each;
  let again = quoted;
  const fault = await faultOf(async () => {
    const asked = { name: spec.name, targetsMs: [quoted.targetMs] };
    const [step] = (await cluster.call('job-quote', asked)).steps;
    again = (step === undefined ? undefined : quotedOf(step)) ?? quoted;
  });
  return { ...each, quoted: again, fault };
}
