import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { DiskSurvey } from '../../../agent/drivers/disk-survey.js';
import { stateTrouble } from '../../../agent/state-trouble.js';
import { err, ok } from '../../../shared/result.js';

describe('the state folder of an agent that is to start', () => {
  const folder = '/data/dqoes';
  const disk: DiskSurvey = {
    ...{ folder, exists: false, isWritable: true, isReadOnly: false },
    ...{ freeBytes: 1e9, freeFiles: 1e6 },
  };
  const trouble = (found: DiskSurvey | string) =>
    stateTrouble({ 'state-dir': folder }, () =>
      typeof found === 'string' ? err(found) : ok(found),
    );

  it('is told where the unit may not write there, which no bad setting is', () => {
    const fault = trouble({ ...disk, isWritable: false, isReadOnly: true });
    assert.equal(fault?.code, 'journal.disk');
    assert.match(fault?.message ?? '', /^state-dir: \/data\/dqoes is read-only .*ReadWritePaths=/);
  });

  it('is nothing to say where it can be written, or another user looks', () => {
    assert.equal(trouble(disk), undefined);
    assert.equal(trouble({ ...disk, isWritable: false }), undefined);
    assert.equal(trouble('no such disk'), undefined);
  });
});
