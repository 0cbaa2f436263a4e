import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { AllocationModel } from '../../../../../../coordinator/schedule/model/allocation-model.js';
import {
  errorRatioOf,
  fittedLaw,
} from '../../../../../../coordinator/schedule/model/fitted-law.js';
import { latencySeconds } from '../../../../../../coordinator/schedule/model/latency-law.js';
import {
  afterChange,
  learn,
} from '../../../../../../coordinator/schedule/policies/adaptive/learn/learn.js';
import type { SnapshotAllocation } from '../../../../../../coordinator/schedule/types.js';
import type { Statistic } from '../../../../../../shared/qoe.js';
import { container, limit, target } from '../../../build.js';
import { model, near, Plant, read } from './build.js';

/** Feeds reports one after the other, as the policy does. */
class Pupil {
  model: AllocationModel = model();
  lifeId = '';

  see(allocation: SnapshotAllocation): void {
    this.model = learn(this.model, allocation, { lifeId: this.lifeId, isHostShort: true });
    this.lifeId = allocation.report?.cpu == null ? this.lifeId : allocation.report.lifeId;
  }

  watch(plant: Plant, reports: number): this {
    for (let i = 0; i < reports; i += 1) this.see(plant.run());
    return this;
  }

  law(statistic: Statistic = 'mean') {
    const law = fittedLaw(this.model, statistic);
    assert.ok(law !== null);
    return law;
  }
}

