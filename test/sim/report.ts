import { FAULT_KINDS, type FaultKind } from './faults.js';
import type { SeedOutcome } from './run.js';
import type { Happening } from './world.js';

/** Figures over many seeds. */
export interface Totals {
  readonly seeds: number;
  readonly violations: number;
  readonly hits: Readonly<Record<string, number>>;
  readonly checks: Readonly<Record<string, number>>;
  /** From the last fault until all was as desired, s. */
  readonly converged: {
    readonly n: number;
    readonly median: number;
    readonly p95: number;
    readonly most: number;
  };
}

/** Adds up outcomes one by one. */
export class Tally {
  #seeds = 0;
  #violations = 0;
  readonly #hits = new Map<FaultKind, number>(FAULT_KINDS.map((kind) => [kind, 0]));
  readonly #checks = new Map<string, number>();
  readonly #converged: number[] = [];

  add({ violation, hits, checks, convergedMs }: SeedOutcome): void {
    this.#seeds += 1;
    if (violation !== null) this.#violations += 1;
    for (const [kind, count] of hits) this.#hits.set(kind, (this.#hits.get(kind) ?? 0) + count);
    for (const [promise, count] of checks)
      this.#checks.set(promise, (this.#checks.get(promise) ?? 0) + count);
    if (convergedMs !== null) this.#converged.push(convergedMs / 1000);
  }

  get totals(): Totals {
    const sorted = [...this.#converged].sort((a, b) => a - b);
    const at = (share: number): number =>
      sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
    return {
      seeds: this.#seeds,
      violations: this.#violations,
      hits: Object.fromEntries(this.#hits),
      checks: Object.fromEntries([...this.#checks].sort(([a], [b]) => (a < b ? -1 : 1))),
      converged: { n: sorted.length, median: at(0.5), p95: at(0.95), most: at(1) },
    };
  }
}

/** The totals as text: hits of each fault, checks of each promise, times to converge in seconds. */
export function totalsLines({
  seeds,
  violations,
  hits,
  checks,
  converged,
}: Totals): readonly string[] {
  const { n, median, p95, most } = converged;
  return [
    `${'FAULT'.padEnd(28)}${'HITS'.padStart(9)}`,
    ...Object.entries(hits).map(
      ([kind, count]) => `${kind.padEnd(28)}${String(count).padStart(9)}`,
    ),
    '',
    `${'PROMISE'.padEnd(64)}${'CHECKS'.padStart(10)}`,
    ...Object.entries(checks).map(
      ([promise, count]) => `${promise.padEnd(64)}${String(count).padStart(10)}`,
    ),
    '',
    `after the last fault all was as desired within ${median} s (median), ${p95} s (95 %), ` +
      `${most} s (most) in ${n} seeds`,
    `${seeds} seeds, ${violations} broken promises`,
  ];
}

/** The last lines before a broken promise that concern the node or all nodes. */
export function storyLines(
  { seed, violation, happenings }: SeedOutcome,
  most: number,
): readonly string[] {
  const node = violation?.node ?? '';
  const isAbout = (each: Happening): boolean =>
    node === '' || each.node === '' || each.node === node;
  return [
    ...happenings
      .filter(isAbout)
      .slice(-most)
      .map(
        ({ atMs, node: where, text }) =>
          `  ${(atMs / 1000).toFixed(3).padStart(8)} s  ${where.padEnd(4)}${text.slice(0, 190)}`,
      ),
    ...(violation === null
      ? []
      : [`  again, with more: npm run sim:faults -- --seeds 1 --from ${seed} --story 200`]),
  ];
}
