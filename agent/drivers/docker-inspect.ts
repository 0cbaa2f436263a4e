import type { ContainerInspectInfo } from 'dockerode';
import type { GpuInjection } from '../../shared/gpu.js';
import type { ContainerId } from '../../shared/ids.js';
import { pushTokenIn } from '../containers/push-token.js';
import type { EngineContainer } from '../ports/engine.js';

/** A container with what only the driver needs to know. */
export interface Inspected {
  readonly container: EngineContainer;
  /** Log streams of a terminal are not multiplexed. */
  readonly tty: boolean;
  /** Id of the image it was made from. */
  readonly imageId: string;
}

/**
 * The engine's answer as our own type. Throws when the answer was cut short or holds something else
 * than the engine says: nothing of such an answer counts, and what was known before stands.
 */
export function readInspect(info: ContainerInspectInfo): Inspected {
  if (typeof info?.Id !== 'string' || info.State === undefined)
    throw new Error('the Docker Engine cut its answer short');
  const { State, HostConfig, Config, NetworkSettings } = info;
  const networks = Object.values(NetworkSettings?.Networks ?? {});
  const isUp = State.Running === true && State.Restarting !== true;
  return {
    tty: Config?.Tty === true,
    imageId: info.Image ?? '',
    container: sound({
      id: info.Id as ContainerId,
      name: info.Name?.replace?.(/^\//, '') ?? info.Name ?? '',
      image: Config?.Image ?? info.Image ?? '',
      labels: Config?.Labels ?? {},
      running: isUp,
      // Between two lives it counts as running there.
      exitCode: isUp ? null : (State.ExitCode ?? null),
      oomKilled: State.OOMKilled === true,
      startedAt: State.StartedAt ?? '',
      pid: State.Running === true ? (State.Pid ?? 0) : 0,
      addresses: networks
        .map((network) => network?.IPAddress ?? '')
        .filter((address) => address !== ''),
      cpu: {
        nanoCpus: HostConfig?.NanoCpus ?? 0,
        quotaUs: HostConfig?.CpuQuota ?? 0,
        periodUs: HostConfig?.CpuPeriod ?? 0,
        shares: HostConfig?.CpuShares ?? 0,
      },
      ports: portsOf(NetworkSettings?.Ports ?? {}),
      exposedPorts: exposedIn({ ...Config?.ExposedPorts, ...NetworkSettings?.Ports }),
      hostNetwork: HostConfig?.NetworkMode === 'host',
      ...onlySomeHave(info),
    }),
  };
}

/** The same; throws where a value is of another type, which nothing after it expects. */
function sound(container: EngineContainer): EngineContainer {
  const { name, image, startedAt, labels, addresses, cpu, pid, exitCode } = container;
  const texts = [name, image, startedAt, ...Object.values(labels), ...addresses];
  const { memoryBytes = 0, restartCount = 0 } = container;
  const counts = [...Object.values(cpu), exitCode ?? 0, memoryBytes ?? 0, restartCount];
  if (
    Array.isArray(labels) ||
    !texts.every((value) => typeof value === 'string') ||
    !counts.every((value) => Number.isFinite(value)) ||
    !(Number.isSafeInteger(pid) && pid >= 0)
  )
    throw new Error('the Docker Engine’s answer is damaged');
  return container;
}

type OnlySome = Pick<
  EngineContainer,
  'gpuInjection' | 'pushToken' | 'memoryBytes' | 'restartCount' | 'isRestarting' | 'isPaused'
>;

function onlySomeHave(info: ContainerInspectInfo): OnlySome {
  const gpuInjection = injectionOf(info);
  const pushToken = pushTokenIn(info.Config?.Env ?? []);
  const memoryBytes = info.HostConfig?.Memory ?? 0;
  return {
    ...(gpuInjection === 'none' ? {} : { gpuInjection }),
    ...(pushToken === undefined ? {} : { pushToken }),
    ...(memoryBytes > 0 ? { memoryBytes } : {}),
    ...(info.RestartCount > 0 ? { restartCount: info.RestartCount } : {}),
    ...(info.State.Restarting === true ? { isRestarting: true } : {}),
    ...(info.State.Paused === true ? { isPaused: true } : {}),
  };
}

/**
 * How a container was given a GPU. The legacy hook comes with `--gpus` or the runtime nvidia and
 * writes device rules that the engine does not know of: an update of the container can undo them
 * (nvidia-docker#515, nvidia-container-toolkit#48).
 */
function injectionOf({ HostConfig, Config }: ContainerInspectInfo): GpuInjection {
  const requests: readonly DeviceAsk[] = HostConfig?.DeviceRequests ?? [];
  const isCdi = ({ Driver }: DeviceAsk): boolean => Driver === 'cdi';
  if (requests.some((request) => !isCdi(request) && asksGpu(request))) return 'hook';
  const visible = (Config?.Env ?? [])
    .find((entry) => entry.startsWith('NVIDIA_VISIBLE_DEVICES='))
    ?.split('=')[1];
  if (HostConfig?.Runtime === 'nvidia' && !['', 'none', 'void', undefined].includes(visible))
    return 'hook';
  if (
    requests.some(
      (request) => isCdi(request) && (request.DeviceIDs ?? []).some((id) => /gpu/i.test(id)),
    )
  )
    return 'cdi';
  const devices: readonly { readonly PathOnHost?: string }[] = HostConfig?.Devices ?? [];
  return devices.some(({ PathOnHost = '' }) => /^\/dev\/(?:nvidia|kfd|dri\/)/.test(PathOnHost))
    ? 'device'
    : 'none';
}

interface DeviceAsk {
  readonly Driver?: string | undefined;
  readonly DeviceIDs?: readonly string[] | null | undefined;
  readonly Capabilities?: readonly (readonly string[])[] | null | undefined;
}
const asksGpu = ({ Driver, Capabilities }: DeviceAsk): boolean =>
  Driver === 'nvidia' || (Capabilities ?? []).some((all) => all.includes('gpu'));

function portsOf(
  ports: Readonly<Record<string, readonly { readonly HostPort?: string }[] | null>>,
): Record<string, number> {
  const published: Record<string, number> = {};
  for (const [port, bindings] of Object.entries(ports)) {
    const hostPort = Number(bindings?.[0]?.HostPort ?? 0);
    if (hostPort > 0) published[port.replace(/\/.*$/, '')] = hostPort;
  }
  return published;
}

/** `8080/tcp` is 8080; other protocols serve no HTTP. */
const exposedIn = (ports: Readonly<Record<string, unknown>>): readonly number[] =>
  Object.keys(ports)
    .filter((port) => !port.includes('/') || port.endsWith('/tcp'))
    .map((port) => Number.parseInt(port, 10))
    .filter((port) => port > 0)
    .sort((a, b) => a - b);

const UNIT_SECONDS: Readonly<Record<string, number>> = {
  second: 1,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 604_800,
  month: 2_592_000,
  year: 31_536_000,
};

/**
 * Least uptime in the engine's words (`Up 3 minutes (healthy)`, `Up About an hour`), seconds. It
 * only grows within one life, so a smaller one than before is another life. NaN when it is none.
 */
export function uptimeSeconds(status: string): number {
  if (/^Up Less than a second/.test(status)) return 0;
  const match = /^Up (?:About )?(\d+|an?) (second|minute|hour|day|week|month|year)s?/.exec(status);
  if (match === null) return Number.NaN;
  const amount = /^an?$/.test(match[1] ?? '') ? 1 : Number(match[1]);
  return amount * (UNIT_SECONDS[match[2] ?? ''] ?? Number.NaN);
}
