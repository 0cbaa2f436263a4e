import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { POLICIES } from '../../../../coordinator/schedule/policies/index.js';
import {
  NO_MEMORY,
  type SchedulerMemory,
  schedule,
} from '../../../../coordinator/schedule/schedule.js';
import type { CpuLimit } from '../../../../shared/command.js';
import type { TargetMode } from '../../../../shared/qoe.js';
import type { ContainerState } from '../../../../shared/report.js';
import { allocation, container, job, node, PARAMS, snapshot, target, wantedJob } from '../build.js';

/** A job alone on a host of two cores; nothing is known of its workload, and it never answers. */
class Host {
  readonly #mode: TargetMode;
  #memory: SchedulerMemory = NO_MEMORY;
  #limit: CpuLimit | null = null;
  #nowMs = 0;
  #life = 1;

  constructor(mode: TargetMode) {
    this.#mode = mode;
  }

  /** One report a second; the limit after the last. */
  report(state: ContainerState, reports: number): CpuLimit | null {
    for (let i = 0; i < reports; i += 1) this.#decide(state);
    if (state === 'failed') this.#life += 1;
    return this.#limit;
  }

  #decide(state: ContainerState): void {
    this.#nowMs += 1000;
    const its = target(100, { mode: this.#mode });
    const cores = this.#limit?.cpuCores ?? 2;
    const usageTotalSeconds = this.#nowMs / 1000;
    const cpu = { usageCores: cores, usageTotalSeconds, throttledRatio: 1, pressureRatio: null };
    const seen = allocation('a-1', {
      ...{ state, target: its, minCores: 0.01, limit: this.#limit, observedAtMs: this.#nowMs },
      report: container('a-1', {
        ...{ state, target: its, observed: this.#limit, lifeId: `life-${this.#life}` },
        cpu: state === 'running' ? cpu : null,
      }),
    });
    const spec = job('a', { target: its });
    const { plan, memory } = schedule(
      {
        snapshot: snapshot([node('h1', { allocations: [seen] })], [wantedJob(spec, ['a-1', 'h1'])]),
        ...{ nowMs: this.#nowMs, params: PARAMS, policy: POLICIES.adaptive },
      },
      this.#memory,
    );
    this.#memory = memory;
    for (const decision of plan.decisions) if (decision.kind === 'limit') this.#limit = decision.to;
  }
}

describe('a job that fails at its start and is started again', () => {
  it('has the CPU that is free again, although it has never answered', () => {
    const host = new Host('band');
    assert.equal(host.report('running', 3)?.cpuCores, 2);
    assert.equal(host.report('failed', 2)?.cpuCores, 0.01);
    const again = host.report('running', 10)?.cpuCores ?? 0;
    assert.ok(again > 1, `${again}`);
  });

  it('has no quota where it has a ceiling', () => {
    const host = new Host('ceiling');
    assert.equal(host.report('running', 3)?.cpuCores, null);
    assert.equal(host.report('failed', 2)?.cpuCores, 0.01);
    assert.equal(host.report('running', 10)?.cpuCores, null);
  });
});
