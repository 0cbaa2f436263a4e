import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'mocha';
import { recordsOf } from '../../../../../agent/drivers/gpu/amd-json.js';
import {
  type GpuField,
  parseClocks,
  parseGpuLine,
  parseProcessLine,
} from '../../../../../agent/drivers/gpu/nvidia-csv.js';

const FOLDER = fileURLToPath(new URL('../../../../../../test/fixtures/gpu/', import.meta.url));

/** Answers of real tools that `npm run test:gpu` saved. */
describe('agent gpu: answers that real tools gave', () => {
  const machines = existsSync(FOLDER) ? readdirSync(FOLDER) : [];
  if (machines.length === 0)
    it('skipped: none was saved yet; "npm run test:gpu" does on a machine with a GPU');
  for (const machine of machines)
    for (const file of readdirSync(`${FOLDER}${machine}`))
      it(`are read as they were then: ${machine}, ${file}`, () => {
        const text = readFileSync(`${FOLDER}${machine}/${file}`, 'utf8');
        const end = text.indexOf('\n');
        assert.equal(faultIn(text.slice(0, end), text.slice(end + 1)), '');
      });
});

/** A line that is not understood; '' = none. */
function faultIn(asked: string, told: string): string {
  const lines = told.split('\n').filter((line) => line.trim() !== '');
  const fields = /--query-gpu=(\S+)/.exec(asked)?.[1]?.split(',') as GpuField[] | undefined;
  if (fields?.includes('uuid'))
    return lines.find((line) => parseGpuLine(line, fields) === null) ?? '';
  if (asked.includes('--query-compute-apps'))
    return lines.find((line) => parseProcessLine(line) === null) ?? '';
  if (asked.includes('--query-supported-clocks'))
    return lines.length === 0 || parseClocks(told).length > 0 ? '' : told;
  return asked.includes('--json') && recordsOf(told).length === 0 ? told : '';
}
