import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../shared/random.js';

/**
 * Who asks, and when. `open`: clients come at random moments (Poisson), whether or not others still
 * wait; `closed`: each of some clients asks again when it has its answer.
 */
export type Arrivals =
  | {
      readonly kind: 'open';
      readonly ratePerSecond: number;
      readonly random: Random;
      readonly steps?: readonly RateStep[];
    }
  | { readonly kind: 'closed'; readonly clients: number; readonly thinkMs?: number };
/** From this moment after the start on, arrivals come at `factor` times the first rate. */
export interface RateStep {
  readonly atMs: number;
  readonly factor: number;
}

/** Where requests go, how they come, and when they end; one of the two ends is needed. */
export interface LoadOptions {
  readonly url: string;
  readonly arrivals: Arrivals;
  /** Ends after this number of requests was sent… */
  readonly requests?: number;
  /** …or after this time, whichever comes first, ms. */
  readonly durationMs?: number;
  readonly signal?: AbortSignal;
}

/** One request as its client saw it. */
export interface ClientAnswer {
  /** Since the start of the load, ms. */
  readonly sentAtMs: number;
  readonly latencyMs: number;
  /** 0 = no answer. */
  readonly status: number;
}
/** What the clients wrote down. */
export interface LoadRecord {
  /** In the order of their ends. */
  readonly answers: readonly ClientAnswer[];
  /** The most that a request was sent after it was due, ms: the generator's own lateness. */
  readonly latestMs: number;
}

/** Asks a server and writes down every answer; comes back when the last one is there. */
export async function runLoad(options: LoadOptions): Promise<LoadRecord> {
  const client = new Client(options);
  await (options.arrivals.kind === 'open'
    ? askOpen(client, options, options.arrivals)
    : askClosed(client, options, options.arrivals));
  return client.finish();
}

/** A client leaves after this long without any sign of the server, ms. */
const ANSWER_DEADLINE_MS = 60_000;

type Open = Extract<Arrivals, { kind: 'open' }>;
type Closed = Extract<Arrivals, { kind: 'closed' }>;

async function askOpen(
  client: Client,
  options: LoadOptions,
  { ratePerSecond, random, steps = [] }: Open,
): Promise<void> {
  let dueMs = 0;
  while (client.goesOn(options)) {
    // The exponential gap is drawn at the first rate and stretched by the one in force when it
    // begins.
    const factor = steps.findLast(({ atMs }) => atMs <= dueMs)?.factor ?? 1;
    dueMs += (-Math.log1p(-random()) * 1000) / (ratePerSecond * factor);
    while (client.nowMs < dueMs && client.goesOn(options))
      await pause(Math.max(1, Math.floor(dueMs - client.nowMs)));
    if (client.goesOn(options)) void client.ask(dueMs);
  }
}

async function askClosed(
  client: Client,
  options: LoadOptions,
  { clients, thinkMs = 0 }: Closed,
): Promise<void> {
  const one = async (): Promise<void> => {
    while (client.goesOn(options)) {
      await client.ask(client.nowMs);
      if (thinkMs > 0) await pause(thinkMs);
    }
  };
  await Promise.all(Array.from({ length: clients }, one));
}

class Client {
  readonly #agent = new Agent({ keepAlive: true });
  readonly #startedAt = performance.now();
  readonly #answers: ClientAnswer[] = [];
  readonly #pending = new Set<Promise<void>>();
  #sent = 0;
  #latestMs = 0;
  readonly #options: LoadOptions;

  constructor(options: LoadOptions) {
    this.#options = options;
  }

  get nowMs(): number {
    return performance.now() - this.#startedAt;
  }

  goesOn({ requests, durationMs, signal }: LoadOptions): boolean {
    return (
      signal?.aborted !== true &&
      this.#sent < (requests ?? Infinity) &&
      this.nowMs < (durationMs ?? Infinity)
    );
  }

  ask(dueMs: number): Promise<void> {
    this.#sent += 1;
    const sentAtMs = this.nowMs;
    this.#latestMs = Math.max(this.#latestMs, sentAtMs - dueMs);
    const asked = this.#send().then(
      (status) => void this.#answers.push({ sentAtMs, latencyMs: this.nowMs - sentAtMs, status }),
    );
    this.#pending.add(asked);
    return asked.finally(() => this.#pending.delete(asked));
  }

  async finish(): Promise<LoadRecord> {
    await Promise.all(this.#pending);
    this.#agent.destroy();
    return { answers: this.#answers, latestMs: this.#latestMs };
  }

  #send(): Promise<number> {
    return new Promise((resolve) => {
      const sent = request(
        this.#options.url,
        { method: 'POST', agent: this.#agent, headers: { 'content-length': 0 } },
        (response) => {
          response.on('data', () => {});
          response.on('end', () => resolve(response.statusCode ?? 0));
          response.on('error', () => resolve(0));
        },
      );
      sent.on('error', () => resolve(0));
      sent.setTimeout(ANSWER_DEADLINE_MS, () => sent.destroy());
      sent.end();
    });
  }
}
