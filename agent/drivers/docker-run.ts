import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type Docker from 'dockerode';
import type { ContainerInspectInfo } from 'dockerode';
import { messageOf } from '../../shared/errors.js';
import type { ContainerId } from '../../shared/ids.js';
import { err, ok, type Result } from '../../shared/result.js';
import {
  createRequestOf,
  type HostConfigOptions,
  OWN_CONTAINER_LABELS,
} from '../containers/host-config.js';
import { PUSH_TOKEN_VARIABLE } from '../containers/push-token.js';
import type { EngineFailure, RunRequest } from '../ports/engine.js';
import {
  type DockerCalls,
  READ_DEADLINE_MS,
  statusOf,
  UPDATE_DEADLINE_MS,
} from './docker-calls.js';
import { inspectImage } from './docker-images.js';
import { LineSplitter } from './docker-lines.js';
import { PullTally } from './pull-tally.js';

/**
 * A pull ends when the engine has said nothing for so long, ms, and not before: an image may be
 * large, and of one whose pull was ended an engine without containerd's store keeps nothing. The
 * job is pending meanwhile.
 */
const PULL_SILENCE_MS = 60_000;
/** After this time progress no longer counts, ms: a registry may send an image without end. */
const LONGEST_PULL_MS = 6 * 3_600_000;

type RunAnswer<T> = Result<T, EngineFailure>;
/** Through which the engine is called. */
export interface RunCalls {
  readonly calls: DockerCalls;
  /** Of images: apart, because nothing else may wait for them. */
  readonly pulls: DockerCalls;
}
/** Who hears of a pull, and what ends it. */
interface PullOptions {
  readonly onPull?: RunRequest['onPull'] | undefined;
  readonly left?: AbortSignal | undefined;
}
/** What `create` found: made, there already, or no image. */
type Created = { readonly id: string } | 'name-taken' | 'no-image';

/** Creates and starts job containers; see `ContainerEngine.run`. */
export class DockerRun {
  readonly #docker: Docker;
  readonly #calls: DockerCalls;
  readonly #pulls: DockerCalls;
  readonly #options: HostConfigOptions;
  /** Switched off when the engine turns out to have no init binary, whatever it says. */
  #init: boolean;

  constructor(docker: Docker, { calls, pulls }: RunCalls, options: HostConfigOptions) {
    this.#docker = docker;
    this.#calls = calls;
    this.#pulls = pulls;
    this.#options = options;
    this.#init = options.init;
  }

  run(request: RunRequest): Promise<RunAnswer<ContainerId>> {
    return this.#run({ ...request, pushToken: newToken() });
  }

