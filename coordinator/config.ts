import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { toSafeId } from '../shared/ids.js';
import type { Prices } from '../shared/prices.js';
import { err, type Fault, ok, type Result } from '../shared/result.js';
import { badConfig } from '../shared/schema/bad-config.js';
import type { ListenAddress } from '../shared/schema/listen.js';
import { type NatsIdentity, natsIdentityOf } from '../shared/schema/nats-settings.js';
import { type Given, readSettings, withFallback } from '../shared/schema/settings.js';
import { readYaml } from '../shared/yaml/settings.js';
import type { CoordinatorSettings } from './contract.js';
import { DEFAULT_PARAMS } from './schedule/types.js';
import { COORDINATOR_SETTINGS } from './settings.js';

/** All settings of a coordinator, checked, defaulted and frozen. */
export interface CoordinatorConfig extends CoordinatorSettings {
  readonly natsUrl: string;
  /** How it proves who it is there. */
  readonly nats: NatsIdentity;
  /** Path of the key that signs desired states; '' = they are not signed. */
  readonly signingKeyFile: string;
  /** Public keys that count beside it. */
  readonly trustedKeys: readonly string[];
  /** Path of the key to which secrets are sealed; '' = there are none. */
  readonly secretsKeyFile: string;
  /** Where its metrics are read, and how many allocations have series of their own. */
  readonly metrics: { readonly listen: ListenAddress | null; readonly allocations: number };
}

/** The settings of `coordinator.yaml`, by dotted key, with the defaults of this host. */
export const COORDINATOR_KEYS = {
  ...COORDINATOR_SETTINGS,
  name: withFallback(COORDINATOR_SETTINGS.name, toSafeId(hostname())),
};

/** Where settings come from. */
export interface CoordinatorConfigSource {
  /** Path of `coordinator.yaml`; absent = defaults only. */
  readonly file?: string;
  /** From the command line, by dotted key; they win over the file. */
  readonly overrides?: Readonly<Record<string, string>>;
}

/**
 * Reads `coordinator.yaml` and overrides, fills in defaults and checks. All faults come at once;
 * those of the file have line and column.
 */
export function loadCoordinatorConfig({
  file,
  overrides = {},
}: CoordinatorConfigSource = {}): Result<CoordinatorConfig> {
  const faults: Fault[] = [];
  const given = file === undefined ? new Map<string, Given>() : readFlat(file, faults);
  for (const [key, value] of Object.entries(overrides)) given.set(key, { text: value });
  const values = readSettings(COORDINATOR_KEYS, given, faults);
  if (values['max-interval'] < values.interval)
    faults.push(
      badConfig(
        'max-interval',
        'is shorter than interval: make it at least as long',
        given.get('max-interval')?.at,
      ),
    );
  faults.push(...priceFaults(values, given));
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
      cluster,
      name,
      policy,
      params,
      leaseMs: values.lease,
      workers: values.workers,
      registration: values.registration,
      submitterWeightMax: values['submitter.weight-max'],
      submitterQuota: {
        jobs: { max: values['submitter.jobs-max'], maxOf: values['submitter.jobs-max-of'] },
        replicas: {
          max: values['submitter.replicas-max'],
          maxOf: values['submitter.replicas-max-of'],
        },
      },
      acceptLost: values['accept-lost'],
      natsUrl: values['nats.url'],
      nats: natsIdentityOf(values),
      signingKeyFile: values['signing-key'],
      trustedKeys: values['coordinator-keys'],
      secretsKeyFile: values['secrets-key'],
      ...pricesOf(values),
      metrics: { listen: values['metrics.listen'], allocations: values['metrics.allocations'] },
      replicas: values['nats.replicas'],
    }),
  );
}

const PRICES = [
  'prices.cpu-core-hour',
  'prices.memory-gib-hour',
  'prices.gpu-hour',
  'prices.energy-kwh',
] as const;
type PriceValues = Readonly<Record<(typeof PRICES)[number], number>> & {
  readonly 'prices.currency': string;
};

/** Nothing would have a cost, and nobody would be told why. */
function priceFaults(values: PriceValues, given: ReadonlyMap<string, Given>): readonly Fault[] {
  if (values['prices.currency'] !== '') return [];
  const what = 'needs prices.currency beside it: write what the price is in, such as EUR';
  return PRICES.filter((key) => values[key] > 0).map((key) =>
    badConfig(key, what, given.get(key)?.at),
  );
}

function pricesOf(values: PriceValues): { readonly prices?: Prices } {
  const currency = values['prices.currency'];
  if (currency === '') return {};
  const energyKwh = values['prices.energy-kwh'];
  return {
    prices: Object.freeze({
      currency,
      cpuCoreHour: values['prices.cpu-core-hour'],
      memoryGibHour: values['prices.memory-gib-hour'],
      gpuHour: values['prices.gpu-hour'],
      ...(energyKwh > 0 ? { energyKwh } : {}),
    }),
  };
}

const readFlat = (file: string, faults: Fault[]): Map<string, Given> =>
  readYaml(file, (path) => readFileSync(path), faults);
