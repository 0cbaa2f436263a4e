import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { intend, parseLedger, serialiseLedger, settle } from '../../../../agent/enforce/ledger.js';
import type { Ledger } from '../../../../agent/enforce/ledger-entry.js';

// The tests run in dist/test/unit/agent/enforce; fixtures are not built.
const folder = new URL('../../../../../test/fixtures/journal/', import.meta.url);
const releases = readdirSync(folder).filter((name) => /^\d/.test(name));
const textOf = (release: string): string => readFileSync(new URL(release, folder), 'utf8');
const ledgerOf = (release: string): Ledger => {
  const read = parseLedger(textOf(release));
  return read.ok ? read.value : assert.fail(read.error);
};

/** Every field of a value, as `entries[].applied.cpuCores`. */
function fieldsOf(value: unknown, path = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((each) => fieldsOf(each, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, one]) => fieldsOf(one, `${path}.${key}`))];
}

describe('the journal of an earlier release', () => {
  for (const release of releases) {
    it(`${release}: is read, and written again as it was`, () => {
      const ledger = ledgerOf(release);
      assert.equal(ledger.entries.length, 3);
      assert.equal(ledger.holds?.epoch, 7);
      assert.equal(serialiseLedger(ledger), textOf(release));
    });

    it(`${release}: is followed by none that it cannot read`, () => {
      const ledger = ledgerOf(release);
      const known = new Set(fieldsOf(ledger));
      let now = ledger;
      for (const entry of ledger.entries) {
        now = intend(now, { ...entry, applied: { cpuCores: 0.2, periodUs: 20_000 } }, 0.4);
        now = settle(now, entry.containerId);
      }
      const unknown = fieldsOf(now).filter((field) => !known.has(field));
      assert.deepEqual(unknown, []);
      assert.match(serialiseLedger(now), /^dqoes-journal 1 sha256:/);
    });
  }
});
