import { calibrate } from './calibrate.js';
import { type Figures, machine, readFigures, type Times, writeFigures } from './file.js';
import { allocatableHere, type Session } from './session.js';

/** Runs of one bench, each known by its key. */
export interface Plan<Key, Run extends Key> extends Times {
  readonly file: string;
  readonly keys: readonly Key[];
  /** Tells keys apart, and a run by its key. */
  text(key: Key): string;
  runOnce(key: Key, figures: Figures<Run>, session: Session): Promise<Run>;
  /** What to print of a run. */
  line(run: Run): string;
}

const say = (sentence: string): void => console.error(sentence);

/** Runs what the file does not hold yet, and keeps each run in it as soon as it has ended. All that it then holds. */
export async function carryOn<Key, Run extends Key>(plan: Plan<Key, Run>, session: Session): Promise<readonly Run[]> {
  const { file, text } = plan;
  let figures = readFigures<Run>(file, plan) ?? (await begin<Run>(plan, session));
  writeFigures(file, figures);
  const held = new Set(figures.runs.map(text));
  const open = plan.keys.filter((key) => !held.has(text(key)));
  for (const [index, key] of open.entries()) {
    const run = await plan.runOnce(key, figures, session);
    figures = { ...figures, runs: [...figures.runs, run] };
    writeFigures(file, figures);
    say(`${index + 1}/${open.length} ${plan.line(run)}`);
  }
  return figures.runs;
}

async function begin<Run>({ bench, settleMs, measureMs }: Times, session: Session): Promise<Figures<Run>> {
  say('calibrating: each workload alone, then all services together; about a minute, once for this file');
  const allocatableCores = await allocatableHere(session);
  const calibration = await calibrate({ allocatableCores, signal: session.signal, say });
  return { bench, machine: machine(), settleMs, measureMs, calibration, runs: [] };
}
