import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'mocha';
import { fixedPartsHashOf } from '../../../../agent/containers/host-config.js';
import { openSecrets } from '../../../../agent/enforce/secrets.js';
import { planSteps } from '../../../../agent/enforce/steps.js';
import type { RunRequest } from '../../../../agent/ports/engine.js';
import type { NodeKey } from '../../../../agent/ports/secrets.js';
import { nodeKeyOf } from '../../../../agent/wiring/node-key.js';
import { seal } from '../../../../proto/sealing/sealed-box.js';
import type { DesiredAllocation, SealedSecret } from '../../../../shared/command.js';
import type { SecretName } from '../../../../shared/ids.js';
import { anOwn, aPlanInput, aSpec, aState, NODE, wantOwn } from './build.js';
import { CLUSTER, EnforceWorld } from './world.js';

const newKey = (): NodeKey =>
  nodeKeyOf(generateKeyPairSync('x25519').privateKey, { cluster: CLUSTER, node: NODE });
const key = newKey();
const DB = 'db' as SecretName;
const PLAIN = aSpec('web');
const WEB = aSpec('web', { secretEnv: { PASSWORD: DB, SAME: DB } });
const WANTED = wantOwn(WEB, 0.5);

function boxFor(value: string, { id, job }: DesiredAllocation = WANTED, to = key): SealedSecret {
  const place = { node: NODE, job, allocation: id };
  const context = { cluster: CLUSTER, secret: DB, place };
  const box = seal(new TextEncoder().encode(value), to.publicKey, context);
  assert.ok(box.ok);
  return { name: DB, version: 'v1', key: to.publicKey, box: box.value };
}

/** A world that keeps what the engine was asked to run. */
async function openWorld(nodeKey: NodeKey | undefined = key) {
  const world = await EnforceWorld.open(nodeKey === undefined ? {} : { nodeKey });
  const requests: RunRequest[] = [];
  const run = world.engine.run.bind(world.engine);
  world.engine.run = (request) => {
    requests.push(request);
    return run(request);
  };
  return { world, requests };
}

