import type { GpuRequest } from '../../shared/gpu.js';
import { parseJobName } from '../../shared/ids.js';
import {
  type JobSpec,
  LATENCY_SOURCES,
  LATENCY_UNITS,
  MOVES,
  ON_LOSS,
  PROBE_METHODS,
  type ProbeMethod,
  type PublishedPort,
} from '../../shared/job.js';
import { checkLogPattern } from '../../shared/log-pattern.js';
import {
  FIELDS_OF,
  parseBody,
  parseMatchText,
  parseMetricName,
  parsePath,
  parsePort,
  parsePresetName,
  SOURCE_FIELDS,
  type SourceFields,
  sourceOf,
  sourceTrouble,
} from '../../shared/metrics/source.js';
import { defaultMode, STATISTICS, TARGET_MODES, type TargetMode } from '../../shared/qoe.js';
import { err, ok, type Result } from '../../shared/result.js';
import { parseBytes, parseCpuCores, parseDurationMs, parseRatio } from '../../shared/units.js';
import {
  dictionary,
  listOf,
  oneOf,
  optional,
  record,
  required,
  scalar,
} from '../../shared/yaml/shape.js';

/** The kernel's least quota: 1 ms in 100 ms. */
export const MIN_CPU_CORES = 0.01;
/** Docker refuses a memory limit below this. */
const MIN_MEMORY_BYTES = 6 * 1024 ** 2;
const MAX_REPLICAS = 1000;
const MAX_WEIGHT = 1000;

const shown = (text: string): string => JSON.stringify(text.slice(0, 60));

function number(rule: {
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
  readonly cure: string;
}) {
  return (text: string): Result<number, string> => {
    const value = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    const good =
      value >= rule.least && value <= rule.most && (!rule.whole || Number.isInteger(value));
    return good ? ok(value) : err(`${shown(text)} is not ${rule.cure}`);
  };
}

const cpuCores = scalar((text) => {
  const cores = parseCpuCores(text);
  if (!cores.ok || cores.value >= MIN_CPU_CORES) return cores;
  return err(
    `${shown(text)} is below the least CPU limit the kernel knows: use ${MIN_CPU_CORES} or more`,
  );
});

const memoryBytes = scalar((text) => {
  const bytes = parseBytes(text);
  if (!bytes.ok || bytes.value >= MIN_MEMORY_BYTES) return bytes;
  return err(`${shown(text)} is below the least memory limit Docker takes: use 6MiB or more`);
});

const image = scalar((text) =>
  /^[A-Za-z0-9][A-Za-z0-9._/:@-]{0,254}$/.test(text)
    ? ok(text)
    : err(
        `${shown(text)} is not an image name: write it as for docker run, such as ` +
          'registry.example/face:1.4',
      ),
);

const pattern = scalar(checkLogPattern);

const port = scalar((text): Result<PublishedPort, string> => {
  const match = /^(?:(\d{1,5}):)?(\d{1,5})$/.exec(text);
  const containerPort = Number(match?.[2] ?? Number.NaN);
  const hostPort = match?.[1] === undefined ? undefined : Number(match[1]);
  const inRange = (value: number): boolean => value >= 1 && value <= 65535;
  if (!inRange(containerPort) || (hostPort !== undefined && !inRange(hostPort)))
    return err(
      `${shown(text)} is not a port: write CONTAINER or HOST:CONTAINER, such as 8080 or 18080:8080`,
    );
  return ok(hostPort === undefined ? { containerPort } : { containerPort, hostPort });
});

const target = record(
  {
    latency: required(scalar(parseDurationMs), 'write the wanted response time, such as 250ms'),
    statistic: optional(oneOf(STATISTICS), 'mean'),
    tolerance: optional(scalar(parseRatio), 0.1),
    mode: optional<TargetMode | undefined>(oneOf(TARGET_MODES), undefined),
  },
  {
    refused: {
      stat: 'unknown key (did you mean statistic?)',
      gpu: 'a target is a response time; gpu belongs to resources',
    },
  },
);

