import type { LabOracleFlags } from '../lab/oracle.js';
import type { Registry } from '../shell/app.js';
import { appFor, withCommon, withFormat } from '../shell/options.js';

/**
 * `dqoes lab oracle [FILE…]`: what each job of a scenario needs, and how many can be satisfied at
 * once.
 */
export function addLabOracle({ program, app, finish }: Registry): void {
  withFormat(withCommon(program.command('oracle [files...]')))
    .description(
      'the CPU each job needs for its target, and the most jobs that can be satisfied at once',
    )
    .action(async (files: readonly string[], flags: LabOracleFlags) => {
      const { runLabOracle } = await import('../lab/oracle.js');
      finish(await runLabOracle(appFor(app, flags), files, flags));
    });
}
