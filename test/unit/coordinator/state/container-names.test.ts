import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { sentenceOf } from '../../../../cli/events/sentence.js';
import { entriesOf } from '../../../../cli/explain/entries.js';
import { presentLines, storyLines } from '../../../../cli/explain/story.js';
import { PS_COLUMNS } from '../../../../cli/output/columns.js';
import { tableLines } from '../../../../cli/output/table.js';
import { allocationStatuses } from '../../../../coordinator/state/allocation-status.js';
import { deriveEvents } from '../../../../coordinator/state/derive-events.js';
import type { StateEvent } from '../../../../coordinator/state/events.js';
import { jobStatuses } from '../../../../coordinator/state/job-status.js';
import { emptyState } from '../../../../coordinator/state/model.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import { decodeEvent, encodeEvent } from '../../../../proto/event.js';
import { container, jobName, latency, report } from '../build.js';

const ADOPTED = 'adopted-0b26c2052fbf';
const labelled = { origin: 'label', name: 'search-api', job: jobName('search') } as const;
const reported = (sequence: number, meanMs: number): StateEvent => {
  const seen = { ...labelled, latency: latency(meanMs) };
  // A job of that name gets allocations whose names look like those of adopted containers.
  const containers = [
    container(ADOPTED, seen),
    container('adopted-1', { latency: latency(meanMs) }),
  ];
  return {
    kind: 'reports',
    atMs: sequence * 1000,
    reports: [{ atMs: sequence * 1000, report: report('h1', { sequence, containers }) }],
  };
};

describe('containers that opted in by label', () => {
  const before = reduce(
    emptyState({ incarnation: 'inc', epoch: 3, policy: 'adaptive' }),
    reported(1, 1000),
  );
  const after = reduce(before, reported(2, 9000));
  const events = deriveEvents(before, after, { nowMs: 0, wallMs: 0, source: '/test' }).map(
    (event) => {
      const read = decodeEvent(encodeEvent(event));
      assert.ok(read.ok, JSON.stringify(read));
      return read.value;
    },
  );

  it('have their container name in events, and keep their id', () => {
    const sentences = events.map(sentenceOf);
    assert.ok(
      sentences.some((text) => text.startsWith('search-api ')),
      sentences.join(),
    );
    assert.ok(
      sentences.some((text) => text.startsWith('adopted-1 ')),
      sentences.join(),
    );
    assert.ok(events.some(({ data }) => 'allocation' in data && data.allocation === ADOPTED));
    const told = events.flatMap(entriesOf);
    assert.match(storyLines(told, 0).join('\n'), /search-api within → slower/);
  });

  it('have it in ps, job status and job explain', () => {
    const statuses = allocationStatuses(after, 2000);
    const mine = statuses.filter(({ id }) => id === ADOPTED);
    assert.match(
      tableLines(PS_COLUMNS, mine, { wide: false, colour: false })[1] ?? '',
      /^search +search-api +h1 /,
    );
    assert.match(
      tableLines(PS_COLUMNS, mine, { wide: true, colour: false })[1] ?? '',
      new RegExp(ADOPTED),
    );
    assert.match(mine.flatMap(presentLines).join(), /^search-api on h1: /);
    const ended = [
      container(ADOPTED, { ...labelled, state: 'exited', reason: 'exited with code 3' }),
    ];
    const gone = reduce(after, {
      kind: 'reports',
      atMs: 3000,
      reports: [{ atMs: 3000, report: report('h1', { sequence: 3, containers: ended }) }],
    });
    assert.deepEqual(
      jobStatuses(gone, 3000).flatMap(({ reasons }) => reasons),
      ['search-api: exited with code 3'],
    );
  });
});
