import { availableParallelism } from 'node:os';
import { isCluster } from '../../lab/bench/capacity.js';
import { benchOrder, remainingBlocks } from '../../lab/bench/order.js';
import { SAMPLE_IMAGE } from '../../lab/bench/sample.js';
import type { ForeignLevel } from '../../lab/foreign/levels.js';
import type { Scenario } from '../../lab/types.js';
import { type Fault, type FileFault, ok, type Result } from '../../shared/result.js';
import { type ExitCode, exitCodeOf, faultLine } from '../output/faults.js';
import type { App } from '../shell/app.js';
import { outputFaults } from '../shell/output-files.js';
import { refuse } from '../shell/session.js';
import { playBench } from './bench.js';
import { type BenchFolder, claimFolder } from './bench-folder.js';
import { BenchLog, type BenchOutputs } from './bench-log.js';
import { ProcessBurner } from './burner.js';
import { isDone, knownMeasures, readEarlier } from './earlier.js';
import type { BenchEnvironment } from './environment.js';
import { readScenarios } from './files.js';
import { ProcessForeignLoader } from './foreign.js';
import { BenchHosts, missingForHosts } from './hosts/hosts.js';
import type { BenchPlan } from './plan.js';
import { readPolicies } from './policies.js';
import { benchSettings } from './settings.js';
import { openSystem } from './system.js';

/** The flags of `dqoes lab bench`. */
export interface BenchOptions extends BenchOutputs {
  /** Policy names, separated by commas. */
  readonly policy: string;
  readonly repeat: number;
  /** Replaces the seed of each file. */
  readonly seed?: number;
  /** Replaces the load of other programs in each file. */
  readonly foreign?: ForeignLevel;
  /** Minimum time to measure the work of a request, s. */
  readonly calibrateSeconds: number;
}

/**
 * `dqoes lab bench`: runs every policy on the same real work, interleaved; prints scores with
 * median and spread. Leaves only the files asked for.
 */
export async function runBench(
  app: App,
  files: readonly string[],
  options: BenchOptions,
): Promise<ExitCode> {
  const { json, report, markdown } = options;
  const scenarios = readScenarios(files, options);
  const policies = readPolicies(options.policy);
  const faults: readonly FileFault[] = [
    ...(scenarios.ok ? [] : scenarios.error),
    ...(policies.ok ? [] : policies.error),
    ...outputFaults({ json: json === '-' ? undefined : json, report, markdown }),
    ...hostFaults(app, scenarios.ok ? scenarios.value : []),
  ];
  if (!scenarios.ok || !policies.ok || faults.length > 0) {
    for (const { file, ...fault } of faults) app.output.problem(faultLine(fault, file));
    return exitCodeOf(faults);
  }
  const settings = benchSettings(scenarios.value, options);
  const earlier = readEarlier(json, settings);
  if (!earlier.ok) {
    for (const fault of earlier.error) app.output.problem(faultLine(fault));
    return exitCodeOf(earlier.error);
  }
  const all = benchOrder(scenarios.value.length, policies.value, options.repeat);
  const blocks =
    earlier.value === null ? all : remainingBlocks(all, isDone(earlier.value, scenarios.value));
  const known = knownMeasures(earlier.value, scenarios.value);
  const common = { scenarios: scenarios.value, blocks, known };
  const logOptions = { app, ...common, outputs: options, settings, earlier: earlier.value };
  if (blocks.length === 0) return new BenchLog(logOptions).end(ok(undefined));
  const plan = { ...common, calibrateMs: options.calibrateSeconds * 1000 };
  return playOnHosts(app, plan, () => new BenchLog(logOptions));
}

async function playOnHosts(app: App, plan: BenchPlan, openLog: () => BenchLog): Promise<ExitCode> {
  const folder = await claimFolder(app.clock);
  if (!folder.ok) return refuse(app, folder.error);
  try {
    const hosts = await startHosts(app, folder.value, plan.scenarios);
    if (!hosts.ok) return refuse(app, hosts.error);
    const world = worldOf(app, folder.value, hosts.value);
    try {
      const log = openLog();
      return log.end(await playBench(plan, world, log));
    } finally {
      await Promise.all([world.burner.stop(), world.foreign.stop()]);
      await hosts.value.stop();
    }
  } finally {
    folder.value.remove();
  }
}

const maxHosts = (scenarios: readonly Scenario[]): number =>
  Math.max(0, ...scenarios.filter(isCluster).map(({ nodes }) => nodes.length));

function hostFaults({ config }: App, scenarios: readonly Scenario[]): readonly Fault[] {
  if (maxHosts(scenarios) === 0) return [];
  const fault = missingForHosts(config.which, process.getuid?.() === 0);
  return fault === undefined ? [] : [fault];
}

/** Started once for all runs: as many as the largest scenario has nodes. */
async function startHosts(
  app: App,
  { hosts: folder }: BenchFolder,
  scenarios: readonly Scenario[],
): Promise<Result<BenchHosts>> {
  const count = maxHosts(scenarios);
  if (count > 0)
    app.output.message(
      `starting ${count} hosts on this machine, each with a Docker Engine of its own`,
    );
  return BenchHosts.start(count, { folder, image: SAMPLE_IMAGE, signal: app.signal });
}

function worldOf(app: App, folder: BenchFolder, hosts: BenchHosts): BenchEnvironment {
  return {
    open: async ({ nodes, ...options }) => {
      const state = await folder.next();
      if (!state.ok) return state;
      const opened = await openSystem(app, {
        ...options,
        stateDir: state.value,
        hosts: hosts.as(nodes),
      });
      if (!opened.ok) return opened;
      return ok({ ...opened.value, died: Promise.race([opened.value.died, hosts.died]) });
    },
    burner: new ProcessBurner(process.execPath),
    foreign: new ProcessForeignLoader(process.execPath),
    machineCores: availableParallelism(),
    clock: app.clock,
    signal: app.signal,
  };
}
