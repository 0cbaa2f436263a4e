import { InvalidArgumentError } from 'commander';
import { parseDurationMs } from '../../shared/units.js';
import type { LabRecordFlags } from '../lab/record.js';
import type { Registry } from '../shell/app.js';
import { appFor, withCluster } from '../shell/options.js';

/**
 * `dqoes lab record`: what a live cluster reports and decides, into a file for `dqoes lab replay`.
 */
export function addLabRecord({ program, app, finish }: Registry): void {
  withCluster(program.command('record'))
    .description('record what a live cluster reports and decides, for lab replay; until Ctrl-C')
    .requiredOption(
      '--out <file>',
      'new file to write, one JSON object a line; compressed where it ends in .gz',
    )
    .option('--for <duration>', 'end after this time, such as 10m', duration)
    .option(
      '-c, --config <file>',
      "the cluster's coordinator.yaml: its parameters go into the recording",
    )
    .action(async (flags: LabRecordFlags) => {
      const { runLabRecord } = await import('../lab/record.js');
      finish(await runLabRecord(appFor(app, flags), flags));
    });
}

function duration(text: string): number {
  const parsed = parseDurationMs(text);
  if (parsed.ok) return parsed.value;
  throw new InvalidArgumentError(parsed.error);
}
