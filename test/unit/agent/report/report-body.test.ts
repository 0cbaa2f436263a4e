import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  assembleBody,
  encodeFitting,
  fitReport,
  type ReportBody,
  withoutMeasurements,
} from '../../../../agent/report/report-body.js';
import { encodeReport } from '../../../../proto/telemetry.js';
import { decodeReport } from '../../../../proto/telemetry-reader.js';
import type { AllocationId, NodeId } from '../../../../shared/ids.js';
import type { ContainerReport, NodeReport } from '../../../../shared/report.js';
import { gpuReport } from '../../coordinator/schedule/gpu/build.js';
import { containerReport, reportBody } from './build-report.js';

const full = (body: ReportBody): NodeReport => ({
  ...body,
  schema: 1,
  node: 'n1' as NodeId,
  bootId: 'b',
  sequence: 1,
  sentAtMs: 1,
  validForMs: 3000,
});
const CAP = 64 * 1024;
const sizeOf = (report: NodeReport): number => encodeReport(report).length;
const many = (
  count: number,
  over: (n: number) => Partial<ContainerReport> = () => ({}),
): ContainerReport[] =>
  Array.from({ length: count }, (_, n) =>
    containerReport({
      allocation: `job-${String(n).padStart(3, '0')}` as AllocationId,
      ...over(n),
    }),
  );

describe('assembleBody', () => {
  it('orders by id and bounds texts, warnings and containers', () => {
    const body = assembleBody(
      reportBody({
        containers: many(450, () => ({
          reason: 'r'.repeat(5000),
          name: 'n'.repeat(500),
        })).reverse(),
        warnings: Array.from({ length: 100 }, (_, n) => `w${n}${'x'.repeat(1000)}`),
      }),
    );
    assert.equal(body.containers.length, 400);
    assert.equal(body.containers[0]?.allocation, 'job-000');
    assert.equal(body.containers[0]?.reason.length, 600);
    assert.equal(body.containers[0]?.name.length, 256);
    assert.equal(body.warnings.length, 32);
    assert.match(body.warnings.at(-1) ?? '', /^50 of 450 containers left out/);
    assert.ok(body.warnings.every((warning) => warning.length <= 300));
  });
  it('leaves out none of our own, which a rollout waits for, however they are', () => {
    const adopted = many(450, () => ({ origin: 'label' }));
    const own = ['web-1', 'web-2'].map((allocation, n) =>
      containerReport({
        allocation: allocation as AllocationId,
        origin: 'dqoes',
        ...(n === 0 ? { state: 'failed', control: 'none' } : {}),
      }),
    );
    const { containers } = assembleBody(reportBody({ containers: [...adopted, ...own] }));
    const said = containers.map(({ allocation }) => allocation);
    assert.deepEqual([said.length, said.slice(-2)], [400, ['web-1', 'web-2']]);
  });
  it('says the same thing once', () => {
    assert.deepEqual(assembleBody(reportBody({ warnings: ['a', 'b', 'a'] })).warnings, ['b', 'a']);
  });
});

describe('withoutMeasurements', () => {
  it('keeps who is there, and makes every measured value null', () => {
    const late = withoutMeasurements(reportBody({ containers: [containerReport()] }), 'late');
    const [container] = late.containers;
    assert.equal(container?.allocation, 'face-0');
    assert.deepEqual(container?.applied, { cpuCores: 0.5, periodUs: 100_000 });
    assert.deepEqual(
      [container?.cpu, container?.memory, container?.latency, container?.observed],
      [null, null, null, null],
    );
    assert.equal(late.host.cpuUtilisationRatio, null);
    assert.equal(late.host.memoryUsedBytes, null);
    assert.equal(late.host.capacityCpuCores, 2);
    assert.deepEqual(late.warnings, ['late']);
  });

  it('repeats nothing that was measured of a GPU either', () => {
    const gpuUse = { ids: [], injection: 'cdi', memoryBytes: 7, isLost: false } as const;
    const [known, containers] = [gpuReport(0), [containerReport({ gpuUse })]];
    const late = withoutMeasurements(reportBody({ containers, gpus: [known] }), 'late');
    const [gpu] = late.gpus ?? [];
    assert.deepEqual(
      [gpu?.clockMhz, gpu?.powerWatts, gpu?.powerLimitWatts, gpu?.utilisationRatio],
      [null, null, null, null],
    );
    assert.deepEqual([gpu?.memoryUsedBytes, gpu?.temperatureCelsius], [null, null]);
    assert.deepEqual([gpu?.id, gpu?.ladder], [known.id, known.ladder]);
    assert.deepEqual(late.containers[0]?.gpuUse, { ...gpuUse, memoryBytes: null });
  });
});