const absent = undefined;
const DEFAULT_SOURCE: Required<SourceFields> = {
  ...{ source: 'log', pattern: absent, unit: absent, preset: absent, metric: absent },
  ...{ port: absent, path: absent, match: absent, method: absent, body: absent },
};
const latency = record(
  {
    source: optional(oneOf(LATENCY_SOURCES), 'log'),
    pattern: optional<string | undefined>(pattern, absent),
    unit: optional<(typeof LATENCY_UNITS)[number] | undefined>(oneOf(LATENCY_UNITS), absent),
    preset: optional<string | undefined>(scalar(parsePresetName), absent),
    metric: optional<string | undefined>(scalar(parseMetricName), absent),
    port: optional<number | undefined>(scalar(parsePort), absent),
    path: optional<string | undefined>(scalar(parsePath), absent),
    match: optional<string | undefined>(scalar(parseMatchText), absent),
    method: optional<ProbeMethod | undefined>(oneOf(PROBE_METHODS), absent),
    body: optional<string | undefined>(scalar(parseBody), absent),
  },
  {
    check: (read) => {
      const unused = SOURCE_FIELDS.find(
        (field) => read[field] !== undefined && !FIELDS_OF[read.source].includes(field),
      );
      if (unused === undefined) return sourceTrouble(read);
      const sources = LATENCY_SOURCES.filter((source) => FIELDS_OF[source].includes(unused)).join(
        ' or ',
      );
      return {
        field: unused,
        message: `belongs to source: ${sources}, not to ${read.source}; remove it`,
      };
    },
  },
);

const cpu = record(
  {
    min: optional(cpuCores, MIN_CPU_CORES),
    max: optional<number | undefined>(cpuCores, undefined),
  },
  {
    check: ({ min, max }) =>
      max !== undefined && max < min
        ? { field: 'max', message: `${max} is less than min (${min})` }
        : undefined,
  },
);

const MAX_GPUS = 64;
const gpuCount = {
  least: 0,
  most: MAX_GPUS,
  whole: true,
  cure: `a count of whole GPUs: write 0 to ${MAX_GPUS}`,
};

const gpuShare = scalar((text) => {
  if (text === '100%' || text === '1')
    return err(`${shown(text)} of a GPU is a whole one: write count: 1`);
  const ratio = parseRatio(text);
  const isWhole = ratio.ok && Math.abs(ratio.value * 100 - Math.round(ratio.value * 100)) < 1e-9;
  return !ratio.ok || isWhole
    ? ratio
    : err(`${shown(text)} is not a whole number of per cent: write 25%`);
});

const gpu = record(
  {
    count: optional<number | undefined>(scalar(number(gpuCount)), undefined),
    share: optional<number | undefined>(gpuShare, undefined),
    memory: optional<number | undefined>(memoryBytes, undefined),
    onLost: optional(oneOf(['keep', 'restart'] as const), 'keep'),
  },
  {
    check: ({ count, share, memory }) => {
      if (share !== undefined && count !== undefined)
        return {
          field: 'share',
          message: 'goes not with count: write count for whole GPUs, or share for a part of one',
        };
      if (share === undefined && count === undefined)
        return {
          field: '',
          message: 'write count: 1 for a whole GPU, or share: 25% for a part of one',
        };
      return count === 0 && memory !== undefined
        ? { field: 'memory', message: 'goes not with count: 0, which asks for no GPU; remove it' }
        : undefined;
    },
  },
);
type GpuRead = NonNullable<ReturnType<typeof gpu.read>>;

/** `count: 0` asks for nothing. */
function gpuOf({ count, share, memory, onLost }: GpuRead): GpuRequest | undefined {
  if (count === 0) return undefined;
  return {
    ...(share === undefined ? { count: count ?? 1 } : { shareRatio: share }),
    ...(memory === undefined ? {} : { memoryBytes: memory }),
    ...(onLost === 'restart' ? { onLost } : {}),
  };
}

const resources = record({
  cpu: optional(cpu, { min: MIN_CPU_CORES, max: undefined }),
  memory: optional<number | undefined>(memoryBytes, undefined),
  gpu: optional<GpuRead | undefined>(gpu, undefined),
});

