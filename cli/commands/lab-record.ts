import { InvalidArgumentError } from 'commander';
import { parseDurationMs } from '../../shared/units.js';
import type { LabRecordFlags } from '../lab/record.js';
import type { Registry } from '../shell/app.js';
import { appFor, withCluster } from '../shell/options.js';

/** Adds `dqoes lab record`, which writes what `dqoes lab replay` reads. */
export function addLabRecord({ program, app, finish }: Registry): void {
  withCluster(program.command('record'))
    .description('record what a live cluster reports and decides, for lab replay; until Ctrl-C')
    .requiredOption(
      '--out <file>',
      'new file to write, one JSON object per line; compressed if its name ends in .gz',
    )
    .option('--for <duration>', 'stop after this time, such as 10m', duration)
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
