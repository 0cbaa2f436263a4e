import { existsSync } from 'node:fs';
import { AGENT_LOOPS, type AgentHandle, startAgent } from '../../agent/agent.js';
import type { AgentConfig } from '../../agent/config.js';
import { resetEpoch } from '../../agent/reset-epoch.js';
import { type RestoredHost, restoreHost } from '../../agent/restore.js';
import { stateTrouble } from '../../agent/state-trouble.js';
import type { Log } from '../../shared/log.js';
import type { Fault } from '../../shared/result.js';
import { natsIdentityOf } from '../../shared/schema/nats-settings.js';
import { versionWith } from '../../shared/version.js';
import { userName } from '../auth/user-name.js';
import { agentName } from '../auth/users.js';
import { serveMetrics } from '../monitoring/serve-metrics.js';
import type { ExitCode } from '../output/faults.js';
import { wrapMessage } from '../output/wrap.js';
import { untilClosedOrAborted } from '../shell/aborted.js';
import type { App } from '../shell/app.js';
import { connectService, natsTargetOf } from '../shell/connect-service.js';
import { type ServiceFlags, serviceLog } from '../shell/service-options.js';
import { refuse } from '../shell/session.js';
import { supervisionOf } from '../supervision/supervision.js';
import { twinFault } from '../up/twin.js';
import {
  endAfterStop,
  endBeforeStart,
  endForGood,
  faultsOf,
  isHandedOver,
  isHandover,
  readAgentConfig,
} from './agent-end.js';
import { failedService } from './failed-service.js';
import { putBackWhileWaiting } from './limits-while-waiting.js';

/** The flags of `dqoes agent`. */
export interface AgentFlags extends ServiceFlags {
  /** Only read what a start would read. */
  readonly check?: boolean;
}

/** The flags of `dqoes agent restore` and `dqoes agent reset-epoch`. */
export interface RestoreFlags extends ServiceFlags {
  /** State folder of `dqoes up` or of an agent. */
  readonly state?: string;
  /** GPUs that have left this host. */
  readonly forgetGpu?: readonly string[];
}

const placeOf = ({ 'nats.url': url, node, ...config }: AgentConfig) => ({
  url,
  identity: natsIdentityOf(config),
  keyName: agentName(node),
});

/**
 * Runs the agent until SIGTERM, which restores the limits, or SIGUSR2, which leaves them to the
 * next agent, if that can read its settings and no SIGTERM comes meanwhile. When NATS is gone for
 * good the exit code is 1, so that the service manager restarts it; the same when another agent had
 * its name first, with the limits restored.
 */
export async function runAgent(app: App, flags: AgentFlags): Promise<ExitCode> {
  const config = readAgentConfig(flags);
  const log = serviceLog(app, flags);
  if (!config.ok) {
    const code = refuse(app, config.error, flags.config);
    return flags.check === true ? code : endForGood(app, { log }, code);
  }
  if (flags.check === true) return checkStart(app, config.value);
  const { node } = config.value;
  let running: AgentHandle | undefined;
  const service = {
    loops: AGENT_LOOPS,
    pauseMs: 2 * config.value.interval,
    status: () => running?.summary() ?? 'starts',
  };
  const supervision = supervisionOf(app.config, service, { clock: app.clock, log });
  const fail = async (faults: readonly Fault[]): Promise<ExitCode> =>
    endForGood(app, { config: config.value, log }, await failedService(app, supervision, faults));
  supervision.starting('waits for NATS');
  const client = await natsOf(app, config.value, log);
  if (!client.ok)
    return app.signal.aborted
      ? endBeforeStart(app, { config: config.value, flags, log })
      : fail(client.error);
  const { bus, stores } = client.value;
  supervision.starting('reads Docker and the journal');
  const { clock } = app;
  const onPass = (loop: string): void => supervision.passed(loop);
  const agent = await startAgent(config.value, { bus, stores, clock, log, onPass });
  if (!agent.ok) {
    await bus.close();
    return fail(agent.error);
  }
  running = agent.value;
  for (const { cluster, containers } of running.unowned) log.warn(UNOWNED, { cluster, containers });
  supervision.ready();
  const metrics = await serveMetrics({
    ...{ listen: config.value['metrics.listen'], sources: [agent.value.source] },
    ...{ version: versionWith(app.version, app.build ?? ''), log, clock: app.clock },
  });
  const why = await Promise.race([
    untilClosedOrAborted(bus, app.signal).then((lost) => (lost ? 'bus-closed' : 'asked')),
    agent.value.done,
  ]);
  const restore = why === 'twin' || (why === 'asked' && !isHandedOver(app, { flags, log }));
  await supervision.stopping(restore ? 'puts the limits back' : 'ends; the limits stay');
  await metrics.close();
  const stopJobs = restore && !isHandover(app) && config.value['stop-jobs-on-exit'];
  await agent.value.stop({ restore, stopJobs });
  await bus.close();
  if (why === 'twin')
    return failedService(app, supervision, [twinFault(node, config.value.cluster)]);
  const code = why === 'bus-closed' ? 1 : 0;
  return restore ? code : endAfterStop(app, { config: config.value, flags, log }, code);
}

