import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { connect } from 'nats';
import { connectNats } from '../../proto/nats/connect.js';
import { createUserKey } from '../../proto/nats/user-key.js';
import { ROLE_VERBS } from '../../proto/roles.js';
import { TOKEN_VERBS, VERBS } from '../../proto/schemas/service.js';
import { BUCKETS, CLEARED_BUCKETS } from '../../proto/store.js';
import {
  auditStreamOf,
  bucketOf,
  eventStreamOf,
  historyStreamOf,
  inboxPrefixOf,
  subjectsOf,
} from '../../proto/subjects.js';
import type { NodeId } from '../../shared/ids.js';
import { silentLog } from '../../shared/log.js';
import { bytes, text } from '../lib/utf8.js';
import { CLUSTER, GuardedServer, must, NAMES, type Name, refusedOf } from './guarded-server.js';

const subjects = subjectsOf(CLUSTER);
const [h1, h2] = ['h1', 'h2'] as [NodeId, NodeId];
const buckets = BUCKETS.map((bucket) => bucketOf(CLUSTER, bucket));
const events = eventStreamOf(CLUSTER);
const audit = auditStreamOf(CLUSTER);
const history = historyStreamOf(CLUSTER);
const streams = [...buckets.map((bucket) => `KV_${bucket}`), events, history, audit];
const cleared: readonly string[] = CLEARED_BUCKETS.map(
  (bucket) => `KV_${bucketOf(CLUSTER, bucket)}`,
);
/** Stands for the public key of who tries. */
const OWN_KEY = 'OWN_KEY';
/** Asking for logs in the name of another. */
const OTHER_READER = subjects.logsFor(h1, 'U2');
const call = (verb: string) => subjects.serviceFor(verb as (typeof VERBS)[number], OWN_KEY);
const withKey = (list: readonly string[], key: string): readonly string[] =>
  list.map((subject) => subject.replace(OWN_KEY, key));
const directGet = (bucket: string, key: string): string =>
  `$JS.API.DIRECT.GET.KV_dqoes-${CLUSTER}-${bucket}.$KV.dqoes-${CLUSTER}-${bucket}.${key}`;

/** Ways to change or read what is stored, other than by asking a coordinator. */
const STORE = [
  ...buckets.map((bucket) => `$KV.${bucket}.a`),
  ...streams.flatMap((stream) =>
    ['CREATE', 'UPDATE', 'DELETE', 'PURGE', 'MSG.DELETE', 'SNAPSHOT', 'RESTORE'].map(
      (verb) => `$JS.API.STREAM.${verb}.${stream}`,
    ),
  ),
  ...streams.flatMap((stream) => [
    `$JS.API.CONSUMER.CREATE.${stream}`,
    `$JS.API.CONSUMER.CREATE.${stream}.name`,
    `$JS.API.CONSUMER.DURABLE.CREATE.${stream}.name`,
    `$JS.API.CONSUMER.MSG.NEXT.${stream}.name`,
  ]),
  ...buckets.map((bucket) => `$JS.API.DIRECT.GET.KV_${bucket}`),
  ...streams.map((stream) => `$JS.API.STREAM.MSG.GET.${stream}`),
  '$JS.API.STREAM.NAMES',
  '$JS.API.INFO',

  '$SYS.REQ.SERVER.PING',
];
/** Ways to be taken for somebody else. */
const VOICES = [
  subjects.telemetry(h2),
  subjects.ack(h2),
  subjects.command(h1),
  subjects.command(h2),
  subjects.event('job', 'placed'),
  subjects.audit('job-stop'),
  subjects.service('job-list'),
  subjects.serviceFor('job-list', 'U2'),
  subjects.tokenCallFor('job-submit', 'U2'),
  `${subjects.service('job-list')}.operator.olga.${OWN_KEY}`,
  `${subjects.service('job-list')}.operator.olga.U2`,
  subjects.view(h1),
  subjects.minute(h1),
  `dqoes-kv.${bucketOf(CLUSTER, 'jobs')}.a`,
];
const INBOXES = [`${inboxPrefixOf('U2')}.a`, '_INBOX.a'];
/** Ways to listen to what is for somebody else. */
const EARS = [
  '>',
  '*',
  '_INBOX.>',
  `${inboxPrefixOf('U2')}.>`,
  '$KV.>',
  'dqoes-kv.>',
  '$JS.>',
  '$SYS.>',
  subjects.allServices,
  subjects.allTokenCalls,
  subjects.tokenCall('job-submit'),
  call('job-submit'),
  subjects.allAcks,
];

