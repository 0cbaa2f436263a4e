import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { packagesOf } from '../../../lib/static-imports.js';

const services = (name: string): URL =>
  new URL(`../../../../cli/services/${name}`, import.meta.url);
/** What reads settings and command lines: a megabyte of text, which each thread would hold. */
const READERS = ['commander', 'typebox', 'yaml'];

describe('the thread of a worker of a coordinator', () => {
  it('loads nothing that its coordinator has done for it', () => {
    // Loaded when it connects.
    const later = packagesOf(new URL('../../proto/nats/connect.js', services('')));
    const loaded = new Set([...packagesOf(services('coordinator-worker.js')), ...later]);
    assert.ok(loaded.has('nats') && loaded.has('msgpackr'));
    assert.deepEqual(
      READERS.filter((name) => loaded.has(name)),
      [],
    );
  });

  it('is told from its coordinator by that', () => {
    const loaded = packagesOf(services('coordinator.js'));
    assert.deepEqual(
      READERS.filter((name) => loaded.has(name)),
      READERS,
    );
  });
});
