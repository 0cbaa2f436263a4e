import { restoreFromJournal, startAgent } from '../../agent/agent.js';
import { loadAgentConfig } from '../../agent/config.js';
import type { Fault } from '../../shared/result.js';
import { closedOrAborted } from '../commands/aborted.js';
import type { App } from '../commands/app.js';
import { connectService, type ServiceFlags, serviceLog, serviceOverrides } from '../commands/service-options.js';
import { refuse } from '../commands/session.js';
import type { ExitCode } from '../output/faults.js';

const readConfig = (flags: ServiceFlags) =>
  loadAgentConfig({
    ...(flags.config === undefined ? {} : { file: flags.config }),
    overrides: serviceOverrides(flags),
  });

/** The agent until SIGTERM or until NATS is gone for good (exit code 1, so that the service manager starts it anew). */
export async function runAgent(app: App, flags: ServiceFlags): Promise<ExitCode> {
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

/** Puts back what the journal remembers. */
export async function restoreAgent(app: App, flags: ServiceFlags): Promise<ExitCode> {
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
