import type { BenchBlock } from '../../lab/bench/order.js';
import type { Scenario } from '../../lab/types.js';
import { formatDurationMs } from '../../shared/units.js';

/** First estimates, ms: starting, stopping and settling around a run; a calibration. */
const AROUND_RUN_MS = 10_000;
const CALIBRATION_MS = 25_000;

/** Estimated time for the remaining blocks, less the finished runs of the first of them, ms. */
export function timeLeftMs(
  blocks: readonly BenchBlock[],
  scenarios: readonly Scenario[],
  done: { readonly blocks: number; readonly runs: number },
): number {
  return blocks.slice(done.blocks).reduce((total, { scenario, policies }, index) => {
    const runs = index === 0 ? policies.length - done.runs : policies.length;
    const calibration = index === 0 && done.runs > 0 ? 0 : CALIBRATION_MS;
    return total + calibration + runs * ((scenarios[scenario]?.durationMs ?? 0) + AROUND_RUN_MS);
  }, 0);
}

/** `run 3 of 20: burst-10 under dqoes, repetition 1 (about 25m left)` */
export function runLine(run: {
  readonly number: number;
  readonly of: number;
  readonly scenario: string;
  readonly policy: string;
  readonly repetition: number;
  readonly leftMs: number;
}): string {
  const { number, of, scenario, policy, repetition, leftMs } = run;
  const left = formatDurationMs(Math.max(1000, Math.round(leftMs / 1000) * 1000));
  return (
    `run ${number} of ${of}: ${scenario} under ${policy}, repetition ${repetition} (about ` +
    `${left} left)`
  );
}

/** How long runs took so far, with what lies around each; by the clock, ms. */
export class RunTimes {
  #beganMs: number | undefined;
  #tookMs = 0;
  #count = 0;

  /** A run begins; the one before it, if there was one, has ended. */
  begin(nowMs: number): void {
    if (this.#beganMs !== undefined) {
      this.#tookMs += nowMs - this.#beganMs;
      this.#count += 1;
    }
    this.#beganMs = nowMs;
  }

  /** Time for `runs` more, the one that goes on among them; undefined = none has ended yet. */
  leftMs(runs: number, nowMs: number): number | undefined {
    if (this.#count === 0 || this.#beganMs === undefined) return undefined;
    return Math.max(0, (this.#tookMs / this.#count) * runs - (nowMs - this.#beganMs));
  }
}