const UNOWNED =
  'this state folder was that of an agent in another cluster, whose job containers are left to ' +
  'themselves: remove them (docker rm --force), or start an agent for that cluster again';

/** Connects NATS, however long that takes; puts back meanwhile what nobody corrects. */
async function natsOf(
  app: App,
  config: AgentConfig,
  log: Log,
): Promise<Awaited<ReturnType<typeof connectService>>> {
  const { 'drift-after': afterMs, node } = config;
  const isThere = new AbortController();
  const putBack = async (): Promise<void> => {
    log.warn('NATS has been away for long: what an earlier agent limited is put back');
    const restored = await restoreHost(config, { clock: app.clock, log });
    const faults = restored.ok ? faultsOf(restored.value) : restored.error;
    if (faults.length > 0)
      log.warn('limits were not put back', { faults: faults.map(({ message }) => message) });
  };
  const { signal } = isThere;
  const waiting = putBackWhileWaiting({ clock: app.clock, afterMs, signal, putBack });
  const name = `dqoes agent ${node}`;
  const client = await connectService(app, { ...placeOf(config), name, log });
  isThere.abort();
  await waiting;
  return client;
}

/**
 * A start ends for good by a key or a file of TLS that cannot be read, as by a bad setting; by a
 * state folder that it may not write it ends again and again.
 */
function checkStart(app: App, config: AgentConfig): ExitCode {
  const target = natsTargetOf(app, placeOf(config));
  if (!target.ok) return refuse(app, target.error);
  const trouble = stateTrouble(config);
  if (trouble !== undefined) return refuse(app, [trouble]);
  app.output.message('The settings of the agent are good.');
  return 0;
}

/**
 * Restores what any agent of this host left and prints what each container has now. Exit code 1
 * when something could not be restored.
 */
export async function restoreAgent(app: App, flags: RestoreFlags): Promise<ExitCode> {
  const config = readAgentConfig(flags);
  if (!config.ok) return refuse(app, config.error, flags.config);
  if (flags.state !== undefined && !existsSync(flags.state))
    return refuse(app, [noFolder(flags.state)]);
  const folders = flags.state === undefined ? [] : [flags.state];
  const likelyFolders = [app.config.stateDir];
  const log = serviceLog(app, flags);
  const restored = await restoreHost(config.value, {
    clock: app.clock,
    log,
    by: userName(),
    folders,
    likelyFolders,
    removedGpus: flags.forgetGpu ?? [],
  });
  if (!restored.ok) return refuse(app, restored.error);
  showRestored(app, restored.value);
  showUnknownGpus(app, restored.value, flags);
  return refuse(app, faultsOf(restored.value));
}

/**
 * Lets the stopped agents of a state folder obey the next desired state, whatever its version, and
 * prints what each had obeyed.
 */
export async function resetAgentEpoch(app: App, flags: RestoreFlags): Promise<ExitCode> {
  const config = readAgentConfig(flags);
  if (!config.ok) return refuse(app, config.error, flags.config);
  const reset = await resetEpoch(config.value, {
    clock: app.clock,
    log: serviceLog(app, flags),
    by: userName(),
    ...(flags.state === undefined ? {} : { folder: flags.state }),
  });
  if (!reset.ok) return refuse(app, reset.error);
  for (const { stateDir, forgotten } of reset.value)
    app.output.data(
      forgotten === null
        ? `${stateDir}: nothing was obeyed yet`
        : `${stateDir}: epoch ${forgotten.epoch} forgotten; the next desired state counts`,
    );
  return 0;
}

const noFolder = (folder: string): Fault => ({
  code: 'cli.usage',
  field: '--state',
  message: `--state ${folder} does not exist: give the folder that dqoes up was given`,
});

function showUnknownGpus(app: App, { gpus }: RestoredHost, { forgetGpu = [] }: RestoreFlags): void {
  const known = new Set([...gpus.restored, ...gpus.gone, ...gpus.failed.map(({ id }) => id)]);
  for (const id of forgetGpu.filter((each) => !known.has(each)))
    app.output.message(`No journal knows ${id}: nothing of it is forgotten.`);
}

function showRestored(app: App, host: RestoredHost): void {
  const { containers, gpus, unknown, inUse } = host;
  const faults = faultsOf(host);
  const say = (line: string): void => app.output.data(wrapMessage(line, app.output.width ?? 0));
  for (const { name, outcome, now, reason } of containers) {
    const why = reason === '' ? '' : ` (${reason})`;
    if (outcome === 'restored') say(`${name} restored: ${now}${why}`);
    if (outcome === 'gone') say(`${name} gone`);
  }
  for (const gpu of gpus.restored) say(`${gpu} restored`);
  for (const gpu of gpus.gone) say(`${gpu} gone: nothing can be put back on it`);
  if (containers.length + gpus.restored.length + gpus.gone.length + faults.length === 0)
    app.output.message('Nothing to restore.');
  for (const { name, now, jobOf } of unknown)
    app.output.message(
      jobOf === ''
        ? `${name} has ${now}, which no record explains: its owner may have set it.`
        : `${name} has ${now}, which no record explains: it is a job of ${jobOf}, whose agent ` +
            'does not run here.',
    );
  for (const folder of inUse)
    app.output.message(`A running agent uses ${folder}: its limits were not changed.`);
}
