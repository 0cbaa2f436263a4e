import type { Capacity, CapacityRequest } from '../../proto/schemas/capacity.js';
import type { DrainPlan } from '../../proto/schemas/drain.js';
import type { JobQuote } from '../../proto/schemas/quote.js';
import type { Clock } from '../../shared/clock.js';
import type { NodeId } from '../../shared/ids.js';
import type { JobSpec } from '../../shared/job.js';
import type { Steps } from '../../shared/steps.js';
import { type Pace, runSteps } from '../pacing/pace.js';
import { SerialQueue } from '../pacing/serial-queue.js';
import { capacitySteps } from './capacity.js';
import { drainSteps } from './drain.js';
import { type Forecast, type ForecastInput, forecastSteps } from './forecast.js';
import { quoteSteps } from './quote.js';

/** What a forecast starts from, beside what is asked. */
export type Present = Omit<ForecastInput, 'jobs'>;

/** The cluster as it is, and by which clock. */
export interface ForecastsOptions {
  /** Asked when it is the turn of a forecast. */
  readonly present: () => Present | Promise<Present>;
  readonly clock: Clock;
  readonly pace: Pace;
}

/** A search ends after this, ms: who asks waits for the answer. */
const MAX_SEARCH_MS = 2000;
/** The same with a clock that stands still. */
const MAX_SEARCH_STEPS = 200_000;

/**
 * What would happen if; nothing is stored or sent. One at a time: each keeps the thread for a time
 * slice between two yields.
 */
export class Forecasts {
  readonly #options: ForecastsOptions;
  readonly #queue = new SerialQueue();

  constructor(options: ForecastsOptions) {
    this.#options = options;
  }

  /** What would happen if these jobs were submitted now. */
  forecast(jobs: readonly JobSpec[]): Promise<Forecast> {
    return this.#run((present) => forecastSteps({ ...present, jobs }));
  }

  /** What targets of a job would cost. Absent targets: a ladder. */
  quote(job: JobSpec, targetsMs: readonly number[] | undefined): Promise<JobQuote> {
    const targets = targetsMs === undefined ? {} : { targetsMs };
    return this.#run((present) => quoteSteps({ ...present, job, ...targets }));
  }

  /** What is free and what would fit; the best found in two seconds. */
  capacity(request: CapacityRequest): Promise<Capacity> {
    return this.#run((present) => {
      const { clock } = this.#options;
      const endMs = clock.now() + MAX_SEARCH_MS;
      const limit = { maxSteps: MAX_SEARCH_STEPS, isOver: () => clock.now() >= endMs };
      return capacitySteps({ ...present, request, limit });
    });
  }

  /** What draining a node would do. */
  drainPlan(node: NodeId): Promise<DrainPlan> {
    return this.#run((present) => drainSteps({ ...present, node }));
  }

  #run<T>(stepsFrom: (present: Present) => Steps<T>): Promise<T> {
    const { present, pace } = this.#options;
    return this.#queue.run(async () => runSteps(stepsFrom(await present()), pace.begin()));
  }
}
