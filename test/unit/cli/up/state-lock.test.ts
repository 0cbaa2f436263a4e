import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Claimant } from '../../../../cli/up/state-claim.js';
import { lockState, unlockState } from '../../../../cli/up/state-lock.js';
import type { ProcessIdentity } from '../../../../cli/up/state-owner.js';
import { ok } from '../../../../shared/result.js';

const identity = (pid: number): ProcessIdentity => ({ pid, startTicks: 10 * pid });
const dead = identity(11);
const alsoDead = identity(12);
const one = identity(21);
const other = identity(22);
const server = identity(31);

describe('the lock of a state folder', () => {
  let stateDir = '';
  beforeEach(() => {
    stateDir = mkdtempSync(join(tmpdir(), 'dqoes-state-'));
  });
  afterEach(() => rmSync(stateDir, { recursive: true, force: true }));

  const put = (name: string, value: unknown): void =>
    writeFileSync(join(stateDir, name), JSON.stringify(value));
  const lockFile = (): unknown => JSON.parse(readFileSync(join(stateDir, 'up.pid'), 'utf8'));
  const claimant = (self: ProcessIdentity, onLook = () => {}): Claimant => ({
    self,
    isAlive: ({ pid }) => {
      const isDead = pid === dead.pid || pid === alsoDead.pid || pid === 0;
      if (isDead) onLook();
      return !isDead;
    },
  });
  const reasonOf = (as: Claimant): string => {
    const locked = lockState(stateDir, as);
    return locked.ok ? '' : (locked.error[0]?.message ?? '');
  };

  it('is for one process, which may take it again, until that releases it', () => {
    assert.equal(reasonOf(claimant(one)), '');
    assert.equal(reasonOf(claimant(one)), '');
    assert.match(reasonOf(claimant(other)), /Another dqoes \(process 21\) already uses/);
    assert.deepEqual(lockFile(), { owner: one });
    assert.deepEqual(readdirSync(stateDir), ['up.pid']);
    unlockState(stateDir);
    assert.equal(reasonOf(claimant(other)), '');
  });

  it('goes to one of two that find the same dead owner in the same instant', () => {
    put('up.pid', { owner: dead, nats: server });
    let looks = 0;
    // The second process takes the folder while the first has seen that the owner is dead.
    const first = claimant(one, () => {
      looks += 1;
      if (looks === 1) assert.equal(reasonOf(claimant(other)), '');
    });
    assert.match(reasonOf(first), /Another dqoes \(process 22\) already uses/);
    assert.deepEqual(lockFile(), { owner: other, nats: server });
    assert.deepEqual(readdirSync(stateDir), ['up.pid']);
  });

  it('is taken over from one that was killed while it took it over, with the server', () => {
    put('up.pid', { owner: dead, nats: server });
    put('up.pid.after-11-110', { owner: alsoDead });
    put('up.pid.of-12-120', { owner: alsoDead });
    assert.deepEqual(lockState(stateDir, claimant(one)), ok({ leftover: server }));
    assert.deepEqual(lockFile(), { owner: one, nats: server });
    assert.deepEqual(readdirSync(stateDir), ['up.pid']);
  });

  it('is refused while a live process takes it over', () => {
    put('up.pid', { owner: dead });
    put('up.pid.after-11-110', { owner: other });
    assert.match(reasonOf(claimant(one)), /process 22/);
    assert.deepEqual(lockFile(), { owner: dead });
  });

  it('is taken where a crash of the host tore its files', () => {
    writeFileSync(join(stateDir, 'up.pid'), '{"own');
    assert.equal(reasonOf(claimant(one)), '');
    assert.deepEqual(lockFile(), { owner: one });
  });

  it('is taken by the first process of a container', () => {
    const first = { pid: 1, startTicks: 5 };
    assert.equal(reasonOf(claimant(first)), '');
    assert.match(reasonOf(claimant(other)), /Another dqoes \(process 1\) already uses/);
  });
});
