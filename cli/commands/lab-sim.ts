import { Option } from 'commander';
import { MACHINE_NAMES } from '../lab/level-names.js';
import type { LabSimFlags } from '../lab/sim.js';
import type { Registry } from '../shell/app.js';
import { appFor, wholeNumber, withCommon, withFormat } from '../shell/options.js';
import { type UnusedRule, withoutUnused } from '../shell/unused-options.js';
import { foreignOption } from './foreign-option.js';

/** Adds `dqoes lab sim [FILE…]`: simulated hosts, the real scheduler, scores. */
export function addLabSim({ program, app, finish }: Registry): void {
  withoutUnused(withFormat(withCommon(program.command('sim [files...]'))), app, [JSON_FOR_TABLE])
    .description('run scenarios on simulated hosts under several policies and score them')
    .option('--policy <names>', 'policies to compare, separated by commas (default: all)')
    .option(
      '--json <file>',
      'write one score per scenario and policy there; - = stdout, instead of the table',
    )
    .option('--report <file>', 'write one self-contained HTML page with plots there')
    .option('--markdown <file>', 'write the table as Markdown there')
    .option('--seed <n>', 'instead of the seed in the files', wholeNumber(0, 999_999_999))
    .addOption(foreignOption())
    .addOption(
      new Option(
        '--machine <kind>',
        'even: always the same speed, judged by long-run values; real: with what real machines ' +
          'have, judged by the requests of each interval',
      )
        .choices(MACHINE_NAMES)
        .default('even'),
    )
    .action(async (files: readonly string[], flags: LabSimFlags) => {
      const { runLabSim } = await import('../lab/sim.js');
      finish(await runLabSim(appFor(app, flags), files, flags));
    });
}

/** What is printed then has one form. */
export const JSON_FOR_TABLE: UnusedRule = {
  options: ['output'],
  beside: 'json',
  values: ['-'],
  why: ', which prints the scores as JSON',
};
