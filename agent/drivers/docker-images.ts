import type Docker from 'dockerode';
import type { Clock } from '../../shared/clock.js';
import type { Result } from '../../shared/result.js';
import type { EngineFailure } from '../ports/engine.js';
import { DockerCalls, READ_DEADLINE_MS } from './docker-calls.js';

/** Labels of one image, or why they could not be read. */
export type ImageLabels = Result<Readonly<Record<string, string>>, EngineFailure>;

/** In a lane of their own, so that no call of enforcement ever waits for an image. */
const MAX_IN_FLIGHT = 2;
/** A list of containers waits at most this long for images it does not know, ms. */
const PATIENCE_MS = 500;
/**
 * The first list knows none, and what is left out of it looks as if it were gone, ms: enough for a
 * hundred images of 200 ms each, two at a time.
 */
const FIRST_PATIENCE_MS = 10_000;
/** An image that could not be read is asked for again after this time, ms. */
const RETRY_MS = 10_000;

interface KnownImage {
  readonly answer: ImageLabels;
  readonly atMs: number;
}

/** Labels of images by id. An id names the content, so each image is read once. */
export class DockerImages {
  readonly #docker: Pick<Docker, 'getImage'>;
  readonly #clock: Clock;
  readonly #calls = new DockerCalls(MAX_IN_FLIGHT);
  readonly #known = new Map<string, KnownImage>();
  readonly #asking = new Map<string, Promise<ImageLabels>>();
  #patienceMs = FIRST_PATIENCE_MS;
  /** Called when an image was read for which a list did not wait any longer. */
  onLate: () => void = () => {};

  constructor(docker: Pick<Docker, 'getImage'>, clock: Clock) {
    this.#docker = docker;
    this.#clock = clock;
  }

  /**
   * What is known of these images, after a short wait for those that are new; an image that has not
   * answered is absent. All others are forgotten.
   */
  async read(ids: ReadonlySet<string>): Promise<ReadonlyMap<string, ImageLabels>> {
    for (const id of [...this.#known.keys()]) if (!ids.has(id)) this.#known.delete(id);
    const asked = Promise.all([...ids].filter((id) => this.#isDue(id)).map((id) => this.#ask(id)));
    const isInTime = await this.#isInTime(asked);
    this.#patienceMs = PATIENCE_MS;
    if (!isInTime) void asked.then(() => this.onLate());
    return this.#answers(ids);
  }

  /** The labels of one image, however long the engine takes for it. */
  async labelsOf(id: string): Promise<ImageLabels> {
    const known = this.#known.get(id);
    return known === undefined || this.#isDue(id) ? this.#ask(id) : known.answer;
  }

  /** Ends every call, now and later. */
  close(): void {
    this.#calls.close();
  }

  #isDue(id: string): boolean {
    const known = this.#known.get(id);
    return known === undefined || (!known.answer.ok && this.#clock.now() - known.atMs >= RETRY_MS);
  }

  #ask(id: string): Promise<ImageLabels> {
    const begun = this.#asking.get(id);
    if (begun !== undefined) return begun;
    const asked = this.#calls
      .run(READ_DEADLINE_MS, async (abortSignal) =>
        labelsIn(await inspectImage(this.#docker, id, abortSignal)),
      )
      .then((answer) => {
        this.#asking.delete(id);
        this.#known.set(id, { answer, atMs: this.#clock.now() });
        return answer;
      });
    this.#asking.set(id, asked);
    return asked;
  }

  async #isInTime(asked: Promise<unknown>): Promise<boolean> {
    const done = new AbortController();
    void asked.then(() => done.abort());
    await Promise.resolve();
    if (!done.signal.aborted) await this.#clock.sleep(this.#patienceMs, done.signal);
    return done.signal.aborted;
  }

  #answers(ids: ReadonlySet<string>): ReadonlyMap<string, ImageLabels> {
    return new Map(
      [...ids].flatMap((id): [string, ImageLabels][] => {
        const known = this.#known.get(id);
        return known === undefined ? [] : [[id, known.answer]];
      }),
    );
  }
}

/** The client takes a signal here too, which its types do not say. */
type Inspect = (options: { readonly abortSignal: AbortSignal }) => Promise<unknown>;

/** Asks for an image by its id or name. */
export function inspectImage(
  docker: Pick<Docker, 'getImage'>,
  id: string,
  abortSignal: AbortSignal,
): Promise<unknown> {
  const image = docker.getImage(id);
  return (image.inspect as Inspect).call(image, { abortSignal });
}

/** An answer without a configuration was cut short: that is no image without labels. */
function labelsIn(info: unknown): Readonly<Record<string, string>> {
  const { Config } = (info ?? {}) as {
    readonly Config?: { readonly Labels?: Readonly<Record<string, string>> | null } | null;
  };
  if (Config === undefined) throw new Error('the Docker Engine cut its answer short');
  return Config?.Labels ?? {};
}
