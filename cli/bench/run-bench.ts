import { availableParallelism } from 'node:os';
import { isCluster } from '../../lab/bench/capacity.js';
import { benchOrder } from '../../lab/bench/order.js';
import { SAMPLE_IMAGE } from '../../lab/bench/sample.js';
import type { ForeignLevel } from '../../lab/foreign/levels.js';
import type { Scenario } from '../../lab/types.js';
import { type Fault, type FileFault, ok, type Result } from '../../shared/result.js';
import { type ExitCode, exitCodeOf, faultLine } from '../output/faults.js';
import type { App } from '../shell/app.js';
import { refuse } from '../shell/session.js';
import { type BenchEnvironment, playBench } from './bench.js';
import { type BenchFolder, claimFolder } from './bench-folder.js';
import { BenchLog, type BenchOutputs } from './bench-log.js';
import { ProcessBurner } from './burner.js';
import { outputFaults, readScenarios } from './files.js';
import { ProcessForeignLoader } from './foreign.js';
import { BenchHosts, missingForHosts } from './hosts/hosts.js';
import { readPolicies } from './policies.js';
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
  const folder = await claimFolder(app.clock);
  if (!folder.ok) return refuse(app, folder.error);
  try {
    const hosts = await startHosts(app, folder.value, scenarios.value);
    if (!hosts.ok) return refuse(app, hosts.error);
    const world = worldOf(app, folder.value, hosts.value);
    try {
      const blocks = benchOrder(scenarios.value.length, policies.value, options.repeat);
      const log = new BenchLog({ app, scenarios: scenarios.value, blocks, outputs: options });
      const plan = {
        scenarios: scenarios.value,
        blocks,
        calibrateMs: options.calibrateSeconds * 1000,
      };
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
