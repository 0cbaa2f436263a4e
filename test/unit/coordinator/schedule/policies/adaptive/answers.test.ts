import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { AllocationModel } from '../../../../../../coordinator/schedule/model/allocation-model.js';
import { fittedLaw } from '../../../../../../coordinator/schedule/model/fitted-law.js';
import { latencySeconds } from '../../../../../../coordinator/schedule/model/latency-law.js';
import { boundSteps } from '../../../../../../coordinator/schedule/policies/adaptive/divide/step-bound.js';
import { learn } from '../../../../../../coordinator/schedule/policies/adaptive/learn/learn.js';
import { profileOf } from '../../../../../../coordinator/schedule/policies/adaptive/workload-profile.js';
import { allocation, container, latency, limit, target } from '../../../build.js';
import { type MemberChange, member, model, read } from './build.js';

interface Second {
  readonly ms: number;
  readonly cores: number;
  /** CPU it used in that second; default all of its limit. */
  readonly usedCores?: number;
}

/** A service that answers three requests a second, and what is learnt of it. */
class Service {
  model: AllocationModel = model();
  #nowMs = 1000;
  #count = 0;
  #totalMs = 0;
  #cpuSeconds = 0;

  constructor(readonly targetMs: number) {}

  see({ ms, cores, usedCores = cores }: Second, seconds = 1): this {
    for (let i = 0; i < seconds; i += 1) {
      this.#nowMs += 1000;
      this.#count += 3;
      this.#totalMs += 3 * ms;
      this.#cpuSeconds += usedCores;
      const window = { ...latency(ms).window, count: 3 };
      const report = container('mt-1', {
        lifeId: 'life-1',
        target: target(this.targetMs),
        observed: limit(cores),
        applied: limit(cores),
        cpu: {
          usageCores: usedCores,
          usageTotalSeconds: this.#cpuSeconds,
          throttledRatio: 1,
          pressureRatio: 0,
        },
        latency: latency(ms, {
          window,
          totalCount: this.#count,
          totalMs: this.#totalMs,
          sinceChangeCount: 3,
          newestAgeMs: 0,
        }),
      });
      const its = allocation('mt-1', {
        target: target(this.targetMs),
        latencyMs: ms,
        observedAtMs: this.#nowMs,
        limit: limit(cores),
        report,
      });
      this.model = learn(this.model, its, { lifeId: 'life-1', isHostShort: false });
    }
    return this;
  }

  expectedMs(cores: number): number {
    const law = fittedLaw(this.model, 'mean');
    assert.ok(law !== null);
    return 1000 * latencySeconds(law, cores);
  }
}

describe('a model that its answers refute', () => {
  // Its threads spin, so it uses all of its limit whatever that is.
  const spinning = (): Service => new Service(150).see({ ms: 44, cores: 1.5 }, 5);

  it('is believed for five reports, and then its response times say what a limit gives', () => {
    const service = spinning();
    assert.ok(service.expectedMs(1.5) > 300, `${service.expectedMs(1.5)}`);
    service.see({ ms: 44, cores: 1.5 }, 3);
    assert.equal(read(service.model).isRefuted, 1);
    assert.ok(Math.abs(service.expectedMs(1.5) - 44) < 1, `${service.expectedMs(1.5)}`);
    assert.ok(Math.abs(service.expectedMs(0.44) - 150) < 3, `${service.expectedMs(0.44)}`);
    assert.equal(profileOf(service.model, 'mean'), null, 'nobody else starts from it');
  });

  it('is not refuted by answers that are as slow as asked, or slower', () => {
    const service = new Service(40).see({ ms: 44, cores: 1.5 }, 20);
    assert.equal(read(service.model).isRefuted, 0);
  });

  it('is believed again once its CPU explains its answers for five reports', () => {
    const service = spinning().see({ ms: 44, cores: 1.5 }, 3);
    service.see({ ms: 60, cores: 0.5, usedCores: 0.09 }, 60);
    assert.equal(read(service.model).isRefuted, 0);
  });
});

describe('limits are held to what clients see', () => {
  /** It answers in 50 ms, is asked for what its reports say, and holds `cores`. */
  const held = (cores: number, counted: MemberChange['model'] = {}, change: MemberChange = {}) =>
    member('a-1', {
      heldCores: cores,
      ...change,
      model: { ...counted },
      allocation: {
        limit: limit(cores),
        latencyMs: 50,
        target: target(counted?.fasterReports ? 100 : counted?.slowerReports ? 20 : 50),
        ...change.allocation,
      },
    });
  const faster = { fasterReports: 3 };
  const slower = { slowerReports: 3 };

  it('none rises while its answers are faster than the band', () => {
    assert.deepEqual(boundSteps([held(0.5, faster)], [0.7], 2), [0.5]);
    assert.deepEqual(boundSteps([held(0.5, { fasterReports: 2 })], [0.7], 2), [0.7]);
    assert.deepEqual(boundSteps([held(0.5, faster)], [0.3], 2), [0.3], 'it may fall');
  });

  it('one whose target has just become shorter than its answers rises at once', () => {
    const shorter = { allocation: { target: target(20) } };
    assert.deepEqual(boundSteps([held(0.5, faster, shorter)], [0.7], 2), [0.7]);
  });

  it('none that is late falls while another is faster than asked; those that grow wait', () => {
    const members = [held(1, faster), held(0.4, slower), held(0.4)];
    assert.deepEqual(boundSteps(members, [1, 0.2, 0.6], 1.8), [1, 0.4, 0.4]);
    const without = [held(1), held(0.4, slower), held(0.4)];
    assert.deepEqual(boundSteps(without, [1, 0.2, 0.6], 1.8), [1, 0.2, 0.6]);
  });

  it('a ceiling that is faster than asked is as it should be, until it takes from the late', () => {
    const ceiling = held(0.5, faster, { isWeighted: true });
    assert.deepEqual(boundSteps([ceiling, held(0.4)], [0.7, 0.2], 0.9), [0.7, 0.2]);
    assert.deepEqual(boundSteps([ceiling, held(0.4, slower)], [0.7, 0.2], 0.9), [0.5, 0.4]);
    assert.deepEqual(boundSteps([ceiling, held(0.4, slower)], [0.5, 0.2], 0.9), [0.5, 0.2]);
  });

  it('the maximum of the owner comes first', () => {
    const bounded = held(0.4, slower, { maxCores: 0.3 });
    assert.deepEqual(boundSteps([held(1, faster), bounded], [1, 0.2], 2), [1, 0.3]);
  });
});
