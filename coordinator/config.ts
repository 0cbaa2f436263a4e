import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { DEFAULT_POLICY, POLICY_NAMES, type PolicyName } from '../proto/schemas/service.js';
import {
  badConfig,
  durationBetween,
  type Given,
  nonEmpty,
  readTable,
  row,
  safeId,
  shown,
} from '../shared/config-table.js';
import { readYaml } from '../shared/config-yaml.js';
import { toSafeId } from '../shared/ids.js';
import { err, type Fault, ok, type Result } from '../shared/result.js';
import { parseRatio } from '../shared/units.js';
import type { CoordinatorSettings } from './contract.js';
import {
  DEFAULT_PARAMS,
  FAIRNESS,
  type Fairness,
  PERIOD_RULES,
  type PeriodRule,
} from './schedule/types.js';
import { MARKED, type MarkedBucket } from './store/mark.js';

/** Everything a coordinator is told, checked, defaulted and frozen once. */
export interface CoordinatorConfig extends CoordinatorSettings {
  readonly natsUrl: string;
  /** Path of a `.creds` file; '' = none. */
  readonly natsCreds: string;
}

const seed = (value: string): Result<number, string> =>
  /^\d{1,9}$/.test(value)
    ? ok(Number(value))
    : err(`${shown(value)} is not a whole number of at most nine digits`);
const count = (value: string): Result<number, string> =>
  /^\d{1,4}$/.test(value)
    ? ok(Number(value))
    : err(`${shown(value)} is not a whole number from 0 to 9999`);
const policyName = (value: string): Result<PolicyName, string> => {
  const found = POLICY_NAMES.find((name) => name === value);
  return found === undefined
    ? err(`${shown(value)} is not a policy: use one of ${POLICY_NAMES.join(', ')}`)
    : ok(found);
};
const duration = durationBetween(100, 3_600_000);
const MAX_RESERVED_RATIO = 0.5;
/** `parseRatio` with nothing at all allowed too, and at most half. */
const reserve = (value: string): Result<number, string> => {
  const given = /^0+(?:\.0+)?%?$/.test(value) ? ok(0) : parseRatio(value);
  return given.ok && given.value <= MAX_RESERVED_RATIO
    ? given
    : err(`${shown(value)} is not a share from 0 to 50 %: write 5% or 0.05`);
};
const buckets = (value: string): Result<readonly MarkedBucket[], string> => {
  const names = value.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !MARKED.includes(name as MarkedBucket));
  return unknown === undefined
    ? ok(names as MarkedBucket[])
    : err(`${shown(unknown)} is not a bucket: use some of ${MARKED.join(', ')}`);
};
const replicas = (value: string): Result<1 | 3, string> =>
  value === '1' || value === '3'
    ? ok(value === '1' ? 1 : 3)
    : err(`${shown(value)} is neither 1 nor 3: write 3 on a cluster of three NATS servers or more`);
const oneOf =
  <T extends string>(words: readonly T[]) =>
  (value: string): Result<T, string> => {
    const found = words.find((word) => word === value);
    return found === undefined
      ? err(`${shown(value)} is not known: use one of ${words.join(', ')}`)
      : ok(found);
  };

/** The settings of `coordinator.yaml`, by dotted key. */
export const COORDINATOR_KEYS = {
  cluster: row(safeId, 'main', 'cluster this coordinator leads'),
  name: row(
    nonEmpty,
    toSafeId(hostname()),
    'name in the lease and in events; default the host name',
  ),
  policy: row<PolicyName>(
    policyName,
    DEFAULT_POLICY,
    'policy until one is set by a call; the one set is kept',
  ),
  interval: row(duration, 5000, 'least time between two steps of a policy on a node'),
  'max-interval': row(duration, 60_000, 'most time between two steps of the DQoES listener'),
  'release-ratio': row(
    parseRatio,
    0.1,
    'share of the CPU of too fast containers taken back per step',
  ),
  fairness: row<Fairness>(
    oneOf(FAIRNESS),
    DEFAULT_PARAMS.fairness,
    'whom the adaptive policy satisfies where not all can be: as many as possible, by ' +
      'weight, or all equally near',
  ),
  'reserve-ratio': row(
    reserve,
    DEFAULT_PARAMS.reserveRatio,
    'share of the CPU that the adaptive policy keeps back, 0 to 50 %',
  ),
  period: row<PeriodRule>(
    oneOf(PERIOD_RULES),
    DEFAULT_PARAMS.period,
    'CFS period: follows target and work, or is always 100 ms',
  ),
  'moves-per-minute': row(
    count,
    DEFAULT_PARAMS.movesPerMinute,
    'most moves between nodes begun in a minute for targets that cannot be met where they ' +
      'run; 0 = none',
  ),
  seed: row(seed, 1, 'seed of whatever a policy leaves to chance'),
  lease: row(
    durationBetween(2000, 600_000),
    10_000,
    'how long other coordinators wait for a sign of life of the leading one before one of ' +
      'them takes over',
  ),
  'accept-lost': row<readonly MarkedBucket[]>(
    buckets,
    [],
    'lost buckets to be taken as they are, comma-separated: what they held is given up',
  ),
  'nats.url': row(nonEmpty, 'nats://127.0.0.1:4222', 'NATS server'),
  'nats.creds': row(nonEmpty, '', 'path of a .creds file'),
  'nats.replicas': row<1 | 3>(
    replicas,
    1,
    'copies of what is stored, made by --install: 1, or 3 on a NATS cluster',
  ),
};

export interface ConfigSource {
  /** Path of `coordinator.yaml`; absent = defaults only. */
  readonly file?: string;
  /** From the command line, by dotted key; they win over the file. */
  readonly overrides?: Readonly<Record<string, string>>;
}

/** Reads, defaults and checks. All faults come at once, with line and column of the file. */
export function loadCoordinatorConfig({
  file,
  overrides = {},
}: ConfigSource = {}): Result<CoordinatorConfig> {
  const faults: Fault[] = [];
  const given = file === undefined ? new Map<string, Given>() : readFlat(file, faults);
  for (const [key, value] of Object.entries(overrides)) given.set(key, { text: value });
  const values = readTable(COORDINATOR_KEYS, given, faults);
  if (values['max-interval'] < values.interval)
    faults.push(
      badConfig(
        'max-interval',
        'is shorter than interval: make it at least as long',
        given.get('max-interval')?.at,
      ),
    );
  if (faults.length > 0) return err(faults);
  const { cluster, name, policy, interval: intervalMs } = values;
  const params = Object.freeze({
    ...DEFAULT_PARAMS,
    intervalMs,
    maxIntervalMs: values['max-interval'],
    releaseRatio: values['release-ratio'],
    seed: values.seed,
    fairness: values.fairness,
    reserveRatio: values['reserve-ratio'],
    period: values.period,
    movesPerMinute: values['moves-per-minute'],
  });
  return ok(
    Object.freeze({
      ...{ cluster, name, policy, params },
      leaseMs: values.lease,
      acceptLost: values['accept-lost'],
      natsUrl: values['nats.url'],
      natsCreds: values['nats.creds'],
      replicas: values['nats.replicas'],
    }),
  );
}

const readFlat = (file: string, faults: Fault[]): Map<string, Given> =>
  readYaml(file, (path) => readFileSync(path, 'utf8'), faults);
