import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { JOB_FILE_KEYS } from '../../../cli/job-file/schema.js';
import { parseJobFile } from '../../../cli/job-file/parse.js';
import { ERROR_CODES } from '../../../shared/errors.js';

// The tests run in dist/test/unit/cli; the documents are not built.
const doc = (name: string): string => readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), 'utf8');
/** First cells of the tables' rows: their code words. */
const tableKeys = (text: string): readonly string[] => [...text.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1] ?? '');

describe('docs', () => {
  it('errors.md lists every code once, with the meaning of shared/errors.ts', () => {
    const rows = [...doc('errors.md').matchAll(/^\| `([^`]+)` \| ([^|]+) \|/gm)].map((match) => [match[1], match[2]?.trim()]);
    assert.deepEqual(rows, Object.entries(ERROR_CODES));
  });

  it('job-file.md lists every key once', () => {
    assert.deepEqual([...tableKeys(doc('job-file.md'))].sort(), [...JOB_FILE_KEYS].sort());
  });

  it("job-file.md's example is a good job file", () => {
    const example = /```yaml\n([\s\S]*?)```/.exec(doc('job-file.md'))?.[1] ?? '';
    const parsed = parseJobFile(example);
    assert.ok(parsed.ok, JSON.stringify(parsed));
  });
});
