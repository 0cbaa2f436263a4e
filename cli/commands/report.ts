import { Option } from 'commander';
import { REPORT_BY } from '../../proto/schemas/usage.js';
import type { ReportFlags } from '../services/report.js';
import type { Registry } from '../shell/app.js';
import { appFor, FORMATS, textOf, withCluster } from '../shell/options.js';
import { NAMES_ONLY, withoutUnused } from '../shell/unused-options.js';

/** Adds `dqoes report [JOB]`, which changes nothing. */
export function addReport({ program, app, finish }: Registry): void {
  withoutUnused(withCluster(program.command('report [job]')), app, [NAMES_ONLY])
    .description('say what was delivered and what it cost, by job, node, day or label of nodes')
    .option('--from <time>', 'from when: a day or minute of UTC, or how long ago (default: 24h)')
    .option('--to <time>', 'until when, written the same way (default: now)')
    .addOption(new Option('--by <what>', 'what each line is').choices(REPORT_BY).default('job'))
    .option('--label <key>', 'label of nodes, with --by label', textOf('the key of a label'))
    .addOption(
      new Option('-o, --output <format>', 'output format')
        .choices([...FORMATS, 'csv'])
        .default('table'),
    )
    .action(async (job: string | undefined, flags: ReportFlags) => {
      const { runReport } = await import('../services/report.js');
      finish(await runReport(appFor(app, flags), flags, job));
    });
}
