import { METRICS } from '../../shared/monitoring/catalogue.js';
import { Counts } from '../../shared/monitoring/counts.js';
import { Histogram } from '../../shared/monitoring/histogram.js';
import type { Samples } from '../../shared/monitoring/samples.js';
import type { StepKind } from '../enforce/types.js';

const KINDS: readonly StepKind[] = ['start', 'stop', 'lower', 'lift', 'cap', 'raise', 'restore'];

/** Counts what an agent enforces, since its start. */
export class AgentMeter {
  readonly #steps = new Counts();
  readonly #writes = new Histogram(METRICS.dqoes_agent_limit_write_seconds.buckets ?? []);

  /** A step was done. Starts and stops are counted, but their time is not that of a limit. */
  step(kind: StepKind, ok: boolean, seconds: number): void {
    this.#steps.add(kind, ok ? 'ok' : 'failed');
    if (kind !== 'start' && kind !== 'stop') this.#writes.observe(seconds);
  }

  /** Adds everything counted so far. */
  collect(samples: Samples, node: string): void {
    // All from the start: Prometheus sees no increase in a series that begins with 1.
    for (const kind of KINDS)
      for (const outcome of ['ok', 'failed']) {
        const labels = { node, kind, outcome };
        samples.add('dqoes_agent_limit_writes_total', this.#steps.of(kind, outcome), labels);
      }
    samples.histogram('dqoes_agent_limit_write_seconds', this.#writes, { node });
  }
}
