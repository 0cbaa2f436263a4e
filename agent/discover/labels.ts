import { type JobName, parseJobName, toSafeId } from '../../shared/ids.js';
import {
  type CpuBounds,
  LATENCY_SOURCES,
  LATENCY_UNITS,
  type LatencySourceSpec,
  type LatencyUnit,
  MAX_WEIGHT,
  PROBE_METHODS,
  type ProbeMethod,
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
  type SourceField,
  type SourceFields,
  sourceOf,
  sourceTrouble,
} from '../../shared/metrics/source.js';
import {
  defaultMode,
  STATISTICS,
  type Statistic,
  TARGET_MODES,
  type Target,
  type TargetMode,
} from '../../shared/qoe.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import { parseCpuCores, parseDurationMs, parseRatio } from '../../shared/units.js';
import { OWN_CONTAINER_LABELS } from '../containers/host-config.js';
import {
  countedLabels,
  IMAGE_LABELS_KEY,
  IMAGE_LABELS_VALUES,
  ignoredImageLabels,
} from './image-labels.js';
import { unknownLabelCure } from './label-cure.js';

/** Prefix of the labels by which a container opts in, unless the settings name another. */
export const DEFAULT_LABEL_PREFIX = 'dqoes.';

/** What the labels of an adopted container ask for. */
export interface AdoptedSpec {
  readonly job: JobName;
  readonly target: Target;
  readonly bounds: CpuBounds;
  readonly weight: number;
  readonly latency: LatencySourceSpec;
  readonly control: 'observe' | 'enforce';
}
/** The labels of one container, read. */
export interface LabelReading {
  /** Every fault at once when a value is bad; such a container is not controlled. */
  readonly spec: Result<AdoptedSpec>;
  /** Unknown and unused keys; they change nothing. */
  readonly warnings: readonly Fault[];
}

const CORE_KEYS = [
  'enable',
  'job',
  'target',
  'statistic',
  'tolerance',
  'mode',
  'weight',
  'cpu.min',
  'cpu.max',
  'control',
  IMAGE_LABELS_KEY,
];
const OWN_KEYS: readonly string[] = Object.values(OWN_CONTAINER_LABELS);
const KNOWN_KEYS = [
  ...CORE_KEYS,
  'latency.source',
  ...SOURCE_FIELDS.map((field) => `latency.${field}`),
];
/** The kernel's least quota: 1 ms in 100 ms. */
const MIN_CORES = 0.01;

/** What labels are read from. */
export interface LabelledContainer {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Those of its image, which count only where a label of its own says so. */
  readonly imageLabels?: Readonly<Record<string, string>>;
}

/** True when the container opted in: `<prefix>enable` is there and not `false`. */
export const isEnabled = (
  labels: Readonly<Record<string, string>>,
  prefix = DEFAULT_LABEL_PREFIX,
): boolean => {
  const value = labels[`${prefix}enable`];
  return value !== undefined && value !== 'false';
};

/**
 * Everything wrong with the labels, the unknown ones last: a misspelt one may be why another is
 * missing.
 */
export const labelFaults = ({ spec, warnings }: LabelReading): readonly Fault[] => [
  ...(spec.ok ? [] : spec.error),
  ...warnings,
];

/** Reads the labels of a container that opted in (docs/configuration.md, "Labels"). */
export function readLabels(
  container: LabelledContainer,
  prefix = DEFAULT_LABEL_PREFIX,
): LabelReading {
  const labels = countedLabels(container, prefix);
  const reader = new LabelReader(labels, prefix);
  const spec = specOf(reader, container.name);
  return {
    spec: reader.faults.length === 0 ? ok(spec) : err(reader.faults),
    warnings: [
      ...warningsOf({ ...container, labels }, prefix),
      ...ignoredImageLabels(container, KNOWN_KEYS, prefix),
    ],
  };
}

function specOf(reader: LabelReader, name: string): AdoptedSpec {
  reader.read(
    'enable',
    (text) => (text === 'true' ? ok(true) : err(`${shown(text)} is not true or false: write true`)),
    true,
  );
  reader.read(IMAGE_LABELS_KEY, oneOf(IMAGE_LABELS_VALUES), 'ignore');
  const bounds = boundsOf(reader);
  const statistic = reader.read('statistic', oneOf<Statistic>(STATISTICS), 'mean');
  return {
    job: reader.read('job', parseJobName, toSafeId(name) as JobName),
    target: {
      latencyMs: reader.require(
        'target',
        parseDurationMs,
        'write the response time you want, such as 300ms',
      ),
      statistic,
      toleranceRatio: reader.read('tolerance', parseRatio, 0.1),
      mode: reader.read('mode', oneOf<TargetMode>(TARGET_MODES), defaultMode(statistic)),
    },
    bounds,
    weight: reader.read('weight', parseWeight, 1),
    latency: latencyOf(reader),
    control: reader.read(
      'control',
      oneOf<'observe' | 'enforce'>(['observe', 'enforce']),
      'enforce',
    ),
  };
}

