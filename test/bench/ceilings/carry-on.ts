import { calibrate } from './calibrate.js';
import { type Figures, machine, readFigures, type Times, writeFigures } from './file.js';
import { isDisturbed, type Played } from './play.js';
import { untilQuiet } from './quiet.js';
import { allocatableHere, type Session } from './session.js';

/** Runs of one bench, each known by its key. */
export interface Plan<Key, Run extends Key & Played> extends Times {
  readonly file: string;
  readonly keys: readonly Key[];
  /** Tells keys apart, and a run by its key. */
  text(key: Key): string;
  runOnce(key: Key, figures: Figures<Run>, session: Session): Promise<Run>;
  /** What to print of a run. */
  line(run: Run): string;
}

const say = (sentence: string): void => console.error(sentence);

/**
 * Runs what the file does not hold yet, and keeps each run in it as soon as it has ended. All that
 * it then holds.
 */
export async function carryOn<Key, Run extends Key & Played>(
  plan: Plan<Key, Run>,
  session: Session,
): Promise<readonly Run[]> {
  const { file, text } = plan;
  let figures = readFigures<Run>(file, plan) ?? (await begin<Run>(plan, session));
  writeFigures(file, figures);
  const held = new Set(figures.runs.map(text));
  const open = plan.keys.filter((key) => !held.has(text(key)));
  for (const [index, key] of open.entries()) {
    const run = await undisturbed(() => plan.runOnce(key, figures, session), session);
    figures = { ...figures, runs: [...figures.runs, run] };
    writeFigures(file, figures);
    say(`${index + 1}/${open.length} ${plan.line(run)}`);
  }
  return figures.runs;
}

/** Tries of a run beside which others used the machine; the last one is kept all the same. */
const TRIES = 3;

async function undisturbed<Run extends Played>(
  runOnce: () => Promise<Run>,
  { signal }: Session,
): Promise<Run> {
  for (let left = TRIES - 1; ; left -= 1) {
    await untilQuiet(signal, say);
    const run = await runOnce();
    if (left === 0 || !isDisturbed(run)) return run;
    say(
      `others used ${(run.othersCores - run.dqoesCores).toFixed(2)} CPU beside this run: once more`,
    );
  }
}

async function begin<Run>(
  { bench, settleMs, measureMs }: Times,
  session: Session,
): Promise<Figures<Run>> {
  say(
    'calibrating: each workload alone, then all services together; about a minute, once ' +
      'for this file',
  );
  const allocatableCores = await allocatableHere(session);
  const calibration = await calibrate({ allocatableCores, signal: session.signal, say });
  return { bench, machine: machine(), settleMs, measureMs, calibration, runs: [] };
}
