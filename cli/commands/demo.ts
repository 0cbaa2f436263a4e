import { Option } from 'commander';
import { DEFAULT_POLICY, POLICY_NAMES, type PolicyName } from '../../proto/schemas/service.js';
import type { Registry } from '../shell/app.js';
import { appFor, type CommonFlags, wholeNumber, withCommon } from '../shell/options.js';

interface DemoFlags extends CommonFlags {
  readonly json?: string;
  readonly keep?: boolean;
  readonly defaultSeconds: number;
  readonly dqoesSeconds: number;
  readonly policy: PolicyName;
}

/** `dqoes demo`. */
export function addDemo({ program, app, finish }: Registry): void {
  withCommon(program.command('demo'))
    .description('ten real models under plain Docker, then under dqoes; a table; cleans up')
    .option('--json <file>', 'write the result there too')
    .option('--keep', 'leave everything running at the end, until Ctrl-C')
    .option('--default-seconds <n>', 'length of the plain Docker phase', wholeNumber(5, 3600), 40)
    .option('--dqoes-seconds <n>', 'length of the dqoes phase', wholeNumber(5, 3600), 60)
    .addOption(
      new Option('--policy <name>', 'who decides in the dqoes phase')
        .choices(POLICY_NAMES)
        .default(DEFAULT_POLICY),
    )
    .action(async (flags: DemoFlags) => {
      const { runDemo } = await import('../demo/run.js');
      finish(await runDemo(appFor(app, flags), flags));
    });
}
