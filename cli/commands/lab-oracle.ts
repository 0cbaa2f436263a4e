import type { LabOracleFlags } from '../lab/oracle.js';
import type { Registry } from '../shell/app.js';
import { appFor, withCommon, withFormat } from '../shell/options.js';

/** Adds `dqoes lab oracle [FILE…]`; `program` is the command `lab`. */
export function addLabOracle({ program, app, finish }: Registry): void {
  withFormat(withCommon(program.command('oracle [files...]')))
    .description('compute the CPU each job needs, and how many jobs can be satisfied at once')
    .action(async (files: readonly string[], flags: LabOracleFlags) => {
      const { runLabOracle } = await import('../lab/oracle.js');
      finish(await runLabOracle(appFor(app, flags), files, flags));
    });
}
