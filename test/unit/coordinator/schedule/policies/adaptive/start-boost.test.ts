import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Prior } from '../../../../../../coordinator/schedule/forecast.js';
import { Field } from '../../../../../../coordinator/schedule/model/allocation-model.js';
import { adaptivePolicy } from '../../../../../../coordinator/schedule/policies/adaptive/adaptive.js';
import { decideLimits } from '../../../../../../coordinator/schedule/policies/adaptive/decision.js';
import { learn } from '../../../../../../coordinator/schedule/policies/adaptive/learn/learn.js';
import type { Member } from '../../../../../../coordinator/schedule/policies/adaptive/member.js';
import { allocation, container, latency, limit, node, PARAMS } from '../../../build.js';
import { model, near, Plant } from './build.js';
import { NOW, needing, plan } from './plan-build.js';

const NEVER = { count: 0, doneCount: 0 };
const NEW = { heldCores: 0.05, model: { ...NEVER, bornAtMs: NOW - 1000 } };

/** What the members get, cores, by name; those that stay are left out. */
function limitsOf(members: readonly Member[], capacityCores = 2): Record<string, number | null> {
  const its = plan(members, capacityCores);
  const input = { members, plan: its, capacityCores, period: 'fixed', isContested: false } as const;
  return Object.fromEntries(
    decideLimits(input).map(({ allocation, limit }) => [allocation, limit.cpuCores]),
  );
}
const boostsOf = (members: readonly Member[], othersCores = 0): readonly number[] => {
  const { startBoosts } = plan(members, 2, 'weighted', othersCores);
  return members.map((_, i) => startBoosts.get(i) ?? 0);
};

describe('start boost', () => {
  const settled = needing('a-1', 0.5, { heldCores: 0.5 });

  it('lends what is free to a container that starts, and takes it back at its answer', () => {
    const its = limitsOf([settled, needing('b-1', 0.05, NEW)]);
    assert.deepEqual(Object.keys(its), ['b-1']);
    near(its['b-1'] ?? 0, 2 * 0.95 - 0.5, 1e-9);
    const held = { heldCores: its['b-1'] ?? 0 };
    assert.deepEqual(limitsOf([settled, needing('b-1', 0.05, { ...NEW, ...held })]), {});
    const answered = needing('b-1', 0.05, {
      ...held,
      model: { count: 1, doneCount: 1, lentCores: 1.4 },
    });
    near(limitsOf([settled, answered])['b-1'] ?? 0, 0.05, 1e-9);
  });

  it('shares it among those that start', () => {
    const [a = 0, b = 0] = boostsOf([needing('a-1', 0.2, NEW), needing('b-1', 0.1, NEW)]);
    near(a, b, 1e-9);
    near(a + b, 2 * 0.95 - 0.3, 1e-9);
  });

  it('gives no more than the container may have, and nothing where nothing is free', () => {
    near(boostsOf([needing('b-1', 0.1, { ...NEW, maxCores: 0.5 })])[0] ?? 0, 0.4, 1e-9);
    assert.deepEqual(boostsOf([needing('a-1', 0.95), needing('b-1', 1, NEW)]), [0, 0]);
  });

  it('takes it back where another wants it', () => {
    const starting = needing('b-1', 0.05, { ...NEW, heldCores: 1.4 });
    const its = limitsOf([needing('a-1', 1.5, { heldCores: 0.5 }), starting]);
    near(its['b-1'] ?? 0, 1.9 - 1.5, 1e-9);
    near(its['a-1'] ?? 0, 1.5, 1e-9);
  });

  it('lends nothing that other programs take', () => {
    near(boostsOf([settled, needing('b-1', 0.1, NEW)], 0.4)[1] ?? 0, 1.9 - 0.6 - 0.4, 1e-9);
  });

  it('keeps a loan while it is at least half of what could be lent, and fits', () => {
    const held = (cores: number) => {
      const model = { ...NEW.model, lentCores: cores };
      return boostsOf([settled, needing('b-1', 0.1, { model, heldCores: cores })])[1] ?? 0;
    };
    near(held(1), 0.9, 1e-9);
    near(held(0.5), 1.3, 1e-9);
    near(held(1.45), 1.35, 1e-9, 'within what is kept free');
    near(held(1.8), 0.7 * 1.3, 1e-9, 'with room, so that it need not shrink again');
  });

  it('takes a loan back where the target would be met with it, too', () => {
    // Faster than this it does not become: all limits above one core are alike.
    const its = { law: { minSeconds: 1 }, seconds: 1.05 };
    const lent = { heldCores: 1.8, model: { count: 1, doneCount: 1, lentCores: 1.8 } };
    near(limitsOf([needing('b-1', 1, lent, its)])['b-1'] ?? 0, 1 / 1.05, 0.01);
  });

  it('is for bands that have not answered yet, for two minutes', () => {
    const boosted = (change: Parameters<typeof needing>[2]): boolean =>
      (boostsOf([settled, needing('b-1', 0.1, change)])[1] ?? 0) > 0;
    assert.ok(boosted({ model: { ...NEVER, bornAtMs: NOW - 119_000 } }));
    assert.ok(!boosted({ model: { ...NEVER, bornAtMs: NOW - 120_000 } }));
    assert.ok(!boosted({ model: { ...NEVER, bornAtMs: 0 } }), 'it does not run yet');
    assert.ok(!boosted({ ...NEW, isWeighted: true }), 'a ceiling has no quota');
    assert.ok(!boosted({ model: { ...NEW.model, inheritedAtMs: 1 } }), 'it was found running');
    assert.ok(!boosted({ model: { ...NEW.model, doneAtMs: NOW } }), 'an agent counts anew');
    const report = container('b-1', { latency: latency(100) });
    assert.ok(!boosted({ ...NEW, allocation: { report } }), 'a source without a counter');
    assert.ok(!boosted({ ...NEW, isStale: true, heldCores: 0.1 }), 'its limit stays');
  });
});

