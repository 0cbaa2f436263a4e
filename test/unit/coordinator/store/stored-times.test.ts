import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { emptyState } from '../../../../coordinator/state/model.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import type { Listed } from '../../../../coordinator/store/listed.js';
import { storedTimes } from '../../../../coordinator/store/stored-times.js';
import { job, nodeId } from '../build.js';

const AT_MS = 5000;
const MARKED_AT_MS = 1_700_000_000_000;
const jobs = ['a', 'b', 'c'].map((name) => ({ spec: job(name), revision: 1 }));
const EMPTY = emptyState({ incarnation: 'inc', epoch: 1, policy: 'equal' });
const STATE = reduce(reduce(EMPTY, { kind: 'jobs-stored', atMs: 0, jobs }), {
  kind: 'node-known',
  atMs: 0,
  node: nodeId('h1'),
  registration: null,
});

/** A bucket with values of these ages, ms; undefined = the server did not say. */
const listed = (
  ages: Readonly<Record<string, number | undefined>>,
  markedAtMs: number | undefined = MARKED_AT_MS,
): Listed => ({
  values: Object.entries(ages).map(([key, ageMs]) => ({
    ...{ key, value: new Uint8Array(), revision: 1 },
    ...(ageMs === undefined ? {} : { storedAtMs: MARKED_AT_MS - ageMs }),
  })),
  markedAtMs,
});

const since = (inJobs: Listed, desired: Listed) => {
  const times = storedTimes(STATE, { jobs: inJobs, desired, atMs: AT_MS });
  return [
    [...times.jobs].map(([name, { sinceMs }]) => `${name} ${sinceMs}`),
    [...times.nodes].map(([id, sinceMs]) => `${id} ${sinceMs}`),
  ];
};

describe('times of what was stored before a leader', () => {
  it('are ages by the clock of the server, on the clock of the coordinator', () => {
    const told = since(listed({ a: 0, b: 3000, c: 60_000 }), listed({ h1: 100, h2: 5 }));
    assert.deepEqual(told, [['a 5000', 'b 2000', 'c -55000'], ['h1 4900']]);
  });

  it('are never before it was stored, nor after now', () => {
    assert.deepEqual(since(listed({ a: -9000 }), listed({ h1: -1 })), [['a 5000'], ['h1 5000']]);
  });

  it('are not known where the server says nothing, or the mark is missing', () => {
    const unknown = [[], []];
    assert.deepEqual(since(listed({ a: undefined }), listed({ h1: undefined })), unknown);
    const unmarked = (key: string): Listed => ({ ...listed({ [key]: 9 }), markedAtMs: undefined });
    assert.deepEqual(since(unmarked('a'), unmarked('h1')), unknown);
  });

  it('belong to the version that was loaded', () => {
    const times = storedTimes(STATE, { jobs: listed({ a: 1 }), desired: listed({}), atMs: AT_MS });
    assert.equal(times.jobs.get(job('a').name)?.spec, STATE.jobs.get(job('a').name)?.spec);
  });
});
