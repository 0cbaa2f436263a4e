import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { Vault } from '../../../coordinator/secrets/vault.js';
import { encodeSecret, secretKey } from '../../../coordinator/store/secret-codec.js';
import { open, publicTextOf, seal } from '../../../proto/sealing/sealed-box.js';
import type { SealedSecret } from '../../../shared/command.js';
import type { SecretName } from '../../../shared/ids.js';
import { silentLog } from '../../../shared/log.js';
import { MAX_SECRET_BYTES } from '../../../shared/secret.js';
import { allocationId, job, jobName, nodeId } from './build.js';
import { World } from './world.js';

const CLUSTER = 'test';
const DB = 'db' as SecretName;
const newKey = () => generateKeyPairSync('x25519').privateKey;
const usesDb = job('a', { secretEnv: { PASSWORD: DB } });

describe('coordinator: secrets', () => {
  let world: World;
  const [secretsKey, nodeKey] = [newKey(), newKey()];
  beforeEach(async () => {
    world = await World.make();
    world.vault = new Vault({ cluster: CLUSTER, secretsKey }, silentLog);
    world.agent.sealingKey = publicTextOf(nodeKey);
  });
  afterEach(() => world.stop());

  const boxOf = (value: string | Uint8Array, key = secretsKey): string => {
    const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
    const box = seal(bytes, publicTextOf(key), { cluster: CLUSTER, secret: DB });
    assert.ok(box.ok);
    return box.value;
  };
  const set = (value: string | Uint8Array) =>
    world.call('secret-set', { name: DB, box: boxOf(value) });
  const sent = (): readonly SealedSecret[] => world.agent.desired?.allocations[0]?.secrets ?? [];
  const opened = (key = nodeKey): string | undefined => {
    const place = { node: nodeId('h1'), job: jobName('a'), allocation: allocationId('a-1') };
    const context = { cluster: CLUSTER, secret: DB, place };
    const result = open(sent()[0]?.box ?? '', key, context);
    return result.ok ? new TextDecoder().decode(result.value) : undefined;
  };
  const shown = async () => {
    const answer = await world.call('job-status', { name: jobName('a') });
    assert.ok(answer.ok);
    const { state, reasons } = answer.value.job;
    return `${state}: ${reasons.join('; ')}`;
  };
  const submit = () => world.call('job-submit', { jobs: [usesDb] });

  it('keep a job waiting until they are set, and reach its node sealed to it alone', async () => {
    await world.start();
    await submit();
    await world.live(2);
    assert.match(await shown(), /^pending: a-1: secret db is not set: dqoes secret set db$/);
    assert.deepEqual(world.agent.desired?.allocations ?? [], []);
    const answer = await set('hush');
    assert.deepEqual(answer, { ok: true, value: { name: 'db', change: 'created', jobs: ['a'] } });
    await world.live(3);
    assert.match(await shown(), /^running/);
    assert.equal(opened(), 'hush');
    assert.equal(opened(secretsKey), undefined);
  });

  it('that are set again are sealed again, and once', async () => {
    await world.start();
    await set('hush');
    await submit();
    await world.live(3);
    const [before] = sent();
    await world.live(3);
    assert.deepEqual(sent()[0], before, 'the same box while nothing changed');
    assert.ok((await set('later')).ok);
    await world.live(2);
    assert.equal(opened(), 'later');
    assert.notEqual(sent()[0]?.version, before?.version);
  });

  it('that are removed are taken out: what runs runs on, and nothing is started', async () => {
    await world.start();
    await set('hush');
    await submit();
    await world.live(3);
    world.agent.isDeaf = true;
    assert.ok((await world.call('secret-remove', { name: DB })).ok);
    await world.live(2);
    assert.match(await shown(), /^running: what runs runs on, and is not started again: secret db/);
    assert.deepEqual(world.agent.commands.at(-1)?.allocations[0]?.secrets, undefined);
    const again = await world.call('secret-remove', { name: DB });
    assert.ok(!again.ok && again.error[0]?.code === 'service.not-found');
    world.agent.isDeaf = false;
    await world.live(1);
    world.agent.report({ containers: [] });
    await world.live(3);
    assert.match(await shown(), /^pending: a-1: secret db is not set/);
  });

  it('are listed with their jobs, by name alone', async () => {
    await world.start();
    await set('hush');
    await submit();
    const answer = await world.call('secret-list', {});
    assert.ok(answer.ok);
    assert.deepEqual(
      answer.value.secrets.map(({ name, jobs }) => [name, jobs]),
      [['db', ['a']]],
    );
    assert.deepEqual(Object.keys(answer.value.secrets[0] ?? {}), ['name', 'setAtMs', 'jobs']);
  });

  it('outlive their coordinator', async () => {
    const first = await world.start();
    await set('hush');
    await first.stop();
    await world.start('c2');
    await submit();
    await world.live(3);
    assert.equal(opened(), 'hush');
  });

  it('that an earlier leader stored or removed late are taken up', async () => {
    await world.start();
    await submit();
    await world.live(1);
    const nodes = await world.stores.open(CLUSTER, 'nodes');
    assert.ok(nodes.ok);
    await nodes.value.put(secretKey(DB), encodeSecret({ box: boxOf('late'), setAtMs: 1 }));
    await world.live(33);
    assert.equal(opened(), 'late');
    await nodes.value.delete(secretKey(DB));
    await world.live(33);
    assert.match(await shown(), /secret db is not set/);
    await set('hush');
    await world.live(33);
    assert.equal(opened(), 'hush', 'what is known is not taken for late');
  });

  it('are not given out by a coordinator with another key, or none', async () => {
    const first = await world.start();
    await set('hush');
    await submit();
    await first.stop();
    world.vault = new Vault({ cluster: CLUSTER, secretsKey: newKey() }, silentLog);
    const second = await world.start('c2');
    await world.live(3);
    assert.match(await shown(), /^pending: a-1: secret db cannot be opened with the secrets-key/);
    await second.stop();
    world.vault = undefined;
    await world.start('c3');
    await world.live(3);
    assert.match(await shown(), /^pending: .*this coordinator has no secrets-key/);
    const answer = await set('hush');
    assert.ok(!answer.ok && answer.error[0]?.code === 'secret.no-key');
  });

  it('go to the key that the node reported first, until another is approved', async () => {
    await world.start();
    await set('hush');
    await world.live(1);
    const other = newKey();
    world.agent.sealingKey = publicTextOf(other);
    await world.live(1);
    await submit();
    await world.live(3);
    assert.match(await shown(), /^pending: .*reports the key .* and was registered with/);
    assert.deepEqual(sent(), []);
    const node = await world.call('node-status', { id: nodeId('h1') });
    assert.ok(node.ok);
    assert.match(node.value.node.warnings.join(), /gets no secrets: .*dqoes node approve h1/);
    assert.ok((await world.call('node-approve', { id: nodeId('h1') })).ok);
    await world.live(3);
    assert.equal(opened(other), 'hush');
    assert.equal(opened(), undefined);
  });

  it('keep the key of a node over a restart', async () => {
    const first = await world.start();
    await world.live(2);
    await first.stop();
    world.agent.sealingKey = publicTextOf(newKey());
    await world.start('c2');
    await set('hush');
    await submit();
    await world.live(3);
    assert.match(await shown(), /^pending: .*was registered with/);
  });

  it('are not placed on a node without a key', async () => {
    world.agent.sealingKey = undefined;
    await world.start();
    await set('hush');
    await submit();
    await world.live(3);
    assert.match(await shown(), /^pending: .*its agent has no key for secrets/);
  });

  for (const [what, value, words] of [
    ['too long', new Uint8Array(MAX_SECRET_BYTES + 1).fill(65), undefined],
    ['not UTF-8', Uint8Array.of(0xff, 0xfe), /is not UTF-8/],
    ['empty', '', /is empty/],
    ['with a zero byte', 'a\0b', /zero byte/],
  ] as const)
    it(`that are ${what} are refused, and not shown`, async () => {
      await world.start();
      const answer = await set(value);
      assert.ok(!answer.ok);
      assert.match(answer.error[0]?.message ?? '', words ?? /at most 16 KiB/);
    });

  it('of another cluster or sealed to another key are refused', async () => {
    await world.start();
    const answer = await world.call('secret-set', { name: DB, box: boxOf('hush', newKey()) });
    assert.ok(!answer.ok && answer.error[0]?.code === 'secret.unreadable', JSON.stringify(answer));
  });

  it('are refused in a variable that has a value, too', async () => {
    await world.start();
    const both = job('a', { env: { PASSWORD: 'x' }, secretEnv: { PASSWORD: DB } });
    const answer = await world.call('job-submit', { jobs: [both] });
    assert.ok(!answer.ok);
    assert.match(answer.error[0]?.message ?? '', /it has a value and a secret/);
  });
});
