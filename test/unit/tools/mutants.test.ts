import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'mocha';

interface Mutants {
  readonly mutants: readonly { readonly name: string; readonly file: string; readonly rule: string }[];
  readonly faults: readonly string[];
}

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const { readMutants } = (await import(`${ROOT}tools/mutants/list.mjs`)) as { readMutants: (root: string) => Mutants };

/** Nothing to break: types, figures, the table of policies. */
const WITHOUT = ['types.ts', 'foresight.ts', 'figures.ts', 'policies/index.ts', 'adaptive/known.ts'];

describe('the list of mutants of the schedule', () => {
  const { mutants, faults } = readMutants(ROOT);

  it('is not stale: the text of each occurs exactly once', () => {
    assert.deepEqual(faults, []);
  });

  it('is spread over every file that decides', () => {
    const files = readdirSync(`${ROOT}coordinator/schedule`, { recursive: true, encoding: 'utf8' })
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => file.endsWith('.ts') && !WITHOUT.includes(file));
    const covered = new Set(mutants.map(({ file }) => file));
    assert.deepEqual(
      files.filter((file) => !covered.has(file)),
      [],
    );
    assert.ok(mutants.length >= 60);
  });

  it('names the rule that each breaks', () => {
    for (const { name, rule } of mutants) assert.ok(rule.length > 10, name);
  });
});

describe('the list of planted bugs', () => {
  it('is not stale: the text of each occurs exactly once', async () => {
    const { readBugs } = (await import(`${ROOT}tools/planted/list.mjs`)) as {
      readBugs: (root: string) => { readonly bugs: readonly unknown[]; readonly faults: readonly string[] };
    };
    const { bugs, faults } = readBugs(ROOT);
    assert.deepEqual(faults, []);
    assert.ok(bugs.length >= 20);
  });
});
