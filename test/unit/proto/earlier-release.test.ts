import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import protobuf from 'protobufjs';
import { decodeCommand, encodeCommand } from '../../../proto/command.js';
import type { ServiceCalls, Verb } from '../../../proto/schemas/service.js';
import { VERBS, VERBS_AFTER_0_1_0 } from '../../../proto/schemas/verbs.js';
import {
  decodeReply,
  decodeRequest,
  encodeReply,
  encodeRequest,
} from '../../../proto/service-codec.js';
import { anyDesiredState } from '../../lib/arbitraries/command.js';
import { anyCall } from '../../lib/arbitraries/service.js';
import { wireFixtures } from '../../lib/fixtures.js';

/** The messages of release 0.1.0, read from the schemas that it had. */
const earlier = new protobuf.Root();
for (const name of ['dqoes', 'service'])
  protobuf.parse(readFileSync(new URL(`0.1.0/${name}.proto`, wireFixtures), 'utf8'), earlier);

const typeOf = (name: string): protobuf.Type => earlier.lookupType(`dqoes.v1.${name}`);
const messageOf = (verb: Verb, end: 'Request'): protobuf.Type =>
  typeOf(verb.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()) + end);

/** As a program of 0.1.0 holds a message; it writes what it knows. */
const throughEarlier = (type: protobuf.Type, bytes: Uint8Array): Uint8Array => {
  const read = type.toObject(type.decode(bytes)) as Record<string, unknown>;
  return type.encode(type.fromObject(read)).finish();
};

/** Fields that came after 0.1.0; it drops them. */
const LATER: Readonly<Partial<Record<Verb, readonly string[]>>> = {
  'job-plan': ['costs', 'prices', 'refusals'],
  'job-quote': ['provenCores'],
  'job-stop': ['remaining'],
  'job-list': ['stopping'],
  'node-list': ['after', 'limit', 'next'],
  'allocation-list': ['after', 'limit', 'next'],
  'policy-get': ['nowMs', 'programs'],
  'view-get': ['console'],
};
/** Fields within others that came after it, under the names of those. */
const LATER_FIELDS = [
  ...['spec.credit', 'jobs.credit', 'prices.energyKwh', 'host.energyJoules', 'container.drift'],
  ...['allocations.isStopping', 'allocations.isOutdated'],
  ...['allocations', 'to', 'steps'].flatMap((name) => [
    `${name}.expectedLowMs`,
    `${name}.expectedHighMs`,
    `${name}.provenCores`,
  ]),
];
const withoutLater = (value: unknown, under = ''): unknown => {
  if (Array.isArray(value)) return value.map((each) => withoutLater(each, under));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => !LATER_FIELDS.includes(`${under}.${name}`));
  return Object.fromEntries(kept.map(([name, each]) => [name, withoutLater(each, name)]));
};
const without = (value: object, verb: Verb): object => {
  const later = LATER[verb] ?? [];
  const kept = Object.entries(value).filter(([name]) => !later.includes(name));
  return withoutLater(Object.fromEntries(kept)) as object;
};

describe('release 0.1.0', () => {
  it('has no messages for the calls that came after it', () => {
    for (const verb of VERBS_AFTER_0_1_0)
      assert.throws(() => messageOf(verb, 'Request'), /no such type/i, verb);
  });

  for (const verb of VERBS.filter((each) => !VERBS_AFTER_0_1_0.includes(each))) {
    it(`${verb}: reads today's requests and answers, and is read`, () => {
      const calls = anyCall[verb];
      fc.assert(
        fc.property(calls.request as fc.Arbitrary<object>, (request) => {
          const sent = encodeRequest(verb, request as ServiceCalls[Verb]['request']);
          const back = decodeRequest(verb, throughEarlier(messageOf(verb, 'Request'), sent));
          const known = encodeRequest(verb, without(request, verb) as never);
          assert.deepEqual(back, decodeRequest(verb, known));
        }),
        { numRuns: 20 },
      );
      fc.assert(
        fc.property(calls.response as fc.Arbitrary<object>, (value) => {
          const sent = encodeReply(verb, { ok: true, value: value as never });
          const back = decodeReply(verb, throughEarlier(typeOf('ServiceReply'), sent));
          const known = { ok: true as const, value: without(value, verb) as never };
          assert.deepEqual(back, decodeReply(verb, encodeReply(verb, known)));
        }),
        { numRuns: 20 },
      );
    });
  }

  it('desired state: passes over who asked, and is read', () => {
    fc.assert(
      fc.property(anyDesiredState, (state) => {
        const back = decodeCommand(throughEarlier(typeOf('DesiredState'), encodeCommand(state)));
        const { ended: _, allocations, ...rest } = state;
        const known = allocations.map(({ requestedBy: __, spec, ...each }) => {
          if (spec === undefined) return each;
          const { credit: ___, ...earlierSpec } = spec;
          return { ...each, spec: earlierSpec };
        });
        assert.deepEqual(back, decodeCommand(encodeCommand({ ...rest, allocations: known })));
      }),
      { numRuns: 50 },
    );
  });
});
