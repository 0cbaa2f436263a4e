import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Session } from '../../../../cli/shell/session.js';
import { waitForDrain } from '../../../../cli/shell/wait-drain.js';
import type { AllocationStatus } from '../../../../proto/schemas/status.js';
import type { AllocationId, NodeId } from '../../../../shared/ids.js';
import { err, ok } from '../../../../shared/result.js';
import { testApp } from '../../../lib/cli-app.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { allocationStatus, containerReport } from '../builders.js';

const NODE = 'h1' as NodeId;
const one = (id: string): AllocationStatus =>
  allocationStatus({ id: id as AllocationId, reason: 'fits nowhere' });

describe('waiting for a node to be drained', () => {
  let stays: readonly { readonly allocation: string; readonly reason: string }[] = [];
  const UNKNOWN = { code: 'service.unavailable', field: '', message: 'no such call' };

  /** `looks`: what is on the node at each look, or that nobody answers; the last one stays. */
  const wait = async (...looks: readonly (readonly AllocationStatus[] | 'away')[]) => {
    const clock = new ManualClock();
    const { app, problems } = testApp();
    const shown: string[] = [];
    const status = (line: string): void => void shown.push(line);
    let next = 0;
    const call = async (verb: string) => {
      if (verb === 'node-drain-plan')
        return stays.length === 0
          ? err([UNKNOWN])
          : ok({ node: NODE, moves: [], stays, effects: [] });
      next += 1;
      const allocations = looks[Math.min(next, looks.length) - 1] ?? [];
      return allocations === 'away'
        ? err([{ code: 'service.unavailable', field: '', message: 'nobody leads' }])
        : ok({ node: {}, allocations });
    };
    const waiting = waitForDrain(
      { ...app, clock, output: { ...app.output, status } },
      { call } as unknown as Session,
      { node: NODE, waitTimeout: 5000 },
    );
    await clock.advance(10_000);
    return { code: await waiting, shown, problems };
  };

  it('shows how many have moved, and takes that away at the end', async () => {
    const { code, shown } = await wait([one('a-1'), one('b-1')], [one('a-1')], []);
    assert.equal(code, 0);
    assert.deepEqual(shown, [
      'moving [....................] 0 of 2 containers',
      'moving [##########..........] 1 of 2 containers',
      '',
    ]);
  });

  it('names what is left when time runs out, with its reason', async () => {
    const { code, problems, shown } = await wait([one('a-1')]);
    assert.equal(code, 1);
    assert.match(problems.join(), /^a-1 is still on h1 \(fits nowhere\): .*\[node\.in-use\]$/);
    assert.equal(shown.at(-1), '');
  });

  it('says of what stays why it does, and not why its limit is what it is', async () => {
    stays = [{ allocation: 'a-1', reason: 'node h2 has no label zone' }];
    const { problems } = await wait([one('a-1'), one('b-1')]);
    stays = [];
    assert.match(problems[0] ?? '', /^a-1 is still on h1 \(node h2 has no label zone\): /);
    assert.match(problems[1] ?? '', /^b-1 is still on h1 \(fits nowhere\): /);
  });

  it('does not wait for containers that dqoes did not start', async () => {
    const adopted = allocationStatus({ container: containerReport({ origin: 'label' }) });
    assert.equal((await wait([adopted])).code, 0);
  });

  it('goes on where another coordinator takes over, and not for ever', async () => {
    const { code, problems } = await wait([one('a-1')], 'away', 'away', []);
    assert.deepEqual([code, problems], [0, []]);
    const never = await wait([one('a-1')], 'away');
    assert.equal(never.code, 1);
    assert.match(never.problems.join(), /nobody leads \[service\.unavailable\]/);
  });
});
