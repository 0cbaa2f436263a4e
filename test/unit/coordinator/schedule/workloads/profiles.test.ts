import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { WorkloadProfile } from '../../../../../coordinator/schedule/forecast.js';
import { Field } from '../../../../../coordinator/schedule/model/allocation-model.js';
import { fittedLaw } from '../../../../../coordinator/schedule/model/fitted-law.js';
import {
  demandOf,
  modelFrom,
  profileOf,
} from '../../../../../coordinator/schedule/policies/adaptive/workload-profile.js';
import { POLICIES } from '../../../../../coordinator/schedule/policies/index.js';
import { NO_MEMORY, schedule } from '../../../../../coordinator/schedule/schedule.js';
import {
  lastInOrder,
  MAX_PROFILES,
  NO_PROFILES,
  type ProfileObservation,
  priorOn,
  updateProfiles,
} from '../../../../../coordinator/schedule/workloads/profiles.js';
import { seededRandom } from '../../../../../shared/random.js';
import { workloadKeyOf } from '../../../../../shared/workload.js';
import { node, nodeId, PARAMS, snapshot, target } from '../../build.js';
import { model, near } from '../policies/adaptive/build.js';

describe('workload profiles: the last keys in order', () => {
  const random = seededRandom(7);
  const names = (count: number, of: (i: number) => string): string[] =>
    Array.from({ length: count }, (_, i) => of(i));
  const lists = {
    'in order': names(5000, (i) => `w-${String(i).padStart(5, '0')}`),
    'the other way round': names(5000, (i) => `w-${String(5000 - i).padStart(5, '0')}`),
    'by chance': names(5000, (i) => `${random()}-${i}`),
    'mostly alike': names(5000, (i) => (i < 4990 ? `a-${i}` : `b-${i}`)),
    'not sampled': names(5000, (i) => (i % 5 === 0 ? `z-${i}` : `a-${i}`)),
    few: ['b', 'a', 'c'],
    none: [],
  };

  for (const [name, keys] of Object.entries(lists))
    it(`are those of all in order: ${name}`, () => {
      for (const count of [1, 2, 100, 2500, 5000, 6000])
        assert.deepEqual(lastInOrder(keys, count), [...keys].sort().slice(-count), `${count}`);
    });
});

const profile = (workSeconds: number, change: Partial<WorkloadProfile> = {}): WorkloadProfile => ({
  workSeconds,
  noiseRatio: 0.1,
  requests: 100,
  overheadSeconds: 0,
  freeCores: 0,
  clients: 1,
  ratePerSecond: 0,
  tailRatios: {},
  ...change,
});
const seen = (
  workload: string,
  node: string,
  workSeconds: number,
  change: Partial<WorkloadProfile> = {},
): ProfileObservation => ({
  workload,
  node: nodeId(node),
  profile: profile(workSeconds, change),
});

describe('workload key', () => {
  const spec = { image: 'a:1', command: ['--x', '1'], env: { B: '2', A: '1' } };

  it('is 16 hex digits of image, command and environment in any order', () => {
    assert.match(workloadKeyOf(spec), /^[0-9a-f]{16}$/);
    assert.equal(workloadKeyOf(spec), workloadKeyOf({ ...spec, env: { A: '1', B: '2' } }));
    const others = [
      { image: 'a:2' },
      { command: ['--x', '2'] },
      { command: ['--x 1'] },
      { env: { A: '1' } },
    ];
    assert.equal(
      new Set([spec, ...others.map((change) => ({ ...spec, ...change }))].map(workloadKeyOf)).size,
      5,
    );
  });
});

