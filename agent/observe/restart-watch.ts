import type { JobName } from '../../shared/ids.js';
import { RESTARTING } from '../../shared/report.js';
import type { EngineContainer } from '../ports/engine.js';

/** Two restarts within this time are a loop, until the container has run for as long. */
const STEADY_MS = 60_000;

interface KnownRestarts {
  /** As the engine counts them. */
  readonly count: number;
  readonly exitCode: number | null;
  /** When the last two were seen, ms; the newest last. */
  readonly atMs: readonly number[];
}

/**
 * Containers that the engine starts again and again: it shows them as running most of the time, and
 * forgets the exit code with each start.
 */
export class RestartWatch {
  #known = new Map<string, KnownRestarts>();

  /** Takes all containers as listed now; those that are not among them are forgotten. */
  note(containers: readonly EngineContainer[], nowMs: number): void {
    const next = new Map<string, KnownRestarts>();
    for (const { id, restartCount: count = 0, exitCode } of containers) {
      const before = this.#known.get(id);
      const risen = before === undefined ? 0 : Math.max(0, count - before.count);
      const seen = Array.from({ length: Math.min(risen, 2) }, () => nowMs);
      const atMs = [...(before?.atMs ?? []), ...seen].slice(-2);
      next.set(id, { count, atMs, exitCode: exitCode ?? before?.exitCode ?? null });
    }
    this.#known = next;
  }

  /**
   * That the container is in a loop, with the cure: `job` is that of one of our own, whose log is
   * read from anywhere; null = it is somebody else's. '' = it is in none.
   */
  reasonOf(
    { id, name, running, isRestarting }: EngineContainer,
    { nowMs, job }: { readonly nowMs: number; readonly job: JobName | null },
  ): string {
    const known = this.#known.get(id);
    // One that has ended and is not started again ended for good.
    if (known === undefined || (!running && isRestarting !== true)) return '';
    const [earlier, later] = known.atMs;
    const isLoop =
      later !== undefined && later - (earlier ?? 0) < STEADY_MS && nowMs - later < STEADY_MS;
    if (known.count === 0 || (isRestarting !== true && !isLoop)) return '';
    const { count, exitCode } = known;
    const times = count === 1 ? 'once' : `${count} times`;
    const last = exitCode === null ? '' : `, last with exit code ${exitCode}`;
    const logs = job === null ? `docker logs ${name}` : `dqoes job logs ${job}`;
    return `${RESTARTING}it ended ${times}${last}; ${logs} says why`;
  }
}
