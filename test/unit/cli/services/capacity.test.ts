import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { searchCapacity } from '../../../../cli/services/capacity.js';
import type { Session } from '../../../../cli/shell/session.js';
import type { Capacity, CapacityRequest, KindRoom } from '../../../../proto/schemas/capacity.js';
import type { JobName, NodeId } from '../../../../shared/ids.js';
import { err, ok, type Result } from '../../../../shared/result.js';
import { testApp } from '../../../lib/cli-app.js';

const NOTHING: Capacity = {
  complete: true,
  note: '',
  hosts: [],
  allocatableCores: 4,
  freeCores: 1,
  missing: 0,
  misses: [],
  kinds: ['a', 'b'].map((like) => ({
    like: like as JobName,
    jobs: 1,
    targetMs: 100,
    cpuCores: 0.5,
  })),
  room: [],
  trades: [],
};
const roomFor = (like: string, more: number, atLeast = false): KindRoom => ({
  like: like as JobName,
  more,
  atLeast,
  limit: atLeast ? null : { resource: 'target', node: null, reason: `no more ${like}` },
});
const ABOUT_NOW = { without: [], pack: false };

/** A session that answers as it is told, and notes what it was asked. */
const answering = (answers: readonly (() => Promise<Result<Capacity>>)[]) => {
  const asked: CapacityRequest[] = [];
  const session = {
    call: (_: string, request: CapacityRequest) => {
      asked.push(request);
      return answers[asked.length - 1]?.() ?? Promise.resolve(ok(NOTHING));
    },
  } as unknown as Session;
  return { session, asked };
};
const now = (answer: Partial<Capacity>) => async () => ok({ ...NOTHING, ...answer });

describe('cli: capacity, part by part', () => {
  it('asks once where one answer has everything', async () => {
    const room = [roomFor('a', 3), roomFor('b', 1)];
    const { session, asked } = answering([now({ room })]);
    const answer = await searchCapacity(testApp().app, session, ABOUT_NOW);
    assert.deepEqual(asked, [{ parts: ['room', 'trades'] }]);
    assert.deepEqual(answer, ok({ ...NOTHING, room }));
  });

  it('goes on kind by kind where time was up, and takes what is better known', async () => {
    const { session, asked } = answering([
      now({ complete: false, room: [roomFor('a', 2, true)] }),
      now({ room: [roomFor('a', 5)] }),
      now({ room: [roomFor('b', 4)] }),
    ]);
    const answer = await searchCapacity(testApp().app, session, ABOUT_NOW);
    assert.deepEqual(asked.slice(1), [
      { parts: ['room'], like: ['a'] },
      { parts: ['room'], like: ['b'] },
      { parts: ['trades'] },
    ]);
    assert.ok(answer.ok);
    assert.equal(answer.value.complete, true);
    assert.deepEqual(answer.value.room, [roomFor('a', 5), roomFor('b', 4)]);
    assert.deepEqual(answer.value.bottleneck, roomFor('b', 4).limit);
  });

  it('asks what other hosts would change instead of the room that there is', async () => {
    const packed = { keep: [], empty: [], pinned: [], proven: true };
    const { session, asked } = answering([now({}), now({}), now({}), now({ packed })]);
    const without = ['h3' as NodeId];
    const answer = await searchCapacity(testApp().app, session, {
      without,
      add: { hosts: 2, cpuCores: 8 },
      pack: true,
    });
    assert.deepEqual(asked, [
      { parts: [] },
      { without },
      { add: { hosts: 2, cpuCores: 8 } },
      { parts: ['pack'] },
    ]);
    assert.deepEqual(answer.ok && answer.value.packed, packed);
  });

  it('has what it found when it is interrupted, and says that it is not all', async () => {
    const { app } = testApp();
    const interrupt = new AbortController();
    const { session } = answering([
      now({ complete: false, room: [roomFor('a', 2)] }),
      () => {
        queueMicrotask(() => interrupt.abort());
        return new Promise(() => {});
      },
    ]);
    const interrupted = { ...app, signal: interrupt.signal };
    const answer = await searchCapacity(interrupted, session, ABOUT_NOW);
    assert.ok(answer.ok);
    assert.deepEqual([answer.value.complete, answer.value.room], [false, [roomFor('a', 2)]]);
  });

  it('says what is wrong, and shows how far it is', async () => {
    const { app } = testApp();
    const lines: string[] = [];
    const shown = { ...app, output: { ...app.output, status: (line: string) => lines.push(line) } };
    const fault = { code: 'service.not-found', field: 'name', message: 'there is no node h9' };
    const { session } = answering([now({}), async () => err([fault])]);
    const without = ['h9' as NodeId];
    const answer = await searchCapacity(shown, session, { without, pack: true });
    assert.deepEqual(answer, err([fault]));
    assert.match(lines[0] ?? '', /^capacity \[.*\] 1 of 3 questions/);
    assert.equal(lines.at(-1), '');
  });
});
