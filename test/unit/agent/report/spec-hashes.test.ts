import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { fixedPartsHashOf } from '../../../../agent/containers/host-config.js';
import { workloadsOf } from '../../../../agent/discover/workloads.js';
import type { EngineContainer } from '../../../../agent/ports/engine.js';
import { specHashesOf } from '../../../../agent/report/spec-hashes.js';
import type { AllocationId } from '../../../../shared/ids.js';
import { container, containerId, desired, jobSpec, ownLabels } from '../observe/build.js';
import { containerReport } from './build-report.js';

const ID = 'face-0' as AllocationId;
const HASH = fixedPartsHashOf(jobSpec());
const LABELS = { ...ownLabels('face-0'), 'dqoes.spec-hash': HASH };

/** Of one container with these labels, and what is reported of it. */
function said(
  labels: EngineContainer['labels'],
  { wanted = [desired('face-0')], report = {}, ending = false } = {},
) {
  const containers = [container({ labels })];
  const { workloads } = workloadsOf({ containers, desired: wanted });
  const reports = workloads.map(({ id }) =>
    containerReport({ allocation: id, containerId: containerId('a1'), ...report }),
  );
  return specHashesOf(reports, { workloads, isEnding: (id) => ending && id === ID });
}

describe('what an agent says of the versions of its containers', () => {
  it('is the label of each, also where the job has been changed since', () => {
    assert.deepEqual(said(LABELS), { 'face-0': HASH });
    const changed = [desired('face-0', jobSpec({ env: { LEVEL: '2' } }))];
    assert.deepEqual(said(LABELS, { wanted: changed }), { 'face-0': HASH });
  });

  it('is of none while it is being stopped', () => {
    assert.deepEqual(said(LABELS, { ending: true }), { 'face-0': '' });
  });

  it('is not known of what has no such label, is not wanted, or was adopted', () => {
    assert.equal(said(ownLabels('face-0')), undefined);
    for (const odd of ['', 'x', 'A'.repeat(16), '0'.repeat(65), '\ud800'])
      assert.equal(said({ ...LABELS, 'dqoes.spec-hash': odd }), undefined, odd);
    assert.equal(said(LABELS, { wanted: [] }), undefined);
    const adopted = { 'dqoes.enable': 'true', 'dqoes.target': '300ms', 'dqoes.spec-hash': HASH };
    assert.equal(said(adopted), undefined);
  });

  it('is not said of the container before, which was measured', () => {
    assert.equal(said(LABELS, { report: { containerId: containerId('b2') } }), undefined);
    assert.equal(said(LABELS, { report: { containerId: null } }), undefined);
  });
});
