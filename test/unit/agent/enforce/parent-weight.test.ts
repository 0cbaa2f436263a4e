import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { parentWeightOf } from '../../../../agent/containers/weight.js';
import { allParents, putParentsBack } from '../../../../agent/enforce/parent-records.js';
import { ParentWeightControl } from '../../../../agent/enforce/parent-weight.js';
import type {
  ContainerProcess,
  KernelWeight,
  ParentWeights,
} from '../../../../agent/ports/cgroup.js';
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
  readonly warnings: unknown[] = [];
  readonly writes: number[] = [];
  weight = 1024;
  heldWeight = 4000;
  limited: readonly ContainerProcess[] | null = [ONE];
  fault = '';
  isSeen = true;

  readonly parents: ParentWeights = {
    boot: 'boot-1',
    read: (path) => (path === PATH && this.isSeen ? this.#now() : null),
    look: (containers) =>
      containers.length === 0 || !this.isSeen
        ? []
        : [{ path: PATH, weight: this.#now(), heldWeight: this.heldWeight }],
    write: (_path, value) => {
      if (this.fault !== '') return err(this.fault);
      assert.equal(this.files.files.size, 1, 'what it was is on disk first');
      this.writes.push(value);
      this.weight = value;
      return ok(undefined);
    },
  };
  #now(): KernelWeight {
    return { version: 1, value: this.weight };
  }

  agent(by = 'engine-1 labels dqoes.'): ParentWeightControl {
    return new ParentWeightControl({
      parents: this.parents,
      files: this.files,
      clock: this.clock,
      log: { ...silentLog, warn: (_text, fields) => this.warnings.push(fields) },
      by,
      room: () => ({ hostCores: 2, allocatableCores: 1.9 }),
      limited: () => this.limited,
    });
  }

  /** As `dqoes agent restore` does. */
  async restore(): Promise<void> {
    const log = {
      ...silentLog,
      warn: (_text: string, fields: unknown) => this.warnings.push(fields),
    };
    const options = { parents: this.parents, files: this.files, log, likelyPaths: [PATH] };
    assert.deepEqual(await putParentsBack(options, allParents(2)), []);
  }

  /** What a disk that lost its last writes leaves of the record. */
  tear(text = ''): void {
    for (const name of this.files.files.keys()) this.files.files.set(name, text);
  }

  async look(agent: ParentWeightControl): Promise<void> {
    await this.clock.advance(5000);
    agent.tick();
    await settle();
  }
}

describe('the weight of a cgroup that holds containers', () => {
  let host = new Host();
  beforeEach(() => {
    host = new Host();
  });

  it('is that of the containers, within bounds', () => {
    const of = (heldWeight: number, original = 1024, version: 1 | 2 = 1, cores = 2): number => {
      const room = { hostCores: cores, allocatableCores: 0.95 * cores };
      return parentWeightOf({ weight: { version, value: 0 }, heldWeight }, original, room);
    };
    assert.equal(of(4000), 4000);
    assert.equal(of(500), 1024);
    assert.equal(of(1e6), 7782);
    assert.equal(of(1e6, 100, 2), 760);
    assert.equal(of(1e6, 50_000), 50_000);
    // What is kept for others, in one cgroup of default weight: 19 to 1.
    assert.equal(of(1e6, 1024, 1, 64), 19 * 1024);
    assert.equal(of(1e6, 100, 2, 64), 1900);
    const all = { hostCores: 100, allocatableCores: 100 };
    assert.equal(
      parentWeightOf({ weight: { version: 1, value: 0 }, heldWeight: 1e9 }, 1, all),
      262_144,
    );
  });

  it('follows them, and not each small change', async () => {
    const agent = host.agent();
    await host.look(agent);
    host.heldWeight = 4300;
    await host.look(agent);
    host.heldWeight = 6000;
    await host.look(agent);
    assert.deepEqual(host.writes, [4000, 6000]);
  });

  it('comes back when none has a limit any more, and not while nothing is known', async () => {
    const agent = host.agent();
    await host.look(agent);
    host.limited = null;
    await host.look(agent);
    assert.equal(host.weight, 4000);
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
    await host.restore();
    assert.equal(host.weight, 1024);
    assert.equal(host.files.files.size, 0);
  });

  it('is not put back by another agent, whatever that one limits', async () => {
    await host.look(host.agent());
    host.limited = [];
    const other = host.agent('engine-1 labels other.');
    await host.look(other);
    await other.restore();
    assert.equal(host.weight, 4000);
  });

  it('is taken over by a second agent once the first has put it back', async () => {
    const [first, second] = [host.agent('one'), host.agent('two')];
    await host.look(first);
    host.heldWeight = 6000;
    await host.look(second);
    await first.restore();
    assert.equal(host.weight, 1024);
    await host.look(second);
    assert.equal(host.weight, 6000);
    assert.equal(host.files.files.size, 1);
    await second.restore();
    assert.equal(host.weight, 1024);
  });

  it('keeps its record while an agent that never saw the cgroup cannot read it', async () => {
    await host.look(host.agent());
    host.isSeen = false;
    host.limited = [];
    const agent = host.agent();
    await host.look(agent);
    assert.equal(host.files.files.size, 1);
    host.isSeen = true;
    await host.look(agent);
    assert.equal(host.weight, 1024);
  });

  it('is left alone where its owner has set it', async () => {
    host.weight = 2048;
    const agent = host.agent();
    await host.look(agent);
    await agent.restore();
    assert.deepEqual(host.writes, []);
    assert.equal(host.weight, 2048);
  });

  it('comes down with the containers in it, and is not fought over', async () => {
    const [agent, other] = [host.agent('one'), host.agent('two')];
    await host.look(agent);
    host.heldWeight = 6000;
    await host.look(other);
    assert.equal(host.weight, 4000);
    host.heldWeight = 500;
    await host.look(agent);
    assert.equal(host.weight, 1024);
  });

  it('of an earlier boot, or of a cgroup that is gone, is forgotten', async () => {
    const agent = host.agent();
    await host.look(agent);
    host.weight = 5000;
    const { files } = host;
    const parents = { ...host.parents, boot: 'boot-2' };
    await putParentsBack({ parents, files, log: silentLog }, allParents(2));
    assert.deepEqual([host.weight, files.files.size], [5000, 0]);
    host.weight = 1024;
    await host.look(agent);
    host.isSeen = false;
    host.limited = [];
    await host.look(agent);
    assert.equal(files.files.size, 0);
  });

  it('is not written any more once the agent is closed', async () => {
    const agent = host.agent();
    await agent.close();
    await host.look(agent);
    assert.deepEqual(host.writes, []);
  });

  it('is written again where others changed it', async () => {
    const agent = host.agent();
    await host.look(agent);
    host.weight = 1024;
    await host.look(agent);
    assert.equal(host.weight, 4000);
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
    assert.deepEqual(host.warnings.slice(1), [
      { path: PATH, reason: 'cannot be raised to 4000: EROFS: read-only file system' },
    ]);
    host.fault = '';
    await host.look(agent);
    assert.equal(host.weight, 4000);
  });

  const LOST = "its record cannot be read: what it had is taken to be the kernel's default, 1024";

  it('comes back by a restore where its record is torn, and says so', async () => {
    await host.look(host.agent());
    host.tear();
    await host.restore();
    assert.deepEqual([host.weight, host.files.files.size], [1024, 0]);
    assert.deepEqual(host.warnings, [{ path: PATH, reason: LOST }]);
  });

  it('comes back with its agent where its record is torn', async () => {
    const agent = host.agent();
    await host.look(agent);
    host.tear('dqoes-parent-weight 1 sha256:0\n{"path":"/docker"');
    await agent.close();
    await agent.restore();
    assert.deepEqual([host.weight, host.files.files.size], [1024, 0]);
    assert.deepEqual(host.warnings, [{ path: PATH, reason: LOST }]);
  });

  it('is kept by the next agent where its record is torn', async () => {
    await host.look(host.agent());
    host.tear();
    const agent = host.agent();
    host.heldWeight = 6000;
    await host.look(agent);
    assert.equal(host.weight, 6000);
    host.limited = [];
    await host.look(agent);
    assert.deepEqual([host.weight, host.files.files.size], [1024, 0]);
  });

  it('that no agent can have made is left where a record is torn', async () => {
    for (const weight of [512, 50_000]) {
      host = new Host();
      await host.look(host.agent());
      host.tear();
      host.weight = weight;
      await host.restore();
      assert.deepEqual([host.weight, host.files.files.size], [weight, 0]);
    }
  });
});
