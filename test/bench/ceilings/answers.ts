import { quantile } from '../lib/process-cost.js';

/** A request as its container's log tells it. Times are Unix times in ms. */
export interface Request {
  readonly arrivedAtMs: number;
  /** null = not answered when the log was read. */
  readonly answeredAtMs: number | null;
  readonly latencyMs: number | null;
}
/** From the first moment to before the second, Unix ms. */
export interface TimeWindow {
  readonly fromMs: number;
  readonly toMs: number;
}
/** One start of a container and what it answered since. */
export interface ContainerLife {
  readonly readyAtMs: number;
  readonly answers: readonly LoggedAnswer[];
}
/** One answer as the log tells it. */
export interface LoggedAnswer {
  readonly atMs: number;
  readonly latencyMs: number;
  /** Number of the request in its life, from 1. */
  readonly number: number;
  /** CPU time that the container used meanwhile, as it says; absent = it says nothing of it. */
  readonly cpuMs?: number;
}

const LINE = /^(\S+) (\{.*\})$/;

/**
 * The lives in a log of `docker logs --timestamps`, oldest first; lines that are no JSON are left
 * out.
 */
export function livesOf(log: string): readonly ContainerLife[] {
  const lives: { readyAtMs: number; answers: LoggedAnswer[] }[] = [];
  for (const line of log.split('\n')) {
    const [, time = '', text] = LINE.exec(line.trim()) ?? [];
    const value = text === undefined ? undefined : parsed(text);
    const atMs = unixMs(time);
    if (value === undefined || !Number.isFinite(atMs)) continue;
    if (value.ready === true) lives.push({ readyAtMs: atMs, answers: [] });
    const { ms, n, cpuMs } = value;
    if (typeof ms !== 'number' || typeof n !== 'number') continue;
    const cost = typeof cpuMs === 'number' ? { cpuMs } : {};
    lives.at(-1)?.answers.push({ atMs, latencyMs: ms, number: n, ...cost });
  }
  return lives;
}

// Date.parse keeps whole milliseconds only; the engine writes nanoseconds.
function unixMs(time: string): number {
  const [whole = '', fraction = '0'] = time.replace(/Z$/, '').split('.');
  return Date.parse(`${whole}Z`) + Number(`0.${fraction}`) * 1000;
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * All requests that arrived at an open loop before `readAtMs`, answered or not. It serves in order,
 * so the n-th answer is that of the n-th arrival. Clients end with their container: a request that
 * waits when the container is restarted is not sent again.
 * @param arrivals a fresh schedule for each life, ms since it was ready
 */
export function openRequests(
  lives: readonly ContainerLife[],
  arrivals: () => Iterable<number>,
  readAtMs: number,
): readonly Request[] {
  return lives.flatMap(({ readyAtMs, answers }, index) => {
    const byNumber = new Map(answers.map((answer) => [answer.number, answer]));
    const isLast = index === lives.length - 1;
    const requests: Request[] = [];
    for (const sinceMs of arrivals()) {
      const arrivedAtMs = readyAtMs + sinceMs;
      const answer = byNumber.get(requests.length + 1);
      if (arrivedAtMs >= readAtMs || (answer === undefined && !isLast)) break;
      const { atMs = null, latencyMs = null } = answer ?? {};
      requests.push({ arrivedAtMs, answeredAtMs: atMs, latencyMs });
    }
    return requests;
  });
}

/** The answered requests of a closed loop; each counts as having come when it was asked. */
export const closedRequests = (lives: readonly ContainerLife[]): readonly Request[] =>
  lives.flatMap(({ answers }) =>
    answers.map(({ atMs, latencyMs }) => ({
      arrivedAtMs: atMs - latencyMs,
      answeredAtMs: atMs,
      latencyMs,
    })),
  );

/** What clients of one container saw; times ms, null = no request. */
export interface JobResult {
  readonly requests: number;
  /** Of those, not answered when the log was read: late, and slower than `readAtMs` tells. */
  readonly unanswered: number;
  /** Share of the requests that were answered within the target. */
  readonly within: number | null;
  readonly meanMs: number | null;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  readonly longestMs: number | null;
}

/**
 * What became of the requests given; those still waiting count with the time they have waited until
 * `readAtMs`.
 */
export function seenOf(
  requests: readonly Request[],
  targetMs: number,
  readAtMs: number,
): JobResult {
  const latencies = requests.map(
    ({ arrivedAtMs, latencyMs }) => latencyMs ?? readAtMs - arrivedAtMs,
  );
  const within = requests.filter(
    ({ latencyMs }) => latencyMs !== null && latencyMs <= targetMs,
  ).length;
  const some = requests.length > 0;
  const at = (q: number): number | null => (some ? rounded(quantile(latencies, q)) : null);
  return {
    requests: requests.length,
    unanswered: requests.filter(({ latencyMs }) => latencyMs === null).length,
    within: some ? within / requests.length : null,
    meanMs: some ? rounded(latencies.reduce((a, b) => a + b, 0) / latencies.length) : null,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    longestMs: at(1),
  };
}

const rounded = (ms: number): number => Math.round(ms * 100) / 100;

/** Requests that arrived in the window. */
export const arrivedIn = (
  requests: readonly Request[],
  { fromMs, toMs }: TimeWindow,
): readonly Request[] =>
  requests.filter(({ arrivedAtMs }) => arrivedAtMs >= fromMs && arrivedAtMs < toMs);

/** Requests that were answered in the window. */
export const answeredIn = (
  requests: readonly Request[],
  { fromMs, toMs }: TimeWindow,
): readonly Request[] =>
  requests.filter(
    ({ answeredAtMs }) => answeredAtMs !== null && answeredAtMs >= fromMs && answeredAtMs < toMs,
  );
