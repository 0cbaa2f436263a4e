import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { gpuViewOf } from '../../../../../agent/enforce/gpu/gpu-view.js';
import { GpuGuard } from '../../../../../agent/enforce/gpu/guard.js';
import type { AllocationId } from '../../../../../shared/ids.js';
import { silentLog } from '../../../../../shared/log.js';
import { FakeEngine } from '../../../../lib/fake-engine.js';
import { ManualClock, settle } from '../../../../lib/manual-clock.js';

const id = 'a-1' as AllocationId;
function openGuard() {
  const [engine, clock, warnings] = [new FakeEngine(), new ManualClock(), [] as string[]];
  const onWarning = (line: string): void => void warnings.push(line);
  const guard = new GpuGuard({ engine, clock, log: silentLog, onWarning, stopGraceMs: 1000 });
  const { id: containerId } = engine.create({ name: 'x', gpuInjection: 'cdi' });
  const probes = (): number => engine.calls.filter((call) => call.startsWith('probeGpu')).length;
  const look = async (changedAtMs: number, isHealed = false): Promise<boolean | null> => {
    const lifeId = `${containerId}@${engine.containers.get(containerId)?.startedAt}`;
    guard.tick([{ allocation: id, containerId, lifeId, isHealed }], new Map([[id, changedAtMs]]));
    await settle();
    return guard.isLost(containerId);
  };
  return { engine, clock, guard, warnings, containerId, probes, look };
}

describe('agent gpu: the guard', () => {
  const open = openGuard;

  it('looks after the first update, and not again for a minute', async () => {
    const { engine, clock, guard, containerId, probes, look } = open();
    engine.gpuProbe = 'reached';
    guard.tick([{ allocation: id, containerId, lifeId: '', isHealed: false }], new Map());
    assert.deepEqual([probes(), guard.isLost(containerId)], [0, null]);
    assert.equal(await look(5), false);
    assert.equal(await look(6), false);
    assert.equal(probes(), 1);
    await clock.advance(61_000);
    await look(7);
    assert.equal(probes(), 2);
  });

  it('tells a container that was cut off, and leaves it alone', async () => {
    const { engine, warnings, containerId, look } = open();
    engine.gpuProbe = 'lost';
    assert.equal(await look(5), true);
    assert.match(warnings[0] ?? '', /^a-1 lost its GPU when its CPU limit was written: restart it/);
    assert.ok(engine.containers.has(containerId));
  });

  it('forgets that it was cut off when it was started again, and looks once more', async () => {
    const { engine, containerId, probes, look } = open();
    engine.gpuProbe = 'lost';
    assert.equal(await look(5), true);
    engine.end(containerId, 0);
    engine.start(containerId);
    engine.gpuProbe = 'reached';
    assert.equal(await look(5), false);
    assert.equal(probes(), 2);
  });

  it('makes it anew where its job says so', async () => {
    const { engine, containerId, look } = open();
    engine.gpuProbe = 'lost';
    await look(5, true);
    assert.equal(engine.containers.has(containerId), false);
  });

  it('tries that again a minute later where it could not be stopped, and says so', async () => {
    const { engine, clock, warnings, containerId, look } = open();
    engine.gpuProbe = 'lost';
    engine.failNext('stop', { kind: 'timeout', message: 'no answer' }, containerId);
    await look(5, true);
    assert.ok(engine.containers.has(containerId));
    assert.equal(warnings[1], 'a-1 could not be stopped, and is tried again: no answer');
    await look(5, true);
    assert.ok(engine.containers.has(containerId), 'not at once');
    await clock.advance(60_000);
    await look(5, true);
    assert.equal(engine.containers.has(containerId), false);
  });

  it('does not take silence for a loss', async () => {
    const { warnings, look } = open();
    assert.equal(await look(5), null);
    assert.deepEqual(warnings, []);
  });

  it('names GPUs that were given to allocations and that no tool reports', () => {
    const { guard } = open();
    const desired = { allocations: [{ id: 'a-1', gpu: { ids: ['GPU-0'], shareRatio: 1 } }] };
    const sources = { guard, limitHooked: false, desired: desired as never };
    assert.deepEqual(gpuViewOf([], [], { ...sources, gpus: undefined }).warnings, [
      'GPU GPU-0 is missing: a-1 was given it',
    ]);
    const silent = { reports: () => [], usesOf: () => new Map(), warnings: () => [] };
    assert.deepEqual(gpuViewOf([], [], { ...sources, gpus: silent }).warnings, []);
  });

  it('adds nothing to reports of hosts without GPUs', () => {
    const { guard } = open();
    const view = gpuViewOf([], [], {
      gpus: undefined,
      guard,
      limitHooked: false,
      desired: null,
    });
    assert.deepEqual(view, { gpus: [], reports: [], warnings: [] });
  });
});