describe('adaptive learning', () => {
  it('knows nothing before an answer, and a good guess after the first', () => {
    const plant = new Plant(0.5, { workSeconds: 0.4 });
    const pupil = new Pupil();
    pupil.see(plant.run(0.5));
    assert.equal(fittedLaw(pupil.model, 'mean'), null);
    pupil.see(plant.run());
    near(pupil.law().workSeconds, 0.4, 0.05);
  });

  for (const [what, holdAt, reports] of [
    ['until a report is all under a smaller limit', 3, 8],
    ['for two minutes at most', 119, 20],
  ] as const)
    it(`learns nothing of what a start under a loan costs, ${what}`, () => {
      const plant = new Plant(1, { workSeconds: 0.2 });
      const pupil = new Pupil();
      pupil.model = model({ workSeconds: 0.26, workCount: 2, lentCores: 1 });
      pupil.watch(plant, holdAt);
      near(pupil.law().workSeconds, 0.13, 1e-9);
      assert.ok(read(pupil.model).doneCount > 0, 'but it has answered');
      plant.workSeconds = 0.16;
      if (holdAt < 100) plant.hold(0.1);
      pupil.watch(plant, reports);
      near(pupil.law().workSeconds, 0.16, 0.1);
    });

  it('learns work and overhead from counters alone', () => {
    const pupil = new Pupil().watch(
      new Plant(0.5, { workSeconds: 0.07, overheadSeconds: 0.05 }),
      30,
    );
    near(pupil.law().workSeconds, 0.07, 0.02);
    near(pupil.law().overheadSeconds, 0.05, 0.05);
    assert.equal(pupil.law().ratePerSecond, 0);
  });

  for (const workSeconds of [0.003, 0.1, 2, 9]) {
    it(`predicts ¼ and 4 times the limit, at ${workSeconds} CPU-s per request`, () => {
      const plant = new Plant(0.5, { workSeconds });
      const law = new Pupil().watch(plant, Math.max(10, Math.ceil(8 * workSeconds))).law();
      for (const cores of [0.125, 0.5, 2])
        near(latencySeconds(law, cores), workSeconds / cores, 0.03, `${cores} cores:`);
    });
  }

  it('needs no steady limit to learn what a request costs', () => {
    const plant = new Plant(0.5, { workSeconds: 0.09, noiseRatio: 0.08 });
    const pupil = new Pupil().watch(plant, 2);
    for (const cores of [0.9, 0.2, 1.4, 0.3, 0.6, 0.25, 1]) {
      plant.hold(cores);
      pupil.watch(plant, 3);
    }
    near(pupil.law().workSeconds, 0.09, 0.05);
  });

  it('takes no request that straddles a change of limit for overhead', () => {
    const plant = new Plant(0.2, { workSeconds: 0.3 });
    const pupil = new Pupil().watch(plant, 9);
    plant.hold(1);
    pupil.watch(plant, 2);
    plant.hold(0.2);
    pupil.watch(plant, 8);
    assert.ok(Math.abs(pupil.law().overheadSeconds) < 0.03 * 1.5, `${pupil.law().overheadSeconds}`);
  });

  it('finds the cores it can use where the limit does not bind: more CPU brings nothing', () => {
    const law = new Pupil().watch(new Plant(4, { workSeconds: 0.2, parallelism: 1 }), 20).law();
    near(law.minSeconds, 0.2, 0.02);
    near(latencySeconds(law, 3), 0.2, 0.02);
  });

  it('unlearns a least latency that is beaten', () => {
    const plant = new Plant(4, { workSeconds: 0.2, parallelism: 1 });
    const pupil = new Pupil().watch(plant, 10);
    plant.parallelism = 4;
    plant.hold(2);
    pupil.watch(plant, 20);
    near(latencySeconds(pupil.law(), 2), 0.1, 0.05);
  });

  it('unlearns an overhead that explains more than is seen under no binding limit', () => {
    const plant = new Plant(0.5, { workSeconds: 0.1, overheadSeconds: 0.2, parallelism: 1 });
    const pupil = new Pupil().watch(plant, 20);
    near(pupil.law().overheadSeconds, 0.2, 0.1);
    plant.overheadSeconds = 0;
    plant.hold(4);
    pupil.watch(plant, 10);
    assert.ok(pupil.law().overheadSeconds < 0.1, `${pupil.law().overheadSeconds}`);
  });

  it('learns no overhead from a host that does not deliver', () => {
    const plant = new Plant(0.5, { workSeconds: 0.1 });
    const pupil = new Pupil().watch(plant, 10);
    plant.parallelism = 0.2;
    plant.pressureRatio = 0.6;
    pupil.watch(plant, 20);
    near(latencySeconds(pupil.law(), 0.5), 0.2, 0.1);
  });

  it('guesses nothing from a first answer of a container that was mostly idle', () => {
    const plant = new Plant(1, { workSeconds: 0.06 });
    const pupil = new Pupil();
    pupil.see(plant.run(0.01));
    const busy = plant.run(0.06);
    const { report } = busy;
    assert.ok(report?.cpu != null && report.latency?.totalCount === 1);
    const cpu = { ...report.cpu, usageCores: 0.06, throttledRatio: 0 };
    const idle = { ...busy, observedAtMs: busy.observedAtMs + 940, report: { ...report, cpu } };
    pupil.see(idle);
    assert.equal(fittedLaw(pupil.model, 'mean'), null);
  });

  it('follows a change of work within a few reports', () => {
    const plant = new Plant(0.5, { workSeconds: 0.1, noiseRatio: 0.08 });
    const pupil = new Pupil().watch(plant, 40);
    plant.workSeconds = 0.16;
    pupil.watch(plant, 6);
    near(pupil.law().workSeconds, 0.16, 0.08);
  });

  it('changes nothing on a report it has seen, and without CPU counters', () => {
    const plant = new Plant(0.5, { workSeconds: 0.1 });
    const pupil = new Pupil().watch(plant, 5);
    const last = plant.run();
    pupil.see(last);
    const { model: before } = pupil;
    pupil.see(last);
    assert.equal(pupil.model, before);
    pupil.see({ ...last, observedAtMs: 1e6, report: container('a-1') });
    assert.equal(pupil.model, before);
    pupil.see({ ...last, observedAtMs: 1e6, report: null });
    assert.equal(pupil.model, before);
  });

  it('never writes to what it was given', () => {
    const plant = new Plant(0.5, { workSeconds: 0.1 });
    const pupil = new Pupil().watch(plant, 5);
    const copy = structuredClone(pupil.model);
    const given = pupil.model;
    learn(given, plant.run(), { lifeId: pupil.lifeId, isHostShort: true });
    afterChange(given, limit(0.5), limit(1));
    assert.deepEqual(given, copy);
  });

  it('keeps the cost over a restart with less weight, compares no counters across lives', () => {
    const plant = new Plant(0.5, { workSeconds: 0.1 });
    const pupil = new Pupil().watch(plant, 20);
    plant.restart('life-2');
    pupil.see(plant.run());
    near(pupil.law().workSeconds, 0.1, 1e-6);
    assert.ok(read(pupil.model).workCount <= 2);
    plant.workSeconds = 0.3;
    pupil.watch(plant, 12);
    near(pupil.law().workSeconds, 0.3, 0.05);
  });

  it('knows as much as before where only the agent was started again', () => {
    const plant = new Plant(0.5, { workSeconds: 0.1, noiseRatio: 0.08 });
    const pupil = new Pupil().watch(plant, 30);
    const { workCount } = read(pupil.model);
    plant.restartAgent();
    pupil.see(plant.run());
    assert.equal(read(pupil.model).workCount, workCount);
    pupil.watch(plant, 1);
    plant.workSeconds = 0.3;
    pupil.watch(plant, 1);
    near(pupil.law().workSeconds, 0.1, 0.15, 'after one report beside a start:');
    plant.workSeconds = 0.1;
    pupil.watch(plant, 10);
    near(pupil.law().workSeconds, 0.1, 0.1);
  });

  it('survives counters that fall within a life', () => {
    const plant = new Plant(0.5, { workSeconds: 0.1 });
    const pupil = new Pupil().watch(plant, 5);
    plant.restart('life-1');
    pupil.watch(plant, 10);
    near(pupil.law().workSeconds, 0.1, 0.05);
  });

  it('expects a normal tail before windows tell, and what they tell after', () => {
    const p95 = { target: target(1000, { statistic: 'p95' as const }) };
    const plant = new Plant(0.5, { workSeconds: 0.02, noiseRatio: 0.1 });
    const pupil = new Pupil();
    for (let i = 0; i < 3; i += 1) pupil.see({ ...plant.run(), ...p95 });
    assert.ok(pupil.law('p95').tailRatio > 1);
    assert.equal(pupil.law('mean').tailRatio, 1);
    assert.ok(pupil.law('p99').tailRatio > pupil.law('p90').tailRatio);
    for (let i = 0; i < 60; i += 1) {
      const seen = plant.run();
      const { report } = seen;
      if (report?.latency == null) continue;
      const { window } = report.latency;
      const stretched = { ...report.latency, window: { ...window, p95Ms: 2 * window.meanMs } };
      pupil.see({ ...seen, ...p95, report: { ...report, latency: stretched } });
    }
    near(pupil.law('p95').tailRatio, 2, 0.15);
  });

  it('is surer of itself the more it has seen', () => {
    const plant = new Plant(0.5, { workSeconds: 0.1, noiseRatio: 0.08 });
    const pupil = new Pupil().watch(plant, 2);
    const early = errorRatioOf(pupil.model);
    const late = errorRatioOf(pupil.watch(plant, 30).model);
    assert.ok(late < early / 2, `${early} then ${late}`);
    assert.ok(late > 0);
  });
});

