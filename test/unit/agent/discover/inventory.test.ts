import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { fixedPartsHashOf } from '../../../../agent/containers/host-config.js';
import { Inventory } from '../../../../agent/discover/inventory.js';
import { DEFAULT_BOUNDS } from '../../../../agent/enforce/policy-bounds.js';
import type { EngineContainer } from '../../../../agent/ports/engine.js';
import type { DesiredState } from '../../../../shared/command.js';
import type { AllocationId } from '../../../../shared/ids.js';
import type { JobSpec } from '../../../../shared/job.js';
import { aState } from '../enforce/build.js';
import { container, containerId, desired, jobSpec, ownLabels } from '../observe/build.js';

function world(agentControl: 'enforce' | 'observe' = 'enforce') {
  const sources = {
    containers: null as readonly EngineContainer[] | null,
    desired: null as DesiredState | null,
    failures: new Map<AllocationId, string>(),
    changes: 0,
  };
  const inventory = new Inventory({
    labelPrefix: 'dqoes.',
    rules: DEFAULT_BOUNDS,
    agentControl,
    containers: () => sources.containers,
    desired: () => sources.desired,
    failures: () => sources.failures,
    onChange: () => {
      sources.changes += 1;
    },
  });
  return { sources, inventory };
}

const labelled = (): readonly EngineContainer[] => [
  container({ labels: { 'dqoes.enable': 'true', 'dqoes.target': '100ms' } }),
];

describe('Inventory', () => {
  it('concludes nothing before the engine has answered', () => {
    const { sources, inventory } = world();
    assert.equal(inventory.managed(), null);
    sources.containers = [];
    assert.deepEqual(inventory.managed(), []);
  });

  it('joins again, and says so, only when something changed', () => {
    const { sources, inventory } = world();
    sources.containers = labelled();
    const first = inventory.current();
    assert.equal(inventory.current(), first);
    assert.equal(sources.changes, 1);
    sources.failures = new Map();
    assert.equal(inventory.current(), first);
    sources.desired = aState([]);
    assert.notEqual(inventory.current(), first);
    assert.equal(sources.changes, 2);
  });

  it('finds the container of an allocation', () => {
    const { sources, inventory } = world();
    sources.containers = labelled();
    const [workload] = inventory.current().workloads;
    assert.equal(inventory.containerOf(workload?.id ?? ''), sources.containers[0]?.id);
    assert.equal(inventory.containerOf('nobody'), undefined);
  });

  it('lets nothing be changed where the agent only observes', () => {
    const { sources, inventory } = world('observe');
    sources.containers = labelled();
    assert.deepEqual(
      inventory.managed()?.map(({ control }) => control),
      ['observe'],
    );
  });

  it('reads response times where a program gives them until the newer version runs', () => {
    const { sources, inventory } = world();
    const of = (spec: JobSpec) => aState([desired('face-0', spec)]);
    const sourceNow = () => inventory.current().workloads[0]?.latency?.source;
    const first = jobSpec();
    const newer = jobSpec({ image: 'face:2', latency: { source: 'push' } });
    const labelsOf = (spec: JobSpec) => ({
      ...ownLabels('face-0'),
      'dqoes.spec-hash': fixedPartsHashOf(spec),
    });
    sources.containers = [container({ labels: labelsOf(first) })];
    sources.desired = of(first);
    assert.equal(sourceNow(), 'log');
    sources.desired = of(newer);
    assert.equal(sourceNow(), 'log', 'while the image is pulled');
    sources.failures = new Map([['face-0' as AllocationId, 'no image face:2']]);
    assert.equal(sourceNow(), 'log', 'for as long as that takes');
    sources.containers = [container({ id: containerId('b2'), labels: labelsOf(newer) })];
    assert.equal(sourceNow(), 'push');
    // What needs no new container counts at once.
    sources.desired = of({ ...newer, latency: first.latency });
    assert.equal(sourceNow(), 'log');
  });
});
