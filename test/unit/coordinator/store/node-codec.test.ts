import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { HostRefusals, LastingFields } from '../../../../coordinator/state/model.js';
import {
  decodeNode,
  encodeNode,
  nodeKey,
  refusalsIn,
} from '../../../../coordinator/store/node-codec.js';
import { jobName, nodeId } from '../build.js';

const REFUSAL = { specHash: 'h'.repeat(64), bootId: 'b'.repeat(128) };
const refusing = (...reasons: readonly string[]): LastingFields => ({
  scheduling: 'cordoned',
  registration: null,
  isApproved: true,
  capacity: null,
  refusals: new Map(
    reasons.map((reason, at) => [jobName(`job-${at}`), { ...REFUSAL, reason }]),
  ) satisfies HostRefusals,
  sealingKey: 'k'.repeat(43),
  auditedAct: 7,
});
const readBack = (fields: LastingFields) =>
  decodeNode({ key: nodeKey(nodeId('h1')), value: encodeNode(fields), revision: 1 });

describe('the stored record of a node', () => {
  it('can be read back where the reason of a refusal is cut inside a character', () => {
    const read = readBack(refusing(`${'x'.repeat(999)}🦊`));
    assert.equal(read?.sealingKey, 'k'.repeat(43));
    assert.equal(read?.cordoned, true);
    assert.equal(read?.auditedAct, 7);
    assert.equal(read === undefined ? 0 : refusalsIn(read).size, 1);
  });

  it('stays far below what a message may have, whatever the host says; the newest stay', () => {
    const fields = refusing(...Array.from({ length: 300 }, () => '\u0001'.repeat(4096)));
    assert.ok(encodeNode(fields).length < 70 * 1024, `${encodeNode(fields).length}`);
    const read = readBack(fields);
    const names = read === undefined ? [] : [...refusalsIn(read).keys()];
    assert.ok(names.length >= 5, `${names.length}`);
    assert.equal(names.at(-1), 'job-299');
    assert.equal(names[0], `job-${300 - names.length}`);
  });

  it('keeps as many refusals as before where their reasons are short', () => {
    const read = readBack(refusing(...Array.from({ length: 300 }, () => 'no room')));
    assert.equal(read === undefined ? 0 : refusalsIn(read).size, 200);
  });
});
