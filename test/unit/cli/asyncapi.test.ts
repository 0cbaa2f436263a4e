import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { Check } from 'typebox/schema';
import { parse } from 'yaml';
import { encodeEvent, eventSubject } from '../../../proto/event.js';
import { EVENT_TYPES } from '../../../proto/schemas/event.js';
import { subjectsOf } from '../../../proto/subjects.js';

type Values = Readonly<Record<string, unknown>>;
interface Document {
  readonly asyncapi: string;
  readonly channels: Readonly<Record<string, { readonly address: string }>>;
  readonly operations: Readonly<Record<string, { readonly action: string }>>;
  readonly components: {
    readonly messages: Readonly<Record<string, { readonly payload: Values }>>;
    readonly schemas: Values;
  };
}

// The tests run in dist/test/unit/cli; the documents are not built.
const text = readFileSync(new URL('../../../../docs/asyncapi.yaml', import.meta.url), 'utf8');
const document = parse(text) as Document;
const { channels, components } = document;

describe('docs/asyncapi.yaml', () => {
  it('has a channel, an operation and a message for each type of event', () => {
    assert.equal(document.asyncapi, '3.0.0');
    const subjects = subjectsOf('CLUSTER');
    const addresses = EVENT_TYPES.map((type) =>
      eventSubject(subjects, type).replace('CLUSTER', '{cluster}'),
    );
    assert.deepEqual(
      Object.values(channels).map(({ address }) => address),
      addresses,
    );
    assert.deepEqual(Object.keys(components.messages), EVENT_TYPES);
    assert.deepEqual(Object.keys(document.operations), Object.keys(channels));
    assert.ok(Object.values(document.operations).every(({ action }) => action === 'send'));
  });

  it('refers only to what is there', () => {
    const found = [...text.matchAll(/\$ref: "?#\/([^"\n]+)"?/g)].map(([, path = '']) => path);
    assert.ok(found.length > 100);
    for (const path of found) {
      const target = path
        .split('/')
        .reduce<unknown>((value, key) => (value as Values | undefined)?.[key], document);
      assert.notEqual(target, undefined, path);
    }
  });

  it('takes an event as it is sent, and refuses one of another type', () => {
    const sent = JSON.parse(new TextDecoder().decode(encodeEvent(EVENT))) as Values;
    assert.ok(isMessage('dqoes.job.submitted', sent));
    assert.ok(!isMessage('dqoes.job.stopped', sent));
    assert.ok(!isMessage('dqoes.job.submitted', { ...sent, data: { job: 'a' } }));
  });
});

const EVENT = {
  type: 'dqoes.job.submitted',
  id: 'job-submitted.a.1',
  source: '/dqoes/main/coordinator',
  timeMs: 1e12,
  data: { job: 'a', change: 'created', replicas: 1 },
} as never;

/** By the payload of the message, with the components where JSON Schema looks for them. */
function isMessage(type: string, value: unknown): boolean {
  const whole = { ...components.messages[type]?.payload, $defs: components.schemas };
  const schema = JSON.parse(
    JSON.stringify(whole).replaceAll('#/components/schemas/', '#/$defs/'),
  ) as object;
  return Check(schema, value);
}
