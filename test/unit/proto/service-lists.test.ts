import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ServiceCalls } from '../../../proto/schemas/service.js';
import type { NodeStatus } from '../../../proto/schemas/status.js';
import { allNodes, type CallerOf } from '../../../proto/service-lists.js';
import { err, type Fault, ok } from '../../../shared/result.js';

type Asked = ServiceCalls['node-list']['request'];
const idOf = (at: number): string => `h${String(at).padStart(5, '0')}`;
const rowsOf = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: idOf(at) }) as unknown as NodeStatus);
const TOO_LARGE: Fault = { code: 'wire.too-large', field: '', message: 'too large' };

/** Serves rows by pages, none of more than `fits` rows; keeps what it was asked. */
class Pages implements CallerOf<'node-list'> {
  readonly asked: Asked[] = [];

  constructor(
    private readonly rows: readonly NodeStatus[],
    private readonly fits: number,
  ) {}

  async call(_verb: 'node-list', asked: Asked) {
    this.asked.push(asked);
    const { after, limit = this.rows.length } = asked;
    const rest = this.rows.filter(({ id }) => after === undefined || id > after);
    const nodes = rest.slice(0, limit);
    if (nodes.length > this.fits) return err([TOO_LARGE]);
    const last = nodes.at(-1)?.id;
    return ok({ nodes, ...(rest.length > nodes.length && last ? { next: last } : {}) });
  }
}

describe('lists, page by page', () => {
  it('asks once where all fits', async () => {
    const pages = new Pages(rowsOf(3), 1000);
    assert.deepEqual(await allNodes(pages), ok(rowsOf(3)));
    assert.equal(pages.asked.length, 1);
  });

  it('has each row once, in order, of as many pages as there are', async () => {
    const pages = new Pages(rowsOf(20_003), 1000);
    assert.deepEqual(await allNodes(pages), ok(rowsOf(20_003)));
    assert.equal(pages.asked.length, 21);
  });

  it('asks for fewer rows where a page is too large, down to one', async () => {
    for (const fits of [1, 7, 499]) {
      const pages = new Pages(rowsOf(1700), fits);
      assert.deepEqual(await allNodes(pages), ok(rowsOf(1700)));
    }
  });

  it('gives up where a single row is too large, and on any other fault', async () => {
    assert.deepEqual(await allNodes(new Pages(rowsOf(2), 0)), err([TOO_LARGE]));
    const refused: Fault = { code: 'auth.denied', field: '', message: 'no' };
    assert.deepEqual(await allNodes({ call: async () => err([refused]) }), err([refused]));
  });

  it('ends where a page does not lead on', async () => {
    const next = idOf(0) as NodeStatus['id'];
    let calls = 0;
    const listed = await allNodes({
      call: async () => {
        calls += 1;
        return ok({ nodes: rowsOf(1), next });
      },
    });
    assert.equal(listed.ok && listed.value.length, 2);
    assert.equal(calls, 2);
  });
});