describe('a start under adaptive', () => {
  const PRIOR: Prior = {
    profile: {
      ...{ workSeconds: 0.1, noiseRatio: 0.05, requests: 100, overheadSeconds: 0.2 },
      ...{ freeCores: 0, clients: 1, ratePerSecond: 0, tailRatios: {} },
    },
    speedRatio: 1,
  };
  /** A container of a known workload that has not answered at its first looks; looks at it. */
  function starting(more: { readonly lendsNothing?: true } = {}) {
    const plant = new Plant(0.1, { workSeconds: 0.1, overheadSeconds: 0.2 });
    let memory = adaptivePolicy.start;
    return (is: 'placed' | 'loading' | 'answering') => {
      const seen = plant.run(is === 'answering' ? 1 : 0.1);
      const report = seen.report === null ? null : { ...seen.report, latency: null };
      const its = {
        placed: { ...seen, limit: null, report: null },
        loading: { ...seen, report },
        answering: seen,
      }[is];
      const { limits, memory: next } = adaptivePolicy.decide(
        {
          node: node('h1', { allocations: [its] }),
          nowMs: plant.nowMs,
          params: { ...PARAMS, ...more },
          priorOf: () => PRIOR,
        },
        memory,
      );
      memory = next;
      const cores = limits[0]?.limit.cpuCores;
      if (cores != null) plant.hold(cores);
      const overheadWeight = memory.models[0]?.[Field.overheadWeight];
      return { cores: plant.limit.cpuCores ?? 0, overheadWeight, reason: limits[0]?.reason ?? '' };
    };
  }

  it('begins with what its target takes, and has a loan until it answers', () => {
    const look = starting();
    const first = look('placed');
    near(first.cores, 0.125, 0.1);
    const second = look('loading');
    assert.ok(second.cores > 1.5, `${second.cores}`);
    assert.match(second.reason, /^starting: 1\.\d\d CPU until its first answer.*; 1s takes 0\.1/);
    assert.deepEqual([look('loading').reason, look('loading').cores], ['', second.cores]);
    const answered = look('answering');
    near(answered.cores, first.cores, 0.01);
    assert.equal(answered.overheadWeight, first.overheadWeight, 'nothing is forgotten for it');
  });

  it('holds its limit like others once nobody has asked it for two minutes', () => {
    const loan = model({ bornAtMs: 1000, seenAtMs: 1000, cpuSeconds: 1, lentCores: 1.8 });
    const cpu = { usageCores: 0, usageTotalSeconds: 1, throttledRatio: 0, pressureRatio: 0 };
    const at = (observedAtMs: number, cores: number) =>
      learn(
        loan,
        allocation('a-1', {
          observedAtMs,
          report: container('a-1', { cpu, lifeId: 'life', observed: limit(cores) }),
        }),
        { lifeId: 'life', isHostShort: false },
      )[Field.lentCores];
    assert.equal(at(120_000, 0.1), 1.8);
    assert.equal(at(122_000, 1.8), 1.8, 'it has not been taken back yet');
    assert.equal(at(122_000, 0.1), 0);
  });

  it('is lent nothing in a forecast', () => {
    const look = starting({ lendsNothing: true });
    const first = look('placed');
    assert.deepEqual([look('loading').cores, look('loading').cores], [first.cores, first.cores]);
  });
});
