import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ownerOf } from '../../../../coordinator/workers/owner-of.js';
import type { WorkerLink } from '../../../../coordinator/workers/worker-link.js';
import { WorkerSet } from '../../../../coordinator/workers/worker-set.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { nodeId } from '../build.js';

const SILENT_MS = 8000;

/** A worker that answers what the test says, and notes what it is told. */
class FakeLink {
  readonly told: string[] = [];
  end: (why: string) => void = () => {};
  news: () => Promise<unknown> = async () => 'news';
  profilesOf: () => Promise<unknown> = async () => new Map();
  stop = async (limitMs: number): Promise<void> => void this.told.push(`stop ${limitMs}`);
  readonly ended = new Promise<string>((resolve) => {
    this.end = resolve;
  });
  tell({ kind }: { readonly kind: string }): void {
    this.told.push(kind);
  }
  mayWriteUntil(ms: number): void {
    this.told.push(`until ${ms}`);
  }
}

describe('a set of workers', () => {
  const setOf = (size: number) => {
    const clock = new ManualClock();
    const failures: string[] = [];
    const onFailed = (why: string): void => void failures.push(why);
    const set = new WorkerSet({ size, clock, silentMs: SILENT_MS, onFailed });
    const links = Array.from({ length: size }, () => new FakeLink());
    set.join(links as unknown as readonly WorkerLink[]);
    return { clock, failures, set, links };
  };
  const newsOf = (set: WorkerSet) => set.ask((link) => link.news(0));

  it('tells an event of a node to its owner, and others to all', () => {
    const { set, links } = setOf(3);
    const node = nodeId('h7');
    set.tell({ kind: 'node-removed', atMs: 0, node });
    set.tell({ kind: 'policy-set', atMs: 0, policy: 'equal' });
    set.mayWriteUntil(9);
    for (const [i, { told }] of links.entries()) {
      const own = ownerOf(node, 3) === i ? ['node-removed'] : [];
      assert.deepEqual(told, [...own, 'policy-set', 'until 9']);
    }
    assert.ok(set.isOwn(ownerOf(node, 3))(node));
  });

  it('says once which worker has ended, and why', async () => {
    const { clock, failures, set, links } = setOf(2);
    links[1]?.end('out of memory');
    await clock.advance(0);
    assert.deepEqual(failures, ['worker 2 of 2 has ended (out of memory)']);
    assert.ok(set.hasFailed);
    assert.equal(set.hasFailedFor(nodeId('h7')), ownerOf(nodeId('h7'), 2) === 1);
    assert.deepEqual(await set.askLiving(async () => 'here'), ['here']);
  });

  it('waits for an answer while a worker answers others', async () => {
    const { clock, failures, set, links } = setOf(2);
    let answer: (news: unknown) => void = () => {};
    const [link] = links;
    assert.ok(link !== undefined);
    link.news = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    const asked = newsOf(set);
    await clock.advance(5 * SILENT_MS);
    answer('late');
    assert.deepEqual(await asked, ['late', 'news']);
    assert.deepEqual(failures, []);
  });

  it('gives up on one that answers nothing for a lease, and on one that rejects', async () => {
    const { clock, failures, set, links } = setOf(2);
    const [mute, broken] = links;
    assert.ok(mute !== undefined && broken !== undefined);
    mute.news = () => new Promise(() => {});
    mute.profilesOf = mute.news;
    const asked = newsOf(set).catch((cause: Error) => cause.message);
    await clock.advance(SILENT_MS - 1);
    assert.deepEqual(failures, []);
    await clock.advance(1);
    assert.equal(await asked, 'worker 1 of 2 answers nothing for 8s');
    broken.news = async () => {
      throw new Error('a bug');
    };
    await assert.rejects(newsOf(set));
    assert.deepEqual(failures, [
      'worker 1 of 2 answers nothing for 8s',
      'worker 2 of 2 cannot go on (a bug)',
    ]);
  });

  it('stops all, each within a lease', async () => {
    const { failures, set, links } = setOf(2);
    await set.stop();
    const said = links.flatMap(({ told }) => told);
    assert.deepEqual([said, failures], [['stop 8000', 'stop 8000'], []]);
  });
});
