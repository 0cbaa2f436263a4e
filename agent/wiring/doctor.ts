import type { Clock } from '../../shared/clock.js';
import type { ErrorCode } from '../../shared/errors.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { hasOwnName } from '../containers/host-config.js';
import { countedLabels } from '../discover/image-labels.js';
import { labelTrouble } from '../discover/label-trouble.js';
import { DEFAULT_LABEL_PREFIX, isEnabled } from '../discover/labels.js';
import type { LookDeps, SourceFinding } from '../doctor/container.js';
import { lookAtSources } from '../doctor/container.js';
import { READING_MS, type WatchedContainer, watchContainers } from '../doctor/watch-containers.js';
import { createCgroupReader } from '../drivers/cgroup-reader.js';
import { type CgroupSurvey, surveyCgroups } from '../drivers/cgroup-survey.js';
import { connectDocker, DEFAULT_SOCKET, type DockerEngine } from '../drivers/docker-engine.js';
import type { ConnectFailure, EngineFacts } from '../drivers/docker-facts.js';
import { createPatternCompiler } from '../drivers/host-regexp.js';
import { createHttpClient } from '../drivers/http-client.js';
import { DEFAULT_BOUNDS } from '../enforce/policy-bounds.js';
import type { EngineContainer, EngineFailure } from '../ports/engine.js';

/** What the doctor finds on an engine. */
export interface DockerLook extends EngineFacts {
  /** Number of running containers that are controlled, by label or as part of a job. */
  readonly controlled: number;
  /** Names of running containers whose labels have something wrong, or are not heard. */
  readonly mislabelled: readonly string[];
}

/** Why an engine cannot be used, and what to do. */
export type DockerTrouble = Pick<ConnectFailure, 'what' | 'cure'>;

/** What the engine on this socket says of itself; `labelPrefix`: of its agent, with the dot. */
export async function lookAtDocker(
  socketPath: string | undefined,
  clock: Clock,
  labelPrefix = DEFAULT_LABEL_PREFIX,
): Promise<Result<DockerLook, DockerTrouble>> {
  const engine = await engineOn(socketPath, clock, labelPrefix);
  if (!engine.ok) return engine;
  try {
    const listed = await engine.value.list();
    if (!listed.ok)
      return err({ what: `stopped answering (${listed.error.message})`, cure: AGAIN });
    const isOurs = (one: EngineContainer): boolean => one.running && isControlled(one, labelPrefix);
    const controlled = listed.value.filter(isOurs).length;
    const labelled = await engine.value.running(labelPrefix);
    const mislabelled = (labelled.ok ? labelled.value : [])
      .filter((each) => labelTrouble(each, labelPrefix).length > 0)
      .map(({ name }) => name);
    return ok({ ...engine.value.facts, controlled, mislabelled });
  } finally {
    engine.value.close();
  }
}

const AGAIN = 'see its log (journalctl -u docker), and try again';

/** The cgroups that the containers of an engine are in; `parent` '' = as its driver has it. */
export const lookAtCgroups = (parent: string, driver: string): CgroupSurvey =>
  surveyCgroups({ parent: parent === '' ? (USUAL_PARENTS[driver] ?? '/docker') : parent });
const USUAL_PARENTS: Readonly<Record<string, string>> = { systemd: '/system.slice' };

export { type DiskSurvey, surveyDisk as lookAtDisk } from '../drivers/disk-survey.js';
export { registryAuthTrouble } from '../drivers/registry-logins.js';
export type { CgroupSurvey };

/** What the doctor finds on one container. */
export interface ContainerLook {
  readonly name: string;
  readonly image: string;
  readonly sources: readonly SourceFinding[];
  /** What is wrong with the labels that it has, all at once. */
  readonly labelFaults: readonly Fault[];
}
export type { SourceFinding };

/** How to look at a container. */
export type LookOptions = Omit<LookDeps, 'engine' | 'http' | 'compile'> & {
  readonly socketPath: string | undefined;
  /** With the dot; default `dqoes.`. */
  readonly labelPrefix?: string;
};

/** Tries every source of response times on one running container; a fault says what to do. */
export async function lookAtContainer(
  name: string,
  { socketPath, labelPrefix = DEFAULT_LABEL_PREFIX, ...deps }: LookOptions,
): Promise<Result<ContainerLook>> {
  const engine = await engineOn(socketPath, deps.clock);
  if (!engine.ok) return err([faultOf('docker.unavailable', engine.error.message)]);
  const http = createHttpClient();
  try {
    const found = await engine.value.find(name);
    if (!found.ok) return err([unreadable(name, found.error)]);
    const container = found.value;
    const wrong = labelTrouble(container, labelPrefix);
    if (!container.running)
      return err([faultOf('docker.no-container', stoppedText(name)), ...wrong]);
    const compile = createPatternCompiler();
    const look = { ...deps, engine: engine.value, http, compile, labelPrefix };
    const sources = await lookAtSources(container, look);
    return ok({ name: container.name, image: container.image, sources, labelFaults: wrong });
  } finally {
    http.close();
    engine.value.close();
  }
}