interface Forbidden {
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}
const notTheVerbsOf = (role: keyof typeof ROLE_VERBS) =>
  VERBS.filter((verb) => !ROLE_VERBS[role].includes(verb)).map(call);
const FORBIDDEN: Readonly<Record<Name, Forbidden>> = {
  'agent-h1': {
    publish: [
      ...STORE,
      ...VOICES,
      ...VERBS.map(call),
      directGet('desired', 'h2'),
      directGet('jobs', 'a'),
      directGet('lease', 'lease'),
      ...streams.map((stream) => `$JS.API.STREAM.INFO.${stream}`),
      subjects.logs(h1),
      subjects.logs(h2),
      subjects.logsFor(h2, OWN_KEY),
      OTHER_READER,
      `$JS.API.DIRECT.GET.${audit}`,
      subjects.tokenCall('job-submit'),
      subjects.tokenCallFor('job-submit', OWN_KEY),
      `$JS.API.DIRECT.GET.${history}`,
    ],
    subscribe: [
      ...EARS,
      subjects.allViews,
      subjects.allMinutes,
      subjects.command(h2),
      subjects.allCommands,
      subjects.logs(h2),
      subjects.namedLogs(h2),
      subjects.allTelemetry,
      subjects.allEvents,
    ],
  },
  'agent-h2': { publish: [subjects.telemetry(h1)], subscribe: [subjects.command(h1)] },
  'vic-viewer': {
    publish: [
      ...[...STORE, ...VOICES, ...INBOXES, ...notTheVerbsOf('viewer')],
      subjects.logs(h1),
      subjects.logsFor(h1, OWN_KEY),
      OTHER_READER,
      `$JS.API.DIRECT.GET.${audit}`,
    ],
    subscribe: [...EARS, subjects.allTelemetry, subjects.allCommands, subjects.command(h1)],
  },
  'sue-submitter': {
    publish: [
      ...[...STORE, ...VOICES, ...INBOXES, ...notTheVerbsOf('submitter')],
      OTHER_READER,
      `$JS.API.DIRECT.GET.${audit}`,
    ],
    subscribe: [...EARS, subjects.allTelemetry, subjects.allCommands, subjects.command(h1)],
  },
  operator: { publish: [...STORE, ...VOICES, ...INBOXES, OTHER_READER], subscribe: EARS },
  coordinator: {
    publish: [
      ...streams.map((stream) => `$JS.API.STREAM.DELETE.${stream}`),
      ...streams
        .filter((stream) => !cleared.includes(stream))
        .map((stream) => `$JS.API.STREAM.PURGE.${stream}`),
      ...buckets.map((bucket) => `$JS.API.STREAM.UPDATE.KV_${bucket}`),
      `$JS.API.STREAM.UPDATE.${audit}`,
      ...[events, audit].map((stream) => `$JS.API.STREAM.MSG.DELETE.${stream}`),
      subjects.telemetry(h1),
      subjects.ack(h1),
      '_INBOX.a',
      '$SYS.REQ.SERVER.PING',
    ],
    subscribe: ['>', '_INBOX.>', '$KV.>', '$SYS.>', subjects.allEvents],
  },
};

