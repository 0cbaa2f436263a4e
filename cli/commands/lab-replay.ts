import type { LabReplayFlags } from '../lab/replay-params.js';
import type { Registry } from '../shell/app.js';
import { appFor, collect, withCommon, withFormat } from '../shell/options.js';
import { type UnusedRule, withoutUnused } from '../shell/unused-options.js';
import { JSON_FOR_TABLE } from './lab-sim.js';

/** Adds `dqoes lab replay RECORDING`: what another policy would have done. */
export function addLabReplay({ program, app, finish }: Registry): void {
  withoutUnused(withFormat(withCommon(program.command('replay <recording>'))), app, UNUSED)
    .description('score a recording, and what other policies would have done')
    .option(
      '--policy <names>',
      'policies to try, separated by commas (default: that of the recording, and adaptive)',
    )
    .option(
      '--set <key=value>',
      'parameter of the policies, as in coordinator.yaml; may be repeated',
      collect,
    )
    .option('--json <file>', 'write one score per policy there; - = stdout, instead of the table')
    .option('--report <file>', 'write one self-contained HTML page with plots there')
    .option('--save-scenario <file>', 'write the scenario fitted to the recording there')
    .option('--verify', 'only repeat the decisions from the recorded reports, and compare')
    .action(async (recording: string, flags: LabReplayFlags) => {
      const { runLabReplay } = await import('../lab/replay.js');
      finish(await runLabReplay(appFor(app, flags), recording, flags));
    });
}

const UNUSED: readonly UnusedRule[] = [
  {
    options: ['json', 'report', 'saveScenario'],
    beside: 'verify',
    why: ', which scores nothing and fits nothing; -o json prints what it compares',
  },
  JSON_FOR_TABLE,
];
