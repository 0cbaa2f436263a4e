/** Cores for tasks that wait for them, first come, first served. */
export class CorePool {
  #freeCores: number;
  readonly #capacityCores: number;
  readonly #waiting: { readonly cores: number; readonly start: () => void }[] = [];

  constructor(capacityCores: number) {
    this.#capacityCores = capacityCores;
    this.#freeCores = capacityCores;
  }

  /**
   * Waits for cores and takes them; resolves with the number taken: as asked, or all of them for a
   * task that asks for more.
   */
  async take(cores: number): Promise<number> {
    const taken = Math.min(cores, this.#capacityCores);
    await new Promise<void>((start) => {
      this.#waiting.push({ cores: taken, start });
      this.#admit();
    });
    return taken;
  }

  /** Gives back cores that a task took, and starts those that now fit. */
  give(cores: number): void {
    this.#freeCores += cores;
    this.#admit();
  }

  #admit(): void {
    for (
      let next = this.#waiting[0];
      next !== undefined && next.cores <= this.#freeCores + 1e-9;
      next = this.#waiting[0]
    ) {
      this.#waiting.shift();
      this.#freeCores -= next.cores;
      next.start();
    }
  }
}
