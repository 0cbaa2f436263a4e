import assert from 'node:assert/strict';
import type { LightMyRequestResponse } from 'fastify';
import { seededRandom } from '../../../shared/random.js';
import { Draw } from './draw.js';
import { assertLaws, documentOf, type OpenApi } from './laws.js';
import { type ApiRequest, anyRequest } from './requests.js';
import { ApiWorld, authorizationOf } from './world.js';

/** Requests to one cluster; then it is looked at as a whole, and another begins. */
export const ROUND = 500;

/** What came of random requests. */
export interface Tally {
  readonly requests: number;
  /** How often each status was answered. */
  readonly statuses: Readonly<Record<number, number>>;
  /** How often each route was answered with 200. */
  readonly done: Readonly<Record<string, number>>;
}

/**
 * Makes that many random requests to consoles before clusters of their own. Rejects at the first
 * answer that breaks a law, with the request and the seed that makes it again.
 */
export async function runRequests(seed: number, requests: number): Promise<Tally> {
  const api = await documentOf();
  const statuses: Record<number, number> = {};
  const done: Record<string, number> = {};
  for (let made = 0; made < requests; made += ROUND) {
    const roundSeed = seed + made / ROUND;
    const count = Math.min(ROUND, requests - made);
    const round = new Round(api, roundSeed, await ApiWorld.make());
    try {
      await round.run(count, (request, { statusCode }) => {
        statuses[statusCode] = (statuses[statusCode] ?? 0) + 1;
        const name = `${request.route?.method} ${request.route?.path}`;
        if (statusCode === 200) done[name] = (done[name] ?? 0) + 1;
      });
    } finally {
      await round.world.close();
    }
  }
  return { requests, statuses, done };
}

type OnAnswer = (request: ApiRequest, answer: LightMyRequestResponse) => void;

/** Of the answers to GET, how many are asked for again by their tag. */
const TAGS_RATIO = 0.3;

class Round {
  readonly #draw: Draw;
  /** What is stored now; undefined = time has passed since it was read. */
  #stored: string | undefined;

  constructor(
    readonly api: OpenApi,
    readonly seed: number,
    readonly world: ApiWorld,
  ) {
    this.#draw = new Draw(seededRandom(seed));
  }

  async run(count: number, onAnswer: OnAnswer): Promise<void> {
    for (let at = 0; at < count; at += 1) {
      const request = anyRequest(this.#draw);
      try {
        onAnswer(request, await this.#make(request));
        if (at % 20 === 19) await this.#live();
        if (at % 250 === 249) await this.#assertLists();
      } catch (cause) {
        const again = `--seed ${this.seed} --requests ${at + 1}`;
        const shown = JSON.stringify({ ...request, route: undefined })
          .replace(/(.)\1{20,}/g, '$1…')
          .slice(0, 3000);
        throw new Error(`request ${at + 1} (again: ${again}): ${shown}`, { cause });
      }
    }
    await this.#assertRemembered();
  }

  async #live(): Promise<void> {
    this.#stored = undefined;
    await this.world.live(200);
  }

  async #make(request: ApiRequest): Promise<LightMyRequestResponse> {
    const before = this.#stored ?? (await this.world.stored());
    const answer = await this.#send(request);
    const after = await this.world.stored();
    this.#stored = after;
    assertLaws(this.api, request, answer, { before, after });
    const isRead = answer.statusCode === 200 && request.method === 'GET';
    if (!isRead || request.route === undefined) return answer;
    if (this.#draw.chance(TAGS_RATIO)) await this.#assertTag(request, answer);
    return answer;
  }

  #send(request: ApiRequest, more: ApiRequest['headers'] = {}): Promise<LightMyRequestResponse> {
    const { method, url, headers, payload, as } = request;
    const authorization = authorizationOf(as);
    return this.world.inject({
      method: method as 'GET',
      url,
      headers: {
        host: 'localhost',
        ...(authorization === undefined ? {} : { authorization }),
        ...headers,
        ...more,
      },
      ...(payload === undefined ? {} : { payload }),
    });
  }

