import type { Clock } from '../../shared/clock.js';
import { ok, type Result } from '../../shared/result.js';
import type { HeldLock } from '../drivers/engine-lock.js';
import { folderIdOf } from '../drivers/file-store.js';
import { type EngineShare, lockNamesOf, lockShare } from './engine.js';
import { lockStateFolder } from './state-lock.js';

/** The locks that a restore holds, so that no agent starts meanwhile. */
export class ShareLocks {
  readonly #engineId: string;
  readonly #clock: Clock;
  readonly #held = new Map<string, HeldLock>();

  constructor(engineId: string, clock: Clock) {
    this.#engineId = engineId;
    this.#clock = clock;
  }

  /**
   * Holds the containers that opted in by this prefix and the jobs of this node. The error names
   * the agent that runs.
   */
  hold(share: EngineShare, stateDir: string): Promise<Result<void>> {
    return this.#hold(
      Object.values(lockNamesOf(this.#engineId, share.labelPrefix, share)),
      share,
      stateDir,
    );
  }

  /** Holds the containers that opted in by this prefix; false = their agent runs. */
  async holdLabels(share: EngineShare, stateDir: string): Promise<boolean> {
    return (
      await this.#hold([lockNamesOf(this.#engineId, share.labelPrefix).labels], share, stateDir)
    ).ok;
  }

  /**
   * Holds a state folder that is there. The error names the agent that runs, perhaps on another
   * Engine.
   */
  async holdFolder(share: EngineShare, stateDir: string): Promise<Result<void>> {
    const id = await folderIdOf(stateDir, false).catch(() => '');
    const name = `folder ${id}`;
    // Two paths may lead to one folder.
    if (id === '' || this.#held.has(name)) return ok(undefined);
    const taking = { clock: this.#clock, waitMs: 0, mayMake: false };
    const lock = await lockStateFolder({ ...share, stateDir }, taking);
    if (!lock.ok) return lock;
    this.#held.set(name, lock.value);
    return ok(undefined);
  }

  holdsLabels(labelPrefix: string): boolean {
    return this.#held.has(lockNamesOf(this.#engineId, labelPrefix).labels);
  }

  async release(): Promise<void> {
    for (const lock of this.#held.values()) await lock.release();
  }

  async #hold(
    wanted: readonly string[],
    share: EngineShare,
    stateDir: string,
  ): Promise<Result<void>> {
    const names = wanted.filter((name) => !this.#held.has(name));
    if (names.length === 0) return ok(undefined);
    const lock = await lockShare({ names, share, stateDir, clock: this.#clock, waitMs: 0 });
    if (!lock.ok) return lock;
    for (const name of names) this.#held.set(name, lock.value);
    return ok(undefined);
  }
}
