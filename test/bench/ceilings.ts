/**
 * `npm run bench:ceilings -- --json FILE [--loads 30,60,90,120] [--policies default,weights,adaptive,dqoes] [--repetitions 3]
 * [--neighbours calm,noisy] [--settle 20s] [--measure 30s]`: five real services with Poisson arrivals and a p95 ceiling each,
 * alone and beside two closed loops, under each policy on the same arrivals. Goes on where FILE ends.
 */
import { LAB_POLICIES } from '../../lab/policies/index.js';
import { calibrate } from './ceilings/calibrate.js';
import { type Figures, type FiguresRun, holds, machine, readFigures, writeFigures } from './ceilings/file.js';
import { loadsOf } from './ceilings/loads.js';
import { type Options, readOptions } from './ceilings/options.js';
import { keyText, type RunKey, runsOf } from './ceilings/plan.js';
import { play } from './ceilings/play.js';
import { allocatableHere, asOnlyBench, asProgram, type Session } from './ceilings/session.js';
import { details, overview } from './ceilings/table.js';
import { ratesFor } from './ceilings/work.js';

const say = (sentence: string): void => console.error(sentence);

async function begin({ settleMs, measureMs }: Options, session: Session): Promise<Figures> {
  say('calibrating: each workload alone, then all services together; about a minute, once for this file');
  const allocatableCores = await allocatableHere(session);
  const calibration = await calibrate({ allocatableCores, signal: session.signal, say });
  return { bench: 'ceilings', machine: machine(), settleMs, measureMs, calibration, runs: [] };
}

async function runOnce(key: RunKey, { calibration, settleMs, measureMs }: Figures, session: Session) {
  const policy = LAB_POLICIES[key.policy];
  if (policy === undefined) throw new Error(`there is no policy ${key.policy}`);
  const loads = loadsOf(key, calibration);
  const { played } = await play({
    ...{ policy, loads, settleMs, measureMs, signal: session.signal },
    stateDir: await session.nextState(),
  });
  const rates = ratesFor(key.loadPercent / 100, calibration);
  return { ...key, ...played, rates, endedAt: new Date().toISOString() };
}

const runLine = (run: FiguresRun): string => {
  const jobs = run.jobs.map(({ id, within }) => `${id} ${within?.toFixed(2) ?? '-'}`).join(', ');
  return `${keyText(run)}: ${jobs}; ${run.jobsCores} CPU, others ${run.othersCores}`;
};

async function runAll(options: Options, session: Session): Promise<void> {
  const { file } = options;
  let figures = readFigures(file, options) ?? (await begin(options, session));
  writeFigures(file, figures);
  const open = runsOf(options).filter((key) => !holds(figures, key));
  for (const [index, key] of open.entries()) {
    const run = await runOnce(key, figures, session);
    figures = { ...figures, runs: [...figures.runs, run] };
    writeFigures(file, figures);
    say(`${index + 1}/${open.length} ${runLine(run)}`);
  }
  console.table(details(figures.runs));
  console.table(overview(figures.runs));
}

await asProgram(async () => {
  const options = readOptions(process.argv);
  await asOnlyBench((session) => runAll(options, session));
});
