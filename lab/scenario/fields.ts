import { isSafeId } from '../../shared/ids.js';
import { STATISTICS, TARGET_MODES } from '../../shared/qoe.js';
import { err, ok } from '../../shared/result.js';
import { parseBytes, parseRatio } from '../../shared/units.js';
import type { Place } from '../../shared/yaml/place.js';
import {
  oneOf,
  optional,
  type RecordOf,
  type RecordRules,
  record,
  required,
  type Shape,
  scalar,
} from '../../shared/yaml/shape.js';
import type { ForeignLoad } from '../disturbance.js';
import type { ArrivalProcess } from '../types.js';
import { foreign } from './foreign.js';
import { threadFault, threadFields } from './spinning.js';
import { arrivals, numberIn, quoted, timeBetween, timeMs, wholeTo } from './values.js';
import { waitFault, waitFields } from './waits.js';

/** A value and its place in the file, for faults found later. */
export interface Located<T> {
  readonly value: T;
  readonly place: Place;
}

/** The shape, with its place beside the value. */
export const located = <T>(shape: Shape<T>): Shape<Located<T>> => ({
  keys: shape.keys,
  read: (place) => {
    const value = shape.read(place);
    return value === undefined ? undefined : { value, place };
  },
});

/** The shape; `tap` sees each value that was read without fault. */
export const tapped = <T>(shape: Shape<T>, tap: (value: T) => void): Shape<T> => ({
  keys: shape.keys,
  read: (place) => {
    const value = shape.read(place);
    if (value !== undefined) tap(value);
    return value;
  },
});

/** The id of a node or a job. */
export const safeId = scalar((text) =>
  isSafeId(text) ? ok(text) : err(`${quoted(text)} is not an id: use 1 to 63 of A-Z a-z 0-9 _ -`),
);
const scenarioName = scalar((text) =>
  /^[\p{L}\p{N}][\p{L}\p{N}._ -]{0,99}$/u.test(text)
    ? ok(text)
    : err(`${quoted(text)} is not a name: use 1 to 100 letters, digits and . _ - or blanks`),
);
const ratio = scalar(parseRatio);
/** CPU cores of a node, or taken from it. */
export const cores = numberIn({
  min: 0.01,
  max: 4096,
  cure: 'a number of CPU cores: write a number from 0.01 to 4096',
});
const noise = numberIn({
  min: 0,
  max: 2,
  cure: 'a relative standard deviation: write a number from 0 to 2, such as 0.08',
});
const factor = numberIn({
  min: 0.001,
  max: 1000,
  cure: 'a factor: write a number from 0.001 to 1000, such as 1.5',
});
const MAX_JOBS = 2000;

const modelFields = {
  work: required(
    timeBetween('0.01ms', '24h'),
    'write the core-seconds of one request, such as 0.46 or 460ms',
  ),
  overhead: optional(timeMs, 0),
  parallelism: optional(
    numberIn({
      min: 0.1,
      max: 1024,
      cure: 'a number of cores one request can use: write 0.1 to 1024',
    }),
    1,
  ),
  noise: optional<number | undefined>(noise, undefined),
  arrivals: optional<ArrivalProcess>(arrivals, { kind: 'closed' }),
  gpu: optional<number | undefined>(timeBetween('0.01ms', '24h'), undefined),
  ...waitFields,
};

const megahertz = numberIn({
  min: 1,
  max: 10_000,
  whole: true,
  cure: 'a clock in MHz: write a whole number',
});
const watts = numberIn({ min: 0, max: 10_000, cure: 'a power in W: write a number' });
const bytes = scalar(parseBytes);

/** A GPU of a node. */
export const gpuFields = {
  id: required(safeId, 'write an id such as g0'),
  memory: required(bytes, 'write its memory, such as 16GiB'),
  minClock: optional(megahertz, 210),
  maxClock: optional(megahertz, 1410),
  clockStep: optional(megahertz, 15),
  idlePower: optional(watts, 50),
  power: optional(watts, 300),
  minPower: optional<number | undefined>(watts, undefined),
};

const jobGpuFields = {
  count: optional<number | undefined>(wholeTo(64, 'a count of GPUs'), undefined),
  share: optional<number | undefined>(ratio, undefined),
  memory: optional<number | undefined>(bytes, undefined),
};
type JobGpuRead = RecordOf<typeof jobGpuFields>;

const workloadFields = {
  kind: required(scalar<string>(ok), 'write the model of the sample image to run, such as ocr-det'),
  batch: optional(wholeTo(100_000, 'a batch'), 1),
  ...threadFields,
  arrivals: optional<ArrivalProcess>(arrivals, { kind: 'closed' }),
  ...waitFields,
};

/** A job of the file. The shape of the whole file replaces `id` and `at`. */
export const jobFields = {
  id: required(located(safeId), 'write an id such as j1'),
  count: optional<number | undefined>(wholeTo(MAX_JOBS, 'a count'), undefined),
  at: optional(located(timeMs), undefined),
  until: optional(located(timeMs), undefined),
  target: required(timeBetween('1ms', '24h'), 'write the wanted response time, such as 2s'),
  demand: optional<number | undefined>(ratio, undefined),
  statistic: optional(oneOf(STATISTICS), 'mean' as const),
  tolerance: optional<number | undefined>(ratio, undefined),
  mode: optional(oneOf(TARGET_MODES), 'band' as const),
  weight: optional(
    numberIn({ min: 0.001, max: 1000, cure: 'a weight: write a number from 0.001 to 1000' }),
    1,
  ),
  model: optional<ModelRead | undefined>(record(modelFields, { check: waitFault }), undefined),
  workload: optional<WorkloadRead | undefined>(
    record(workloadFields, { check: (read) => waitFault(read) ?? threadFault(read) }),
    undefined,
  ),
  gpu: optional<JobGpuRead | undefined>(record(jobGpuFields), undefined),
};
type ModelRead = RecordOf<typeof modelFields>;
type WorkloadRead = RecordOf<typeof workloadFields>;

