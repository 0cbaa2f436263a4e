import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { parentWeightOf } from '../../../../agent/containers/weight.js';
import { ParentWeightControl } from '../../../../agent/enforce/parent-weight.js';
import type { ContainerProcess, KernelWeight } from '../../../../agent/ports/cgroup.js';
import type { ContainerId } from '../../../../shared/ids.js';
import { silentLog } from '../../../../shared/log.js';
import { err, ok } from '../../../../shared/result.js';
import { ManualClock, settle } from '../../../lib/manual-clock.js';
import { MemoryFiles } from './world.js';

const PATH = '/docker';
const ONE: ContainerProcess = { id: 'a'.repeat(64) as ContainerId, pid: 11 };

/** A host with one cgroup of containers, and the agents that keep its weight. */
class Host {
  readonly clock = new ManualClock();
  readonly files = new MemoryFiles();
  readonly warnings: string[] = [];
  readonly writes: number[] = [];
  weight = 1024;
  heldWeight = 8000;
  limited: readonly ContainerProcess[] | null = [ONE];
  fault = '';

  agent(): ParentWeightControl {
    const read = (): KernelWeight => ({ version: 1, value: this.weight });
    return new ParentWeightControl({
      parents: {
        read: (path) => (path === PATH ? read() : null),
        look: (containers) =>
          containers.length === 0
            ? []
            : [{ path: PATH, weight: read(), heldWeight: this.heldWeight }],
        write: (_path, value) => {
          if (this.fault !== '') return err(this.fault);
          assert.ok(this.files.files.size > 0, 'what it was is on disk first');
          this.writes.push(value);
          this.weight = value;
          return ok(undefined);
        },
      },
      files: this.files,
      clock: this.clock,
      log: silentLog,
      allocatableCores: () => 2,
      limited: () => this.limited,
      onWarning: (text) => this.warnings.push(text),
    });
  }

  async look(agent: ParentWeightControl): Promise<void> {
    await this.clock.advance(5000);
    agent.tick();
    await settle();
  }
}

let host = new Host();
beforeEach(() => {
  host = new Host();
});

describe('the weight of a cgroup that holds containers', () => {
  it('is that of the containers, at most ten times the default a core', () => {
    const of = (heldWeight: number, original = 1024, version: 1 | 2 = 1, cores = 2): number =>
      parentWeightOf({ weight: { version, value: 0 }, heldWeight }, original, cores);
    assert.equal(of(8000), 8000);
    assert.equal(of(500), 1024);
    assert.equal(of(1e6), 20_480);
    assert.equal(of(1e9, 1024, 1, 100), 262_144);
    assert.equal(of(1e6, 100, 2, 1.9), 1900);
    assert.equal(of(1e6, 100, 2, 64), 10_000);
    assert.equal(of(1e6, 50_000), 50_000);
  });

  it('follows them, and not each small change', async () => {
    const agent = host.agent();
    await host.look(agent);
    host.heldWeight = 8500;
    await host.look(agent);
    host.heldWeight = 12_000;
    await host.look(agent);
    assert.deepEqual(host.writes, [8000, 12_000]);
  });

  it('comes back when none has a limit any more, and not while nothing is known', async () => {
    const agent = host.agent();
    await host.look(agent);
    host.limited = null;
    await host.look(agent);
    assert.equal(host.weight, 8000);
    host.limited = [];
    await host.look(agent);
    assert.equal(host.weight, 1024);
    assert.equal(host.files.files.size, 0);
  });

  it('comes back after an agent that was killed, by the next one or by a restore', async () => {
    await host.look(host.agent());
    host.limited = [];
    await host.look(host.agent());
    assert.equal(host.weight, 1024);
    host.limited = [ONE];
    await host.look(host.agent());
    assert.deepEqual(await host.agent().restore(), [PATH]);
    assert.equal(host.weight, 1024);
    assert.deepEqual(await host.agent().restore(), []);
  });

  it('is the original of the first agent for a second one, too', async () => {
    const [first, second] = [host.agent(), host.agent()];
    await host.look(first);
    host.heldWeight = 12_000;
    await host.look(second);
    await first.restore();
    await host.look(second);
    assert.equal(host.weight, 12_000);
    assert.equal(host.files.files.size, 1);
    await second.restore();
    assert.equal(host.weight, 1024);
  });

  it('is written again where others changed it', async () => {
    const agent = host.agent();
    await host.look(agent);
    host.weight = 1024;
    await host.look(agent);
    assert.equal(host.weight, 8000);
  });

  it('is left alone where the disk refuses, with one warning where the kernel does', async () => {
    const agent = host.agent();
    host.files.broken = true;
    await host.look(agent);
    assert.deepEqual(host.writes, []);
    host.files.broken = false;
    host.fault = 'EROFS: read-only file system';
    await host.look(agent);
    await host.look(agent);
    assert.deepEqual(host.warnings, [
      'the CPU weight of the cgroup /docker cannot be raised to 8000: EROFS: read-only file system',
    ]);
    host.fault = '';
    await host.look(agent);
    assert.equal(host.weight, 8000);
  });
});
