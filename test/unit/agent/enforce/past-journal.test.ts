import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { noteEarlierWrites } from '../../../../agent/enforce/earlier-writes.js';
import { Journal } from '../../../../agent/enforce/journal.js';
import { serialiseLedger } from '../../../../agent/enforce/ledger.js';
import { EMPTY_LEDGER, type LedgerEntry } from '../../../../agent/enforce/ledger-entry.js';
import { OriginalRecords } from '../../../../agent/enforce/original-records.js';
import { NO_PAST, type PastJournal, pastJournal } from '../../../../agent/enforce/past-journal.js';
import { UNSETTLED_MS, Unsettled } from '../../../../agent/enforce/unsettled.js';
import type { AllocationId } from '../../../../shared/ids.js';
import { idOf, limitOf, NO_CPU, NODE } from './build.js';
import { CLUSTER, EnforceWorld, MemoryFiles } from './world.js';

const OWN = { stateDir: '/own', labelPrefix: 'dqoes.', cluster: CLUSTER, node: NODE };
const at = (sinceMs: number, more: Partial<typeof OWN> = {}) => ({ ...OWN, ...more, sinceMs });
const entry: LedgerEntry = {
  containerId: idOf(1),
  allocation: 'adopted-1' as AllocationId,
  origin: 'label',
  original: NO_CPU,
  applied: limitOf(0.5),
};
const WHOLE = serialiseLedger({ ...EMPTY_LEDGER, entries: [entry] });

/** What is known where these folders hold these journals. */
const known = (
  entries: Parameters<typeof pastJournal>[0],
  journals: Readonly<Record<string, string>>,
): Promise<PastJournal> => pastJournal(entries, OWN, async (folder) => journals[folder] ?? null);

describe('the journal of the agent that ran before', () => {
  it('is no question where none ran, or only others do', async () => {
    assert.deepEqual(await known([], {}), NO_PAST);
    const other = { stateDir: '/other', labelPrefix: 'x.', node: 'h9' as typeof NODE };
    assert.deepEqual(await known([at(1, other)], {}), NO_PAST);
  });

  it('is read where it lies in another folder; ours is read anyway', async () => {
    const journals = { '/own': WHOLE, '/other': WHOLE };
    const other = at(2, { stateDir: '/other' });
    assert.deepEqual(await known([at(1), other], journals), { entries: [entry], isLost: false });
    assert.deepEqual(await known([other, at(3)], journals), NO_PAST);
  });

  it('is lost where it is gone or torn, and only the last one counts', async () => {
    const other = at(2, { stateDir: '/other' });
    for (const journals of [{ '/own': WHOLE }, { '/own': WHOLE, '/other': WHOLE.slice(0, -9) }])
      assert.equal((await known([at(1), other], journals)).isLost, true);
    assert.equal((await known([other, at(3)], { '/own': WHOLE })).isLost, false);
    assert.equal((await known([at(3)], {})).isLost, true);
  });
});

describe('an agent whose predecessor left no journal', () => {
  /** An agent that limits two containers is killed; the next finds what `damage` leaves. */
  async function succeeded(damage: (files: MemoryFiles) => void, past: PastJournal = NO_PAST) {
    const shared = new MemoryFiles();
    const open = async (files: MemoryFiles, before: PastJournal) =>
      Journal.open(files, await OriginalRecords.open(shared, 'dqoes.'), before);
    const first = await EnforceWorld.open({ journal: await open(new MemoryFiles(), NO_PAST) });
    const [a, b] = [await first.adopted('a'), await first.adopted('b')];
    await first.desire([first.want(a, 1), first.want(b, 0.5)]);
    const files = new MemoryFiles();
    files.files.set('journal', serialiseLedger({ ...EMPTY_LEDGER, entries: [] }));
    damage(files);
    const next = await EnforceWorld.open(
      { engine: first.engine, journal: await open(files, past) },
      first,
    );
    return { next, a, b };
  }
  const torn = (files: MemoryFiles): void => void files.files.set('journal', 'dqoes-journal 1 x');

  it('raises nothing while Docker may still do what that agent asked for', async () => {
    const { next, a, b } = await succeeded(torn);
    const ack = await next.desire([next.want(a, 0.3), next.want(b, 1.5)]);
    assert.deepEqual(
      [next.engine.kernelCores(a.id), next.engine.kernelCores(b.id)],
      [0.3, 0.5],
      'lowering is safe',
    );
    assert.match(ack.allocations[1]?.reason ?? '', /must wait: the journal of the agent before/);
    // What the dead agent had asked for comes now: nothing was given away.
    await next.engine.updateCpu(b.id, { ...NO_CPU, quotaUs: 90_000, periodUs: 100_000 });
    await next.clock.advance(UNSETTLED_MS + 1);
    await next.desire([next.want(a, 0.3), next.want(b, 1.5)]);
    assert.equal(next.engine.kernelCores(b.id), 1.5);
  });

  it('gives no first limit either, and waits for nothing where nothing was touched', async () => {
    const past = { entries: [], isLost: true };
    const { next, a, b } = await succeeded(() => {}, past);
    const c = await next.adopted('c');
    await next.desire([next.want(a, 0.3), next.want(b, 1), next.want(c, 0.2)]);
    assert.equal(next.engine.kernelCores(c.id), null);
    const fresh = await EnforceWorld.open({
      journal: await Journal.open(new MemoryFiles(), undefined, past),
    });
    const only = await fresh.adopted('only');
    await fresh.desire([fresh.want(only, 0.2)]);
    assert.equal(fresh.engine.kernelCores(only.id), 0.2);
  });

  it('raises as soon as each such container was written and read back, or is gone', async () => {
    const { next, a, b } = await succeeded(torn);
    await next.desire([next.want(a, 0.3), next.want(b, 0.4)]);
    await next.desire([next.want(a, 0.3), next.want(b, 1.5)]);
    assert.equal(next.engine.kernelCores(b.id), 1.5);
    const same = await succeeded(torn);
    await same.next.desire([same.next.want(same.a, 0.3), same.next.want(same.b, 0.5)]);
    await same.next.desire([same.next.want(same.a, 0.3), same.next.want(same.b, 1.5)]);
    assert.equal(same.next.engine.kernelCores(same.b.id), 1.5, 'what is in force is written again');
    const gone = await succeeded(torn);
    await gone.next.desire([gone.next.want(gone.a, 0.3), gone.next.want(gone.b, 1)]);
    gone.next.engine.remove(gone.b.id);
    await gone.next.desire([gone.next.want(gone.a, 1.5)]);
    assert.equal(gone.next.engine.kernelCores(gone.a.id), 1.5);
  });

  it('counts what a journal in another folder says', async () => {
    const journal = await Journal.open(new MemoryFiles(), undefined, {
      entries: [entry],
      isLost: false,
    });
    const unsettled = new Unsettled();
    noteEarlierWrites(journal, unsettled, 0);
    assert.equal(unsettled.maxCoresOf(entry.containerId, 1), 0.5);
  });
});
