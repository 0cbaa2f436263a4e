import type { QuoteCluster } from './cluster.js';
import type { Look } from './delivered.js';

/** A container starts and answers, or ends, within this time, ms. */
const DEADLINE_MS = 60_000;
const LOOK_MS = 1000;
/** A window of response times holds at least as many. */
const MIN_REQUESTS = 5;

/** Looks at the jobs once a second for this time. Rejects when `signal` aborts. */
export async function watch(
  cluster: QuoteCluster,
  jobs: readonly string[],
  { forMs, signal }: { readonly forMs: number; readonly signal: AbortSignal },
): Promise<ReadonlyMap<string, readonly Look[]>> {
  const looks = new Map<string, Look[]>(jobs.map((job) => [job, []]));
  for (let passedMs = 0; passedMs <= forMs; passedMs += LOOK_MS) {
    if (passedMs > 0) await cluster.pass(LOOK_MS, signal);
    for (const job of jobs) {
      const seen = cluster.look(job);
      if (seen !== undefined) looks.get(job)?.push(seen);
    }
  }
  return looks;
}

/** Waits until each job has answered requests, a minute at most; those that have not. */
export function silentOf(
  cluster: QuoteCluster,
  jobs: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const answers = (job: string): number =>
    cluster.look(job)?.status.container?.latency?.totalCount ?? 0;
  return leftOf(cluster, { jobs, isDone: (job) => answers(job) >= MIN_REQUESTS, signal });
}

/** Waits until no container of the jobs is left, a minute at most; jobs that still have one. */
export const stillThere = (
  cluster: QuoteCluster,
  jobs: readonly string[],
): Promise<readonly string[]> =>
  leftOf(cluster, { jobs, isDone: (job) => cluster.look(job) === undefined });

interface Awaited {
  readonly jobs: readonly string[];
  readonly isDone: (job: string) => boolean;
  readonly signal?: AbortSignal;
}

async function leftOf(
  cluster: QuoteCluster,
  { jobs, isDone, signal }: Awaited,
): Promise<readonly string[]> {
  for (let passedMs = 0; ; passedMs += LOOK_MS) {
    const left = jobs.filter((job) => !isDone(job));
    if (left.length === 0 || passedMs >= DEADLINE_MS) return left;
    await cluster.pass(LOOK_MS, signal);
  }
}
