import { benchOrder } from '../../lab/bench/order.js';
import type { App } from '../commands/app.js';
import { refuse } from '../commands/session.js';
import { type ExitCode, exitCodeOf, faultLine } from '../output/faults.js';
import { type BenchWorld, playBench } from './bench.js';
import { ProcessBurner } from './burner.js';
import { type FileFault, outputFaults, readScenarios } from './files.js';
import { type BenchFolder, claimFolder } from './folder.js';
import { BenchLog, type BenchOutputs } from './log.js';
import { readPolicies } from './policies.js';
import { openSystem } from './system.js';

export interface BenchOptions extends BenchOutputs {
  /** Names, separated by commas. */
  readonly policy: string;
  readonly repeat: number;
  /** Instead of the seed of each file. */
  readonly seed?: number;
  /** Least time of measuring the work of a request, s. */
  readonly calibrateSeconds: number;
}

/** `dqoes lab bench`: every policy on the same real work, interleaved; scores, medians and spread. Leaves nothing behind but the files asked for. */
export async function runBench(app: App, files: readonly string[], options: BenchOptions): Promise<ExitCode> {
  const { json, report, markdown } = options;
  const scenarios = readScenarios(files, options.seed);
  const policies = readPolicies(options.policy);
  const faults: readonly FileFault[] = [
    ...(scenarios.ok ? [] : scenarios.error),
    ...(policies.ok ? [] : policies.error),
    ...outputFaults({ json: json === '-' ? undefined : json, report, markdown }),
  ];
  if (!scenarios.ok || !policies.ok || faults.length > 0) {
    for (const { file, ...fault } of faults) app.output.problem(faultLine(fault, file));
    return exitCodeOf(faults);
  }
  const folder = claimFolder(app.clock);
  if (!folder.ok) return refuse(app, folder.error);
  const world = worldOf(app, folder.value);
  const blocks = benchOrder(scenarios.value.length, policies.value, options.repeat);
  const log = new BenchLog({ app, scenarios: scenarios.value, blocks, outputs: options });
  try {
    const plan = { scenarios: scenarios.value, blocks, calibrateMs: options.calibrateSeconds * 1000 };
    return log.end(await playBench(plan, world, log));
  } finally {
    await world.burner.stop();
    folder.value.remove();
  }
}

function worldOf(app: App, folder: BenchFolder): BenchWorld {
  return {
    open: async (options) => {
      const state = await folder.next();
      return state.ok ? openSystem(app, { ...options, stateDir: state.value }) : state;
    },
    burner: new ProcessBurner(process.execPath),
    clock: app.clock,
    signal: app.signal,
  };
}
