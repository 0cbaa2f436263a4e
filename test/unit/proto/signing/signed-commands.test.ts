import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { decodeCommand, encodeCommand } from '../../../../proto/command.js';
import {
  publicKeyOf,
  publicTextOf,
  signedCommands,
} from '../../../../proto/signing/signed-commands.js';
import type { DesiredState } from '../../../../shared/command.js';
import { job, limit, nodeId } from '../../coordinator/build.js';

const state: DesiredState = {
  incarnation: 'i',
  epoch: 3,
  revision: 7,
  node: nodeId('h1'),
  validForMs: 1000,
  allocations: [
    { id: 'a-1', job: 'a', spec: job('a'), limit: limit(0.5), reason: 'because' },
  ] as unknown as DesiredState['allocations'],
};
const keyPair = () => generateKeyPairSync('ed25519').privateKey;
const [ours, theirs] = [keyPair(), keyPair()];
const cluster = 'main';
const trusted = [publicTextOf(ours)];
const coordinator = signedCommands({ cluster, signingKey: ours, trusted });
const agent = signedCommands({ cluster, trusted });

describe('signed desired states', () => {
  it('are read with the public key, and skipped over by readers that know none', () => {
    const bytes = coordinator.encode(state);
    assert.deepEqual(agent.decode(bytes), decodeCommand(encodeCommand(state)));
    assert.deepEqual(decodeCommand(bytes), agent.decode(bytes));
    assert.equal(bytes.length, encodeCommand(state).length + 67);
  });

  for (const [name, bytes] of [
    ['without a signature', encodeCommand(state)],
    ['empty', new Uint8Array()],
    [
      'signed by another key',
      signedCommands({ cluster, signingKey: theirs, trusted }).encode(state),
    ],
    [
      'of another cluster',
      signedCommands({ cluster: 'other', signingKey: ours, trusted }).encode(state),
    ],
    [
      'of which two were joined',
      Uint8Array.from([...encodeCommand({ ...state, epoch: 9 }), ...coordinator.encode(state)]),
    ],
  ] as const)
    it(`are refused ${name}`, () => {
      const decoded = agent.decode(bytes);
      assert.ok(!decoded.ok && decoded.error.code === 'wire.unsigned', JSON.stringify(decoded));
    });

  it('are refused with any byte changed', () => {
    const bytes = coordinator.encode(state);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = Uint8Array.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ by;
        assert.ok(!agent.decode(changed).ok);
      }),
    );
  });

  it('are read with any of several keys, while keys are changed', () => {
    const both = signedCommands({ cluster, trusted: [publicTextOf(theirs), ...trusted] });
    assert.ok(both.decode(coordinator.encode(state)).ok);
    assert.ok(!signedCommands({ cluster, trusted: [] }).decode(coordinator.encode(state)).ok);
  });
});

describe('signed requests to end', () => {
  const leave = { node: nodeId('h1'), bootId: 'boot-1' };
  const codeOf = (asked: typeof leave, body: Uint8Array) => agent.refuseLeave(asked, body)?.code;

  it('are followed by the start that they name only', () => {
    const body = coordinator.signLeave(leave);
    assert.equal(codeOf(leave, body), undefined);
    assert.equal(codeOf({ ...leave, bootId: 'boot-2' }, body), 'wire.unsigned');
    assert.equal(codeOf({ ...leave, node: nodeId('h2') }, body), 'wire.unsigned');
  });

  it('are refused without a signature, of another key or cluster, and cut off', () => {
    for (const body of [
      new Uint8Array(),
      signedCommands({ cluster, signingKey: theirs, trusted }).signLeave(leave),
      signedCommands({ cluster: 'other', signingKey: ours, trusted }).signLeave(leave),
      coordinator.signLeave(leave).subarray(1),
    ])
      assert.equal(codeOf(leave, body), 'wire.unsigned');
  });
});

describe('public keys as text', () => {
  it('are read back, and nothing else is', () => {
    const text = publicTextOf(ours);
    const read = publicKeyOf(text);
    assert.ok(read !== undefined && publicTextOf(read) === text && text.length === 43);
    for (const bad of ['', 'abc', `${text}=`, text.slice(1), `${text.slice(1)}!`])
      assert.equal(publicKeyOf(bad), undefined, bad);
  });
});