describe('a server with the configuration of dqoes', function () {
  this.timeout(30_000);
  let guarded: GuardedServer;
  before(async () => {
    guarded = await GuardedServer.start();
    must(await (await guarded.client('coordinator')).stores.install(CLUSTER, { replicas: 1 }));
  });
  after(() => guarded.stop());

  it('lets nobody in without a key that it knows', async () => {
    await assert.rejects(connect({ servers: guarded.url }), /Authorization Violation/);
    await assert.rejects(
      connect({ servers: guarded.url, user: 'operator', pass: '' }),
      /Authorization Violation/,
    );
    const { seed } = createUserKey();
    const unknown = await connectNats({
      servers: [guarded.url],
      name: 'stranger',
      log: silentLog,
      auth: { kind: 'nkey', seed },
    });
    assert.ok(!unknown.ok);
    assert.match(unknown.error, /does not know these credentials.*dqoes auth add-user/);
    assert.equal(unknown.error.includes(seed), false);
  });

  for (const name of NAMES)
    it(`refuses ${name} what is not for it`, async () => {
      const { subscribe } = FORBIDDEN[name];
      const publish = withKey(FORBIDDEN[name].publish, guarded.publicKeyOf(name));
      const wanted = [
        ...publish.map((subject) => `publish ${subject}`),
        ...subscribe.map((subject) => `subscription ${subject}`),
      ];
      const refused = await refusedOf(await guarded.raw(name), { publish, subscribe });
      assert.deepEqual(refused, wanted.sort());
    });

  it('refuses no request of those that each role may make', async () => {
    for (const [name, role] of [
      ['vic-viewer', 'viewer'],
      ['sue-submitter', 'submitter'],
      ['operator', 'operator'],
    ] as const) {
      const key = guarded.publicKeyOf(name);
      const publish = [
        ...withKey(ROLE_VERBS[role].map(call), key),
        ...TOKEN_VERBS.map((verb) => subjects.tokenCall(verb)),
        ...TOKEN_VERBS.map((verb) => subjects.tokenCallFor(verb, key)),
        ...[events, history].map((stream) => `$JS.API.DIRECT.GET.${stream}`),
        ...(role === 'operator' ? [`$JS.API.DIRECT.GET.${audit}`] : []),
        ...(role === 'viewer' ? [] : [subjects.logs(h1), subjects.logsFor(h1, key)]),
      ];
      const subscribe = [subjects.allEvents, subjects.allViews, subjects.allMinutes];
      assert.deepEqual(await refusedOf(await guarded.raw(name), { publish, subscribe }), []);
    }
  });

  it('tells a coordinator whether somebody follows its views', async () => {
    const { bus } = await guarded.client('coordinator');
    const ask = () => bus.request(subjects.view(h1), bytes('a view'), { timeoutMs: 500 });
    const nobody = await ask();
    assert.equal(nobody.ok ? '' : nobody.error, 'no-responders');
    const viewer = await guarded.client('vic-viewer');
    const heard: string[] = [];
    const following = viewer.bus.subscribe(subjects.allViews, ({ data }) => heard.push(text(data)));
    await viewer.bus.flush();
    const somebody = await ask();
    assert.equal(somebody.ok ? '' : somebody.error, 'timeout');
    assert.deepEqual(heard, ['a view']);
    following.unsubscribe();
  });

  it('does not write a bucket for a key that may not: answers go to inboxes only', async () => {
    const coordinator = await guarded.client('coordinator');
    const lease = must(await coordinator.stores.open(CLUSTER, 'lease'));
    must(await lease.put('lease', bytes('as it was')));
    const desired = must(await coordinator.stores.open(CLUSTER, 'desired'));
    must(await desired.put('h1', bytes('desired of h1')));
    const served = await coordinator.bus.serve({
      name: 'dqoes-coordinator',
      version: '0.0.1',
      description: '',
      endpoints: [
        {
          name: 'job-list',
          subject: subjects.namedService('job-list'),
          handle: (request) => request.respond(bytes('forged')),
        },
      ],
    });
    const reply = `$KV.${bucketOf(CLUSTER, 'lease')}.lease`;
    const asked: Readonly<Record<string, readonly string[]>> = {
      'agent-h1': [directGet('desired', 'h1')],
      'vic-viewer': [call('job-list'), `$JS.API.DIRECT.GET.${events}`],
      operator: [call('job-list'), `$JS.API.DIRECT.GET.${events}`],
    };
    for (const [name, requests] of Object.entries(asked)) {
      const connection = await guarded.raw(name);
      for (const request of withKey(requests, guarded.publicKeyOf(name)))
        connection.publish(request, bytes('{"seq":1}'), { reply });
      // An honest request after it on the same connection is answered, so the others were, too.
      await connection.flush();
    }
    const reading = await guarded.client('agent-h1');
    const read = must(await reading.stores.reader(CLUSTER, 'desired').get('h1'));
    assert.equal(read === null ? '' : text(read.value), 'desired of h1');
    // Through the same coordinator, after all that was sent before.
    const viewer = await guarded.client('vic-viewer');
    const own = subjects.serviceFor('job-list', viewer.bus.publicKey);
    const answer = await viewer.bus.request(own, bytes(''), { timeoutMs: 5000 });
    assert.equal(answer.ok && text(answer.value.data), 'forged');
    const now = must(await lease.get('lease'));
    assert.equal(now === null ? '' : text(now.value), 'as it was');
    served.unsubscribe();
  });
});
