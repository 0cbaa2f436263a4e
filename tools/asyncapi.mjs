// docs/asyncapi.yaml: the events as AsyncAPI 3.0, made from the schemas by tools/schemas.mjs.
import { stringify } from 'yaml';

const HEADER =
  '# Made by npm run schemas from proto/schemas/event.ts. A test holds it up to date.\n';

/**
 * `types`: sentence of each type of event; `definitions`: JSON Schemas of their data and of what
 * these share, which refer to each other by `#/$defs/…`.
 */
export function asyncApi({ version, types, definitions }) {
  const names = Object.keys(types);
  const document = {
    asyncapi: '3.0.0',
    info: {
      title: 'Events of dqoes',
      version,
      description:
        'What happens in a cluster, sent by the coordinator that leads: CloudEvents 1.0 in ' +
        'structured mode over NATS. The stream dqoes-{cluster}-events keeps them for seven days.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    servers: { local: { host: '127.0.0.1:4222', protocol: 'nats' } },
    channels: fromEach(names, (type) => ({
      address: `dqoes.v1.{cluster}.evt.${shortOf(type)}`,
      parameters: { cluster: { description: 'Name of the cluster.', default: 'main' } },
      messages: { event: { $ref: `#/components/messages/${type}` } },
    })),
    operations: fromEach(names, (type) => ({
      action: 'send',
      channel: { $ref: `#/channels/${shortOf(type)}` },
      summary: types[type],
    })),
    components: {
      messages: Object.fromEntries(names.map((type) => [type, messageOf(type, types[type])])),
      schemas: { CloudEvent: CLOUD_EVENT, ...withRefs(definitions) },
    },
  };
  return `${HEADER}${stringify(document, { lineWidth: 100, aliasDuplicateObjects: false })}`;
}

const shortOf = (type) => type.replace(/^dqoes\./, '');
const fromEach = (types, make) =>
  Object.fromEntries(types.map((type) => [shortOf(type), make(type)]));

const messageOf = (type, summary) => ({
  name: type,
  title: type,
  summary,
  contentType: 'application/cloudevents+json',
  payload: {
    allOf: [
      { $ref: '#/components/schemas/CloudEvent' },
      {
        type: 'object',
        properties: {
          type: { const: type },
          data: { $ref: `#/components/schemas/${type}` },
        },
      },
    ],
  },
});

const text = { type: 'string' };
const CLOUD_EVENT = {
  type: 'object',
  properties: {
    specversion: { const: '1.0' },
    id: {
      ...text,
      description: 'The same for the same happening, whichever coordinator sends it.',
    },
    source: { ...text, description: 'Such as /dqoes/main/coordinator.' },
    type: text,
    subject: { ...text, description: 'The job, the node or the coordinator it is about.' },
    time: { ...text, format: 'date-time' },
    datacontenttype: { const: 'application/json' },
    data: { type: 'object' },
  },
  required: ['specversion', 'id', 'source', 'type', 'time', 'data'],
};

/** The definitions as components: their references lead there. */
const withRefs = (definitions) =>
  JSON.parse(JSON.stringify(definitions).replaceAll('"#/$defs/', '"#/components/schemas/'));
