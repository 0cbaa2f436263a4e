import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ROOM } from '../../../lib/page/fake-answers.js';
import { manyScene, silentScene, usualScene } from '../../../lib/page/scenes.js';

/** Pictures of the page are looked at: one host must not have two figures in them. */
describe('scenes of the page', () => {
  it('say the same of a host wherever it is shown', () => {
    for (const { jobs, nodes } of [usualScene(), silentScene(), manyScene(30)])
      for (const { id, containers, limitedCpuCores } of nodes) {
        const here = jobs
          .flatMap(({ allocations }) => allocations)
          .filter(({ node }) => node === id);
        const cores = here.reduce((sum, { desired }) => sum + (desired?.cpuCores ?? 0), 0);
        assert.deepEqual([containers, limitedCpuCores], [here.length, cores], id);
      }
  });

  it('have the hosts that the room for more is in', () => {
    const { nodes } = usualScene();
    const said = ROOM.hosts.map(({ node, allocatableCores, neededCores, allocations }) => ({
      ...{ node, allocatableCores, allocations, neededCores: neededCores?.toFixed(2) },
    }));
    const shown = nodes.map(({ id: node, host, containers, limitedCpuCores }) => ({
      ...{ node, allocatableCores: host.allocatableCpuCores, allocations: containers },
      neededCores: limitedCpuCores.toFixed(2),
    }));
    assert.deepEqual(said, shown);
    assert.equal(
      ROOM.allocatableCores,
      nodes.reduce((sum, { host }) => sum + host.allocatableCpuCores, 0),
    );
  });
});
