import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { workloadsOf } from '../../../../agent/discover/workloads.js';
import { Attribution, plainAddress } from '../../../../agent/observe/attribution.js';
import { container, containerId, desired, ownLabels } from './build.js';

/** A token as long as one must be. */
const tokenOf = (name: string): string => `${name}-`.padEnd(20, 'x');

const of = (...names: readonly (readonly [string, readonly string[], string?, boolean?])[]) => {
  const containers = names.map(([id, addresses, token, running = true], index) =>
    container({
      id: containerId(`a${index}`),
      labels: ownLabels(id),
      addresses,
      running,
      exitCode: running ? null : 0,
      ...(token === undefined ? {} : { pushToken: tokenOf(token) }),
    }),
  );
  return new Attribution(
    workloadsOf({ containers, desired: names.map(([id]) => desired(id)) }).workloads,
  );
};

describe('Attribution', () => {
  it('knows a container by its address, also written as IPv6', () => {
    const who = of(['face-0', ['172.17.0.2', 'fd00::2']], ['face-1', ['172.17.0.3']]);
    assert.equal(who.of({ address: '172.17.0.2' }), 'face-0');
    assert.equal(who.of({ address: '::ffff:172.17.0.3' }), 'face-1');
    assert.equal(who.of({ address: 'FD00::2' }), 'face-0');
    assert.equal(who.of({ address: '10.0.0.1' }), undefined);
  });
  it('believes a token only from an address of no container', () => {
    const who = of(['face-0', ['172.17.0.2'], 'a'], ['face-1', ['172.17.0.3'], 'b']);
    assert.equal(who.of({ address: '172.17.0.2', token: tokenOf('b') }), 'face-0');
    assert.equal(who.of({ address: '127.0.0.1', token: tokenOf('b') }), 'face-1');
    assert.equal(who.of({ address: '127.0.0.1', token: tokenOf('nobody') }), undefined);
  });
  it('takes no name of an allocation or a job for a token', () => {
    const who = of(['face-0', ['172.17.0.2'], 'a']);
    for (const token of ['face-0', 'face', ''])
      assert.equal(who.of({ address: '127.0.0.1', token }), undefined);
  });
  it('lets a token of two containers identify neither', () => {
    const who = of(['face-0', [], 'same'], ['face-1', [], 'same']);
    assert.equal(who.of({ address: '127.0.0.1', token: tokenOf('same') }), undefined);
  });
  it('lets a shared address identify nobody by itself, and ignores what does not run', () => {
    const who = of(
      ['face-0', ['10.0.0.9']],
      ['face-1', ['10.0.0.9'], 'b'],
      ['face-2', ['10.0.0.7'], 'c', false],
    );
    assert.equal(who.of({ address: '10.0.0.9' }), undefined);
    assert.equal(who.of({ address: '10.0.0.9', token: tokenOf('b') }), 'face-1');
    assert.equal(who.of({ address: '10.0.0.7' }), undefined);
    assert.equal(who.of({ address: '', token: tokenOf('c') }), undefined);
  });
  it('writes addresses plainly', () => {
    assert.equal(plainAddress('172.17.0.2/16'), '172.17.0.2');
    assert.equal(plainAddress('fe80::1%eth0'), 'fe80::1');
  });
});
