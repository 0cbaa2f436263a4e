import { EVENT_TYPES } from '../../proto/schemas/event.js';
import { type CpuLimit, guaranteedCores } from '../../shared/command.js';
import { METRICS } from '../../shared/monitoring/catalogue.js';
import { Counts } from '../../shared/monitoring/counts.js';
import { Histogram, Histograms } from '../../shared/monitoring/histogram.js';
import type { Samples } from '../../shared/monitoring/samples.js';
import type { Decision, Plan } from '../schedule/types.js';

/**
 * What one process has done as a coordinator, over all its leaderships. Adding to it costs a few
 * additions a decision; it is read at a scrape only.
 */
export class CoordinatorMeter {
  readonly #decisions = new Counts();
  readonly #events = new Counts();
  readonly #failures = new Counts();
  readonly #passes = new Histogram(METRICS.dqoes_coordinator_pass_seconds.buckets ?? []);
  readonly #operations = new Histograms(METRICS.dqoes_store_operation_seconds.buckets ?? []);

  /** A plan was made. */
  planned(policy: string, plan: Pick<Plan, 'decisions'>): void {
    for (const decision of plan.decisions) this.#decisions.add(policy, kindOf(decision));
  }
  /** Workers have decided. */
  decided(policy: string, kinds: ReadonlyMap<string, number>): void {
    for (const [kind, count] of kinds) this.#decisions.addTo(count, policy, kind);
  }
  /** That number of events was queued for the stream. */
  event(type: string, count = 1): void {
    this.#events.addTo(count, type);
  }
  /** A decision pass has ended. */
  pass(seconds: number): void {
    this.#passes.observe(seconds);
  }
  /** The store answered; `failure` absent = as it should. */
  store(operation: string, seconds: number, failure?: string): void {
    this.#operations.observe(operation, seconds);
    if (failure !== undefined) this.#failures.add(operation, failure);
  }

  /** Adds everything counted so far. */
  collect(samples: Samples): void {
    samples.add('dqoes_coordinator_elections_total', this.#events.of('dqoes.coordinator.elected'));
    samples.add('dqoes_moves_total', this.#events.of('dqoes.job.moved'));
    // All from the start: Prometheus sees no increase in a series that begins with 1.
    for (const type of EVENT_TYPES)
      samples.add('dqoes_coordinator_events_total', this.#events.of(type), { type });
    for (const [[policy = '', reason = ''], count] of this.#decisions.entries())
      samples.add('dqoes_decisions_total', count, { policy, reason });
    samples.histogram('dqoes_coordinator_pass_seconds', this.#passes);
    for (const [operation, histogram] of this.#operations.entries())
      samples.histogram('dqoes_store_operation_seconds', histogram, { operation });
    for (const [[operation = '', failure = ''], count] of this.#failures.entries())
      samples.add('dqoes_store_failures_total', count, { operation, failure });
  }
}

/** The kind of a decision, of a bounded set. */
export function kindOf(decision: Decision): string {
  if (decision.kind === 'place') return decision.replaces === undefined ? 'place' : 'move';
  if (decision.kind === 'remove') return 'remove';
  const { from, to } = decision;
  return from === null ? 'first' : changeOf(from, to);
}

function changeOf(from: CpuLimit, to: CpuLimit): string {
  const [before, after] = [guaranteedCores(from), guaranteedCores(to)];
  if (after === before) return 'shape';
  return after > before ? 'raise' : 'lower';
}
