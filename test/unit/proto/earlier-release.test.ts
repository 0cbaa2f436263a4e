import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import protobuf from 'protobufjs';
import type { ServiceCalls, Verb } from '../../../proto/schemas/service.js';
import { VERBS } from '../../../proto/schemas/service.js';
import {
  decodeReply,
  decodeRequest,
  encodeReply,
  encodeRequest,
} from '../../../proto/service-codec.js';
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
  'job-plan': ['costs', 'prices'],
  'policy-get': ['nowMs', 'programs'],
  'view-get': ['console'],
};
/** Calls that came after 0.1.0: it has no messages for them. */
const LATER_VERBS: readonly Verb[] = ['capacity', 'node-drain-plan'];
const without = (value: object, verb: Verb): object => {
  const later = LATER[verb] ?? [];
  const known = Object.entries(value).filter(([name]) => !later.includes(name));
  return withoutDrift(Object.fromEntries(known)) as object;
};
/** Containers stand deep inside of many answers; what others changed of them came later. */
function withoutDrift(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDrift);
  if (typeof value !== 'object' || value === null) return value;
  const isContainer = 'lifeId' in value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !isContainer || name !== 'drift')
      .map(([name, each]) => [name, withoutDrift(each)]),
  );
}

describe('release 0.1.0', () => {
  for (const verb of VERBS.filter((each) => !LATER_VERBS.includes(each))) {
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
});
