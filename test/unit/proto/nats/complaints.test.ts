import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { Complaints } from '../../../../proto/nats/complaints.js';
import { type Log, silentLog } from '../../../../shared/log.js';

describe('complaints about a stream', () => {
  let lines: string[];
  let complaints: Complaints;
  beforeEach(() => {
    lines = [];
    const note = (text: string, more?: object): void =>
      void lines.push(`${text} ${JSON.stringify(more)}`);
    const log: Log = { ...silentLog, warn: note, info: note };
    complaints = new Complaints(log);
  });
  const fail = (error: string): void =>
    complaints.failed('KV_a', 'write', { failure: 'full', error });

  it('come after one, ten, a hundred failures, with the cure, and once when it works', () => {
    for (let i = 0; i < 150; i += 1) fail('no space');
    assert.equal(lines.length, 3);
    assert.match(lines[0] ?? '', /a write failed .*"cure":"make room where the NATS server stores/);
    assert.match(lines[2] ?? '', /each write fails .*"calls":100/);
    complaints.worked('KV_a', 'write');
    complaints.worked('KV_a', 'write');
    assert.deepEqual(lines.slice(3), ['store: each write works again {"stream":"KV_a"}']);
  });

  it('name the disk where it is full, as a server says of a write', () => {
    const error = 'write /nats/KV_a/msgs/1.blk: no space left on device';
    complaints.failed('KV_a', 'write', { failure: 'unknown', error });
    complaints.failed('KV_b', 'write', { failure: 'unknown', error: 'no responders' });
    assert.match(lines[0] ?? '', /"cure":"make room where the NATS server stores/);
    assert.match(lines[1] ?? '', /"cure":"see whether a majority/);
  });

  it('are as few where two errors take turns, as of a disk that is full', () => {
    for (let i = 0; i < 50; i += 1) {
      fail('no space');
      fail('TIMEOUT');
    }
    assert.equal(lines.length, 4);
  });

  it('are as few where each error is another', () => {
    for (let i = 0; i < 1000; i += 1) fail(`sequence ${i}`);
    assert.ok(lines.length < 25, `${lines.length} lines`);
  });
});
