import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { AUDIT_COLUMNS } from '../../../../cli/commands/audit.js';
import { tableLines } from '../../../../cli/output/table.js';
import type { AuditLine } from '../../../../proto/schemas/audit.js';
import { jobName, nodeId } from '../../coordinator/build.js';

const base = { id: 'i', timeMs: Date.UTC(2026, 10, 26, 12), coordinator: 'c1', epoch: 1 };
const LINES: readonly AuditLine[] = [
  {
    ...base,
    who: `U${'A'.repeat(55)}`,
    verb: 'allocation-list',
    job: jobName('a-job-with-a-name-of-sixty-three-characters-which-is-the-longest'),
    outcome: 'refused',
    code: 'service.bad-request',
    reason: 'x'.repeat(500),
  },
  {
    ...base,
    who: 'olga',
    verb: 'node-set',
    node: nodeId('h1'),
    outcome: 'done',
    before: 'open',
    after: 'draining',
  },
  { ...base, who: 'c1', verb: 'leader', outcome: 'done', after: 'c1 leads in epoch 1' },
  { ...base, who: 'sue', verb: 'refusals', outcome: 'refused', reason: '470 more', count: 470 },
];

describe('dqoes audit', () => {
  it('fits 80 columns, however long names and reasons are', () => {
    const lines = tableLines(AUDIT_COLUMNS, LINES, { wide: false, colour: false, width: 80 });
    for (const line of lines) assert.ok([...line].length <= 80, line);
    assert.match(lines[0] ?? '', /^TIME +WHO +VERB +ABOUT +RESULT +WHAT$/);
  });

  it('says from what to what, or why not', () => {
    const lines = tableLines(AUDIT_COLUMNS, LINES, { wide: false, colour: false });
    assert.match(lines[1] ?? '', /refused +service\.bad-request: xxx/);
    assert.match(lines[2] ?? '', /olga +node-set +h1 +done +open → draining$/);
    assert.match(lines[3] ?? '', /c1 +leader +- +done +c1 leads in epoch 1$/);
    assert.match(lines[4] ?? '', /sue +refusals +- +refused +470 more$/);
  });
});
