import {
  COORDINATOR_KEYS,
  type CoordinatorConfig,
  loadCoordinatorConfig,
} from '../../coordinator/config.js';
import type { LabPolicy } from '../../lab/policies/index.js';
import type { RecordingHeader } from '../../lab/recording/types.js';
import { nearestOf } from '../../shared/nearest.js';
import { err, type Fault, ok, type Result } from '../../shared/result.js';
import type { CommonFlags, OutputFormat } from '../shell/options.js';

type Params = CoordinatorConfig['params'];

/** Keys of coordinator.yaml that policies use, with the names of the parameters. */
const PARAM_OF: Readonly<Record<string, keyof Params>> = {
  interval: 'intervalMs',
  'max-interval': 'maxIntervalMs',
  'release-ratio': 'releaseRatio',
  fairness: 'fairness',
  'reserve-ratio': 'reserveRatio',
  period: 'period',
  seed: 'seed',
};
/** The keys that `--set` takes, as in coordinator.yaml. */
export const PARAM_KEYS: readonly string[] = Object.keys(PARAM_OF).filter((key) =>
  Object.hasOwn(COORDINATOR_KEYS, key),
);

/** The parameters of the policies in a replay. */
export interface ReplayParams {
  readonly params: Params;
  /** Parameters given with `--set`. */
  readonly given: ReadonlySet<keyof Params>;
}

/** The flags of `dqoes lab replay`. */
export interface LabReplayFlags extends CommonFlags {
  readonly output: OutputFormat;
  readonly policy?: string;
  readonly set?: readonly string[];
  readonly json?: string;
  readonly report?: string;
  readonly saveScenario?: string;
  readonly verify?: boolean;
}

/** A call of `dqoes lab replay`, checked. */
export interface ReplayAsked {
  readonly flags: LabReplayFlags;
  readonly file: string;
  readonly params: ReplayParams;
  readonly policies: readonly LabPolicy[];
}

/**
 * Parameters of the recording, else the defaults, changed by `--set KEY=VALUE[,KEY=VALUE]`. Returns
 * all faults.
 */
export function replayParams(
  recorded: RecordingHeader['params'],
  settings: readonly string[],
): Result<ReplayParams> {
  const faults: Fault[] = [];
  const overrides: Record<string, string> = {};
  for (const setting of settings.flatMap((each) => each.split(',')).map((each) => each.trim())) {
    const [, key = '', value = ''] = /^([^=]*)=(.*)$/.exec(setting) ?? [];
    if (PARAM_KEYS.includes(key) && value !== '') overrides[key] = value;
    else faults.push(badSetting(setting, key));
  }
  const config = loadCoordinatorConfig({ overrides });
  if (!config.ok)
    faults.push(...config.error.map((fault) => ({ ...fault, message: `--set: ${fault.message}` })));
  if (faults.length > 0 || !config.ok) return err(faults);
  const given = new Set(Object.keys(overrides).flatMap((key) => PARAM_OF[key] ?? []));
  const base: Params = recorded ?? { ...config.value.params };
  const changed = Object.fromEntries([...given].map((name) => [name, config.value.params[name]]));
  const params = { ...base, ...changed };
  return ok({
    params: { ...params, maxIntervalMs: Math.max(params.maxIntervalMs, params.intervalMs) },
    given,
  });
}

function badSetting(setting: string, key: string): Fault {
  const shown = JSON.stringify(setting.slice(0, 60));
  const near = nearestOf(key, PARAM_KEYS);
  const meant = near === undefined || near === key ? '' : ` (did you mean ${near}?)`;
  const message =
    `--set ${shown} is no parameter${meant}: write KEY=VALUE with one of ` +
    `${PARAM_KEYS.join(', ')}`;
  return { code: 'cli.usage', field: 'set', message };
}
