import type Docker from 'dockerode';
import type { ContainerInfo } from 'dockerode';
import type { Clock } from '../../shared/clock.js';
import { err, ok, type Result } from '../../shared/result.js';
import { hasOwnName } from '../containers/host-config.js';
import { labelsByOrigin } from '../containers/label-origin.js';
import type { EngineContainer, EngineFailure } from '../ports/engine.js';
import { type DockerCalls, READ_DEADLINE_MS } from './docker-calls.js';
import { DockerImages, type ImageLabels } from './docker-images.js';
import { type Inspected, readInspect, uptimeSeconds } from './docker-inspect.js';

/** Every container is inspected again after this time, whatever the list says, ms. */
const INSPECT_ALL_MS = 60_000;
/**
 * How often the first list asks for a container that does not answer in time: nothing is known of
 * it, and what is left out looks as if it were gone.
 */
const FIRST_ASKS = 3;

interface Cached {
  readonly inspected: Inspected;
  readonly state: string;
  /** Uptime in the engine's words when it was inspected, seconds; NaN = not running. */
  readonly uptime: number;
  readonly atMs: number;
  /** It may have changed since. */
  isOld: boolean;
}

interface ListOptions {
  readonly clock: Clock;
  readonly labels: readonly string[];
  /** Longest wait for an answer, ms; absent = 2 s. */
  readonly deadlineMs?: number;
}

/**
 * Lists containers with our labels. A container is inspected only when it is new, has changed, or
 * was last inspected long ago.
 */
export class DockerList {
  readonly #docker: Docker;
  readonly #calls: DockerCalls;
  readonly #options: ListOptions;
  readonly #cache = new Map<string, Cached>();
  readonly #images: DockerImages;
  /** +1 per invalidation: an answer asked for before one is not kept. */
  #generation = 0;
  /** How often a list asks for a container that does not answer. */
  #asks = FIRST_ASKS;

  constructor(docker: Docker, calls: DockerCalls, options: ListOptions) {
    this.#docker = docker;
    this.#calls = calls;
    this.#options = options;
    this.#images = new DockerImages(docker, options.clock);
  }

