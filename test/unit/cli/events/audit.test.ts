import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { auditLines } from '../../../../cli/events/audit.js';
import { encodeAudit } from '../../../../proto/audit.js';
import type { Bus } from '../../../../proto/bus.js';
import { err, ok } from '../../../../shared/result.js';

const lineOf = (seq: number): Uint8Array =>
  encodeAudit({
    id: `i.1.${seq}`,
    timeMs: seq,
    coordinator: 'c1',
    epoch: 1,
    who: 'sue',
    verb: 'job-stop',
    outcome: 'done',
  });

/**
 * A stream of 50 lines, or as many as said; `silent` gets no answer, `purged` is not there, `torn`
 * is no line.
 */
function busOf(odd: Readonly<Record<number, 'silent' | 'purged' | 'torn'>>, last = 50): Bus {
  const request: Bus['request'] = async (_, data) => {
    const asked = JSON.parse(new TextDecoder().decode(data));
    const seq: number = asked.last_by_subj === undefined ? asked.seq : last;
    const what = odd[seq];
    if (what === 'silent') return err('timeout');
    if (what === 'purged')
      return ok({ subject: '', headers: { Status: '404' }, data: new Uint8Array() });
    const headers = { 'Nats-Sequence': String(seq), 'Nats-Time-Stamp': '2026-11-26T14:03:01Z' };
    return ok({ subject: '', headers, data: what === 'torn' ? new Uint8Array([1]) : lineOf(seq) });
  };
  return { request } as Partial<Bus> as Bus;
}

describe('the newest lines of the audit', () => {
  const asked = { cluster: 'main', count: 50 };

  it('are all there, but for purged ones', async () => {
    const read = await auditLines(busOf({ 7: 'purged' }), asked);
    assert.ok(read.ok);
    assert.equal(read.value.length, 49);
    assert.deepEqual([read.value[0]?.timeMs, read.value[48]?.timeMs], [1, 50]);
  });

  it('are refused where one of them gets no answer', async () => {
    const read = await auditLines(busOf({ 20: 'silent' }), asked);
    assert.equal(read.ok || read.error[0]?.code, 'service.unavailable');
  });

  it('say where fewer were found than asked for, and older ones not looked at', async () => {
    const cutAt = async (last: number, user?: string) => {
      const cuts: number[] = [];
      const onCut = (looked: number): number => cuts.push(looked);
      const read = await auditLines(busOf({}, last), { ...asked, user, onCut });
      return [read.ok && read.value.length, cuts];
    };
    assert.deepEqual(await cutAt(5001, 'bob'), [0, [5000]]);
    assert.deepEqual(await cutAt(5000, 'bob'), [0, []]);
    assert.deepEqual(await cutAt(5001, 'sue'), [50, []]);
    assert.deepEqual(await cutAt(20), [20, []]);
  });

  it('since a moment are all, or the newest of them', async () => {
    const since = async (count?: number) => {
      const read = await auditLines(busOf({}), { cluster: 'main', fromMs: 0, count });
      return read.ok ? read.value.map(({ timeMs }) => timeMs) : read.error;
    };
    assert.deepEqual(await since(3), [48, 49, 50]);
    assert.equal((await since()).length, 50);
  });

  it('say how many cannot be read', async () => {
    const unreadable: number[] = [];
    const read = await auditLines(busOf({ 20: 'torn', 40: 'torn' }), asked, (count) =>
      unreadable.push(count),
    );
    assert.deepEqual([read.ok && read.value.length, unreadable], [48, [2]]);
  });
});