describe('adaptive law of what is known', () => {
  const its = { workSeconds: 1, workCount: 10, noiseRatio: 0.1 };

  it('is of n times the work where n clients wait for each other', () => {
    near(fittedLaw(model(its), 'mean')?.workSeconds ?? 0, 0.1, 1e-12);
    near(fittedLaw(model({ ...its, clients: 2 }), 'mean')?.workSeconds ?? 0, 0.2, 1e-12);
  });

  it('has a rate where arrivals are open', () => {
    const fields = { ...its, arrivedCount: 60, arrivedSeconds: 30 };
    assert.equal(fittedLaw(model(fields), 'mean')?.ratePerSecond, 0);
    assert.equal(fittedLaw(model({ ...fields, isOpen: 1 }), 'mean')?.ratePerSecond, 2);
  });

  it('believes an overhead the more the more answers told of it', () => {
    const overhead = (overheadWeight: number, isOpen = 0) =>
      fittedLaw(
        model({ ...its, isOpen, overheadWeight, overheadSeconds: 0.05 * overheadWeight }),
        'mean',
      )?.overheadSeconds ?? 0;
    assert.ok(overhead(1) > 0.03 && overhead(1) < overhead(30));
    near(overhead(30), 0.05, 0.02);
    assert.ok(overhead(30, 1) < 0.02, 'a queue tells little');
  });
});

describe('adaptive learning after a decision', () => {
  const before = model({ overheadSeconds: 2, overheadWeight: 40, workSeconds: 1, workCount: 10 });
  const overheadOf = (its: AllocationModel) => read(its).overheadSeconds / read(its).overheadWeight;

  it('keeps everything where the limit hardly changes', () => {
    assert.equal(afterChange(before, limit(1), limit(1.05)), before);
  });

  it('keeps the overhead but trusts it less where the limit is another one', () => {
    const after = afterChange(before, limit(1), limit(2));
    near(overheadOf(after), overheadOf(before), 1e-9);
    assert.ok(read(after).overheadWeight < 40);
    assert.equal(read(after).workCount, 10);
  });

  it('trusts it still less where the period is another one', () => {
    const other = { cpuCores: 1, periodUs: 10_000 };
    const few = model({ overheadSeconds: 0.05, overheadWeight: 1 });
    assert.ok(read(afterChange(few, limit(1), other)).overheadWeight < 1);
    assert.equal(read(afterChange(few, limit(1), limit(2))).overheadWeight, 1);
  });
});
