import assert from 'node:assert/strict';
import type { BenchSystem, SystemLook } from '../../../../cli/bench/system.js';
import type { AllocationStatus } from '../../../../proto/schemas/status.js';
import type { JobSpec } from '../../../../shared/job.js';
import { ok, type Result } from '../../../../shared/result.js';
import type { ManualClock } from '../../../lib/manual-clock.js';
import { status } from '../../lab/bench/build.js';

/** A system that notes what is asked of it; what it shows is the test's to say. */
export class FakeSystem implements BenchSystem {
  readonly nodeCores = [1.9];
  readonly reportMs = 1000;
  readonly calls: string[] = [];
  readonly died = new Promise<string>(() => {});
  readonly specs = new Map<string, JobSpec>();
  listener: Parameters<BenchSystem['onLimit']>[0] = () => {};

  constructor(
    readonly clock: ManualClock,
    readonly show: (system: FakeSystem) => readonly AllocationStatus[] = () => [],
  ) {}

  async submit(specs: readonly JobSpec[]): Promise<Result<void>> {
    for (const spec of specs) {
      this.calls.push(
        `${this.clock.now()} submit ${spec.name} ${Math.round(spec.target.latencyMs)}ms`,
      );
      this.specs.set(spec.name, spec);
    }
    return ok(undefined);
  }
  async stop(name: string): Promise<Result<void>> {
    this.calls.push(`${this.clock.now()} stop ${name}`);
    this.specs.delete(name);
    return ok(undefined);
  }
  look(): SystemLook {
    return { ageMs: this.clock.now() % 1000, hostUsedCores: 1.7, allocations: this.show(this) };
  }
  onLimit(listener: FakeSystem['listener']): void {
    this.listener = listener;
  }
  mover: Parameters<BenchSystem['onMove']>[0] = () => {};
  onMove(listener: FakeSystem['mover']): void {
    this.mover = listener;
  }
  async close(): Promise<void> {}
}

/** Moves the clock on until the work is done. */
export const finish = async <T>(
  clock: ManualClock,
  work: Promise<T>,
  stepMs = 1000,
  steps = 400,
): Promise<T> => {
  let done = false;
  void work.finally(() => {
    done = true;
  });
  for (let step = 0; step < steps && !done; step += 1) await clock.advance(stepMs);
  assert.ok(done, 'it did not end');
  return work;
};

/**
 * A system whose containers work: each answers c/0.02 requests a second, c its least CPU, as if
 * every request cost 0.02 CPU-s; the one named is broken, and all take `slowness` times as long
 * because they wait for others. `most` tells the most CPU ever held.
 */
export function workingSystem(clock: ManualClock, broken = '', slowness: () => number = () => 1) {
  const seen = new Map<string, { requests: number; atMs: number; cores: number }>();
  let maxCores = 0;
  const system = new FakeSystem(clock, ({ specs }) => {
    const all = [...specs.values()].map(({ name, resources }) => {
      const cores = resources.cpu.minCores;
      const before = seen.get(name) ?? { requests: 0, atMs: clock.now(), cores };
      const requests =
        before.requests + ((clock.now() - before.atMs) / 1000) * (before.cores / 0.02 / slowness());
      seen.set(name, { requests, atMs: clock.now(), cores });
      const whole = Math.floor(requests);
      const state = name === broken ? 'exited' : 'running';
      const parts = {
        job: name,
        limitCores: cores,
        latencyMs: (20 / cores) * slowness(),
        state,
        reason: 'broken',
      } as const;
      return { ...status({ ...parts, requests: whole, cpuSeconds: whole * 0.02 }), cores };
    });
    maxCores = Math.max(
      maxCores,
      all.reduce((sum, { cores }) => sum + cores, 0),
    );
    return all;
  });
  return { system, most: () => maxCores };
}
