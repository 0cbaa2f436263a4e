import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { JOURNAL_FILE, Journal } from '../../../../agent/enforce/journal.js';
import {
  forget,
  forgetVersion,
  intend,
  obey,
  parseLedger,
  serialiseLedger,
} from '../../../../agent/enforce/ledger.js';
import { EMPTY_LEDGER, entryOf, type LedgerEntry } from '../../../../agent/enforce/ledger-entry.js';
import type { AllocationId } from '../../../../shared/ids.js';
import { idOf, limitOf, NO_CPU, quotaOfCores } from './build.js';
import { MemoryFiles } from './world.js';

const touch = (serial: number, overrides: Partial<LedgerEntry> = {}): LedgerEntry => ({
  containerId: idOf(serial),
  allocation: `adopted-${serial}` as AllocationId,
  origin: 'label',
  original: NO_CPU,
  applied: limitOf(0.5),
  ...overrides,
});

describe('ledger', () => {
  it('takes the original at the first touch and never again', () => {
    const first = intend(EMPTY_LEDGER, touch(1, { original: quotaOfCores(1) }));
    const second = intend(first, touch(1, { original: quotaOfCores(0.5), applied: limitOf(0.2) }));
    assert.deepEqual(entryOf(second, idOf(1))?.original, quotaOfCores(1));
    assert.deepEqual(entryOf(second, idOf(1))?.applied, limitOf(0.2));
    assert.equal(second.entries.length, 1);
  });

  it('does not believe a version that no leader can follow, and keeps the originals', () => {
    for (const [epoch, revision] of [
      [2 ** 53 - 1, 1],
      [1, 2 ** 53 - 1],
    ] as const) {
      const poisoned = obey(intend(EMPTY_LEDGER, touch(1)), { incarnation: 'i', epoch, revision });
      const read = parseLedger(serialiseLedger(poisoned));
      assert.ok(read.ok);
      assert.deepEqual(read.value, { ...poisoned, holds: null });
    }
  });

  it('forgets the version when told, and nothing else', () => {
    const held = obey(intend(EMPTY_LEDGER, touch(1)), { incarnation: 'i', epoch: 9, revision: 1 });
    assert.deepEqual(forgetVersion(held), { ...held, holds: null });
  });

  it('forgets what was put back', () => {
    const ledger = intend(intend(EMPTY_LEDGER, touch(1)), touch(2));
    assert.deepEqual(
      forget(ledger, idOf(1)).entries.map((entry) => entry.containerId),
      [idOf(2)],
    );
  });

  it('survives being written and read', () => {
    const ledger = obey(intend(EMPTY_LEDGER, touch(1)), {
      incarnation: 'x',
      epoch: 3,
      revision: 9,
    });
    assert.deepEqual(parseLedger(serialiseLedger(ledger)), { ok: true, value: ledger });
  });

  it('knows a torn file at every length', () => {
    const text = serialiseLedger(intend(EMPTY_LEDGER, touch(1)));
    for (let length = 0; length < text.length - 1; length += 1)
      assert.equal(parseLedger(text.slice(0, length)).ok, false, `cut at ${length}`);
  });

  it('knows a changed byte', () => {
    const text = serialiseLedger(intend(EMPTY_LEDGER, touch(1)));
    const at = text.indexOf('label');
    assert.equal(parseLedger(`${text.slice(0, at)}Label${text.slice(at + 5)}`).ok, false);
  });
});

describe('journal', () => {
  it('is durable when update resolves', async () => {
    const files = new MemoryFiles();
    const journal = await Journal.open(files);
    await journal.update(intend(journal.ledger, touch(1)));
    const again = await Journal.open(files);
    assert.deepEqual(again.ledger, journal.ledger);
    assert.equal(again.setAsideAs, null);
  });

  it('sets a torn file aside and begins anew', async () => {
    const files = new MemoryFiles();
    files.files.set(JOURNAL_FILE, 'dqoes-journal 1 sha256:00');
    const journal = await Journal.open(files);
    assert.equal(journal.setAsideAs, 'journal.torn');
    assert.deepEqual(journal.ledger, EMPTY_LEDGER);
    assert.equal(files.files.has('journal.torn'), true);
  });

  it('keeps the old state when the disk refuses', async () => {
    const files = new MemoryFiles();
    const journal = await Journal.open(files);
    files.broken = true;
    await assert.rejects(journal.update(intend(journal.ledger, touch(1))), /no space/);
    assert.deepEqual(journal.ledger, EMPTY_LEDGER);
  });
});
