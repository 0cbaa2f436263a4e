import type { Clock } from '../../shared/clock.js';
import type { AllocationId } from '../../shared/ids.js';
import type { StartStep, Step, StepResult, StopStep } from './types.js';

type LifecycleStep = StartStep | StopStep;

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;
/** After this the question is whether the engine still answers. */
const LONG_MS = 2_000;

interface FailedStep {
  readonly step: LifecycleStep;
  readonly fingerprint: string;
  readonly reason: string;
  readonly attempts: number;
  readonly retryAtMs: number;
}

interface StartedStep {
  readonly step: StartStep;
  readonly fingerprint: string;
  readonly atMs: number;
}

/**
 * Starts and stops containers beside limit updates, because an image pull or a stop may take long
 * and must not hold up the rest. One at a time per allocation. A failure is retried with a growing
 * pause, and at once when the step changes. What was started is not started again for a second,
 * because the list of containers may be older.
 */
export class Lifecycle {
  readonly #clock: Clock;
  readonly #onResult: (step: LifecycleStep, result: StepResult) => void;
  readonly #onDone: () => void;
  readonly #onLong: () => void;
  readonly #inFlight = new Map<
    AllocationId,
    { readonly step: LifecycleStep; readonly done: Promise<void> }
  >();
  readonly #failures = new Map<AllocationId, FailedStep>();
  readonly #started = new Map<AllocationId, StartedStep>();
  /** How far the pulls for starts in flight are, in words. */
  readonly #pulls = new Map<AllocationId, string>();
  /** Those that are being stopped: what takes their place has its image. */
  readonly #stopping = new Set<AllocationId>();

  constructor(options: {
    readonly clock: Clock;
    /** Hears what became of each start and stop. */
    readonly onResult?: (step: LifecycleStep, result: StepResult) => void;
    readonly onDone: () => void;
    /** A step has taken 2 s and goes on. Once for each. */
    readonly onLong?: () => void;
  }) {
    this.#clock = options.clock;
    this.#onResult = options.onResult ?? (() => {});
    this.#onDone = options.onDone;
    this.#onLong = options.onLong ?? (() => {});
  }

  get busy(): boolean {
    return this.#inFlight.size > 0;
  }

