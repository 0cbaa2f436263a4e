import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { HostActs } from '../../../../coordinator/audit/host-acts.js';
import { decodeAudit } from '../../../../proto/audit.js';
import type { AuditLine } from '../../../../proto/schemas/audit.js';
import type { StoreFailure } from '../../../../proto/store.js';
import type { NodeId } from '../../../../shared/ids.js';
import type { HostAct } from '../../../../shared/report.js';
import { err, ok } from '../../../../shared/result.js';
import { nodeId } from '../build.js';
import { World } from '../world.js';

const act = (number: number, after: number, change: Partial<HostAct> = {}): HostAct => ({
  ...{ number, after, timeMs: Date.UTC(2026, 10, 26, 14, 3, 1) },
  ...{ verb: 'restore', who: 'root', what: 'restored face' },
  ...change,
});
const H1 = nodeId('h1');

describe('which acts of a host get a line', () => {
  let nowMs: number;
  let audited: number | undefined;
  let written: number[];
  let acts: HostActs;
  const say = (...given: readonly HostAct[]) => {
    for (const each of given) acts.hear({ node: H1, act: each });
  };
  beforeEach(() => {
    [nowMs, audited, written] = [0, 0, []];
    acts = new HostActs({
      clock: { now: () => nowMs },
      auditedOf: () => audited,
      onAudited: async () => {},
      audit: { hostActed: (_node: NodeId, { number }: HostAct) => written.push(number) },
    });
  });

  it('are those without one, each once, whatever is said again', () => {
    say(act(1, 0), act(2, 1), act(1, 0), act(2, 1));
    assert.deepEqual(written, [1, 2]);
  });

  it('come in order: one that was lost on its way is waited for', () => {
    say(act(1, 0), act(3, 2), act(2, 1), act(3, 2));
    assert.deepEqual(written, [1, 2, 3]);
  });

  it('are those after the newest that has one', () => {
    audited = 2;
    say(act(1, 0), act(2, 1), act(3, 2));
    assert.deepEqual(written, [3]);
  });

  it('are all where the host has forgotten those between', () => {
    audited = 2;
    say(act(9, 0), act(10, 9));
    assert.deepEqual(written, [9, 10]);
  });

  it('are none of a node that takes no part', () => {
    audited = undefined;
    say(act(1, 0));
    assert.deepEqual(written, []);
  });

  it('are thirty at once, and one every two minutes: a host fills no audit', () => {
    for (let number = 1; number <= 200; number += 1) say(act(number, number - 1));
    assert.equal(written.length, 30);
    for (nowMs = 1000; nowMs <= 605_000; nowMs += 1000)
      for (let number = 31; number <= 200; number += 1) say(act(number, number - 1));
    assert.deepEqual(written.slice(30), [31, 32, 33, 34, 35]);
  });
});

describe('what was done on a host beside NATS', () => {
  let world: World;
  let lines: AuditLine[];
  let failure: StoreFailure | undefined;
  /** Says each once, one a second. */
  const say = async (...given: readonly HostAct[]) => {
    for (const each of given) {
      world.agent.report({ act: each });
      await world.clock.advance(1000);
    }
  };
  const ids = () => lines.filter(({ verb }) => verb === 'host-act').map(({ id }) => id);
  beforeEach(async () => {
    [lines, failure] = [[], undefined];
    world = await World.make();
    // A stream that drops no repeats: nothing may depend on that it does.
    world.stores.auditLog = () => ({
      append: async (_subject, _id, data) => {
        if (failure !== undefined) return err(failure);
        const line = decodeAudit(data);
        assert.ok(line.ok);
        lines.push(line.value);
        return ok(undefined);
      },
    });
  });
  afterEach(() => world.stop());

  it('has a line that says that the host says so', async () => {
    await world.start();
    await world.live(1);
    await say(act(1, 0));
    const line = lines.find(({ verb }) => verb === 'host-act');
    assert.deepEqual(
      [line?.who, line?.node, line?.outcome, line?.role, line?.key],
      ['agent-h1', 'h1', 'done', undefined, undefined],
    );
    assert.equal(
      line?.reason,
      'restore by root on 2026-11-26T14:03:01.000Z, as the host says: restored face',
    );
  });

  it('has one line though agent and coordinator start again', async () => {
    const first = await world.start();
    await say(act(1, 0), act(2, 1), act(1, 0), act(2, 1));
    world.agent.bootId = 'boot-2';
    world.agent.sequence = 0;
    await world.live(5);
    await say(act(1, 0), act(2, 1));
    await first.stop();
    await world.start('c2');
    await say(act(1, 0), act(2, 1), act(3, 2), act(3, 2));
    assert.deepEqual(ids(), ['host-act.h1.1', 'host-act.h1.2', 'host-act.h1.3']);
  });

  it('has its line as soon as the stream takes lines, from the leader of that time', async () => {
    failure = 'full';
    const first = await world.start();
    await say(act(1, 0), act(1, 0));
    const stopped = first.stop();
    await world.clock.advance(10_000);
    await stopped;
    failure = undefined;
    await world.start('c2');
    await say(act(1, 0), act(1, 0));
    assert.deepEqual(ids(), ['host-act.h1.1']);
    assert.equal(lines.find(({ verb }) => verb === 'host-act')?.coordinator, 'c2');
  });
});
