import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Session } from '../../../../cli/shell/session.js';
import { silentNotes } from '../../../../cli/shell/silent-hosts.js';
import type { NodeStatus } from '../../../../proto/schemas/status.js';
import type { NodeId } from '../../../../shared/ids.js';
import { err, ok } from '../../../../shared/result.js';
import { nodeStatus } from '../top/build.js';

const on = (node: string | null, ageMs: number | null) => ({ node: node as NodeId | null, ageMs });

describe('values of hosts that are silent', () => {
  const answering = (nodes: readonly NodeStatus[] | null) => {
    let asked = 0;
    const call = (async () => {
      asked += 1;
      const fault = { code: 'service.unavailable', field: '', message: 'nobody leads' } as const;
      return nodes === null ? err([fault]) : ok({ nodes });
    }) as unknown as Session['call'];
    return { session: { call }, asked: () => asked };
  };

  it('are named, those of hosts that are not listed are not', async () => {
    const { session } = answering([
      nodeStatus('h1'),
      nodeStatus('h2', { liveness: 'suspect', ageMs: 40_000 }),
      nodeStatus('h3', { liveness: 'down', ageMs: 125_000 }),
      nodeStatus('h4', { liveness: 'down', ageMs: 1e6 }),
    ]);
    const listed = [on('h1', 400), on('h2', 40_000), on('h3', 125_000), on(null, null)];
    assert.deepEqual(await silentNotes(session, listed), [
      'Silent: h2 for 40s, h3 for 2m5s; their values are the last known.',
    ]);
  });

  it('of many hosts the first are named', async () => {
    const ids = Array.from({ length: 7 }, (_, i) => `h${i}`);
    const down = { liveness: 'down', ageMs: 60_000 } as const;
    const { session } = answering(ids.map((id) => nodeStatus(id, down)));
    const [line] = await silentNotes(
      session,
      ids.map((id) => on(id, 60_000)),
    );
    assert.match(line ?? '', /h4 for 1m and 2 more;/);
  });

  it('nobody is asked where all are new; a slow host and no answer are no silence', async () => {
    const quick = answering([]);
    assert.deepEqual(await silentNotes(quick.session, [on('h1', 5000), on(null, null)]), []);
    assert.equal(quick.asked(), 0);
    const slow = answering([nodeStatus('h1')]);
    assert.deepEqual(await silentNotes(slow.session, [on('h1', 9000)]), []);
    assert.deepEqual(await silentNotes(answering(null).session, [on('h1', 9000)]), []);
  });
});