/** Which containers to watch, and for how long. */
export interface WatchAsked {
  /** Empty = all that run and that nobody controls. */
  readonly names: readonly string[];
  readonly forMs: number;
  readonly socketPath: string | undefined;
  /** With the dot; default `dqoes.`. */
  readonly labelPrefix?: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Hears how much of the time has passed, ms. */
  readonly onProgress?: (passedMs: number) => void;
}
export type { WatchedContainer };

/** How often a metrics endpoint is read, and how long an answer may take, ms. */
const SCRAPE = { intervalMs: READING_MS, deadlineMs: 2000, waitMs: 1000 };
/** Between the two readings by which a source is found, s. */
const LOOK_SECONDS = 3;

/**
 * Watches containers that nobody controls: what a request costs each, and how long it takes. It
 * changes nothing. A fault says why it cannot.
 */
export async function watchUncontrolled(
  asked: WatchAsked,
): Promise<Result<readonly WatchedContainer[]>> {
  const { socketPath, clock, signal, forMs, labelPrefix = DEFAULT_LABEL_PREFIX } = asked;
  const engine = await engineOn(socketPath, clock);
  if (!engine.ok) return err([faultOf('docker.unavailable', engine.error.message)]);
  const http = createHttpClient();
  try {
    const containers = await toWatch(engine.value, asked);
    if (!containers.ok) return containers;
    const { onProgress } = asked;
    const compile = createPatternCompiler();
    const look = { engine: engine.value, http, clock, compile, labelPrefix, signal };
    const watched = await watchContainers(containers.value, {
      look: { ...look, seconds: LOOK_SECONDS },
      engine: engine.value,
      cgroups: createCgroupReader(),
      compile,
      openHttp: createHttpClient,
      windowMs: READING_MS,
      scrape: SCRAPE,
      ...{ clock, signal, forMs, labelPrefix },
      ...(onProgress === undefined ? {} : { onProgress }),
    });
    return ok(watched);
  } finally {
    http.close();
    engine.value.close();
  }
}

async function toWatch(
  engine: DockerEngine,
  { names, labelPrefix = DEFAULT_LABEL_PREFIX }: WatchAsked,
): Promise<Result<readonly EngineContainer[]>> {
  if (names.length === 0) {
    const running = await engine.running();
    if (!running.ok) return err([faultOf(`docker.${running.error.kind}`, running.error.message)]);
    const isFree = (each: EngineContainer): boolean =>
      !isControlled(each, labelPrefix) || isObserved(each, labelPrefix);
    return ok(running.value.filter(isFree));
  }
  const found: EngineContainer[] = [];
  const faults: Fault[] = [];
  for (const name of names) {
    const one = await engine.find(name);
    if (!one.ok) faults.push(unreadable(name, one.error));
    else if (!one.value.running) faults.push(faultOf('docker.no-container', stoppedText(name)));
    else found.push(one.value);
  }
  return faults.length > 0 ? err(faults) : ok(found);
}

const stoppedText = (name: string): string => `the container ${name} does not run: start it first`;
const faultOf = (code: ErrorCode, message: string): Fault => ({
  code,
  field: 'container',
  message,
});

const unreadable = (name: string, { kind, message }: EngineFailure): Fault =>
  kind === 'gone'
    ? faultOf('docker.no-container', `no container is called ${name}: see docker ps -a`)
    : faultOf(`docker.${kind}`, message);

const isControlled = (container: EngineContainer, prefix: string): boolean =>
  isEnabled(countedLabels(container, prefix), prefix) || hasOwnName(container);

/** It has opted in, but only to be watched. */
const isObserved = (container: EngineContainer, prefix: string): boolean =>
  countedLabels(container, prefix)[`${prefix}control`] === 'observe';

async function engineOn(
  socketPath: string | undefined,
  clock: Clock,
  labelPrefix = DEFAULT_LABEL_PREFIX,
): Promise<Result<DockerEngine, ConnectFailure>> {
  return connectDocker({
    socketPath: socketPath ?? DEFAULT_SOCKET,
    clock,
    labelPrefix,
    defaultMemoryBytes: DEFAULT_BOUNDS.defaultMemoryBytes,
    pidsLimit: DEFAULT_BOUNDS.pidsLimit,
    weightRule: 'off',
  });
}
