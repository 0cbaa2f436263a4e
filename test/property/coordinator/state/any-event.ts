import fc from 'fast-check';
import type { StateEvent } from '../../../../coordinator/state/events.js';
import { emptyState } from '../../../../coordinator/state/model.js';
import { unreadableNode } from '../../../../coordinator/store/node-codec.js';
import { POLICY_NAMES } from '../../../../proto/schemas/service.js';
import { NODE_SCHEDULING } from '../../../../proto/schemas/status.js';
import { fixedPartsHashOf } from '../../../../shared/fixed-parts-hash.js';
import type { NodeId } from '../../../../shared/ids.js';
import { anyAck, anyDesiredState } from '../../../lib/arbitraries/command.js';
import { anyJobSpec } from '../../../lib/arbitraries/job.js';
import { anyNodeReport } from '../../../lib/arbitraries/report.js';
import { container, job, latency, report } from '../../../unit/coordinator/build.js';

/** A state in which nothing is known. */
export const START = emptyState({ incarnation: 'inc', epoch: 1, policy: 'dqoes' });
const atMs = fc.integer({ min: 0, max: 1_000_000 });
const hosts = fc.constantFrom('h1', 'h2') as fc.Arbitrary<NodeId>;
const names = fc.constantFrom('a', 'b', '__proto__', 'constructor');

/** As its job, as another, or as nothing while it is being stopped; null = it is not said. */
const madeFrom = fc.constantFrom(null, fixedPartsHashOf(job('a')), 'f'.repeat(16), '');

const anyHeard = fc.record({
  atMs,
  report: fc.oneof(
    fc.tuple(anyNodeReport, hosts).map(([any, node]) => ({ ...any, node })),
    fc.tuple(hosts, names, fc.nat({ max: 99 }), madeFrom).map(([node, name, sequence, hash]) =>
      report(node, {
        sequence,
        containers: [container(`${name}-1`, { latency: latency(sequence * 30) })],
        ...(hash === null ? {} : { specHashes: { [`${name}-1`]: hash } }),
      }),
    ),
  ),
});
/** Any event of two nodes and a few jobs. */
export const anyEvent: fc.Arbitrary<StateEvent> = fc.oneof(
  fc.record({
    kind: fc.constant('reports' as const),
    atMs,
    reports: fc.array(anyHeard, { maxLength: 2 }),
  }),
  fc.record({
    kind: fc.constant('acks' as const),
    atMs,
    acks: fc.array(
      fc.tuple(anyAck, hosts).map(([any, node]) => ({ ...any, node })),
      { maxLength: 2 },
    ),
  }),
  fc.record({
    kind: fc.constant('jobs-stored' as const),
    atMs,
    jobs: fc.array(
      fc.record({
        spec: fc.oneof(
          names.map((name) => job(name)),
          anyJobSpec.map((spec) => ({ ...spec, replicas: spec.replicas % 4 })),
        ),
        revision: fc.nat(),
      }),
      { maxLength: 2 },
    ),
  }),
  fc.record({
    kind: fc.constant('job-removed' as const),
    atMs,
    name: names.map((name) => job(name).name),
  }),
  fc.record({
    kind: fc.constant('desired-stored' as const),
    atMs,
    states: fc.array(
      fc.tuple(anyDesiredState, hosts).map(([any, node]) => ({ ...any, node })),
      { maxLength: 2 },
    ),
  }),
  fc.record({ kind: fc.constant('tick' as const), atMs }),
  fc.record({
    kind: fc.constant('policy-set' as const),
    atMs,
    policy: fc.constantFrom(...POLICY_NAMES),
  }),
  fc.record({
    kind: fc.constant('node-known' as const),
    atMs,
    node: hosts,
    registration: fc.constant(null),
  }),
  fc.record({
    kind: fc.constant('node-stored' as const),
    atMs,
    node: hosts,
    lasting: fc.constantFrom(unreadableNode('open'), unreadableNode('approved')),
  }),
  fc.record({
    kind: fc.constant('node-scheduling' as const),
    atMs,
    node: hosts,
    scheduling: fc.constantFrom(...NODE_SCHEDULING),
  }),
);