describe('secrets of a job on its node', () => {
  it('are opened when the container is created, for the engine alone', async () => {
    const { world, requests } = await openWorld();
    const ack = await world.desire([{ ...WANTED, secrets: [boxFor('hush')] }]);
    assert.equal(ack.outcome, 'applied', JSON.stringify(ack));
    assert.deepEqual(requests[0]?.secretEnv, { PASSWORD: 'hush', SAME: 'hush' });
    assert.equal(JSON.stringify([ack, [...world.files.files]]).includes('hush'), false);
  });

  it('begin with a BOM where the value does', async () => {
    const { world, requests } = await openWorld();
    await world.desire([{ ...WANTED, secrets: [boxFor('\ufeffhush')] }]);
    assert.equal(requests[0]?.secretEnv?.PASSWORD, '\ufeffhush');
  });

  it('that are missing keep it from being created, and an older one running', async () => {
    const { world, requests } = await openWorld();
    await world.desire([wantOwn(PLAIN, 0.5)]);
    assert.equal(requests.length, 1);
    const ack = await world.desire([WANTED]);
    assert.equal(ack.outcome, 'partial');
    assert.match(ack.allocations[0]?.reason ?? '', /sent no value of the secret db/);
    assert.equal(ack.allocations[0]?.refused, undefined, 'no rule of the host');
    assert.deepEqual([requests.length, world.engine.containers.size], [1, 1]);
    await world.desire([{ ...WANTED, secrets: [boxFor('hush')] }]);
    await world.clock.advance(5000);
    world.enforcer.tick(new Map());
    await world.enforcer.settled();
    assert.deepEqual(requests.at(-1)?.secretEnv, { PASSWORD: 'hush', SAME: 'hush' });
  });

  it('that are missing leave what ended before the agent came as it is', () => {
    const ended = anOwn(1, WEB, { state: 'exited', pid: 0, exitCode: 1 });
    const endedBefore = new Set([ended.containerId]);
    const kindsFor = (want: DesiredAllocation) =>
      planSteps(aPlanInput({ desired: aState([want]), managed: [ended], endedBefore })).steps.map(
        ({ kind }) => kind,
      );
    assert.deepEqual(kindsFor(WANTED), []);
    assert.deepEqual(kindsFor({ ...WANTED, secrets: [boxFor('hush')] }), ['stop']);
  });

  it('with a new value leave a container that runs as it is', async () => {
    const { world, requests } = await openWorld();
    await world.desire([{ ...WANTED, secrets: [boxFor('hush')] }]);
    const ack = await world.desire([{ ...WANTED, secrets: [boxFor('later')] }]);
    assert.deepEqual([ack.outcome, requests.length], ['applied', 1]);
  });

  for (const [what, box, reason] of [
    ['another node', boxFor('hush', WANTED, newKey()), /is for the key .*, and this agent has .*/],
    ['another allocation', boxFor('hush', { ...WANTED, id: 'web-1' as never }), /cannot be opened/],
  ] as const)
    it(`that are for ${what} start nothing`, async () => {
      const { world, requests } = await openWorld();
      const ack = await world.desire([{ ...WANTED, secrets: [box] }]);
      assert.match(ack.allocations[0]?.reason ?? '', reason);
      assert.equal(requests.length, 0);
    });

  it('that can be opened now start at once what failed with others', async () => {
    const { world, requests } = await openWorld();
    await world.desire([{ ...WANTED, secrets: [boxFor('hush', WANTED, newKey())] }]);
    // Enough failures for a pause that outlasts the test.
    for (let i = 0; i < 8; i += 1) {
      await world.clock.advance(60_000);
      world.enforcer.tick(new Map());
      await world.enforcer.settled();
    }
    assert.equal(requests.length, 0);
    const ack = await world.desire([{ ...WANTED, secrets: [boxFor('hush')] }]);
    assert.deepEqual([ack.outcome, requests.length], ['applied', 1], JSON.stringify(ack));
  });

  it('start nothing where the agent has no key', async () => {
    const world = await EnforceWorld.open();
    const ack = await world.desire([{ ...WANTED, secrets: [boxFor('hush')] }]);
    assert.match(ack.allocations[0]?.reason ?? '', /this agent has no key for secrets/);
    assert.equal(world.engine.containers.size, 0);
  });

  it('are refused in variables that the host decides about', async () => {
    const { world } = await openWorld();
    const spec = aSpec('web', { secretEnv: { LD_PRELOAD: DB } });
    const ack = await world.desire([{ ...wantOwn(spec, 0.5), secrets: [boxFor('hush')] }]);
    assert.match(ack.allocations[0]?.reason ?? '', /LD_PRELOAD is reserved/);
    assert.equal(ack.allocations[0]?.refused, true);
  });

  it('are cut out of what the engine says of them, also where it was cut before', async () => {
    const { world } = await openWorld();
    const message = 'bad environment: "hush-hush", "hush-hus';
    world.engine.run = async () => ({ ok: false, error: { kind: 'refused', message } });
    const ack = await world.desire([{ ...WANTED, secrets: [boxFor('hush-hush')] }]);
    assert.match(ack.allocations[0]?.reason ?? '', /bad environment: "\(hidden\)", "\(hidden\)/);
  });

  it('count in the identity of the container by name, and jobs without keep theirs', () => {
    const named = (secret: string) =>
      fixedPartsHashOf({ ...PLAIN, secretEnv: { A: secret as SecretName } });
    assert.notEqual(named('db'), fixedPartsHashOf(PLAIN));
    assert.notEqual(named('db'), named('dc'));
    const step = { kind: 'start' as const, allocation: WANTED.id, spec: PLAIN, specHash: '' };
    const opened = openSecrets({ ...step, limit: WANTED.limit, reason: '' }, undefined);
    assert.deepEqual(opened, { ok: true, value: undefined });
  });
});
