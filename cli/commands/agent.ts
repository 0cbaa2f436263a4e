import { restoreFromJournal, startAgent } from '../../agent/agent.js';
import { loadAgentConfig } from '../../agent/config.js';
import type { Fault } from '../../shared/result.js';
import type { ExitCode } from '../output/faults.js';
import { closedOrAborted } from './aborted.js';
import type { App, Registry } from './app.js';
import { appFor } from './options.js';
import { connectService, type ServiceFlags, serviceLog, serviceOverrides, withService } from './service-options.js';
import { refuse } from './session.js';

/** `dqoes agent [--config FILE]` and `dqoes agent restore`. */
export function addAgent({ program, app, finish }: Registry): void {
  const agent = withService(program.command('agent'))
    .description('run the agent service on this host')
    .action(async (flags: ServiceFlags) => finish(await run(appFor(app, flags), flags)));
  withService(agent.command('restore'))
    .description('put back the limits found before the first touch (also after a crash); needs no NATS')
    .action(async (flags: ServiceFlags) => finish(await restore(appFor(app, flags), flags)));
}

const readConfig = (flags: ServiceFlags) =>
  loadAgentConfig({
    ...(flags.config === undefined ? {} : { file: flags.config }),
    overrides: serviceOverrides(flags),
  });

async function run(app: App, flags: ServiceFlags): Promise<ExitCode> {
  const config = readConfig(flags);
  if (!config.ok) return refuse(app, config.error, flags.config);
  const log = serviceLog(app, flags);
  const { 'nats.url': url, 'nats.creds': creds, node } = config.value;
  const client = await connectService(app, { name: `dqoes agent ${node}`, url, creds, log });
  if (!client.ok) return refuse(app, client.error);
  const { bus, stores } = client.value;
  const agent = await startAgent(config.value, { bus, stores, clock: app.clock, log });
  if (!agent.ok) {
    await bus.close();
    return refuse(app, agent.error);
  }
  const lost = await closedOrAborted(bus, app.signal);
  await agent.value.stop({ restore: !lost, stopJobs: !lost && config.value['stop-jobs-on-exit'] });
  await bus.close();
  return lost ? 1 : 0;
}

async function restore(app: App, flags: ServiceFlags): Promise<ExitCode> {
  const config = readConfig(flags);
  if (!config.ok) return refuse(app, config.error, flags.config);
  const restored = await restoreFromJournal(config.value, { clock: app.clock, log: serviceLog(app, flags) });
  if (!restored.ok) return refuse(app, restored.error);
  const { restored: done, gone, failed } = restored.value;
  for (const allocation of done) app.output.data(`${allocation} restored`);
  for (const allocation of gone) app.output.data(`${allocation} gone`);
  if (done.length + gone.length + failed.length === 0) app.output.message('Nothing to put back.');
  return refuse(
    app,
    failed.map(({ allocation, reason }) => notRestored(allocation, reason)),
  );
}

const notRestored = (allocation: string, reason: string): Fault => ({
  code: 'docker.refused',
  field: allocation,
  message: `${allocation} was not restored (${reason}): run dqoes agent restore again`,
});
