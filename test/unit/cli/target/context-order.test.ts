import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { selectContext } from '../../../../cli/contexts/contexts.js';
import { natsTarget } from '../../../../cli/target/nats-target.js';
import type { TargetFlags } from '../../../../cli/target/target.js';
import { type ContextHome, contextHome, SEED } from '../contexts/home.js';

describe('which cluster', () => {
  let at: ContextHome;
  let keys: readonly string[] = [];
  beforeEach(() => {
    at = contextHome();
    keys = ['B', 'C', 'D'].map((letter) =>
      at.write(`${letter}.nk`, SEED.replace('AAAA', letter.repeat(4))),
    );
    const key43 = 'k'.repeat(43);
    at.context('one', `nats: { url: nats://one, credentials: ~/B.nk }\ncluster: first\n`);
    at.context('two', `nats: { url: nats://two }\ncoordinator-keys: ${key43}\n`);
    at.write('.config/nats/context/demo.json', '{"url": "nats://demo", "token": "t"}');
  });
  afterEach(() => at.remove());

  const target = (env: Record<string, string> = {}, flags: TargetFlags = {}) => {
    const found = natsTarget(at.app(env).app.config, flags);
    assert.ok(found.ok, JSON.stringify(found));
    return found.value;
  };
  const placeOf = (env: Record<string, string> = {}, flags: TargetFlags = {}) => {
    const { url, cluster } = target(env, flags);
    return `${url} ${cluster}`;
  };
  /** The letter of the key that is used; '' = none. */
  const keyOf = (env: Record<string, string> = {}, flags: TargetFlags = {}) => {
    const { auth } = target(env, flags);
    return auth?.kind === 'nkey' ? (/^SU(.)/.exec(auth.seed)?.[1] ?? '') : (auth?.kind ?? '');
  };

  it('is what the flags say, then the variables, then the selected contexts', () => {
    assert.equal(placeOf(), 'nats://127.0.0.1:4222 main');
    at.write('.config/nats/context.txt', 'demo\n');
    assert.equal(placeOf(), 'nats://demo main');
    assert.ok(selectContext(at.places, 'one').ok);
    assert.equal(placeOf(), 'nats://one first');
    assert.equal(placeOf({ DQOES_CONTEXT: 'two' }), 'nats://two main');
    const env = { DQOES_CONTEXT: 'two', DQOES_NATS_URL: 'nats://env' };
    assert.equal(placeOf(env), 'nats://env main');
    assert.equal(placeOf(env, { context: 'one' }), 'nats://one first');
    assert.equal(placeOf(env, { context: 'demo' }), 'nats://demo main');
    assert.equal(placeOf(env, { nats: 'nats://flag' }), 'nats://flag main');
  });

  it('has the cluster and the key that come first in the same order', () => {
    const [, C = '', D = ''] = keys;
    const env = { DQOES_CLUSTER: 'env', DQOES_NATS_CREDS: C };
    assert.equal(placeOf({ ...env, DQOES_CONTEXT: 'one' }), 'nats://one env');
    assert.equal(placeOf(env, { context: 'one' }), 'nats://one first');
    assert.equal(placeOf(env, { context: 'one', cluster: 'flag' }), 'nats://one flag');
    assert.equal(keyOf({ DQOES_CONTEXT: 'one' }), 'B');
    assert.equal(keyOf({ ...env, DQOES_CONTEXT: 'one' }), 'C');
    assert.equal(keyOf(env, { context: 'one' }), 'B');
    assert.equal(keyOf(env, { context: 'two' }), 'C');
    assert.equal(keyOf(env, { context: 'one', creds: D }), 'D');
  });

  it('sends what a context says to no other address', () => {
    assert.ok(selectContext(at.places, 'one').ok);
    assert.equal(keyOf({}, { nats: 'nats://flag' }), '');
    assert.equal(keyOf({ DQOES_NATS_URL: 'nats://env' }), '');
    assert.equal(placeOf({ DQOES_NATS_URL: 'nats://env' }), 'nats://env main');
  });

  it('is not read from a context that is not in use', () => {
    at.context('broken', '[');
    assert.ok(selectContext(at.places, 'broken').ok);
    assert.equal(placeOf({ DQOES_NATS_URL: 'nats://env' }), 'nats://env main');
    const found = natsTarget(at.app().app.config, {});
    assert.ok(!found.ok);
  });

  it('is a fault where an address and a context are named, or one that is not there', () => {
    const { config } = at.app().app;
    const both = natsTarget(config, { nats: 'nats://a', context: 'one' });
    assert.ok(!both.ok);
    assert.match(both.error[0]?.message ?? '', /--context and --nats .*give one of the two/);
    assert.ok(selectContext(at.places, 'gone').ok);
    const gone = natsTarget(config, {});
    assert.ok(!gone.ok);
    assert.match(gone.error[0]?.message ?? '', /"gone" \(selected with dqoes context use\) is no/);
  });

  it('has the coordinators that the context trusts, unless the environment names others', () => {
    const env = { DQOES_COORDINATOR_KEYS: 'e'.repeat(43), DQOES_CONTEXT: 'two' };
    assert.equal(target({ DQOES_CONTEXT: 'two' }).coordinatorKeys, 'k'.repeat(43));
    assert.equal(target(env).coordinatorKeys, 'e'.repeat(43));
    assert.equal(target(env, { context: 'two' }).coordinatorKeys, 'k'.repeat(43));
  });

  it('has who runs the server by the environment, or else the context', () => {
    at.context('mine', 'nats: { url: nats://m, server-user: root }');
    const runs = (env: Record<string, string>, flags = {}): readonly (boolean | undefined)[] =>
      [0, 112, 113].map((user) => target(env, flags).runBy?.mayRun(user));
    assert.deepEqual(runs({ DQOES_CONTEXT: 'two' }), [undefined, undefined, undefined]);
    assert.deepEqual(runs({ DQOES_CONTEXT: 'mine' }), [true, false, false]);
    const env = { DQOES_NATS_SERVER_USER: '112', DQOES_CONTEXT: 'mine' };
    assert.deepEqual(runs(env), [false, true, false]);
    assert.deepEqual(runs(env, { context: 'mine' }), [true, false, false]);
    assert.deepEqual(runs({ DQOES_NATS_SERVER_USER: '112', DQOES_NATS_URL: 'nats://e' }), [
      false,
      true,
      false,
    ]);
    at.context('bad', 'nats: { url: nats://m, server-user: no-such-user }');
    const bad = natsTarget(at.app().app.config, { context: 'bad' });
    assert.match(
      bad.ok ? '' : (bad.error[0]?.message ?? ''),
      /^nats\.server-user of the context bad: "no-such-user" is no user/,
    );
  });

  it('has TLS by the context where the environment says nothing of it', () => {
    at.write('ca.pem', '-----BEGIN CERTIFICATE-----\n');
    at.context('tls', 'nats: { url: tls://t, tls: { ca: ~/ca.pem } }');
    const { tls } = target({}, { context: 'tls' });
    assert.match(tls?.caFile ?? '', /ca\.pem$/);
    at.context('tls', 'nats: { url: tls://t, tls: { ca: ~/none.pem } }');
    const bad = natsTarget(at.app().app.config, { context: 'tls' });
    assert.ok(!bad.ok);
    assert.match(
      bad.error[0]?.message ?? '',
      /none\.pem \(from nats\.tls\.ca of the context tls\)/,
    );
  });
});
