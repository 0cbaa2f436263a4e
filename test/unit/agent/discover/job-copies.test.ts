import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type WorkloadInput, workloadsOf } from '../../../../agent/discover/workloads.js';
import { container, containerId, desired, ownLabels } from '../observe/build.js';

const labels = ownLabels('face-0');
const own = container({ labels });
/** As a person makes one by a compose file, or a tool that duplicates. */
const copy = container({
  id: containerId('b2'),
  name: 'face-try',
  labels,
  startedAt: '2026-02-02T00:00:00Z',
});

describe('a copy of the container of a job, with its labels', () => {
  const of = (input: Partial<WorkloadInput>) => {
    const { workloads, warnings } = workloadsOf({
      containers: [],
      desired: [desired('face-0')],
      ...input,
    });
    const shown = workloads.map(({ container: it, origin, control }) => [
      it?.name ?? '',
      origin,
      control,
    ]);
    return { shown, warnings, workloads };
  };
  const LEFT_ALONE = ['face-try', 'label', 'none'];

  it('is left alone, though it was started later or the one of the job has ended', () => {
    for (const over of [{}, { running: false, exitCode: 1 }])
      for (const containers of [
        [{ ...own, ...over }, copy],
        [copy, { ...own, ...over }],
      ]) {
        const { shown, warnings } = of({ containers });
        assert.deepEqual(shown, [LEFT_ALONE, ['dqoes-face-0', 'dqoes', 'enforce']]);
        assert.equal(warnings.length, 1);
        assert.match(
          warnings[0] ?? '',
          /^face-try is left alone: .* dqoes-face-0, .* a copy .* Start face-try without the label/,
        );
      }
  });

  it('is left alone and shown with the reason when the one of the job is gone', () => {
    const { shown, workloads } = of({ containers: [copy], desired: [] });
    assert.deepEqual(shown, [LEFT_ALONE]);
    assert.match(workloads[0]?.controlReason ?? '', /counts as a copy and is not touched/);
    assert.deepEqual(of({ containers: [copy] }).shown, [LEFT_ALONE, ['', 'dqoes', 'enforce']]);
  });

  it('is no container that the agent started and a person renamed', () => {
    const renamed = { ...own, name: 'face-old' };
    const isStartedHere = (id: string) => id === own.id;
    assert.deepEqual(of({ containers: [renamed, copy], isStartedHere }).shown, [
      LEFT_ALONE,
      ['face-old', 'dqoes', 'enforce'],
    ]);
    const next = container({ id: containerId('c3'), labels });
    const { shown, warnings } = of({ containers: [renamed, next], isStartedHere });
    assert.deepEqual(shown, [['dqoes-face-0', 'dqoes', 'enforce']]);
    assert.deepEqual(warnings, [
      'allocation face-0 has two containers: dqoes-face-0 is used, face-old is left alone: ' +
        'remove it',
    ]);
  });
});
