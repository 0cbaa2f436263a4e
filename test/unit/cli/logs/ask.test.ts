import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { requestLog } from '../../../../cli/logs/ask.js';
import type { Bus, BusMessage } from '../../../../proto/bus.js';
import { subjectsOf } from '../../../../proto/subjects.js';
import type { NodeId } from '../../../../shared/ids.js';
import { err, ok } from '../../../../shared/result.js';
import { bytes } from '../../../lib/utf8.js';

const subjects = subjectsOf('test');
const node = 'h1' as NodeId;
const [PLAIN, OWN] = [subjects.logs(node), subjects.logsFor(node, 'U1')];

/** Where a client with that key asks, if each subject is answered so. */
async function askedBy(
  publicKey: string | undefined,
  answers: Readonly<Record<string, Awaited<ReturnType<Bus['request']>>>>,
) {
  const asked: string[] = [];
  const bus = {
    publicKey,
    request: async (subject: string) => {
      asked.push(subject);
      return answers[subject] ?? err('timeout');
    },
  } as unknown as Bus;
  const answer = await requestLog({ bus, subjects, node }, bytes('{}'), 1000);
  return { asked, answer: answer.ok ? 'ok' : answer.error };
}

const REPLY = ok<BusMessage>({ subject: '', data: bytes('{}'), headers: {} });

describe('a request for a log', () => {
  it('goes under the key of the client, where it has one', async () => {
    assert.deepEqual(await askedBy('U1', { [OWN]: REPLY }), { asked: [OWN], answer: 'ok' });
    assert.deepEqual(await askedBy(undefined, { [PLAIN]: REPLY }), {
      asked: [PLAIN],
      answer: 'ok',
    });
  });

  it('goes without where the agent or the configuration of the server is of 0.1.0', async () => {
    for (const failure of ['no-responders', 'denied'] as const)
      assert.deepEqual(await askedBy('U1', { [OWN]: err(failure), [PLAIN]: REPLY }), {
        asked: [OWN, PLAIN],
        answer: 'ok',
      });
  });

  it('that is not answered in time is not asked twice', async () => {
    assert.deepEqual(await askedBy('U1', {}), { asked: [OWN], answer: 'timeout' });
  });
});
