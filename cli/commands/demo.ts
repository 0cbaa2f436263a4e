import { Option } from 'commander';
import { DEFAULT_POLICY, POLICY_NAMES, type PolicyName } from '../../proto/schemas/service.js';
import type { Registry } from '../shell/app.js';
import { appFor, type CommonFlags, wholeNumber, withCommon } from '../shell/options.js';

interface DemoFlags extends CommonFlags {
  readonly json?: string;
  readonly keep?: boolean;
  readonly open?: boolean;
  readonly defaultSeconds: number;
  readonly dqoesSeconds: number;
  readonly policy: PolicyName;
}

/** Adds `dqoes demo`. The demo itself is loaded only when it runs. */
export function addDemo({ program, app, finish }: Registry): void {
  withCommon(program.command('demo'))
    .description('run ten real models under plain Docker, then under dqoes, and compare')
    .option('--json <file>', 'also write the result as JSON to this file')
    .option('--keep', 'keep everything running at the end, until Ctrl-C')
    .option('--open', 'open the page of the console in a browser')
    .option('--default-seconds <n>', 'length of the plain Docker phase', wholeNumber(5, 3600), 40)
    .option('--dqoes-seconds <n>', 'length of the dqoes phase', wholeNumber(5, 3600), 60)
    .addOption(
      new Option('--policy <name>', 'policy of the dqoes phase')
        .choices(POLICY_NAMES)
        .default(DEFAULT_POLICY),
    )
    .action(async (flags: DemoFlags) => {
      const { runDemo } = await import('../demo/run-demo.js');
      finish(await runDemo(appFor(app, flags), flags));
    });
}
