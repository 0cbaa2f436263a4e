import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { subjectsOf } from '../../proto/subjects.js';
import { bytes, text } from '../lib/utf8.js';
import { CLUSTER, GuardedServer } from './guarded-server.js';

const subjects = subjectsOf(CLUSTER);

/** A sender names where the answer goes, and NATS does not ask whether it may publish there. */
describe('an answer that its asker sends somewhere else', function () {
  this.timeout(30_000);
  let guarded: GuardedServer;
  before(async () => {
    guarded = await GuardedServer.start();
  });
  after(() => guarded.stop());

  it('of a coordinator is no call of its service', async () => {
    const called: string[] = [];
    const coordinator = await guarded.client('coordinator');
    const served = await coordinator.bus.serve({
      name: 'dqoes-coordinator',
      version: '0.0.1',
      description: '',
      endpoints: (['job-list', 'policy-set'] as const).map((name) => ({
        name,
        subject: subjects.service(name),
        handle: (request) => {
          called.push(name);
          request.respond(bytes('answer'));
        },
      })),
    });
    const viewer = await guarded.raw('vic-viewer');
    const reply = subjects.service('policy-set');
    viewer.publish(subjects.service('job-list'), bytes(''), { reply });
    // An honest call after it is answered, so the steered one was, too.
    const answer = await viewer.request(subjects.service('job-list'), bytes(''));
    assert.equal(text(answer.data), 'answer');
    await coordinator.bus.flush();
    assert.deepEqual(called, ['job-list', 'job-list']);
    served.unsubscribe();
  });
});
