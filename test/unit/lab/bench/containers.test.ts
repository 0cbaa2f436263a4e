import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  closedOf,
  jobSpecOf,
  loadKeyOf,
  probeSpecOf,
  wholeFactor,
  workKeyOf,
} from '../../../../lab/bench/sample.js';
import { job, scenario, workload } from './build.js';

describe('lab bench: containers', () => {
  const run = { startedAtWallMs: 1_700_000_000_123.4, repetition: 2, targetMs: 250 };

  it('are the workload, with the target measured', () => {
    const spec = jobSpecOf(scenario(), job('a', { statistic: 'p95', weight: 3 }), run);
    assert.deepEqual(spec.command, ['--model', 'ocr-det', '--batch', '2', '--threads', '1']);
    assert.deepEqual(spec.target, {
      latencyMs: 250,
      statistic: 'p95',
      toleranceRatio: 0.1,
      mode: 'band',
    });
    assert.deepEqual([spec.name, spec.weight, spec.resources.cpu.minCores], ['a', 3, 0.01]);
  });

  it('know their arrivals and every change of load from the start', () => {
    const open = job('a', {
      workload: workload({ arrivals: { kind: 'open', ratePerSecond: 4.5 } }),
    });
    const world = scenario({ jobs: [open] }, [
      { kind: 'rateFactor', atMs: 10_000, forMs: 5000, job: 'a', factor: 1.8 },
    ]);
    const { command } = jobSpecOf(world, open, run);
    const seed = command[command.indexOf('--seed') + 1];
    assert.match(seed ?? '', /^\d+$/);
    assert.deepEqual(command, [
      ...[
        '--model',
        'ocr-det',
        '--batch',
        '2',
        '--threads',
        '1',
        '--mode',
        'open',
        '--rate',
        '4.5',
        '--seed',
        seed,
      ],
      ...[
        '--at',
        '10000ms:batch=1x,rate=1.8x',
        '--at',
        '15000ms:batch=1x,rate=1x',
        '--since',
        '1700000000123',
      ],
    ]);
    const again = jobSpecOf(world, open, run).command;
    assert.deepEqual(again, command);
    assert.notDeepEqual(jobSpecOf(world, open, { ...run, repetition: 3 }).command, command);
  });

  it('wait beside each other where the scenario says so', () => {
    const arrivals = { kind: 'open', ratePerSecond: 4.5 } as const;
    const waiting = workload({ arrivals, waitMs: 60.4, concurrency: 8 });
    const { command } = jobSpecOf(scenario(), job('a', { workload: waiting }), run);
    const at = command.indexOf('--wait');
    assert.deepEqual(command.slice(at, at + 4), ['--wait', '60', '--concurrency', '8']);
    assert.equal(loadKeyOf(waiting), 'ocr-det x2, 1 thread, 4.5/s, wait 60.4 ms, concurrency 8');
    // What a request costs does not depend on it.
    assert.equal(workKeyOf(waiting), workKeyOf(workload({ arrivals })));
    assert.deepEqual(closedOf(waiting), workload());
  });

  it('have a rate only where arrivals are open', () => {
    const world = scenario({}, [
      { kind: 'workFactor', atMs: 10_000, forMs: null, job: 'a', factor: 1.5 },
    ]);
    const { command } = jobSpecOf(world, job('a'), run);
    assert.deepEqual(command.slice(6), ['--at', '10000ms:batch=1.5x', '--since', '1700000000123']);
  });

  it('work in whole inferences', () => {
    assert.equal(wholeFactor(workload({ batch: 2 }), 1.5), 1.5);
    assert.equal(wholeFactor(workload({ batch: 1 }), 1.3), 1);
    assert.equal(wholeFactor(workload({ batch: 3 }), 0.1), 1 / 3);
  });

  it('can be held at a limit by their own bounds', () => {
    const { resources } = probeSpecOf('p', workload(), 0.25);
    assert.deepEqual(resources.cpu, { minCores: 0.25, maxCores: 0.25 });
    assert.equal(loadKeyOf(workload({ threads: 2 })), 'ocr-det x2, 2 threads, closed');
  });
});
