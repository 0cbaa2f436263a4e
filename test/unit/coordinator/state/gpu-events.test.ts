import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { MISSING_GRACE_MS } from '../../../../coordinator/schedule/placement/missing-gpus.js';
import { deriveEvents } from '../../../../coordinator/state/derive-events.js';
import { type ClusterState, emptyState } from '../../../../coordinator/state/model.js';
import { nodeStatus } from '../../../../coordinator/state/node-status.js';
import { reduce } from '../../../../coordinator/state/reduce.js';
import type { ContainerGpuReport, GpuReport } from '../../../../shared/gpu.js';
import { container, nodeId, report } from '../build.js';
import { gpuReport } from '../schedule/gpu/build.js';

const use = (isLost: boolean | null): ContainerGpuReport => ({
  ids: ['GPU-0'],
  injection: 'hook',
  memoryBytes: null,
  isLost,
});

function heard(
  state: ClusterState,
  gpus: readonly GpuReport[],
  sequence: number,
  isLost: boolean | null = null,
): ClusterState {
  const containers = [container('a-1', { gpuUse: use(isLost) })];
  const told = report('h1', { containers, sequence, ...(gpus.length === 0 ? {} : { gpus }) });
  return reduce(state, {
    kind: 'reports',
    atMs: sequence,
    reports: [{ atMs: sequence, report: told }],
  });
}
const lost = (before: ClusterState, after: ClusterState) =>
  deriveEvents(before, after, { nowMs: 0, wallMs: 0, source: 'c' }).flatMap((event) =>
    event.type === 'dqoes.gpu.lost' ? [event.data] : [],
  );

describe('events of GPUs', () => {
  const start = heard(
    emptyState({ incarnation: 'i', epoch: 1, policy: 'adaptive' }),
    [gpuReport(0), gpuReport(1)],
    1,
  );

  it('gives one event for a container that was cut off', () => {
    const cut = heard(start, [gpuReport(0), gpuReport(1)], 2, true);
    assert.deepEqual(lost(start, cut), [
      {
        node: 'h1',
        gpu: 'GPU-0',
        reason: 'a-1 lost access to it when its CPU limit was written',
      },
    ]);
    assert.deepEqual(lost(cut, heard(cut, [gpuReport(0), gpuReport(1)], 3, true)), []);
  });

  it('gives one for a GPU lost or not reported, none where the tool is slow', () => {
    const gone = {
      isKnown: false,
      reason: 'nvidia-smi: GPU is lost.  Reboot the system to recover this GPU',
    };
    assert.deepEqual(
      lost(start, heard(start, [gpuReport(0), gpuReport(1, gone)], 2)).map(({ gpu }) => gpu),
      ['GPU-1'],
    );
    assert.deepEqual(
      lost(start, heard(start, [gpuReport(0)], 2)).map(({ gpu, reason }) => [gpu, reason]),
      [['GPU-1', 'the node stopped reporting it']],
    );
    const slow = { isKnown: false, reason: 'nvidia-smi has printed nothing for 5 s' };
    assert.deepEqual(lost(start, heard(start, [gpuReport(0), gpuReport(1, slow)], 2)), []);
  });

  const gone = { isKnown: false, reason: 'nvidia-smi: GPU is lost.  Reboot the system' };
  const names = (before: ClusterState, after: ClusterState): readonly string[] =>
    lost(before, after).map(({ gpu }) => gpu);

  it('names no neighbour where a tool that lost one GPU tells of none', () => {
    const all = heard(start, [gpuReport(0, gone), gpuReport(1, gone)], 2);
    assert.deepEqual(names(start, all), []);
    const named = { ...gone, reason: 'nvidia-smi: the device handle for GPU1: GPU is lost' };
    const one = heard(start, [gpuReport(0, named), gpuReport(1, named)], 2);
    assert.deepEqual(names(start, one), ['GPU-1']);
    const back = heard(all, [gpuReport(0), gpuReport(1, gone)], 3);
    assert.deepEqual(names(all, back), ['GPU-1'], 'once it is known which');
    assert.deepEqual(names(back, heard(back, [gpuReport(0), gpuReport(1, gone)], 4)), []);
  });

  it('gives one also where nobody could ask before', () => {
    const slow = { isKnown: false, reason: 'no sample for 5 s' };
    const unknown = heard(start, [gpuReport(0), gpuReport(1, slow)], 2);
    assert.deepEqual(names(unknown, heard(unknown, [gpuReport(0), gpuReport(1, gone)], 3)), [
      'GPU-1',
    ]);
  });

  it('gives none for what an agent does not know yet, or a tool tells no more', () => {
    assert.deepEqual(names(start, heard(start, [], 2)), []);
    const { report: was } = start.nodes.get(nodeId('h1')) ?? {};
    const told = report('h1', { ...was, bootId: 'boot-2', sequence: 1, gpus: [gpuReport(0)] });
    const reports = [{ atMs: 2, report: told }];
    assert.deepEqual(names(start, reduce(start, { kind: 'reports', atMs: 2, reports })), []);
  });

  it('gives one, after two minutes, for what an agent started again does not find', () => {
    const again = (before: ClusterState, atMs: number, ...gpus: readonly GpuReport[]) => {
      const told = report('h1', { bootId: 'boot-2', sequence: atMs, gpus });
      return reduce(before, { kind: 'reports', atMs, reports: [{ atMs, report: told }] });
    };
    const begun = again(start, 10, gpuReport(0));
    assert.deepEqual(names(start, begun), []);
    const early = again(begun, 9 + MISSING_GRACE_MS, gpuReport(0));
    assert.deepEqual(names(begun, early), []);
    const late = again(early, 10 + MISSING_GRACE_MS, gpuReport(0));
    assert.deepEqual(lost(early, late), [
      {
        node: 'h1',
        gpu: 'GPU-1',
        reason: 'its agent does not find it since it was started again',
      },
    ]);
    assert.deepEqual(names(late, again(late, 11 + MISSING_GRACE_MS, gpuReport(0))), []);
    const found = again(begun, 20, gpuReport(0), gpuReport(1));
    assert.deepEqual(names(begun, found), []);
    const none = again(begun, 10 + MISSING_GRACE_MS);
    assert.deepEqual(names(begun, none), [], 'a tool that tells of none');
    assert.deepEqual(names(none, again(none, 11 + MISSING_GRACE_MS, gpuReport(0))), ['GPU-1']);
  });

  it('blames no limit for a GPU that is lost itself', () => {
    const both = [gpuReport(0, gone), gpuReport(1)];
    assert.deepEqual(
      lost(start, heard(start, both, 2, true)).map(({ gpu, reason }) => [gpu, reason]),
      [['GPU-0', gone.reason]],
    );
  });

  it('shows GPUs in the status of their node only', () => {
    const node = start.nodes.get(nodeId('h1'));
    assert.equal(node === undefined ? 0 : nodeStatus(start, node, 0)?.gpus?.length, 2);
    const bare = heard(
      emptyState({ incarnation: 'i', epoch: 1, policy: 'adaptive' }),
      [],
      1,
    ).nodes.get(nodeId('h1'));
    assert.equal(
      bare !== undefined && Object.hasOwn(nodeStatus(start, bare, 0) ?? {}, 'gpus'),
      false,
    );
  });
});
