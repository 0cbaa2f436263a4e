import type { AllocationId, ContainerId } from '../../shared/ids.js';
import { BurstWarnings } from './burst.js';
import type { RestoreStep } from './types.js';

type NotBack = Pick<RestoreStep, 'containerId' | 'allocation'>;

/** Warnings of passes that are said once, until what they are about is over. */
export class OnceWarnings {
  readonly bursts = new BurstWarnings();
  /** Why containers cannot be put back. */
  readonly #notBack = new Map<ContainerId, string>();
  /** Passes in a row after which the kernel did not hold a limit that the engine confirmed. */
  #notHeld: ReadonlyMap<AllocationId, number> = new Map();
  #refused = '';
  #refusal = '';

  /** Why the last pass did nothing; '' = it did something. */
  get standstill(): string {
    return this.#refused;
  }

  /** Why a pass did nothing; '' = it did something, or that was said of the pass before. */
  refused(reason: string): string {
    const isKnown = reason === this.#refused;
    this.#refused = reason;
    return isKnown ? '' : reason;
  }

  /**
   * Why a desired state is not obeyed; '' = that was said of the one before. One comes every few
   * seconds. `text` '' = one was obeyed.
   */
  refusal(text: string): string {
    const isKnown = text === this.#refusal;
    this.#refusal = text;
    return isKnown ? '' : text;
  }

  /**
   * Limits that the engine confirmed and the kernel does not hold after a pass, with the reasons:
   * each is said at the second pass in a row, because the kernel may follow late.
   */
  notHeld(reasons: ReadonlyMap<AllocationId, string>): readonly string[] {
    const before = this.#notHeld;
    this.#notHeld = new Map([...reasons.keys()].map((id) => [id, (before.get(id) ?? 0) + 1]));
    return [...reasons]
      .filter(([id]) => this.#notHeld.get(id) === 2)
      .map(([id, reason]) => `the limit of ${id} is not in force, and is tried again: ${reason}`);
  }

  /** That a container cannot be put back; '' = that was said, with the same reason. */
  notBack({ containerId, allocation }: NotBack, reason: string): string {
    if (this.#notBack.get(containerId) === reason) return '';
    this.#notBack.set(containerId, reason);
    return `the limit of ${allocation} cannot be put back, and is tried again: ${reason}`;
  }

  /** It is back, or gone. */
  back(id: ContainerId): void {
    this.#notBack.delete(id);
  }
}
