import type { JobName } from '../../shared/ids.js';
import { DEFAULT_LOG_PATTERN, type JobSpec } from '../../shared/job.js';
import type { Target } from '../../shared/qoe.js';
import { seedOf } from '../../shared/random.js';
import { scenarioTargetOf } from '../sim/spec.js';
import type {
  ArrivalProcess,
  SampleWorkload,
  Scenario,
  ScenarioJob,
  SpinningWork,
} from '../types.js';
import { type LoadChange, loadChangesOf } from './actions.js';

/** Image of every real container of the lab. */
export const SAMPLE_IMAGE = 'dqoes/sample:1';
const MEMORY_BYTES = 512 * 1024 ** 2;
/** Models whose weights alone are hundreds of megabytes. */
const LARGE_MODELS: ReadonlySet<string> = new Set([
  'vgg-16',
  'resnet-50',
  'inception-v3',
  'xception',
]);
const LARGE_MEMORY_BYTES = 2 * 1024 ** 3;
const MIN_CORES = 0.01;

/** Start and repetition of a run, in which containers of the same job differ. */
export interface RunMoment {
  /** Start of the scenario, Unix ms. */
  readonly startedAtWallMs: number;
  /** Arrivals of a job are the same under every policy and differ between repetitions. */
  readonly repetition: number;
}

/**
 * The job specification for one run: the workload, with every change of work and rate in the
 * scenario.
 */
export function jobSpecOf(
  scenario: Scenario,
  job: ScenarioJob & { readonly workload: SampleWorkload },
  run: RunMoment & { readonly targetMs: number },
): JobSpec {
  const { workload } = job;
  const changes = loadChangesOf(scenario, job.id);
  const schedule = changes.flatMap((change) => ['--at', changeText(change, workload.arrivals)]);
  const command = [
    ...commandOf(workload),
    ...(workload.arrivals.kind === 'open'
      ? ['--seed', String(seedOf(`${scenario.seed}/${run.repetition}/${job.id}`))]
      : []),
    ...schedule,
    ...(schedule.length > 0 ? ['--since', String(Math.round(run.startedAtWallMs))] : []),
  ];
  return specOf({
    name: job.id,
    workload,
    command,
    target: scenarioTargetOf(job, run.targetMs),
    weight: job.weight,
  });
}

/**
 * A job that only measures what a workload costs, with a target that nothing misses. With `cores`,
 * that is its limit under the policy `equal`.
 */
export function probeSpecOf(name: string, workload: SampleWorkload, cores?: number): JobSpec {
  const target: Target = {
    latencyMs: 3_600_000,
    statistic: 'mean',
    toleranceRatio: 0.1,
    mode: 'band',
  };
  const seed = workload.arrivals.kind === 'open' ? ['--seed', '1'] : [];
  const spec = specOf({
    name,
    workload,
    command: [...commandOf(workload), ...seed],
    target,
    weight: 1,
  });
  return cores === undefined
    ? spec
    : { ...spec, resources: { ...spec.resources, cpu: { minCores: cores, maxCores: cores } } };
}

/** The workload with a closed loop, to measure the cost of a request: waits cost no CPU. */
export const closedOf = ({
  waitMs: _,
  concurrency: __,
  ...load
}: SampleWorkload): SampleWorkload => ({ ...load, arrivals: { kind: 'closed' } });

/** Cores that one request can use, of a host that has `hostCores`. */
export const coresOf = (
  { threads }: SampleWorkload,
  hostCores = Number.POSITIVE_INFINITY,
): number => (threads === 'auto' ? hostCores : threads);

/** Whether its threads use CPU while they wait for work. */
export const isAwake = ({ spin, spinning }: SampleWorkload): boolean =>
  spin === true || (spinning?.blocktimeMs ?? 0) > 0;

/** Key of workloads with the same cost per request. */
export const workKeyOf = ({ kind, batch, threads, spin, spinning }: SampleWorkload): string =>
  `${kind} x${batch}, ${threads} thread${threads === 1 ? '' : 's'}` +
  (spin === true ? ', spin' : '') +
  (spinning === undefined ? '' : spinKeyOf(spinning));

const spinKeyOf = ({ workMs, steps, blocktimeMs }: SpinningWork): string =>
  `, ${workMs} ms in ${steps} step${steps === 1 ? '' : 's'}, awake ${blocktimeMs} ms`;

/** Key of workloads with the same response times. */
export const loadKeyOf = (workload: SampleWorkload): string =>
  `${workKeyOf(workload)}, ` +
  `${workload.arrivals.kind === 'closed' ? 'closed' : `${workload.arrivals.ratePerSecond}/s`}` +
  waitKeyOf(workload);

const waitKeyOf = ({ waitMs, concurrency }: SampleWorkload): string =>
  (waitMs === undefined ? '' : `, wait ${waitMs} ms`) +
  (concurrency === undefined ? '' : `, concurrency ${concurrency}`);

/** The factor of work that a container can have, as it works in whole inferences. */
export const wholeFactor = ({ batch }: SampleWorkload, factor: number): number =>
  Math.max(1, Math.round(batch * factor)) / batch;

function commandOf(workload: SampleWorkload): string[] {
  const { kind, batch, threads, arrivals, waitMs, concurrency } = workload;
  const { spin, spinning } = workload;
  const load = [
    '--model',
    kind,
    '--batch',
    String(batch),
    '--threads',
    String(threads),
    ...(spin === true ? ['--spin'] : []),
    ...(spinning === undefined ? [] : spinArguments(spinning)),
  ];
  if (arrivals.kind === 'closed') return load;
  return [
    ...load,
    '--mode',
    'open',
    '--rate',
    decimal(arrivals.ratePerSecond),
    ...(waitMs === undefined ? [] : ['--wait', String(Math.max(1, Math.round(waitMs)))]),
    ...(concurrency === undefined ? [] : ['--concurrency', String(concurrency)]),
  ];
}

const spinArguments = ({ workMs, steps, blocktimeMs }: SpinningWork): string[] => [
  '--work',
  String(workMs),
  '--steps',
  String(steps),
  '--blocktime',
  String(blocktimeMs),
];

function changeText({ atMs, work, rate }: LoadChange, arrivals: ArrivalProcess): string {
  const rateChange = arrivals.kind === 'open' ? `,rate=${decimal(rate)}x` : '';
  return `${Math.round(atMs)}ms:batch=${decimal(work)}x${rateChange}`;
}

const decimal = (value: number): string => String(Math.round(value * 1000) / 1000);

interface SpecParts {
  readonly name: string;
  readonly workload: SampleWorkload;
  readonly command: readonly string[];
  readonly target: Target;
  readonly weight: number;
}

const specOf = ({ name, workload, command, target, weight }: SpecParts): JobSpec => ({
  name: name as JobName,
  image: SAMPLE_IMAGE,
  command,
  env: {},
  target,
  weight,
  replicas: 1,
  resources: {
    cpu: { minCores: MIN_CORES },
    memoryBytes: LARGE_MODELS.has(workload.kind) ? LARGE_MEMORY_BYTES : MEMORY_BYTES,
  },
  latency: { source: 'log', pattern: DEFAULT_LOG_PATTERN, unit: 'ms' },
  constraints: { labels: {} },
  onLoss: 'keep',
  ports: [],
});