const variableNames = dictionary({
  pattern: /^[A-Za-z_][A-Za-z0-9_.-]{0,127}$/,
  cure: 'use letters, digits and _',
});
const labelNames = dictionary({
  pattern: /^[A-Za-z0-9][A-Za-z0-9_./-]{0,127}$/,
  cure: 'use letters, digits and . _ / -',
});
const constraints = record({ labels: optional(labelNames, {}) });
const text = scalar<string>(ok);
const weightRule = {
  least: 0.001,
  most: MAX_WEIGHT,
  whole: false,
  cure: `a weight: write a number from 0.001 to ${MAX_WEIGHT}`,
};
const replicasRule = {
  least: 1,
  most: MAX_REPLICAS,
  whole: true,
  cure: `a count: write a whole number from 1 to ${MAX_REPLICAS}`,
};

const notPassedThrough =
  'is not passed to Docker: dqoes makes the container from the keys of its own job file; remove it';

const job = record(
  {
    name: required(scalar(parseJobName), 'write a name such as face-unlock'),
    image: required(image, 'write the image to run, such as registry.example/face:1.4'),
    command: optional(listOf(text, 'write each argument as an item, such as [--batch, "20"]'), []),
    env: optional(variableNames, {}),
    target: required(target, 'write target: { latency: 250ms }'),
    weight: optional(scalar(number(weightRule)), 1),
    replicas: optional(scalar(number(replicasRule)), 1),
    resources: optional(resources, {
      cpu: { min: MIN_CPU_CORES, max: undefined },
      memory: undefined,
      gpu: undefined,
    }),
    latency: optional(latency, DEFAULT_SOURCE),
    constraints: optional(constraints, { labels: {} }),
    onLoss: optional(oneOf(ON_LOSS), 'reschedule'),
    moves: optional(oneOf(MOVES), 'allow'),
    ports: optional(listOf(port, 'write each port as an item, such as [8080]'), []),
  },
  {
    refused: {
      args: 'unknown key (did you mean command?)',
      cmd: 'unknown key (did you mean command?)',
      environment: 'unknown key (did you mean env?)',
      cpu: 'unknown key (did you mean resources.cpu?)',
      memory: 'unknown key (did you mean resources.memory?)',
      gpu: 'unknown key (did you mean resources.gpu?)',
      labels: 'unknown key (did you mean constraints.labels?)',
      privileged: notPassedThrough,
      volumes: notPassedThrough,
      devices: notPassedThrough,
      network_mode: notPassedThrough,
      cap_add: notPassedThrough,
    },
  },
);

/** Every key of a job file, as paths such as `target.latency`. */
export const JOB_FILE_KEYS: readonly string[] = job.keys;
/** Reads one document of a job file. */
export const jobShape = job;
type JobDocument = NonNullable<ReturnType<typeof job.read>>;

/** The document's values as the spec the coordinator takes. */
export function specOf(read: JobDocument): JobSpec {
  const { cpu: bounds, memory } = read.resources;
  const gpus = read.resources.gpu === undefined ? undefined : gpuOf(read.resources.gpu);
  return {
    name: read.name,
    image: read.image,
    command: read.command,
    env: read.env,
    target: {
      latencyMs: read.target.latency,
      statistic: read.target.statistic,
      toleranceRatio: read.target.tolerance,
      mode: read.target.mode ?? defaultMode(read.target.statistic),
    },
    weight: read.weight,
    replicas: read.replicas,
    resources: {
      cpu: { minCores: bounds.min, ...(bounds.max === undefined ? {} : { maxCores: bounds.max }) },
      ...(memory === undefined ? {} : { memoryBytes: memory }),
      ...(gpus === undefined ? {} : { gpu: gpus }),
    },
    latency: sourceOf(read.latency),
    constraints: read.constraints,
    onLoss: read.onLoss,
    ...(read.moves === 'never' ? { moves: 'never' as const } : {}),
    ports: read.ports,
  };
}
