import type { ForeignLevel } from '../lab/level-names.js';
import type { Registry } from '../shell/app.js';
import { appFor, type CommonFlags, wholeNumber, withCommon } from '../shell/options.js';
import { foreignOption } from './foreign-option.js';

interface LabBenchFlags extends CommonFlags {
  readonly policy: string;
  readonly json?: string;
  readonly repeat: number;
  readonly report?: string;
  readonly markdown?: string;
  readonly seed?: number;
  readonly foreign?: ForeignLevel;
  readonly calibrateSeconds: number;
}

/** Adds `dqoes lab bench`; `program` is the command `lab`. */
export function addLabBench({ program, app, finish }: Registry): void {
  withCommon(program.command('bench <file...>'))
    .description(
      'run scenarios on this machine with real models: every policy on the same work, ' +
        'interleaved',
    )
    .requiredOption(
      '--policy <names>',
      'policies to compare, separated by commas; oracle = the profiled limits unchanged',
    )
    .option(
      '--json <file>',
      'write all scores there, again after each run; - = stdout, instead of the table',
    )
    .option('--repeat <n>', 'repetitions of everything', wholeNumber(1, 100), 3)
    .option('--report <file>', 'write one self-contained HTML page with plots there')
    .option('--markdown <file>', 'write the table as Markdown there')
    .option(
      '--seed <n>',
      'seed of the arrivals, instead of the one in each file',
      wholeNumber(0, 999_999_999),
    )
    .addOption(foreignOption())
    .option(
      '--calibrate-seconds <n>',
      'minimum time to measure the work of a request',
      wholeNumber(1, 600),
      10,
    )
    .action(async (files: readonly string[], flags: LabBenchFlags) => {
      const { runBench } = await import('../bench/run-bench.js');
      finish(await runBench(appFor(app, flags), files, flags));
    });
}
