import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'mocha';
import { playScript } from './script.js';

const FOLDER = fileURLToPath(new URL('../../../test/scenario/scripts/', import.meta.url));
const LINE = '\n----\n';
/** `DQOES_REWRITE=1` writes what the scripts print now; read the difference before you keep it. */
const isRewriting = process.env.DQOES_REWRITE === '1';

describe('scenarios on a toy host', () => {
  for (const file of readdirSync(FOLDER)
    .filter((name) => name.endsWith('.txt'))
    .sort()) {
    it(file.replace(/\.txt$/, '').replaceAll('-', ' '), () => {
      const [commands = '', expected = ''] = readFileSync(FOLDER + file, 'utf8').split(LINE);
      const printed = playScript(commands);
      if (isRewriting) writeFileSync(FOLDER + file, `${commands}${LINE}${printed}\n`);
      else assert.equal(printed, expected.trimEnd());
    });
  }

  const atTarget = (script: string): number[] =>
    [...playScript(script).matchAll(/at target (\d+)/g)].map(([, n]) => Number(n));
  const tenJobs = () =>
    readFileSync(`${FOLDER}ten-jobs-just-under-capacity.txt`, 'utf8').split(LINE)[0] ?? '';

  it('dqoes meets eight of ten targets just under capacity, plain Docker at most one', () => {
    assert.ok((atTarget(tenJobs()).at(-1) ?? 0) >= 8);
    assert.ok(Math.max(...atTarget(tenJobs().replace('policy dqoes', 'policy default'))) <= 1);
  });
});
