import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Ingest, MAX_NODES, MAX_WAITING_NODES } from '../../../../coordinator/ingest/ingest.js';
import { encodeAck } from '../../../../proto/ack.js';
import { REPORT_MAX_BYTES } from '../../../../proto/codec/limits.js';
import { subjectsOf } from '../../../../proto/subjects.js';
import { encodeReport } from '../../../../proto/telemetry.js';
import type { Ack } from '../../../../shared/command.js';
import type { Log } from '../../../../shared/log.js';
import { nodeId, report } from '../build.js';

const subjects = subjectsOf('test');

function listening(admits: (node: string) => boolean = () => true) {
  const lines: string[] = [];
  const note = (_: string, fields?: Readonly<Record<string, unknown>>) =>
    void lines.push(`${fields?.node} ${fields?.code}`);
  const log: Log = { info: note, warn: note, error: note };
  const ingest = new Ingest({ subjects, incarnation: 'inc', log, admits });
  let nowMs = 7;
  const say = (from: string, data: Uint8Array) => {
    const heard = ingest.acceptReport(
      { subject: subjects.telemetry(nodeId(from)), data, headers: {} },
      nowMs,
    );
    return heard.ok ? 'ok' : heard.error.code;
  };
  const tell = (from: string, ...args: Parameters<typeof report>) =>
    say(from, encodeReport(report(...args)));
  const wait = (ms: number): void => {
    nowMs += ms;
  };
  return { ingest, lines, say, tell, wait };
}

const ack = (node: string, incarnation = 'inc'): Ack => ({
  node: nodeId(node),
  bootId: 'b',
  outcome: 'applied',
  asked: { incarnation, epoch: 1, revision: 1 },
  holds: { incarnation, epoch: 1, revision: 1 },
  allocations: [],
  reason: '',
});

