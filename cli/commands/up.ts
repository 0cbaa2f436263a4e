import { Option } from 'commander';
import { DEFAULT_POLICY, POLICY_NAMES } from '../../proto/schemas/service.js';
import { DEFAULT_CLUSTER, DEFAULT_CONSOLE_PORT } from '../config.js';
import { DEFAULT_NATS_PORT } from '../nats-address.js';
import type { UpFlags } from '../services/up.js';
import type { Registry } from '../shell/app.js';
import { appFor, logLevelOption, subjectToken, wholeNumber, withCommon } from '../shell/options.js';
import { type UnusedRule, withoutUnused } from '../shell/unused-options.js';

/** Adds `dqoes up`: NATS, coordinator and agent on this machine, in the foreground. */
export function addUp({ program, app, finish }: Registry): void {
  withoutUnused(withCommon(program.command('up')), app, UNUSED)
    .description('run NATS, coordinator, agent and console on this machine, until Ctrl-C')
    .option('--state <dir>', `folder of all durable state (default: ${app.config.stateDir})`)
    .option(
      '--nats-port <port>',
      'port of the NATS server on 127.0.0.1; 0 = any free one',
      wholeNumber(0, 65_535),
      DEFAULT_NATS_PORT,
    )
    .option(
      '--cluster <name>',
      `name of the cluster (else DQOES_CLUSTER, ${DEFAULT_CLUSTER})`,
      subjectToken,
    )
    .addOption(
      // Without a default of its own: coordinator.yaml may name one.
      new Option(
        '--policy <name>',
        `policy of a new cluster (default: as coordinator.yaml says, else ${DEFAULT_POLICY})`,
      ).choices(POLICY_NAMES),
    )
    .option('--keep-jobs', 'keep the containers of jobs running at the end')
    .option(
      '--console-port <port>',
      'port of the console on 127.0.0.1, else the next free one; 0 = any free one',
      wholeNumber(0, 65_535),
      DEFAULT_CONSOLE_PORT,
    )
    .option('--no-console', 'without the console')
    .option('--agent-config <file>', 'agent.yaml of the agent')
    .option('--coordinator-config <file>', 'coordinator.yaml of the coordinator')
    .addOption(logLevelOption('warn'))
    .action(async (flags: UpFlags) => {
      const { runUp } = await import('../services/up.js');
      finish(await runUp(appFor(app, flags), flags));
    });
}

const UNUSED: readonly UnusedRule[] = [
  { options: ['consolePort'], beside: 'console', why: ', with which none listens' },
];
