import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Inventory } from '../../../../agent/discover/inventory.js';
import { DEFAULT_BOUNDS } from '../../../../agent/enforce/policy-bounds.js';
import type { EngineContainer } from '../../../../agent/ports/engine.js';
import type { DesiredState } from '../../../../shared/command.js';
import type { AllocationId } from '../../../../shared/ids.js';
import { aState } from '../enforce/build.js';
import { container } from '../observe/build.js';

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
});
