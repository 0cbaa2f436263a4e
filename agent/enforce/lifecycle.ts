import type { Clock } from '../../shared/clock.js';
import type { AllocationId } from '../../shared/ids.js';
import type { StartStep, StepResult, StopStep } from './types.js';

type LifecycleStep = StartStep | StopStep;

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;

interface Failure {
  readonly fingerprint: string;
  readonly reason: string;
  readonly attempts: number;
  readonly retryAtMs: number;
}

/**
 * Starts and stops run beside limit updates, because an image pull or a stop may take long and must not hold up the rest. One at a
 * time per allocation; a failure is retried with a growing pause, and at once when the step is another one.
 */
export class Lifecycle {
  readonly #clock: Clock;
  readonly #onDone: () => void;
  readonly #inFlight = new Map<AllocationId, { readonly step: LifecycleStep; readonly done: Promise<void> }>();
  readonly #failures = new Map<AllocationId, Failure>();

  constructor(options: { readonly clock: Clock; readonly onDone: () => void }) {
    this.#clock = options.clock;
    this.#onDone = options.onDone;
  }

  get busy(): boolean {
    return this.#inFlight.size > 0;
  }

  /** Whether the step may begin now. */
  isDue(step: LifecycleStep): boolean {
    if (this.#inFlight.has(step.allocation)) return false;
    const failure = this.#failures.get(step.allocation);
    return (
      failure === undefined || failure.fingerprint !== fingerprintOf(step) || this.#clock.now() >= failure.retryAtMs
    );
  }

  /** Why the allocation is not there yet; undefined when nothing is under way and nothing failed. */
  reasonOf(allocation: AllocationId): { readonly state: 'pending' | 'failed'; readonly reason: string } | undefined {
    const failure = this.#failures.get(allocation);
    if (failure !== undefined) return { state: 'failed', reason: failure.reason };
    const flight = this.#inFlight.get(allocation);
    if (flight === undefined) return undefined;
    return {
      state: 'pending',
      reason: flight.step.kind === 'start' ? `starting ${flight.step.spec.image}` : 'stopping',
    };
  }

  /** Runs the step in the background; `run` must not reject. */
  begin(step: LifecycleStep, run: () => Promise<StepResult>): void {
    const done = run().then((result) => {
      this.#inFlight.delete(step.allocation);
      this.#record(step, result);
      this.#onDone();
    });
    this.#inFlight.set(step.allocation, { step, done });
  }

  /** Forgets failures of allocations that are not wanted any more. */
  retain(wanted: ReadonlySet<AllocationId>): void {
    for (const allocation of [...this.#failures.keys()]) if (!wanted.has(allocation)) this.#failures.delete(allocation);
  }

  /** Resolves when nothing is in flight. */
  async settled(): Promise<void> {
    await Promise.all([...this.#inFlight.values()].map(({ done }) => done));
  }

  #record(step: LifecycleStep, result: StepResult): void {
    if (result.ok) {
      this.#failures.delete(step.allocation);
      return;
    }
    const fingerprint = fingerprintOf(step);
    const before = this.#failures.get(step.allocation);
    const attempts = before?.fingerprint === fingerprint ? before.attempts + 1 : 1;
    const pauseMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempts - 1));
    const retryAtMs = this.#clock.now() + pauseMs;
    this.#failures.set(step.allocation, { fingerprint, reason: result.reason, attempts, retryAtMs });
  }
}

const fingerprintOf = (step: LifecycleStep): string =>
  step.kind === 'start' ? `start ${step.specHash}` : `stop ${step.containerId}`;