  get #deadlineMs(): number {
    return this.#options.deadlineMs ?? READ_DEADLINE_MS;
  }

  /** Calls `onLate` when an image answers that a list did not wait for. */
  onLateImage(onLate: () => void): void {
    this.#images.onLate = onLate;
  }

  close(): void {
    this.#images.close();
  }

  async list(): Promise<Result<readonly EngineContainer[], EngineFailure>> {
    const listed = await Promise.all(this.#options.labels.map((label) => this.#summaries(label)));
    const byId = new Map<string, ContainerInfo>();
    for (const answer of listed) {
      if (!answer.ok) return answer;
      for (const summary of answer.value) byId.set(summary.Id, summary);
    }
    for (const id of [...this.#cache.keys()]) if (!byId.has(id)) this.#cache.delete(id);
    const inspected = await Promise.all(
      [...byId.values()].map((summary) => this.#inspect(summary)),
    );
    this.#asks = 1;
    const failure = inspected.find((answer) => !answer.ok && answer.error.kind === 'unavailable');
    if (failure !== undefined && !failure.ok) return failure;
    const found = inspected.flatMap((answer) => (answer.ok ? [answer.value] : []));
    const foreign = found.filter(({ container }) => !hasOwnName(container));
    const images = await this.#images.read(new Set(foreign.map(({ imageId }) => imageId)));
    return ok(found.flatMap((one) => withOrigins(one, images.get(one.imageId)) ?? []));
  }

  /** One container by name or id, with its labels told apart from its image's. */
  async find(nameOrId: string): Promise<Result<EngineContainer, EngineFailure>> {
    const found = await this.inspect(nameOrId);
    if (!found.ok) return found;
    const { container, imageId } = found.value;
    if (hasOwnName(container)) return ok(container);
    const image = await this.#images.labelsOf(imageId);
    return ok(withOrigins(found.value, image) ?? unread(container, image));
  }

  /** All that run and have a label that begins like this, or any or none where it is empty. */
  async running(labelPrefix = ''): Promise<Result<readonly EngineContainer[], EngineFailure>> {
    const listed = await this.#calls.run(this.#deadlineMs, (abortSignal) =>
      this.#docker.listContainers({ all: false, abortSignal }),
    );
    if (!listed.ok) return listed;
    const found: EngineContainer[] = [];
    // One after the other: a host may have hundreds.
    for (const { Id, Labels } of listed.value) {
      const isMeant = Object.keys(Labels ?? {}).some((label) => label.startsWith(labelPrefix));
      if (labelPrefix !== '' && !isMeant) continue;
      const container = await this.find(Id);
      if (container.ok && container.value.running) found.push(container.value);
      else if (!container.ok && isPassing(container.error)) return container;
    }
    return ok(found);
  }

  /**
   * Makes the next list inspect this container again. What is known of it stands until it answers.
   */
  invalidate(id: string): void {
    this.#generation += 1;
    const known = this.#cache.get(id);
    if (known !== undefined) known.isOld = true;
  }

  /** The same of all containers, as after a time in which nothing was heard of them. */
  invalidateAll(): void {
    for (const id of this.#cache.keys()) this.invalidate(id);
    this.#generation += 1;
  }

  /**
   * `calls`: whose places are taken; those of the list unless it is said. `left`: ends it, also
   * while it waits for a place.
   */
  inspect(
    id: string,
    calls = this.#calls,
    left?: AbortSignal,
  ): Promise<Result<Inspected, EngineFailure>> {
    const inspect = async (abortSignal: AbortSignal): Promise<Inspected> =>
      readInspect(await this.#docker.getContainer(id).inspect({ abortSignal }));
    return calls.run(this.#deadlineMs, inspect, [], left);
  }

  #summaries(label: string): Promise<Result<ContainerInfo[], EngineFailure>> {
    return this.#calls.run(this.#deadlineMs, async (abortSignal) => {
      const answer = await this.#docker.listContainers({
        all: true,
        filters: { label: [label] },
        abortSignal,
      });
      if (!Array.isArray(answer)) throw new Error('the Docker Engine cut its answer short');
      return answer;
    });
  }

  async #inspect(summary: ContainerInfo): Promise<Result<Inspected, EngineFailure>> {
    const known = this.#cache.get(summary.Id);
    const uptime = uptimeSeconds(summary.Status);
    if (known !== undefined && this.#isFresh(known, { state: summary.State, uptime }))
      return ok(known.inspected);
    const generation = this.#generation;
    const now = await this.#ask(summary.Id);
    if (now.ok) {
      if (generation !== this.#generation) return now;
      const atMs = this.#options.clock.now();
      const seen = { inspected: now.value, state: summary.State, uptime, atMs, isOld: false };
      this.#cache.set(summary.Id, seen);
      return now;
    }
    // A container that hangs must not vanish from the list: its last known state stands until it
    // answers.
    return known !== undefined && now.error.kind !== 'gone' ? ok(known.inspected) : err(now.error);
  }

  async #ask(id: string): Promise<Result<Inspected, EngineFailure>> {
    let answer = await this.inspect(id);
    for (let asked = 1; asked < this.#asks; asked += 1) {
      if (answer.ok || answer.error.kind !== 'timeout') return answer;
      answer = await this.inspect(id);
    }
    return answer;
  }

  #isFresh(known: Cached, seen: { readonly state: string; readonly uptime: number }): boolean {
    const elapsedMs = this.#options.clock.now() - known.atMs;
    if (known.isOld || known.state !== seen.state || elapsedMs >= INSPECT_ALL_MS) return false;
    return Number.isNaN(seen.uptime)
      ? Number.isNaN(known.uptime)
      : isSameLife(known.uptime, seen.uptime, elapsedMs / 1000);
  }
}

/** undefined = its image has not answered in time: it is listed as soon as that has. */
function withOrigins(
  { container }: Inspected,
  image: ImageLabels | undefined,
): EngineContainer | undefined {
  // An image can neither make nor unmake one of a job, so it needs no look at the image.
  if (hasOwnName(container)) return container;
  if (image === undefined || (!image.ok && isPassing(image.error))) return undefined;
  return image.ok
    ? { ...container, ...labelsByOrigin(container.labels, image.value) }
    : unread(container, image);
}

const isPassing = ({ kind }: EngineFailure): boolean =>
  kind === 'timeout' || kind === 'unavailable';

const unread = (container: EngineContainer, image: ImageLabels): EngineContainer => ({
  ...container,
  labels: {},
  imageLabels: container.labels,
  imageUnread: image.ok ? '' : image.error.message,
});

/**
 * A young container is inspected again: below a minute, where the engine counts seconds, the uptime
 * must have grown with the time.
 */
function isSameLife(knownSeconds: number, seenSeconds: number, elapsedSeconds: number): boolean {
  if (seenSeconds < YOUNG_SECONDS || seenSeconds < knownSeconds) return false;
  return seenSeconds >= 60 || seenSeconds >= knownSeconds + elapsedSeconds - 2;
}
const YOUNG_SECONDS = 3;