function boundsOf(reader: LabelReader): CpuBounds {
  const minCores = reader.read('cpu.min', parseBoundCores, MIN_CORES);
  const maxCores = reader.readOptional('cpu.max', parseBoundCores);
  if (maxCores === undefined) return { minCores };
  if (maxCores < minCores)
    reader.fault(
      'cpu.max',
      `${maxCores} is below cpu.min ${minCores}: raise the one or lower the other`,
    );
  return { minCores, maxCores };
}

function latencyOf(reader: LabelReader): LatencySourceSpec {
  const faultsBefore = reader.faults.length;
  const source = reader.read(
    'latency.source',
    oneOf<LatencySourceSpec['source']>(LATENCY_SOURCES),
    'log',
  );
  // Where the source is not known, every field is checked, so that no fault shows only later.
  const isKnown = reader.faults.length === faultsBefore;
  const used = isKnown ? FIELDS_OF[source] : SOURCE_FIELDS;
  const read = <T>(field: SourceField, parse: Parser<T>): T | undefined =>
    used.includes(field) ? reader.readOptional(`latency.${field}`, parse) : undefined;
  const fields: SourceFields = {
    source,
    pattern: read('pattern', checkLogPattern),
    unit: read('unit', oneOf<LatencyUnit>(LATENCY_UNITS)),
    preset: read('preset', parsePresetName),
    metric: read('metric', parseMetricName),
    port: read('port', parsePort),
    path: read('path', parsePath),
    match: read('match', parseMatchText),
    method: read('method', oneOf<ProbeMethod>(PROBE_METHODS)),
    body: read('body', parseBody),
  };
  const trouble = isKnown ? sourceTrouble(fields) : undefined;
  if (trouble !== undefined) reader.fault(`latency.${trouble.field}`, trouble.message);
  return sourceOf(fields);
}

function warningsOf({ labels, name }: LabelledContainer, prefix: string): readonly Fault[] {
  const named = labels[`${prefix}latency.source`]?.trim();
  const source = named === undefined ? 'log' : LATENCY_SOURCES.find((each) => each === named);
  const used = source === undefined ? SOURCE_FIELDS : FIELDS_OF[source];
  const unused = SOURCE_FIELDS.filter((field) => !used.includes(field)).map(
    (field) => `latency.${field}`,
  );
  const warnings: Fault[] = [];
  for (const label of Object.keys(labels).sort()) {
    const key = label.startsWith(prefix) ? label.slice(prefix.length) : undefined;
    if (key === undefined || OWN_KEYS.includes(label)) continue;
    const field = label.slice(0, 128);
    if (!KNOWN_KEYS.includes(key)) {
      const cure = unknownLabelCure(key, KNOWN_KEYS, prefix);
      const message = `label ${field} of ${name} is not known: ${cure}`;
      warnings.push({ code: 'label.unknown', field, message });
    } else if (unused.includes(key)) {
      const problem = `is not used by latency source ${source}`;
      const message = `label ${field} of ${name} ${problem}: remove it`;
      warnings.push({ code: 'label.unknown', field, message });
    }
  }
  return warnings;
}

type Parser<T> = (text: string) => Result<T, string>;

/** Collects every fault instead of stopping at the first. */
class LabelReader {
  readonly #labels: Readonly<Record<string, string>>;
  readonly #prefix: string;
  readonly faults: Fault[] = [];
  constructor(labels: Readonly<Record<string, string>>, prefix: string) {
    this.#labels = labels;
    this.#prefix = prefix;
  }

  read<T>(key: string, parse: Parser<T>, fallback: T): T {
    return this.readOptional(key, parse) ?? fallback;
  }

  require(key: string, parse: Parser<number>, cure: string): number {
    if (this.#labels[this.#prefix + key] === undefined) this.fault(key, `is missing: ${cure}`);
    return this.read(key, parse, Number.NaN);
  }

  readOptional<T>(key: string, parse: Parser<T>): T | undefined {
    const text = this.#labels[this.#prefix + key];
    if (text === undefined) return undefined;
    const parsed = parse(text.trim());
    if (parsed.ok) return parsed.value;
    this.fault(key, parsed.error);
    return undefined;
  }

  fault(key: string, message: string): void {
    const field = this.#prefix + key;
    this.faults.push({ code: 'label.bad-value', field, message: `label ${field}: ${message}` });
  }
}

const shown = (text: string): string => JSON.stringify(text.slice(0, 40));

const oneOf =
  <T extends string>(known: readonly T[]): Parser<T> =>
  (text) => {
    const found = known.find((value) => value === text);
    return found === undefined
      ? err(`${shown(text)} is not one of ${known.join(', ')}: use one of them`)
      : ok(found);
  };

function parseWeight(text: string): Result<number, string> {
  const weight = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (weight > 0 && weight <= MAX_WEIGHT) return ok(weight);
  return err(`${shown(text)} is not a weight: use a number above 0 and at most ${MAX_WEIGHT}`);
}

function parseBoundCores(text: string): Result<number, string> {
  const parsed = parseCpuCores(text);
  if (parsed.ok && parsed.value < MIN_CORES)
    return err(
      `${shown(text)} is below the kernel's minimum of ${MIN_CORES} cores: use at least ` +
        `${MIN_CORES}`,
    );
  return parsed;
}
