import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { describe, it } from 'mocha';
import { Turns } from '../../../../console/http/turns.js';
import { ok } from '../../../../shared/result.js';

describe('costly requests', () => {
  it('are answered two at a time, clients in turn, and refused beyond their places', async () => {
    const turns = new Turns();
    const running: (() => void)[] = [];
    const order: string[] = [];
    const ask = (key: string, isCostly?: true) =>
      turns.take(isCostly === undefined ? {} : { isCostly }, key, () => {
        order.push(key);
        return new Promise((resolve) => running.push(() => resolve(ok(key))));
      });
    const asked = Array.from({ length: 258 }, () => ask('a', true));
    assert.deepEqual(order, ['a', 'a']);
    const refused = await ask('a', true);
    assert.equal(refused.ok ? 'ok' : refused.error.faults[0]?.code, 'service.busy');
    const other = ask('b', true);
    assert.equal((await asked[257])?.ok, false, 'the newest of who has the most');
    running[0]?.();
    await asked[0];
    await setImmediate();
    assert.deepEqual(order, ['a', 'a', 'b']);
    void ask('c');
    assert.deepEqual(order, ['a', 'a', 'b', 'c'], 'what costs little does not wait');
    running[2]?.();
    assert.ok((await other).ok);
    await setImmediate();
    assert.deepEqual(order, ['a', 'a', 'b', 'c', 'a']);
  });
});
