import type { ContainerId } from '../../shared/ids.js';
import { BurstWarnings } from './burst.js';
import type { RestoreStep } from './types.js';

type NotBack = Pick<RestoreStep, 'containerId' | 'allocation'>;

/** Warnings of passes that are said once, until what they are about is over. */
export class OnceWarnings {
  readonly bursts = new BurstWarnings();
  /** Why containers cannot be put back. */
  readonly #notBack = new Map<ContainerId, string>();
  /** Why the last pass did nothing. */
  #refused = '';

  /** Why a pass did nothing; '' = it did something, or that was said of the pass before. */
  refused(reason: string): string {
    const isKnown = reason === this.#refused;
    this.#refused = reason;
    return isKnown ? '' : reason;
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
