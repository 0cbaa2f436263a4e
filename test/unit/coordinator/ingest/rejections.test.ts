import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Rejections } from '../../../../coordinator/ingest/rejections.js';
import type { Log } from '../../../../shared/log.js';
import type { Fault } from '../../../../shared/result.js';

function watched() {
  const lines: string[] = [];
  const at = (level: string) => (_: string, fields?: Readonly<Record<string, unknown>>) =>
    void lines.push(`${level} ${fields?.node} ${fields?.reason}`);
  const log: Log = { info: at('info'), warn: at('warn'), error: at('error') };
  return { rejections: new Rejections(log), lines };
}

describe('messages that are refused', () => {
  const stale = (field: string, message: string): Fault => ({ code: 'wire.stale', field, message });

  it('are counted, and a warning once a kind', () => {
    const { rejections, lines } = watched();
    for (const node of ['h1', 'h1', 'h2'])
      rejections.add('telemetry', node, stale('sequence', 'was there'));
    assert.deepEqual(lines, ['warn h1 was there', 'warn h2 was there']);
    assert.deepEqual([...rejections.counts], [['wire.stale', 3]]);
  });

  it('are no warning where an agent that was started again waits for its turn', () => {
    const { rejections, lines } = watched();
    rejections.add('telemetry', 'h1', stale('bootId', 'start b waits'));
    rejections.add('telemetry', 'h1', stale('bootId', 'start b waits'));
    rejections.add('telemetry', 'h1', stale('sequence', 'was there'));
    assert.deepEqual(lines, ['info h1 start b waits', 'warn h1 was there']);
  });
});
