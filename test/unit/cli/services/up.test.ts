import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { unownedText } from '../../../../cli/services/up.js';
import type { NodeId } from '../../../../shared/ids.js';

describe('dqoes up on the state folder of another cluster', () => {
  const left = (count: number) => ({
    cluster: 'a',
    node: 'h1' as NodeId,
    containers: Array.from({ length: count }, (_, at) => `dqoes-web-${at}`),
  });

  it('names the folder, that cluster, the containers that it left, and the cure', () => {
    assert.equal(
      unownedText('/s', left(2)),
      'The state folder /s was that of cluster a before, whose job containers are left to ' +
        'themselves now (dqoes-web-0 dqoes-web-1): remove them with docker rm --force, or end ' +
        'this dqoes up and start that cluster again with --cluster a.',
    );
    assert.match(unownedText('/s', left(12)), /-8 dqoes-web-9 and 2 more\): remove/);
  });
});