  /** See `ContainerEngine.fetchImage`. */
  async fetchImage(image: string, pull: PullOptions): Promise<RunAnswer<void>> {
    const found = await this.#calls.run(READ_DEADLINE_MS, async (abortSignal) => {
      try {
        await inspectImage(this.#docker, withTag(image), abortSignal);
        return true;
      } catch (cause) {
        if (statusOf(cause) === 404) return false;
        throw cause;
      }
    });
    if (!found.ok) return found;
    return found.value ? ok(undefined) : this.#pull(image, pull);
  }

  async #run(request: Request): Promise<RunAnswer<ContainerId>> {
    if (request.gpu !== undefined && (this.#options.gpu?.injectionMode ?? 'none') === 'none')
      return err(NO_GPU);
    let created = await this.#create(request);
    if (created.ok && created.value === 'no-image') {
      request.onPulling?.();
      const pulled = await this.#pull(request.spec.image, request);
      if (!pulled.ok) return pulled;
      created = await this.#create(request);
    }
    if (!created.ok) return created;
    if (created.value === 'no-image')
      return err(noImage(request.spec.image, 'it was removed after it was pulled'));
    if (created.value === 'name-taken') return this.#adopt(request);
    return this.#startNew(created.value.id, request);
  }

  async #create(request: Request): Promise<RunAnswer<Created>> {
    if (isLeft(request)) return err(LEFT);
    const options = {
      ...createRequestOf(asNow(request), { ...this.#options, init: this.#init }),
      name: request.name,
    };
    const create = async (abortSignal: AbortSignal): Promise<Created> => {
      try {
        const { id } = await this.#docker.createContainer({ ...options, abortSignal });
        return { id };
      } catch (cause) {
        if (statusOf(cause) === 409) return 'name-taken';
        if (statusOf(cause) === 404) return 'no-image';
        throw cause;
      }
    };
    return this.#calls.run(UPDATE_DEADLINE_MS, create, hiddenIn(request));
  }

  async #startNew(id: string, request: Request): Promise<RunAnswer<ContainerId>> {
    const started = isLeft(request) ? err(LEFT) : await this.#start(id, hiddenIn(request));
    if (started.ok) return ok(id as ContainerId);
    if (started.error.kind === 'timeout' || started.error.kind === 'unavailable') return started;
    await this.#calls.run(UPDATE_DEADLINE_MS, (abortSignal) =>
      this.#docker.getContainer(id).remove({ force: true, abortSignal }),
    );
    if (this.#init && /docker-init|init binary/.test(started.error.message)) {
      this.#init = false;
      return this.#run(request);
    }
    // The container may have been removed between the two calls.
    return /no such image/i.test(started.error.message)
      ? err(noImage(request.spec.image, started.error.message))
      : started;
  }

  #start(id: string, hidden: readonly string[]): Promise<RunAnswer<void>> {
    const start = async (abortSignal: AbortSignal): Promise<void> => {
      try {
        await this.#docker.getContainer(id).start({ abortSignal });
      } catch (cause) {
        if (statusOf(cause) !== 304) throw cause;
      }
    };
    return this.#calls.run(UPDATE_DEADLINE_MS, start, hidden);
  }

  /** The name exists: ours when allocation, node, cluster and spec are the same, else refused. */
  async #adopt(request: Request): Promise<RunAnswer<ContainerId>> {
    const found = await this.#calls.run(
      READ_DEADLINE_MS,
      (abortSignal): Promise<ContainerInspectInfo> =>
        this.#docker.getContainer(request.name).inspect({ abortSignal }),
    );
    if (!found.ok) return found;
    const labels = found.value.Config.Labels ?? {};
    const other = Object.values(OWN_CONTAINER_LABELS).find(
      (label) => labels[label] !== request.labels[label],
    );
    if (other !== undefined) {
      const message =
        `the name ${request.name} is taken by a container whose label ${other} is ` +
        `${labels[other] ?? 'missing'}: remove it`;
      return err({ kind: 'refused', message });
    }
    const id = found.value.Id as ContainerId;
    if (found.value.State.Running) return ok(id);
    if (isLeft(request)) return err(LEFT);
    const limited = await this.#limit(id, request);
    if (!limited.ok) return limited;
    // It may have been created with earlier values.
    const held = hiddenOf(found.value.Config.Env ?? [], request);
    const started = await this.#start(id, [...hiddenIn(request), ...held]);
    return started.ok ? ok(id) : started;
  }

  /** The container was created with an older limit, and would start with that. */
  #limit(id: ContainerId, request: Request): Promise<RunAnswer<void>> {
    const { CpuPeriod, CpuQuota, CpuShares } = createRequestOf(
      asNow(request),
      this.#options,
    ).HostConfig;
    const all = Object.entries({ CpuPeriod, CpuQuota, CpuShares }).filter(
      ([, value]) => value !== 0,
    );
    return this.#calls.run(UPDATE_DEADLINE_MS, async (abortSignal) => {
      await this.#docker.getContainer(id).update({ ...Object.fromEntries(all), abortSignal });
    });
  }

  async #pull(image: string, { onPull, left }: PullOptions): Promise<RunAnswer<void>> {
    const pull = async (abortSignal: AbortSignal, isAlive: () => void): Promise<void> => {
      const endMs = performance.now() + LONGEST_PULL_MS;
      const stream: NodeJS.ReadableStream = await this.#docker.pull(withTag(image), {
        abortSignal,
      });
      await readPull(stream, (text) => {
        if (performance.now() < endMs) isAlive();
        onPull?.(text);
      });
    };
    const pulled = await this.#pulls.run(PULL_SILENCE_MS, pull, [], left);
    if (left?.aborted === true) return err(LEFT);
    if (pulled.ok || pulled.error.kind === 'unavailable') return pulled;
    return err(noImage(image, pulled.error.message));
  }
}

type Request = RunRequest & { readonly pushToken: string };

const asNow = (request: Request): Request => ({
  ...request,
  limit: request.limitNow?.() ?? request.limit,
});

const isLeft = ({ isWanted }: RunRequest): boolean => isWanted?.() === false;
const LEFT: EngineFailure = {
  kind: 'refused',
  message: 'it is not wanted any more as it was begun, or the agent is stopping',
};

/** What no failure may hold, though the engine quotes it. */
const hiddenIn = ({ secretEnv = {}, pushToken }: Request): readonly string[] => [
  ...Object.values(secretEnv),
  pushToken,
];

/** The same of a container that was made before. */
const hiddenOf = (environment: readonly string[], { secretEnv = {} }: Request): readonly string[] =>
  [...Object.keys(secretEnv), PUSH_TOKEN_VARIABLE].flatMap((name) =>
    environment
      .filter((each) => each.startsWith(`${name}=`))
      .map((each) => each.slice(name.length + 1)),
  );

const newToken = (): string => randomBytes(24).toString('base64url');

const NO_GPU: EngineFailure = {
  kind: 'refused',
  message:
    'this Docker Engine can give no GPU to a container: install the NVIDIA container ' +
    'toolkit, generate its CDI specification and switch on CDI (docs/gpu.md)',
};

/** Without a tag the engine would pull every tag. */
const withTag = (image: string): string => (/[:@][^/]*$/.test(image) ? image : `${image}:latest`);

const noImage = (image: string, why: string): EngineFailure => ({
  kind: 'no-image',
  message:
    `image ${image} is not on this host and could not be pulled (${why}): build it here, or ` +
    'load it with "docker load"',
});

/** A pull answers 200 and reports failures in its progress lines. */
async function readPull(
  stream: NodeJS.ReadableStream,
  onPull: (text: string) => void,
): Promise<void> {
  let failure = '';
  const tally = new PullTally();
  const lines = new LineSplitter((line) => {
    try {
      const parsed: unknown = JSON.parse(line);
      const { error } = (parsed ?? {}) as { error?: unknown };
      if (typeof error === 'string') failure = error;
      tally.take(parsed);
    } catch (cause) {
      failure = messageOf(cause);
    }
  });
  for await (const chunk of stream) {
    lines.push(Buffer.from(chunk as Buffer));
    onPull(tally.text);
  }
  lines.flush();
  if (failure !== '') throw new Error(failure);
}