describe('profiles', () => {
  it('forget how fast nodes were that are gone', () => {
    const speeds = new Map([
      [nodeId('h1'), 1],
      [nodeId('gone'), 2],
    ]);
    const { memory } = schedule(
      {
        snapshot: snapshot([node('h1')]),
        ...{ nowMs: 1000, params: PARAMS, policy: POLICIES.adaptive },
      },
      { ...NO_MEMORY, knowledge: { ...NO_PROFILES, speeds } },
    );
    assert.deepEqual([...memory.knowledge.speeds.keys()], ['h1']);
  });

  it('tell how fast nodes are from the work that the same workload takes on each', () => {
    // h2 computes twice as fast as h1: their speeds have the geometric mean 1.
    const { speeds, profiles } = updateProfiles(NO_PROFILES, [
      seen('w', 'h1', 0.2),
      seen('w', 'h2', 0.1),
    ]);
    near(speeds.get(nodeId('h1')) ?? 0, Math.SQRT1_2, 1e-6);
    near(speeds.get(nodeId('h2')) ?? 0, Math.SQRT2, 1e-6);
    near(profiles.get('w')?.workSeconds ?? 0, 0.2 * Math.SQRT1_2, 1e-6);
    const prior = priorOn({ profiles, speeds }, 'w', nodeId('h2'));
    near((prior?.profile.workSeconds ?? 0) / (prior?.speedRatio ?? 1), 0.1, 1e-6);
    assert.equal(priorOn({ profiles, speeds }, 'w', nodeId('h9'))?.speedRatio, 1);
    assert.equal(priorOn({ profiles, speeds }, 'other', nodeId('h2')), undefined);
  });

  it('are the same in whatever order they are seen', () => {
    const all = [
      seen('w', 'h1', 0.2),
      seen('v', 'h2', 0.5),
      seen('w', 'h2', 0.1),
      seen('w', 'h2', 0.12),
      seen('v', 'h1', 0.9),
    ];
    const one = updateProfiles(NO_PROFILES, all);
    const other = updateProfiles(NO_PROFILES, [...all].reverse());
    assert.deepEqual([...one.profiles].sort(), [...other.profiles].sort());
    assert.deepEqual([...one.speeds].sort(), [...other.speeds].sort());
  });

  it('are not spoilt by work that is no number', () => {
    const before = updateProfiles(NO_PROFILES, [seen('w', 'h1', 0.2)]);
    const after = updateProfiles(before, [
      seen('w', 'h1', Number.POSITIVE_INFINITY),
      seen('w', 'h2', Number.NaN),
    ]);
    assert.deepEqual(after, before);
  });

  it('are not given up for a few requests, nor when nobody runs them', () => {
    const before = updateProfiles(NO_PROFILES, [seen('w', 'h1', 0.2)]);
    assert.equal(
      updateProfiles(before, [seen('w', 'h1', 0.9, { requests: 6 })]).profiles.get('w')
        ?.workSeconds,
      0.2,
    );
    assert.equal(
      updateProfiles(before, [seen('w', 'h1', 0.9, { requests: 60 })]).profiles.get('w')
        ?.workSeconds,
      0.9,
    );
    assert.equal(updateProfiles(before, [seen('v', 'h1', 1)]).profiles.get('w')?.workSeconds, 0.2);
  });

  it('are those of the last workloads by name where there are too many, in any order', () => {
    const before = updateProfiles(NO_PROFILES, [seen('v', 'h1', 0.2)]);
    const many = Array.from({ length: MAX_PROFILES + 5 }, (_, i) =>
      seen(`w${String(i).padStart(6, '0')}`, `h${i % 3}`, 0.2),
    );
    for (const all of [many, [...many].reverse()]) {
      const names = [...updateProfiles(before, all).profiles.keys()];
      assert.equal(names.length, MAX_PROFILES);
      assert.deepEqual([names[0], names.at(-1)], ['w000005', many.at(-1)?.workload]);
    }
    const few = updateProfiles(before, many.slice(0, MAX_PROFILES - 1)).profiles;
    assert.deepEqual([few.size, [...few.keys()][0]], [MAX_PROFILES, 'v']);
  });

  it('keep how many cores were once seen to be used', () => {
    const two = [seen('w', 'h1', 0.2, { seenCores: 1.8 }), seen('w', 'h2', 0.2)];
    const before = updateProfiles(NO_PROFILES, two);
    assert.equal(before.profiles.get('w')?.seenCores, 1.8);
    const after = updateProfiles(before, [seen('w', 'h1', 0.2, { seenCores: 0.4 })]);
    assert.equal(after.profiles.get('w')?.seenCores, 1.8);
    const none = updateProfiles(NO_PROFILES, [seen('w', 'h1', 0.2)]).profiles.get('w');
    assert.equal(none !== undefined && 'seenCores' in none, false);
  });

  it('leave out who asks: that is a matter of each job', () => {
    const { profiles } = updateProfiles(NO_PROFILES, [
      seen('w', 'h1', 0.2, { ratePerSecond: 5, clients: 3 }),
    ]);
    assert.deepEqual([profiles.get('w')?.ratePerSecond, profiles.get('w')?.clients], [0, 1]);
  });
});

