import { MAX_PORTS, MOVES, ON_LOSS } from '../../shared/job.js';
import {
  MAX_ARGUMENT_LENGTH,
  MAX_ARGUMENTS,
  MAX_ENV_LENGTH,
  MAX_ENV_VALUES,
  reservedEnvIn,
} from '../../shared/job-env.js';
import { MAX_LABEL_LENGTH, MAX_LABELS } from '../../shared/node-labels.js';
import { STATISTIC_SYNONYMS, STATISTICS, TARGET_MODES } from '../../shared/qoe.js';
import { refined } from '../../shared/schema/build.js';
import { keysOf } from '../../shared/schema/reference.js';
import type { RuleFault, ValueOf } from '../../shared/schema/types.js';
import { duration, share } from '../../shared/schema/units.js';
import {
  atMost,
  defaulted,
  dictionary,
  listOf,
  mapping,
  oneOf,
  optional,
  required,
} from '../../shared/schema/words.js';
import { MAX_JOB_SECRETS } from '../../shared/secret.js';
import { type EnvValue, environment } from './env.js';
import { latency } from './latency.js';
import {
  argument,
  cpuCores,
  credit,
  gpuCount,
  gpuShare,
  image,
  jobName,
  labelText,
  MIN_CPU_CORES,
  memoryBytes,
  nameTrouble,
  publishedPort,
  replicaCount,
  weight,
} from './values.js';

const target = mapping(
  {
    latency: required(
      duration,
      'write the wanted response time, such as 250ms',
      'the response time, up to `24h`',
    ),
    statistic: defaulted(
      oneOf(STATISTICS, STATISTIC_SYNONYMS),
      'mean',
      'which statistic of the response time you mean',
    ),
    tolerance: defaulted(share, '10%', 'half width of the band around `latency`'),
    mode: optional(
      oneOf(TARGET_MODES),
      '`band`: hold it there, by a quota; `ceiling`: at most this, faster is fine: no quota, but ' +
        'a guarantee ([ceilings](ceilings.md))',
      '`band` for the mean, `ceiling` for percentiles',
    ),
  },
  {
    refused: {
      stat: 'unknown key (did you mean statistic?)',
      percentile: 'unknown key (did you mean statistic?)',
      gpu: 'a target is a response time; gpu belongs to resources',
    },
  },
);

const cpu = mapping(
  {
    min: defaulted(cpuCores, MIN_CPU_CORES, 'never limited below'),
    max: optional(cpuCores, 'never limited above', 'all the node may give'),
  },
  {
    rule: ({ min, max }) =>
      max !== undefined && max < min
        ? { field: 'max', message: `${max} is less than min (${min})` }
        : undefined,
    refused: {
      limit: 'unknown key (did you mean max?)',
      request: 'unknown key (did you mean min?)',
    },
  },
);

interface GpuFields {
  readonly count?: number;
  readonly share?: number;
  readonly memory?: number;
}
function gpuRule({ count, share: part, memory }: GpuFields): RuleFault | undefined {
  if (part !== undefined && count !== undefined)
    return {
      field: 'share',
      message: 'does not go with count: write count for whole GPUs, or share for a part of one',
    };
  if (part === undefined && count === undefined)
    return {
      field: '',
      message: 'write count: 1 for a whole GPU, or share: 25% for a part of one',
    };
  return count === 0 && memory !== undefined
    ? { field: 'memory', message: 'does not go with count: 0, which asks for no GPU; remove it' }
    : undefined;
}

const gpu = mapping(
  {
    count: optional(gpuCount, 'whole GPUs, for this container alone'),
    share: optional(gpuShare, 'share of one GPU, kept by MPS; fixed while the container runs'),
    memory: optional(
      memoryBytes,
      'memory on the GPU; with a share it cannot be exceeded',
      "share × the GPU's memory",
    ),
    onLost: defaulted(
      oneOf(['keep', 'restart']),
      'keep',
      'when the container is cut off its GPU: report only, or create it again',
    ),
  },
  { rule: gpuRule },
);

const resources = mapping({
  cpu: defaulted(cpu, {}, 'bounds of the CPU limit that dqoes moves'),
  memory: optional(
    memoryBytes,
    'memory limit, at least `6MiB`; what is placed on a node never sums above its memory',
    "`2GiB`, or the host's `memory.default`; counted as `2GiB`",
  ),
  gpu: optional(gpu, 'GPUs of each container: `count` or `share` ([gpu.md](gpu.md))'),
});

const labels = refined<Readonly<Record<string, string>>>(
  atMost(
    dictionary('^[A-Za-z0-9][A-Za-z0-9_./-]{0,127}$', 'use letters, digits and . _ / -', labelText),
    MAX_LABELS,
  ),
  (written: Readonly<Record<string, unknown>>) => nameTrouble(written) === '',
  nameTrouble,
);

