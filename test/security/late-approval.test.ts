import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { addAgentByToken } from '../../cli/services/auth-join.js';
import { type Program, startDqoes } from '../e2e/cli-program.js';
import { testApp } from '../lib/cli-app.js';
import { systemClock } from '../lib/system-clock.js';
import { until } from '../lib/until.js';
import { ApprovalWorld } from './approval-world.js';

const NOT_YET = /has joined, and is not approved yet \(.*no coordinator serves this cluster/;

describe('a host that joins while no coordinator answers', function () {
  this.timeout(120_000);
  let world: ApprovalWorld;
  before(async () => {
    world = await ApprovalWorld.start();
  });
  after(() => world.stop());

  /** Resolves with the process that waits for a coordinator now. */
  const joinWithout = async (node: string): Promise<Program> => {
    await world.endCoordinator();
    const { waiting, token } = await world.tokenFor(node);
    const joined = await world.joinBy(token, `${node}.nk`);
    assert.equal(joined.code, 0, joined.err);
    await until(
      () => NOT_YET.test(waiting.err),
      () => `what is left to do to be said: ${waiting.err}`,
      20_000,
    );
    return waiting;
  };

  it('is approved by itself once one answers', async () => {
    const waiting = await joinWithout('l1');
    assert.match(waiting.err, /else run dqoes node approve l1 later/);
    await world.startCoordinator();
    const { code, err } = await waiting.ended;
    assert.equal(code, 0, err);
    assert.match(err, /l1 has joined, and is approved\./);
    const node = await world.reported('l1', join(world.folder, 'l1.nk'));
    assert.equal(node.isWaiting, undefined);
    const lines = await world.approvalsOnce('l1', 1);
    assert.deepEqual(
      lines.map(({ who, outcome }) => [who, outcome]),
      [['welcoming-l1', 'done']],
    );
    assert.deepEqual(await world.names(), ['coordinator', 'operator', 'agent-l1']);
  });

  it('is not where its key was revoked before one answers', async () => {
    const waiting = await joinWithout('l2');
    const revoked = await world.authInVain('revoke', 'agent-l2');
    assert.equal(revoked.code, 0, revoked.err);
    const { code, err } = await waiting.ended;
    assert.equal(code, 0, err);
    assert.match(err, /could not be approved/);
    assert.ok(!(await world.names()).some((name) => name.endsWith('l2')));
    await world.startCoordinator();
    await world.wasNotApproved('l2');
  });

  it('is left to an operator who does not wait for one', async () => {
    const waiting = await joinWithout('l3');
    const { code, err } = await waiting.end('SIGINT');
    assert.equal(code, 0, err);
    assert.match(err, /could not be approved .*: where .* run dqoes node approve l3\.\n/);
    assert.ok(!(await world.names()).includes('welcoming-l3'));
    await world.startCoordinator();
    const node = await world.reported('l3', join(world.folder, 'l3.nk'));
    assert.equal(node.isWaiting, true);
    await world.wasNotApproved('l3');
  });

  it('is not approved any more ten minutes after its token was made', async () => {
    await world.endCoordinator();
    const { app, out, messages, problems } = testApp();
    let passedMs = 0;
    const clock = { ...systemClock, now: () => systemClock.now() + passedMs };
    const flags = { dir: world.keys, nats: world.nats.url };
    const waiting = addAgentByToken({ ...app, clock, version: '0.0.1' }, 'l4', flags);
    const said = () => [...messages, ...problems].join('\n');
    await until(() => out.length > 0, said, 20_000);
    assert.equal((await world.joinBy(out[0] ?? '', 'l4.nk')).code, 0);
    await until(() => NOT_YET.test(said()), said, 20_000);
    passedMs = 600_000;
    assert.equal(await waiting, 0);
    assert.match(said(), /could not be approved .* run dqoes node approve l4\.$/);
    assert.ok(!(await world.names()).includes('welcoming-l4'));
    await world.startCoordinator();
    await world.wasNotApproved('l4');
  });
});

describe('a node whose key is revoked', function () {
  this.timeout(120_000);
  let world: ApprovalWorld;
  before(async () => {
    world = await ApprovalWorld.start();
  });
  after(() => world.stop());

  const joinAndReport = async (node: string): Promise<void> => {
    const { waiting, token } = await world.tokenFor(node);
    assert.equal((await world.joinBy(token, `${node}.nk`)).code, 0);
    assert.equal((await waiting.ended).code, 0);
    const { isWaiting } = await world.reported(node, join(world.folder, `${node}.nk`));
    assert.equal(isWaiting, undefined);
  };
  /** Another host gets a key of that name without a token, and reports. */
  const isTakenForOther = async (node: string): Promise<boolean> => {
    const made = await world.auth('add-agent', node);
    assert.equal(made.code, 0, made.err);
    const file = join(world.keys, 'keys', `agent-${node}.nk`);
    return (await world.reported(node, file, 8)).isWaiting === true;
  };

  it('is approved no more: another host of its name waits, also for the next leader', async () => {
    await joinAndReport('r1');
    const revoked = await world.auth('revoke', 'agent-r1');
    assert.equal(revoked.code, 0, revoked.err);
    assert.match(revoked.err, /r1 is not approved any more\./);
    assert.deepEqual(await world.names(), ['coordinator', 'operator']);
    await world.endCoordinator();
    await world.startCoordinator();
    assert.equal(await isTakenForOther('r1'), true);
    await world.approve('r1');
    const file = join(world.keys, 'keys', 'agent-r1.nk');
    assert.equal((await world.reported('r1', file, 8)).isWaiting, undefined);
  });

  it('keeps its approval where the key is replaced', async () => {
    await joinAndReport('r2');
    const rotated = await world.auth('rotate', 'agent-r2');
    assert.equal(rotated.code, 0, rotated.err);
    const file = join(world.keys, 'keys', 'agent-r2.nk');
    assert.equal((await world.reported('r2', file, 4.1)).isWaiting, undefined);
  });

  it('is said to be approved still where no coordinator answers, with the cure', async () => {
    await joinAndReport('r3');
    await world.endCoordinator();
    const revoked = await world.authInVain('revoke', 'agent-r3');
    assert.equal(revoked.code, 0, revoked.err);
    const cure = /approval of r3 could not be taken back \(.*run (dqoes node unapprove r3),/;
    assert.match(revoked.err, cure);
    assert.ok(!(await world.names()).some((name) => name.endsWith('r3')));
    await world.startCoordinator();
    const command = (cure.exec(revoked.err)?.[1] ?? '').split(' ').slice(1);
    const creds = join(world.keys, 'keys', 'operator.nk');
    const typed = startDqoes([...command, '--nats', world.nats.url, '--creds', creds]);
    const { code, out, err } = await typed.ended;
    assert.equal(code, 0, err);
    assert.equal(out, 'r3 not approved any more\n');
    assert.equal(await isTakenForOther('r3'), true);
  });

  it('is not before another key of its name is made, where no coordinator answered', async () => {
    await joinAndReport('r5');
    await world.endCoordinator();
    assert.equal((await world.authInVain('revoke', 'agent-r5')).code, 0);
    const refused = await world.authInVain('add-agent', 'r5');
    assert.equal(refused.code, 1, refused.err);
    assert.match(refused.err, /no key was made: r5 is still approved .*: start a coordinator, and/);
    assert.deepEqual(
      (await world.names()).filter((name) => name.endsWith('r5')),
      [],
    );
    await world.startCoordinator();
    assert.equal(await isTakenForOther('r5'), true);
    // That is over: an approval of the host that has the key now is its own.
    await world.approve('r5');
    assert.equal((await world.auth('revoke', 'agent-r5')).code, 0);
    assert.equal((await world.auth('add-agent', 'r5')).code, 0);
  });

  it('was never approved where nobody knows it', async () => {
    assert.equal((await world.auth('add-agent', 'r4')).code, 0);
    const revoked = await world.auth('revoke', 'agent-r4');
    assert.equal(revoked.code, 0, revoked.err);
    assert.doesNotMatch(revoked.err, /approved|approval/);
  });
});
