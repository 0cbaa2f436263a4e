import { type RestoredHost, restoreFromJournal, startAgent } from '../../agent/agent.js';
import { type AgentConfig, loadAgentConfig } from '../../agent/config.js';
import type { Log } from '../../shared/log.js';
import type { Fault } from '../../shared/result.js';
import { closedOrAborted } from '../commands/aborted.js';
import { type App, HANDOVER } from '../commands/app.js';
import { connectService, type ServiceFlags, serviceLog, serviceOverrides } from '../commands/service-options.js';
import { refuse } from '../commands/session.js';
import type { ExitCode } from '../output/faults.js';

const readConfig = (flags: ServiceFlags) =>
  loadAgentConfig({
    ...(flags.config === undefined ? {} : { file: flags.config }),
    overrides: serviceOverrides(flags),
  });

/**
 * The agent until SIGTERM, which puts the limits back, or SIGUSR2, which leaves them to the next one; or until NATS is gone for good (exit code 1, so
 * that the service manager starts it anew).
 */
export async function runAgent(app: App, flags: ServiceFlags): Promise<ExitCode> {
  const config = readConfig(flags);
  if (!config.ok) return refuse(app, config.error, flags.config);
  const log = serviceLog(app, flags);
  const { 'nats.url': url, 'nats.creds': creds, node } = config.value;
  const client = await connectService(app, { name: `dqoes agent ${node}`, url, creds, log });
  if (!client.ok) return app.signal.aborted ? endBeforeStart(app, config.value, log) : refuse(app, client.error);
  const { bus, stores } = client.value;
  const agent = await startAgent(config.value, { bus, stores, clock: app.clock, log });
  if (!agent.ok) {
    await bus.close();
    return refuse(app, agent.error);
  }
  const lost = await closedOrAborted(bus, app.signal);
  const leave = !lost && !isHandover(app);
  await agent.value.stop({ restore: leave, stopJobs: leave && config.value['stop-jobs-on-exit'] });
  await bus.close();
  return lost ? 1 : 0;
}

const isHandover = ({ signal }: App): boolean => signal.reason === HANDOVER;

/** Stopped while NATS was awaited: an agent before this one may have left limits behind. */
async function endBeforeStart(app: App, config: AgentConfig, log: Log): Promise<ExitCode> {
  if (isHandover(app)) return 0;
  const restored = await restoreFromJournal(config, { clock: app.clock, log });
  if (!restored.ok) return refuse(app, restored.error);
  return refuse(app, faultsOf(restored.value));
}

/** Puts back what the journal remembers. */
export async function restoreAgent(app: App, flags: ServiceFlags): Promise<ExitCode> {
  const config = readConfig(flags);
  if (!config.ok) return refuse(app, config.error, flags.config);
  const restored = await restoreFromJournal(config.value, { clock: app.clock, log: serviceLog(app, flags) });
  if (!restored.ok) return refuse(app, restored.error);
  const { restored: done, gone, failed, gpus } = restored.value;
  for (const allocation of done) app.output.data(`${allocation} restored`);
  for (const allocation of gone) app.output.data(`${allocation} gone`);
  for (const gpu of gpus.restored) app.output.data(`${gpu} restored`);
  if (done.length + gone.length + failed.length + gpus.restored.length + gpus.failed.length === 0)
    app.output.message('Nothing to put back.');
  return refuse(app, faultsOf(restored.value));
}

const faultsOf = ({ failed, gpus }: RestoredHost): readonly Fault[] => [
  ...failed.map(notRestored),
  ...gpus.failed.map(({ id, reason }) => ({
    code: 'gpu.refused' as const,
    field: id,
    message: `${id} was not put back (${reason}): run dqoes agent restore again`,
  })),
];

const notRestored = ({ allocation, reason }: RestoredHost['failed'][number]): Fault => ({
  code: 'docker.refused',
  field: allocation,
  message: `${allocation} was not restored (${reason}): run dqoes agent restore again`,
});
