import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  fullFaults,
  jobFaults,
  MAX_JOBS,
  MAX_REPLICAS_IN_ALL,
} from '../../../../coordinator/api/validate.js';
import { job } from '../build.js';

const holding = (count: number, replicas = 1) =>
  new Map(
    Array.from({ length: count }, (_, i) => {
      const spec = job(`j${i}`, { replicas });
      return [spec.name, { spec }] as const;
    }),
  );

describe('jobFaults', () => {
  it('refuses one that asks for a port of its host twice, not for two that the host picks', () => {
    const on = (...hostPorts: readonly (number | undefined)[]) =>
      job('a', {
        ports: hostPorts.map((hostPort, i) => ({
          containerPort: 80 + i,
          ...(hostPort === undefined ? {} : { hostPort }),
        })),
      });
    for (const fine of [on(8080, 8081), on(undefined, undefined, 0, 0)])
      assert.deepEqual(jobFaults([fine], []), []);
    const [fault, ...others] = jobFaults([on(8080, undefined, 8080)], []);
    assert.deepEqual([fault?.code, fault?.field, others], ['job.bad-value', 'jobs[0].ports', []]);
    assert.match(fault?.message ?? '', /^job a: host port 8080 occurs twice/);
  });

  it('refuses zero bytes in variables and arguments, wherever a job comes from', () => {
    const bad = job('a', { env: { A: 'x', B: 'x\0' }, command: ['sh', '\0'] });
    const faults = jobFaults([bad], []);
    assert.deepEqual(
      faults.map(({ field }) => field),
      ['jobs[0].env.B', 'jobs[0].command[1]'],
    );
    assert.match(faults[0]?.message ?? '', /^job a: env\.B has a zero byte.*\(base64\)$/);
  });
});

describe('fullFaults', () => {
  it('refuses jobs beyond what a cluster holds, and names the limit', () => {
    const known = holding(MAX_JOBS - 1);
    assert.deepEqual(fullFaults([job('one')], known), []);
    const [fault, ...others] = fullFaults([job('one'), job('two')], known);
    assert.deepEqual([fault?.code, fault?.field, others], ['service.full', 'jobs', []]);
    assert.match(fault?.message ?? '', /would hold 50001 jobs and may hold 50000: stop jobs/);
  });

  it('counts replicas of all jobs', () => {
    const known = holding(100, MAX_REPLICAS_IN_ALL / 100);
    const [fault] = fullFaults([job('one')], known);
    assert.deepEqual([fault?.code, fault?.field], ['service.full', 'replicas']);
  });

  it('lets a full cluster shrink and stay as it is', () => {
    const known = holding(100, MAX_REPLICAS_IN_ALL / 50);
    assert.deepEqual(fullFaults([job('j0', { replicas: 1 })], known), []);
    assert.deepEqual(fullFaults([job('j0', { replicas: MAX_REPLICAS_IN_ALL / 50 })], known), []);
  });
});
