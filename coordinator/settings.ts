import { publicKeys } from '../proto/schemas/public-keys.js';
import { DEFAULT_POLICY, POLICY_NAMES } from '../proto/schemas/service.js';
import { MAX_WEIGHT } from '../shared/job.js';
import { err, ok, type Result } from '../shared/result.js';
import { metricsListen } from '../shared/schema/listen.js';
import { NATS_SETTINGS, natsAddress } from '../shared/schema/nats-settings.js';
import {
  durationBetween,
  nonEmpty,
  safeId,
  setting,
  settingElse,
  value,
  wordOf,
} from '../shared/schema/settings.js';
import { numberWithin, SHARE_SCHEMA, share } from '../shared/schema/units.js';
import { parseRatio } from '../shared/units.js';
import { MAX_JOBS, MAX_REPLICAS_IN_ALL } from './api/validate.js';
import { DEFAULT_PARAMS, FAIRNESS, PERIOD_RULES } from './schedule/types.js';
import { REGISTRATION_MODES } from './state/model.js';
import { MARKED_BUCKETS, type MarkedBucket } from './store/bucket-mark.js';

const shown = (text: string): string => JSON.stringify(text.slice(0, 40));

const seed = value<number>(
  (text) =>
    /^\d{1,9}$/.test(text)
      ? ok(Number(text))
      : err(`${shown(text)} is not a whole number of at most nine digits`),
  { type: 'integer', minimum: 0, maximum: 999_999_999 },
);
const count = value<number>(
  (text) =>
    /^\d{1,4}$/.test(text)
      ? ok(Number(text))
      : err(`${shown(text)} is not a whole number from 0 to 9999`),
  { type: 'integer', minimum: 0, maximum: 9999 },
);
const price = value<number>(
  (text) =>
    /^\d{1,9}(?:\.\d{1,9})?$/.test(text)
      ? ok(Number(text))
      : err(`${shown(text)} is not a price: write a number such as 0.031`),
  { type: 'number', minimum: 0 },
);
const currency = value<string>(
  (text) =>
    /^[^\s\d\p{C}]{1,16}$/u.test(text)
      ? ok(text)
      : err(`${shown(text)} is not a currency: write a word such as EUR`),
  { type: 'string', maxLength: 16 },
);
const policyName = wordOf(POLICY_NAMES, `is not a policy: use one of ${POLICY_NAMES.join(', ')}`);
const duration = durationBetween(100, 3_600_000);
export const MAX_WORKERS = 16;
const MAX_RESERVED_RATIO = 0.5;
/** A share that may be nothing at all, and at most half. */
const reserve = value((text): Result<number, string> => {
  const given = /^0+(?:\.0+)?%?$/.test(text) ? ok(0) : parseRatio(text);
  return given.ok && given.value <= MAX_RESERVED_RATIO
    ? given
    : err(`${shown(text)} is not a share from 0 to 50 %: write 5% or 0.05`);
}, SHARE_SCHEMA);
const buckets = value((text): Result<readonly MarkedBucket[], string> => {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !MARKED_BUCKETS.includes(name as MarkedBucket));
  return unknown === undefined
    ? ok(names as MarkedBucket[])
    : err(`${shown(unknown)} is not a bucket: use some of ${MARKED_BUCKETS.join(', ')}`);
});
const replicas = value<1 | 3>(
  (text) =>
    text === '1' || text === '3'
      ? ok(text === '1' ? 1 : 3)
      : err(
          `${shown(text)} is neither 1 nor 3: write 3 on a cluster of three NATS servers or more`,
        ),
  { enum: [1, 3] },
);
const fairness = wordOf(FAIRNESS, `is not known: use one of ${FAIRNESS.join(', ')}`);
const registration = wordOf(
  REGISTRATION_MODES,
  `is not known: use one of ${REGISTRATION_MODES.join(', ')}`,
);
const weight = numberWithin({
  min: 0.001,
  max: MAX_WEIGHT,
  whole: false,
  cure: `a weight: write a number from 0.001 to ${MAX_WEIGHT}`,
});
const upTo = (max: number, what: string) =>
  numberWithin({ min: 0, max, whole: true, cure: `a number of ${what}: write 0 to ${max}` });
/** `lena=500, token:ci=20`: a number for each name. */
const numbersByName = (max: number) =>
  value((text): Result<ReadonlyMap<string, number>, string> => {
    const numbers = new Map<string, number>();
    for (const each of text.split(',').map((part) => part.trim())) {
      const [, name = '', digits = ''] = /^([^\s,=]{1,80})=(\d{1,6})$/.exec(each) ?? [];
      if (name === '' || Number(digits) > max)
        return err(`${shown(each)} is not NAME=NUMBER with a number from 0 to ${max}`);
      if (numbers.has(name)) return err(`${shown(name)} occurs twice: leave one of them out`);
      numbers.set(name, Number(digits));
    }
    return ok(numbers);
  });
const period = wordOf(PERIOD_RULES, `is not known: use one of ${PERIOD_RULES.join(', ')}`);

/**
 * The settings of `coordinator.yaml`, by dotted key. The default of `name` depends on the host:
 * coordinator/config.ts fills it in.
 */
