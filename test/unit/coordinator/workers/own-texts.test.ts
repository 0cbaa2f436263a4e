import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { factsOf } from '../../../../coordinator/schedule/summary-facts.js';
import type { StateEvent } from '../../../../coordinator/state/events.js';
import type { ClusterState } from '../../../../coordinator/state/model.js';
import type { NodePlaces } from '../../../../coordinator/state/node-places.js';
import { heardNode } from '../../../../coordinator/workers/heard-node.js';
import type { NodeNews } from '../../../../coordinator/workers/messages.js';
import { jobsWithOwnTexts, newsWithOwnTexts } from '../../../../coordinator/workers/own-texts.js';
import { workloadKeyOf } from '../../../../shared/workload.js';
import { allocation, container, job, node, nodeId, target } from '../build.js';

const H1 = nodeId('h1');
const [A, B] = [job('a', { target: target(500) }), job('b', { target: target(80) })];
const JOBS: ClusterState['jobs'] = new Map(
  [A, B].map((spec) => [spec.name, { spec, workload: workloadKeyOf(spec), revision: 1 }]),
);

const allocations = [
  allocation('a-1', { target: target(500), report: container('a-1') }),
  // Of a version of its job that is not known here.
  allocation('b-1', { target: target(90), report: container('b-1', { image: 'other:2' }) }),
  allocation('c-1', { target: null, report: null }),
];
const places: NodePlaces = {
  node: H1,
  desired: allocations.map(({ id, job: owner }, i) => ({
    job: owner,
    place: { id, node: H1, ...(i === 1 ? { isOutdated: true as const } : {}) },
    ...(i === 2 ? { isAdopted: true as const } : {}),
  })),
  refused: [],
  labels: {},
};
const standing = { liveness: 'ready', isAdmitted: true, isMissed: false } as const;
const demanded = [allocation('a-1').id];
const NEWS: NodeNews = {
  ...{ id: H1, revision: 3, standing, places, unmet: demanded, demanded },
  facts: factsOf(node('h1', { allocations })),
  figures: new Float64Array([1, 2]),
};
/** As it comes from another thread. */
const sent = <T>(said: T): T => structuredClone(said);

describe('what comes from another thread', () => {
  it('says the same of a node once the texts in it are held once', () => {
    const heard = newsWithOwnTexts(sent(NEWS), undefined, JOBS);
    assert.deepEqual(heard, NEWS);
    const { id, revision, figures } = NEWS;
    const later = { id, revision, figures, facts: null, demanded: null };
    assert.deepEqual(newsWithOwnTexts(sent(later), heardNode(undefined, heard), JOBS), later);
  });

  it('holds the targets of jobs that are known, where they are equal', () => {
    const { facts } = newsWithOwnTexts(sent(NEWS), undefined, JOBS);
    const targets = facts?.allocations.map((each) => each.target);
    assert.equal(targets?.[0], A.target);
    assert.deepEqual(targets?.slice(1), [target(90), null]);
  });

  it('is left as it is where only figures are new', () => {
    const { id, revision, figures } = NEWS;
    const news = sent({ id, revision, figures });
    assert.equal(newsWithOwnTexts(news, undefined, JOBS), news);
  });

  it('says the same of jobs, and of other events', () => {
    const stored: StateEvent = {
      ...{ kind: 'jobs-stored', atMs: 5 },
      jobs: [
        { spec: A, revision: 1, owner: 'lena' },
        { spec: B, revision: 2 },
      ],
    };
    assert.deepEqual(jobsWithOwnTexts(sent(stored)), stored);
    const tick: StateEvent = { kind: 'tick', atMs: 5 };
    assert.equal(jobsWithOwnTexts(tick), tick);
  });
});