describe('Ingest', () => {
  it('turns a report into an event with the time of its arrival', () => {
    const { ingest } = listening();
    const data = encodeReport(report('h1'));
    const heard = ingest.acceptReport(
      { subject: subjects.telemetry(nodeId('h1')), data, headers: {} },
      42,
    );
    assert.deepEqual(heard, { ok: true, value: { atMs: 42, report: report('h1') } });
  });

  it('does not hold what was read from the socket, nor lets reports see each other', () => {
    const { ingest } = listening();
    // Two messages in one piece, as a socket hands them out; the piece is used again at once.
    const offer = (nodes: readonly string[], sequence: number): void => {
      const sent = nodes.map((node) => encodeReport(report(node, { sequence })));
      const piece = Buffer.concat(sent);
      let at = 0;
      for (const [i, { length }] of sent.entries()) {
        const subject = subjects.telemetry(nodeId(nodes[i] as string));
        const data = piece.subarray(at, at + length);
        ingest.bufferReport({ subject, data, headers: {} }, 1);
        at += length;
      }
      piece.fill(0);
    };
    offer(['h1', 'h2'], 1);
    const first = ingest.read().reports.map((each) => each.report);
    const expected = [report('h1', { sequence: 1 }), report('h2', { sequence: 1 })];
    assert.deepEqual(first, expected);
    offer(['h2', 'h1'], 2);
    offer(['h2'], 3);
    const second = ingest.read().reports.map((each) => [each.report.node, each.report.sequence]);
    assert.deepEqual(second, [
      ['h2', 3],
      ['h1', 2],
    ]);
    assert.deepEqual(first, expected);
  });

  it('keeps the newest report of a node until it is read, and counts superseded ones', () => {
    const { ingest } = listening();
    const keep = (node: string, sequence: number) => {
      const data = encodeReport(report(node, { sequence }));
      ingest.bufferReport(
        { subject: subjects.telemetry(nodeId(node)), data, headers: {} },
        sequence,
      );
    };
    for (const sequence of [1, 2, 3]) keep('h1', sequence);
    keep('h2', 7);
    const read = ingest
      .read()
      .reports.map(({ atMs, report: its }) => [its.node, its.sequence, atMs]);
    assert.deepEqual(read, [
      ['h1', 3, 3],
      ['h2', 7, 7],
    ]);
    assert.deepEqual([ingest.counters.superseded, ingest.read().reports], [2, []]);
  });

  it('keeps no more messages than there may be nodes', () => {
    const { ingest } = listening();
    for (let i = 0; i < MAX_NODES + 5; i += 1)
      ingest.bufferReport(
        { subject: subjects.telemetry(nodeId(`n${i}`)), data: new Uint8Array(), headers: {} },
        0,
      );
    assert.equal(ingest.counters.superseded, 5);
  });

  it('counts each rejection by its code and logs each kind once per node', () => {
    const { ingest, lines, say, tell } = listening();
    for (let i = 0; i < 3; i += 1)
      assert.equal(say('h1', new Uint8Array([0xc1, i])), 'wire.malformed');
    assert.equal(say('h2', new Uint8Array([0xc1])), 'wire.malformed');
    assert.equal(say('h1', new Uint8Array(REPORT_MAX_BYTES + 1)), 'wire.too-large');
    assert.equal(tell('h2', 'h1'), 'wire.identity');
    assert.equal(tell('h1', 'h1', { intervalMs: -1 }), 'wire.schema');
    assert.deepEqual(Object.fromEntries(ingest.counters.rejected), {
      'wire.malformed': 4,
      'wire.too-large': 1,
      'wire.identity': 1,
      'wire.schema': 1,
    });
    assert.deepEqual(lines, [
      'h1 wire.malformed',
      'h2 wire.malformed',
      'h1 wire.too-large',
      'h2 wire.identity',
      'h1 wire.schema',
    ]);
    assert.equal(ingest.counters.accepted, 0);
  });

  it('rejects what is not newer within a boot, and boots that are over', () => {
    const { tell, wait } = listening();
    const heard = (bootId: string, sequence: number) => tell('h1', 'h1', { bootId, sequence });
    const first = [heard('a', 5), heard('a', 4), heard('a', 5), heard('a', 6)];
    assert.deepEqual(first, ['ok', 'wire.stale', 'wire.stale', 'ok']);
    wait(2000);
    const second = [heard('b', 1), heard('a', 7), heard('b', 2)];
    assert.deepEqual(second, ['ok', 'wire.stale', 'ok']);
  });

  it('does not let another node use up the sequence of a node', () => {
    const { tell } = listening();
    assert.equal(tell('h2', 'h1', { sequence: 1000 }), 'wire.identity');
    assert.equal(tell('h1', 'h1', { sequence: 1 }), 'ok');
  });

  it('listens to a bounded number of nodes', () => {
    const { tell } = listening();
    for (let i = 0; i < MAX_NODES; i += 1) tell(`n${i}`, `n${i}`);
    assert.equal(tell('one-more', 'one-more'), 'wire.too-many-nodes');
    assert.equal(tell('n0', 'n0', { sequence: 2 }), 'ok');
  }).timeout(10_000);

  it('gives the places of names that have fallen silent to others', () => {
    const { tell, wait } = listening();
    for (let i = 0; i < MAX_NODES; i += 1) tell(`n${i}`, `n${i}`);
    wait(300_000);
    assert.equal(tell('n0', 'n0', { sequence: 2 }), 'ok');
    assert.equal(tell('one-more', 'one-more'), 'wire.too-many-nodes');
    wait(301_000);
    assert.equal(tell('one-more', 'one-more'), 'ok');
    assert.equal(tell('n0', 'n0', { sequence: 2 }), 'wire.stale');
  }).timeout(10_000);

  it('bounds the names that wait to be approved, and keeps the others apart from them', () => {
    const { ingest, tell } = listening((node) => node.startsWith('real'));
    for (let i = 0; i < MAX_WAITING_NODES; i += 1) tell(`n${i}`, `n${i}`);
    assert.equal(tell('late', 'late'), 'wire.too-many-nodes');
    assert.equal(tell('real1', 'real1'), 'ok');
    assert.equal(ingest.counters.waiting, MAX_WAITING_NODES);
  });

  it('takes the sender of an ack from the subject, and checks its store', () => {
    const { ingest } = listening();
    const heard = (from: string, said: Ack) => {
      const message = { subject: subjects.ack(nodeId(from)), data: encodeAck(said), headers: {} };
      const result = ingest.acceptAck(message, 1000);
      return result.ok ? 'ok' : result.error.code;
    };
    assert.deepEqual(
      [heard('h1', ack('h1')), heard('h1', ack('h2')), heard('h1', ack('h1', 'other'))],
      ['ok', 'wire.identity', 'wire.incarnation'],
    );
  });
});