export const COORDINATOR_SETTINGS = {
  cluster: setting(safeId, 'main', 'cluster this coordinator leads'),
  name: settingElse(nonEmpty, '', 'its name in the lease and in events', 'host name'),
  policy: setting(
    policyName,
    DEFAULT_POLICY,
    '`default`, `equal`, `dqoes` or `adaptive`, until one is set with `dqoes policy NAME`, ' +
      'which is kept',
  ),
  interval: setting(duration, '5s', 'least time between two steps of a policy on a node'),
  'max-interval': setting(duration, '1m', 'most time between two steps while nothing changes'),
  'release-ratio': setting(
    share,
    '10%',
    'share of the CPU of too fast containers that is taken back in one step',
  ),
  fairness: setting(
    fairness,
    DEFAULT_PARAMS.fairness,
    'which targets `adaptive` meets where not all can be met: as many as possible (`count`), ' +
      'as much weight as possible (`weighted`), or all equally near (`maxmin`)',
  ),
  'reserve-ratio': setting(
    reserve,
    '0%',
    'share of the CPU that is allocatable and that `adaptive` keeps back, 0 to 50 %',
  ),
  period: setting(
    period,
    DEFAULT_PARAMS.period,
    'CFS period of the limits: follows target and work (`target`, 10 to 100 ms), or always ' +
      '100 ms (`fixed`)',
  ),
  'moves-per-minute': setting(
    count,
    String(DEFAULT_PARAMS.movesPerMinute),
    'most moves between nodes begun in a minute for targets that cannot be met where they ' +
      'run; 0 = none. Draining a node is not counted, taking back a move that has not helped is',
  ),
  seed: setting(seed, '1', 'seed of whatever a policy leaves to chance'),
  lease: setting(
    durationBetween(2000, 600_000),
    '10s',
    'how long the other coordinators wait for a sign of life of the leading one before one of' +
      ' them takes over; 2 s to 10 min',
  ),
  workers: setting(
    upTo(MAX_WORKERS, 'workers'),
    '0',
    'threads among which its nodes are divided, 0 to 16, each of which takes a core of its own, ' +
      'for more than about 1000 agents; 0 = one thread does all',
  ),
  registration: setting(
    registration,
    'open',
    'which nodes take part: every one that reports (`open`), or those that joined by a token ' +
      '(`dqoes auth add-agent --token`) or that an operator approved with ' +
      '`dqoes node approve NAME` (`approved`)',
  ),
  'submitter.weight-max': setting(
    weight,
    String(MAX_WEIGHT),
    'largest weight that a submitter may give a job: heavier jobs make lighter ones miss their ' +
      'targets, or take their place; operators may give any',
  ),
  'submitter.jobs-max': setting(
    upTo(MAX_JOBS, 'jobs'),
    String(MAX_JOBS),
    'most jobs that one submitter, person or token, may have at a time; operators may have any',
  ),
  'submitter.jobs-max-of': settingElse<ReadonlyMap<string, number>>(
    numbersByName(MAX_JOBS),
    new Map(),
    'the same of single ones, comma-separated, by the names that `dqoes job ls -o wide` shows as ' +
      'owners: `lena=500, token:ci=20`',
  ),
  'submitter.replicas-max': setting(
    upTo(MAX_REPLICAS_IN_ALL, 'replicas'),
    String(MAX_REPLICAS_IN_ALL),
    'most replicas that all jobs of one submitter may have together',
  ),
  'submitter.replicas-max-of': settingElse<ReadonlyMap<string, number>>(
    numbersByName(MAX_REPLICAS_IN_ALL),
    new Map(),
    'the same of single ones, as with `submitter.jobs-max-of`',
  ),
  'accept-lost': settingElse<readonly MarkedBucket[]>(
    buckets,
    [],
    'buckets to be taken as they are although they were lost, comma-separated; better said ' +
      'once, with `--accept-lost`',
  ),
  'signing-key': settingElse(
    nonEmpty,
    '',
    'path of the private key that signs desired states (`dqoes coordinator key --make`), the ' +
      'same on all coordinators of the cluster',
    'none: they are not signed',
  ),
  'coordinator-keys': settingElse<readonly string[]>(
    publicKeys,
    [],
    'further public keys whose desired states count, comma-separated: the earlier ones while ' +
      'keys are changed',
  ),
  'secrets-key': settingElse(
    nonEmpty,
    '',
    'path of the private key to which secrets are sealed ' +
      '(`dqoes coordinator key --secrets --make`), the same on all coordinators of the cluster',
    'none: there are no secrets',
  ),
  'prices.currency': settingElse(
    currency,
    '',
    'what the prices below are in, as it is to be printed (`EUR`), for `dqoes job quote` and ' +
      '`dqoes report`; needed where one of them is given',
    'none: quotes are in CPU cores, reports in core-hours',
  ),
  'prices.cpu-core-hour': setting(price, '0', 'price of one CPU core for an hour'),
  'prices.memory-gib-hour': setting(price, '0', 'price of one GiB of memory for an hour'),
  'prices.gpu-hour': setting(price, '0', 'price of one GPU for an hour; of a share its part'),
  'prices.energy-kwh': setting(
    price,
    '0',
    'price of one kWh that was used, as far as hosts measure energy; 0 = it costs nothing extra',
  ),
  'metrics.listen': metricsListen(8471),
  'metrics.allocations': setting(
    count,
    '500',
    'most allocations that have metrics of their own; where there are more, only their jobs have',
  ),
  'nats.url': setting(natsAddress, 'nats://127.0.0.1:4222', 'address of NATS'),
  ...NATS_SETTINGS,
  'nats.replicas': setting(
    replicas,
    '1',
    'copies of each bucket and of the event stream, made by `--install`: 3 on a cluster of ' +
      'three NATS servers or more, so that one of them may be lost',
  ),
};
