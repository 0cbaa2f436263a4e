import { randomBytes } from 'node:crypto';
import type Docker from 'dockerode';
import type { ContainerInspectInfo } from 'dockerode';
import type { ContainerId } from '../../shared/ids.js';
import { err, ok, type Result } from '../../shared/result.js';
import {
  createRequestOf,
  foreignLabel,
  type HostConfigOptions,
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
import { DockerPulls, LEFT, noImage, type PullOptions, withTag } from './docker-pulls.js';
import { type RegistryLogins, registryLogins } from './registry-logins.js';

type RunAnswer<T> = Result<T, EngineFailure>;
/** Through which the engine is called. */
export interface RunCalls {
  readonly calls: DockerCalls;
  /** Of images: apart, because nothing else may wait for them. */
  readonly pulls: DockerCalls;
}
/** What its containers get, and who knows how to log in to registries; absent = nobody. */
export type RunOptions = HostConfigOptions & { readonly logins?: RegistryLogins };
/** What `create` found: made, there already, or no image. */
type Created = { readonly id: string } | 'name-taken' | 'no-image';

/** Creates and starts job containers; see `ContainerEngine.run`. */
export class DockerRun {
  readonly #docker: Docker;
  readonly #calls: DockerCalls;
  readonly #pulls: DockerPulls;
  readonly #options: HostConfigOptions;
  /** Switched off when the engine turns out to have no init binary, whatever it says. */
  #init: boolean;

  constructor(docker: Docker, { calls, pulls }: RunCalls, options: RunOptions) {
    this.#docker = docker;
    this.#calls = calls;
    this.#pulls = new DockerPulls(docker, pulls, options.logins ?? registryLogins(''));
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
    return found.value ? ok(undefined) : this.#pulls.pull(image, pull);
  }

  async #run(request: Request): Promise<RunAnswer<ContainerId>> {
    if (request.gpu !== undefined && (this.#options.gpu?.injectionMode ?? 'none') === 'none')
      return err(NO_GPU);
    let created = await this.#create(request);
    if (created.ok && created.value === 'no-image') {
      request.onPulling?.();
      const pulled = await this.#pulls.pull(request.spec.image, request);
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

  /**
   * The name exists: ours when allocation, node, cluster and spec are the same, else refused. The
   * node may have had a former name, as where an agent died before it started what it had made.
   */
  async #adopt(request: Request): Promise<RunAnswer<ContainerId>> {
    const found = await this.#calls.run(
      READ_DEADLINE_MS,
      (abortSignal): Promise<ContainerInspectInfo> =>
        this.#docker.getContainer(request.name).inspect({ abortSignal }),
    );
    if (!found.ok) return found;
    const labels = found.value.Config.Labels ?? {};
    const other = foreignLabel(labels, request);
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
}

type Request = RunRequest & { readonly pushToken: string };

const asNow = (request: Request): Request => ({
  ...request,
  limit: request.limitNow?.() ?? request.limit,
});

const isLeft = ({ isWanted }: RunRequest): boolean => isWanted?.() === false;

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