describe('adaptive profile', () => {
  const shown = model({
    workSeconds: 4,
    workCount: 40,
    noiseRatio: 0.07,
    overheadSeconds: 0.6,
    overheadWeight: 60,
  });

  it('needs five requests', () => {
    assert.equal(profileOf(model({ workSeconds: 0.4, workCount: 4 }), 'mean'), null);
    assert.equal(profileOf(model(), 'mean'), null);
  });

  it('gives a beginning that agrees with what was shown, and yields to the first answers', () => {
    const its = profileOf(shown, 'mean');
    assert.ok(its !== null);
    const start = modelFrom({ profile: its, speedRatio: 1 }, 'mean');
    assert.equal(start[Field.workCount], 2);
    const [was, is] = [fittedLaw(shown, 'mean'), fittedLaw(start, 'mean')];
    near(is?.workSeconds ?? 0, was?.workSeconds ?? 1, 1e-9);
    near(is?.overheadSeconds ?? 0, was?.overheadSeconds ?? 1, 1e-9);
  });

  it('hands on how many cores were seen to be used', () => {
    const its = profileOf(model({ workSeconds: 4, workCount: 40, seenCores: 1.7 }), 'mean');
    assert.ok(its !== null);
    assert.equal(its.seenCores, 1.7);
    const start = modelFrom({ profile: its, speedRatio: 1 }, 'mean');
    assert.equal(start[Field.seenCores], 1.7);
    assert.equal(modelFrom({ profile: profile(0.1), speedRatio: 1 }, 'mean')[Field.seenCores], 0);
  });

  it('hands on what requests wait beside each other, as overhead of a closed loop', () => {
    const waiting = model({
      workSeconds: 4,
      workCount: 40,
      isOpen: 1,
      arrivedCount: 100,
      arrivedSeconds: 10,
      leastWaitBefore: 0.2,
    });
    const its = profileOf(waiting, 'mean');
    assert.ok(its !== null);
    near(its.besideSeconds ?? 0, 0.2, 1e-9);
    const [open, closed] = [its, { ...its, ratePerSecond: 0 }].map((one) =>
      fittedLaw(modelFrom({ profile: one, speedRatio: 1 }, 'mean'), 'mean'),
    );
    near(open?.besideSeconds ?? 0, 0.2, 1e-9);
    near(open?.overheadSeconds ?? 1, 0, 1e-9);
    assert.equal(closed?.besideSeconds, 0);
    near(closed?.overheadSeconds ?? 0, 0.2, 1e-9);
    const nodes = [seen('w', 'h1', 0.2, { besideSeconds: 0.3 }), seen('w', 'h2', 0.2)];
    near(updateProfiles(NO_PROFILES, nodes).profiles.get('w')?.besideSeconds ?? 0, 0.15, 1e-9);
    assert.equal('besideSeconds' in (profileOf(shown, 'mean') ?? {}), false);
  });

  it('counts the work by the speed of the node', () => {
    const demand = demandOf(profile(0.2), target(1000));
    near(demand.aimCores(0.5), 0.4, 1e-6);
    assert.ok(demand.edgeCores(0.5) < demand.aimCores(0.5));
    near(demand.aimCores(1), 0.2, 1e-6);
  });

  it('knows what no CPU does', () => {
    const demand = demandOf(profile(0.2, { freeCores: 1 }), target(100));
    assert.equal(demand.aimCores(1), Number.POSITIVE_INFINITY);
  });

  it('keeps the rate of open arrivals and the tail for an allocation that moves', () => {
    const open = model({
      workSeconds: 4,
      workCount: 40,
      isOpen: 1,
      arrivedCount: 100,
      arrivedSeconds: 20,
      tailSum: 6000,
      tailWeight: 4000,
    });
    const its = profileOf(open, 'p95');
    assert.ok(its !== null);
    near(its.ratePerSecond, 5, 1e-9);
    const start = modelFrom({ profile: its, speedRatio: 1 }, 'p95');
    near(fittedLaw(start, 'p95')?.ratePerSecond ?? 0, 5, 1e-9);
    assert.ok((fittedLaw(start, 'p95')?.tailRatio ?? 0) > 1.05);
  });
});
