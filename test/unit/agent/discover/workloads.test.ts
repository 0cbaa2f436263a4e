import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type WorkloadInput, workloadsOf } from '../../../../agent/discover/workloads.js';
import type { AllocationId, JobName } from '../../../../shared/ids.js';
import { container, containerId, desired, jobSpec, ownLabels } from '../observe/build.js';

const of = (input: Partial<WorkloadInput>) =>
  workloadsOf({ containers: [], desired: [], ...input });
const adopted = { 'dqoes.enable': 'true', 'dqoes.target': '300ms' };

describe('workloadsOf', () => {
  it('takes the spec of our own from the desired state', () => {
    const { workloads, warnings } = of({
      containers: [container({ labels: ownLabels('face-0') })],
      desired: [desired('face-0')],
    });
    const [workload] = workloads;
    assert.deepEqual(warnings, []);
    assert.equal(workload?.origin, 'dqoes');
    assert.equal(workload?.control, 'enforce');
    assert.equal(workload?.lifeId, `${containerId('a1')}@2026-01-02T03:04:05.678901234Z`);
    assert.deepEqual(workload?.target, jobSpec().target);
    assert.deepEqual(workload?.bounds, { minCores: 0.05, maxCores: 2 });
    assert.equal(workload?.state, 'running');
  });

  it('says that one which runs is paused, and how it goes on', () => {
    // In the order of their ids.
    const [label, own] = of({
      containers: [
        container({ name: 'dqoes-face-0', labels: ownLabels('face-0'), isPaused: true }),
        container({ id: containerId('b2'), labels: adopted, isPaused: true }),
      ],
      desired: [desired('face-0')],
    }).workloads;
    assert.deepEqual(
      [own?.state, own?.control, own?.stateReason],
      ['running', 'enforce', 'paused: it answers nothing until docker unpause dqoes-face-0'],
    );
    assert.match(label?.stateReason ?? '', /^paused: .* docker unpause web$/);
  });

  it('reports our own container that the desired state does not know, without a target', () => {
    const [workload] = of({ containers: [container({ labels: ownLabels('face-0') })] }).workloads;
    assert.equal(workload?.job, 'face');
    assert.equal(workload?.control, 'none');
    assert.equal(workload?.target, null);
    assert.match(workload?.controlReason ?? '', /does not know this allocation/);
  });

  it('says of one that is to be removed why that has failed', () => {
    const failures = new Map([['face-0' as AllocationId, 'the engine did not answer in time']]);
    const containers = [container({ labels: ownLabels('face-0') })];
    const [workload] = of({ containers, failures }).workloads;
    assert.equal(workload?.controlReason, 'cannot be removed: the engine did not answer in time');
  });

  it('lists desired allocations without a container as pending, or failed with a reason', () => {
    const failures = new Map([['face-1' as AllocationId, 'no such image: face:1']]);
    const { workloads } = of({ desired: [desired('face-1'), desired('face-0')], failures });
    assert.deepEqual(
      workloads.map(({ id, state, stateReason, container: it }) => [id, state, stateReason, it]),
      [
        ['face-0', 'pending', 'the container does not exist yet', null],
        ['face-1', 'failed', 'no such image: face:1', null],
      ],
    );
  });

  it('say how far the image of one that is starting is', () => {
    const pulls = new Map([['face-0' as AllocationId, 'pulling face:1: 1MiB of 4MiB']]);
    const { workloads } = of({ desired: [desired('face-0')], pulls });
    assert.deepEqual(
      workloads.map(({ state, stateReason }) => [state, stateReason]),
      [['pending', 'pulling face:1: 1MiB of 4MiB']],
    );
  });

  it('says why nothing is changed of what has no container, and was not tried', () => {
    const failures = new Map([['face-1' as AllocationId, 'no such image: face:1']]);
    const { workloads } = of({
      desired: [desired('face-0'), desired('face-1')],
      failures,
      standstill: 'the disk is full',
    });
    assert.deepEqual(
      workloads.map(({ state, stateReason }) => [state, stateReason]),
      [
        ['pending', 'the disk is full'],
        ['failed', 'no such image: face:1'],
      ],
    );
  });

  it('does not call a container absent before the engine has answered', () => {
    const [workload] = of({ containers: null, desired: [desired('face-0')] }).workloads;
    assert.match(workload?.stateReason ?? '', /has not answered yet/);
  });

  it('adopts no container that only its image opts in, and says what to do', () => {
    const imageLabels = { 'dqoes.enable': 'true', 'dqoes.target': '1ms', 'dqoes.weight': '1000' };
    const { workloads, warnings } = of({ containers: [container({ labels: {}, imageLabels })] });
    const [workload] = workloads;
    assert.match(warnings.join(), /^web is not adopted: label dqoes\.enable comes from the image/);
    assert.equal(workload?.control, 'none');
    assert.equal(workload?.weight, 1);
    assert.equal(workload?.target, null);
    assert.match(workload?.controlReason ?? '', /dqoes\.enable comes from the image web:1/);
    assert.match(workload?.controlReason ?? '', /--label dqoes\.image-labels=count/);
  });

  it('takes weight and target of a person only, and names those of the image', () => {
    const imageLabels = { 'dqoes.weight': '1000', 'dqoes.job': 'other' };
    const { workloads, warnings } = of({
      containers: [container({ labels: adopted, imageLabels })],
    });
    assert.equal(workloads[0]?.control, 'enforce');
    assert.equal(workloads[0]?.weight, 1);
    assert.match(warnings.join(), /labels dqoes\.job, dqoes\.weight of web come from its image/);
  });

  it('lets the labels of the image count where a person says so', () => {
    const imageLabels = { ...adopted, 'dqoes.weight': '7', 'dqoes.image-labels': 'count' };
    const own = { 'dqoes.image-labels': 'count', 'dqoes.weight': '3' };
    const { workloads, warnings } = of({
      containers: [container({ labels: own, imageLabels: { ...imageLabels } })],
    });
    assert.deepEqual(warnings, []);
    assert.equal(workloads[0]?.control, 'enforce');
    assert.equal(workloads[0]?.weight, 3);
    assert.equal(workloads[0]?.target?.latencyMs, 300);
    // An image cannot say so of itself.
    const alone = of({ containers: [container({ labels: {}, imageLabels })] });
    assert.equal(alone.workloads[0]?.control, 'none');
  });

  it('adopts nothing whose image cannot be read', () => {
    const unread = { labels: {}, imageLabels: adopted, imageUnread: 'no such image' };
    const [workload] = of({ containers: [container(unread)] }).workloads;
    assert.equal(workload?.control, 'none');
    assert.match(workload?.controlReason ?? '', /image web:1 cannot be read \(no such image\)/);
  });

  it('adopts nothing on a host that says never, and lowers a weight above the host’s', () => {
    const labels = { ...adopted, 'dqoes.weight': '500' };
    const none = of({
      containers: [container({ labels })],
      rules: { adopt: 'never', maxWeight: 1000 },
    });
    assert.equal(none.workloads[0]?.control, 'none');
    assert.match(none.workloads[0]?.controlReason ?? '', /adopt: never/);
    const lowered = of({
      containers: [container({ labels })],
      rules: { adopt: 'labels', maxWeight: 20 },
    });
    assert.equal(lowered.workloads[0]?.weight, 20);
    assert.match(
      lowered.warnings.join(),
      /dqoes\.weight of web is 500, above the 20 .*weight\.max/,
    );
  });

  it('adopts labelled containers, and leaves those that did not opt in alone', () => {
    const { workloads } = of({
      containers: [
        container({ labels: { ...adopted, 'dqoes.control': 'observe' } }),
        container({ id: containerId('b2'), labels: { 'dqoes.enable': 'false' } }),
        container({ id: containerId('c3'), labels: { 'com.example': 'x' } }),
      ],
    });
    assert.equal(workloads.length, 1);
    assert.equal(workloads[0]?.id, 'adopted-a10000000000');
    assert.equal(workloads[0]?.control, 'observe');
    assert.equal(workloads[0]?.controlReason, 'label dqoes.control is observe');
  });

  it('does not control a container with a bad label, and says why', () => {
    const labels = {
      ...adopted,
      'dqoes.target': 'soon',
      'dqoes.weight': 'heavy',
      'dqoes.job': 'face',
    };
    const [workload] = of({ containers: [container({ labels })] }).workloads;
    assert.equal(workload?.control, 'none');
    assert.equal(workload?.target, null);
    assert.equal(workload?.job, 'face');
    assert.match(
      workload?.controlReason ?? '',
      /dqoes.target: "soon".*; label dqoes.weight: "heavy"/,
    );
  });

  it('keeps one of two that it started: running first, then the newest', () => {
    const one = container({
      name: 'old',
      running: false,
      exitCode: 0,
      labels: ownLabels('face-0'),
    });
    const two = container({ name: 'run', id: containerId('b2'), labels: ownLabels('face-0') });
    const isStartedHere = () => true;
    const three = {
      ...two,
      name: 'newer',
      id: containerId('c3'),
      startedAt: '2026-02-02T00:00:00Z',
    };
    for (const containers of [
      [one, two, three],
      [three, two, one],
      [two, one, three],
    ]) {
      const input = { containers, desired: [desired('face-0')], isStartedHere };
      const { workloads, warnings } = of(input);
      assert.deepEqual(
        workloads.map((workload) => workload.container?.name),
        ['newer'],
      );
      assert.equal(warnings.length, 2);
      assert.match(warnings[0] ?? '', /face-0 has two containers: .* is used, .* is left alone/);
    }
  });

  it('keeps an adopted job apart from a submitted one of the same name', () => {
    const { workloads, warnings } = of({
      containers: [container({ labels: { ...adopted, 'dqoes.job': 'face' } })],
      desired: [desired('face-0')],
    });
    assert.deepEqual(
      workloads.map((workload) => workload.job),
      ['face-a10000000000', 'face'],
    );
    assert.match(warnings[0] ?? '', /names the job face, which was submitted/);
  });

  it('lets two adopted containers be two allocations of one job', () => {
    const labels = { ...adopted, 'dqoes.job': 'face' };
    const { workloads, warnings } = of({
      containers: [container({ labels }), container({ id: containerId('b2'), labels })],
    });
    assert.deepEqual(warnings, []);
    assert.deepEqual(
      new Set(workloads.map((workload) => workload.job)),
      new Set(['face' as JobName]),
    );
    assert.equal(workloads.length, 2);
  });

  it('says why a container is not running', () => {
    const state = (over: Parameters<typeof container>[0]) => {
      const [workload] = of({
        containers: [container({ labels: adopted, running: false, ...over })],
      }).workloads;
      return [workload?.state, workload?.stateReason];
    };
    assert.deepEqual(state({ exitCode: 0 }), ['exited', 'exited with code 0']);
    assert.deepEqual(state({ exitCode: 3 }), ['failed', 'exited with code 3']);
    assert.deepEqual(state({ exitCode: 137, oomKilled: true }), [
      'failed',
      'exited with code 137 (killed: out of memory)',
    ]);
    assert.equal(state({ startedAt: '0001-01-01T00:00:00Z', exitCode: 0 })[0], 'pending');
  });

  it('ignores an allocation label that is no id, with a warning', () => {
    const { workloads, warnings } = of({
      containers: [container({ labels: { 'dqoes.allocation': 'a b' } })],
    });
    assert.deepEqual(workloads, []);
    assert.match(warnings[0] ?? '', /left alone/);
  });
});
