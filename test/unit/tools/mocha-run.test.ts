import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, it } from 'mocha';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const { runMocha } = await import(join(ROOT, 'tools/mocha-run.mjs'));

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly ms: number;
}

describe('a run of mocha', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dqoes-mocha-run-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const run = async (body: string) => {
    const file = join(folder, 'one.test.js');
    const may = `it('may not', () => { ${body} });`;
    writeFileSync(file, `describe('one', () => { it('works', () => {}); ${may} });`);
    let said = '';
    const write = (text: string): void => {
      said += text;
    };
    const { files } = await runMocha(ROOT, [file], { timeoutMs: 5000, write, niceness: 0 });
    const counts = [...(files as Map<string, Counts>).values()];
    return {
      said,
      counts: counts.map(({ passed, failed }) => [passed, failed]),
      tookTime: counts.map(({ ms }) => ms > 0),
    };
  };

  it('counts what passed and failed, and says why at once', async () => {
    const { said, counts, tookTime } = await run("throw new Error('the reason');");
    assert.deepEqual([counts, tookTime], [[[1, 1]], [true]]);
    assert.ok(said.indexOf('the reason') < said.indexOf('1 failing'), said);
  });

  it('has failed where it ends early, whatever its exit code is', async () => {
    assert.deepEqual((await run('process.exit(0);')).counts, [[0, 1]]);
  });
});
