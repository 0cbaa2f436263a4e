import { childSignal } from '../shared/child-signal.js';
import type { Clock } from '../shared/clock.js';
import { messageOf } from '../shared/errors.js';
import { err, type Fault, ok, type Result } from '../shared/result.js';
import { formatDurationMs } from '../shared/units.js';
import type { BeginWorker, WorkerLink, WorkerNotices, WorkerStart } from './workers/worker-link.js';

/** Who begins workers, for which term. */
export interface BeginningWorkers {
  /** undefined = who started this program gave it none. */
  readonly beginWorker: BeginWorker | undefined;
  readonly notices: WorkerNotices;
  readonly mayWriteUntilMs: number;
  readonly clock: Clock;
  /** The term ends: nobody waits for them any more. */
  readonly signal: AbortSignal;
}

/** Until they have begun nobody decides, though another coordinator may be able to, ms. */
const MAX_BEGIN_MS = 20_000;

type Begun = PromiseSettledResult<Result<WorkerLink>>;

/** Begins all of them or none: where one does not begin, those that have are stopped. */
export async function beginWorkers(
  starts: readonly Omit<WorkerStart, 'mayWriteUntilMs'>[],
  { beginWorker, notices, mayWriteUntilMs, clock, signal: ending }: BeginningWorkers,
): Promise<Result<readonly WorkerLink[]>> {
  if (beginWorker === undefined) return err([cannotBegin('this program has none')]);
  const [waiting, begun] = [childSignal(ending), childSignal(ending)];
  let isLate = false;
  void clock.sleep(MAX_BEGIN_MS, begun.signal).then(() => {
    isLate = !begun.signal.aborted;
    waiting.abort();
  });
  const settled = await Promise.allSettled(
    starts.map((start) => beginWorker({ ...start, mayWriteUntilMs }, notices, waiting.signal)),
  );
  begun.abort();
  const why = whyNotBegun(settled, { isEnding: ending.aborted, isLate });
  const links = settled.flatMap((each) =>
    each.status === 'fulfilled' && each.value.ok ? [each.value.value] : [],
  );
  if (why === undefined) return ok(links);
  await Promise.all(links.map((link) => link.stop(MAX_BEGIN_MS)));
  return err([why]);
}

interface Ended {
  readonly isEnding: boolean;
  readonly isLate: boolean;
}

/** undefined = all have begun. */
function whyNotBegun(settled: readonly Begun[], { isEnding, isLate }: Ended): Fault | undefined {
  if (isEnding) return notYet('the leadership ended before it had');
  for (const each of settled) {
    if (each.status === 'fulfilled') {
      if (!each.value.ok) return notYet(each.value.error.map(({ message }) => message).join('; '));
    } else if (isLate) return notYet(`it has not in ${formatDurationMs(MAX_BEGIN_MS)}`);
    else return cannotBegin(messageOf(each.reason));
  }
  return undefined;
}

/** This passes by itself: the next term begins them again. */
const notYet = (why: string): Fault => ({
  code: 'store.silent',
  field: 'workers',
  message:
    `a worker cannot begin yet (${why}): NATS has to take one more connection for each, and to ` +
    'answer there; the log says what they wait for',
});

const cannotBegin = (why: string): Fault => ({
  code: 'worker.not-begun',
  field: 'workers',
  message:
    `a worker cannot begin (${why}): give the coordinator more memory, or set workers to a lower ` +
    'number; 0 decides without any',
});
