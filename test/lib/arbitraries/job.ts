import fc from 'fast-check';
import { type JobSpec, LATENCY_UNITS, PROBE_METHODS } from '../../../shared/job.js';
import {
  anyJobName,
  anyTarget,
  anyText,
  cpuBounds,
  double,
  labels,
  plainly,
  port,
  positiveBytes,
} from './basic.js';
import { anySecretName } from './secret.js';

const anyPath = fc.stringMatching(/^\/[a-z0-9?=/]{0,20}$/);

const latencySource: fc.Arbitrary<JobSpec['latency']> = fc.oneof(
  fc.record({
    source: fc.constant('log' as const),
    pattern: anyText,
    unit: fc.constantFrom(...LATENCY_UNITS),
  }),
  fc.record(
    { source: fc.constant('push' as const), metric: anyText },
    { requiredKeys: ['source'] },
  ),
  fc.record(
    {
      source: fc.constant('prometheus' as const),
      preset: fc.constantFrom('vllm', 'triton'),
      metric: anyText,
      unit: fc.constantFrom(...LATENCY_UNITS),
      port,
      path: anyPath,
      match: anyText,
    },
    { requiredKeys: ['source'] },
  ),
  fc.record(
    {
      source: fc.constant('probe' as const),
      port,
      path: anyPath,
      method: fc.constantFrom(...PROBE_METHODS),
      body: anyText,
    },
    { requiredKeys: ['source'] },
  ),
);

/** Share of a GPU. */
export const shareRatio = double(0.01, 1);

const gpuRequest = fc.oneof(
  fc.record({ count: fc.integer({ min: 1, max: 64 }) }),
  fc.record(
    { shareRatio, memoryBytes: positiveBytes, onLost: fc.constant('restart' as const) },
    { requiredKeys: ['shareRatio'] },
  ),
);

const jobSpecFields = {
  name: anyJobName,
  image: fc.stringMatching(/^[a-z0-9./:-]{1,30}$/),
  command: fc.array(anyText, { maxLength: 4 }),
  env: fc.dictionary(fc.stringMatching(/^[A-Z_]{1,12}$/), anyText, {
    maxKeys: 4,
    noNullPrototype: true,
  }),
  target: anyTarget,
  weight: double(0.01, 1000),
  replicas: fc.integer({ min: 0, max: 100 }),
  resources: fc.record(
    { cpu: cpuBounds, memoryBytes: positiveBytes, gpu: gpuRequest },
    { requiredKeys: ['cpu'] },
  ),
  latency: latencySource,
  constraints: fc.record({ labels }),
  onLoss: fc.constantFrom('reschedule' as const, 'keep' as const),
  ports: fc.array(
    fc.record(
      { containerPort: port, hostPort: fc.integer({ min: 0, max: 65_535 }) },
      { requiredKeys: ['containerPort'] },
    ),
    { maxLength: 3 },
  ),
};

const secretEnv = fc.dictionary(fc.stringMatching(/^[A-Z_]{1,12}$/), anySecretName, {
  minKeys: 1,
  maxKeys: 4,
  noNullPrototype: true,
});

/** In hundredths of a per cent. */
const creditShare = fc.integer({ min: 1, max: 10_000 }).map((parts) => parts / 10_000);
const anyCredit = fc.record({ costRatio: creditShare, belowRatio: creditShare });

export const anyJobSpec: fc.Arbitrary<JobSpec> = plainly(
  fc.oneof(
    fc.record(jobSpecFields),
    fc.record({ ...jobSpecFields, moves: fc.constant('never' as const) }),
    fc.record({ ...jobSpecFields, secretEnv }),
    fc.record({ ...jobSpecFields, credit: anyCredit }),
  ),
);
