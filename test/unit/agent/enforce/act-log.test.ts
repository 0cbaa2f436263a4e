import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { DEFAULT_BOUNDS } from '../../../../agent/enforce/policy-bounds.js';
import type { DesiredAllocation, EndedAllocation } from '../../../../shared/command.js';
import type { AllocationId } from '../../../../shared/ids.js';
import { aSpec, wantOwn } from './build.js';
import { EnforceWorld } from './world.js';

interface Said {
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

describe('the log of an agent', () => {
  let said: Said[];
  let world: EnforceWorld;
  const open = async (before?: EnforceWorld): Promise<EnforceWorld> => {
    const note = (message: string, fields: Said['fields'] = {}): void => {
      if (message.startsWith('audit: ')) said.push({ message: message.slice(7), fields });
    };
    const bounds = { ...DEFAULT_BOUNDS, images: ['dqoes/*:*'] };
    return EnforceWorld.open({ bounds, log: { info: note, warn: note, error: note } }, before);
  };
  beforeEach(async () => {
    said = [];
    world = await open();
  });

  const web = aSpec('web');
  const asked = (requestedBy: string, spec = web, reason = 'policy'): DesiredAllocation => ({
    ...wantOwn(spec, 0.5),
    ...{ requestedBy, reason },
  });
  const taken = (): readonly Readonly<Record<string, unknown>>[] =>
    said.splice(0).map(({ message, fields }) => ({ message, ...fields }));
  const about = { allocation: 'web-0', job: 'web' };

  it('says who had a job started, and why there', async () => {
    await world.desire([asked('sue', web, 'placed: most free CPU')]);
    assert.deepEqual(taken(), [
      {
        message: 'a container was started',
        ...about,
        ...{ requestedBy: 'sue', image: 'dqoes/tiny:1', reason: 'placed: most free CPU' },
      },
    ]);
    await world.desire([{ ...asked('sue'), limit: { cpuCores: 0.3, periodUs: 100_000 } }]);
    assert.deepEqual(taken(), [], 'no person sets limits');
  });

  it('says who had it stopped, as far as the desired state says it', async () => {
    const ended: EndedAllocation = {
      id: 'web-0' as AllocationId,
      requestedBy: 'olga',
      reason: 'gone',
    };
    const stopped = { message: 'a container was stopped and removed', allocation: 'web-0' };
    for (const [list, who, why] of [
      [[ended], 'olga', 'gone'],
      [[{ id: ended.id, reason: 'moved to h2' }], 'not known', 'moved to h2'],
      [[], 'not known', 'no longer desired'],
    ] as const) {
      await world.desire([asked('sue')]);
      said = [];
      await world.desire([], list.length === 0 ? {} : { ended: list });
      assert.deepEqual(taken(), [{ ...stopped, requestedBy: who, reason: why }]);
    }
  });

  it('says who changed a job, and which fields, without their values', async () => {
    await world.desire([asked('sue')]);
    said = [];
    await world.desire([asked('olga', aSpec('web', { weight: 3 }))]);
    assert.deepEqual(taken(), [
      { message: 'a job was changed', ...about, changed: 'weight', requestedBy: 'olga' },
    ]);
    await world.desire([asked('tom', aSpec('web', { weight: 3, env: { A: 'hush' } }))]);
    const whole = taken();
    assert.deepEqual(
      whole.map(({ message, requestedBy }) => [message, requestedBy]),
      [
        ['a job was changed', 'tom'],
        ['a container was stopped and removed', 'tom'],
        ['a container was started', 'tom'],
      ],
    );
    assert.doesNotMatch(JSON.stringify(whole), /hush/);
  });

  it('says whose job the rules of the host forbid, once', async () => {
    const foreign = aSpec('web', { image: 'elsewhere/app:1' });
    await world.desire([asked('sue', foreign)]);
    const [line, ...more] = taken();
    assert.deepEqual(
      [line?.message, line?.requestedBy, more],
      ['a job was refused by the rules of this host', 'sue', []],
    );
    assert.match(String(line?.reason), /elsewhere\/app:1/);
    await world.desire([
      asked('sue', foreign),
      { ...wantOwn(aSpec('b'), 0.1), requestedBy: 'sue' },
    ]);
    assert.deepEqual(
      taken().map(({ message }) => message),
      ['a container was started'],
    );
  });

  it('says once what fails again and again, and what is started again', async () => {
    for (const _ of [1, 2]) world.engine.failNext('run', { kind: 'no-image', message: 'none' });
    await world.desire([asked('sue')]);
    for (let second = 0; second < 5; second += 1) {
      await world.clock.advance(1000);
      world.enforcer.tick(new Map());
      await world.lastAck();
    }
    assert.deepEqual(
      taken().map(({ message, requestedBy }) => [message, requestedBy]),
      [
        ['a container could not be started', 'sue'],
        ['a container was started', 'sue'],
      ],
    );
    const [own] = [...world.engine.containers.values()];
    assert.ok(own);
    world.engine.remove(own.id);
    await world.relist();
    for (let second = 0; second < 5; second += 1) {
      await world.clock.advance(1000);
      world.enforcer.tick(new Map());
      await world.lastAck();
    }
    assert.equal([...world.engine.containers.values()][0]?.state, 'running');
    assert.deepEqual(taken(), [], 'nobody had it started again');
  });

  it('says nothing of a coordinator that tells nobody, but what was done', async () => {
    await world.desire([wantOwn(web, 0.5)]);
    assert.deepEqual(
      taken().map(({ requestedBy }) => requestedBy),
      ['not known'],
    );
  });

  it('says nothing of what ran before its own start', async () => {
    await world.desire([asked('sue')]);
    said = [];
    world = await open(world);
    await world.desire([asked('sue')]);
    assert.deepEqual(taken(), []);
  });
});
