import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readCliConfig } from '../../../../cli/config.js';
import { placeOf } from '../../../../cli/target/place.js';

describe('the place of a cluster', () => {
  const placeIn = (env: Readonly<Record<string, string>>) =>
    placeOf(readCliConfig({ HOME: '/nowhere', XDG_RUNTIME_DIR: '/nowhere', ...env }), {});

  it('is one cluster by its name, also where the environment gives it', () => {
    for (const DQOES_CLUSTER of ['*', '>', 'a.b', 'a b']) {
      const found = placeIn({ DQOES_CLUSTER });
      assert.match(
        found.ok ? '' : (found.error[0]?.message ?? ''),
        /^DQOES_CLUSTER ".*" is no name of a cluster/,
      );
    }
    const found = placeIn({ DQOES_CLUSTER: 'b', DQOES_NATS_URL: 'nats://n' });
    assert.ok(found.ok, JSON.stringify(found));
    assert.equal(found.value.cluster, 'b');
  });

  it('is no address that was left empty, or that is none', () => {
    const config = readCliConfig({ HOME: '/nowhere', XDG_RUNTIME_DIR: '/nowhere' });
    for (const nats of ['', 'http://a', 'a b']) {
      const found = placeOf(config, { nats });
      assert.match(
        found.ok ? '' : (found.error[0]?.message ?? ''),
        /^--nats ".*" is no address: write nats:\/\/HOST:PORT, several with commas\.$/,
      );
    }
    const found = placeIn({ DQOES_NATS_URL: '10.0.0.5:4222,' });
    assert.match(found.ok ? '' : (found.error[0]?.message ?? ''), /^DQOES_NATS_URL "" is no addr/);
    assert.ok(placeOf(config, { nats: 'n1:4222, n2' }).ok);
  });
});