  /** Starts in progress, and those whose container no list has shown yet. */
  starting(): readonly StartStep[] {
    const inFlight = [...this.#inFlight.values()].map(({ step }) => step);
    const started = [...this.#started.values()].map(({ step }) => step);
    return [...inFlight, ...started].filter((step) => step.kind === 'start');
  }

  /** Says how far the pull for a start or a change is; '' = nothing is known yet. */
  pulling(allocation: AllocationId, text: string): void {
    const step = this.#inFlight.get(allocation)?.step;
    const image = step?.kind === 'start' ? step.spec.image : step?.successor?.spec.image;
    if (image === undefined) return;
    this.#pulls.set(allocation, `pulling ${image}${text === '' ? '' : `: ${text}`}`);
  }

  /** The image of what takes a container's place is there: that is stopped now. */
  fetched(allocation: AllocationId): void {
    this.#pulls.delete(allocation);
    this.#stopping.add(allocation);
  }

  /** Whether its container is being stopped, and not only to be when an image is there. */
  readonly isStopping = (allocation: AllocationId): boolean => this.#stopping.has(allocation);

  /**
   * Whether its container is being stopped, for good or for what takes its place. One that has
   * ended by itself, and is only removed to be made again, is not: how it ended is still news.
   */
  isEnding(allocation: AllocationId): boolean {
    const step = this.#inFlight.get(allocation)?.step;
    if (step?.kind !== 'stop' || step.onlyIfEnded === true) return false;
    return step.successor === undefined || this.isStopping(allocation);
  }

  /** Of each allocation whose image is pulled now, how far that is. */
  get pulls(): ReadonlyMap<AllocationId, string> {
    return new Map(this.#pulls);
  }

  /** Whether the step may begin now. */
  isDue(step: LifecycleStep): boolean {
    if (this.#inFlight.has(step.allocation)) return false;
    const fingerprint = fingerprintOf(step);
    const [failure, started] = [
      this.#failures.get(step.allocation),
      this.#started.get(step.allocation),
    ];
    const nowMs = this.#clock.now();
    if (failure?.fingerprint === fingerprint && nowMs < failure.retryAtMs) return false;
    return started?.fingerprint !== fingerprint || nowMs >= started.atMs + FIRST_RETRY_MS;
  }

  /**
   * Why the allocation does not run yet; undefined = nothing is in progress and nothing failed.
   */
  reasonOf(
    allocation: AllocationId,
  ): { readonly state: 'pending' | 'failed'; readonly reason: string } | undefined {
    const failure = this.#failureOf(allocation);
    if (failure !== undefined) return { state: 'failed', reason: failure.reason };
    const flight = this.#inFlight.get(allocation);
    if (flight === undefined)
      return this.#started.has(allocation)
        ? { state: 'pending', reason: 'started, not listed yet' }
        : undefined;
    const pull = this.#pulls.get(allocation);
    return { state: 'pending', reason: pull ?? this.#doing(flight.step) };
  }

  #doing(step: LifecycleStep): string {
    if (step.kind === 'start') return `starting ${step.spec.image}`;
    const { successor, allocation } = step;
    return successor === undefined || this.isStopping(allocation)
      ? 'stopping'
      : `runs until ${successor.spec.image} is here`;
  }

  /**
   * Why those of these allocations do not run yet whose last try failed, and why others are still
   * there that could not be removed.
   */
  failuresOf(
    allocations: readonly { readonly id: AllocationId }[],
  ): ReadonlyMap<AllocationId, string> {
    const failed = allocations.flatMap(({ id }): [AllocationId, string][] => {
      const failure = this.#failureOf(id);
      return failure === undefined ? [] : [[id, failure.reason]];
    });
    const left = [...this.#failures].flatMap(([id, { step, reason }]): [AllocationId, string][] =>
      step.kind === 'stop' && step.successor === undefined ? [[id, reason]] : [],
    );
    return new Map([...left, ...failed]);
  }

  /** The failure of the last try, unless another step is tried now. */
  #failureOf(allocation: AllocationId): FailedStep | undefined {
    const failure = this.#failures.get(allocation);
    const step = this.#inFlight.get(allocation)?.step;
    return step === undefined || failure?.fingerprint === fingerprintOf(step) ? failure : undefined;
  }

  /** Runs the step in the background; `run` must not reject. */
  begin(step: LifecycleStep, run: () => Promise<StepResult>): void {
    const ended = new AbortController();
    const done = run().then((result) => {
      ended.abort();
      this.#inFlight.delete(step.allocation);
      this.#pulls.delete(step.allocation);
      this.#stopping.delete(step.allocation);
      this.#record(step, result);
      this.#onResult(step, result);
      this.#onDone();
    });
    this.#inFlight.set(step.allocation, { step, done });
    void this.#sayLong(ended.signal);
  }

  async #sayLong(ended: AbortSignal): Promise<void> {
    await this.#clock.sleep(LONG_MS, ended);
    if (!ended.aborted) this.#onLong();
  }

  /**
   * Takes the steps that are still to be done: a started allocation that is not among them is
   * listed by now. True = there was one.
   */
  confirm(steps: readonly Step[]): boolean {
    const missing = new Set(
      steps.filter(({ kind }) => kind === 'start').map(({ allocation }) => allocation),
    );
    const there = [...this.#started.keys()].filter((allocation) => !missing.has(allocation));
    for (const allocation of there) this.#started.delete(allocation);
    return there.length > 0;
  }

  /** Forgets allocations that are no longer wanted. */
  retain(wanted: ReadonlySet<AllocationId>): void {
    for (const known of [this.#failures, this.#started])
      for (const allocation of [...known.keys()])
        if (!wanted.has(allocation)) known.delete(allocation);
  }

  /** Resolves when nothing is in flight. */
  async settled(): Promise<void> {
    await Promise.all([...this.#inFlight.values()].map(({ done }) => done));
  }

  #record(step: LifecycleStep, result: StepResult): void {
    const fingerprint = fingerprintOf(step);
    this.#started.delete(step.allocation);
    if (result.isLeft === true) return;
    if (result.ok) {
      this.#failures.delete(step.allocation);
      if (step.kind === 'start')
        this.#started.set(step.allocation, { step, fingerprint, atMs: this.#clock.now() });
      return;
    }
    const before = this.#failures.get(step.allocation);
    const attempts = before?.fingerprint === fingerprint ? before.attempts + 1 : 1;
    const pauseMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempts - 1));
    const retryAtMs = this.#clock.now() + pauseMs;
    this.#failures.set(step.allocation, {
      step,
      fingerprint,
      reason: result.reason,
      attempts,
      retryAtMs,
    });
  }
}

/** What a start depends on: other secrets, or other keys of theirs, may cure one that failed. */
function fingerprintOf(step: LifecycleStep): string {
  if (step.kind === 'stop') return `stop ${step.containerId} ${step.successor?.specHash ?? ''}`;
  const secrets = (step.secrets ?? []).map(({ name, version, key }) => `${name} ${version} ${key}`);
  return ['start', step.specHash, ...secrets].join(' ');
}
