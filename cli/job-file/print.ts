import { stringify } from 'yaml';
import { creditText } from '../../shared/credit.js';
import type { GpuRequest } from '../../shared/gpu.js';
import { DEFAULT_LOG_PATTERN, type JobSpec, type PublishedPort } from '../../shared/job.js';

/**
 * Writes a spec as a job file that `parseJobFile` reads back to the same spec. Keys at their
 * default are left out.
 */
export function printJobFile(spec: JobSpec): string {
  return stringify(jobValue(spec), { lineWidth: 0, version: '1.2' });
}

/** The job file's document as plain values. */
export function jobValue(spec: JobSpec): Record<string, unknown> {
  const { target, resources, latency } = spec;
  const labels = spec.constraints.labels;
  return {
    name: spec.name,
    image: spec.image,
    ...(spec.command.length === 0 ? {} : { command: spec.command }),
    ...envOf(spec),
    target: {
      latency: `${plainDecimal(target.latencyMs)}ms`,
      statistic: target.statistic,
      tolerance: plainDecimal(target.toleranceRatio),
      mode: target.mode,
    },
    weight: spec.weight,
    replicas: spec.replicas,
    resources: {
      cpu: {
        min: resources.cpu.minCores,
        ...(resources.cpu.maxCores === undefined ? {} : { max: resources.cpu.maxCores }),
      },
      ...(resources.memoryBytes === undefined ? {} : { memory: exactBytes(resources.memoryBytes) }),
      ...(resources.gpu === undefined ? {} : { gpu: gpuValue(resources.gpu) }),
    },
    ...latencyValue(latency),
    ...(Object.keys(labels).length === 0 ? {} : { constraints: { labels } }),
    onLoss: spec.onLoss,
    ...(spec.moves === undefined ? {} : { moves: spec.moves }),
    ...(spec.credit === undefined ? {} : { credit: creditText(spec.credit) }),
    ...(spec.ports.length === 0 ? {} : { ports: spec.ports.map(portValue) }),
  };
}

function envOf({ env, secretEnv = {} }: JobSpec): Record<string, unknown> {
  const secrets = Object.entries(secretEnv).map(([name, secret]) => [name, { secret }] as const);
  const all = { ...env, ...Object.fromEntries(secrets) };
  return Object.keys(all).length === 0 ? {} : { env: all };
}

const gpuValue = ({
  count,
  shareRatio,
  memoryBytes,
  onLost,
}: GpuRequest): Record<string, unknown> => ({
  ...(count === undefined ? {} : { count }),
  ...(shareRatio === undefined ? {} : { share: `${Math.round(shareRatio * 100)}%` }),
  ...(memoryBytes === undefined ? {} : { memory: exactBytes(memoryBytes) }),
  ...(onLost === undefined ? {} : { onLost }),
});

function latencyValue(latency: JobSpec['latency']): Record<string, unknown> {
  if (latency.source !== 'log') return { latency: { ...latency } };
  if (latency.pattern === DEFAULT_LOG_PATTERN && latency.unit === 'ms') return {};
  return { latency: { source: 'log', pattern: latency.pattern, unit: latency.unit } };
}

const portValue = (port: PublishedPort): number | string =>
  port.hostPort === undefined ? port.containerPort : `${port.hostPort}:${port.containerPort}`;

function exactBytes(bytes: number): string {
  const mebibytes = bytes / 1024 ** 2;
  return Number.isInteger(mebibytes) ? `${mebibytes}MiB` : `${bytes}b`;
}

/** A positive number in digits only, without the exponent that durations do not know. */
export function plainDecimal(value: number): string {
  const [mantissa = '', exponent] = String(value).split('e');
  if (exponent === undefined) return mantissa;
  const [whole = '', fraction = ''] = mantissa.split('.');
  const shift = Number(exponent);
  const digits = `${whole}${fraction}`;
  const point = whole.length + shift;
  if (point <= 0) return `0.${'0'.repeat(-point)}${digits}`;
  return digits.length <= point
    ? digits.padEnd(point, '0')
    : `${digits.slice(0, point)}.${digits.slice(point)}`;
}