describe('what containers were made from', () => {
  const containers = many(450, () => ({ origin: 'label' }));
  const own = containerReport({ allocation: 'web-1' as AllocationId });
  const specHashes = { 'job-449': 'b'.repeat(16), 'web-1': 'a'.repeat(16) };

  it('is said of those that are named', () => {
    const body = assembleBody(reportBody({ containers: [...containers, own], specHashes }));
    assert.deepEqual(body.specHashes, { 'web-1': 'a'.repeat(16) });
    assert.equal('specHashes' in assembleBody(reportBody({ containers: [own] })), false);
    const fitted = fitReport(full({ ...body, specHashes }), sizeOf, CAP);
    assert.ok(fitted.containers.length < 400);
    assert.deepEqual(fitted.specHashes, { 'web-1': 'a'.repeat(16) });
  });

  it('is also said of those that could not be measured', () => {
    const body = withoutMeasurements(reportBody({ containers: [own], specHashes }), 'late');
    assert.deepEqual(body.specHashes, specHashes);
  });
});

describe('fitReport', () => {
  it('leaves a report that fits as it is', () => {
    const report = full(reportBody({ containers: many(50) }));
    assert.equal(fitReport(report, sizeOf, CAP), report);
  });

  it('shortens texts before it leaves anything out', () => {
    const report = full(
      reportBody({ containers: many(150, (n) => ({ reason: `r${n}`.repeat(150) })) }),
    );
    assert.ok(sizeOf(report) > CAP);
    const fitted = fitReport(report, sizeOf, CAP);
    assert.ok(sizeOf(fitted) <= CAP);
    assert.equal(fitted.containers.length, 150);
  });

  it('then leaves out what matters least, says how many, and stays readable', () => {
    const importance = (n: number): Partial<ContainerReport> =>
      n % 2 === 0 ? { control: 'none', image: `i${n}`.repeat(62) } : { image: `i${n}`.repeat(50) };
    const fitted = fitReport(full(reportBody({ containers: many(380, importance) })), sizeOf, CAP);
    assert.ok(sizeOf(fitted) <= CAP);
    const enforced = fitted.containers.filter(
      (container) => container.control === 'enforce',
    ).length;
    assert.equal(enforced, Math.min(190, fitted.containers.length));
    assert.match(fitted.warnings.at(-1) ?? '', /of 380 containers left out/);
    assert.deepEqual(decodeReport(encodeReport(fitted)), { ok: true, value: fitted });
    const order = fitted.containers.map((container) => container.allocation);
    assert.deepEqual(order, [...order].sort());
  });
});

describe('encodeFitting', () => {
  it('encodes a report that fits once, and any other as it was made to fit', () => {
    let encodings = 0;
    const encode = (report: NodeReport): Uint8Array => {
      encodings += 1;
      return encodeReport(report);
    };
    const small = full(reportBody({ containers: many(3) }));
    assert.deepEqual(encodeFitting(small, encode, CAP), encodeReport(small));
    assert.equal(encodings, 1);
    const large = full(reportBody({ containers: many(380) }));
    const fitted = fitReport(large, sizeOf, 10_000);
    assert.deepEqual(encodeFitting(large, encode, 10_000), encodeReport(fitted));
  });
});
