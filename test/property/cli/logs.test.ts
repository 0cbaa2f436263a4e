import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { ContainerLog } from '../../../cli/logs/container-log.js';
import { LogPrinter } from '../../../cli/logs/printer.js';
import type { Bus } from '../../../proto/bus.js';
import type { AllocationId, NodeId } from '../../../shared/ids.js';
import { err } from '../../../shared/result.js';
import { LogWorld } from '../../unit/cli/logs/world.js';

/** What befalls a log while it is followed. */
type Blow =
  | { readonly kind: 'write'; readonly count: number }
  | { readonly kind: 'pass'; readonly ms: number }
  /** The agent dies and comes back; the container runs on. */
  | { readonly kind: 'agent' }
  /** Answers to the next requests do not arrive. */
  | { readonly kind: 'lose'; readonly answers: number }
  | { readonly kind: 'restart' }
  | { readonly kind: 'rotate'; readonly count: number };

const blow = (withRotation: boolean): fc.Arbitrary<Blow> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('write'), count: fc.nat(40) }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('pass'), ms: fc.nat(20_000) }) },
    fc.record({ kind: fc.constant('agent') }),
    fc.record({ kind: fc.constant('lose'), answers: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ kind: fc.constant('restart') }),
    ...(withRotation
      ? [fc.record({ kind: fc.constant('rotate'), count: fc.integer({ min: 1, max: 60 }) })]
      : []),
  ) as fc.Arbitrary<Blow>;

/** Follows a log through all that befalls it: what was printed, and how many lines were written. */
async function follow(blows: readonly Blow[]) {
  const world = new LogWorld();
  await world.start('h1');
  const container = world.run('h1', 'a-1');
  const engine = world.engineOf('h1');
  let written = 0;
  let lost = 0;
  const request: Bus['request'] = async (...asked) => {
    const answer = await world.bus.request(...asked);
    if (lost === 0) return answer;
    lost -= 1;
    return err('timeout');
  };
  const bus = new Proxy(world.bus, {
    get: (target, name) =>
      name === 'request' ? request : (Reflect.get(target, name, target) as unknown),
  });
  const { subjects, clock, abort } = world;
  const target = {
    ...{ allocation: 'a-1' as AllocationId, name: 'a-1', node: 'h1' as NodeId },
    ...{ container, life: '1' },
  };
  const printer = new LogPrinter(world.app, { prefixed: false, timestamps: false });
  const deps = { bus, subjects, clock, printer, signal: abort.signal, session: 'abcdefgh' };
  const done = new ContainerLog(target, { live: true }, deps).run();
  for (const each of blows) {
    if (each.kind === 'write')
      for (let at = 0; at < each.count; at += 1) engine.write(container, String(written++));
    else if (each.kind === 'pass') await clock.advance(each.ms);
    else if (each.kind === 'lose') lost = each.answers;
    else if (each.kind === 'restart') {
      engine.end(container, 1);
      engine.start(container);
    } else if (each.kind === 'rotate') {
      const { length } = engine.containers.get(container)?.log ?? [];
      engine.rotate(container, Math.min(each.count, length));
    } else {
      world.stop('h1');
      await world.start('h1');
    }
  }
  await clock.advance(120_000);
  abort.abort();
  await done;
  return { world, out: world.out.map(Number), written };
}

describe('a log that is followed, as laws', function () {
  this.timeout(120_000);

  it('has every line once and in order, whatever befalls the way to it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(blow(false), { maxLength: 25 }), async (blows) => {
        const { world, out, written } = await follow(blows);
        assert.deepEqual(
          out,
          Array.from({ length: written }, (_, at) => at),
        );
        assert.deepEqual(world.problems, []);
      }),
      { numRuns: 40 },
    );
  });

  it('has no line twice, and none out of order, where the engine rotates it away', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(blow(true), { maxLength: 25 }), async (blows) => {
        const { out } = await follow(blows);
        assert.ok(out.every((line, at) => at === 0 || line > (out[at - 1] ?? 0)));
      }),
      { numRuns: 40 },
    );
  });
});
