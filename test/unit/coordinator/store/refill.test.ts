import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Stores } from '../../../../coordinator/store/open-stores.js';
import { refill } from '../../../../coordinator/store/refill.js';
import type { CommandCodec } from '../../../../proto/command-codec.js';
import { ok } from '../../../../shared/result.js';
import { desiredOn, fold, reported, START, stored } from '../state/state-build.js';

describe('coordinator: what a lost bucket of desired states is filled with', () => {
  it('is nothing of jobs that were stopped, though their host was last told of them', async () => {
    const state = fold(
      START,
      stored('web'),
      stored('db'),
      reported(1, 'h1'),
      desiredOn('h1', 1, ['web-1', 0.5], ['db-1', 0.4]),
      { kind: 'job-removed', atMs: 2, name: 'web' as never },
    );
    const written: string[] = [];
    const desired = {
      list: async () => ok([]),
      put: async (_: string, value: Uint8Array) => {
        written.push(Buffer.from(value).toString());
        return ok(1);
      },
    };
    const commands = { encode: (its: object) => Buffer.from(JSON.stringify(its)) };
    const filled = await refill({ desired } as unknown as Stores, 'desired', {
      lastKnown: { state, knowledge: { profiles: new Map() } as never, tokens: new Map() },
      epoch: 4,
      commands: commands as unknown as CommandCodec,
      leads: () => true,
    });
    assert.deepEqual(filled, ok(1));
    const [its] = written.map((text) => JSON.parse(text));
    assert.deepEqual(
      [its.epoch, its.allocations.map(({ id }: { id: string }) => id)],
      [4, ['db-1']],
    );
  });
});
