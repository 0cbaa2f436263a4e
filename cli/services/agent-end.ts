import { type AgentConfig, loadAgentConfig } from '../../agent/config.js';
import { type RestoredHost, restoreHost } from '../../agent/restore.js';
import type { Log } from '../../shared/log.js';
import { type Fault, ok } from '../../shared/result.js';
import type { ExitCode } from '../output/faults.js';
import { type App, HANDOVER } from '../shell/app.js';
import { type ServiceFlags, serviceOverrides } from '../shell/service-options.js';
import { refuse } from '../shell/session.js';

/** An agent that ends. */
export interface EndingAgent {
  readonly config: AgentConfig;
  readonly flags: ServiceFlags;
  readonly log: Log;
}

/** The settings as a start reads them. */
export const readAgentConfig = (flags: ServiceFlags) =>
  loadAgentConfig({
    ...(flags.config === undefined ? {} : { file: flags.config }),
    overrides: serviceOverrides(flags),
  });

/** Another agent takes over; one that is asked to end meanwhile is followed by none. */
export const isHandover = ({ signal, isEndAsked }: App): boolean =>
  signal.reason === HANDOVER && isEndAsked?.() !== true;

/** False where the next agent could not read its settings: nobody would take the limits over. */
export function isHandedOver(app: App, { flags, log }: Omit<EndingAgent, 'config'>): boolean {
  if (!isHandover(app)) return false;
  const next = readAgentConfig(flags);
  if (next.ok) return true;
  const faults = next.error.map(({ message }) => message);
  log.error('limits are put back: no agent can take them over with these settings', { faults });
  return false;
}

/** Stopped while waiting for NATS: an earlier agent may have left limits behind. */
export async function endBeforeStart(app: App, agent: EndingAgent): Promise<ExitCode> {
  return isHandedOver(app, agent) ? 0 : putBackLeft(app, agent);
}

/** A signal reaches the program by any of its threads, which may have to wait for a processor. */
const SIGNAL_MS = 100;

/**
 * After an end that has left the limits to the next agent: where the service was stopped
 * meanwhile, there will be none. Returns `code` where nothing is to be put back.
 */
export async function endAfterStop(
  app: App,
  agent: EndingAgent,
  code: ExitCode,
): Promise<ExitCode> {
  if (app.isEndAsked?.() !== true) await app.clock.sleep(SIGNAL_MS);
  if (app.isEndAsked?.() !== true) return code;
  agent.log.info('stopped while the limits were left to the next agent: they are put back');
  return putBackLeft(app, agent);
}

/**
 * After a start that failed by its settings, which a service manager does not try again: what an
 * agent that was killed has left would stay for good, and is put back; by the defaults where the
 * settings cannot be read, beside an agent that may run by these. In a shell a person decides.
 * Returns `code`.
 */
export async function endForGood(
  app: App,
  { config, log }: { readonly config?: AgentConfig; readonly log: Log },
  code: ExitCode,
): Promise<ExitCode> {
  if (code !== 2 || app.config.serviceManager === undefined) return code;
  const known = config === undefined ? loadAgentConfig() : ok(config);
  if (!known.ok) return code;
  log.info('limits of an earlier agent are put back: no agent can start with these settings');
  const areDefaults = config === undefined;
  const restored = await restoreHost(known.value, { clock: app.clock, log, areDefaults });
  const faults = restored.ok ? faultsOf(restored.value) : restored.error;
  if (faults.length > 0)
    log.warn('limits were not put back', { faults: faults.map(({ message }) => message) });
  return code;
}

async function putBackLeft(app: App, { config, log }: EndingAgent): Promise<ExitCode> {
  const restored = await restoreHost(config, { clock: app.clock, log });
  if (restored.ok) return refuse(app, faultsOf(restored.value));
  if (restored.error.some(({ code }) => code !== 'engine.held')) return refuse(app, restored.error);
  log.info('limits are left to the running agent', { reason: restored.error[0]?.message ?? '' });
  return 0;
}

/** What could not be put back, with the cure. */
export const faultsOf = ({ containers, gpus, faults }: RestoredHost): readonly Fault[] => [
  ...faults,
  ...containers.filter(({ outcome }) => outcome === 'failed').map(notRestored),
  ...gpus.failed.map(gpuNotRestored),
];

const gpuNotRestored = ({ id, reason, mayBeGone }: FailedGpu): Fault => ({
  code: 'gpu.refused',
  field: id,
  message:
    `${id} was not restored (${reason}): run dqoes agent restore again` +
    (mayBeGone ? `, with --forget-gpu ${id} if it has left this host for good` : ''),
});

type FailedGpu = RestoredHost['gpus']['failed'][number];

const notRestored = ({ name, now, reason }: RestoredHost['containers'][number]): Fault => ({
  code: now === '' ? 'docker.refused' : 'enforce.mismatch',
  field: name,
  message:
    `${name} was not restored (${reason}${now === '' ? '' : `; it has ${now}`}): run dqoes ` +
    'agent restore again',
});