function envFault(env: Readonly<Record<string, EnvValue>>): RuleFault | undefined {
  const secrets = Object.values(env).filter((value) => typeof value !== 'string').length;
  const message =
    secrets > MAX_JOB_SECRETS
      ? `names ${secrets} secrets, and ${MAX_JOB_SECRETS} at most are possible`
      : reservedEnvIn(env);
  return message === undefined ? undefined : { field: 'env', message };
}

const notPassedThrough =
  'is not passed to Docker: dqoes makes the container from the keys of its own job file; remove it';
const REFUSED_KEYS = {
  args: 'unknown key (did you mean command?)',
  cmd: 'unknown key (did you mean command?)',
  environment: 'unknown key (did you mean env?)',
  cpu: 'unknown key (did you mean resources.cpu?)',
  memory: 'unknown key (did you mean resources.memory?)',
  gpu: 'unknown key (did you mean resources.gpu?)',
  labels: 'unknown key (did you mean constraints.labels?)',
  services: 'a job file is no Compose file: write one job a document, with name, image and target',
  jobs: 'a file has no list of jobs: write one job a document, parted by ---',
  secrets: 'unknown key: a variable gets one by env: { NAME: { secret: SECRET } }',
  restart: 'is not set here: Docker starts the container of a job again that fails; remove it',
  privileged: notPassedThrough,
  volumes: notPassedThrough,
  devices: notPassedThrough,
  network_mode: notPassedThrough,
  cap_add: notPassedThrough,
};

/** One document of a job file. */
export const jobFile = mapping(
  {
    name: required(
      jobName,
      'write a name such as face-unlock',
      "the job's name, unique in the cluster",
    ),
    image: required(
      image,
      'write the image to run, such as registry.example/face:1.4',
      'as for `docker run`',
    ),
    command: defaulted(
      atMost(
        listOf(
          argument,
          'write each argument as an item, such as [--batch, "20"]',
          'list of texts',
        ),
        MAX_ARGUMENTS,
      ),
      [],
      `arguments of the image's entrypoint: at most ${MAX_ARGUMENTS}, each of at most ` +
        `${MAX_ARGUMENT_LENGTH} characters`,
    ),
    env: defaulted(
      environment,
      {},
      'environment variables, none that begins with `LD_`, `NVIDIA_` or `CUDA_`; answers ' +
        'show names only. `{ secret: NAME }` stands for a [secret](#secrets). At most ' +
        `${MAX_ENV_VALUES} values, each of at most ${MAX_ENV_LENGTH} characters`,
    ),
    target: required(target, 'write target: { latency: 250ms }', 'the response time you want'),
    weight: defaulted(weight, 1, 'who matters more when not all can be met'),
    replicas: defaulted(replicaCount, 1, 'how many containers'),
    resources: defaulted(resources, {}, 'what a container needs'),
    latency: defaulted(latency, {}, 'where the response time is read', 'log, as below'),
    constraints: defaulted(
      mapping({
        labels: defaulted(
          labels,
          {},
          'only on nodes with all these labels; where those of the job or the node change, it is ' +
            `moved. At most ${MAX_LABELS}, each of at most ${MAX_LABEL_LENGTH} characters`,
        ),
      }),
      {},
      'where the job may run',
    ),
    onLoss: defaulted(
      oneOf(ON_LOSS),
      'reschedule',
      'when its node is down (silent for eight reports, at least 16 s): start it elsewhere, or ' +
        'wait for the node. A node that comes back stops what was started elsewhere; until then ' +
        'a node that is only cut off runs a second copy',
    ),
    moves: defaulted(
      oneOf(MOVES),
      'allow',
      "whether it may be moved to a node where its target can be met, so that a neighbour's can " +
        'be met, or away from one that is drained. A move that has not helped is taken back once',
    ),
    credit: optional(
      credit,
      'what is given back of its cost: `10% below 99%` is a tenth of it, where it was not slower ' +
        'than asked for less than 99 % of the time of a report ([cost.md](cost.md#credits))',
    ),
    ports: defaulted(
      atMost(
        listOf(publishedPort, 'write each port as an item, such as [8080]', 'list'),
        MAX_PORTS,
      ),
      [],
      'container ports to publish on the node: `8080` (the node picks a port) or `"18080:80"` ' +
        `(HOST:CONTAINER), on a node where that port is free. At most ${MAX_PORTS}`,
    ),
  },
  { refused: REFUSED_KEYS, rule: ({ env }) => envFault(env) },
);

/** A good document, defaults filled in. */
export type JobDocument = ValueOf<typeof jobFile>;
/** Every key of a job file, as paths such as `target.latency`. */
export const JOB_FILE_KEYS: readonly string[] = keysOf(jobFile);
