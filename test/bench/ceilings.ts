/**
 * `npm run bench:ceilings -- --json FILE [--loads 30,60,90,120] [--policies
 * default,weights,adaptive,dqoes] [--repetitions 3] [--neighbours calm,noisy] [--settle 20s]
 * [--measure 30s]`: five real services with Poisson arrivals and a p95 ceiling each, alone and
 * beside two closed loops, under each policy on the same arrivals. Goes on where FILE ends.
 */
import { carryOn } from './ceilings/carry-on.js';
import type { Figures, FiguresRun } from './ceilings/file.js';
import { loadsOf } from './ceilings/loads.js';
import { policyNamed, readCeilingOptions } from './ceilings/options.js';
import { keyText, type RunKey, runsOf } from './ceilings/plan.js';
import { play } from './ceilings/play.js';
import { asOnlyBench, asProgram, type Session } from './ceilings/session.js';
import { details, disturbed, overview } from './ceilings/table.js';
import { ratesFor } from './ceilings/work.js';

async function runOnce(
  key: RunKey,
  { calibration, settleMs, measureMs }: Figures<FiguresRun>,
  session: Session,
) {
  const { played } = await play({
    policy: policyNamed(key.policy),
    loads: loadsOf(key, calibration),
    settleMs,
    measureMs,
    signal: session.signal,
    stateDir: await session.nextState(),
  });
  const rates = ratesFor(key.loadPercent / 100, calibration);
  return { ...key, ...played, rates, endedAt: new Date().toISOString() };
}

function lineOf(run: FiguresRun): string {
  const jobs = run.jobs.map(({ id, within }) => `${id} ${within?.toFixed(2) ?? '-'}`).join(', ');
  return (
    `${keyText(run)}: ${jobs}; ${run.jobsCores} CPU, others ` +
    `${run.othersCores}${disturbed(run)}`
  );
}

await asProgram(async () => {
  const options = readCeilingOptions(process.argv);
  const { file, settleMs, measureMs } = options;
  const plan = { bench: 'ceilings', file, settleMs, measureMs, keys: runsOf(options) };
  await asOnlyBench(async (session) => {
    const runs = await carryOn({ ...plan, text: keyText, runOnce, line: lineOf }, session);
    console.table(details(runs));
    console.table(overview(runs));
  });
});
