import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { headers } from 'nats';
import { LEAVE_HEADER } from '../../proto/command.js';
import { eventStreamOf, subjectsOf } from '../../proto/subjects.js';
import type { NodeId } from '../../shared/ids.js';
import { until } from '../lib/until.js';
import { bytes, text } from '../lib/utf8.js';
import { CLUSTER, GuardedServer, must } from './guarded-server.js';

const subjects = subjectsOf(CLUSTER);
const [h1, h2] = ['h1', 'h2'] as [NodeId, NodeId];

/** A sender names where the answer goes, and NATS does not ask whether it may publish there. */
describe('an answer that its asker sends somewhere else', function () {
  this.timeout(30_000);
  let guarded: GuardedServer;
  before(async () => {
    guarded = await GuardedServer.start();
  });
  after(() => guarded.stop());

  it('of an agent that was broken into reaches no other node and no coordinator', async () => {
    const heard: string[] = [];
    const coordinator = await guarded.raw('coordinator');
    const other = await guarded.raw('agent-h2');
    const places = [
      subjects.command(h2),
      subjects.serviceFor('policy-set', guarded.publicKeyOf('operator')),
      subjects.telemetry(h2),
    ];
    for (const [listener, subject] of [
      [other, subjects.command(h2)],
      [coordinator, subjects.allServices],
      [coordinator, subjects.allTelemetry],
    ] as const)
      listener.subscribe(subject, { callback: (_, message) => heard.push(message.subject) });
    await Promise.all([coordinator.flush(), other.flush()]);
    const broken = await guarded.raw('agent-h1');
    const sent = headers();
    sent.set(LEAVE_HEADER, 'boot-of-h2');
    broken.subscribe(subjects.logs(h1), {
      callback: (_, message) => void message.respond(bytes('forged'), { headers: sent }),
    });
    await broken.flush();
    const asker = await guarded.raw('sue-submitter');
    for (const reply of places) asker.publish(subjects.logs(h1), bytes('{}'), { reply });
    // An honest request after those: its answer has left the agent after theirs.
    const answer = await asker.request(subjects.logs(h1), bytes('{}'), { timeout: 5000 });
    assert.equal(text(answer.data), 'forged');
    await Promise.all([coordinator.flush(), other.flush()]);
    assert.deepEqual(heard, []);
  });

  it('of the server, which read an event for it, is no new event', async () => {
    const { bus, stores } = await guarded.client('coordinator');
    must(await stores.install(CLUSTER, { replicas: 1 }));
    const lost = subjects.event('node', 'down');
    const event = JSON.stringify({ id: '1', type: 'dqoes.node.down' });
    const events = eventStreamOf(CLUSTER);
    const viewer = await guarded.raw('vic-viewer');
    const read = (reply?: string) =>
      viewer.publish(`$JS.API.DIRECT.GET.${events}`, bytes('{"seq":1}'), reply ? { reply } : {});
    await until(async () => {
      bus.publish(lost, bytes(event));
      await bus.flush();
      const asked = `$JS.API.DIRECT.GET.${events}`;
      const answer = await viewer.request(asked, bytes('{"seq":1}'));
      return text(answer.data) === event;
    }, 'the event to be stored');
    const heard: string[] = [];
    const follower = await guarded.client('operator');
    for (const subject of [subjects.allEvents, subjects.allViews, subjects.allMinutes])
      follower.bus.subscribe(subject, (message) => void heard.push(message.subject));
    await follower.bus.flush();
    for (const subject of [lost, subjects.view(h1), subjects.minute(h1)]) read(subject);
    await viewer.request(`$JS.API.DIRECT.GET.${events}`, bytes('{"seq":1}'));
    // One that a coordinator sends after them is heard.
    const next = subjects.event('node', 'joined');
    bus.publish(next, bytes(event));
    await until(() => heard.includes(next), 'the event after them');
    assert.deepEqual(heard, [next]);
  });

  it('of a coordinator is no call of its service', async () => {
    const called: string[] = [];
    const coordinator = await guarded.client('coordinator');
    const served = await coordinator.bus.serve({
      name: 'dqoes-coordinator',
      version: '0.0.1',
      description: '',
      endpoints: (['job-list', 'policy-set'] as const).map((name) => ({
        name,
        subject: subjects.namedService(name),
        handle: (request) => {
          called.push(name);
          request.respond(bytes('answer'));
        },
      })),
    });
    const viewer = await guarded.raw('vic-viewer');
    const list = subjects.serviceFor('job-list', guarded.publicKeyOf('vic-viewer'));
    const reply = subjects.serviceFor('policy-set', guarded.publicKeyOf('operator'));
    viewer.publish(list, bytes(''), { reply });
    // An honest call after it is answered, so the steered one was, too.
    const answer = await viewer.request(list, bytes(''));
    assert.equal(text(answer.data), 'answer');
    await coordinator.bus.flush();
    assert.deepEqual(called, ['job-list', 'job-list']);
    served.unsubscribe();
  });
});
