import type { AgentFlags, RestoreFlags } from '../services/agent.js';
import type { Registry } from '../shell/app.js';
import { appFor, collect } from '../shell/options.js';
import { withLog, withService, withSettings, withUnusedNats } from '../shell/service-options.js';

/**
 * `dqoes agent [--config FILE]`, `dqoes agent restore` and `dqoes agent reset-epoch`. The service
 * itself is loaded only when it runs.
 */
export function addAgent({ program, app, finish }: Registry): void {
  const agent = withService(program.command('agent'))
    .description('run the agent service on this host')
    .option('--check', "only read the settings, the host's policy, the key and TLS files, and end")
    .action(async (flags: AgentFlags) => {
      const { runAgent } = await import('../services/agent.js');
      finish(await runAgent(appFor(app, flags), flags));
    });
  withUnusedNats(agent.command('restore'))
    .description(
      'restore the limits that containers had before dqoes, also after a crash; needs no NATS',
    )
    .option('--state <dir>', 'also restore from this state folder, of dqoes up or of an agent')
    .option(
      '--forget-gpu <uuid>',
      'forget a GPU that has left this host for good; may be repeated',
      collect,
    )
    .action(async (flags: RestoreFlags) => {
      const { restoreAgent } = await import('../services/agent.js');
      finish(await restoreAgent(appFor(app, flags), flags));
    });
  withLog(withSettings(agent.command('reset-epoch')))
    .description('let a stopped agent obey the next desired state, after a forged one')
    .option('--state <dir>', 'state folder of the agent or of dqoes up, instead of state-dir')
    .action(async (flags: RestoreFlags) => {
      const { resetAgentEpoch } = await import('../services/agent.js');
      finish(await resetAgentEpoch(appFor(app, flags), flags));
    });
}
