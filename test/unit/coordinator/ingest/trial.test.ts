import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Ingest } from '../../../../coordinator/ingest/ingest.js';
import { subjectsOf } from '../../../../proto/subjects.js';
import { encodeReport } from '../../../../proto/telemetry.js';
import { TRIAL_HEADERS } from '../../../../proto/trial.js';
import { silentLog } from '../../../../shared/log.js';
import { nodeId, report } from '../build.js';

const subjects = subjectsOf('test');
const subject = subjects.telemetry(nodeId('h1'));

describe('a message that only tries whether it may be published', () => {
  it('is no report and no ack, and takes the place of none', () => {
    const ingest = new Ingest({ subjects, incarnation: 'inc', log: silentLog });
    ingest.bufferReport({ subject, data: encodeReport(report('h1')), headers: {} }, 1);
    const trial = { subject, data: new Uint8Array(), headers: TRIAL_HEADERS };
    ingest.bufferReport(trial, 2);
    ingest.bufferAck({ ...trial, subject: subjects.ack(nodeId('h1')) }, 2);
    assert.equal(ingest.buffered, 1);
    assert.equal(ingest.read().reports.length, 1);
    assert.deepEqual([...ingest.counters.rejected], []);
  });

  it('needs its headers: what is empty without them is broken', () => {
    const ingest = new Ingest({ subjects, incarnation: 'inc', log: silentLog });
    ingest.bufferReport({ subject, data: new Uint8Array(), headers: {} }, 1);
    ingest.read();
    assert.equal([...ingest.counters.rejected.values()][0], 1);
  });
});
