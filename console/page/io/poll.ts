import type { UserRole } from '../../../proto/schemas/service.js';
import type { JobStatus, NodeStatus } from '../../../proto/schemas/status.js';
import type { ClusterHistory, ClusterInfo } from '../../answers.js';
import { isYounger } from '../model/age.js';
import { needsToken, noAnswer } from '../model/problem.js';
import type { Action } from '../model/state.js';
import type { Client } from './client.js';

/** What a poller needs of the page. */
export interface PollOptions {
  readonly client: Client;
  readonly dispatch: (action: Action) => void;
  readonly now: () => number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Nobody looks: it asks less often. */
  readonly isHidden: () => boolean;
}

/** Between two questions whether the console lives, ms; with its time-out less than 5 s. */
const EVERY_MS = 1500;
/** After a failure. */
const RETRY_MS = 1000;
/** In a window that nobody sees. */
const HIDDEN_MS = 10_000;
/** Lists of that many jobs are asked for less often: they are megabytes. */
const MANY_JOBS = 300;
const MANY_EVERY_MS = 5000;
/** How often the hour is read, ms: it is of minutes. */
const HOUR_EVERY_MS = 20_000;

/** Keeps the state up to date until the signal aborts. */
export class Poller {
  readonly #options: PollOptions;
  #jobsAtMs = Number.NEGATIVE_INFINITY;
  #hourAtMs = Number.NEGATIVE_INFINITY;
  #jobs = 0;
  #isRoleKnown = false;
  #wake = new AbortController();

  constructor(options: PollOptions) {
    this.#options = options;
  }

  /** Has everything read at once, after a change or when the caller is another one. */
  refresh(): void {
    this.#jobsAtMs = Number.NEGATIVE_INFINITY;
    this.#hourAtMs = Number.NEGATIVE_INFINITY;
    this.#isRoleKnown = false;
    this.#wake.abort();
  }

  async run(signal: AbortSignal): Promise<void> {
    const { sleep, isHidden } = this.#options;
    // One listener for all pauses: it is kept for as long as the page is open.
    const stop = (): void => this.#wake.abort();
    signal.addEventListener('abort', stop, { once: true });
    while (!signal.aborted) {
      this.#wake = new AbortController();
      const isGood = await this.#passSafely(this.#wake.signal);
      const pauseMs = !isGood ? RETRY_MS : isHidden() ? HIDDEN_MS : EVERY_MS;
      if (!signal.aborted) await sleep(pauseMs, this.#wake.signal);
    }
    signal.removeEventListener('abort', stop);
  }

  /** An answer of a form that nobody thought of must not end the asking: all would look fresh. */
  async #passSafely(again: AbortSignal): Promise<boolean> {
    const { dispatch, now } = this.#options;
    try {
      return await this.#pass(again);
    } catch (cause) {
      const problem = noAnswer(cause instanceof Error ? cause.message : String(cause));
      dispatch({ type: 'failed', problem, nowMs: now() });
      return false;
    }
  }

  /** False = it did not answer. What was asked before everything is read again counts no more. */
  async #pass(again: AbortSignal): Promise<boolean> {
    const { client, dispatch, now } = this.#options;
    const cluster = await client.ask<ClusterInfo>('/cluster');
    if (again.aborted) return true;
    if (!cluster.ok) {
      dispatch({ type: 'failed', problem: cluster.error, nowMs: now() });
      this.#isRoleKnown &&= !needsToken(cluster.error);
      return false;
    }
    dispatch({ type: 'cluster', value: cluster.value, nowMs: now() });
    await Promise.all([this.#readRole(again), this.#readLists(again), this.#readHour(again)]);
    return true;
  }

  async #readRole(again: AbortSignal): Promise<void> {
    if (this.#isRoleKnown) return;
    const { client, dispatch } = this.#options;
    const answer = await client.ask<{ readonly role: UserRole }>('/whoami');
    if (!answer.ok || again.aborted) return;
    this.#isRoleKnown = true;
    dispatch({ type: 'role', value: answer.value.role });
  }

  async #readLists(again: AbortSignal): Promise<void> {
    const { client, dispatch, now } = this.#options;
    const everyMs = this.#jobs > MANY_JOBS ? MANY_EVERY_MS : 0;
    if (isYounger(this.#jobsAtMs, now(), everyMs)) return;
    const startedAtMs = now();
    const [nodes, jobs] = await Promise.all([
      client.list<NodeStatus>('nodes'),
      client.list<JobStatus>('jobs'),
    ]);
    if (again.aborted) return;
    if (nodes.ok) dispatch({ type: 'nodes', value: nodes.value });
    else dispatch({ type: 'nodes-failed', problem: nodes.error });
    if (!jobs.ok) return dispatch({ type: 'jobs-failed', problem: jobs.error });
    this.#jobs = jobs.value.length;
    this.#jobsAtMs = startedAtMs;
    dispatch({ type: 'jobs', value: jobs.value });
  }

  async #readHour(again: AbortSignal): Promise<void> {
    const { client, dispatch, now } = this.#options;
    if (isYounger(this.#hourAtMs, now(), HOUR_EVERY_MS)) return;
    const hour = await client.ask<ClusterHistory>('/history/cluster');
    if (!hour.ok || again.aborted) return;
    this.#hourAtMs = now();
    dispatch({ type: 'hour', value: hour.value });
  }
}