  /** An answer that has not changed is 304, and one that has changed is not. */
  async #assertTag(request: ApiRequest, first: LightMyRequestResponse): Promise<void> {
    const tag = String(first.headers.etag);
    assert.match(tag, /^W\/"[^"]+"$/);
    const shown = this.#draw.pick([tag, tag.slice(2), `"x", ${tag}`, '*']);
    const again = await this.#send(request, { 'if-none-match': shown });
    if (again.statusCode === 304) {
      assert.equal(again.payload, '');
      assert.equal(again.headers.etag, tag);
      assert.equal((await this.#send(request)).payload, first.payload, 'it has changed');
      return;
    }
    assert.equal(again.statusCode, 200);
    assert.notEqual(again.headers.etag, tag);
    assert.notEqual(again.payload, first.payload, `it has not changed: ${shown}`);
  }

  /** Pages are disjoint, in order and together the whole. */
  async #assertLists(): Promise<void> {
    for (const [name, keyOf] of Object.entries(LISTS)) {
      const whole = await this.#page(name, '?limit=1000');
      const size = this.#draw.int(1, 3);
      const items: unknown[] = [];
      for (let cursor: string | undefined = ''; cursor !== undefined; ) {
        const more: string = cursor === '' ? '' : `&cursor=${cursor}`;
        const page = await this.#page(name, `?limit=${size}${more}`);
        assert.ok(page.items.length <= size);
        if (page.next !== undefined) assert.equal(page.items.length, size);
        items.push(...page.items);
        cursor = page.next;
      }
      const keys = items.map((item) => keyOf(item as Item));
      assert.deepEqual(keys, whole.items.map(keyOf), `pages of ${size} ${name}`);
      assert.equal(new Set(keys).size, keys.length);
    }
    await this.#assertEvents();
  }

  async #page(name: string, query: string): Promise<Page> {
    const url = `/api/v1/${name}${query}`;
    const answer = await this.world.inject({ url, headers: { host: 'localhost' } });
    assert.equal(answer.statusCode, 200, answer.payload);
    const { next, ...lists } = JSON.parse(answer.payload) as Record<string, never>;
    return { items: (lists[name] ?? []) as readonly Item[], next };
  }

  /** Events by pages are those that were stored. */
  async #assertEvents(): Promise<void> {
    const { messages } = this.world.events;
    const size = this.#draw.int(20, 200);
    const ids: string[] = [];
    for (let after = 0; after < messages.length; ) {
      const { items } = await this.#page('events', `?after=${after}&limit=${size}`);
      assert.ok(items.length > 0 && items.length <= size);
      ids.push(...items.map(({ event }) => event?.id ?? ''));
      after = items.at(-1)?.sequence ?? 0;
    }
    const stored = messages.map(
      (data) => JSON.parse(new TextDecoder().decode(data)) as { id: string },
    );
    assert.deepEqual(
      ids,
      stored.map(({ id }) => id),
    );
  }

  /** What the coordinator says is what it has stored: the next one says the same. */
  async #assertRemembered(): Promise<void> {
    const { world } = this;
    const said = async () => {
      const { jobs } = await world.call('job-list', {});
      const { policy } = await world.call('policy-get', {});
      const specs = jobs.filter(({ origin }) => origin === 'dqoes').map(({ spec }) => spec);
      return JSON.stringify({ specs, policy });
    };
    const before = await said();
    await world.lead();
    assert.equal(await said(), before);
  }
}

interface Item {
  readonly spec?: { readonly name: string };
  readonly id?: string;
  readonly node?: string | null;
  readonly sequence?: number;
  readonly event?: { readonly id: string };
}
interface Page {
  readonly items: readonly Item[];
  readonly next: string | undefined;
}

const LISTS: Readonly<Record<string, (item: Item) => string>> = {
  jobs: ({ spec }) => spec?.name ?? '',
  nodes: ({ id }) => id ?? '',
  allocations: ({ node, id }) => `${node} ${id}`,
};