/** Rules between the keys of a job, and keys that belong elsewhere. */
export const jobRules: RecordRules<typeof jobFields> = {
  refused: {
    name: 'unknown key (did you mean id?)',
    latency: 'unknown key (did you mean target?)',
    rate: 'unknown key: write model: { arrivals: { rate: 4 } }',
    work: 'unknown key: write model: { work: 0.46 }',
  },
  check: ({ model, workload, gpu }) => {
    if (model === undefined && workload === undefined)
      return {
        field: 'model',
        message: 'model is missing: write model: { work: 0.46 }, or workload: { kind: ocr-det }',
      };
    if ((model?.gpu === undefined) !== (gpu === undefined))
      return {
        field: 'gpu',
        message:
          'a job on a GPU has both: write gpu: { share: 25% } and model: { work: 0.01, gpu: 0.1 }',
      };
    return gpu !== undefined && (gpu.count === undefined) === (gpu.share === undefined)
      ? { field: 'gpu', message: 'write one of count and share' }
      : undefined;
  },
};
/** A disturbance of the file. */
export const disturbanceFields = {
  at: required(located(timeMs), 'write when it happens, such as 90s'),
  for: optional<number | undefined>(timeBetween('1ms', '24h'), undefined),
  node: optional<Located<string> | undefined>(located(safeId), undefined),
  job: optional<Located<string> | undefined>(located(safeId), undefined),
  stolenCpu: optional<number | undefined>(cores, undefined),
  workFactor: optional<number | undefined>(factor, undefined),
  rateFactor: optional<number | undefined>(factor, undefined),
  rate: optional<number | undefined>(
    numberIn({
      min: 0.001,
      max: 10_000,
      cure: 'a rate: write requests per second, 0.001 to 10000',
    }),
    undefined,
  ),
  target: optional<number | undefined>(timeBetween('1ms', '24h'), undefined),
  foreign: optional<ForeignLoad | undefined>(foreign, undefined),
  silence: optional<string | undefined>(
    scalar((text) =>
      text === 'true' ? ok(text) : err(`${quoted(text)} is not known: write silence: true`),
    ),
    undefined,
  ),
};
/** The effects of disturbances; each disturbance has exactly one. */
export const EFFECTS = [
  'stolenCpu',
  'workFactor',
  'rateFactor',
  'rate',
  'target',
  'foreign',
  'silence',
] as const;

/** Rules between the keys of a disturbance: one effect, and what it affects. */
export const disturbanceRules: RecordRules<typeof disturbanceFields> = {
  check: (value) => {
    const given = EFFECTS.filter((key) => value[key] !== undefined);
    if (given.length !== 1)
      return {
        field: given[1] ?? '',
        message: `write one of ${EFFECTS.join(', ')}; found ${given.length}`,
      };
    return whereFault(given[0] ?? 'silence', value);
  },
};
type DisturbanceValue = RecordOf<typeof disturbanceFields>;

// Checks which of node and job goes with the effect.
function whereFault(effect: (typeof EFFECTS)[number], value: DisturbanceValue) {
  const wants = effect === 'stolenCpu' || effect === 'foreign' ? 'node' : 'job';
  if (effect === 'silence') {
    const isOne = (value.node === undefined) !== (value.job === undefined);
    return isOne
      ? undefined
      : { field: effect, message: 'write either node or job: whose reports are lost' };
  }
  if (effect === 'foreign' && value.job === undefined) return undefined;
  if (effect !== 'foreign' && value[wants] === undefined)
    return { field: effect, message: `${effect} needs ${wants}: write which one it affects` };
  const other = wants === 'node' ? 'job' : 'node';
  if (value[other] !== undefined)
    return { field: other, message: `${effect} affects a ${wants}; remove ${other}` };
  if (effect === 'target' && value.for !== undefined)
    return {
      field: 'for',
      message: 'a target stays until it is changed again; remove for, write a second change',
    };
  return undefined;
}

/** Keys of the file itself that need no other key. */
export const topFields = {
  name: optional<string | undefined>(scenarioName, undefined),
  seed: optional(
    numberIn({ min: 0, max: 2 ** 32 - 1, whole: true, cure: 'a seed: write a whole number' }),
    1,
  ),
  interval: optional(timeBetween('500ms', '10m'), 5000),
  tolerance: optional(ratio, 0.1),
  noise: optional(noise, 0.08),
};
/** Length of a run, ms. */
export const duration = timeBetween('1s', '24h');
/** Length of a run whose file names none, ms. */
export const DEFAULT_DURATION_MS = 300_000;

/** Every key of a scenario file, by its place; for the test of the documentation. */
export const SCENARIO_KEYS = {
  scenario: [...Object.keys(topFields), 'duration', 'nodes', 'jobs', 'disturbances'],
  node: ['id', 'cpu', 'gpu'],
  gpu: Object.keys(gpuFields),
  jobGpu: Object.keys(jobGpuFields),
  job: Object.keys(jobFields),
  model: Object.keys(modelFields),
  workload: Object.keys(workloadFields),
  disturbance: Object.keys(disturbanceFields),
  foreign: foreign.keys,
} as const;
