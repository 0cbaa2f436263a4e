import { err, type Fault, type Result } from '../../shared/result.js';
import { SerialQueue } from '../pacing/serial-queue.js';

/** Most jobs in calls that run or wait; a call that would exceed it is refused. */
const MAX_WAITING_JOBS = 50_000;

/** Runs the calls that change something one at a time, and bounds how much of them waits. */
export class ChangeQueue {
  readonly #queue = new SerialQueue();
  readonly #mayWrite: () => boolean;
  readonly #roomFor: (lines: number) => Promise<void>;
  #waitingJobs = 0;

  /**
   * `mayWrite`: false once another coordinator leads; calls are then refused. `roomFor` resolves
   * when the audit can keep that number of lines more; the call whose turn it is waits for that.
   */
  constructor(
    mayWrite: () => boolean,
    roomFor: (lines: number) => Promise<void> = () => Promise.resolve(),
  ) {
    this.#mayWrite = mayWrite;
    this.#roomFor = roomFor;
  }

  /** Settles as `work` does, or with the fault why it was not run. `jobs`: how many it writes. */
  run<T>(work: () => Promise<Result<T>>, jobs = 1): Promise<Result<T>> {
    if (this.#waitingJobs + jobs > MAX_WAITING_JOBS && this.#waitingJobs > 0)
      return Promise.resolve(err([BUSY]));
    this.#waitingJobs += jobs;
    return this.#queue
      .run(async () => {
        await this.#roomFor(jobs);
        return this.#mayWrite() ? work() : err([SUPERSEDED]);
      })
      .finally(() => {
        this.#waitingJobs -= jobs;
      });
  }
}

const BUSY: Fault = {
  code: 'service.busy',
  field: '',
  message:
    `the coordinator is still storing up to ${MAX_WAITING_JOBS} jobs of other calls: send fewer ` +
    'at once, and try again in some seconds',
};

const SUPERSEDED: Fault = {
  code: 'service.unavailable',
  field: '',
  message: 'another coordinator has taken over this cluster: try again, it answers now',
};
