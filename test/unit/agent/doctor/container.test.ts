import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type LookDeps, lookAtSources } from '../../../../agent/doctor/container.js';
import { createPatternCompiler } from '../../../../agent/drivers/host-regexp.js';
import { err, ok } from '../../../../shared/result.js';
import { container } from '../observe/build.js';

const LINES = [
  '172.17.0.1 - - [06/Dec/2026:12:00:00 +0000] "POST /predict HTTP/1.1" 200 12 rt=0.120',
  '172.17.0.1 - - [06/Dec/2026:12:00:01 +0000] "POST /predict HTTP/1.1" 200 12 rt=0.180',
  'worker 7 started',
];

const DEPS = {
  engine: { tailLogs: async () => ok(LINES) },
  http: { ask: async () => err('refused'), close: () => undefined },
  compile: createPatternCompiler(),
} as unknown as LookDeps;

const logOf = async (labels: Record<string, string>, labelPrefix?: string) => {
  const deps = labelPrefix === undefined ? DEPS : { ...DEPS, labelPrefix };
  const found = await lookAtSources(container({ labels }), deps);
  return found.find(({ source }) => source === 'log');
};

describe('a look at the log of a container', () => {
  const labels = (prefix: string) => ({
    [`${prefix}enable`]: 'true',
    [`${prefix}target`]: '200ms',
    [`${prefix}latency.pattern`]: 'rt=(?<value>[0-9.]+)',
    [`${prefix}latency.unit`]: 's',
  });
  const FOUND = { source: 'log', pattern: 'rt=(?<value>[0-9.]+)', unit: 's' };

  it('reads it by the labels that the container has, as the agent does', async () => {
    const log = await logOf(labels('dqoes.'));
    assert.deepEqual([log?.state, log?.requests], ['found', 2]);
    assert.equal(log?.meanMs, 150);
    assert.deepEqual(log?.labels, FOUND);
  });

  it('reads labels of another prefix where that is asked', async () => {
    assert.equal((await logOf(labels('other.')))?.state, 'none');
    assert.deepEqual((await logOf(labels('other.'), 'other.'))?.labels, FOUND);
  });

  it('falls back to the known forms where a label is wrong', async () => {
    const wrong = { ...labels('dqoes.'), 'dqoes.latency.unit': 'h' };
    assert.equal((await logOf(wrong))?.state, 'none');
  });
});
