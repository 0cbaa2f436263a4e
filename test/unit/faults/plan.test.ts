import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { FAMILIES } from '../../faults/kinds/fault.js';
import { FAULTS } from '../../faults/kinds/index.js';
import { readFaultOptions } from '../../faults/options.js';
import { mayBeTogether } from '../../faults/pairs.js';
import { planOf } from '../../faults/plan.js';

const planned = (...args: readonly string[]) => {
  const options = readFaultOptions(args);
  assert.ok(options.ok, JSON.stringify(options));
  return planOf(options.value).map(({ fault, seed }) => ({ name: fault.name, fault, seed }));
};

describe('plan of faults', () => {
  it('is one of each family, the same for the same seed', () => {
    const first = planned('--seed', '5');
    assert.deepEqual(first.map(({ fault }) => fault.family).sort(), [...FAMILIES].sort());
    const told = (plan: typeof first) => plan.map(({ name, seed }) => `${name} ${seed}`);
    assert.deepEqual(told(planned('--seed', '5')), told(first));
    assert.notDeepEqual(told(planned('--seed', '6')), told(first));
  });

  it('is every fault, and pairs that touch different parts, in its long form', () => {
    const names = planned('--seed', '5', '--long').map(({ name }) => name);
    assert.deepEqual(
      FAULTS.filter(({ name }) => !names.includes(name)),
      [],
    );
    const pairs = names.filter((name) => name.includes(' + '));
    assert.equal(pairs.length, FAMILIES.length);
    assert.equal(planned('--seed', '5', '--long', '--rounds', '3').length, 3 * names.length);
  });

  it('is what --only names', () => {
    const names = planned('--only', 'of the leader', '--rounds', '2').map(({ name }) => name);
    assert.equal(names.length, 6);
    assert.ok(names.every((name) => name.includes('of the leader')));
  });

  it('takes what is stored together with all but the end of who led last', () => {
    const faultOf = (name: string) => {
      const fault = FAULTS.find((one) => one.name === name);
      assert.ok(fault, name);
      return fault;
    };
    const empty = faultOf('NATS comes back empty');
    const isPlayed = (name: string) => {
      const both = [mayBeTogether(empty, faultOf(name)), mayBeTogether(faultOf(name), empty)];
      assert.equal(both[0], both[1], name);
      return both[0];
    };
    for (const name of ['SIGKILL of the follower', 'SIGSTOP of the leader', 'SIGKILL of the agent'])
      assert.ok(isPlayed(name), name);
    for (const name of [
      ...['SIGKILL of the leader', 'SIGTERM of the leader', 'SIGKILL of both coordinators'],
      ...['SIGKILL of agent and leader', 'SIGKILL of everything'],
    ])
      assert.ok(!isPlayed(name), name);
  });

  it('puts limits back by SIGTERM only while Docker does what it is asked', () => {
    const ends = FAULTS.filter(({ name }) => name === 'SIGTERM of the agent');
    const docker = FAULTS.filter(({ touches }) => touches.includes('docker'));
    assert.ok(ends.length === 1 && docker.length > 5);
    for (const end of ends)
      for (const other of docker) assert.ok(!mayBeTogether(end, other), other.name);
  });

  it('is the pairs that --only names', () => {
    const names = planned('--only', 'back empty + of the follower').map(({ name }) => name);
    assert.deepEqual(names, ['NATS comes back empty + SIGKILL of the follower']);
  });

  for (const [args, why] of [
    [['--rounds', '0'], /--rounds is 0: give a whole number from 1/],
    [['--seed', 'x'], /--seed is x: give a whole number/],
    [['--workers', '17'], /--workers is 17: give a whole number from 0 to 16/],
    [['--workers=-1'], /--workers is -1: give a whole number/],
    [['--workers', 'two'], /--workers is two: give a whole number/],
    [['--churn=-1'], /--churn is no number: give one from 0/],
    [
      ['--only', 'earthquake'],
      /--only "earthquake" is no fault, .* give a part of one, .* of SIGKILL/,
    ],
    [['--only', 'back empty + of the leader + x'], /is no fault, and no two that may/],
    [['--many'], /--many/],
  ] as const)
    it(`refuses ${args.join(' ')}`, () => {
      const read = readFaultOptions(args);
      assert.ok(!read.ok);
      assert.match(read.error, why);
    });
});
