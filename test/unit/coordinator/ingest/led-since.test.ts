import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { othersHaveLedSince } from '../../../../coordinator/ingest/led-since.js';
import { emptyState } from '../../../../coordinator/state/model.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import { createMemoryBus } from '../../../../proto/memory/bus.js';
import { subjectsOf } from '../../../../proto/subjects.js';
import { encodeReport } from '../../../../proto/telemetry.js';
import { silentLog } from '../../../../shared/log.js';
import { ManualClock } from '../../../lib/manual-clock.js';
import { nodeId, report } from '../build.js';

const subjects = subjectsOf('test');
const NODES = ['h1', 'h2', 'h3'];
const OURS = 7;

describe('whether others have led since', () => {
  let clock: ManualClock;
  let bus: ReturnType<typeof createMemoryBus>;
  let answer: boolean | undefined;
  beforeEach(() => {
    clock = new ManualClock();
    bus = createMemoryBus({ clock, log: silentLog });
    answer = undefined;
  });

  const ask = (names: readonly string[] = NODES): void => {
    const start = emptyState({ incarnation: 'i', epoch: OURS, policy: 'equal' });
    const reports = names.map((name) => ({ atMs: 0, report: report(name) }));
    const state = reduce(start, { kind: 'reports', atMs: 0, reports });
    const { signal } = new AbortController();
    void othersHaveLedSince(state, { bus, subjects, clock, signal }).then((found) => {
      answer = found;
    });
  };
  const say = async (name: string, epoch: number, incarnation = 'i'): Promise<void> => {
    const said = report(name, { holds: { incarnation, epoch, revision: 1 } });
    bus.publish(subjects.telemetry(nodeId(name)), encodeReport(said));
    await clock.advance(10);
  };

  it('is known as soon as all nodes were heard, by most of them', async () => {
    ask();
    await say('h1', OURS + 1);
    await say('h2', OURS + 1);
    assert.equal(answer, undefined);
    await say('h3', OURS);
    assert.equal(answer, true);
  });

  it('is not so where few say it, or it is out of reach or of another store', async () => {
    ask();
    await say('h1', OURS + 1);
    await say('h2', 2 ** 50);
    await say('h3', OURS + 1, 'other');
    assert.equal(answer, false);
  });

  it('goes by those that report in time, and by nobody else', async () => {
    ask();
    await say('h9', OURS);
    bus.publish(subjects.telemetry(nodeId('h2')), new Uint8Array([1, 2, 3]));
    await say('h1', OURS + 1);
    await clock.advance(10_000);
    assert.equal(answer, true);
  });

  it('is not so where no node is known, or none is heard', async () => {
    ask([]);
    await clock.advance(0);
    assert.equal(answer, false);
    answer = undefined;
    ask();
    await clock.advance(10_000);
    assert.equal(answer, false);
  });
});
