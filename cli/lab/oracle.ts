import { boundsOf, type JobBound, type PhaseBound } from '../../lab/sim/bound.js';
import { Judge } from '../../lab/sim/judge.js';
import { formatDurationMs } from '../../shared/units.js';
import type { ExitCode } from '../output/faults.js';
import { type Column, tableLines } from '../output/table.js';
import type { App } from '../shell/app.js';
import type { CommonFlags, OutputFormat } from '../shell/options.js';
import { printAnswer } from '../shell/show.js';
import { loadScenarios } from './load.js';

/** The flags of `dqoes lab oracle`. */
export interface LabOracleFlags extends CommonFlags {
  readonly output: OutputFormat;
}

interface BoundRow extends JobBound {
  readonly scenario: string;
  readonly phase: PhaseBound;
}

const COLUMNS: readonly Column<BoundRow>[] = [
  { title: 'SCENARIO', cell: ({ scenario }) => scenario },
  { title: 'FROM', align: 'right', cell: ({ phase }) => `${phase.atMs / 1000}s` },
  { title: 'JOB', cell: ({ id }) => id },
  { title: 'TARGET', align: 'right', cell: ({ targetMs }) => formatDurationMs(targetMs) },
  {
    title: 'NEEDS CPU',
    align: 'right',
    cell: ({ cores }) => (Number.isFinite(cores) ? cores.toFixed(3) : 'out of reach'),
  },
  { title: 'PERIOD', align: 'right', cell: ({ periodUs }) => formatDurationMs(periodUs / 1000) },
  { title: 'CHOSEN', cell: ({ chosen }) => (chosen ? 'yes' : 'no') },
];

/** `dqoes lab oracle`. */
export async function runLabOracle(
  app: App,
  files: readonly string[],
  flags: LabOracleFlags,
): Promise<ExitCode> {
  const scenarios = loadScenarios(app, files);
  if (!scenarios.ok) return scenarios.error;
  const judge = new Judge();
  const bounds = scenarios.value.map((scenario) => ({
    scenario: scenario.name,
    phases: boundsOf(scenario, judge),
  }));
  if (flags.output === 'json' || flags.output === 'yaml') {
    printAnswer(app, { output: flags.output }, bounds.map(asAnswer));
    return 0;
  }
  const rows = bounds.flatMap(({ scenario, phases }) =>
    phases.flatMap((phase) => phase.jobs.map((job): BoundRow => ({ ...job, scenario, phase }))),
  );
  const options = { wide: flags.output === 'wide', colour: app.output.colour };
  for (const line of tableLines(COLUMNS, rows, options)) app.output.data(line);
  for (const { scenario, phases } of bounds)
    for (const { atMs, mostJobs, jobs, capacityCores } of phases)
      app.output.message(
        `${scenario} from ${atMs / 1000}s: ${mostJobs} of ${jobs.length} jobs fit ` +
          `${capacityCores} CPU`,
      );
  return 0;
}

// JSON has no infinity: out of reach is null.
const asAnswer = ({
  scenario,
  phases,
}: {
  readonly scenario: string;
  readonly phases: readonly PhaseBound[];
}) => ({
  scenario,
  phases: phases.map((phase) => ({
    ...phase,
    jobs: phase.jobs.map((job) => ({
      ...job,
      cores: Number.isFinite(job.cores) ? job.cores : null,
    })),
  })),
});
